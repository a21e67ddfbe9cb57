package imports

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// State is how far an import has come.
type State string

// The states.
const (
	StateReceiving State = "receiving" // its bytes are being stored; nobody sees it
	StateUploaded  State = "uploaded"  // columns can be chosen
	StateChecking  State = "checking"  // all rows are being read, and nothing written
	StateChecked   State = "checked"   // the report says what an import would do
	StateImporting State = "importing"
	StateImported  State = "imported" // the file is gone, the report stays for a while
	StateFailed    State = "failed"   // can be corrected and tried again
)

// Running says whether a job works on it.
func (s State) Running() bool { return s == StateChecking || s == StateImporting }

// Import is a file that an administrator imports.
type Import struct {
	ID       int64
	PublicID string
	PersonID int64 // who uploaded it
	FileName string
	Size     int64

	// What the file doesn't say
	Platform string  // "" is found out
	AsOf     string  // YYYY-MM-DD, or ""
	Encoding string  // "" is found out
	Mapping  Mapping `gorm:"serializer:json"`

	Preview  Preview `gorm:"serializer:json"`
	State    State
	DryRun   bool     // the last run wrote nothing
	Lease    string   // of the job that works on it
	Attempts int      // jobs that began the run
	Report   Report   `gorm:"serializer:json"`
	Problem  *Message `gorm:"serializer:json"` // why the last run failed

	BytesDone, BytesTotal int64
	CreatedAt             time.Time
	UpdatedAt             time.Time  `gorm:"autoUpdateTime:false"`
	WorkedAt              *time.Time // when the job last showed that it is alive
	StartedAt             *time.Time
	FinishedAt            *time.Time
}

// TableName is GORM's.
func (Import) TableName() string { return "imports" }

// CanChange says whether columns may be chosen, and the file be checked or imported.
func (i Import) CanChange() bool {
	return i.State == StateUploaded || i.State == StateChecked || i.State == StateFailed
}

// CanRun says whether the file can be read as it was chosen.
func (i Import) CanRun() bool { return i.CanChange() && i.Preview.Problem == nil }

// options are what was chosen.
func (i Import) options() Options {
	o := Options{Platform: i.Platform, Columns: i.Mapping, DryRun: i.State == StateChecking}
	o.AsOf, _ = models.ParseDate(i.AsOf) // an unset date stays the zero one
	return o
}

// FindImport finds an import for an administrator.
func (s *Store) FindImport(ctx context.Context, actor models.Actor, publicID string) (Import, error) {
	var i Import
	if !CanImport(actor) {
		return i, models.NotFound()
	}
	err := s.db.Read(ctx).Where("public_id = ? AND state <> ?", publicID, StateReceiving).Take(&i).Error
	return i, notFound(err)
}

// findForChange locks an import for an administrator who changes it.
func findForChange(tx *db.Tx, publicID string) (Import, error) {
	var i Import
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("public_id = ? AND state <> ?", publicID, StateReceiving).Take(&i).Error
	return i, notFound(err)
}

func notFound(err error) error {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return models.NotFound()
	case err != nil:
		return models.Internal("read an import", err)
	}
	return nil
}

// audit writes that an administrator did something about an import.
func (i Import) audit(ctx context.Context, tx *db.Tx, personID int64, what string, now time.Time, detail map[string]string) error {
	all := map[string]string{"file": i.FileName}
	for k, v := range detail {
		all[k] = v
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: "admin.import_" + what, Subject: "import:" + i.PublicID, Detail: all})
}
