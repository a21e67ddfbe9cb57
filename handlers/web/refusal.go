package web

import (
	"net/http"

	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
)

// RefusalOf says whether a page should be shown again with what is wrong with an action.
func RefusalOf(err error, action deals.Action, number int, answers map[string]string) (dealsview.Refusal, bool) {
	r := dealsview.Refusal{Action: action, Number: number, Answers: answers}
	if fields, ok := InvalidFields(err); ok {
		r.Fields = fields
		return r, true
	}
	conflict, ok := AsConflict(err)
	r.Conflict = conflict
	return r, ok
}

// StatusOf is the HTTP status of a page with a refusal; 200 for none.
func StatusOf(r dealsview.Refusal) int {
	switch {
	case r.Conflict != nil:
		return http.StatusConflict
	case len(r.Fields) > 0:
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
