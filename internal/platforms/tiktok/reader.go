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
)

// pageSize is the most that TikTok gives at once.
const pageSize = 20

// userFields are the fields of each scope: one without its scope fails the
// whole call. (profile_web_link is not among them: it is not documented.)
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

type video struct {
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

// Read gives the account's figures and its latest 30 videos, as far as the
// token's scopes go. TikTok gives this interface no audience.
func (p *Provider) Read(ctx context.Context, token creators.Token) (creators.Profile, error) {
	ctx, cancel := p.client.Within(ctx)
	defer cancel()
	profile, err := p.Account(ctx, token)
	if err == nil && wire.Grants(token, ScopeVideos) {
		profile.Latest, err = p.latest(ctx, token.Access)
	}
	if err != nil {
		return creators.Profile{}, err
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// Account reads the account alone. A handle is there only if its scope was granted.
func (p *Provider) Account(ctx context.Context, token creators.Token) (creators.Profile, error) {
	var fields []string
	for _, scope := range Scopes() {
		if names, ok := userFields[scope]; ok && wire.Grants(token, scope) {
			fields = append(fields, names)
		}
	}
	if len(fields) == 0 {
		return creators.Profile{}, MissingScopes(Scopes())
	}
	answer, err := ask[struct {
		User userInfo `json:"user"`
	}](ctx, p, http.MethodGet, "/v2/user/info/", strings.Join(fields, ","), token.Access, nil)
	if err != nil {
		return creators.Profile{}, err
	}
	u := answer.User
	if u.OpenID == "" && wire.Grants(token, ScopeBasic) {
		return creators.Profile{}, p.client.Odd("/v2/user/info/", http.StatusOK)
	}
	profile := creators.Profile{
		Platform: Name, UserID: u.OpenID, Handle: wire.Clean(u.Username), DisplayName: wire.Clean(u.DisplayName), Bio: wire.Clean(u.Bio),
		AvatarURL: wire.HTTPS(u.AvatarURL), Verified: u.Verified,
		Followers: u.Followers.N, Following: u.Following.N, Likes: u.Likes.N, Posts: u.Videos.N,
	}
	if profile.Handle != "" {
		profile.URL = "https://www.tiktok.com/@" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) latest(ctx context.Context, access string) ([]creators.ReadPost, error) {
	return wire.Latest(ctx, p.clock(), func(ctx context.Context, at int64, most int) (page wire.Page[int64], err error) {
		body, _ := json.Marshal(struct { // plain structs always marshal
			Cursor   int64 `json:"cursor,omitempty"`
			MaxCount int   `json:"max_count"`
		}{at, min(pageSize, most)})
		answer, err := ask[struct {
			Videos  []video `json:"videos"`
			Cursor  int64   `json:"cursor"`
			HasMore bool    `json:"has_more"`
		}](ctx, p, http.MethodPost, "/v2/video/list/", videoFields, access, body)
		page.Next, page.More = answer.Cursor, answer.HasMore
		for _, v := range answer.Videos {
			page.Posts = append(page.Posts, v.post())
		}
		return page, err
	})
}

func (v video) post() creators.ReadPost {
	var posted time.Time
	if v.CreateTime.N != nil {
		posted = time.Unix(*v.CreateTime.N, 0).UTC()
	}
	return creators.ReadPost{
		ID: string(v.ID), PostedAt: posted, Duration: v.Duration.Seconds(),
		Views: v.Views.N, Likes: v.Likes.N, Comments: v.Comments.N, Shares: v.Shares.N,
		URL: wire.HTTPS(v.ShareURL), Caption: wire.Clean(cmp.Or(v.Description, v.Title)), Hashtags: creators.Hashtags(v.Title, v.Description),
	}
}

// ask calls the API for fields. An envelope wraps every answer, and only the
// code "ok" is a success.
func ask[T any](ctx context.Context, p *Provider, method, path, fields, access string, body []byte) (T, error) {
	var e struct {
		Data  T `json:"data"`
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			LogID   string `json:"log_id"`
		} `json:"error"`
	}
	header := http.Header{"Authorization": {"Bearer " + access}, "Content-Type": {"application/json; charset=UTF-8"}}
	status, err := p.client.Call(ctx, path, method, p.cfg.APIURL+path+"?"+url.Values{"fields": {fields}}.Encode(), header, body, &e)
	switch {
	case err != nil:
		return e.Data, err
	case e.Error.Code != "" && e.Error.Code != "ok":
		return e.Data, p.client.Refused(path, wire.Failure{Code: e.Error.Code, Message: e.Error.Message, Log: e.Error.LogID, Status: status}, apiFailure(e.Error.Code))
	case status != http.StatusOK || e.Error.Code == "":
		return e.Data, p.client.Odd(path, status)
	}
	return e.Data, nil
}

func apiFailure(code string) error {
	switch code {
	case "access_token_invalid":
		return creators.ErrReconnect
	case "scope_not_authorized", "scope_permission_missed":
		return creators.ErrScope
	case "invalid_params":
		return creators.ErrSetup
	}
	return creators.ErrBusy
}
