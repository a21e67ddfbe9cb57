package creators

import (
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// batch is what is known of the accounts of some rows, and what changes of it.
type batch struct {
	accounts map[string]*Account // by platform and handle
	creators map[int64]*Creator
	others   map[int64][]*Account
	speaks   map[SpokenLanguage]bool
	known    map[Membership]Known // by creator and tribe
	market   Programme            // decides who is listed

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

// told is what a file says of a new creator.
func (n *newCreator) told() told {
	t := told{languages: n.languages}
	for _, x := range n.tribes {
		t.tribes = append(t.tribes, Membership{n.ID, x, KnownImported})
	}
	return t
}

// loadBatch reads what is known of the accounts of some rows.
func loadBatch(tx *db.Tx, rows []said) (*batch, error) {
	market, err := marketplace(tx.DB)
	if err != nil {
		return nil, err
	}
	b := &batch{
		market:   market,
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
