// Package accounts holds people: how they sign in, the brands they act for, and
// their e-mail addresses.
package accounts
