package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Sandbox) serveYouTube() {
	s.serveConsent(youtube, "/youtube/o/oauth2/v2/auth")
	s.mux.HandleFunc("POST /youtube/token", s.giveYouTube)
	s.mux.HandleFunc("POST /youtube/revoke", s.revokeYouTube)
	s.mux.HandleFunc("GET /youtube/youtube/v3/channels", s.showChannel)
	s.mux.HandleFunc("GET /youtube/youtube/v3/playlistItems", s.listUploads)
	s.mux.HandleFunc("GET /youtube/youtube/v3/videos", s.showYouTubeVideos)
	s.mux.HandleFunc("GET /youtube/v2/reports", s.showReport)
}

// uploads is the playlist of a channel's videos.
func (a Account) uploads() string { return "UU" + strings.TrimPrefix(a.OpenID, "UC") }

// rounded is a number of subscribers as YouTube tells it: three figures, rounded down.
func rounded(n int64) int64 {
	unit := int64(1)
	for n/unit >= 1000 {
		unit *= 10
	}
	return n / unit * unit
}

func (s *Sandbox) showChannel(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitGoogle(w, r, OnYouTubeChannels, scopeChannel)
	if !ok {
		return
	}
	if r.URL.Query().Get("mine") != "true" {
		googleError(http.StatusBadRequest, "youtube.parameter", "missingRequiredParameter", "No filter selected.").reply(w)
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.stranger(e.key())
	}
	answer := object{"kind": "youtube#channelListResponse", "etag": "e", "pageInfo": object{"totalResults": 1, "resultsPerPage": 5}}
	if a.NoChannel { // then the field is not there at all
		answer["pageInfo"] = object{"totalResults": 0, "resultsPerPage": 5}
		reply(w, http.StatusOK, answer)
		return
	}
	var views int64
	for _, v := range s.out(a) {
		views += v.Views
	}
	statistics := counts(a.Hidden, "viewCount", views, "subscriberCount", rounded(a.Followers), "videoCount", a.VideoCount)
	statistics["hiddenSubscriberCount"] = a.hides("subscriberCount")
	snippet := object{
		"title": a.DisplayName, "description": a.Bio, "customUrl": "@" + a.Username, "publishedAt": "2019-04-02T10:00:00Z",
		"thumbnails": object{"default": object{"url": a.AvatarURL, "width": 88, "height": 88}},
	}
	if a.Country != "" {
		snippet["country"] = a.Country
	}
	answer["items"] = []any{parts(r, object{"kind": "youtube#channel", "etag": "e", "id": a.OpenID}, object{
		"snippet": snippet, "statistics": statistics,
		"contentDetails": object{"relatedPlaylists": object{"likes": "", "uploads": a.uploads()}},
	})}
	reply(w, http.StatusOK, answer)
}

func (s *Sandbox) listUploads(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitGoogle(w, r, OnYouTubePlaylist, scopeChannel)
	if !ok {
		return
	}
	q, videos := r.URL.Query(), s.out(e.Account)
	if q.Get("playlistId") != e.uploads() || len(videos) == 0 {
		googleError(http.StatusNotFound, "youtube.playlistItem", "playlistNotFound", "The playlist cannot be found.").reply(w)
		return
	}
	size, ok := s.pageSize(q.Get("maxResults"), 5, 50)
	found, next, known := page(videos, q.Get("pageToken"), size, true, kind == NoEnd)
	if !ok || !known {
		googleError(http.StatusBadRequest, "youtube.parameter", "invalidPageToken", "The request specifies an invalid page token or size.").reply(w)
		return
	}
	items := []any{}
	for i, v := range found {
		items = append(items, parts(r, object{"kind": "youtube#playlistItem", "etag": "e", "id": fmt.Sprint("p", i)}, object{
			"contentDetails": object{"videoId": v.ID, "videoPublishedAt": v.PostedAt.UTC().Format(time.RFC3339)},
		}))
	}
	answer := object{"kind": "youtube#playlistItemListResponse", "pageInfo": object{"totalResults": len(videos), "resultsPerPage": size}, "items": items}
	if next != "" {
		answer["nextPageToken"] = next
	}
	reply(w, http.StatusOK, answer)
	if kind == Arrives {
		s.arrive(e.key())
	}
}

