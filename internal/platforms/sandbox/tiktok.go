package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

func (s *Sandbox) serveTikTok() {
	s.serveConsent(tiktok, "/tiktok/v2/auth/authorize/")
	s.mux.HandleFunc("POST /tiktok/v2/oauth/token/{$}", s.issueTikTokToken)
	s.mux.HandleFunc("POST /tiktok/v2/oauth/revoke/{$}", s.revokeTikTokToken)
	s.mux.HandleFunc("GET /tiktok/v2/user/info/{$}", s.showTikTokUser)
	s.mux.HandleFunc("POST /tiktok/v2/video/list/{$}", s.listTikTokVideos)
	s.mux.HandleFunc("POST /tiktok/v2/video/query/{$}", s.queryTikTokVideos)
}

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
	"profile_deep_link": {scopeProfile, func(a Account) any { return a.tiktokURL() }},
	"profile_web_link":  {scopeProfile, func(a Account) any { return a.tiktokURL() }},
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
	"share_url":         func(a Account, v Video) any { return a.tiktokURL() + "/video/" + v.ID },
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

func (s *Sandbox) showTikTokUser(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitTikTok(w, r, OnUserInfo)
	if !ok {
		return
	}
	account := e.Account
	if kind == WrongUser {
		account = s.anotherAccount(e.accountKey())
	}
	user := jsonObject{}
	for _, name := range strings.Split(r.URL.Query().Get("fields"), ",") {
		field, known := userFields[name]
		switch {
		case !known:
			s.replyTikTokError(w, http.StatusBadRequest, "invalid_params", "Fields: "+name+" is unknown.")
			return
		case !e.hasScope(field.scope):
			s.replyTikTokError(w, http.StatusUnauthorized, "scope_not_authorized", "The user did not authorize the scope "+field.scope+".")
			return
		case !slices.Contains(account.Hidden, name):
			user[name] = field.value(account)
		}
	}
	s.replyTikTokData(w, jsonObject{"user": user})
}

// endlessBelow are cursors of a list without an end; real ones are times.
const endlessBelow = 1_000_000

func (s *Sandbox) listTikTokVideos(w http.ResponseWriter, r *http.Request) {
	e, fields, kind, ok := s.admitToVideos(w, r, OnVideoList)
	if !ok {
		return
	}
	ask := struct {
		Cursor   *int64 `json:"cursor"`
		MaxCount *int   `json:"max_count"`
	}{}
	if json.NewDecoder(r.Body).Decode(&ask) != nil || ask.MaxCount != nil && (*ask.MaxCount < 1 || *ask.MaxCount > 20) {
		s.replyTikTokError(w, http.StatusBadRequest, "invalid_params", "Send JSON with max_count from 1 to 20.")
		return
	}
	limit := 10
	if ask.MaxCount != nil {
		limit = *ask.MaxCount
	}
	if s.opts.PageSize > 0 {
		limit = min(limit, s.opts.PageSize)
	}
	videos := s.publishedVideos(e.Account)
	cursor := s.clock().UnixMilli() + 1
	if ask.Cursor != nil && *ask.Cursor > 0 {
		cursor = min(cursor, *ask.Cursor)
	}
	if kind == EndlessList {
		cursor = endlessBelow
	}
	page, next, more := []any{}, cursor, false
	if cursor <= endlessBelow {
		if n := int64(len(videos)); n > 0 {
			page = append(page, e.videoFieldsOf(videos[(endlessBelow-cursor)%n], fields))
		}
		next, more, videos = cursor-1, true, nil
	}
	for _, v := range videos {
		at := v.PostedAt.UnixMilli()
		if at >= cursor {
			continue
		}
		if more = len(page) == limit; more {
			break
		}
		page, next = append(page, e.videoFieldsOf(v, fields)), at
	}
	s.replyTikTokData(w, jsonObject{"videos": page, "cursor": next, "has_more": more})
	if kind == NewPostBetweenPages {
		s.publishVideo(e.accountKey())
	}
}

func (s *Sandbox) queryTikTokVideos(w http.ResponseWriter, r *http.Request) {
	e, fields, _, ok := s.admitToVideos(w, r, OnVideoQuery)
	if !ok {
		return
	}
	var ask struct {
		Filters struct {
			VideoIDs []string `json:"video_ids"`
		} `json:"filters"`
	}
	if json.NewDecoder(r.Body).Decode(&ask) != nil || len(ask.Filters.VideoIDs) == 0 || len(ask.Filters.VideoIDs) > 20 {
		s.replyTikTokError(w, http.StatusBadRequest, "invalid_params", "Send JSON with 1 to 20 video ids.")
		return
	}
	found := []any{}
	for _, v := range s.publishedVideos(e.Account) {
		if slices.Contains(ask.Filters.VideoIDs, v.ID) {
			found = append(found, e.videoFieldsOf(v, fields))
		}
	}
	s.replyTikTokData(w, jsonObject{"videos": found})
}

// admitTikTok checks the token and lets a fault that is due happen.
func (s *Sandbox) admitTikTok(w http.ResponseWriter, r *http.Request, on Endpoint) (admission, FaultKind, bool) {
	e, ok := s.authenticate(tiktok, bearerToken(r, "Bearer"))
	if !ok {
		s.replyTikTokError(w, http.StatusUnauthorized, "access_token_invalid", "The access token is invalid or not found in the request.")
		return e, NoFault, false
	}
	kind, failed := s.answerFault(w, r, on, e.accountKey(), s.apiFaults())
	return e, kind, !failed
}

func (s *Sandbox) admitToVideos(w http.ResponseWriter, r *http.Request, on Endpoint) (admission, []string, FaultKind, bool) {
	e, kind, ok := s.admitTikTok(w, r, on)
	if !ok {
		return e, nil, kind, false
	}
	if !e.hasScope(scopeVideos) {
		s.replyTikTokError(w, http.StatusUnauthorized, "scope_not_authorized", "The user did not authorize the scope video.list.")
		return e, nil, kind, false
	}
	fields := strings.Split(r.URL.Query().Get("fields"), ",")
	for _, name := range fields {
		if videoFields[name] == nil {
			s.replyTikTokError(w, http.StatusBadRequest, "invalid_params", "Fields: "+name+" is unknown.")
			return e, nil, kind, false
		}
	}
	return e, fields, kind, true
}

func (a Account) videoFieldsOf(v Video, fields []string) jsonObject {
	out := jsonObject{}
	for _, name := range fields {
		if !slices.Contains(v.Hidden, name) {
			out[name] = videoFields[name](a, v)
		}
	}
	return out
}
