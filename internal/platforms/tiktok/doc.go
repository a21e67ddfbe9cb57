// Package tiktok signs creators in with TikTok's Login Kit v2, as a
// goth.Provider, and reads their figures from its Display API.
package tiktok
