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
)

const (
	pageSize = 50 // posts asked for at once at most
	atOnce   = 6  // calls at the same time: a reading has one for each video
)

type account struct {
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

type media struct {
	ID        wire.ID    `json:"id"`
	Caption   string     `json:"caption"`
	Type      string     `json:"media_type"`         // IMAGE, VIDEO or CAROUSEL_ALBUM
	Product   string     `json:"media_product_type"` // such as REELS
	Permalink string     `json:"permalink"`
	Timestamp wire.Time  `json:"timestamp"`
	Likes     wire.Count `json:"like_count"` // missing when the owner hides them
	Comments  wire.Count `json:"comments_count"`
}

// Read gives the account's figures, its latest 30 posts with the insights of
// videos, and its audience, as far as the token's scopes go. Likes and comments
// are those that everybody sees; Instagram tells no length of a video.
func (p *Provider) Read(ctx context.Context, token creators.Token) (creators.Profile, error) {
	ctx, cancel := p.client.Within(ctx)
	defer cancel()
	profile, err := p.Account(ctx, token)
	if err != nil {
		return creators.Profile{}, err
	}
	if profile.Latest, err = p.latest(ctx, token); err != nil {
		return creators.Profile{}, err
	}
	if wire.Grants(token, ScopeInsights) {
		// An audience that is not to be had today is no reason to have no figures.
		if profile.Audience, err = p.audience(ctx, profile.UserID, token); errors.Is(err, creators.ErrReconnect) {
			return creators.Profile{}, err
		}
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// Account reads the account alone. Instagram gives figures of professional
// accounts only.
func (p *Provider) Account(ctx context.Context, token creators.Token) (creators.Profile, error) {
	q := url.Values{
		"fields":       {"user_id,username,name,account_type,profile_picture_url,biography,followers_count,follows_count,media_count"},
		"access_token": {token.Access},
	}
	var answer flat[account]
	if err := p.ask(ctx, version+"/me", q, &answer); err != nil {
		return creators.Profile{}, err
	}
	a := answer.V
	switch {
	case a.UserID == "":
		return creators.Profile{}, p.client.Odd("me", http.StatusOK)
	case strings.EqualFold(a.Type, "PERSONAL"):
		return creators.Profile{}, p.client.Refused("me", wire.Failure{Message: "a personal account", Status: http.StatusOK}, creators.ErrPersonal)
	}
	profile := creators.Profile{
		Platform: Name, UserID: string(a.UserID), Handle: wire.Clean(a.Username), DisplayName: wire.Clean(a.Name), Bio: wire.Clean(a.Biography),
		AvatarURL: wire.HTTPS(a.Picture), Followers: a.Followers.N, Following: a.Follows.N, Posts: a.Media.N,
	}
	if profile.Handle != "" {
		profile.URL = "https://www.instagram.com/" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) latest(ctx context.Context, token creators.Token) ([]creators.ReadPost, error) {
	videos := map[string]bool{}
	posts, err := wire.Latest(ctx, p.clock(), func(ctx context.Context, at string, most int) (page wire.Page[string], err error) {
		q := url.Values{
			"fields":       {"id,caption,media_type,media_product_type,permalink,timestamp,like_count,comments_count"},
			"limit":        {strconv.Itoa(min(pageSize, most))},
			"access_token": {token.Access},
		}
		if at != "" {
			q.Set("after", at)
		}
		var a struct {
			Data   []media `json:"data"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
				Next string `json:"next"`
			} `json:"paging"`
		}
		err = p.ask(ctx, version+"/me/media", q, &a)
		for _, m := range a.Data {
			videos[string(m.ID)] = m.Type == "VIDEO" || m.Product == "REELS"
			page.Posts = append(page.Posts, m.post())
		}
		// The address of the next page holds the token: its cursor alone is used.
		page.Next, page.More = a.Paging.Cursors.After, a.Paging.Next != "" && a.Paging.Cursors.After != ""
		return page, err
	})
	if err != nil || !wire.Grants(token, ScopeInsights) {
		return posts, err
	}
	calls, ctx := errgroup.WithContext(ctx)
	calls.SetLimit(atOnce)
	for i := range posts {
		if videos[posts[i].ID] {
			calls.Go(func() error { return p.insights(ctx, &posts[i], token) })
		}
	}
	return posts, calls.Wait()
}

func (m media) post() creators.ReadPost {
	return creators.ReadPost{
		ID: string(m.ID), PostedAt: m.Timestamp.Time, Likes: m.Likes.N, Comments: m.Comments.N,
		URL: wire.HTTPS(m.Permalink), Caption: wire.Clean(m.Caption), Hashtags: creators.Hashtags(m.Caption),
	}
}
