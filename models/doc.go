// Package models holds what every area of the business shares: actors, money,
// dates, the clock, errors and keyset cursors.
package models
