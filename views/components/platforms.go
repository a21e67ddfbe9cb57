package components

var platforms = map[string]string{"tiktok": "TikTok", "youtube": "YouTube", "instagram": "Instagram", "twitch": "Twitch"}

// Platform is a platform's own name, the same in every language.
func Platform(key string) string {
	if name, ok := platforms[key]; ok {
		return name
	}
	return key
}
