package sandbox

import (
	"net/http"
	"time"
)

func (s *Sandbox) serveTwitch() {
	s.serveConsent(twitch, "/twitch/oauth2/authorize")
	s.mux.HandleFunc("POST /twitch/oauth2/token", s.giveTwitch)
	s.mux.HandleFunc("POST /twitch/oauth2/revoke", s.revokeTwitch)
	s.mux.HandleFunc("GET /twitch/oauth2/validate", s.validateTwitch)
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
		a = s.stranger(e.key())
	}
	user := object{
		"id": a.OpenID, "login": a.Username, "display_name": a.DisplayName, "type": "", "broadcaster_type": a.Type, "description": a.Bio,
		"profile_image_url": a.AvatarURL, "offline_image_url": "", "view_count": 0, "created_at": "2020-05-04T10:00:00Z",
	}
	if e.may(scopeEmail) {
		user["email"] = a.Username + "@sandbox.example"
	}
	reply(w, http.StatusOK, object{"data": []any{user}})
}

// countFollowers gives the total to everybody, and the list to nobody: no
// account here has followers with names.
func (s *Sandbox) countFollowers(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitTwitch(w, r, OnTwitchFollowers)
	if !ok {
		return
	}
	s.mu.Lock()
	a, known := s.accounts[key{twitch.name, r.URL.Query().Get("broadcaster_id")}]
	s.mu.Unlock()
	if !known {
		twitchError(http.StatusBadRequest, "Bad Request", "The ID in broadcaster_id is not valid.").reply(w)
		return
	}
	answer := object{"data": []any{}, "pagination": object{}}
	if !e.hides("total") {
		answer["total"] = s.grown(a).Followers
	}
	reply(w, http.StatusOK, answer)
}

func (s *Sandbox) listTwitchVideos(w http.ResponseWriter, r *http.Request) {
	_, kind, ok := s.admitTwitch(w, r, OnTwitchVideos)
	if !ok {
		return
	}
	q := r.URL.Query()
	s.mu.Lock()
	a, known := s.accounts[key{twitch.name, q.Get("user_id")}]
	s.mu.Unlock()
	if !known {
		twitchError(http.StatusNotFound, "Not Found", "The user was not found.").reply(w)
		return
	}
	var videos []Video
	for _, v := range s.out(s.grown(a)) {
		if t := orElse(q.Get("type"), "all"); t == "all" || t == orElse(v.Type, "archive") {
			videos = append(videos, v)
		}
	}
	size, ok := s.pageSize(q.Get("first"), 20, 100)
	found, next, valid := page(videos, q.Get("after"), size, false, kind == NoEnd)
	if !ok || !valid {
		twitchError(http.StatusBadRequest, "Bad Request", "The cursor or the size of the page is not valid.").reply(w)
		return
	}
	data := []any{}
	for _, v := range found {
		item := object{
			"id": v.ID, "stream_id": nil, "user_id": a.OpenID, "user_login": a.Username, "user_name": a.DisplayName, "title": v.Title, "description": v.Description,
			"created_at": v.PostedAt.UTC().Format(time.RFC3339), "published_at": v.PostedAt.UTC().Format(time.RFC3339), "url": "https://www.twitch.tv/videos/" + v.ID,
			"thumbnail_url": "", "viewable": "public", "view_count": v.Views, "language": "en", "type": orElse(v.Type, "archive"), "duration": v.Duration.Truncate(time.Second).String(),
		}
		for _, name := range v.Hidden {
			delete(item, name)
		}
		data = append(data, item)
	}
	pagination := object{}
	if next != "" {
		pagination["cursor"] = next
	}
	reply(w, http.StatusOK, object{"data": data, "pagination": pagination})
	if kind == Arrives {
		s.arrive(a.key())
	}
}

func (s *Sandbox) admitTwitch(w http.ResponseWriter, r *http.Request, on Endpoint) (entry, Kind, bool) {
	e, ok := s.enter(twitch, bearer(r, "Bearer"))
	switch {
	case !ok:
		twitchFaults()[Revoked].reply(w)
	case r.Header.Get("Client-Id") != s.opts.ClientKey:
		twitchError(http.StatusUnauthorized, "Unauthorized", "Client ID and OAuth token do not match").reply(w)
		ok = false
	}
	if !ok {
		return e, Fine, false
	}
	w.Header().Set("Ratelimit-Limit", "800")
	w.Header().Set("Ratelimit-Remaining", "799")
	kind, failed := s.fails(w, r, on, e.key(), twitchFaults())
	return e, kind, !failed
}

func twitchError(status int, name, message string) failure {
	return failure{status, object{"error": name, "status": status, "message": message}}
}

func twitchFaults() map[Kind]failure {
	down := twitchError(http.StatusInternalServerError, "Internal Server Error", "")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, down.body},
		Busy:      twitchError(http.StatusTooManyRequests, "Too Many Requests", "Request limit exceeded."),
		Forbidden: twitchError(http.StatusForbidden, "Forbidden", "The app may not do this."),
		Revoked:   twitchError(http.StatusUnauthorized, "Unauthorized", "Invalid OAuth token"),
	}
}
