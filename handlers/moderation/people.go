package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminPeople lists people.
func (h *Handlers) adminPeople(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Accounts.ListPeopleForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentPeople(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// adminPerson shows one.
func (h *Handlers) adminPerson(c echo.Context) error {
	return h.adminPersonPage(c, suspendForm{})
}

func (h *Handlers) adminPersonPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	id, err := personID(c)
	if err != nil {
		return err
	}
	d, err := h.Accounts.ReadPersonForAdmin(ctx, web.ActorOf(c), id)
	if err != nil {
		return err
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(moderationview.PresentPerson(ctx, d, f.answer())))
}

// suspendPerson suspends her, with a reason.
func (h *Handlers) suspendPerson(c echo.Context) error {
	id, err := personID(c)
	if err != nil {
		return err
	}
	return h.suspendWith(c, paths.AdminPerson(id), func(reason string) error {
		return h.Moderation.SuspendPerson(c.Request().Context(), web.ActorOf(c), id, reason)
	}, func(f suspendForm) error { return h.adminPersonPage(c, f) })
}

// restorePerson undoes it.
func (h *Handlers) restorePerson(c echo.Context) error {
	id, err := personID(c)
	if err != nil {
		return err
	}
	return h.restored(c, paths.AdminPerson(id), h.Moderation.RestorePerson(c.Request().Context(), web.ActorOf(c), id))
}
