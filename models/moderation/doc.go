// Package moderation holds suspensions, reports and blocks: what administrators
// do about people, brands and creators, and what these report about each other.
// It sits above the areas that it judges.
package moderation
