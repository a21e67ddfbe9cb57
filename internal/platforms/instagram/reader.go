package instagram

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
	"tribemarket/models/text"
)

const (
	pageSize           = 50 // the most posts requested at once
	maxConcurrentCalls = 6  // calls at the same time: a reading has one for each video
)

type accountAnswer struct {
	UserID    wire.ID    `json:"user_id"`
	Username  string     `json:"username"`
	Name      string     `json:"name"`
	Type      string     `json:"account_type"`
	Picture   string     `json:"profile_picture_url"`
	Biography string     `json:"biography"`
	Followers wire.Count `json:"followers_count"`
	Follows   wire.Count `json:"follows_count"`
	Media     wire.Count `json:"media_count"`
}

type mediaAnswer struct {
	ID        wire.ID    `json:"id"`
	Caption   string     `json:"caption"`
	Type      string     `json:"media_type"`         // IMAGE, VIDEO or CAROUSEL_ALBUM
	Product   string     `json:"media_product_type"` // such as REELS
	Permalink string     `json:"permalink"`
	Media     string     `json:"media_url"`     // of a video the video itself; missing where somebody else has rights
	Thumbnail string     `json:"thumbnail_url"` // of a video
	Timestamp wire.Time  `json:"timestamp"`
	Likes     wire.Count `json:"like_count"` // missing when the owner hides them
	Comments  wire.Count `json:"comments_count"`
}

// Read returns the account's figures, its latest 30 posts with the insights of videos,
// and its audience, as far as the token's scopes allow. Likes and comments are those that
// are public; Instagram does not provide the length of a video.
func (p *Provider) Read(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	ctx, cancel := p.client.WithTimeout(ctx)
	defer cancel()
	profile, err := p.ReadAccount(ctx, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	if profile.LatestPosts, err = p.readLatestPosts(ctx, token); err != nil {
		return creators.PlatformProfile{}, err
	}
	if wire.GrantsScope(token, ScopeInsights) {
		// A missing audience is no reason to have no figures.
		if profile.Audience, err = p.readAudience(ctx, profile.UserID, token); errors.Is(err, creators.ErrReconnect) {
			return creators.PlatformProfile{}, err
		}
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// ReadAccount reads only the account. Instagram provides figures of professional accounts
// only.
func (p *Provider) ReadAccount(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	q := url.Values{
		"fields":       {"user_id,username,name,account_type,profile_picture_url,biography,followers_count,follows_count,media_count"},
		"access_token": {token.Access},
	}
	var answer singleOrList[accountAnswer]
	if err := p.callAPI(ctx, apiVersion+"/me", q, &answer); err != nil {
		return creators.PlatformProfile{}, err
	}
	a := answer.Value
	switch {
	case a.UserID == "":
		return creators.PlatformProfile{}, p.client.IncompleteError("me", http.StatusOK)
	case strings.EqualFold(a.Type, "PERSONAL"):
		return creators.PlatformProfile{}, p.client.RefusedError("me", wire.PlatformFailure{Message: "a personal account", Status: http.StatusOK}, creators.ErrPersonalAccount)
	}
	profile := creators.PlatformProfile{
		Platform: Name, UserID: string(a.UserID), Handle: wire.CleanText(a.Username), DisplayName: wire.CleanText(a.Name), Bio: wire.CleanText(a.Biography),
		AvatarURL: wire.HTTPSURL(a.Picture), Followers: a.Followers.N, Following: a.Follows.N, Posts: a.Media.N,
	}
	if profile.Handle != "" {
		profile.URL = "https://www.instagram.com/" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) readLatestPosts(ctx context.Context, token creators.PlatformToken) ([]creators.PlatformPost, error) {
	videos := map[string]bool{}
	posts, err := wire.ReadLatestPosts(ctx, p.clock(), func(ctx context.Context, at string, most int) (page wire.PostPage[string], err error) {
		q := url.Values{
			"fields":       {"id,caption,media_type,media_product_type,permalink,media_url,thumbnail_url,timestamp,like_count,comments_count"},
			"limit":        {strconv.Itoa(min(pageSize, most))},
			"access_token": {token.Access},
		}
		if at != "" {
			q.Set("after", at)
		}
		var a struct {
			Data   []mediaAnswer `json:"data"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
				Next string `json:"next"`
			} `json:"paging"`
		}
		err = p.callAPI(ctx, apiVersion+"/me/media", q, &a)
		for _, m := range a.Data {
			videos[string(m.ID)] = m.isVideo()
			page.Posts = append(page.Posts, p.postOf(m))
		}
		// The URL of the next page contains the token, so only its cursor is used.
		page.Next, page.More = a.Paging.Cursors.After, a.Paging.Next != "" && a.Paging.Cursors.After != ""
		return page, err
	})
	if err != nil || !wire.GrantsScope(token, ScopeInsights) {
		return posts, err
	}
	calls, ctx := errgroup.WithContext(ctx)
	calls.SetLimit(maxConcurrentCalls)
	for i := range posts {
		if videos[posts[i].ID] {
			calls.Go(func() error { return p.addInsights(ctx, &posts[i], token) })
		}
	}
	return posts, calls.Wait()
}

func (m mediaAnswer) isVideo() bool { return m.Type == "VIDEO" || m.Product == "REELS" }

// ReadThumbnail reads a thumbnail that a reading named.
func (p *Provider) ReadThumbnail(ctx context.Context, address string) ([]byte, error) {
	return p.thumbnails.ReadPicture(ctx, address)
}

// thumbnailURL is the address of the picture that stands for a post.
func (p *Provider) thumbnailURL(m mediaAnswer) string {
	if m.isVideo() {
		return p.thumbnails.Accept(m.Thumbnail)
	}
	return p.thumbnails.Accept(m.Media)
}

func (p *Provider) postOf(m mediaAnswer) creators.PlatformPost {
	return creators.PlatformPost{
		ID: string(m.ID), PostedAt: m.Timestamp.Time, Likes: m.Likes.N, Comments: m.Comments.N,
		URL: wire.HTTPSURL(m.Permalink), Caption: wire.CleanText(m.Caption), Hashtags: text.FindHashtags(m.Caption), ThumbnailURL: p.thumbnailURL(m),
	}
}
