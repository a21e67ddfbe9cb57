// Package demo makes a whole world to look at: invented creators whose figures
// follow real distributions, brands, proposals and deals in every state, all
// through the verbs that the site uses.
package demo
