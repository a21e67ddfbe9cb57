// Package text normalises what people type, counts it in characters as people see them,
// and drops invisible ones.
package text
