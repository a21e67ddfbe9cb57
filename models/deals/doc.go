// Package deals carries a partnership from the first proposal to completed content:
// proposals, deals, their deliverables, the deadlines of both sides and a history that
// nobody edits.
//
// What may happen is read from two tables, ProposalTable and DeliverableTable; policy.go
// decides who may do it; Store does it, one transaction per verb.
package deals
