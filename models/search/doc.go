// Package search finds listed creators: filters, their order, counts, corrected
// words and lookalikes, in an index that each node keeps in memory.
package search
