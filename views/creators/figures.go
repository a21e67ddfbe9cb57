package creators

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/views/components"
)

// accountFigures are the figures of the chosen account, each with its explanation: six, or
// three of an account that nobody has connected.
func (p MediaKitProps) accountFigures(ctx context.Context) []components.Figure {
	a := p.Kit.Account
	all := []components.Figure{p.engagementFigure(ctx), p.viewsFigure(ctx), {
		Label: i18n.T(ctx, "creators.followers"), Value: i18n.Number(ctx, a.Followers),
		Note: i18n.T(ctx, "creators.tier_note."+string(creators.TierOf(a.Followers))), Made: p.figureExplanation(ctx),
	}}
	if a.PurgedAt != nil {
		f := &all[len(all)-1]
		f.Value, f.Note = "", i18n.T(ctx, "creators.connected.purged", "platform", components.PlatformName(a.Platform))
	}
	all = append(all, p.growthFigures(ctx)...)
	if len(all) > 3 {
		all = append(all, p.totalsFigure(ctx))
	}
	return all
}

// totalsFigure is what the account has posted and been liked for since it exists. It is the
// sixth, so that the figures fill their rows.
func (p MediaKitProps) totalsFigure(ctx context.Context) components.Figure {
	a := p.Kit.Account
	f := components.Figure{Label: i18n.T(ctx, "creators.posts"), Note: i18n.T(ctx, "creators.posts_unknown", "platform", components.PlatformName(a.Platform)), Made: p.figureExplanation(ctx)}
	if a.TotalPosts != nil {
		f.Value, f.Note = i18n.Number(ctx, *a.TotalPosts), i18n.T(ctx, "creators.all_time")
		if a.TotalLikes != nil {
			f.Note = i18n.T(ctx, "creators.all_time_likes", "likes", i18n.CompactNumber(ctx, *a.TotalLikes))
		}
	}
	return f
}

// figureExplanation is what all figures of the account have in common: their source and
// age.
func (p MediaKitProps) figureExplanation(ctx context.Context) components.FigureExplanation {
	a := p.Kit.Account
	return components.FigureExplanation{
		Source: i18n.T(ctx, "creators.made.source."+string(a.Source), "platform", components.PlatformName(a.Platform)),
		Age:    i18n.T(ctx, "creators.made.age", "ago", i18n.TimeAgo(ctx, a.AsOf, p.Now), "date", i18n.Date(ctx, a.AsOf)),
	}
}

// withSample adds the posts that a figure was computed from.
func (p MediaKitProps) withSample(ctx context.Context, m components.FigureExplanation) components.FigureExplanation {
	a := p.Kit.Account
	switch {
	case a.Basis == creators.BasisMean:
		m.Posts = i18n.T(ctx, "creators.made.sample_unknown")
	case a.Sample != nil:
		m.Posts = i18n.T(ctx, "creators.made.sample", "n", *a.Sample)
	}
	if a.WindowFrom != nil && a.WindowTo != nil {
		m.Window = timeWindow(ctx, *a.WindowFrom, *a.WindowTo)
	}
	return m
}

func (p MediaKitProps) engagementFigure(ctx context.Context) components.Figure {
	a := p.Kit.Account
	f := components.Figure{Label: i18n.T(ctx, "creators.engagement"), Made: p.withSample(ctx, p.figureExplanation(ctx))}
	if a.EngagementPPM == nil {
		f.Note, f.Made.Posts, f.Made.Window = NoEngagement(ctx, a), "", ""
		f.Made.Kind = i18n.T(ctx, "creators.why."+missingRateReason(a))
		return f
	}
	f.Value, f.Note = i18n.Percent(ctx, *a.EngagementPPM), EngagementBasis(ctx, a)
	f.Made.Formula, f.Made.Kind = i18n.T(ctx, "creators.made.engagement"), i18n.T(ctx, "creators.made.ratio")
	if a.Basis == creators.BasisMean {
		f.Made.Kind = i18n.T(ctx, "creators.made.ratio_means")
	}
	if s := p.Kit.EngagementTotals; s != nil {
		f.Made.Formula = i18n.T(ctx, "creators.made.engagement_with", "acts", s.Reactions, "views", s.Views)
	}
	return f
}

func (p MediaKitProps) viewsFigure(ctx context.Context) components.Figure {
	a := p.Kit.Account
	f := components.Figure{Label: i18n.T(ctx, "creators.views"), Made: p.withSample(ctx, p.figureExplanation(ctx))}
	switch {
	case a.MedianViews != nil:
		f.Value, f.Note = i18n.Number(ctx, *a.MedianViews), ReachText(ctx, a)
		f.Made.Formula, f.Made.Kind = i18n.T(ctx, "creators.made.median_of"), i18n.T(ctx, "creators.made.median")
	case a.Basis == creators.BasisMean && a.MeanViews != nil:
		f.Label, f.Value, f.Note = i18n.T(ctx, "creators.mean_views"), i18n.Number(ctx, *a.MeanViews), i18n.T(ctx, "creators.basis.mean")
		f.Made.Formula, f.Made.Kind = i18n.T(ctx, "creators.made.as_imported"), i18n.T(ctx, "creators.made.mean")
	default:
		f.Note, f.Made.Posts, f.Made.Window = NoEngagement(ctx, a), "", ""
		f.Made.Kind = i18n.T(ctx, "creators.why."+missingRateReason(a))
	}
	return f
}

// postCounts returns a post's reactions and views, if the source gives all of them.
func postCounts(x creators.Post) (acts, views int64, ok bool) {
	if x.Views == nil || x.Likes == nil || x.Comments == nil || x.Shares == nil {
		return 0, 0, false
	}
	return *x.Likes + *x.Comments + *x.Shares, *x.Views, true
}

func timeWindow(ctx context.Context, from, to time.Time) string {
	return i18n.T(ctx, "creators.made.window", "from", i18n.Date(ctx, from), "to", i18n.Date(ctx, to))
}

// postsChart is the chart of the latest posts, oldest first.
func (p MediaKitProps) postsChart(ctx context.Context) components.PostsChart {
	posts := p.Kit.Posts
	c := components.PostsChart{ID: "posts-chart", Title: i18n.T(ctx, "creators.chart", "n", len(posts))}
	for i := len(posts) - 1; i >= 0; i-- {
		x := posts[i]
		post := components.Post{
			At: i18n.ShortDate(ctx, x.PostedAt), Href: webAddress(x.URL), Rate: -1,
			Views: valueOrZero(x.Views), Likes: valueOrZero(x.Likes), Comments: valueOrZero(x.Comments), Shares: valueOrZero(x.Shares),
		}
		if acts, views, ok := postCounts(x); ok && views > 0 && p.Kit.Account.Platform != platform.YouTube {
			post.Rate = ratePPM(acts, views)
		}
		c.Posts = append(c.Posts, post)
	}
	return c
}

// postsNote says which posts the chart shows.
func (p MediaKitProps) postsNote(ctx context.Context) string {
	posts := p.Kit.Posts
	if len(posts) == 0 {
		return ""
	}
	return i18n.T(ctx, "creators.posts_note", "n", len(posts), "platform", components.PlatformName(p.Kit.Account.Platform),
		"from", i18n.Date(ctx, posts[len(posts)-1].PostedAt), "to", i18n.Date(ctx, posts[0].PostedAt))
}
