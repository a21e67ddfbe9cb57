// Package testkit provides what tests need: a fresh migrated database of either kind,
// fixtures named by meaning, a settable clock, and a whole app.
package testkit
