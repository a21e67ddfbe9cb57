// Package dev shows every part of the pages in every state, for whoever builds
// them; it is served in development only, and speaks English.
package dev
