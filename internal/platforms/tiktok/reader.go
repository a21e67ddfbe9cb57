package tiktok

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
	"tribemarket/models/text"
)

// pageSize is the most videos that TikTok returns at once.
const pageSize = 20

// userFields are the fields of each scope: a field without its scope makes the whole call
// fail. (profile_web_link is not among them: it is not documented.)
var userFields = map[string]string{
	ScopeBasic:   "open_id,avatar_url,display_name",
	ScopeProfile: "username,bio_description,is_verified",
	ScopeStats:   "follower_count,following_count,likes_count,video_count",
}

const videoFields = "id,create_time,share_url,title,video_description,duration,view_count,like_count,comment_count,share_count"

type userInfo struct {
	OpenID      string     `json:"open_id"`
	AvatarURL   string     `json:"avatar_url"`
	DisplayName string     `json:"display_name"`
	Username    string     `json:"username"`
	Bio         string     `json:"bio_description"`
	Verified    bool       `json:"is_verified"`
	Followers   wire.Count `json:"follower_count"`
	Following   wire.Count `json:"following_count"`
	Likes       wire.Count `json:"likes_count"`
	Videos      wire.Count `json:"video_count"`
}

type videoAnswer struct {
	ID          wire.ID    `json:"id"`
	CreateTime  wire.Count `json:"create_time"` // Unix seconds
	ShareURL    string     `json:"share_url"`
	Title       string     `json:"title"`
	Description string     `json:"video_description"`
	Duration    wire.Count `json:"duration"` // seconds
	Views       wire.Count `json:"view_count"`
	Likes       wire.Count `json:"like_count"`
	Comments    wire.Count `json:"comment_count"`
	Shares      wire.Count `json:"share_count"`
}

// Read returns the account's figures and its latest 30 videos, as far as the token's
// scopes allow. TikTok provides no audience here.
func (p *Provider) Read(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	ctx, cancel := p.client.WithTimeout(ctx)
	defer cancel()
	profile, err := p.ReadAccount(ctx, token)
	if err == nil && wire.GrantsScope(token, ScopeVideos) {
		profile.LatestPosts, err = p.readLatestPosts(ctx, token.Access)
	}
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// ReadAccount reads only the account. The handle is present only if its scope was
// granted.
func (p *Provider) ReadAccount(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	var fields []string
	for _, scope := range Scopes() {
		if names, ok := userFields[scope]; ok && wire.GrantsScope(token, scope) {
			fields = append(fields, names)
		}
	}
	if len(fields) == 0 {
		return creators.PlatformProfile{}, MissingScopes(Scopes())
	}
	answer, err := callAPI[struct {
		User userInfo `json:"user"`
	}](ctx, p, http.MethodGet, "/v2/user/info/", strings.Join(fields, ","), token.Access, nil)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	u := answer.User
	if u.OpenID == "" && wire.GrantsScope(token, ScopeBasic) {
		return creators.PlatformProfile{}, p.client.IncompleteError("/v2/user/info/", http.StatusOK)
	}
	profile := creators.PlatformProfile{
		Platform: Name, UserID: u.OpenID, Handle: wire.CleanText(u.Username), DisplayName: wire.CleanText(u.DisplayName), Bio: wire.CleanText(u.Bio),
		AvatarURL: wire.HTTPSURL(u.AvatarURL), Verified: u.Verified,
		Followers: u.Followers.N, Following: u.Following.N, Likes: u.Likes.N, Posts: u.Videos.N,
	}
	if profile.Handle != "" {
		profile.URL = "https://www.tiktok.com/@" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) readLatestPosts(ctx context.Context, access string) ([]creators.PlatformPost, error) {
	return wire.ReadLatestPosts(ctx, p.clock(), func(ctx context.Context, at int64, most int) (page wire.PostPage[int64], err error) {
		body, _ := json.Marshal(struct { // plain structs always marshal
			Cursor   int64 `json:"cursor,omitempty"`
			MaxCount int   `json:"max_count"`
		}{at, min(pageSize, most)})
		answer, err := callAPI[struct {
			Videos  []videoAnswer `json:"videos"`
			Cursor  int64         `json:"cursor"`
			HasMore bool          `json:"has_more"`
		}](ctx, p, http.MethodPost, "/v2/video/list/", videoFields, access, body)
		page.Next, page.More = answer.Cursor, answer.HasMore
		for _, v := range answer.Videos {
			page.Posts = append(page.Posts, v.toPost())
		}
		return page, err
	})
}

func (v videoAnswer) toPost() creators.PlatformPost {
	var posted time.Time
	if v.CreateTime.N != nil {
		posted = time.Unix(*v.CreateTime.N, 0).UTC()
	}
	return creators.PlatformPost{
		ID: string(v.ID), PostedAt: posted, Duration: v.Duration.Seconds(),
		Views: v.Views.N, Likes: v.Likes.N, Comments: v.Comments.N, Shares: v.Shares.N,
		URL: wire.HTTPSURL(v.ShareURL), Caption: wire.CleanText(cmp.Or(v.Description, v.Title)), Hashtags: text.FindHashtags(v.Title, v.Description),
	}
}

// callAPI calls the API for fields. An envelope wraps every answer, and only the
// code "ok" is a success.
func callAPI[T any](ctx context.Context, p *Provider, method, path, fields, access string, body []byte) (T, error) {
	var e struct {
		Data  T `json:"data"`
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			LogID   string `json:"log_id"`
		} `json:"error"`
	}
	header := http.Header{"Authorization": {"Bearer " + access}, "Content-Type": {"application/json; charset=UTF-8"}}
	status, err := p.client.CallJSON(ctx, path, method, p.cfg.APIURL+path+"?"+url.Values{"fields": {fields}}.Encode(), header, body, &e)
	switch {
	case err != nil:
		return e.Data, err
	case e.Error.Code != "" && e.Error.Code != "ok":
		return e.Data, p.client.RefusedError(path, wire.PlatformFailure{Code: e.Error.Code, Message: e.Error.Message, Log: e.Error.LogID, Status: status}, apiErrorKind(e.Error.Code))
	case status != http.StatusOK || e.Error.Code == "":
		return e.Data, p.client.IncompleteError(path, status)
	}
	return e.Data, nil
}

func apiErrorKind(code string) error {
	switch code {
	case "access_token_invalid":
		return creators.ErrReconnect
	case "scope_not_authorized", "scope_permission_missed":
		return creators.ErrMissingScope
	case "invalid_params":
		return creators.ErrPlatformSetup
	}
	return creators.ErrPlatformBusy
}
