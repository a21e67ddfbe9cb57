package creators

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/files"
)

// MediaKit is everything that a creator's page shows.
type MediaKit struct {
	Creator          Creator
	Accounts         []Account // most followed first
	Account          Account   // the chosen one
	Tribes           []TribeOf // strongest evidence first
	Languages        []string
	ContentTypes     []string
	Prices           []StartingPrice
	AddOns           AddOnPrices
	Posts            []Post            // the chosen account's latest 30, newest first
	Snapshots        []AccountSnapshot // the chosen account's daily readings of the last 99 days, oldest first
	Growth           []FollowerGrowth  // the chosen account's, over 30 and 90 days
	EngagementTotals *EngagementTotals // what its engagement rate was computed from; nil if unknown
	IsOwn            bool              // it is the actor's own page
	BlockedByBrand   bool              // by the brand that the actor acts for
	Audience         []AudienceShare   // the chosen account's, largest shares first
	Band             *EngagementBand   // of the chosen account's platform, tier and first tribe; nil if there are too few
	Signals          []TrustSignal     // how far its figures can be trusted
	Answers          ProposalAnswers
	Limits           CreatorLimits    // none for who may not see them
	Busy             map[string]int64 // deliverables due or proposed by month, YYYY-MM; like Limits
	Portrait         *files.Picture   // nil without one
	Works            []files.Picture  // in their order

	thumbnails map[int64]*files.Picture // by post
}

// mediaKitPosts is how many posts a page shows. A few more are read, since a
// rate leaves out the posts of the last two days and includes older ones
// instead.
const (
	mediaKitPosts  = 30
	extraPostsRead = 20
)

// ReadMediaKit reads a creator's page. An unlisted profile exists only for its owner.
// platform chooses the account whose posts are read; "" is the most followed.
func (s *Store) ReadMediaKit(ctx context.Context, actor models.Actor, publicID, platform string) (MediaKit, error) {
	return s.readMediaKit(ctx, actor, "c.public_id = ?", publicID, platform, CanSeeProfile)
}

// OwnMediaKit reads the actor's own profile.
func (s *Store) OwnMediaKit(ctx context.Context, actor models.Actor) (MediaKit, error) {
	return s.readMediaKit(ctx, actor, "c.id = ?", actor.CreatorID, "", CanEditProfile)
}

// readMediaKit reads a profile with its accounts, and what belongs to them if the actor may
// see it.
func (s *Store) readMediaKit(ctx context.Context, actor models.Actor, where string, arg any, platform string, allowed func(models.Actor, Creator) bool) (MediaKit, error) {
	var rows []struct {
		Creator
		Account Account `gorm:"embedded;embeddedPrefix:a_"`
		Blocked bool
	}
	if err := s.db.Read(ctx).Raw(creatorWithAccounts+where+" ORDER BY a.followers DESC, a.id", actor.BrandID, arg).Scan(&rows).Error; err != nil {
		return MediaKit{}, models.Internal("read a creator", err)
	}
	if len(rows) == 0 || !allowed(actor, rows[0].Creator) {
		return MediaKit{}, models.NotFound()
	}
	k := MediaKit{Creator: rows[0].Creator, BlockedByBrand: rows[0].Blocked, IsOwn: CanEditProfile(actor, rows[0].Creator)}
	for _, r := range rows {
		if r.Account.ID != 0 {
			k.Accounts = append(k.Accounts, r.Account)
		}
	}
	return k, s.completeMediaKit(ctx, actor, &k, platform)
}

// Visible reads a creator whom the actor may see; any other is not found.
func (s *Store) Visible(ctx context.Context, actor models.Actor, publicID string) (Creator, error) {
	c, err := s.readCreator(ctx, "public_id = ?", publicID)
	if err == nil && !CanSeeProfile(actor, c) {
		err = models.NotFound()
	}
	return c, err
}

func (s *Store) readCreator(ctx context.Context, where string, arg any) (Creator, error) {
	var c Creator
	err := s.db.Read(ctx).Where(where, arg).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, models.NotFound()
	}
	if err != nil {
		return c, models.Internal("read a creator", err)
	}
	return c, nil
}

// completeMediaKit reads what belongs to a profile and its accounts, always in two queries.
func (s *Store) completeMediaKit(ctx context.Context, actor models.Actor, k *MediaKit, platform string) error {
	var limitsOf int64
	if CanSeeLimits(actor, k.Creator) {
		limitsOf = k.Creator.ID
	}
	if len(k.Accounts) > 0 {
		k.Account = k.Accounts[max(0, slices.IndexFunc(k.Accounts, func(a Account) bool { return a.Platform == platform }))]
	}
	history, bands, err := s.loadMediaKitDetails(ctx, k, limitsOf)
	if err != nil {
		return models.Internal("read a creator's page", err)
	}
	if len(k.Accounts) == 0 {
		return nil
	}
	err = s.db.Read(ctx).Where("account_id = ?", k.Account.ID).Order("posted_at DESC, platform_post_id DESC").Limit(mediaKitPosts + extraPostsRead).Find(&k.Posts).Error
	if err != nil {
		return models.Internal("read a creator's posts", err)
	}
	if len(bands) > 0 {
		k.Band = &bands[0]
	}
	if s.NoThumbnails {
		k.thumbnails = nil
	}
	k.Snapshots = history[k.Account.ID]
	k.Growth = s.growthOf(k.Account, k.Snapshots)
	k.Signals = TrustEvidence{Account: k.Account, Snapshots: k.Snapshots, Bands: bands, MayDeriveFigures: s.MayDeriveFigures(k.Account.Platform)}.TrustSignals(s.clock())
	k.EngagementTotals = k.Account.engagementTotals(k.Posts, s.formulaFor(k.Account.Platform))
	k.Posts = k.Posts[:min(len(k.Posts), mediaKitPosts)]
	return nil
}

