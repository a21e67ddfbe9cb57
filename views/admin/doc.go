// Package admin is what administrators see: lists, one thing of each, and the
// forms by which they act.
package admin
