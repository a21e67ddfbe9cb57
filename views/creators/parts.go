package creators

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// TribeMark is a tribe's mark in its hue.
func TribeMark(t creators.Tribe) components.Mark { return components.Mark{Name: t.Mark, Hue: t.Hue} }

// TierName is the name of an account's tier by followers.
func TierName(ctx context.Context, followers int64) string {
	return i18n.T(ctx, "creators.tier."+string(creators.TierOf(followers)))
}

// ReachText says how many views a post gets per follower: "0.46× followers".
func ReachText(ctx context.Context, a creators.Account) string {
	x := a.ReachHundredths()
	if x == nil {
		return ""
	}
	return i18n.T(ctx, "creators.reach", "x", i18n.Decimal(ctx, *x, 2))
}

// NoEngagement says in a few words why an account has no engagement rate.
func NoEngagement(ctx context.Context, a creators.Account) string {
	return i18n.T(ctx, "creators.none."+missingRateReason(a))
}

// NoMedian says in a few words why an account has no median of its views.
func NoMedian(ctx context.Context, a creators.Account) string {
	if a.Basis == creators.BasisMean && a.MeanViews != nil {
		return i18n.T(ctx, "creators.none.mean", "mean", i18n.CompactNumber(ctx, *a.MeanViews))
	}
	return NoEngagement(ctx, a)
}

// missingRateReason is the reason why an account has no engagement rate: youtube, twitch,
// few, counts (there are views, but no likes) or missing.
func missingRateReason(a creators.Account) string {
	key := a.NoEngagementKey()
	why := key[strings.LastIndexByte(key, '.')+1:]
	switch {
	case why == "":
		return "missing" // there is a rate, and something else is asked about
	case why == "missing" && a.MeanViews != nil:
		return "counts"
	}
	return why
}

// EngagementBasis says in a few words what an engagement rate was computed from.
func EngagementBasis(ctx context.Context, a creators.Account) string {
	switch {
	case a.Basis == creators.BasisMean:
		return i18n.T(ctx, "creators.basis.mean_short")
	case a.Sample != nil:
		return i18n.T(ctx, "creators.basis.posts", "n", *a.Sample)
	}
	return ""
}

// AnswersText says how soon and how often a creator answers proposals; "" if that is not
// known yet.
func AnswersText(ctx context.Context, minutes, ppm *int64) string {
	if minutes == nil {
		return ""
	}
	text := i18n.T(ctx, "creators.answers_in", "time", shortTime(ctx, *minutes))
	if ppm == nil {
		return text
	}
	return i18n.T(ctx, "creators.answers_share", "in", text, "part", i18n.WholePercent(ctx, *ppm/10_000*10_000))
}

// shortTime is a number of minutes in one unit, rounded up: 45 min, 9 h, 3 days.
func shortTime(ctx context.Context, minutes int64) string {
	switch {
	case minutes <= 60:
		return i18n.T(ctx, "common.minutes_short", "n", max(minutes, 1))
	case minutes <= 48*60:
		return i18n.T(ctx, "common.hours_short", "n", (minutes+59)/60)
	}
	return i18n.T(ctx, "common.days", "n", (minutes+24*60-1)/(24*60))
}

// bandScale is how wide a drawn band is, in multiples of its upper end.
const bandScale = 1.6

// bandPosition places a rate and its band on a scale of per mille.
func bandPosition(rate int64, b creators.EngagementBand) (at, low, high int) {
	whole := max(int64(bandScale*float64(b.HighPPM)), rate, 1)
	return int(rate * 1000 / whole), int(b.LowPPM * 1000 / whole), int(b.HighPPM * 1000 / whole)
}

// bandText says how a rate compares with the band of its tier and tribe.
func bandText(ctx context.Context, rate int64, b creators.EngagementBand, tribe string) string {
	return i18n.T(ctx, "creators.band."+b.Position(rate), "low", i18n.Percent(ctx, b.LowPPM), "high", i18n.Percent(ctx, b.HighPPM), "tier", i18n.T(ctx, "creators.tier."+string(b.Tier)), "tribe", tribe)
}

func sourceState(ctx context.Context, a creators.Account, now time.Time) (kind, icon, text string) {
	age := i18n.TimeAgo(ctx, a.AsOf, now)
	old := a.IsStale(now)
	switch a.Source {
	case creators.SourceVerified:
		kind, icon, text = components.Good, "check", "creators.source.verified"
	case creators.SourceDeclared:
		kind, icon, text = components.Off, "draft", "creators.source.declared"
	default:
		kind, icon, text = components.Off, "import", "creators.source.imported"
	}
	if old {
		return components.Late, icon, i18n.T(ctx, text+"_old", "age", age)
	}
	return kind, icon, i18n.T(ctx, text, "age", age)
}

// TribeHref is the URL of the search for a tribe.
func TribeHref(t creators.Tribe) string {
	return paths.Creators(search.Filter{Tribes: []string{t.Slug}}.Values())
}

// TribeOrigin says how a creator's tribe is known.
func TribeOrigin(ctx context.Context, k creators.TribeEvidence) string {
	return i18n.T(ctx, "creators.known."+string(k))
}

// capitalise is for names at the beginning of a line: "français" becomes "Français".
func capitalise(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Languages names the languages in which a creator posts.
func Languages(ctx context.Context, codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = i18n.Language(ctx, c)
	}
	return capitalise(strings.Join(names, ", "))
}