// loadMediaKitDetails reads tribes, languages, content types, prices, pictures, limits, how
// proposals are answered, the accounts' snapshots, and the audience and bands of the chosen
// account, in one query.
func (s *Store) loadMediaKitDetails(ctx context.Context, k *MediaKit, limitsOf int64) (history map[int64][]AccountSnapshot, bands []EngagementBand, err error) {
	var rows []struct {
		Kind, Value, Extra     string
		Minor, AccountID, N, M int64
	}
	err = s.db.Read(ctx).Raw(mediaKitDetailsSQL, sql.Named("id", k.Creator.ID), sql.Named("account", k.Account.ID), sql.Named("platform", k.Account.Platform),
		sql.Named("limits", limitsOf), sql.Named("today", s.earliestToday().String()), sql.Named("tier", string(TierOf(k.Account.Followers))), sql.Named("from", models.DateOf(s.clock()).AddDays(-historyDays).String())).Scan(&rows).Error
	history, k.AddOns = map[int64][]AccountSnapshot{}, AddOnPrices{}
	var tribes []TribeMembership
	for _, r := range rows {
		switch r.Kind {
		case "tribe":
			tribes = append(tribes, TribeMembership{k.Creator.ID, r.Value, TribeEvidence(r.Extra)})
		case "language":
			k.Languages = append(k.Languages, r.Value)
		case "type":
			k.ContentTypes = append(k.ContentTypes, r.Value)
		case "snapshot":
			x := AccountSnapshot{AccountID: r.AccountID, Day: r.Value, Followers: r.Minor}
			if r.N >= 0 {
				x.Views30 = &r.N
			}
			history[r.AccountID] = append(history[r.AccountID], x)
		case "price":
			k.Prices = append(k.Prices, StartingPrice{k.Creator.ID, r.Value, r.Minor, r.Extra})
		case "add_on":
			k.AddOns[AddOn(r.Value)] = r.Minor
		case "share":
			kind, key, _ := strings.Cut(r.Value, ":")
			source, day, _ := strings.Cut(r.Extra, ":")
			k.Audience = append(k.Audience, AudienceShare{k.Account.ID, AudienceDimension(kind), key, r.Minor, FigureSource(source), day})
		case "picture":
			k.addPicture(strings.Fields(r.Value), r.Extra, r.Minor, r.AccountID, r.N, r.M)
		case "band":
			bands = append(bands, EngagementBand{k.Account.Platform, TierOf(k.Account.Followers), r.Value, r.M, r.Minor, r.N})
		case "answers":
			k.Answers = newProposalAnswers(r.N, r.M, r.Minor)
		case "busy":
			k.Busy = parseMonthCounts(r.Value)
		default:
			k.Limits.addRow(k.Creator.ID, r.Kind, r.Value, r.Extra, r.Minor)
		}
	}
	k.Tribes = s.TribeCatalogue().tribesOf(tribes)
	slices.SortStableFunc(k.Audience, func(a, b AudienceShare) int { return cmp.Compare(b.PPM, a.PPM) })
	sortByList(bands, tribeSlugs(k.Tribes), func(b EngagementBand) string { return b.Tribe })
	k.Limits.sort()
	sortByList(k.ContentTypes, content.Types(), func(t string) string { return t })
	sortByList(k.Prices, content.Formats(), func(p StartingPrice) string { return p.Format })
	return history, bands, err
}

func tribeSlugs(tribes []TribeOf) []string {
	all := make([]string, len(tribes))
	for i, t := range tribes {
		all[i] = t.Tribe.Slug
	}
	return all
}

// tribesOf returns tribes with their evidence: the strongest first, then in the
// catalogue's order. Those no longer in the catalogue are left out.
func (c *TribeCatalogue) tribesOf(rows []TribeMembership) []TribeOf {
	rows = slices.DeleteFunc(rows, func(m TribeMembership) bool { _, ok := c.TribeBySlug(m.Tribe); return !ok })
	strength := []TribeEvidence{TribeDeclared, TribeImported, TribeDerived}
	slices.SortFunc(rows, func(a, b TribeMembership) int {
		return cmp.Or(slices.Index(strength, a.Known)-slices.Index(strength, b.Known), c.bySlug[a.Tribe]-c.bySlug[b.Tribe])
	})
	all := make([]TribeOf, len(rows))
	for i, m := range rows {
		all[i] = TribeOf{c.tribes[c.bySlug[m.Tribe]], m.Known}
	}
	return all
}

// sortByList sorts rows in the order of a list of keys.
func sortByList[T any](rows []T, list []string, key func(T) string) {
	slices.SortFunc(rows, func(a, b T) int { return slices.Index(list, key(a)) - slices.Index(list, key(b)) })
}
