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
	"tribemarket/models/text"
)

// pageSize is the most videos that Twitch returns at once.
const pageSize = 100

type userAnswer struct {
	ID          wire.ID `json:"id"`
	Login       string  `json:"login"`
	DisplayName string  `json:"display_name"`
	Kind        string  `json:"broadcaster_type"` // "", affiliate or partner
	Description string  `json:"description"`
	Picture     string  `json:"profile_image_url"`
}

type videoAnswer struct {
	ID        wire.ID    `json:"id"`
	Title     string     `json:"title"`
	CreatedAt wire.Time  `json:"created_at"`
	URL       string     `json:"url"`
	Viewable  string     `json:"viewable"`
	Views     wire.Count `json:"view_count"`
	Duration  string     `json:"duration"` // as in 2h3m21s
}

// listAnswer is a response of Helix; a failure is an HTTP status with a message.
type listAnswer[T any] struct {
	Data       []T        `json:"data"`
	Total      wire.Count `json:"total"`
	Pagination struct {
		Cursor string `json:"cursor"`
	} `json:"pagination"`

	Error   string `json:"error"`
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Read returns the account's figures and its latest 30 public videos. Twitch counts no
// likes, comments or shares, and keeps most videos only for some weeks.
func (p *Provider) Read(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	ctx, cancel := p.client.WithTimeout(ctx)
	defer cancel()
	profile, err := p.ReadAccount(ctx, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	// The list of followers needs a permission; their number does not.
	followers, err := callAPI[struct{}](ctx, p, "/channels/followers", url.Values{"broadcaster_id": {profile.UserID}, "first": {"1"}}, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	profile.Followers = followers.Total.N
	if profile.LatestPosts, err = p.readLatestPosts(ctx, profile.UserID, token); err != nil {
		return creators.PlatformProfile{}, err
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// ReadAccount reads only the account, which has no figures.
func (p *Provider) ReadAccount(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	a, err := callAPI[userAnswer](ctx, p, "/users", nil, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	if len(a.Data) == 0 || a.Data[0].ID == "" {
		return creators.PlatformProfile{}, p.client.IncompleteError("/users", http.StatusOK)
	}
	u := a.Data[0]
	profile := creators.PlatformProfile{
		Platform: Name, UserID: string(u.ID), Handle: wire.CleanText(u.Login), DisplayName: wire.CleanText(u.DisplayName), Bio: wire.CleanText(u.Description),
		AvatarURL: wire.HTTPSURL(u.Picture), Verified: u.Kind == "partner",
	}
	if profile.Handle != "" {
		profile.URL = "https://www.twitch.tv/" + url.PathEscape(profile.Handle)
	}
	return profile, nil
}

func (p *Provider) readLatestPosts(ctx context.Context, userID string, token creators.PlatformToken) ([]creators.PlatformPost, error) {
	return wire.ReadLatestPosts(ctx, p.clock(), func(ctx context.Context, at string, _ int) (page wire.PostPage[string], err error) {
		q := url.Values{"user_id": {userID}, "first": {strconv.Itoa(pageSize)}, "type": {"all"}, "sort": {"time"}}
		if at != "" {
			q.Set("after", at)
		}
		a, err := callAPI[videoAnswer](ctx, p, "/videos", q, token)
		page.Next, page.More = a.Pagination.Cursor, a.Pagination.Cursor != ""
		for _, v := range a.Data {
			if v.Viewable == "" || v.Viewable == "public" {
				page.Posts = append(page.Posts, v.toPost())
			}
		}
		return page, err
	})
}

func (v videoAnswer) toPost() creators.PlatformPost {
	return creators.PlatformPost{
		ID: string(v.ID), PostedAt: v.CreatedAt.Time, Duration: parseDuration(v.Duration), Views: v.Views.N,
		URL: wire.HTTPSURL(v.URL), Caption: wire.CleanText(v.Title), Hashtags: text.FindHashtags(v.Title),
	}
}

// callAPI calls Helix.
func callAPI[T any](ctx context.Context, p *Provider, path string, q url.Values, token creators.PlatformToken) (listAnswer[T], error) {
	var a listAnswer[T]
	header := http.Header{"Authorization": {"Bearer " + token.Access}, "Client-Id": {p.cfg.ClientID}}
	status, err := p.client.GetJSON(ctx, path, p.cfg.APIURL+path, q, header, &a)
	switch {
	case err != nil:
		return a, err
	case status != http.StatusOK && a.Error != "":
		return a, p.client.RefusedError(path, wire.PlatformFailure{Code: a.Error, Message: a.Message, Status: status}, wire.StatusErrorKind(status))
	case a.Error != "":
		return a, p.client.RefusedError(path, wire.PlatformFailure{Code: a.Error, Message: a.Message, Status: a.Status}, wire.StatusErrorKind(a.Status))
	case status == http.StatusUnauthorized:
		return a, p.client.RefusedError(path, wire.PlatformFailure{Message: a.Message, Status: status}, creators.ErrReconnect)
	case status != http.StatusOK || a.Data == nil:
		return a, p.client.IncompleteError(path, status)
	}
	return a, nil
}

var durationPattern = regexp.MustCompile(`^(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,8})s)?$`)

// parseDuration reads hours, minutes and seconds in Twitch's format, 0 for anything else.
func parseDuration(text string) time.Duration {
	m := durationPattern.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	var seconds int64
	for i, each := range []int64{3600, 60, 1} {
		n, _ := strconv.ParseInt(m[i+1], 10, 64) // digits alone, few of them
		seconds += n * each
	}
	return wire.BoundedSeconds(seconds)
}
