package paths

import "strconv"

// Deals lists the deals.
func Deals() string { return "/deals" }

// Deal is one deal.
func Deal(id string) string { return "/deals/" + esc(id) }

// DealNotice ends the repetition of a deal, with the agreed notice (POST).
func DealNotice(id string) string { return Deal(id) + "/notice" }

// DealEnding ends a running deal, with a reason (POST).
func DealEnding(id string) string { return Deal(id) + "/ending" }

// Deliverable is one deliverable of a deal, counted from 1.
func Deliverable(deal string, n int) string { return Deal(deal) + "/deliverables/" + strconv.Itoa(n) }

// DeliverableAction receives the form of an action on a deliverable (POST); last is the
// end of the action's URL, as its table says.
func DeliverableAction(deal string, n int, last string) string {
	return Deliverable(deal, n) + "/" + last
}
