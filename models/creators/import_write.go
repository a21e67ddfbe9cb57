package creators

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// writer writes the rows of one file.
type writer struct {
	run     *importRun
	plan    plan
	rows    []said
	best    map[uint64]said // of the accounts that stand in the list twice
	losers  []loser
	posting map[int64]bool // accounts whose figures are to be computed anew
}

type loser struct {
	line int
	key  uint64
}

// take takes one row. Rows of an account that stands in a list twice wait
// until the file has ended; the best of them is taken.
func (w *writer) take(ctx context.Context, s said) error {
	s.asOf = w.plan.asOf
	if s.means.Basis != "" {
		s.means.FiguresAsOf = &s.asOf
	}
	h := w.run.hash(s.platform, s.key)
	if !w.plan.twice[h] {
		return w.add(ctx, s)
	}
	best, ok := w.best[h]
	switch {
	case !ok:
		w.best[h] = s
	case s.compare(best) > 0:
		w.best[h] = s
		w.losers = append(w.losers, loser{best.line, h})
	default:
		w.losers = append(w.losers, loser{s.line, h})
	}
	return nil
}

func (w *writer) add(ctx context.Context, s said) error {
	w.rows = append(w.rows, s)
	if len(w.rows) < w.run.size {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	if len(w.rows) == 0 {
		return ctx.Err()
	}
	err := w.run.tx(ctx, func(tx *db.Tx) error { return w.batch(tx) })
	w.rows = w.rows[:0]
	return err
}

// finish writes what waited, and computes what follows from new posts.
func (w *writer) finish(ctx context.Context) error {
	waited := make([]said, 0, len(w.best))
	for _, s := range w.best {
		waited = append(waited, s)
	}
	slices.SortFunc(waited, func(a, b said) int { return a.line - b.line })
	for _, s := range waited {
		if err := w.add(ctx, s); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	slices.SortFunc(w.losers, func(a, b loser) int { return a.line - b.line })
	for _, l := range w.losers {
		w.run.leftOut(l.line, "creators.import.same_handle", "line", w.best[l.key].line)
	}
	if w.run.o.DryRun {
		return nil // the posts are not there to compute from
	}
	ids := make([]int64, 0, len(w.posting))
	for id := range w.posting {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, fewRows/8) {
		err := w.run.tx(ctx, func(tx *db.Tx) error {
			changed, err := w.run.store.recompute(tx, some, w.plan.asOf, w.run.now)
			for _, a := range changed {
				w.run.note(a, updated)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// batch writes the rows that have gathered, in one transaction.
func (w *writer) batch(tx *db.Tx) error {
	b, err := loadBatch(tx, w.rows)
	if err != nil {
		return err
	}
	for _, s := range w.rows {
		b.hear(s, w.run.now)
	}
	if err := b.save(tx, w.run.now); err != nil {
		return err
	}
	posted := map[int64]bool{}
	if w.plan.kind == KindVideos {
		if posted, err = savePosts(tx, b.posts(w.rows)); err != nil {
			return err
		}
	}
	for _, s := range w.rows {
		a := b.accounts[s.platform+"/"+s.key]
		switch {
		case b.fresh[a]:
			w.run.note(a, created)
		case b.dirty[a] || posted[a.ID]:
			w.run.note(a, updated)
		default:
			w.run.note(a, unchanged)
		}
		if w.plan.kind == KindVideos && a.Source != Verified {
			w.posting[a.ID] = true
		}
	}
	return nil
}

// batch is what is known of the accounts of some rows, and what changes of it.
type batch struct {
	accounts map[string]*Account // by platform and handle
	creators map[int64]*Creator
	others   map[int64][]*Account
	speaks   map[SpokenLanguage]bool
	known    map[Membership]Known // by creator and tribe

	newCreators []*newCreator
	fresh       map[*Account]bool
	dirty       map[*Account]bool
	languages   []SpokenLanguage
	tribes      []Membership
	changed     map[int64]bool // creators whose listings have to follow
}

// newCreator is a creator who gets an id when the batch is saved.
type newCreator struct {
	Creator
	account   *Account
	languages []string
	tribes    []string
}

// loadBatch reads what is known of the accounts of some rows.
func loadBatch(tx *db.Tx, rows []said) (*batch, error) {
	b := &batch{
		accounts: map[string]*Account{}, creators: map[int64]*Creator{}, others: map[int64][]*Account{},
		speaks: map[SpokenLanguage]bool{}, known: map[Membership]Known{},
		fresh: map[*Account]bool{}, dirty: map[*Account]bool{}, changed: map[int64]bool{},
	}
	keys := map[string][]string{}
	for _, s := range rows {
		keys[s.platform] = append(keys[s.platform], s.key)
	}
	var ids []int64
	for platform, some := range keys {
		slices.Sort(some)
		var found []int64
		err := tx.Raw(`SELECT creator_id FROM creator_accounts WHERE platform = ? AND handle_key IN ? AND platform_user_id IS NULL
			UNION SELECT creator_id FROM creator_accounts WHERE platform = ? AND handle_key IN ? AND platform_user_id IS NOT NULL`,
			platform, slices.Compact(some), platform, slices.Compact(some)).Scan(&found).Error
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	if len(ids) == 0 {
		return b, nil
	}
	return b, b.load(tx, ids)
}

func (b *batch) load(tx *db.Tx, ids []int64) error {
	var creators []*Creator
	var accounts []*Account
	var languages []SpokenLanguage
	var tribes []Membership
	// Locked first, in the order of their ids: who signs in meanwhile waits, or is waited for.
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", ids).Order("id").Find(&creators).Error; err != nil {
		return err
	}
	for _, rows := range []struct {
		into   any
		column string
	}{{&accounts, "creator_id"}, {&languages, "creator_id"}, {&tribes, "creator_id"}} {
		if err := tx.Where(rows.column+" IN ?", ids).Find(rows.into).Error; err != nil {
			return err
		}
	}
	for _, c := range creators {
		b.creators[c.ID] = c
	}
	slices.SortFunc(accounts, func(a, b *Account) int { return int(a.ID - b.ID) })
	for _, a := range accounts {
		b.others[a.CreatorID] = append(b.others[a.CreatorID], a)
		key := a.Platform + "/" + a.HandleKey
		if old := b.accounts[key]; old == nil || a.Source == Verified {
			b.accounts[key] = a
		}
	}
	for _, l := range languages {
		b.speaks[l] = true
	}
	for _, m := range tribes {
		b.known[Membership{CreatorID: m.CreatorID, Tribe: m.Tribe}] = m.Known
	}
	return nil
}

// hear takes one row in.
func (b *batch) hear(s said, now time.Time) {
	a := b.accounts[s.platform+"/"+s.key]
	switch {
	case a == nil:
		a = &Account{
			Platform: s.platform, HandleKey: s.key, Source: Imported, Followers: -1,
			Figures: Figures{Basis: BasisNone}, CreatedAt: now, UpdatedAt: now,
		}
		a.hear(s)
		b.accounts[s.platform+"/"+s.key], b.fresh[a] = a, true
		b.newCreators = append(b.newCreators, &newCreator{
			Creator: Creator{PublicID: models.NewPublicID(), CreatedAt: now, UpdatedAt: now},
			account: a, languages: s.languages, tribes: s.tribes,
		})
	case a.Source == Verified:
	case b.fresh[a]:
		a.hear(s)
	default:
		if a.hear(s) {
			a.UpdatedAt, b.dirty[a] = now, true
		}
		b.hearNiche(a, s)
	}
}

// hearNiche adds languages and tribes of somebody who has not claimed the profile.
func (b *batch) hearNiche(a *Account, s said) {
	if b.creators[a.CreatorID].Claimed() {
		return
	}
	for _, l := range s.languages {
		if row := (SpokenLanguage{a.CreatorID, l}); !b.speaks[row] {
			b.speaks[row], b.dirty[a], b.changed[a.CreatorID] = true, true, true
			b.languages = append(b.languages, row)
		}
	}
	for _, t := range s.tribes {
		key := Membership{CreatorID: a.CreatorID, Tribe: t}
		if k := b.known[key]; k == "" || k == KnownDerived {
			b.known[key], b.dirty[a], b.changed[a.CreatorID] = KnownImported, true, true
			b.tribes = append(b.tribes, Membership{a.CreatorID, t, KnownImported})
		}
	}
}
