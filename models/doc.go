// Package models holds the words that every area of the business shares: who
// is asking, money, dates, the clock, errors and keyset cursors.
package models
