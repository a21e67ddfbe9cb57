package creators

import (
	"cmp"
	"context"
	"net/url"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/platform"
	"tribemarket/models/text"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// PostProps is one of a creator's latest posts on a page of its own.
type PostProps struct {
	Kit     creators.MediaKit
	Post    creators.LatestPost
	Player  *platform.Player // of its platform, nil if there is none
	Playing bool             // the player is shown, which was asked for
	// PlaysNowhere says that its platform has a player, but not the post, which is a demo's.
	PlaysNowhere bool
	Now          time.Time
	Moderate     components.ModerationMenu
}

// longestPostName is how much of a caption names its post, in characters.
const longestPostName = 90

// postName is the beginning of the post's caption, or its date.
func postName(ctx context.Context, x creators.LatestPost) string {
	caption := text.SingleLine(x.Caption)
	if text.Length(caption) > longestPostName {
		caption = text.Truncate(caption, longestPostName-1) + "…"
	}
	return cmp.Or(caption, i18n.T(ctx, "creators.post.of_date", "date", i18n.Date(ctx, x.PostedAt)))
}

func (p MediaKitProps) postHref(x creators.LatestPost) string {
	return paths.CreatorPost(p.Kit.Creator.PublicID, p.Kit.Account.Platform, x.PlatformPostID)
}

// Title is the page's title.
func (p PostProps) Title(ctx context.Context) string {
	return i18n.T(ctx, "creators.post.title", "name", p.Kit.Creator.Name, "platform", p.platformName())
}

func (p PostProps) platformName() string { return components.PlatformName(p.Kit.Account.Platform) }

func (p PostProps) playHref() string {
	self := paths.CreatorPost(p.Kit.Creator.PublicID, p.Kit.Account.Platform, p.Post.PlatformPostID)
	return paths.WithQuery(self, url.Values{"play": {"1"}}) + "#player"
}

func (p PostProps) crumbs(ctx context.Context) []components.Crumb {
	return []components.Crumb{
		{Href: paths.Creators(nil), Name: i18n.T(ctx, "layouts.creators")},
		{Href: paths.WithQuery(paths.Creator(p.Kit.Creator.PublicID), url.Values{"platform": {p.Kit.Account.Platform}}) + "#posts", Name: p.Kit.Creator.Name},
		{Name: i18n.T(ctx, "creators.post.crumb")},
	}
}

// facts are the post's figures, as far as its platform has them.
func (p PostProps) facts(ctx context.Context) []components.Fact {
	x := p.Post
	all := []components.Fact{{Label: i18n.T(ctx, "components.posted"), Value: i18n.Date(ctx, x.PostedAt)}}
	for _, f := range []struct {
		label string
		count *int64
	}{{"components.views", x.Views}, {"components.likes", x.Likes}, {"components.comments", x.Comments}, {"components.shares", x.Shares}} {
		switch {
		case f.count != nil:
			all = append(all, components.Fact{Label: i18n.T(ctx, f.label), Value: i18n.Number(ctx, *f.count)})
		case postsHave(p.Kit.Account.Platform, f.label):
			all = append(all, components.Fact{Label: i18n.T(ctx, f.label), Value: i18n.T(ctx, "creators.post.hidden")})
		}
	}
	return append(all, components.Fact{
		Label: i18n.T(ctx, "creators.post.source"),
		Value: i18n.T(ctx, "creators.made.source.verified", "platform", p.platformName()) + ", " + i18n.TimeAgo(ctx, x.ReadAt, p.Now),
	})
}

// postsHave says whether posts of a platform have a count that everybody sees, so that one
// that is missing is hidden.
func postsHave(on, label string) bool {
	switch label {
	case "components.views":
		return on != platform.Instagram // photos have none
	case "components.likes", "components.comments":
		return on != platform.Twitch
	}
	return on == platform.TikTok
}

// counts are the views and likes of a post, in a line.
func (p MediaKitProps) counts(ctx context.Context, x creators.LatestPost) []string {
	var all []string
	on := p.Kit.Account.Platform
	if x.Views != nil {
		all = append(all, i18n.T(ctx, "creators.post.views", "n", *x.Views))
	} else if postsHave(on, "components.views") {
		all = append(all, i18n.T(ctx, "creators.post.views_hidden"))
	}
	if x.Likes != nil {
		all = append(all, i18n.T(ctx, "creators.post.likes", "n", *x.Likes))
	} else if postsHave(on, "components.likes") {
		all = append(all, i18n.T(ctx, "creators.post.likes_hidden"))
	}
	return all
}

// postThumbnail is a post's thumbnail, beside the words that name the post.
func postThumbnail(x files.Picture, sizes string) components.Picture {
	p := filesview.Picture(x, "square", sizes)
	p.Alt = ""
	return p
}

// drawnPost stands for a post without a thumbnail: the marks of its creator's tribes,
// differently for each.
func drawnPost(k creators.MediaKit, x creators.LatestPost) components.Avatar {
	a := components.Avatar{Name: components.PlatformName(k.Account.Platform), Key: x.PlatformPostID}
	for _, t := range k.Tribes {
		a.Marks = append(a.Marks, TribeMark(t.Tribe))
	}
	return a
}
