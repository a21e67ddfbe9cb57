// Package rankings shows creators by engagement or growth, in a tribe and a
// country, with how their places changed.
package rankings
