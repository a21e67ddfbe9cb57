package accounts

import "tribemarket/models/creators"

// PresentWelcome fills in the page that greets a new creator; p holds what was entered,
// and floor is the follower floor of the marketplace.
func PresentWelcome(kit creators.MediaKit, floor int64, p WelcomeProps) WelcomeProps {
	p.Name, p.Floor = kit.Creator.Name, floor
	for _, a := range kit.Accounts {
		p.Followers = max(p.Followers, a.Followers)
	}
	return p
}
