// Package proposals shows proposals: the form, the page that both sides see,
// the lists, and where the link for a creator who is not here yet leads.
package proposals
