package paths

import (
	"net/url"

	"tribemarket/models"
)

// Notifications is the list of the person's notifications, from a cursor on.
func Notifications(after *models.Cursor) string {
	if after == nil {
		return "/notifications"
	}
	return "/notifications?after=" + url.QueryEscape(after.String())
}

// UnreadNotifications is the list of unread notifications.
func UnreadNotifications(after *models.Cursor) string {
	if after == nil {
		return "/notifications?unread=1"
	}
	return "/notifications?unread=1&after=" + url.QueryEscape(after.String())
}

// ReadNotifications marks one or all as read.
func ReadNotifications() string { return "/notifications/read" }

// NotificationSettings is where people choose how to be notified.
func NotificationSettings() string { return "/settings/notifications" }

// StopMails is the page that a mail's unsubscribe link leads to.
func StopMails(secret string) string { return "/notifications/unsubscribe/" + url.PathEscape(secret) }

// Subject is the page of what a notification is about.
func Subject(kind, id string) string {
	switch kind {
	case "deal":
		return Deal(id)
	case "negotiation":
		return Negotiation(id)
	case "held":
		return HeldProposal(id)
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
	case "pictures":
		return PictureSettings()
	case "logo":
		return LogoSettings()
	case "connections":
		return ConnectedAccounts()
	case "eligibility":
		return EligibilitySettings()
	}
	return Dashboard()
}
