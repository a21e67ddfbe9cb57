package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// The scopes that the sandbox knows.
const (
	scopeBasic   = "user.info.basic"
	scopeProfile = "user.info.profile"
	scopeStats   = "user.info.stats"
	scopeVideos  = "video.list"
)

var scopes = []string{scopeBasic, scopeProfile, scopeStats, scopeVideos}

// userFields are the fields of user info, with the scope that each needs.
var userFields = map[string]struct {
	scope string
	value func(Account) any
}{
	"open_id":           {scopeBasic, func(a Account) any { return a.OpenID }},
	"union_id":          {scopeBasic, func(a Account) any { return "u" + a.OpenID }},
	"avatar_url":        {scopeBasic, func(a Account) any { return a.AvatarURL }},
	"avatar_url_100":    {scopeBasic, func(a Account) any { return a.AvatarURL }},
	"avatar_large_url":  {scopeBasic, func(a Account) any { return a.AvatarURL }},
	"display_name":      {scopeBasic, func(a Account) any { return a.DisplayName }},
	"bio_description":   {scopeProfile, func(a Account) any { return a.Bio }},
	"profile_deep_link": {scopeProfile, func(a Account) any { return a.address() }},
	"profile_web_link":  {scopeProfile, func(a Account) any { return a.address() }},
	"is_verified":       {scopeProfile, func(a Account) any { return a.Verified }},
	"username":          {scopeProfile, func(a Account) any { return a.Username }},
	"follower_count":    {scopeStats, func(a Account) any { return a.Followers }},
	"following_count":   {scopeStats, func(a Account) any { return a.Following }},
	"likes_count":       {scopeStats, func(a Account) any { return a.Likes }},
	"video_count":       {scopeStats, func(a Account) any { return a.VideoCount }},
}

// videoFields are the fields of a video; all need video.list.
var videoFields = map[string]func(Account, Video) any{
	"id":                func(_ Account, v Video) any { return v.ID },
	"create_time":       func(_ Account, v Video) any { return v.PostedAt.Unix() },
	"share_url":         func(a Account, v Video) any { return a.address() + "/video/" + v.ID },
	"embed_link":        func(_ Account, v Video) any { return "https://www.tiktok.com/player/v1/" + v.ID },
	"embed_html":        func(Account, Video) any { return "" },
	"cover_image_url":   func(Account, Video) any { return "" },
	"title":             func(_ Account, v Video) any { return v.Title },
	"video_description": func(_ Account, v Video) any { return v.Description },
	"duration":          func(_ Account, v Video) any { return int64(v.Duration.Seconds()) },
	"width":             func(Account, Video) any { return 576 },
	"height":            func(Account, Video) any { return 1024 },
	"view_count":        func(_ Account, v Video) any { return v.Views },
	"like_count":        func(_ Account, v Video) any { return v.Likes },
	"comment_count":     func(_ Account, v Video) any { return v.Comments },
	"share_count":       func(_ Account, v Video) any { return v.Shares },
	"is_aigc":           func(Account, Video) any { return false },
}

func (s *Sandbox) showUser(w http.ResponseWriter, r *http.Request) {
	account, granted, ok := s.admit(w, r, OnUserInfo)
	if !ok {
		return
	}
	user := map[string]any{}
	for _, name := range strings.Split(r.URL.Query().Get("fields"), ",") {
		field, known := userFields[name]
		switch {
		case !known:
			s.replyError(w, http.StatusBadRequest, "invalid_params", "Fields: "+name+" is unknown.")
			return
		case !slices.Contains(granted, field.scope):
			s.replyError(w, http.StatusUnauthorized, "scope_not_authorized", "The user did not authorize the scope "+field.scope+".")
			return
		case !slices.Contains(account.Hidden, name):
			user[name] = field.value(account)
		}
	}
	s.replyData(w, map[string]any{"user": user})
}

func (s *Sandbox) listVideos(w http.ResponseWriter, r *http.Request) {
	account, fields, ok := s.admitToVideos(w, r, OnVideoList)
	if !ok {
		return
	}
	ask := struct {
		Cursor   *int64 `json:"cursor"`
		MaxCount *int   `json:"max_count"`
	}{}
	if json.NewDecoder(r.Body).Decode(&ask) != nil || ask.MaxCount != nil && (*ask.MaxCount < 1 || *ask.MaxCount > 20) {
		s.replyError(w, http.StatusBadRequest, "invalid_params", "Send JSON with max_count from 1 to 20.")
		return
	}
	limit := 10
	if ask.MaxCount != nil {
		limit = *ask.MaxCount
	}
	cursor := s.clock().UnixMilli() + 1 // a video that is dated later is not out yet
	if ask.Cursor != nil && *ask.Cursor > 0 {
		cursor = min(cursor, *ask.Cursor)
	}
	page, next, more := []any{}, cursor, false
	for _, v := range account.Videos {
		at := v.PostedAt.UnixMilli()
		if at >= cursor {
			continue
		}
		if more = len(page) == limit; more {
			break
		}
		page, next = append(page, account.video(v, fields)), at
	}
	s.replyData(w, map[string]any{"videos": page, "cursor": next, "has_more": more})
}

func (s *Sandbox) queryVideos(w http.ResponseWriter, r *http.Request) {
	account, fields, ok := s.admitToVideos(w, r, OnVideoQuery)
	if !ok {
		return
	}
	var ask struct {
		Filters struct {
			VideoIDs []string `json:"video_ids"`
		} `json:"filters"`
	}
	if json.NewDecoder(r.Body).Decode(&ask) != nil || len(ask.Filters.VideoIDs) == 0 || len(ask.Filters.VideoIDs) > 20 {
		s.replyError(w, http.StatusBadRequest, "invalid_params", "Send JSON with 1 to 20 video ids.")
		return
	}
	found := []any{}
	for _, v := range account.Videos {
		if slices.Contains(ask.Filters.VideoIDs, v.ID) && !v.PostedAt.After(s.clock()) {
			found = append(found, account.video(v, fields))
		}
	}
	s.replyData(w, map[string]any{"videos": found})
}

// admit checks the token and lets a fault that is due happen.
func (s *Sandbox) admit(w http.ResponseWriter, r *http.Request, on Endpoint) (Account, []string, bool) {
	account, granted, ok := s.bearer(r)
	if !ok {
		s.replyError(w, http.StatusUnauthorized, "access_token_invalid", "The access token is invalid or not found in the request.")
		return account, nil, false
	}
	return account, granted, !s.fails(w, r, on, account.OpenID, s.apiFaults())
}

func (s *Sandbox) admitToVideos(w http.ResponseWriter, r *http.Request, on Endpoint) (Account, []string, bool) {
	account, granted, ok := s.admit(w, r, on)
	if !ok {
		return account, nil, false
	}
	if !slices.Contains(granted, scopeVideos) {
		s.replyError(w, http.StatusUnauthorized, "scope_not_authorized", "The user did not authorize the scope video.list.")
		return account, nil, false
	}
	fields := strings.Split(r.URL.Query().Get("fields"), ",")
	for _, name := range fields {
		if videoFields[name] == nil {
			s.replyError(w, http.StatusBadRequest, "invalid_params", "Fields: "+name+" is unknown.")
			return account, nil, false
		}
	}
	return account, fields, true
}

func (a Account) video(v Video, fields []string) map[string]any {
	out := map[string]any{}
	for _, name := range fields {
		if !slices.Contains(v.Hidden, name) {
			out[name] = videoFields[name](a, v)
		}
	}
	return out
}
