package demo

import (
	"fmt"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// JoinedCreators is how many generated creators have signed in, and so have a TikTok
// account in the sandbox.
const JoinedCreators = 40

const postsOfJoined = 34

// sandboxAccounts are the accounts with which people can sign in as a creator: those that
// have already joined, then the sandbox's own, which have not.
func (g *generator) sandboxAccounts() []sandbox.Account {
	var all []sandbox.Account
	for i := range JoinedCreators {
		all = append(all, g.sandboxAccount(i))
	}
	return append(all, sandbox.DefaultAccounts(g.now)...)
}

func (g *generator) sandboxAccount(number int) sandbox.Account {
	p := g.makePerson(number, postsOfJoined)
	a := sandbox.Account{
		OpenID: openID(number), Username: p.handle, DisplayName: p.name, Bio: bioOf(p),
		Followers: p.followers, Following: 100 + int64(number)*7, Likes: p.likes, VideoCount: p.allPosts,
	}
	for _, x := range p.posts {
		a.Videos = append(a.Videos, sandbox.Video{
			ID: fmt.Sprint(x.id), PostedAt: x.at, Duration: time.Duration(x.seconds) * time.Second,
			Views: x.views, Likes: x.likes, Comments: x.comments, Shares: x.shares, Title: p.captionOf(x),
		})
	}
	return a
}

// profileAsRead is the account as the reader would read it at a time: the 30 latest posts then.
func profileAsRead(a sandbox.Account, at time.Time) creators.PlatformProfile {
	p := creators.PlatformProfile{
		Platform: platform.TikTok, UserID: a.OpenID, Handle: a.Username, DisplayName: a.DisplayName, Bio: a.Bio,
		URL: "https://www.tiktok.com/@" + a.Username, ReadAt: at,
		Followers: &a.Followers, Following: &a.Following, Likes: &a.Likes, Posts: &a.VideoCount,
	}
	for _, v := range a.Videos {
		if len(p.LatestPosts) < 30 && !v.PostedAt.After(at) {
			p.LatestPosts = append(p.LatestPosts, creators.PlatformPost{
				ID: v.ID, PostedAt: v.PostedAt, Duration: v.Duration, Caption: v.Title, Hashtags: text.FindHashtags(v.Title),
				URL:   "https://www.tiktok.com/@" + a.Username + "/video/" + v.ID,
				Views: &v.Views, Likes: &v.Likes, Comments: &v.Comments, Shares: &v.Shares,
			})
		}
	}
	return p
}
