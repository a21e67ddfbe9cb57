// Package sandbox stands in for TikTok, YouTube, Instagram and Twitch on loopback: below
// a prefix for each it speaks the platform's own wire format, with invented accounts,
// faults on demand and signed removals, for the demo, the tests and the browser tests.
package sandbox
