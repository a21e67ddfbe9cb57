package discovery

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Shortlists are the lists of the actor's brand, the one changed last first.
func (s *Store) Shortlists(ctx context.Context, actor models.Actor) ([]ListSummary, error) {
	return s.ListsFor(ctx, actor, "")
}

// ListsFor is Shortlists, with which of them a creator is on already.
func (s *Store) ListsFor(ctx context.Context, actor models.Actor, creator string) ([]ListSummary, error) {
	if !CanSeeLists(actor) {
		return nil, models.NotFound()
	}
	var all []ListSummary
	if err := s.db.Read(ctx).Raw(summaries, creator, actor.BrandID).Scan(&all).Error; err != nil {
		return nil, models.Internal("read shortlists", err)
	}
	return all, nil
}

// Addable is the creator whom the actor may put on her brand's lists.
func (s *Store) Addable(ctx context.Context, actor models.Actor, publicID string) (creators.Summary, error) {
	if !CanSeeLists(actor) {
		return creators.Summary{}, models.NotFound()
	}
	c, err := s.creators.ByPublicID(ctx, publicID)
	if err != nil {
		return c, err
	}
	hidden, err := s.hidden(ctx, actor)
	if err == nil && (!c.Listed || slices.Contains(hidden, c.ID)) {
		err = models.NotFound()
	}
	return c, err
}

// hidden are the creators who have blocked the actor's brand.
func (s *Store) hidden(ctx context.Context, actor models.Actor) (ids []int64, err error) {
	if actor.BrandID == 0 {
		return nil, nil
	}
	err = s.db.Read(ctx).Table("blocks").Where("brand_id = ? AND side = 'creator'", actor.BrandID).Pluck("creator_id", &ids).Error
	return ids, err
}

// entryRow is an Entry as it is read.
type entryRow struct {
	ID, CreatorID                 int64
	PublicID, Name, Note, AddedBy string
	AddedAt                       time.Time
	Away, Gone, Barred            bool
	Label                         string // one of hers; she has a row for each, or one with none
}

func (r entryRow) entry() Entry {
	e := Entry{Standing: Here, CreatorID: r.CreatorID, PublicID: r.PublicID, Name: r.Name, Note: r.Note, AddedBy: r.AddedBy, AddedAt: r.AddedAt}
	switch {
	case r.Gone:
		e.Standing, e.Name = Left, ""
	case r.Barred:
		e.Standing = Blocked
	case r.Away:
		e.Standing = Unlisted
	}
	return e
}

// Shortlist reads a list of the actor's brand, in four statements whatever it has.
func (s *Store) Shortlist(ctx context.Context, actor models.Actor, publicID string, f ListFilter) (ListView, error) {
	l, err := ownList(s.db.Read(ctx), actor, publicID)
	if err != nil {
		return ListView{}, err
	}
	var rows []entryRow
	if err := s.db.Read(ctx).Raw(entries, l.ID).Scan(&rows).Error; err != nil {
		return ListView{}, models.Internal("read a shortlist", err)
	}
	all, here := entriesOf(rows)
	briefs, err := s.creators.BriefsOf(ctx, here)
	if err != nil {
		return ListView{}, err
	}
	for i, e := range all {
		if b, ok := briefs[e.CreatorID]; ok {
			all[i].Brief = &b
		} else if e.Standing == Here {
			all[i].Standing = Unlisted // meanwhile
		}
	}
	v := ListView{Shortlist: l, Total: len(all), Filter: f}
	v.Labels, v.Filter.Label = countLabels(all, f.Label)
	v.Entries = withLabel(all, v.Filter.Label)
	v.Filter.Sort = sortEntries(v.Entries, f.Sort)
	return v, nil
}

// entriesOf puts the rows of each creator together, and gives who can be asked.
func entriesOf(rows []entryRow) (all []Entry, here []int64) {
	var last int64
	for _, r := range rows {
		if r.ID != last {
			last, all = r.ID, append(all, r.entry())
			if all[len(all)-1].Standing == Here {
				here = append(here, r.CreatorID)
			}
		}
		if e := &all[len(all)-1]; r.Label != "" {
			e.Labels = append(e.Labels, r.Label)
		}
	}
	return all, here
}
