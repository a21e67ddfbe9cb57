// Package accounts shows signing in, the settings of a person, and a brand with
// its members, agencies, business details and domain.
package accounts
