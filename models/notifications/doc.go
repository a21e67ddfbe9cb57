// Package notifications tells people what has happened: an event is published in
// the transaction that causes it, one job finds who is told and how they want to
// be told, in the app, by mail at once or in a daily digest.
package notifications
