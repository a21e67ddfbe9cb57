// Package moderation is what people do about each other: reports and blocks,
// and what a suspended person sees.
package moderation
