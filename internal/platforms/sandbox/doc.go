// Package sandbox stands in for TikTok on loopback: it speaks the wire format
// of Login Kit v2 and the Display API, with invented accounts and faults on
// demand, for the demo, the tests and the browser tests.
package sandbox
