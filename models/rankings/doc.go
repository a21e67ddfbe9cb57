// Package rankings computes and reads places by tribe and country, and the
// figures of a tribe.
package rankings
