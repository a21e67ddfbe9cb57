package negotiation

import (
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// readNames reads the names under which an event of a history is read.
func readNames(tx *db.Tx, root run.Ref, personID *int64) (names run.Names, err error) {
	return names, tx.Raw(namesSQL, personID, root.ID).Scan(&names).Error
}
