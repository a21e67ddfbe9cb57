// Package text normalises what people type, counts it in characters as they
// see them, and drops what nobody can see.
package text
