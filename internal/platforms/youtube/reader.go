package youtube

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// pageSize is the most videos that YouTube gives at once.
const pageSize = 50

type channel struct {
	ID      string `json:"id"`
	Snippet struct {
		Title       string `json:"title"`
		Description string `json:"description"`
		CustomURL   string `json:"customUrl"` // @handle
		Country     string `json:"country"`
		Thumbnails  map[string]struct {
			URL string `json:"url"`
		} `json:"thumbnails"`
	} `json:"snippet"`
	Content struct {
		Playlists struct {
			Uploads string `json:"uploads"`
		} `json:"relatedPlaylists"`
	} `json:"contentDetails"`
	Statistics struct {
		Subscribers wire.Count `json:"subscriberCount"` // rounded to three figures
		Hidden      bool       `json:"hiddenSubscriberCount"`
		Videos      wire.Count `json:"videoCount"`
	} `json:"statistics"`
}

type video struct {
	ID      string `json:"id"`
	Snippet struct {
		Title       string    `json:"title"`
		Description string    `json:"description"`
		PublishedAt wire.Time `json:"publishedAt"`
		Live        string    `json:"liveBroadcastContent"`
	} `json:"snippet"`
	Content struct {
		Duration string `json:"duration"` // ISO 8601
	} `json:"contentDetails"`
	Status struct {
		Privacy string `json:"privacyStatus"`
	} `json:"status"`
	Statistics struct { // a figure that is hidden or switched off is missing
		Views    wire.Count `json:"viewCount"`
		Likes    wire.Count `json:"likeCount"`
		Comments wire.Count `json:"commentCount"`
	} `json:"statistics"`
}

// list is a page of things.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"nextPageToken"`
}

// Read gives the channel's figures, its latest 30 public videos, and its
// audience if that was granted. YouTube tells nothing of shares, of likes of a
// whole channel, and rounds subscribers. It takes 3 units of the quota.
func (p *Provider) Read(ctx context.Context, token creators.Token) (creators.Profile, error) {
	ctx, cancel := p.client.Within(ctx)
	defer cancel()
	c, err := p.channel(ctx, token)
	if err != nil {
		return creators.Profile{}, err
	}
	profile := c.profile()
	if profile.Latest, err = p.latest(ctx, token, c.Content.Playlists.Uploads); err != nil {
		return creators.Profile{}, err
	}
	if wire.Grants(token, ScopeAnalytics) {
		// An audience that is not to be had today is no reason to have no figures.
		if profile.Audience, err = p.audience(ctx, token); errors.Is(err, creators.ErrReconnect) {
			return creators.Profile{}, err
		}
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// Account reads the channel alone.
func (p *Provider) Account(ctx context.Context, token creators.Token) (creators.Profile, error) {
	c, err := p.channel(ctx, token)
	if err != nil {
		return creators.Profile{}, err
	}
	return c.profile(), nil
}

// channel is the one of the token's owner. A Google account can have none.
func (p *Provider) channel(ctx context.Context, token creators.Token) (channel, error) {
	q := url.Values{"part": {"snippet,statistics,contentDetails"}, "mine": {"true"}}
	var a list[channel]
	if err := p.ask(ctx, "channels", p.cfg.APIURL+"/youtube/v3/channels", q, token, &a); err != nil {
		return channel{}, err
	}
	if len(a.Items) == 0 {
		return channel{}, p.client.Refused("channels", wire.Failure{Message: "no channel", Status: http.StatusOK}, creators.ErrNoAccount)
	}
	if a.Items[0].ID == "" {
		return channel{}, p.client.Odd("channels", http.StatusOK)
	}
	return a.Items[0], nil
}

func (c channel) profile() creators.Profile {
	p := creators.Profile{
		Platform: Name, UserID: c.ID, Handle: strings.TrimPrefix(wire.Clean(c.Snippet.CustomURL), "@"),
		DisplayName: wire.Clean(c.Snippet.Title), Bio: wire.Clean(c.Snippet.Description), Country: wire.Country(c.Snippet.Country),
		AvatarURL: wire.HTTPS(cmp.Or(c.Snippet.Thumbnails["medium"].URL, c.Snippet.Thumbnails["default"].URL)),
		URL:       "https://www.youtube.com/channel/" + url.PathEscape(c.ID), Posts: c.Statistics.Videos.N,
	}
	if p.Handle == "" {
		p.Handle = c.ID // an old channel without a handle
	}
	if !c.Statistics.Hidden {
		p.Followers = c.Statistics.Subscribers.N
	}
	return p
}

// latest goes through the playlist of uploads: a search would cost a hundred
// times as much.
func (p *Provider) latest(ctx context.Context, token creators.Token, uploads string) ([]creators.ReadPost, error) {
	if uploads == "" {
		return []creators.ReadPost{}, nil
	}
	return wire.Latest(ctx, p.clock(), func(ctx context.Context, at string, _ int) (page wire.Page[string], err error) {
		q := url.Values{"part": {"contentDetails"}, "playlistId": {uploads}, "maxResults": {strconv.Itoa(pageSize)}}
		if at != "" {
			q.Set("pageToken", at)
		}
		var items list[struct {
			Content struct {
				VideoID string `json:"videoId"`
			} `json:"contentDetails"`
		}]
		err = p.ask(ctx, "playlistItems", p.cfg.APIURL+"/youtube/v3/playlistItems", q, token, &items)
		var gone noPlaylist
		if errors.As(err, &gone) {
			return page, nil // a channel that has never published has none
		}
		var ids []string
		for _, i := range items.Items {
			if id := i.Content.VideoID; id != "" && !strings.Contains(id, ",") && len(ids) < pageSize {
				ids = append(ids, id)
			}
		}
		page.Next, page.More = items.Next, items.Next != ""
		if err == nil && len(ids) > 0 {
			page.Posts, err = p.videos(ctx, token, ids)
		}
		return page, err
	})
}

// videos reads up to 50 videos.
func (p *Provider) videos(ctx context.Context, token creators.Token, ids []string) ([]creators.ReadPost, error) {
	q := url.Values{"part": {"snippet,statistics,contentDetails,status"}, "id": {strings.Join(ids, ",")}}
	var a list[video]
	if err := p.ask(ctx, "videos", p.cfg.APIURL+"/youtube/v3/videos", q, token, &a); err != nil {
		return nil, err
	}
	var posts []creators.ReadPost
	for _, v := range a.Items {
		if v.public() {
			posts = append(posts, v.post())
		}
	}
	return posts, nil
}

// public: the owner sees her private and coming videos too, nobody else does.
func (v video) public() bool {
	return (v.Status.Privacy == "" || v.Status.Privacy == "public") && v.Snippet.Live != "upcoming"
}

func (v video) post() creators.ReadPost {
	return creators.ReadPost{
		ID: v.ID, PostedAt: v.Snippet.PublishedAt.Time, Duration: duration(v.Content.Duration),
		Views: v.Statistics.Views.N, Likes: v.Statistics.Likes.N, Comments: v.Statistics.Comments.N,
		URL:     "https://www.youtube.com/watch?v=" + url.QueryEscape(v.ID),
		Caption: wire.Clean(v.Snippet.Title), Hashtags: creators.Hashtags(v.Snippet.Title, v.Snippet.Description),
	}
}
