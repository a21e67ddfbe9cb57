// Package twitch signs creators in with Twitch's OAuth, as a goth.Provider, and
// reads their figures from the Helix API.
package twitch
