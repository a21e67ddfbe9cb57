package handlers

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/admin"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// showAdmin is where administrators begin: what waits for them, and numbers.
func (h *Handlers) showAdmin(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := h.Moderation.Overview(ctx, actorOf(c))
	if err != nil {
		return err
	}
	p := admin.OverviewProps{Lead: i18n.T(ctx, "admin.lead", "today", i18n.WeekdayDate(ctx, h.Clock())), Href: paths.AdminReports()}
	if o.OpenReports > 0 {
		p.Waits = i18n.T(ctx, "admin.waits.reports", "n", o.OpenReports)
	}
	for _, f := range []struct {
		key string
		n   int64
	}{
		{"people", o.People}, {"brands", o.Brands}, {"creators", o.Creators}, {"claimed", o.Claimed}, {"listed", o.Listed},
		{"open_proposals", o.OpenProposals}, {"running_deals", o.RunningDeals}, {"suspended", o.Suspended}, {"unsealed", o.Unsealed},
	} {
		p.Figures = append(p.Figures, components.Figure{Label: i18n.T(ctx, "admin.figure."+f.key), Value: i18n.Number(ctx, f.n)})
	}
	p.Index = indexFacts(ctx, h.Creators.IndexState())
	p.Failures = admin.Table{Caption: i18n.T(ctx, "admin.jobs"), Columns: columns(ctx, "job", "retried", "given_up")}
	for _, f := range o.Failures {
		p.Failures.Rows = append(p.Failures.Rows, []admin.Cell{{Text: f.Job}, {Text: i18n.Number(ctx, f.Retried)}, {Text: i18n.Number(ctx, f.GivenUp)}})
	}
	return h.adminPage(c, 200, i18n.T(ctx, "admin.title"), admin.Overview(p))
}

func (h *Handlers) adminPage(c echo.Context, status int, title string, body templ.Component) error {
	return h.render(c, view{Status: status, Title: title, Head: layouts.Head{NoIndex: true}, Body: body})
}

func columns(ctx context.Context, keys ...string) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = i18n.T(ctx, "admin.column."+k)
	}
	return all
}

// adminFilter reads an administrator's list from its address.
func adminFilter(c echo.Context) accounts.AdminFilter {
	return accounts.AdminFilter{Words: cleaned(c.QueryParam("q")), Suspended: c.QueryParam("state") == "suspended", After: c.QueryParam("after")}
}

// adminList is what the lists of people, brands and creators have in common.
func adminList(ctx context.Context, what, here string, f accounts.AdminFilter, next string) admin.ListProps {
	at := func(state, after string) string {
		q := url.Values{}
		for k, v := range map[string]string{"q": f.Words, "state": state, "after": after} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return withQuery(here, q)
	}
	state := ""
	if f.Suspended {
		state = "suspended"
	}
	p := admin.ListProps{
		Title: i18n.T(ctx, "admin.nav."+what), Here: here, Action: here, Empty: i18n.T(ctx, "admin.empty"),
		Fields:  []components.Field{{Name: "q", Label: i18n.T(ctx, "admin.search."+what), Value: f.Words, Type: "search"}},
		Choices: []components.Tab{{Href: at("", ""), Label: i18n.T(ctx, "admin.all"), Here: !f.Suspended}, {Href: at("suspended", ""), Label: i18n.T(ctx, "admin.only_suspended"), Here: f.Suspended}},
	}
	if next != "" {
		p.Pager.Next = at(state, next)
	}
	if f.After != "" {
		p.Pager.First = at(state, "")
	}
	return p
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// suspendedCell says whether a row is suspended.
func suspendedCell(ctx context.Context, at *time.Time) admin.Cell {
	if at == nil {
		return admin.Cell{}
	}
	return admin.Cell{Text: i18n.T(ctx, "admin.suspended"), Note: i18n.Date(ctx, *at), Kind: components.Bad, Sign: true}
}

// suspension is the form of a page about something that can be suspended.
func suspension(ctx context.Context, of, what string, at *time.Time, reason string, r suspendForm) admin.Suspension {
	s := admin.Suspension{Action: paths.Suspension(of), Undo: paths.Restoration(of), What: i18n.T(ctx, "admin.suspend."+what), Reason: r.Reason, Error: r.wrong}
	if at != nil {
		s.Since, s.Reason = i18n.Date(ctx, *at), reason
	}
	return s
}

// suspendForm is why something is suspended.
type suspendForm struct {
	Reason string `form:"reason"`
	wrong  string
}

// suspendWith reads the reason, asks the verb, and gives the page back when the
// reason is missing.
func (h *Handlers) suspendWith(c echo.Context, of string, verb func(reason string) error, again func(suspendForm) error) error {
	var f suspendForm
	if err := read(c, &f); err != nil {
		return err
	}
	err := verb(f.Reason)
	if fields, ok := invalid(err); ok {
		f.wrong = texts(c.Request().Context(), fields)["reason"]
		return again(f)
	}
	if err != nil {
		return err
	}
	h.say(c, "admin.said.suspended")
	return seeOther(c, of)
}

func (h *Handlers) restored(c echo.Context, of string, err error) error {
	if err != nil {
		return err
	}
	h.say(c, "admin.said.restored")
	return seeOther(c, of)
}

func (f suspendForm) status() int {
	if f.wrong != "" {
		return 422
	}
	return 200
}

func (f suspendForm) problems() []components.Problem {
	if f.wrong == "" {
		return nil
	}
	return []components.Problem{{Field: "reason", Message: f.wrong}}
}

// personID is the number in an address.
func personID(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, models.NotFound()
	}
	return id, nil
}

// auditLink leads to what happened to something.
func auditLink(ctx context.Context, subject string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "admin.history"), Href: paths.AdminAudit(url.Values{"subject": {subject}})}
}

func fact(ctx context.Context, key, value string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "admin.column."+key), Value: value}
}
