package creators

import (
	"cmp"
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// ImportedRow is what one row of a file says of an account.
type ImportedRow struct {
	Platform  string
	Handle    string
	HandleKey string // the handle as HandleKeyOf has it
	AsOf      time.Time

	NewPublicID string // of the creator, if the account is new; "" is a random one

	Followers                         int64
	Following, TotalLikes, TotalPosts *int64
	Means                             Figures // of a list; Basis is empty without
	Name, Country                     string
	Languages, Tribes                 []string
	Post                              *Post // of a file with a row for each post
	OwnExport                         bool  // it is of a file that the site itself wrote, and repeats what was known then
}

func (r *ImportedRow) newPublicID() string {
	if r.NewPublicID == "" {
		return models.NewPublicID()
	}
	return r.NewPublicID
}

// HandleKeyOf is a handle as accounts are found by it: platforms don't tell upper
// from lower case.
func HandleKeyOf(handle string) string { return text.Fold(handle) }

// CleanName is a display name as it is kept: one line of bounded length.
func CleanName(name string) string { return text.Truncate(text.SingleLine(name), maxNameLength) }

// CleanCaption is the caption of an imported post as it is kept.
func CleanCaption(caption string) string {
	return text.Truncate(text.SingleLine(caption), maxCaptionLength)
}

// CompareTo orders what rows of one age say of an account: the one that counts
// more followers, and then whatever is larger, is the one to believe.
func (r *ImportedRow) CompareTo(o *ImportedRow) int {
	return cmp.Or(
		r.compareCounts(o),
		r.Means.compareMeans(o.Means), cmp.Compare(r.Name, o.Name), cmp.Compare(r.Country, o.Country),
	)
}

func (r *ImportedRow) compareCounts(o *ImportedRow) int {
	return cmp.Or(
		cmp.Compare(r.Followers, o.Followers), compareCounts(r.Following, o.Following),
		compareCounts(r.TotalLikes, o.TotalLikes), compareCounts(r.TotalPosts, o.TotalPosts), cmp.Compare(r.Handle, o.Handle),
	)
}

// compareCounts holds a count that is missing for the smallest.
func compareCounts(a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

func (f Figures) compareMeans(o Figures) int {
	return cmp.Or(
		compareCounts(f.MeanViews, o.MeanViews), compareCounts(f.MeanLikes, o.MeanLikes),
		compareCounts(f.MeanComments, o.MeanComments), compareCounts(f.MeanShares, o.MeanShares),
	)
}

// ImportOutcome is what became of an account in an import; of several the largest counts.
type ImportOutcome uint8

// The outcomes.
const (
	AccountUnchanged ImportOutcome = iota + 1
	AccountUpdated
	AccountCreated
)

// ImportedAccount is the account of a row, and what became of it.
type ImportedAccount struct {
	ID       int64
	Outcome  ImportOutcome
	Verified bool // its owner has connected it, so that files change nothing
	NewPosts bool // posts came or changed, so that figures are to be computed anew
}

// SaveImportedRows writes what rows of files say of accounts, as far as it is newer
// than what is known, and gives the account of each row. Nothing that the platform
// itself gave, and nothing that creators say about themselves, is overwritten.
func (s *Store) SaveImportedRows(tx *db.Tx, rows []*ImportedRow, now time.Time) ([]ImportedAccount, error) {
	b, err := loadImportBatch(tx, rows)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		b.mergeRow(rows[i], now)
	}
	if err := b.saveBatch(s, tx, now); err != nil {
		return nil, err
	}
	posted, err := savePosts(tx, b.collectPosts(rows))
	if err != nil {
		return nil, err
	}
	saved := make([]ImportedAccount, len(rows))
	for i, r := range rows {
		a := b.accounts[accountKey{r.Platform, r.HandleKey}]
		saved[i] = ImportedAccount{ID: a.ID, Outcome: AccountUnchanged, Verified: a.Source == SourceVerified, NewPosts: posted[a.ID]}
		switch {
		case b.newAccounts[a]:
			saved[i].Outcome = AccountCreated
		case b.changedAccounts[a] || posted[a.ID]:
			saved[i].Outcome = AccountUpdated
		}
	}
	return saved, nil
}

// ErasedHandles says which handles no import may bring back; it is nil when there are none.
func (s *Store) ErasedHandles(ctx context.Context) (func(platform, handleKey string) bool, error) {
	var digests []string
	if err := s.db.Read(ctx).Model(&ErasedHandle{}).Pluck("digest", &digests).Error; err != nil {
		return nil, models.Internal("read which handles were erased", err)
	}
	if len(digests) == 0 {
		return nil, nil
	}
	known := make(map[string]bool, len(digests))
	for _, d := range digests {
		known[d] = true
	}
	return func(platform, key string) bool { return known[s.handleDigest(platform, key)] }, nil
}
