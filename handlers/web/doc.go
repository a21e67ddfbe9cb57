// Package web is what the handlers of all areas share: who makes the request and what the
// guards let them do, forms and their errors, pages and fragments, limits, messages for
// the next page, and redirects.
package web
