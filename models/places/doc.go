// Package places knows countries and languages by their codes and names, and the time
// zone in which most people of a country live. It is pure.
package places
