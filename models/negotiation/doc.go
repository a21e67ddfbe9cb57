// Package negotiation carries offers back and forth between a brand and a creator until one
// is agreed, which begins a deal, or until somebody ends it.
//
// What may happen is read from Table; policy.go decides who may do it; Store does it, one
// transaction per verb. Offers are rows that are added and never changed.
package negotiation
