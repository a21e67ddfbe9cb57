// Package testkit gives a test what it needs: a fresh migrated database of
// either kind, fixtures by meaning, a clock that is set, and a whole app.
package testkit
