package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	held "tribemarket/models/privacy"
	"tribemarket/views/paths"
	"tribemarket/views/privacy"
)

// aboutPrivacy tells what the inventory and the periods of this instance are.
func (h *Handlers) aboutPrivacy(c echo.Context) error {
	ctx := c.Request().Context()
	p := privacy.AboutProps{Holdings: held.Inventory(), Rules: h.Privacy.Rules(), Site: h.Site.Name, Contact: h.Site.Contact}
	return h.render(c, view{Title: i18n.T(ctx, "privacy.about.title"), Body: privacy.About(p)})
}

// showPrivacy shows what a person can do about what is held on her.
func (h *Handlers) showPrivacy(c echo.Context) error {
	return h.privacyPage(c, http.StatusOK, privacy.SettingsProps{})
}

func (h *Handlers) privacyPage(c echo.Context, status int, p privacy.SettingsProps) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var err error
	if p.Leaving, err = h.Privacy.Leaving(ctx, actor); err != nil {
		return err
	}
	p.Creator, p.Kind = actor.CreatorID != 0, string(actor.Side())
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "privacy.settings.title"), Body: privacy.Settings(p)})
}

// exportPrivacy sends everything that is held on the person, as a zip.
func (h *Handlers) exportPrivacy(c echo.Context) error {
	ctx := c.Request().Context()
	e, err := h.Privacy.Export(ctx, actorOf(c))
	if err != nil {
		return err
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, "application/zip")
	head.Set(echo.HeaderContentDisposition, `attachment; filename="tribemarket-`+e.MadeAt.Format("2006-01-02")+`.zip"`)
	c.Response().WriteHeader(http.StatusOK)
	return e.Write(c.Response(), i18n.T(ctx, "privacy.readme", "site", h.Site.Name, "address", h.Site.BaseURL+paths.Privacy())+"\n")
}

// erase removes what is held on the person, and signs her out.
func (h *Handlers) erase(c echo.Context) error {
	ctx := c.Request().Context()
	if c.FormValue("sure") == "" {
		return h.privacyPage(c, http.StatusUnprocessableEntity, privacy.SettingsProps{Errors: map[string]string{"sure": i18n.T(ctx, "privacy.error.sure")}})
	}
	err := h.Privacy.Erase(ctx, actorOf(c), i18n.T(ctx, "privacy.farewell"))
	if models.CodeOf(err) == models.CodeConflict {
		return h.privacyPage(c, http.StatusConflict, privacy.SettingsProps{Error: textOf(ctx, err)})
	}
	if err != nil {
		return err
	}
	if err := h.Sessions.Destroy(ctx); err != nil {
		return models.Internal("end the session", err)
	}
	h.say(c, "privacy.gone")
	return seeOther(c, paths.Home())
}

// showClaim is for whoever is behind a profile that nobody has claimed.
func (h *Handlers) showClaim(c echo.Context) error {
	ctx := c.Request().Context()
	kit, err := h.Creators.Get(ctx, actorOf(c), c.Param("id"), "")
	if err != nil {
		return err
	}
	if kit.Creator.Claimed() {
		return models.NotFound()
	}
	p := privacy.ClaimProps{ID: kit.Creator.PublicID, Name: kit.Creator.Name, Contact: h.Site.Contact}
	for _, a := range kit.Accounts {
		if _, ok := h.Providers.Get(a.Platform); ok && !slices.Contains(p.Platforms, a.Platform) {
			p.Platforms = append(p.Platforms, a.Platform)
		}
	}
	p.Elsewhere = len(p.Platforms) == 0
	return h.render(c, view{Title: i18n.T(ctx, "privacy.claim.title"), Body: privacy.Claim(p)})
}
