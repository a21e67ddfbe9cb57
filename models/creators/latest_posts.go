package creators

import (
	"tribemarket/models/files"
)

// MaxLatestPosts is how many of an account's latest posts its creator's page shows.
const MaxLatestPosts = 6

// LatestPost is one of the latest posts of an account, as its platform gave it with the
// owner's consent.
type LatestPost struct {
	Post
	Thumbnail *files.Picture // nil for a drawn card
}

// LatestPosts lists the latest posts of the chosen account, newest first: those that its
// last reading gave, none of an account that nobody has connected.
func (k MediaKit) LatestPosts() []LatestPost {
	if k.Account.Source != SourceVerified || k.Account.PurgedAt != nil {
		return nil
	}
	var all []LatestPost
	for _, p := range k.Posts {
		if len(all) < MaxLatestPosts && !p.ReadAt.Before(k.Account.AsOf) {
			all = append(all, LatestPost{p, k.thumbnails[p.ID]})
		}
	}
	return all
}

// LatestPost is one of LatestPosts, by its platform and its id there; nil if it is none.
func (k MediaKit) LatestPost(platform, id string) *LatestPost {
	for _, p := range k.LatestPosts() {
		if k.Account.Platform == platform && p.PlatformPostID == id {
			return &p
		}
	}
	return nil
}
