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
	s.mux.HandleFunc("POST /youtube/token", s.issueYouTubeToken)
	s.mux.HandleFunc("POST /youtube/revoke", s.revokeYouTubeToken)
	s.mux.HandleFunc("GET /youtube/youtube/v3/channels", s.showChannel)
	s.mux.HandleFunc("GET /youtube/youtube/v3/playlistItems", s.listUploads)
	s.mux.HandleFunc("GET /youtube/youtube/v3/videos", s.showYouTubeVideos)
	s.mux.HandleFunc("GET /youtube/v2/reports", s.showReport)
	s.mux.HandleFunc("GET /youtube/vi/{id}", s.showThumbnail)
}

// uploadsPlaylist is the playlist of a channel's videos.
func (a Account) uploadsPlaylist() string { return "UU" + strings.TrimPrefix(a.OpenID, "UC") }

// roundSubscribers rounds a number of subscribers as YouTube does: down to three
// significant digits.
func roundSubscribers(n int64) int64 {
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
		googleError(http.StatusBadRequest, "youtube.parameter", "missingRequiredParameter", "No filter selected.").write(w)
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.anotherAccount(e.accountKey())
	}
	answer := jsonObject{"kind": "youtube#channelListResponse", "etag": "e", "pageInfo": jsonObject{"totalResults": 1, "resultsPerPage": 5}}
	if a.NoChannel { // then the field is missing altogether
		answer["pageInfo"] = jsonObject{"totalResults": 0, "resultsPerPage": 5}
		writeJSON(w, http.StatusOK, answer)
		return
	}
	var views int64
	for _, v := range s.publishedVideos(a) {
		views += v.Views
	}
	statistics := statisticsOf(a.Hidden, "viewCount", views, "subscriberCount", roundSubscribers(a.Followers), "videoCount", a.VideoCount)
	statistics["hiddenSubscriberCount"] = a.hidesField("subscriberCount")
	snippet := jsonObject{
		"title": a.DisplayName, "description": a.Bio, "customUrl": "@" + a.Username, "publishedAt": "2019-04-02T10:00:00Z",
		"thumbnails": jsonObject{"default": jsonObject{"url": a.AvatarURL, "width": 88, "height": 88}},
	}
	if a.Country != "" {
		snippet["country"] = a.Country
	}
	answer["items"] = []any{requestedParts(r, jsonObject{"kind": "youtube#channel", "etag": "e", "id": a.OpenID}, jsonObject{
		"snippet": snippet, "statistics": statistics,
		"contentDetails": jsonObject{"relatedPlaylists": jsonObject{"likes": "", "uploads": a.uploadsPlaylist()}},
	})}
	writeJSON(w, http.StatusOK, answer)
}

func (s *Sandbox) listUploads(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitGoogle(w, r, OnYouTubePlaylist, scopeChannel)
	if !ok {
		return
	}
	q, videos := r.URL.Query(), s.publishedVideos(e.Account)
	if q.Get("playlistId") != e.uploadsPlaylist() || len(videos) == 0 {
		googleError(http.StatusNotFound, "youtube.playlistItem", "playlistNotFound", "The playlist cannot be found.").write(w)
		return
	}
	size, ok := s.pageSize(q.Get("maxResults"), 5, 50)
	found, next, known := cutPage(videos, q.Get("pageToken"), size, true, kind == EndlessList)
	if !ok || !known {
		googleError(http.StatusBadRequest, "youtube.parameter", "invalidPageToken", "The request specifies an invalid page token or size.").write(w)
		return
	}
	items := []any{}
	for i, v := range found {
		items = append(items, requestedParts(r, jsonObject{"kind": "youtube#playlistItem", "etag": "e", "id": fmt.Sprint("p", i)}, jsonObject{
			"contentDetails": jsonObject{"videoId": v.ID, "videoPublishedAt": v.PostedAt.UTC().Format(time.RFC3339)},
		}))
	}
	answer := jsonObject{"kind": "youtube#playlistItemListResponse", "pageInfo": jsonObject{"totalResults": len(videos), "resultsPerPage": size}, "items": items}
	if next != "" {
		answer["nextPageToken"] = next
	}
	writeJSON(w, http.StatusOK, answer)
	if kind == NewPostBetweenPages {
		s.publishVideo(e.accountKey())
	}
}

