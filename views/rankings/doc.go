// Package rankings shows the rankings, the list of tribes and the page of a tribe.
package rankings
