// Package terms says clauses in words.
package terms