func (s *Sandbox) showYouTubeVideos(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitGoogle(w, r, OnYouTubeVideos, scopeChannel)
	if !ok {
		return
	}
	ids := strings.Split(r.URL.Query().Get("id"), ",")
	if len(ids) > 50 || ids[0] == "" {
		googleError(http.StatusBadRequest, "youtube.parameter", "missingRequiredParameter", "Name 1 to 50 videos.").reply(w)
		return
	}
	items := []any{}
	for _, v := range s.out(e.Account) {
		if slices.Contains(ids, v.ID) {
			items = append(items, parts(r, object{"kind": "youtube#video", "etag": "e", "id": v.ID}, object{
				"snippet": object{
					"title": v.Title, "description": v.Description, "channelId": e.OpenID, "channelTitle": e.DisplayName,
					"publishedAt": v.PostedAt.UTC().Format(time.RFC3339), "liveBroadcastContent": "none",
				},
				"contentDetails":              object{"duration": isoDuration(v.Duration)},
				"status":                      object{"privacyStatus": "public"},
				"statistics":                  counts(v.Hidden, "viewCount", v.Views, "likeCount", v.Likes, "favoriteCount", 0, "commentCount", v.Comments),
				"paidProductPlacementDetails": object{"hasPaidProductPlacement": false},
			}))
		}
	}
	reply(w, http.StatusOK, object{"kind": "youtube#videoListResponse", "pageInfo": object{"totalResults": len(items), "resultsPerPage": len(items)}, "items": items})
}

// parts adds to a resource what the request asks for.
func parts(r *http.Request, resource, all object) object {
	for _, name := range strings.Split(r.URL.Query().Get("part"), ",") {
		if value, ok := all[name]; ok {
			resource[name] = value
		}
	}
	return resource
}

// counts are decimal text, and one that is hidden is not there.
func counts(hidden []string, pairs ...any) object {
	out := object{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if name := fmt.Sprint(pairs[i]); !slices.Contains(hidden, name) {
			out[name] = fmt.Sprint(pairs[i+1])
		}
	}
	return out
}

// isoDuration is as in PT1H3M21S.
func isoDuration(d time.Duration) string {
	text := "PT"
	if h := int(d / time.Hour); h > 0 {
		text += fmt.Sprint(h, "H")
	}
	if m := int(d/time.Minute) % 60; m > 0 {
		text += fmt.Sprint(m, "M")
	}
	if s := int(d/time.Second) % 60; s > 0 || text == "PT" {
		text += fmt.Sprint(s, "S")
	}
	return text
}

