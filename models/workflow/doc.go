// Package workflow describes a process between two sides: its states, who has to act in
// each and by when, where each action of each side leads, and what happens if nobody
// acts. It is data and pure functions; workflow/run executes it.
package workflow
