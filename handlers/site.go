package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/views/dev"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// home is the first page for visitors; whoever is signed in has a dashboard.
func (h *Handlers) home(c echo.Context) error {
	if actorOf(c).SignedIn() {
		return seeOther(c, paths.Dashboard())
	}
	ctx := c.Request().Context()
	floor, err := h.Creators.FreshFloor(ctx)
	if err != nil {
		return err
	}
	p := site.HomeProps{Floor: floor}
	for _, t := range h.Creators.Catalogue().All() {
		p.Tribes = append(p.Tribes, site.Tribe{Slug: t.Slug, Name: t.Display, Line: t.Description(string(i18n.From(ctx))), Mark: t.Mark, Hue: t.Hue})
	}
	return h.render(c, view{Title: i18n.T(ctx, "site.home.title"), Body: site.Home(p)})
}

// about serves a page of texts.
func (h *Handlers) about(c echo.Context) error {
	ctx := c.Request().Context()
	switch c.Path() {
	case paths.Figures():
		weights, err := h.Creators.Weights(ctx)
		if err != nil {
			return err
		}
		p := site.FiguresProps{Floor: h.Creators.Floor(), YouTubeDerived: h.Creators.Derives(platform.YouTube), Weights: weights}
		return h.render(c, view{Title: i18n.T(ctx, "site.figures.title"), Body: site.Figures(p)})
	case paths.Rules():
		return h.render(c, view{Title: i18n.T(ctx, "site.rules.title"), Body: site.Rules(rulesProps(ctx))})
	}
	return h.render(c, view{Title: i18n.T(ctx, "site.accessibility.title"), Body: site.Accessibility()})
}

func (h *Handlers) components(c echo.Context) error {
	return h.render(c, view{Title: "Components", Body: dev.Components()})
}

// demoMails shows the mails that a demo would have sent.
func (h *Handlers) demoMails(c echo.Context) error {
	kept, err := h.Mails(50)
	if err != nil {
		return models.Internal("read the demo's mails", err)
	}
	var p site.MailsProps
	for _, m := range kept {
		p.Mails = append(p.Mails, site.Mail{Name: m.Name, To: m.To, Subject: m.Subject, Text: m.Text, At: m.At})
	}
	return h.render(c, view{Title: i18n.T(c.Request().Context(), "site.mails.title"), Body: site.Mails(p)})
}

func (h *Handlers) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says whether the instance can answer: database there, schema current.
func (h *Handlers) readyz(c echo.Context) error {
	if err := h.Ready(c.Request().Context()); err != nil {
		h.Log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
