// Package discovery holds what brands keep while looking for creators: saved
// searches with alerts, shortlists, comparisons, budgets and exports. Searching
// itself is in models/search.
package discovery
