// Package wire is what the platforms' adapters share: calls and their limits,
// the OAuth steps that are alike, and values as the platforms write them.
package wire
