// Package deals shows proposals, their terms, and the deals that come of them.
package deals
