// Package creators knows creators: their accounts on the platforms, what they
// posted, the figures and tribes that follow from it, and who of them fits a search.
package creators
