package paths

import (
	"net/url"

	"tribemarket/models"
)

// Notifications is the list of what the person was told, from a place in it on.
func Notifications(after *models.Cursor) string {
	if after == nil {
		return "/notifications"
	}
	return "/notifications?after=" + url.QueryEscape(after.String())
}

// UnreadNotifications is the list of what they have not read.
func UnreadNotifications(after *models.Cursor) string {
	if after == nil {
		return "/notifications?unread=1"
	}
	return "/notifications?unread=1&after=" + url.QueryEscape(after.String())
}

// ReadNotifications marks one or all as read.
func ReadNotifications() string { return "/notifications/read" }

// NotificationSettings is where a person chooses how to be told.
func NotificationSettings() string { return "/settings/notifications" }

// StopMails is where the link of a mail leads that stops such mails.
func StopMails(secret string) string { return "/notifications/unsubscribe/" + url.PathEscape(secret) }

// Subject is the page of what a notification is about.
func Subject(kind, id string) string {
	switch kind {
	case "deal":
		return Deal(id)
	case "proposal":
		return Proposal(id)
	case "search":
		return SavedSearch(id, nil)
	case "members":
		return Members()
	case "domain":
		return DomainSettings()
	case "security":
		return SecuritySettings()
	case "reports":
		return BlockSettings()
	case "connections":
		return ConnectedAccounts()
	case "eligibility":
		return EligibilitySettings()
	}
	return Dashboard()
}
