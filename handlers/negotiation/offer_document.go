package negotiation

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	documentsview "tribemarket/views/documents"
)

// downloadOffer sends an offer as a PDF to its two sides, with the creator's media kit.
func (h *Handlers) downloadOffer(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	n, err := h.Negotiations.Get(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(c.Param("n"))
	o := n.Offer(number)
	if o == nil {
		return models.NotFound()
	}
	kit, err := h.readKit(ctx, actor, n.Creator.PublicID)
	if err != nil {
		return err
	}
	p := documentsview.PresentOffer(ctx, n, *o, kit, h.Clock())
	return h.SendPDF(c, "offer-"+strconv.Itoa(number)+".pdf", p.Kind+": "+p.Title, documentsview.Offer(p))
}

// readKit reads the media kit as the actor may see it; nil if the creator is no longer
// listed.
func (h *Handlers) readKit(ctx context.Context, actor models.Actor, creator string) (*documentsview.KitProps, error) {
	kit, err := h.Creators.ReadMediaKit(ctx, actor, creator, "")
	if models.CodeOf(err) == models.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	record, err := h.Deals.ReadTrackRecord(ctx, actor, kit.Creator.ID, h.Clock())
	if err != nil {
		return nil, err
	}
	return documentsview.PresentKit(ctx, kit, record.Past), nil
}
