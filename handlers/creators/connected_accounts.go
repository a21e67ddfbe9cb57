package creators

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// showConnectedAccounts shows a creator's accounts on platforms.
func (h *Handlers) showConnectedAccounts(c echo.Context) error {
	return h.RenderConnectedAccounts(c, http.StatusOK, "")
}

// RenderConnectedAccounts shows a creator's accounts on platforms, with what
// is wrong, if something is.
func (h *Handlers) RenderConnectedAccounts(c echo.Context, status int, problem string) error {
	ctx := c.Request().Context()
	all, err := h.Creators.ListOwnConnections(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p := creatorsview.ConnectedAccountsProps{Connections: all, Error: problem}
	for _, provider := range h.Providers {
		p.Platforms = append(p.Platforms, provider.Platform)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.connected.title"), Body: creatorsview.ConnectedAccounts(p)})
}

// disconnectAccount ends the access to one of the creator's accounts, and
// deletes what is stored about it.
func (h *Handlers) disconnectAccount(c echo.Context) error {
	err := h.Creators.DisconnectAccount(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if models.CodeOf(err) == models.CodeConflict {
		return h.RenderConnectedAccounts(c, http.StatusConflict, web.ErrorText(c.Request().Context(), err))
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.connected.disconnected")
	return web.SeeOther(c, paths.ConnectedAccounts())
}

// showRemovalStatus says what became of a removal that a platform asked for.
func (h *Handlers) showRemovalStatus(c echo.Context) error {
	ctx := c.Request().Context()
	r, err := h.Creators.RemovalStatus(ctx, c.Param("code"))
	if err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "creators.connected.removal.title"), Body: creatorsview.DeletionRequest(creatorsview.DeletionRequestProps{Removal: r})})
}
