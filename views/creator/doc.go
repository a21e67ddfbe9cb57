// Package creator shows a creator: the media kit that everybody sees, the form
// behind it, and the small pieces that the search shows of her too.
package creator
