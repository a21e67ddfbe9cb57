// Package handlers turns HTTP into questions to the business and its answers
// into pages: it alone, with internal/app, sees Echo, cookies and status codes.
package handlers
