// Package platform knows the platforms: their names, what they allow as a handle, and the
// URLs of profiles and posts.
package platform
