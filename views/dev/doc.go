// Package dev shows every component of the pages in every state to developers; it is
// served in development only, in English.
package dev
