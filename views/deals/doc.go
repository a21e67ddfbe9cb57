// Package deals shows deals: the page on which both sides follow and do what
// was agreed, and their lists.
package deals
