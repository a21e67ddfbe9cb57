package contracts

import (
	"context"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// OpenContract is a contract that waits for a side.
type OpenContract struct {
	PublicID   string
	Deal       string // public id
	BrandID    int64
	CreatorID  int64
	Product    string
	State      State
	Required   bool
	EnteredAt  time.Time
	DeadlineAt time.Time
	AmendsID   *int64 // the contract that it changes
	Mine       bool   // it waits for the actor's side
	Theirs     bool   // it waits for the other one
}

// IsAmendment says whether it changes another contract.
func (c OpenContract) IsAmendment() bool { return c.AmendsID != nil }

// OtherwiseKey is the text that says what happens if not everybody acts in time.
func (c OpenContract) OtherwiseKey() string {
	if c.IsAmendment() {
		return amendmentOtherwise
	}
	return otherwiseKey(c.State, c.Required, c.Mine || c.Theirs)
}

// OtherwiseKey is the text that says what happens if not everybody acts in time.
func (c Contract) OtherwiseKey() string {
	if c.IsAmendment() {
		return amendmentOtherwise
	}
	return otherwiseKey(c.State, c.Required, len(c.Unnamed) > 0)
}

// amendmentOtherwise says that an amendment lapses and nothing else changes.
const amendmentOtherwise = "contracts.amendment.otherwise"

func otherwiseKey(s State, required, awaited bool) string {
	if !required {
		return "contracts.otherwise.asked"
	}
	if s == Preparing && !awaited { // its document is being made
		s = Ready
	}
	return Table.OtherwiseKey(s)
}

// maxOpen limits how many contracts a list of what waits reads.
const maxOpen = 500

// missingSQL is true of a contract that waits for a side: for it to say who it is, or to sign.
func missingSQL(side models.Side) string {
	column := Party{Side: side}.Column()
	return `(CASE WHEN contracts.state = '` + string(Preparing) + `' THEN NOT EXISTS (SELECT 1 FROM contract_identities i WHERE i.` + column + ` = contracts.` + column + `)
		ELSE NOT EXISTS (SELECT 1 FROM contract_signatures x WHERE x.contract_id = contracts.id AND x.side = '` + string(side) + `') END)`
}

// openOf selects the contracts of the actor's party that can still be signed, and whose clock
// runs.
func (s *Store) openOf(ctx context.Context, a models.Actor, now time.Time) *gorm.DB {
	p := PartyOf(a)
	return s.db.Read(ctx).Model(&contractRow{}).Where("contracts."+p.Column()+" = ? AND signed_at IS NULL AND closed_at IS NULL AND deadline_at > ?", p.ID, now).Where(run.NotHeldSQL("contracts"), Table.Subject)
}

// WaitingFor selects the contracts that wait for the actor's side, which has one.
func (s *Store) WaitingFor(ctx context.Context, a models.Actor, now time.Time) *gorm.DB {
	return s.openOf(ctx, a, now).Where(missingSQL(a.Side()))
}

// ListOpen lists the contracts that wait for the actor's side or the other one, in one query.
func (s *Store) ListOpen(ctx context.Context, a models.Actor, now time.Time) ([]OpenContract, error) {
	other := models.SideBrand
	if a.Side() == models.SideBrand {
		other = models.SideCreator
	}
	var all []OpenContract
	err := s.openOf(ctx, a, now).Select("contracts.*, " + missingSQL(a.Side()) + " AS mine, " + missingSQL(other) + " AS theirs").Order("deadline_at, id").Limit(maxOpen).Scan(&all).Error
	return all, err
}
