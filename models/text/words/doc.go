// Package words splits texts into words as a search compares them, finds in
// which rows words stand, forgives small typing errors, and says which parts of
// a text to mark.
package words