// showReport is the Analytics API: who watched, by age and gender or by country.
func (s *Sandbox) showReport(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitGoogle(w, r, OnYouTubeReports, scopeAnalytics)
	if !ok {
		return
	}
	q := r.URL.Query()
	since, err1 := time.Parse(time.DateOnly, q.Get("startDate"))
	until, err2 := time.Parse(time.DateOnly, q.Get("endDate"))
	dimensions := strings.Split(q.Get("dimensions"), ",")
	byCountry := slices.Equal(dimensions, []string{"country"}) && q.Get("metrics") == "views"
	byPeople := slices.Equal(dimensions, []string{"ageGroup", "gender"}) && q.Get("metrics") == "viewerPercentage"
	if err1 != nil || err2 != nil || until.Before(since) || q.Get("ids") != "channel==MINE" || !byCountry && !byPeople {
		googleError(http.StatusBadRequest, "global", "badRequest", "The query is not supported.").reply(w)
		return
	}
	headers := []any{}
	for _, name := range dimensions {
		headers = append(headers, object{"name": name, "columnType": "DIMENSION", "dataType": "STRING"})
	}
	rows := e.byAgeAndGender()
	if byCountry {
		headers, rows = append(headers, object{"name": "views", "columnType": "METRIC", "dataType": "INTEGER"}), e.byCountry()
	} else {
		headers = append(headers, object{"name": "viewerPercentage", "columnType": "METRIC", "dataType": "FLOAT"})
	}
	reply(w, http.StatusOK, object{"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows})
}

func (a Account) byCountry() [][]any {
	rows := [][]any{}
	for _, c := range a.part("country") {
		rows = append(rows, []any{c.Key, a.Followers * c.PPM / 1_000_000})
	}
	return rows
}

func (a Account) byAgeAndGender() [][]any {
	words := map[string]string{"65+": "65-", "other": "user_specified"}
	rows := [][]any{}
	for _, age := range a.part("age") {
		for _, gender := range a.part("gender") {
			group, word := age.Key, gender.Key
			if w, ok := words[group]; ok {
				group = w
			}
			if w, ok := words[word]; ok {
				word = w
			}
			percent := float64(age.PPM*gender.PPM/1_000_000/1000) / 10 // one decimal, as YouTube has it
			rows = append(rows, []any{"age" + group, word, percent})
		}
	}
	return rows
}

// admitGoogle checks the token and its scope, and lets a fault that is due happen.
func (s *Sandbox) admitGoogle(w http.ResponseWriter, r *http.Request, on Endpoint, scope string) (entry, Kind, bool) {
	e, ok := s.enter(youtube, bearer(r, "Bearer"))
	if !ok {
		googleFaults()[Revoked].reply(w)
		return e, Fine, false
	}
	kind, failed := s.fails(w, r, on, e.key(), googleFaults())
	if failed {
		return e, kind, false
	}
	if !e.may(scope) {
		googleError(http.StatusForbidden, "global", "insufficientPermissions", "Request had insufficient authentication scopes.").reply(w)
		return e, kind, false
	}
	return e, kind, true
}

func googleError(status int, domain, reason, message string) failure {
	words := map[int]string{400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL"}
	return failure{status, object{"error": object{
		"code": status, "message": message, "status": words[status],
		"errors": []any{object{"message": message, "domain": domain, "reason": reason}},
	}}}
}

func googleFaults() map[Kind]failure {
	down := googleError(http.StatusInternalServerError, "global", "backendError", "Internal error encountered.")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, down.body},
		Busy:      googleError(http.StatusTooManyRequests, "youtube.quota", "rateLimitExceeded", "Too many requests."),
		Forbidden: googleError(http.StatusForbidden, "youtube.quota", "quotaExceeded", "The request cannot be completed because you have exceeded your quota."),
		Revoked:   googleError(http.StatusUnauthorized, "global", "authError", "Request had invalid authentication credentials."),
	}
}

func (s *Sandbox) giveYouTube(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuth(http.StatusBadRequest, "invalid_request", "Send a form.").reply(w)
		return
	}
	form := r.PostForm
	if !s.isClient(form.Get("client_id"), form.Get("client_secret")) {
		googleOAuth(http.StatusUnauthorized, "invalid_client", "Unauthorized").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnYouTubeToken, s.ownerOf(form), googleOAuthFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *consent
	first := form.Get("grant_type") == "authorization_code"
	switch {
	case first:
		granted = s.redeemCode(youtube, form)
	case form.Get("grant_type") == "refresh_token":
		granted = s.refreshed(youtube, form.Get("refresh_token"))
	default:
		googleOAuth(http.StatusBadRequest, "unsupported_grant_type", "Invalid grant_type").reply(w)
		return
	}
	if granted == nil {
		googleOAuth(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked.").reply(w)
		return
	}
	answer := object{
		"access_token": s.give(s.access, granted, "ya29.*", youtube.accessLife), "expires_in": int64(youtube.accessLife.Seconds()),
		"scope": strings.Join(granted.scopes, " "), "token_type": "Bearer",
	}
	if first && granted.offline {
		answer["refresh_token"] = s.give(s.refresh, granted, "1//0*", youtube.refreshLife)
	}
	reply(w, http.StatusOK, answer)
}

func (s *Sandbox) revokeYouTube(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuth(http.StatusBadRequest, "invalid_request", "Send a form.").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnYouTubeRevoke, key{}, googleOAuthFaults()); failed {
		return
	}
	if !s.revoke(youtube, r.Form.Get("token")) {
		googleOAuth(http.StatusBadRequest, "invalid_token", "Token expired or revoked").reply(w)
		return
	}
	reply(w, http.StatusOK, struct{}{})
}

func googleOAuth(status int, code, description string) failure {
	return failure{status, object{"error": code, "error_description": description}}
}

func googleOAuthFaults() map[Kind]failure {
	down := googleOAuth(http.StatusInternalServerError, "internal_failure", "Backend Error")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, down.body},
		Busy:      googleOAuth(http.StatusTooManyRequests, "rate_limit_exceeded", "Rate Limit Exceeded"),
		Forbidden: googleOAuth(http.StatusForbidden, "rate_limit_exceeded", "Rate Limit Exceeded"),
		Revoked:   googleOAuth(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked."),
	}
}

func digits(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
