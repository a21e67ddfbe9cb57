// Package youtube signs creators in with Google's OAuth, as a goth.Provider,
// and reads their channel from YouTube's Data API v3 and Analytics API v2.
package youtube
