package sandbox

import (
	"net/http"
	"time"
)

func (s *Sandbox) serveTwitch() {
	s.serveConsent(twitch, "/twitch/oauth2/authorize")
	s.mux.HandleFunc("POST /twitch/oauth2/token", s.issueTwitchToken)
	s.mux.HandleFunc("POST /twitch/oauth2/revoke", s.revokeTwitchToken)
	s.mux.HandleFunc("GET /twitch/oauth2/validate", s.validateTwitchToken)
	s.mux.HandleFunc("GET /twitch/helix/users", s.showTwitchUser)
	s.mux.HandleFunc("GET /twitch/helix/channels/followers", s.countFollowers)
	s.mux.HandleFunc("GET /twitch/helix/videos", s.listTwitchVideos)
}

func (s *Sandbox) showTwitchUser(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitTwitch(w, r, OnTwitchUsers)
	if !ok {
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.anotherAccount(e.accountKey())
	}
	user := jsonObject{
		"id": a.OpenID, "login": a.Username, "display_name": a.DisplayName, "type": "", "broadcaster_type": a.Type, "description": a.Bio,
		"profile_image_url": a.AvatarURL, "offline_image_url": "", "view_count": 0, "created_at": "2020-05-04T10:00:00Z",
	}
	if e.hasScope(scopeEmail) {
		user["email"] = a.Username + "@sandbox.example"
	}
	writeJSON(w, http.StatusOK, jsonObject{"data": []any{user}})
}

// countFollowers returns the total to everybody, and the list to nobody: no account here
// has followers with names.
func (s *Sandbox) countFollowers(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitTwitch(w, r, OnTwitchFollowers)
	if !ok {
		return
	}
	s.mu.Lock()
	a, known := s.accounts[accountKey{twitch.name, r.URL.Query().Get("broadcaster_id")}]
	s.mu.Unlock()
	if !known {
		twitchError(http.StatusBadRequest, "Bad Request", "The ID in broadcaster_id is not valid.").write(w)
		return
	}
	answer := jsonObject{"data": []any{}, "pagination": jsonObject{}}
	if !e.hidesField("total") {
		answer["total"] = s.withGrowth(a).Followers
	}
	writeJSON(w, http.StatusOK, answer)
}

func (s *Sandbox) listTwitchVideos(w http.ResponseWriter, r *http.Request) {
	_, kind, ok := s.admitTwitch(w, r, OnTwitchVideos)
	if !ok {
		return
	}
	q := r.URL.Query()
	s.mu.Lock()
	a, known := s.accounts[accountKey{twitch.name, q.Get("user_id")}]
	s.mu.Unlock()
	if !known {
		twitchError(http.StatusNotFound, "Not Found", "The user was not found.").write(w)
		return
	}
	var videos []Video
	for _, v := range s.publishedVideos(s.withGrowth(a)) {
		if t := valueOr(q.Get("type"), "all"); t == "all" || t == valueOr(v.Type, "archive") {
			videos = append(videos, v)
		}
	}
	size, ok := s.pageSize(q.Get("first"), 20, 100)
	found, next, valid := cutPage(videos, q.Get("after"), size, false, kind == EndlessList)
	if !ok || !valid {
		twitchError(http.StatusBadRequest, "Bad Request", "The cursor or the size of the page is not valid.").write(w)
		return
	}
	data := []any{}
	for _, v := range found {
		item := jsonObject{
			"id": v.ID, "stream_id": nil, "user_id": a.OpenID, "user_login": a.Username, "user_name": a.DisplayName, "title": v.Title, "description": v.Description,
			"created_at": v.PostedAt.UTC().Format(time.RFC3339), "published_at": v.PostedAt.UTC().Format(time.RFC3339), "url": "https://www.twitch.tv/videos/" + v.ID,
			"thumbnail_url": "", "viewable": "public", "view_count": v.Views, "language": "en", "type": valueOr(v.Type, "archive"), "duration": v.Duration.Truncate(time.Second).String(),
		}
		for _, name := range v.Hidden {
			delete(item, name)
		}
		data = append(data, item)
	}
	pagination := jsonObject{}
	if next != "" {
		pagination["cursor"] = next
	}
	writeJSON(w, http.StatusOK, jsonObject{"data": data, "pagination": pagination})
	if kind == NewPostBetweenPages {
		s.publishVideo(a.accountKey())
	}
}

func (s *Sandbox) admitTwitch(w http.ResponseWriter, r *http.Request, on Endpoint) (admission, FaultKind, bool) {
	e, ok := s.authenticate(twitch, bearerToken(r, "Bearer"))
	switch {
	case !ok:
		twitchFaults()[TokenRevoked].write(w)
	case r.Header.Get("Client-Id") != s.opts.ClientKey:
		twitchError(http.StatusUnauthorized, "Unauthorized", "Client ID and OAuth token do not match").write(w)
		ok = false
	}
	if !ok {
		return e, NoFault, false
	}
	w.Header().Set("Ratelimit-Limit", "800")
	w.Header().Set("Ratelimit-Remaining", "799")
	kind, failed := s.answerFault(w, r, on, e.accountKey(), twitchFaults())
	return e, kind, !failed
}

func twitchError(status int, name, message string) errorAnswer {
	return errorAnswer{status, jsonObject{"error": name, "status": status, "message": message}}
}

func twitchFaults() map[FaultKind]errorAnswer {
	down := twitchError(http.StatusInternalServerError, "Internal Server Error", "")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    twitchError(http.StatusTooManyRequests, "Too Many Requests", "Request limit exceeded."),
		Forbidden:          twitchError(http.StatusForbidden, "Forbidden", "The app may not do this."),
		TokenRevoked:       twitchError(http.StatusUnauthorized, "Unauthorized", "Invalid OAuth token"),
	}
}
