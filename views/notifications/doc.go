// Package notifications shows what a person was told, and asks how they want to
// be told.
package notifications
