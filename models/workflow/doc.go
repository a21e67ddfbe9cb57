// Package workflow describes how something between two sides goes on: the
// states of it, who has to act in each and by when, which action of which side
// leads where, and what happens if nobody acts. It is data and pure functions;
// workflow/run carries it out.
package workflow
