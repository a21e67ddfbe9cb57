// Package words splits texts into words as the search compares them, finds the rows that
// contain a word, tolerates small typing errors, and says which parts of a text to
// highlight.
package words
