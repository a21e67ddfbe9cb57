package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	views "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

type reportForm struct {
	About  string `form:"about"`
	ID     string `form:"id"`
	Reason string `form:"reason"`
	Words  string `form:"words"`
}

// newReport asks why something is reported.
func (h *Handlers) newReport(c echo.Context) error {
	return h.reportPage(c, 200, reportForm{About: c.QueryParam("about"), ID: c.QueryParam("id")}, nil, "")
}

// report keeps it.
func (h *Handlers) report(c echo.Context) error {
	var f reportForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Moderation.Report(ctx, actorOf(c), moderation.Form{About: moderation.Kind(f.About), ID: f.ID, Reason: moderation.Reason(f.Reason), Words: f.Words})
	if fields, ok := invalid(err); ok {
		return h.reportPage(c, 422, f, fields, "")
	}
	if conflict, ok := asConflict(err); ok {
		return h.reportPage(c, 409, f, nil, i18n.T(ctx, conflict.Key, conflict.Args...))
	}
	if err != nil {
		return err
	}
	h.say(c, "moderation.said.reported")
	return seeOther(c, paths.BlockSettings())
}

func (h *Handlers) reportPage(c echo.Context, status int, f reportForm, fields models.Fields, refused string) error {
	ctx := c.Request().Context()
	sub, err := h.Moderation.Subject(ctx, actorOf(c), moderation.Kind(f.About), f.ID)
	if err != nil {
		return err
	}
	p := views.ReportProps{
		About: f.About, ID: f.ID, Name: sub.Name, Kind: i18n.T(ctx, "moderation.kind."+f.About), Back: pageOf(sub.Kind, f.ID),
		Reason: f.Reason, Words: f.Words, Errors: texts(ctx, fields), Problems: problems(ctx, fields, ""), Refused: refused,
	}
	for _, r := range moderation.Reasons() {
		p.Reasons = append(p.Reasons, components.Option{Value: string(r), Label: i18n.T(ctx, r.Key())})
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "moderation.report.title", "name", sub.Name), Head: layouts.Head{NoIndex: true}, Body: views.Report(p)})
}

// pageOf is the page of what can be reported.
func pageOf(kind moderation.Kind, id string) string {
	switch kind {
	case moderation.Brand:
		return paths.Brand(id)
	case moderation.Proposal:
		return paths.Proposal(id)
	case moderation.Deal:
		return paths.Deal(id)
	}
	return paths.Creator(id)
}

// showBlocks lists whom the actor's side has blocked, and what became of reports.
func (h *Handlers) showBlocks(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	blocks, err := h.Moderation.Blocks(ctx, actor)
	if err != nil {
		return err
	}
	reported, err := h.Moderation.Reported(ctx, actor)
	if err != nil {
		return err
	}
	warnings, err := h.Moderation.Warnings(ctx, actor)
	if err != nil {
		return err
	}
	p := views.BlocksProps{Kind: string(actor.Side())}
	for _, b := range blocks {
		page := paths.Creator(b.PublicID)
		if actor.Side() == models.SideCreator {
			page = paths.Brand(b.PublicID)
		}
		l := views.Line{Name: b.Name, Href: page, On: i18n.T(ctx, "moderation.blocked.on", "on", i18n.Date(ctx, b.CreatedAt))}
		if moderation.CanBlock(actor) {
			l.Undo = paths.Unblock(page)
		}
		p.Blocks = append(p.Blocks, l)
	}
	for _, r := range reported {
		p.Reported = append(p.Reported, views.Line{Name: r.Name, Text: i18n.T(ctx, "moderation.outcome."+outcome(r.Decision)), On: i18n.T(ctx, "moderation.reported.on", "on", i18n.Date(ctx, r.CreatedAt), "why", i18n.T(ctx, r.Reason.Key()))})
	}
	for _, r := range warnings {
		p.Warnings = append(p.Warnings, views.Line{Name: i18n.T(ctx, r.Decision.Key()), Text: r.Note, On: i18n.Date(ctx, *r.DecidedAt)})
	}
	return h.render(c, view{Title: i18n.T(ctx, "moderation.blocks.title"), Body: views.Blocks(p)})
}

func outcome(d moderation.Decision) string {
	if d == moderation.Undecided {
		return "open"
	}
	return string(d)
}

// block and unblock answer a brand on a creator's page, and a creator on a brand's.
func (h *Handlers) block(c echo.Context) error {
	return h.blockWith(c, h.Moderation.Block, "moderation.said.blocked")
}

func (h *Handlers) unblock(c echo.Context) error {
	return h.blockWith(c, h.Moderation.Unblock, "moderation.said.unblocked")
}

func (h *Handlers) blockWith(c echo.Context, verb func(context.Context, models.Actor, string) error, said string) error {
	if err := verb(c.Request().Context(), actorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.say(c, said)
	return seeOther(c, paths.BlockSettings())
}

// moderate is what the actor can do about a page's brand or creator, whom her
// side has blocked or not.
func moderate(a models.Actor, kind moderation.Kind, publicID string, id int64, blocked bool) components.Moderate {
	side := models.SideCreator
	if kind == moderation.Brand {
		side = models.SideBrand
	}
	own := side == models.SideBrand && a.BrandID == id || side == models.SideCreator && a.CreatorID == id
	if !a.SignedIn() || own {
		return components.Moderate{}
	}
	page := pageOf(kind, publicID)
	m := components.Moderate{Report: paths.NewReport(string(kind), publicID)}
	if a.Side() == side || !moderation.CanBlock(a) {
		return m
	}
	if blocked {
		m.Unblock = paths.Unblock(page)
	} else {
		m.Block = paths.Block(page)
	}
	return m
}

// suspendedPage says why somebody may do nothing here, since when, and how to
// answer. It gives false where that cannot be told.
func (h *Handlers) suspendedPage(c echo.Context) bool {
	ctx, v := c.Request().Context(), visitorOf(c)
	p, b := v.Session.Person, v.Session.Brand
	what, since, reason := "moderation.suspended.person", p.SuspendedAt, p.SuspendedReason
	if since == nil && b != nil {
		what, since, reason = "moderation.suspended.brand", b.SuspendedAt, b.SuspendedReason
	} else if own := v.Session.Profile; since == nil && own != nil {
		what, since, reason = "moderation.suspended.creator", own.SuspendedAt, own.SuspendedReason
	}
	if since == nil {
		return false
	}
	props := views.SuspendedProps{
		What: i18n.T(ctx, what, "name", v.name()), Since: i18n.T(ctx, "moderation.suspended.since", "on", i18n.Date(ctx, *since)), Reason: reason, Contact: h.Site.Contact,
	}
	err := h.render(c, view{Status: http.StatusForbidden, Title: i18n.T(ctx, "moderation.suspended.title"), Body: views.Suspended(props)})
	return err == nil
}
