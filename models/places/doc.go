// Package places knows countries and languages by their codes and names, and
// the time zone in which most of a country lives. It is pure.
package places
