package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tribemarket/models/creators"
)

func (s *Sandbox) serveInstagram() {
	s.serveConsent(instagram, "/instagram/oauth/authorize")
	s.mux.HandleFunc("POST /instagram/oauth/access_token", s.issueInstagramToken)
	s.mux.HandleFunc("GET /instagram/access_token", s.exchangeInstagramToken)
	s.mux.HandleFunc("GET /instagram/refresh_access_token", s.refreshInstagramToken)
	s.mux.HandleFunc("GET /instagram/v25.0/{id}", s.showInstagramAccount)
	s.mux.HandleFunc("GET /instagram/v25.0/{id}/media", s.listMedia)
	s.mux.HandleFunc("GET /instagram/v25.0/{id}/insights", s.showInsights)
	s.mux.HandleFunc("GET /instagram/vi/{id}", s.showThumbnail)
}

// instagramTime is how Instagram writes a time.
const instagramTime = "2006-01-02T15:04:05-0700"

// instagramAppID is the account's id for this app only, in addition to the user id.
func (a Account) instagramAppID() string { return "27" + a.OpenID }

var instagramAccountFields = map[string]func(Account) any{
	"user_id":             func(a Account) any { return a.OpenID },
	"id":                  func(a Account) any { return a.instagramAppID() },
	"username":            func(a Account) any { return a.Username },
	"name":                func(a Account) any { return a.DisplayName },
	"account_type":        func(a Account) any { return valueOr(a.Type, "MEDIA_CREATOR") },
	"profile_picture_url": func(a Account) any { return a.AvatarURL },
	"biography":           func(a Account) any { return a.Bio },
	"followers_count":     func(a Account) any { return a.Followers },
	"follows_count":       func(a Account) any { return a.Following },
	"media_count":         func(a Account) any { return a.VideoCount },
}

var instagramMediaFields = map[string]func(Account, Video) any{
	"id":                 func(_ Account, v Video) any { return v.ID },
	"caption":            func(_ Account, v Video) any { return v.Title },
	"media_type":         func(_ Account, v Video) any { return valueOr(v.Type, "VIDEO") },
	"media_product_type": func(_ Account, v Video) any { return map[bool]string{true: "REELS", false: "FEED"}[v.Type == ""] },
	"permalink":          func(_ Account, v Video) any { return "https://www.instagram.com/p/" + v.ID + "/" },
	"timestamp":          func(_ Account, v Video) any { return v.PostedAt.UTC().Format(instagramTime) },
	"like_count":         func(_ Account, v Video) any { return v.Likes },
	"comments_count":     func(_ Account, v Video) any { return v.Comments },
}

