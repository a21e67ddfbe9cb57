package sandbox

import (
	"fmt"
	"net/http"
	"slices"
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
