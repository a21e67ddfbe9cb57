// Package discovery shows what brands keep from their searches: saved searches,
// shortlists, the comparison of creators and the budget.
package discovery
