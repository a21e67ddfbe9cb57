package negotiation

import (
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// TurnKey is the message key of what waits for the side that has to answer an offer.
func TurnKey(began models.Side, offer int) string {
	if isPitch(began, offer) {
		return "negotiation.turn.pitch"
	}
	return "negotiation.turn.mine"
}

// readNames reads the names under which an event of a history is read.
func readNames(tx *db.Tx, root run.Ref, personID *int64) (names run.Names, err error) {
	return names, tx.Raw(namesSQL, personID, root.ID).Scan(&names).Error
}
