package site

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/deals"
	creatorsview "tribemarket/views/creators"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// showExampleCreator shows the media kit of a creator who does not exist, by the page of
// those who do. Nothing of it is stored.
func (h *Handlers) showExampleCreator(c echo.Context) error {
	ctx := c.Request().Context()
	past := examplePast(ctx, h.Clock())
	p := creatorsview.MediaKitProps{
		Kit: h.exampleKit(ctx, h.Clock()), Past: past, Record: deals.TrackRecord{Completed: len(past)}, Now: h.Clock(), Floor: h.Creators.FollowerFloor(),
		NoProposal: creatorsview.NoProposal{Text: i18n.T(ctx, "site.example.no_proposal"), Href: paths.Creators(nil), Link: i18n.T(ctx, "site.home.all")},
	}
	return h.renderExample(c, exampleName, creatorsview.MediaKit(p))
}

// showExampleDeal shows a deal that does not exist, as its brand would see it.
func (h *Handlers) showExampleDeal(c echo.Context) error {
	ctx := c.Request().Context()
	p := exampleDeal(ctx, h.Clock())
	return h.renderExample(c, p.Product, dealsview.Deal(p))
}

func (h *Handlers) renderExample(c echo.Context, title string, body templ.Component) error {
	return h.Render(c, web.Page{Title: i18n.T(c.Request().Context(), "site.example.title", "name", title), Head: layouts.Head{NoIndex: true}, Body: site.Example(body)})
}
