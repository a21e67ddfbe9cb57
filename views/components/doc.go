// Package components holds the parts of which pages are made; they know words, numbers
// and URLs, and nothing about the business.
package components
