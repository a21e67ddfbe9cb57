package notifications

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/notifications", h.listNotifications, web.SignedIn),
		web.Post("/notifications/read", h.readNotifications, web.SignedIn),
		web.Get("/settings/notifications", h.showNotificationSettings, web.SignedIn),
		web.Post("/settings/notifications", h.setNotificationSettings, web.SignedIn),
		web.Get("/notifications/unsubscribe/:token", h.showStopMails, web.Anyone),
		web.Post("/notifications/unsubscribe/:token", h.stopMails, web.Machine),
	}
}
