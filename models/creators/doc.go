// Package creators knows creators: their accounts on the platforms, what they
// posted, and the figures, tribes and listings that follow from it.
package creators
