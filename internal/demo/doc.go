// Package demo creates a complete example marketplace: invented creators whose figures
// follow real distributions, brands, proposals and deals in every state, all through the
// verbs that the site uses.
package demo