func valueOr(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (s *Sandbox) showInstagramAccount(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitInstagram(w, r, OnInstagramMe, scopeMedia)
	if !ok || !e.isOwnAccount(w, r) {
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.anotherAccount(e.accountKey())
	}
	answer := jsonObject{"id": a.instagramAppID()}
	for _, name := range strings.Split(r.URL.Query().Get("fields"), ",") {
		field := instagramAccountFields[name]
		if field == nil {
			graphError(http.StatusBadRequest, "IGApiException", 100, "(#100) Tried accessing nonexisting field ("+name+")").write(w)
			return
		}
		if !a.hidesField(name) {
			answer[name] = field(a)
		}
	}
	writeJSON(w, http.StatusOK, answer)
}

func (e admission) isOwnAccount(w http.ResponseWriter, r *http.Request) bool {
	id := r.PathValue("id")
	if id == "me" || id == e.OpenID || id == e.instagramAppID() {
		return true
	}
	graphError(http.StatusBadRequest, "IGApiException", 100, "Unsupported get request. Object does not exist or cannot be loaded.").write(w)
	return false
}

func (s *Sandbox) listMedia(w http.ResponseWriter, r *http.Request) {
	e, kind, ok := s.admitInstagram(w, r, OnInstagramMedia, scopeMedia)
	if !ok || !e.isOwnAccount(w, r) {
		return
	}
	q := r.URL.Query()
	size, ok := s.pageSize(q.Get("limit"), 25, 100)
	found, next, known := cutPage(s.publishedVideos(e.Account), q.Get("after"), size, false, kind == EndlessList)
	if !ok || !known {
		graphError(http.StatusBadRequest, "IGApiException", 100, "(#100) Invalid cursor or limit").write(w)
		return
	}
	data := []any{}
	for _, v := range found {
		item := jsonObject{"id": v.ID}
		for _, name := range strings.Split(q.Get("fields"), ",") {
			field := instagramMediaFields[name]
			switch {
			case v.hidesField(name):
			case field != nil:
				item[name] = field(e.Account, v)
			case name == "thumbnail_url" && valueOr(v.Type, "VIDEO") == "VIDEO", name == "media_url":
				item[name] = thumbnailURL(r, instagram, v)
			}
		}
		data = append(data, item)
	}
	answer := jsonObject{"data": data}
	if len(found) > 0 {
		after := valueOr(next, encodeCursor("after", found[len(found)-1].ID))
		paging := jsonObject{"cursors": jsonObject{"before": encodeCursor("after", found[0].ID), "after": after}}
		if next != "" {
			again := withQueryValue(q, "after", next) // with the token, as at Instagram
			paging["next"] = "http://" + r.Host + r.URL.Path + "?" + again.Encode()
		}
		answer["paging"] = paging
	}
	writeJSON(w, http.StatusOK, answer)
	if kind == NewPostBetweenPages {
		s.publishVideo(e.accountKey())
	}
}

// withQueryValue returns the query with one value changed.
func withQueryValue(q url.Values, name, value string) url.Values {
	out := url.Values{name: {value}}
	for n, v := range q {
		if n != name {
			out[n] = v
		}
	}
	return out
}

// showInsights returns a post's figures, or those of the account's followers.
func (s *Sandbox) showInsights(w http.ResponseWriter, r *http.Request) {
	on := OnInstagramInsights
	if r.URL.Query().Get("metric") == "follower_demographics" {
		on = OnInstagramAudience
	}
	e, _, ok := s.admitInstagram(w, r, on, scopeInsights)
	if !ok {
		return
	}
	if on == OnInstagramAudience {
		if e.isOwnAccount(w, r) {
			s.showInstagramAudience(w, r, e)
		}
		return
	}
	i := slices.IndexFunc(s.publishedVideos(e.Account), func(v Video) bool { return v.ID == r.PathValue("id") })
	if i < 0 {
		graphError(http.StatusBadRequest, "IGApiException", 100, "Unsupported get request. Object does not exist or cannot be loaded.").write(w)
		return
	}
	v := s.publishedVideos(e.Account)[i]
	figures := map[string]int64{
		"views": v.Views, "reach": v.Reach, "likes": v.Likes, "comments": v.Comments, "saved": v.Saves, "shares": v.Shares,
		"total_interactions": v.Likes + v.Comments + v.Saves + v.Shares,
	}
	data := []any{}
	for _, name := range strings.Split(r.URL.Query().Get("metric"), ",") {
		n, known := figures[name]
		if !known {
			graphError(http.StatusBadRequest, "IGApiException", 100, "(#100) metric has no value "+name).write(w)
			return
		}
		if !v.hidesField(name) {
			data = append(data, jsonObject{"name": name, "period": "lifetime", "values": []any{jsonObject{"value": n}}, "title": name, "id": v.ID + "/insights/" + name + "/lifetime"})
		}
	}
	writeJSON(w, http.StatusOK, jsonObject{"data": data})
}

// showInstagramAudience returns nothing for fewer than 100 followers.
func (s *Sandbox) showInstagramAudience(w http.ResponseWriter, r *http.Request, e admission) {
	by := r.URL.Query().Get("breakdown")
	if !slices.Contains([]string{"country", "age", "gender"}, by) || r.URL.Query().Get("period") != "lifetime" {
		graphError(http.StatusBadRequest, "IGApiException", 100, "(#100) breakdown or period").write(w)
		return
	}
	words := map[string]string{"female": "F", "male": "M", "other": "U"}
	results := []any{}
	for _, p := range e.audienceBy(creators.AudienceDimension(by)) {
		results = append(results, jsonObject{"dimension_values": []string{valueOr(words[p.Key], p.Key)}, "value": e.Followers * p.PPM / 1_000_000})
	}
	data := []any{}
	if e.Followers >= 100 && len(results) > 0 {
		data = append(data, jsonObject{
			"name": "follower_demographics", "period": "lifetime", "title": "Follower demographics",
			"total_value": jsonObject{"breakdowns": []any{jsonObject{"dimension_keys": []string{by}, "results": results}}},
			"id":          e.OpenID + "/insights/follower_demographics/lifetime",
		})
	}
	writeJSON(w, http.StatusOK, jsonObject{"data": data})
}

func (s *Sandbox) admitInstagram(w http.ResponseWriter, r *http.Request, on Endpoint, scope string) (admission, FaultKind, bool) {
	e, ok := s.authenticate(instagram, valueOr(r.URL.Query().Get("access_token"), bearerToken(r, "Bearer")))
	if !ok {
		graphFaults()[TokenRevoked].write(w)
		return e, NoFault, false
	}
	kind, failed := s.answerFault(w, r, on, e.accountKey(), graphFaults())
	if failed {
		return e, kind, false
	}
	if !e.hasScope(scope) {
		graphError(http.StatusForbidden, "OAuthException", 10, "(#10) Application does not have permission for this action").write(w)
		return e, kind, false
	}
	return e, kind, true
}

func graphError(status int, kind string, code int, message string) errorAnswer {
	return errorAnswer{status, jsonObject{"error": jsonObject{"message": message, "type": kind, "code": code, "fbtrace_id": "Asandbox"}}}
}

func graphFaults() map[FaultKind]errorAnswer {
	down := graphError(http.StatusInternalServerError, "OAuthException", 2, "An unexpected error has occurred. Please retry your request later.")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    graphError(http.StatusTooManyRequests, "OAuthException", 613, "(#613) Calls to this api have exceeded the rate limit."),
		Forbidden:          graphError(http.StatusForbidden, "OAuthException", 4, "(#4) Application request limit reached"),
		TokenRevoked:       graphError(http.StatusUnauthorized, "OAuthException", 190, "Error validating access token: the session has been invalidated."),
	}
}
