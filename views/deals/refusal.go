package deals

import (
	"tribemarket/models"
	"tribemarket/models/deals"
)

// Refusal is an action that could not be done: a form with errors, or something
// that has changed meanwhile. The zero Refusal is none.
type Refusal struct {
	Action   deals.Action
	Number   int // of the deliverable; 0 when it is about the whole
	Answers  map[string]string
	Fields   models.Fields
	Conflict *models.Error
}
