// Package notifications tells people what has happened: an event is published in the
// transaction that causes it; a job finds who is to be notified and how they want to be:
// in the app, by mail at once, or in a daily digest.
package notifications
