// Package search finds listed creators: filters, sorting, counts, spelling
// corrections and lookalikes, in an index that each node keeps in memory.
package search
