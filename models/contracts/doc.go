// Package contracts keeps what contracts are made from: who the parties are by law, which
// law applies to a deal, and what was agreed between a brand and a creator in a year.
package contracts
