// Package demo creates a complete example marketplace: invented creators whose figures
// follow published distributions, brands, proposals and deals in every state. Stories
// happen through the verbs that the site uses, each at its time; the crowd around them is
// written in batches by the same areas, as the verbs would have left it, so that the world
// is ready within seconds.
//
// What people write is in their own language: a profile in that of its creator, a deal
// with its title and its notes in that of the creator too, whoever is the brand. Creators
// and the first brand thus read their own language wherever somebody wrote something.
package demo
