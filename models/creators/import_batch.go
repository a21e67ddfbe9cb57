package creators

import (
	"cmp"
	"slices"
	"time"

	"tribemarket/models/db"
)

// importBatch is what is known about the accounts of some rows, and what changes.
type importBatch struct {
	accounts          map[accountKey]*Account
	creators          map[int64]*Creator
	accountsByCreator map[int64][]*Account
	descriptions      map[int64]*creatorDescription // by creator
	marketplace       Programme                     // decides who is listed

	newCreators       []*newCreator
	newAccounts       map[*Account]bool
	changedAccounts   map[*Account]bool
	newLanguages      []SpokenLanguage
	newTribes         []TribeMembership
	describedCreators map[int64]bool // creators with a new language or tribe
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
		descriptions: map[int64]*creatorDescription{}, newAccounts: make(map[*Account]bool, len(rows)),
		changedAccounts: map[*Account]bool{}, describedCreators: map[int64]bool{},
	}
	if err := b.readAccounts(tx, rows); err != nil {
		return b, err
	}
	ids := b.findChangedCreators(rows)
	for key, a := range b.accounts {
		if _, changed := slices.BinarySearch(ids, a.CreatorID); changed {
			delete(b.accounts, key)
		}
	}
	return b, b.loadCreators(tx, ids)
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
	d := b.descriptions[a.CreatorID]
	for _, l := range r.Languages {
		if !d.speaks(l) {
			d.languages = cmp.Or(d.languages, ",") + l + ","
			b.changedAccounts[a], b.describedCreators[a.CreatorID] = true, true
			b.newLanguages = append(b.newLanguages, SpokenLanguage{a.CreatorID, l})
		}
	}
	for _, t := range r.Tribes {
		if d.isNewTribe(r, t) {
			d.tribes = "," + t + " " + string(TribeImported) + cmp.Or(d.tribes, ",") // the first counts
			b.changedAccounts[a], b.describedCreators[a.CreatorID] = true, true
			b.newTribes = append(b.newTribes, TribeMembership{a.CreatorID, t, TribeImported})
		}
	}
}
