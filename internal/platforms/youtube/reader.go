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
	"tribemarket/models/text"
)

// pageSize is the most videos that YouTube returns at once.
const pageSize = 50

// pictureAnswer is a picture in several sizes, by their names.
type pictureAnswer map[string]struct {
	URL string `json:"url"`
}

type channelAnswer struct {
	ID      string `json:"id"`
	Snippet struct {
		Title       string        `json:"title"`
		Description string        `json:"description"`
		CustomURL   string        `json:"customUrl"` // @handle
		Country     string        `json:"country"`
		Thumbnails  pictureAnswer `json:"thumbnails"`
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

type videoAnswer struct {
	ID      string `json:"id"`
	Snippet struct {
		Title       string        `json:"title"`
		Description string        `json:"description"`
		PublishedAt wire.Time     `json:"publishedAt"`
		Live        string        `json:"liveBroadcastContent"`
		Thumbnails  pictureAnswer `json:"thumbnails"`
	} `json:"snippet"`
	Content struct {
		Duration string `json:"duration"` // ISO 8601
	} `json:"contentDetails"`
	Status struct {
		Privacy string `json:"privacyStatus"`
	} `json:"status"`
	Statistics struct { // a hidden or disabled figure is missing
		Views    wire.Count `json:"viewCount"`
		Likes    wire.Count `json:"likeCount"`
		Comments wire.Count `json:"commentCount"`
	} `json:"statistics"`
}

// listAnswer is a page of a list.
type listAnswer[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"nextPageToken"`
}

// Read returns the channel's figures, its latest 30 public videos, and its audience if
// that was granted. YouTube provides neither shares nor the likes of a whole channel, and
// rounds subscribers. It costs 3 units of the quota.
func (p *Provider) Read(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	ctx, cancel := p.client.WithTimeout(ctx)
	defer cancel()
	c, err := p.readChannel(ctx, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	profile := c.toProfile()
	if profile.LatestPosts, err = p.readLatestPosts(ctx, token, c.Content.Playlists.Uploads); err != nil {
		return creators.PlatformProfile{}, err
	}
	if wire.GrantsScope(token, ScopeAnalytics) {
		// A missing audience is no reason to have no figures.
		if profile.Audience, err = p.readAudience(ctx, token); errors.Is(err, creators.ErrReconnect) {
			return creators.PlatformProfile{}, err
		}
	}
	profile.ReadAt = p.clock()
	return profile, nil
}

// ReadAccount reads only the channel.
func (p *Provider) ReadAccount(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error) {
	c, err := p.readChannel(ctx, token)
	if err != nil {
		return creators.PlatformProfile{}, err
	}
	return c.toProfile(), nil
}

// readChannel reads the channel of the token's owner. A Google account may have none.
func (p *Provider) readChannel(ctx context.Context, token creators.PlatformToken) (channelAnswer, error) {
	q := url.Values{"part": {"snippet,statistics,contentDetails"}, "mine": {"true"}}
	var a listAnswer[channelAnswer]
	if err := p.callAPI(ctx, "channels", p.cfg.APIURL+"/youtube/v3/channels", q, token, &a); err != nil {
		return channelAnswer{}, err
	}
	if len(a.Items) == 0 {
		return channelAnswer{}, p.client.RefusedError("channels", wire.PlatformFailure{Message: "no channel", Status: http.StatusOK}, creators.ErrNoAccount)
	}
	if a.Items[0].ID == "" {
		return channelAnswer{}, p.client.IncompleteError("channels", http.StatusOK)
	}
	return a.Items[0], nil
}

func (c channelAnswer) toProfile() creators.PlatformProfile {
	p := creators.PlatformProfile{
		Platform: Name, UserID: c.ID, Handle: strings.TrimPrefix(wire.CleanText(c.Snippet.CustomURL), "@"),
		DisplayName: wire.CleanText(c.Snippet.Title), Bio: wire.CleanText(c.Snippet.Description), Country: wire.ParseCountry(c.Snippet.Country),
		AvatarURL: wire.HTTPSURL(cmp.Or(c.Snippet.Thumbnails["medium"].URL, c.Snippet.Thumbnails["default"].URL)),
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

// readLatestPosts reads the playlist of uploads: a search would cost a hundred times as
// much.
func (p *Provider) readLatestPosts(ctx context.Context, token creators.PlatformToken, uploads string) ([]creators.PlatformPost, error) {
	if uploads == "" {
		return []creators.PlatformPost{}, nil
	}
	return wire.ReadLatestPosts(ctx, p.clock(), func(ctx context.Context, at string, _ int) (page wire.PostPage[string], err error) {
		q := url.Values{"part": {"contentDetails"}, "playlistId": {uploads}, "maxResults": {strconv.Itoa(pageSize)}}
		if at != "" {
			q.Set("pageToken", at)
		}
		var items listAnswer[struct {
			Content struct {
				VideoID string `json:"videoId"`
			} `json:"contentDetails"`
		}]
		err = p.callAPI(ctx, "playlistItems", p.cfg.APIURL+"/youtube/v3/playlistItems", q, token, &items)
		var gone playlistNotFoundError
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
			page.Posts, err = p.readVideos(ctx, token, ids)
		}
		return page, err
	})
}

// readVideos reads up to 50 videos.
func (p *Provider) readVideos(ctx context.Context, token creators.PlatformToken, ids []string) ([]creators.PlatformPost, error) {
	q := url.Values{"part": {"snippet,statistics,contentDetails,status"}, "id": {strings.Join(ids, ",")}}
	var a listAnswer[videoAnswer]
	if err := p.callAPI(ctx, "videos", p.cfg.APIURL+"/youtube/v3/videos", q, token, &a); err != nil {
		return nil, err
	}
	var posts []creators.PlatformPost
	for _, v := range a.Items {
		if v.isPublic() {
			posts = append(posts, p.postOf(v))
		}
	}
	return posts, nil
}

// isPublic says whether everybody can see a video: owners also see their own
// private and scheduled ones.
func (v videoAnswer) isPublic() bool {
	return (v.Status.Privacy == "" || v.Status.Privacy == "public") && v.Snippet.Live != "upcoming"
}

// ReadThumbnail reads a thumbnail that a reading named.
func (p *Provider) ReadThumbnail(ctx context.Context, address string) ([]byte, error) {
	return p.thumbnails.ReadPicture(ctx, address)
}

// thumbnailURL is the address of the largest thumbnail without bars, and of the usual one
// for a video that has none.
func (p *Provider) thumbnailURL(v videoAnswer) string {
	all := v.Snippet.Thumbnails
	return p.thumbnails.Accept(cmp.Or(all["maxres"].URL, all["medium"].URL, all["default"].URL))
}

func (p *Provider) postOf(v videoAnswer) creators.PlatformPost {
	return creators.PlatformPost{
		ID: v.ID, PostedAt: v.Snippet.PublishedAt.Time, Duration: parseDuration(v.Content.Duration),
		Views: v.Statistics.Views.N, Likes: v.Statistics.Likes.N, Comments: v.Statistics.Comments.N,
		URL:     "https://www.youtube.com/watch?v=" + url.QueryEscape(v.ID),
		Caption: wire.CleanText(v.Snippet.Title), Hashtags: text.FindHashtags(v.Snippet.Title, v.Snippet.Description),
		ThumbnailURL: p.thumbnailURL(v),
	}
}
