// Package deals carries a partnership from the first proposal to completed
// content: proposals, deals, their deliverables, the deadlines of both sides
// and a history that nobody edits.
//
// What may happen is read from two tables, ProposalTable and DeliverableTable;
// who may do it is asked in policy.go; Store does it, one transaction a verb.
package deals
