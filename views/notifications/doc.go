// Package notifications shows a person's notifications, and asks how they want to be
// notified.
package notifications
