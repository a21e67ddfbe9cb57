package creators

import (
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models/db"
)

// importBatch is what is known about the accounts of some rows, and what changes.
type importBatch struct {
	accounts          map[accountKey]*Account
	creators          map[int64]*Creator
	accountsByCreator map[int64][]*Account
	knownLanguages    map[SpokenLanguage]bool
	knownTribes       map[TribeMembership]TribeEvidence // by creator and tribe
	marketplace       Programme                         // decides who is listed

	newCreators     []*newCreator
	newAccounts     map[*Account]bool
	changedAccounts map[*Account]bool
	newLanguages    []SpokenLanguage
	newTribes       []TribeMembership
	changedCreators map[int64]bool // creators whose listings have to be updated
}

// accountKey finds an account.
type accountKey struct{ platform, handleKey string }

// newCreator is a creator without an id until the batch is saved.
type newCreator struct {
	Creator
	account   *Account
	languages []string
	tribes    []string
}

// facts returns what a file says about a new creator.
func (n *newCreator) facts() creatorFacts {
	t := creatorFacts{languages: n.languages}
	for _, x := range n.tribes {
		t.tribes = append(t.tribes, TribeMembership{n.ID, x, TribeImported})
	}
	return t
}

// loadImportBatch reads what is known about the accounts of some rows. Of accounts that
// the rows change nothing of, that is no more than it takes to find that out.
func loadImportBatch(tx *db.Tx, rows []*ImportedRow) (*importBatch, error) {
	market, err := readMarketplace(tx.DB)
	if err != nil {
		return nil, err
	}
	b := &importBatch{
		marketplace: market,
		accounts:    make(map[accountKey]*Account, len(rows)), creators: map[int64]*Creator{}, accountsByCreator: map[int64][]*Account{},
		knownLanguages: map[SpokenLanguage]bool{}, knownTribes: map[TribeMembership]TribeEvidence{},
		newAccounts: make(map[*Account]bool, len(rows)), changedAccounts: map[*Account]bool{}, changedCreators: map[int64]bool{},
	}
	claimed, err := b.readAccounts(tx, rows)
	if err != nil || len(b.accounts) == 0 {
		return b, err
	}
	ids, err := b.findChangedCreators(tx, rows, claimed)
	if err != nil || len(ids) == 0 {
		return b, err
	}
	for key, a := range b.accounts {
		if _, changed := slices.BinarySearch(ids, a.CreatorID); changed {
			delete(b.accounts, key)
		}
	}
	return b, b.loadCreators(tx, ids)
}

func (b *importBatch) loadCreators(tx *db.Tx, ids []int64) error {
	var creators []*Creator
	var accounts []*Account
	var languages []SpokenLanguage
	var tribes []TribeMembership
	// Locked first, in the order of their ids: a sign-in at the same time waits, or is
	// waited for.
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
		b.accountsByCreator[a.CreatorID] = append(b.accountsByCreator[a.CreatorID], a)
		b.addAccount(a)
	}
	for _, l := range languages {
		b.knownLanguages[l] = true
	}
	for _, m := range tribes {
		b.knownTribes[TribeMembership{CreatorID: m.CreatorID, Tribe: m.Tribe}] = m.Known
	}
	return nil
}

// mergeRow adds one row of the file to the batch; a newer date wins.
func (b *importBatch) mergeRow(r *ImportedRow, now time.Time) {
	a := b.accounts[accountKey{r.Platform, r.HandleKey}]
	switch {
	case a == nil:
		a = &Account{
			Platform: r.Platform, HandleKey: r.HandleKey, Source: SourceImported, Followers: -1,
			Figures: Figures{Basis: BasisNone}, CreatedAt: now, UpdatedAt: now,
		}
		a.mergeAccountRow(r)
		b.accounts[accountKey{r.Platform, r.HandleKey}], b.newAccounts[a] = a, true
		b.newCreators = append(b.newCreators, &newCreator{
			Creator: Creator{PublicID: r.newPublicID(), CreatedAt: now, UpdatedAt: now},
			account: a, languages: r.Languages, tribes: r.Tribes,
		})
	case a.Source == SourceVerified:
	case b.newAccounts[a]:
		a.mergeAccountRow(r)
	case b.creators[a.CreatorID] == nil: // see findChangedCreators
	default:
		if a.mergeAccountRow(r) {
			a.UpdatedAt, b.changedAccounts[a] = now, true
		}
		b.mergeLanguagesAndTribes(a, r)
	}
}

// mergeLanguagesAndTribes adds languages and tribes to an unclaimed profile.
func (b *importBatch) mergeLanguagesAndTribes(a *Account, r *ImportedRow) {
	if b.creators[a.CreatorID].IsClaimed() {
		return
	}
	for _, l := range r.Languages {
		if row := (SpokenLanguage{a.CreatorID, l}); !b.knownLanguages[row] {
			b.knownLanguages[row], b.changedAccounts[a], b.changedCreators[a.CreatorID] = true, true, true
			b.newLanguages = append(b.newLanguages, row)
		}
	}
	for _, t := range r.Tribes {
		key := TribeMembership{CreatorID: a.CreatorID, Tribe: t}
		if k := b.knownTribes[key]; k == "" || k == TribeDerived {
			b.knownTribes[key], b.changedAccounts[a], b.changedCreators[a.CreatorID] = TribeImported, true, true
			b.newTribes = append(b.newTribes, TribeMembership{a.CreatorID, t, TribeImported})
		}
	}
}
