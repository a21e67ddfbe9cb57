package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/account"
	"tribemarket/views/components"
	"tribemarket/views/dashboard"
	"tribemarket/views/paths"
)

// showConnected shows a creator's accounts on platforms.
func (h *Handlers) showConnected(c echo.Context) error {
	return h.connectedPage(c, http.StatusOK, "")
}

func (h *Handlers) connectedPage(c echo.Context, status int, problem string) error {
	ctx := c.Request().Context()
	all, err := h.Creators.Connections(ctx, actorOf(c))
	if err != nil {
		return err
	}
	p := account.ConnectedProps{Connections: all, Error: problem}
	for _, provider := range h.Providers {
		p.Platforms = append(p.Platforms, provider.Platform)
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "connected.title"), Body: account.Connected(p)})
}

// disconnect ends the access to one of the creator's accounts, and deletes
// what is held on it.
func (h *Handlers) disconnect(c echo.Context) error {
	err := h.Creators.Disconnect(c.Request().Context(), actorOf(c), c.Param("id"))
	if models.CodeOf(err) == models.CodeConflict {
		return h.connectedPage(c, http.StatusConflict, textOf(c.Request().Context(), err))
	}
	if err != nil {
		return err
	}
	h.say(c, "connected.disconnected")
	return seeOther(c, paths.ConnectedAccounts())
}

// showRemoval says what became of a removal that a platform asked for.
func (h *Handlers) showRemoval(c echo.Context) error {
	ctx := c.Request().Context()
	r, err := h.Creators.RemovalStatus(ctx, c.Param("code"))
	if err != nil {
		return err
	}
	return h.render(c, view{Title: i18n.T(ctx, "connected.removal.title"), Body: account.Removal(account.RemovalProps{Removal: r})})
}

// lostNotices tell a creator on her dashboard of accounts that have to be
// connected again.
func lostNotices(ctx context.Context, accounts []creators.Connection, p *dashboard.Props) {
	for _, x := range accounts {
		if x.Lost() {
			p.Notices = append(p.Notices, dashboard.Notice{
				Kind: components.Late, Title: i18n.T(ctx, "connected.notice"), Href: paths.ConnectedAccounts(), Link: i18n.T(ctx, "connected.title"),
				Text: components.Platform(x.Platform) + " @" + x.Handle + ": " + i18n.T(ctx, x.ReasonKey()) + " " + account.Otherwise(ctx, x),
			})
		}
	}
}
