package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listPeople lists people.
func (h *Handlers) listPeople(c echo.Context) error {
	ctx, f := c.Request().Context(), readListFilter(c)
	rows, next, err := h.Accounts.ListPeopleForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentPeople(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// showPerson shows a person.
func (h *Handlers) showPerson(c echo.Context) error {
	return h.renderPerson(c, suspensionForm{})
}

func (h *Handlers) renderPerson(c echo.Context, f suspensionForm) error {
	ctx := c.Request().Context()
	id, err := personIDParam(c)
	if err != nil {
		return err
	}
	d, err := h.Accounts.ReadPersonForAdmin(ctx, web.ActorOf(c), id)
	if err != nil {
		return err
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(moderationview.PresentPerson(ctx, d, f.answer())))
}

// suspendPerson suspends a person, with a reason.
func (h *Handlers) suspendPerson(c echo.Context) error {
	id, err := personIDParam(c)
	if err != nil {
		return err
	}
	return h.suspendAndRedirect(c, paths.AdminPerson(id), func(reason string) error {
		return h.Moderation.SuspendPerson(c.Request().Context(), web.ActorOf(c), id, reason)
	}, func(f suspensionForm) error { return h.renderPerson(c, f) })
}

// restorePerson ends their suspension.
func (h *Handlers) restorePerson(c echo.Context) error {
	id, err := personIDParam(c)
	if err != nil {
		return err
	}
	return h.redirectRestored(c, paths.AdminPerson(id), h.Moderation.RestorePerson(c.Request().Context(), web.ActorOf(c), id))
}
