package platform

import (
	"strings"

	"tribemarket/models/text"
)

// The platforms on which a creator can have an account.
const (
	TikTok    = "tiktok"
	YouTube   = "youtube"
	Instagram = "instagram"
	Twitch    = "twitch"
)

// Names lists every platform; the first one is the default where there is a choice.
func Names() []string { return []string{TikTok, YouTube, Instagram, Twitch} }

// ParseName reads the name of a platform.
func ParseName(s string) (string, bool) {
	switch text.Fold(strings.TrimSpace(s)) {
	case "tiktok", "tik tok":
		return TikTok, true
	case "youtube", "you tube":
		return YouTube, true
	case "instagram", "ig":
		return Instagram, true
	case "twitch", "twitch.tv":
		return Twitch, true
	}
	return "", false
}
