package components

var platforms = map[string]string{"tiktok": "TikTok", "youtube": "YouTube", "instagram": "Instagram", "twitch": "Twitch"}

// PlatformName is a platform's own name, the same in every language.
func PlatformName(key string) string {
	if name, ok := platforms[key]; ok {
		return name
	}
	return key
}
