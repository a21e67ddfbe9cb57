// Package run carries out the tables of models/workflow: it does transitions
// with their effects in one transaction, keeps the history, lets overdue
// outcomes happen, reminds of deadlines and holds clocks. An area registers a
// Kind for each of its tables, and whoever can answer a gate or an effect does
// so once, in internal/app.
package run
