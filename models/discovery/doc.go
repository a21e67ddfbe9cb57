// Package discovery is what a brand keeps of its looking for creators: saved
// searches with their alerts, shortlists, comparisons, what a budget buys, and
// exports of them. Finding itself is models/creators'.
package discovery
