package site

import (
	"context"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/search"
	"tribemarket/views/dev"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
	"tribemarket/views/site"
)

// showHome is the home page for visitors; a signed-in person has a dashboard.
func (h *Handlers) showHome(c echo.Context) error {
	if web.ActorOf(c).SignedIn() {
		return web.SeeOther(c, paths.Dashboard())
	}
	ctx := c.Request().Context()
	floor, err := h.Creators.FreshFollowerFloor(ctx)
	if err != nil {
		return err
	}
	sizes, err := h.Rankings.TribeSizes(ctx)
	if err != nil {
		return err
	}
	row, err := h.oneRow(ctx)
	if err != nil {
		return err
	}
	content := site.HomeContent{Tribes: h.Creators.TribeCatalogue().VisibleTribes(), Sizes: sizes, Floor: floor, Row: row, Turn: exampleDeal(ctx, h.Clock()).Turn.TurnCard}
	if content.Faces, err = h.Rankings.TribeFaces(ctx, nil, rowCreators(row)); err != nil {
		return err
	}
	if content.Works, err = h.Creators.PicturesOf(ctx, content.CreatorIDs(), site.WorksOfEach); err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "site.home.title"), Body: site.Home(site.PresentHome(ctx, content))})
}

// oneRow is a creator with verified figures, if possible one with works, as a search shows
// them; nil if there is none, or as long as the index is being built.
func (h *Handlers) oneRow(ctx context.Context) (*searchview.SearchProps, error) {
	filter, _, err := h.Search.ReadFilter(ctx, url.Values{"verified": {"1"}})
	if err != nil {
		return nil, err
	}
	found, err := h.Search.Search(ctx, filter)
	if err != nil {
		if models.CodeOf(err) == models.CodeUnavailable {
			return nil, nil //nolint:nilnil // the page does without
		}
		return nil, err
	}
	if len(found.Hits) == 0 {
		return nil, nil //nolint:nilnil // likewise
	}
	best := max(0, slices.IndexFunc(found.Hits, func(x search.Hit) bool { return len(x.Pictures.Works) > 3 }))
	found.Hits = found.Hits[best : best+1]
	return &searchview.SearchProps{Filter: filter, Result: found, Catalogue: h.Creators.TribeCatalogue(), Now: h.Clock(), Alone: true}, nil
}

// rowCreators are the ids of those in the row.
func rowCreators(row *searchview.SearchProps) []int64 {
	if row == nil {
		return nil
	}
	return []int64{row.Result.Hits[0].Creator.ID}
}

func (h *Handlers) showComponents(c echo.Context) error {
	return h.Render(c, web.Page{Title: "Components", Body: dev.Components()})
}
