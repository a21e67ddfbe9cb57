// Package moderation shows reports, blocks and suspensions, and the pages of the
// administration.
package moderation
