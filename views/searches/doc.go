// Package searches shows the searches that a brand has saved: what they ask, who
// is mailed when, and which creators have come to fit since.
package searches
