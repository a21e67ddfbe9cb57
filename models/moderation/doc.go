// Package moderation is what administrators do about people, brands and
// creators, and what these say of each other: suspensions, reports and blocks.
// It stands above the areas that it judges.
package moderation
