package discovery

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// ListShortlists lists the lists of the actor's brand, latest changed first.
func (s *Store) ListShortlists(ctx context.Context, actor models.Actor) ([]ShortlistSummary, error) {
	return s.ListShortlistsFor(ctx, actor, "")
}

// HasShortlist says whether the actor's brand has a list.
func (s *Store) HasShortlist(ctx context.Context, actor models.Actor) (bool, error) {
	if actor.BrandID == 0 {
		return false, nil
	}
	var ids []int64
	if err := s.db.Read(ctx).Model(&Shortlist{}).Where("brand_id = ?", actor.BrandID).Limit(1).Pluck("id", &ids).Error; err != nil {
		return false, models.Internal("look for a list", err)
	}
	return len(ids) > 0, nil
}

// ListShortlistsFor is ListShortlists, marking those that a creator is on.
func (s *Store) ListShortlistsFor(ctx context.Context, actor models.Actor, creator string) ([]ShortlistSummary, error) {
	if !CanSeeShortlists(actor) {
		return nil, models.NotFound()
	}
	var all []ShortlistSummary
	if err := s.db.Read(ctx).Raw(shortlistSummariesSQL, creator, actor.BrandID).Scan(&all).Error; err != nil {
		return nil, models.Internal("read shortlists", err)
	}
	return all, nil
}

// ReadAddableCreator reads a creator whom the actor may put on their brand's lists.
func (s *Store) ReadAddableCreator(ctx context.Context, actor models.Actor, publicID string) (creators.CreatorReference, error) {
	if !CanSeeShortlists(actor) {
		return creators.CreatorReference{}, models.NotFound()
	}
	c, err := s.creators.CreatorReferenceByPublicID(ctx, publicID)
	if err != nil {
		return c, err
	}
	hidden, err := s.creatorsHiddenFrom(ctx, actor)
	if err == nil && (!c.Listed || slices.Contains(hidden, c.ID)) {
		err = models.NotFound()
	}
	return c, err
}

// creatorsHiddenFrom returns the creators who have blocked the actor's brand.
func (s *Store) creatorsHiddenFrom(ctx context.Context, actor models.Actor) (ids []int64, err error) {
	if actor.BrandID == 0 {
		return nil, nil
	}
	err = s.db.Read(ctx).Table("blocks").Where("brand_id = ? AND side = 'creator'", actor.BrandID).Pluck("creator_id", &ids).Error
	return ids, err
}

// entryRow is a row of a ShortlistEntry as it is read.
type entryRow struct {
	ID, CreatorID                 int64
	PublicID, Name, Note, AddedBy string
	AddedAt                       time.Time
	Away, Gone, Barred            bool
	Label                         string // one label; a creator has a row for each, or one row without a label
}

func (r entryRow) toEntry() ShortlistEntry {
	e := ShortlistEntry{Standing: StandingListed, CreatorID: r.CreatorID, PublicID: r.PublicID, Name: r.Name, Note: r.Note, AddedBy: r.AddedBy, AddedAt: r.AddedAt}
	switch {
	case r.Gone:
		e.Standing, e.Name = StandingErased, ""
	case r.Barred:
		e.Standing = StandingBlocked
	case r.Away:
		e.Standing = StandingUnlisted
	}
	return e
}

// ReadShortlist reads a list of the actor's brand, always in four statements.
func (s *Store) ReadShortlist(ctx context.Context, actor models.Actor, publicID string, f ShortlistFilter) (ShortlistView, error) {
	l, err := findOwnShortlist(s.db.Read(ctx), actor, publicID)
	if err != nil {
		return ShortlistView{}, err
	}
	var rows []entryRow
	if err := s.db.Read(ctx).Raw(shortlistEntriesSQL, l.ID).Scan(&rows).Error; err != nil {
		return ShortlistView{}, models.Internal("read a shortlist", err)
	}
	all, here := groupEntries(rows)
	briefs, err := s.creators.CreatorSummariesByID(ctx, here)
	if err != nil {
		return ShortlistView{}, err
	}
	for i, e := range all {
		if b, ok := briefs[e.CreatorID]; ok {
			all[i].Summary = &b
		} else if e.Standing == StandingListed {
			all[i].Standing = StandingUnlisted // unlisted meanwhile
		}
	}
	v := ShortlistView{Shortlist: l, Total: len(all), Filter: f}
	v.Labels, v.Filter.Label = countLabels(all, f.Label)
	v.Entries = entriesWithLabel(all, v.Filter.Label)
	v.Filter.Sort = sortEntries(v.Entries, f.Sort)
	return v, nil
}

// groupEntries groups the rows by creator, and returns the creators who are here.
func groupEntries(rows []entryRow) (all []ShortlistEntry, here []int64) {
	var last int64
	for _, r := range rows {
		if r.ID != last {
			last, all = r.ID, append(all, r.toEntry())
			if all[len(all)-1].Standing == StandingListed {
				here = append(here, r.CreatorID)
			}
		}
		if e := &all[len(all)-1]; r.Label != "" {
			e.Labels = append(e.Labels, r.Label)
		}
	}
	return all, here
}
