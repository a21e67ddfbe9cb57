// Package components holds the parts that pages are put together from; they know
// words, numbers and URLs, and nothing of the business.
package components
