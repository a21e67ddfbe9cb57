package rankings

import (
	"context"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// Edition is a ranking of a period as it was last computed.
type Edition struct {
	ID      int64
	Measure Measure
	Span    Span
	Period  string // see Span.Period
	AsOf    time.Time
	Live    bool
}

// TableName is the table's name, for GORM.
func (Edition) TableName() string { return "ranking_editions" }

// Place is a computed place in a ranking.
type Place struct {
	EditionID int64  `gorm:"primaryKey"`
	Tribe     string `gorm:"primaryKey"` // a slug, "" for all tribes
	Country   string `gorm:"primaryKey"` // "" for everywhere
	Place     int64  `gorm:"primaryKey"`
	AccountID int64
	PPM       int64 `gorm:"column:ppm"` // the figure, in millionths
	Part      int64 // likes, comments and shares; or followers at the end
	Whole     int64 // views; or followers at the start
	Posts     int64
	FromDay   string // UTC, YYYY-MM-DD: the window of the posts, or the readings
	ToDay     string
}

// TableName is the table's name, for GORM.
func (Place) TableName() string { return "ranking_places" }

// RankingsArgs is the job that computes the rankings.
type RankingsArgs struct{}

// Kind is the job's name, for River.
func (RankingsArgs) Kind() string { return "creators.rankings" }

const (
	rankCreators = 2_000 // read at once
	rankRows     = 2_000 // written at once, so that others don't wait long for the database's one writer
)

// ComputeRankings recomputes the rankings of the current week and month. Those of
// the previous week and month stay as they ended, older ones are deleted. A
// second run gives the same result.
func (s *Store) ComputeRankings(ctx context.Context) error {
	now := s.clock()
	for _, span := range Spans() {
		for _, measure := range Measures() {
			b, err := s.buildBoard(ctx, measure, span, now)
			if err != nil {
				return models.Internal("compute a ranking", err)
			}
			e := Edition{Measure: measure, Span: span, Period: span.Period(now), AsOf: now}
			if err := s.publishEdition(ctx, e, b); err != nil {
				return models.Internal("keep a ranking", err)
			}
		}
	}
	if err := s.sweepRankings(ctx, now); err != nil {
		return models.Internal("clear old rankings out", err)
	}
	return nil
}

// buildBoard reads creators batch by batch, outside any transaction.
func (s *Store) buildBoard(ctx context.Context, measure Measure, span Span, now time.Time) (board, error) {
	read := s.readEngagement
	if measure == RankGrowth {
		read = s.readGrowth
	}
	b := board{}
	err := s.eachBatch(ctx, func(after, until int64) error {
		all, err := read(ctx, span, now, after, until)
		for _, c := range bestPerCreator(all) {
			b.addCandidate(c)
		}
		return err
	})
	return b, err
}

// eachBatch iterates over the listed creators by their ids.
func (s *Store) eachBatch(ctx context.Context, read func(after, until int64) error) error {
	var last int64
	if err := s.db.Read(ctx).Raw(lastListed).Scan(&last).Error; err != nil {
		return err
	}
	for after := int64(0); after < last; after += rankCreators {
		if err := read(after, after+rankCreators); err != nil {
			return err
		}
	}
	return nil
}

// rankedRow is a listed account with what the computation needs.
type rankedRow struct {
	CreatorID, AccountID    int64
	Country, Tribes         string
	Posts, Reactions, Views int64
	Day                     string
	Followers               int64
}

func (s *Store) newCandidate(r rankedRow) *candidate {
	return &candidate{creatorID: r.CreatorID, accountID: r.AccountID, country: r.Country, tribes: s.creators.TribeCatalogue().Shown(r.Tribes)}
}

// readEngagement reads the accounts with an engagement rate over the span.
func (s *Store) readEngagement(ctx context.Context, span Span, now time.Time, after, until int64) ([]*candidate, error) {
	var counts, reactions []string
	for _, p := range platform.Names() {
		if counted, sum, ok := s.creators.EngagementSQL(p, "p"); ok {
			counts = append(counts, "l.platform = '"+p+"' AND "+counted)
			reactions = append(reactions, "WHEN '"+p+"' THEN "+sum)
		}
	}
	from, to := span.postWindow(now)
	var rows []rankedRow
	err := s.db.Read(ctx).Raw(engagedSQL(strings.Join(reactions, " "), strings.Join(counts, " OR ")),
		from, to, after, until, span.LeastPosts(), RankViews).Scan(&rows).Error
	var all []*candidate
	for _, r := range rows {
		if ppm := creators.Ratio(r.Reactions, r.Views, 1_000_000); ppm != nil {
			c := s.newCandidate(r)
			c.ppm, c.part, c.whole, c.posts = *ppm, r.Reactions, r.Views, r.Posts
			c.from, c.to = models.DateOf(from.UTC()).String(), models.DateOf(to.UTC()).String()
			all = append(all, c)
		}
	}
	return all, err
}

// readGrowth reads the accounts that grew over the span, measured between two
// readings of the platform. Nobody is ranked for having shrunk.
func (s *Store) readGrowth(ctx context.Context, span Span, now time.Time, after, until int64) ([]*candidate, error) {
	today := models.DateOf(now.UTC())
	oldest := today.AddDays(-RankFresh - span.Days() - creators.FollowerGrowth{Days: span.Days()}.ToleranceDays())
	var rows []rankedRow
	err := s.db.Read(ctx).Raw(grownSQL, creators.SourceVerified, oldest.String(), today.String(), after, until, s.derivedPlatforms()).Scan(&rows).Error
	var all []*candidate
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].AccountID == rows[0].AccountID {
			n++
		}
		if c := s.growthCandidate(rows[:n], span, today); c != nil {
			all = append(all, c)
		}
		rows = rows[n:]
	}
	return all, err
}

