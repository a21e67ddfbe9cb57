// Package search shows the search for creators: headline, filters with their counts, hits
// and navigation. htmx swaps the same component that the page includes.
package search
