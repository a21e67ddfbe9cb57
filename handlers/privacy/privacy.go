package privacy

import (
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	held "tribemarket/models/privacy"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	privacyview "tribemarket/views/privacy"
)

// showPrivacyNotice shows the inventory and the retention periods of this
// instance.
func (h *Handlers) showPrivacyNotice(c echo.Context) error {
	ctx := c.Request().Context()
	p := privacyview.AboutPrivacyProps{Holdings: held.Inventory(), Rules: h.Privacy.RetentionRules(), Site: h.Setup.Current().Name, Contact: h.Site.Contact}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "privacy.about.title"), Body: privacyview.AboutPrivacy(p)})
}

// showPrivacy shows what people can do about what is stored about them.
func (h *Handlers) showPrivacy(c echo.Context) error {
	return h.renderPrivacy(c, http.StatusOK, privacyview.PrivacySettingsProps{})
}

func (h *Handlers) renderPrivacy(c echo.Context, status int, p privacyview.PrivacySettingsProps) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	var err error
	if p.Leaving, err = h.Privacy.PreviewErasure(ctx, actor); err != nil {
		return err
	}
	p.Creator, p.Kind = actor.CreatorID != 0, string(actor.Side())
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "privacy.settings.title"), Body: privacyview.PrivacySettings(p)})
}

// exportPersonalData sends everything that is stored about the person, as a
// ZIP file.
func (h *Handlers) exportPersonalData(c echo.Context) error {
	ctx := c.Request().Context()
	name := "tribemarket-" + h.Clock().UTC().Format(time.DateOnly) + ".zip"
	return h.SendExport(c, name, "application/zip", func(w io.Writer, _ func()) error {
		e, err := h.Privacy.ExportPersonalData(ctx, web.ActorOf(c))
		if err != nil {
			return err
		}
		return e.WriteZip(w, privacyview.ExportReadme(ctx, h.Setup.Current().Name, h.Site.BaseURL))
	})
}

// erasePerson erases what is stored about the person, and signs them out; or says that it
// waits for their deals.
func (h *Handlers) erasePerson(c echo.Context) error {
	ctx := c.Request().Context()
	if c.FormValue("sure") == "" {
		return h.renderPrivacy(c, http.StatusUnprocessableEntity, privacyview.PrivacySettingsProps{Errors: components.FieldTexts(ctx, models.Fields{{Field: "sure", Key: "privacy.error.sure"}})})
	}
	erased, err := h.Privacy.AskErasure(ctx, web.ActorOf(c), i18n.T(ctx, "privacy.farewell"))
	if models.CodeOf(err) == models.CodeConflict {
		return h.renderPrivacy(c, http.StatusConflict, privacyview.PrivacySettingsProps{Error: web.ErrorText(ctx, err)})
	}
	if err != nil {
		return err
	}
	if !erased {
		h.Flash(c, "privacy.leaving.said.asked")
		return web.SeeOther(c, paths.PrivacySettings())
	}
	if err := h.Sessions.Destroy(ctx); err != nil {
		return models.Internal("end the session", err)
	}
	h.Flash(c, "privacy.gone")
	return web.SeeOther(c, paths.Home())
}

// cancelErasure lets a person stay whose erasure waits.
func (h *Handlers) cancelErasure(c echo.Context) error {
	if err := h.Privacy.CancelErasure(c.Request().Context(), web.ActorOf(c)); err != nil {
		return err
	}
	h.Flash(c, "privacy.leaving.said.stay")
	return web.SeeOther(c, paths.PrivacySettings())
}
