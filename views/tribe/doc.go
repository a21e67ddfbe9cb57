// Package tribe shows what a tribe is: its size, what is usual in it, who leads
// it and the hashtags by which it is known.
package tribe
