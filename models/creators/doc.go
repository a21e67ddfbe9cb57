// Package creators holds creators: their accounts on the platforms, their
// posts, and the figures, tribes and listings derived from them.
package creators
