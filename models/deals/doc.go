// Package deals carries out what a brand and a creator have agreed on: deals, their
// deliverables, the deadlines of both sides and a history that nobody edits.
//
// What may happen is read from DeliverableTable; policy.go decides who may do it; Store
// does it, one transaction per verb. A deal begins with Begin, which package negotiation
// calls.
package deals
