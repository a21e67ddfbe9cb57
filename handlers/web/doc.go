// Package web is what the handlers of every area share: who asks and what the
// guards let them do, forms and their errors, pages and fragments, limits,
// messages for the next page, and where to go next.
package web
