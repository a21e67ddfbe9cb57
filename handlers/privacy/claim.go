package privacy

import (
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	privacyview "tribemarket/views/privacy"
)

// showClaim is for the person behind a profile that nobody has claimed yet.
func (h *Handlers) showClaim(c echo.Context) error {
	ctx := c.Request().Context()
	kit, err := h.Creators.ReadMediaKit(ctx, web.ActorOf(c), c.Param("id"), "")
	if err != nil {
		return err
	}
	if kit.Creator.IsClaimed() {
		return models.NotFound()
	}
	p := privacyview.ProfileClaimProps{ID: kit.Creator.PublicID, Name: kit.Creator.Name, Contact: h.Site.Contact}
	for _, a := range kit.Accounts {
		if _, ok := h.Providers.ProviderOf(a.Platform); ok && !slices.Contains(p.Platforms, a.Platform) {
			p.Platforms = append(p.Platforms, a.Platform)
		}
	}
	p.Elsewhere = len(p.Platforms) == 0
	return h.Render(c, web.Page{Title: i18n.T(ctx, "privacy.claim.title"), Body: privacyview.ProfileClaim(p)})
}
