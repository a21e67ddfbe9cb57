package deals

import (
	"tribemarket/models"
	"tribemarket/models/deals"
)

// Refusal is an action that could not be done: a form with errors, or something that has
// changed in the meantime. The zero Refusal means none.
type Refusal struct {
	Action   deals.Action
	Number   int // of the deliverable; 0 when the action is about the whole
	Answers  map[string]string
	Fields   models.Fields
	Conflict *models.Error
}
