package twitch

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// pageSize is the most videos that Twitch gives at once.
const pageSize = 100

type user struct {
	ID          wire.ID `json:"id"`
	Login       string  `json:"login"`
	DisplayName string  `json:"display_name"`
	Kind        string  `json:"broadcaster_type"` // "", affiliate or partner
	Description string  `json:"description"`
	Picture     string  `json:"profile_image_url"`
}

type video struct {
	ID        wire.ID    `json:"id"`
	Title     string     `json:"title"`
	CreatedAt wire.Time  `json:"created_at"`
	URL       string     `json:"url"`
	Viewable  string     `json:"viewable"`
	Views     wire.Count `json:"view_count"`
	Duration  string     `json:"duration"` // as in 2h3m21s
}

// list is an answer of Helix; its failure is an HTTP status with words.
type list[T any] struct {
	Data       []T        `json:"data"`
	Total      wire.Count `json:"total"`
	Pagination struct {
		Cursor string `json:"cursor"`
	} `json:"pagination"`

	Error   string `json:"error"`
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Read gives the account's figures and its latest 30 public videos. Twitch
// counts no likes, comments or shares, and keeps most videos for some weeks.
func (p *Provider) Read(ctx context.Context, token creators.Token) (creators.Profile, error) {
	ctx, cancel := p.client.Within(ctx)
	defer cancel()
	profile, err := p.Account(ctx, token)
	if err != nil {
		return creators.Profile{}, err
	}
	// The list of followers needs a permission, their number does not.
	followers, err := ask[struct{}](ctx, p, "/channels/followers", url.Values{"broadcaster_id": {profile.UserID}, "first": {"1"}}, token)
	if err != nil {
		return creators.Profile{}, err
	}
	profile.Followers = followers.Total.N
	if profile.Latest, err = p.latest(ctx, profile.UserID, token); err != nil {
		return creators.Profile{}, err
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// Account reads the account alone, which has no figures.
func (p *Provider) Account(ctx context.Context, token creators.Token) (creators.Profile, error) {
	a, err := ask[user](ctx, p, "/users", nil, token)
	if err != nil {
		return creators.Profile{}, err
	}
	if len(a.Data) == 0 || a.Data[0].ID == "" {
		return creators.Profile{}, p.client.Odd("/users", http.StatusOK)
	}
	u := a.Data[0]
	profile := creators.Profile{
		Platform: Name, UserID: string(u.ID), Handle: wire.Clean(u.Login), DisplayName: wire.Clean(u.DisplayName), Bio: wire.Clean(u.Description),
		AvatarURL: wire.HTTPS(u.Picture), Verified: u.Kind == "partner",
	}
	if profile.Handle != "" {
		profile.URL = "https://www.twitch.tv/" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) latest(ctx context.Context, userID string, token creators.Token) ([]creators.ReadPost, error) {
	return wire.Latest(ctx, p.clock(), func(ctx context.Context, at string, _ int) (page wire.Page[string], err error) {
		q := url.Values{"user_id": {userID}, "first": {strconv.Itoa(pageSize)}, "type": {"all"}, "sort": {"time"}}
		if at != "" {
			q.Set("after", at)
		}
		a, err := ask[video](ctx, p, "/videos", q, token)
		page.Next, page.More = a.Pagination.Cursor, a.Pagination.Cursor != ""
		for _, v := range a.Data {
			if v.Viewable == "" || v.Viewable == "public" {
				page.Posts = append(page.Posts, v.post())
			}
		}
		return page, err
	})
}

func (v video) post() creators.ReadPost {
	return creators.ReadPost{
		ID: string(v.ID), PostedAt: v.CreatedAt.Time, Duration: duration(v.Duration), Views: v.Views.N,
		URL: wire.HTTPS(v.URL), Caption: wire.Clean(v.Title), Hashtags: creators.Hashtags(v.Title),
	}
}

// ask calls Helix.
func ask[T any](ctx context.Context, p *Provider, path string, q url.Values, token creators.Token) (list[T], error) {
	var a list[T]
	header := http.Header{"Authorization": {"Bearer " + token.Access}, "Client-Id": {p.cfg.ClientID}}
	status, err := p.client.Get(ctx, path, p.cfg.APIURL+path, q, header, &a)
	switch {
	case err != nil:
		return a, err
	case status != http.StatusOK && a.Error != "":
		return a, p.client.Refused(path, wire.Failure{Code: a.Error, Message: a.Message, Status: status}, wire.StatusFailure(status))
	case a.Error != "":
		return a, p.client.Refused(path, wire.Failure{Code: a.Error, Message: a.Message, Status: a.Status}, wire.StatusFailure(a.Status))
	case status == http.StatusUnauthorized:
		return a, p.client.Refused(path, wire.Failure{Message: a.Message, Status: status}, creators.ErrReconnect)
	case status != http.StatusOK || a.Data == nil:
		return a, p.client.Odd(path, status)
	}
	return a, nil
}

var hms = regexp.MustCompile(`^(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,8})s)?$`)

// duration reads hours, minutes and seconds as Twitch writes them, 0 for what is none.
func duration(text string) time.Duration {
	m := hms.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	var seconds int64
	for i, each := range []int64{3600, 60, 1} {
		n, _ := strconv.ParseInt(m[i+1], 10, 64) // digits alone, few of them
		seconds += n * each
	}
	return wire.Lifetime(seconds)
}
