// Package search shows the discovery of creators: headline, filters with their
// counts, hits and the way on. Its Page is the piece that htmx swaps, too.
package search
