// Package rankings computes and reads rankings by tribe and country, and the
// figures of tribes.
package rankings
