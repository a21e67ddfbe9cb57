// Package shortlists shows the lists of creators that a brand keeps, creators
// beside each other, and what a budget buys of a list.
package shortlists
