// Package artwork varies the drawings of static/art, so that many invented creators can
// show pictures that differ: mirrored, nearer or in other colours. A variant is painted
// when it is asked for, and its key says how.
package artwork
