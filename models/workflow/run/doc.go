// Package run executes the tables of models/workflow: it makes transitions with their
// effects in one transaction, keeps the history, applies overdue default outcomes, sends
// reminders of deadlines and puts clocks on hold. An area registers a Kind for each of
// its tables; internal/app registers once what answers each gate and each effect.
package run
