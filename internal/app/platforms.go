package app

import (
	"tribemarket/internal/config"
	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/twitch"
	"tribemarket/internal/platforms/youtube"
)

// PlatformProviders returns the platforms that the settings enable, for both signing in
// and jobs. They need the site's URL, so Listen comes first.
func (a *App) PlatformProviders() platforms.Providers {
	return platforms.New(platformsConfig(a.Config), a.Clock)
}

func platformsConfig(c config.Config) platforms.Config {
	callback := func(platform string) string { return c.BaseURL + "/auth/" + platform + "/callback" }
	p := platforms.Config{
		TikTok:    tiktok.Config{ClientKey: c.TikTokClientKey, ClientSecret: string(c.TikTokClientSecret), CallbackURL: callback(tiktok.Name)},
		YouTube:   youtube.Config{ClientID: c.YouTubeClientID, ClientSecret: string(c.YouTubeClientSecret), CallbackURL: callback(youtube.Name)},
		Instagram: instagram.Config{ClientID: c.InstagramClientID, ClientSecret: string(c.InstagramClientSecret), CallbackURL: callback(instagram.Name)},
		Twitch:    twitch.Config{ClientID: c.TwitchClientID, ClientSecret: string(c.TwitchClientSecret), CallbackURL: callback(twitch.Name)},
	}
	if c.PlatformsURL != "" {
		p = platforms.WithBaseURL(c.PlatformsURL, p)
	}
	return p
}
