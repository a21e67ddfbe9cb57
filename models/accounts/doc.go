// Package accounts knows people: how they sign in, the brands they act for,
// and the e-mail addresses that are theirs.
package accounts