func (s *Sandbox) showYouTubeVideos(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitGoogle(w, r, OnYouTubeVideos, scopeChannel)
	if !ok {
		return
	}
	ids := strings.Split(r.URL.Query().Get("id"), ",")
	if len(ids) > 50 || ids[0] == "" {
		googleError(http.StatusBadRequest, "youtube.parameter", "missingRequiredParameter", "Name 1 to 50 videos.").write(w)
		return
	}
	items := []any{}
	for _, v := range s.publishedVideos(e.Account) {
		if slices.Contains(ids, v.ID) {
			items = append(items, requestedParts(r, jsonObject{"kind": "youtube#video", "etag": "e", "id": v.ID}, jsonObject{
				"snippet": jsonObject{
					"title": v.Title, "description": v.Description, "channelId": e.OpenID, "channelTitle": e.DisplayName,
					"publishedAt": v.PostedAt.UTC().Format(time.RFC3339), "liveBroadcastContent": "none",
					"thumbnails": jsonObject{"medium": jsonObject{"url": thumbnailURL(r, youtube, v), "width": 320, "height": 180}},
				},
				"contentDetails":              jsonObject{"duration": isoDuration(v.Duration)},
				"status":                      jsonObject{"privacyStatus": "public"},
				"statistics":                  statisticsOf(v.Hidden, "viewCount", v.Views, "likeCount", v.Likes, "favoriteCount", 0, "commentCount", v.Comments),
				"paidProductPlacementDetails": jsonObject{"hasPaidProductPlacement": false},
			}))
		}
	}
	writeJSON(w, http.StatusOK, jsonObject{"kind": "youtube#videoListResponse", "pageInfo": jsonObject{"totalResults": len(items), "resultsPerPage": len(items)}, "items": items})
}

// requestedParts adds the requested parts to a resource.
func requestedParts(r *http.Request, resource, all jsonObject) jsonObject {
	for _, name := range strings.Split(r.URL.Query().Get("part"), ",") {
		if value, ok := all[name]; ok {
			resource[name] = value
		}
	}
	return resource
}

// statisticsOf are decimal strings; hidden ones are missing.
func statisticsOf(hidden []string, pairs ...any) jsonObject {
	out := jsonObject{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if name := fmt.Sprint(pairs[i]); !slices.Contains(hidden, name) {
			out[name] = fmt.Sprint(pairs[i+1])
		}
	}
	return out
}

// isoDuration formats a duration like PT1H3M21S.
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
func (s *Sandbox) admitGoogle(w http.ResponseWriter, r *http.Request, on Endpoint, scope string) (admission, FaultKind, bool) {
	e, ok := s.authenticate(youtube, bearerToken(r, "Bearer"))
	if !ok {
		googleFaults()[TokenRevoked].write(w)
		return e, NoFault, false
	}
	kind, failed := s.answerFault(w, r, on, e.accountKey(), googleFaults())
	if failed {
		return e, kind, false
	}
	if !e.hasScope(scope) {
		googleError(http.StatusForbidden, "global", "insufficientPermissions", "Request had insufficient authentication scopes.").write(w)
		return e, kind, false
	}
	return e, kind, true
}

func googleError(status int, domain, reason, message string) errorAnswer {
	words := map[int]string{400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL"}
	return errorAnswer{status, jsonObject{"error": jsonObject{
		"code": status, "message": message, "status": words[status],
		"errors": []any{jsonObject{"message": message, "domain": domain, "reason": reason}},
	}}}
}

func googleFaults() map[FaultKind]errorAnswer {
	down := googleError(http.StatusInternalServerError, "global", "backendError", "Internal error encountered.")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    googleError(http.StatusTooManyRequests, "youtube.quota", "rateLimitExceeded", "Too many requests."),
		Forbidden:          googleError(http.StatusForbidden, "youtube.quota", "quotaExceeded", "The request cannot be completed because you have exceeded your quota."),
		TokenRevoked:       googleError(http.StatusUnauthorized, "global", "authError", "Request had invalid authentication credentials."),
	}
}
