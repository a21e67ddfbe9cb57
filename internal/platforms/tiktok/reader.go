package tiktok

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"tribemarket/models/creators"
)

const (
	latestPosts = 30 // what the marketplace's figures are made of
	pageSize    = 20 // the most that TikTok gives at once
	maxPages    = 6  // a list that never ends is left
)

// userFields are the fields of each scope: one without its scope fails the
// whole call. (profile_web_link is not among them: it is not documented.)
var userFields = map[string]string{
	ScopeBasic:   "open_id,avatar_url,display_name",
	ScopeProfile: "username,bio_description,is_verified",
	ScopeStats:   "follower_count,following_count,likes_count,video_count",
}

const videoFields = "id,create_time,share_url,title,video_description,duration,view_count,like_count,comment_count,share_count"

type userInfo struct {
	OpenID      string `json:"open_id"`
	AvatarURL   string `json:"avatar_url"`
	DisplayName string `json:"display_name"`
	Username    string `json:"username"`
	Bio         string `json:"bio_description"`
	Verified    bool   `json:"is_verified"`
	Followers   *int64 `json:"follower_count"`
	Following   *int64 `json:"following_count"`
	Likes       *int64 `json:"likes_count"`
	Videos      *int64 `json:"video_count"`
}

type video struct {
	ID          string `json:"id"`
	CreateTime  int64  `json:"create_time"` // Unix seconds
	ShareURL    string `json:"share_url"`
	Title       string `json:"title"`
	Description string `json:"video_description"`
	Duration    int64  `json:"duration"` // seconds
	Views       *int64 `json:"view_count"`
	Likes       *int64 `json:"like_count"`
	Comments    *int64 `json:"comment_count"`
	Shares      *int64 `json:"share_count"`
}

// Read gives the account's figures and its latest 30 videos, as far as the
// token's scopes go.
func (p *Provider) Read(ctx context.Context, token creators.Token) (creators.Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	u, err := p.userInfo(ctx, token)
	if err != nil {
		return creators.Profile{}, err
	}
	profile := creators.Profile{
		Platform: Name, UserID: u.OpenID, Handle: clean(u.Username), DisplayName: clean(u.DisplayName), Bio: clean(u.Bio),
		AvatarURL: httpsOnly(u.AvatarURL), Verified: u.Verified,
		Followers: count(u.Followers), Following: count(u.Following), Likes: count(u.Likes), Posts: count(u.Videos),
	}
	if profile.Handle != "" {
		profile.URL = "https://www.tiktok.com/@" + url.PathEscape(profile.Handle)
	}
	if grants(token, ScopeVideos) {
		if profile.Latest, err = p.latest(ctx, token.Access); err != nil {
			return creators.Profile{}, err
		}
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

func (p *Provider) userInfo(ctx context.Context, token creators.Token) (userInfo, error) {
	var fields []string
	for _, scope := range Scopes() {
		if names, ok := userFields[scope]; ok && grants(token, scope) {
			fields = append(fields, names)
		}
	}
	if len(fields) == 0 {
		return userInfo{}, MissingScopes(Scopes())
	}
	answer, err := ask[struct {
		User userInfo `json:"user"`
	}](ctx, p, "/v2/user/info/", strings.Join(fields, ","), token.Access, nil)
	return answer.User, err
}

// latest pages through the videos, newest first. A video that is published
// meanwhile stands before the cursor and does not disturb it.
func (p *Provider) latest(ctx context.Context, access string) ([]creators.ReadPost, error) {
	type page struct {
		Cursor   int64 `json:"cursor,omitempty"`
		MaxCount int   `json:"max_count"`
	}
	posts, seen, next := []creators.ReadPost{}, map[string]bool{}, page{}
	for range maxPages {
		next.MaxCount = min(pageSize, latestPosts-len(posts))
		answer, err := ask[struct {
			Videos  []video `json:"videos"`
			Cursor  int64   `json:"cursor"`
			HasMore bool    `json:"has_more"`
		}](ctx, p, "/v2/video/list/", videoFields, access, next)
		if err != nil {
			return nil, err
		}
		for _, v := range answer.Videos {
			if v.plausible(p.clock()) && !seen[v.ID] && len(posts) < latestPosts {
				seen[v.ID] = true
				posts = append(posts, v.post())
			}
		}
		if !answer.HasMore || len(posts) == latestPosts || answer.Cursor == next.Cursor {
			break
		}
		next.Cursor = answer.Cursor
	}
	slices.SortStableFunc(posts, func(a, b creators.ReadPost) int { return b.PostedAt.Compare(a.PostedAt) })
	return posts, nil
}

// plausible: without an id or a date a video cannot be told from others or put in a window.
func (v video) plausible(now time.Time) bool {
	return v.ID != "" && v.CreateTime > 0 && v.CreateTime < now.Add(24*time.Hour).Unix()
}

func (v video) post() creators.ReadPost {
	return creators.ReadPost{
		ID: v.ID, PostedAt: time.Unix(v.CreateTime, 0).UTC(), Duration: lifetime(v.Duration),
		Views: count(v.Views), Likes: count(v.Likes), Comments: count(v.Comments), Shares: count(v.Shares),
		URL: httpsOnly(v.ShareURL), Caption: clean(cmp.Or(v.Description, v.Title)), Hashtags: creators.Hashtags(v.Title, v.Description),
	}
}

// grants says whether a scope was granted; a token that says nothing is taken to have all.
func grants(t creators.Token, scope string) bool {
	return len(t.Scopes) == 0 || slices.Contains(t.Scopes, scope)
}

// count drops what cannot be a count.
func count(n *int64) *int64 {
	if n == nil || *n < 0 {
		return nil
	}
	return n
}

// clean drops control characters: PostgreSQL refuses some, and no page shows them.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, text))
}

// httpsOnly drops an address that is no plain link.
func httpsOnly(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}
