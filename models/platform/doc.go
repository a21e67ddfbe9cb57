// Package platform knows the platforms by name: what a handle may be there, and
// where profiles and posts are shown.
package platform