// derivedPlatforms are those whose terms let this instance derive figures.
func (s *Store) derivedPlatforms() []string {
	return slices.DeleteFunc(platform.Names(), func(p string) bool { return !s.creators.MayDeriveFigures(p) })
}

func snapshotsOf(rows []rankedRow) []creators.AccountSnapshot {
	snapshots := make([]creators.AccountSnapshot, len(rows))
	for i, r := range rows {
		snapshots[i] = creators.AccountSnapshot{Day: r.Day, Followers: r.Followers}
	}
	return snapshots
}

// growthCandidate returns the candidate from an account's readings, nil if there is no
// growth to measure, or there were too few followers.
func (s *Store) growthCandidate(rows []rankedRow, span Span, today models.Date) *candidate {
	snapshots := snapshotsOf(rows)
	if snapshots[len(rows)-1].Date().DaysFrom(today) > RankFresh {
		return nil
	}
	g := creators.MeasureGrowth(snapshots, span.Days())
	if g.PPM == nil || *g.PPM <= 0 || g.From.Followers < RankFollowers {
		return nil
	}
	c := s.newCandidate(rows[0])
	c.ppm, c.part, c.whole, c.from, c.to = *g.PPM, g.To.Followers, g.From.Followers, g.From.Day, g.To.Day
	return c
}

// publishEdition writes an edition, which is invisible until it replaces the previous
// one in one transaction.
func (s *Store) publishEdition(ctx context.Context, e Edition, b board) error {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(&e).Error }); err != nil {
		return err
	}
	var rows [][]any
	write := func() error {
		if len(rows) == 0 {
			return nil
		}
		return s.db.Tx(ctx, func(tx *db.Tx) error {
			return db.InsertRows(tx, "ranking_places", "edition_id, tribe, country, place, account_id, ppm, part, whole, posts, from_day, to_day", rows)
		})
	}
	for _, l := range b.keptLeagues() {
		for i, c := range b[l] {
			rows = append(rows, []any{e.ID, l.tribe, l.country, i + 1, c.accountID, c.ppm, c.part, c.whole, c.posts, c.from, c.to})
		}
		if len(rows) >= rankRows {
			if err := write(); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	if err := write(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE ranking_editions SET live = FALSE WHERE live AND measure = ? AND span = ? AND period = ?", e.Measure, e.Span, e.Period).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE ranking_editions SET live = TRUE WHERE id = ?", e.ID).Error
	})
}

// abandoned is the age at which an edition that never went live counts as abandoned.
const abandoned = 6 * time.Hour

// sweepRankings deletes what is neither of this period nor of the previous one,
// piece by piece.
func (s *Store) sweepRankings(ctx context.Context, now time.Time) error {
	var all []Edition
	if err := s.db.Read(ctx).Order("id").Find(&all).Error; err != nil {
		return err
	}
	for _, e := range all {
		kept := e.Live && (e.Period == e.Span.Period(now) || e.Period == e.Span.PeriodBefore(now))
		written := !e.Live && e.AsOf.Add(abandoned).After(now) && !isSuperseded(e, all)
		if kept || written {
			continue
		}
		if err := s.dropEdition(ctx, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// isSuperseded says whether a later edition of the same ranking is live.
func isSuperseded(e Edition, all []Edition) bool {
	return slices.ContainsFunc(all, func(o Edition) bool {
		return o.Live && o.ID > e.ID && o.Measure == e.Measure && o.Span == e.Span && o.Period == e.Period
	})
}

func (s *Store) dropEdition(ctx context.Context, id int64) error {
	for {
		var n int64
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			done := tx.Exec(`DELETE FROM ranking_places WHERE edition_id = ? AND (tribe, country, place) IN
				(SELECT tribe, country, place FROM ranking_places WHERE edition_id = ? LIMIT ?)`, id, id, rankRows)
			n = done.RowsAffected
			if done.Error != nil || n > 0 {
				return done.Error
			}
			return tx.Exec("DELETE FROM ranking_editions WHERE id = ?", id).Error
		})
		if err != nil || n == 0 {
			return err
		}
	}
}
