package site

import (
	"context"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	accountsview "tribemarket/views/accounts"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// How much of each list the dashboard shows.
const (
	dashboardWaits  = 12
	dashboardOthers = 8
	dashboardRecent = 5
)

// dashboard says what waits for whom.
func (h *Handlers) dashboard(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if v.Actor.Side() == "" {
		return h.nobodysDashboard(c)
	}
	p, waiting, err := h.dashboardProps(ctx, v)
	if err != nil {
		return err
	}
	c.Set(web.WaitingKey, waiting)
	if err := h.dashboardNotices(ctx, v, &p); err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.home"), Nav: layouts.NavHome, Body: site.Dashboard(p)})
}

func (h *Handlers) dashboardProps(ctx context.Context, v web.Visitor) (p site.DashboardProps, waiting int, err error) {
	now, a := h.Clock(), v.Actor
	p.Brand = a.Side() == models.SideBrand
	b, err := h.Deals.Board(ctx, a, now, dashboardRecent)
	if err != nil {
		return p, 0, err
	}
	waiting = len(b.Waiting)
	p.Title, p.Lead = waitingTitle(ctx, waiting), waitingLead(ctx, b.Waiting, now)
	p.Waits = waitProps(ctx, b.Waiting[:min(dashboardWaits, len(b.Waiting))], now)
	if more := waiting - len(p.Waits); more > 0 {
		p.More = i18n.T(ctx, "site.dashboard.more", "n", more)
	}
	p.Others = otherProps(ctx, b.Elsewhere[:min(dashboardOthers, len(b.Elsewhere))], now)
	if len(b.Elsewhere) > dashboardOthers {
		p.OthersMore = i18n.T(ctx, "site.dashboard.others.more")
	}
	p.Stages, p.StagesNote = stageProps(ctx, b.Standings)
	p.Recent = dealsview.ProposalRows(ctx, a.Side(), b.Latest, now)
	return p, waiting, nil
}

// waitingTitle says how many things wait; small numbers are words.
func waitingTitle(ctx context.Context, n int) string {
	if key := "site.dashboard.title." + strconv.Itoa(n); i18n.Has(key) {
		return i18n.T(ctx, key)
	}
	return i18n.T(ctx, "site.dashboard.title", "n", n)
}

func waitingLead(ctx context.Context, waits []deals.Wait, now time.Time) string {
	today := i18n.WeekdayDate(ctx, now)
	switch {
	case len(waits) == 0:
		return i18n.T(ctx, "site.dashboard.lead.none", "today", today)
	case !now.Before(waits[0].Due):
		return i18n.T(ctx, "site.dashboard.lead.overdue", "today", today)
	}
	return i18n.T(ctx, "site.dashboard.lead", "today", today, "left", i18n.Until(ctx, waits[0].Due, now))
}

func waitProps(ctx context.Context, waits []deals.Wait, now time.Time) []site.WaitingTask {
	all := make([]site.WaitingTask, len(waits))
	for i, w := range waits {
		p := site.WaitingTask{
			Avatar: dealsview.PartyAvatar(w.With), Product: w.Product, With: w.With.Name, Href: paths.Deal(w.Deal), Link: i18n.T(ctx, "site.dashboard.open.deal"),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", dealsview.DeadlineText(ctx, w.Deadline, now)),
		}
		switch {
		case w.Proposal != "":
			p.Href, p.Link = paths.Proposal(w.Proposal), i18n.T(ctx, "site.dashboard.open.proposal")
			p.Title = i18n.T(ctx, "deals.turn.open.mine", "other", w.With.Name, "by", dealsview.DeadlineText(ctx, w.Due, now))
		case w.MayEnd:
			p.Title, p.Link = i18n.T(ctx, "deals.turn.may_end", "other", w.With.Name, "the", dealsview.DeliverableNameForm(ctx, w.Item, ".the")), i18n.T(ctx, "site.dashboard.open.late")
			p.Otherwise = i18n.T(ctx, "site.dashboard.may_end")
		default:
			p.Title = dealsview.TurnTitle(ctx, w.Item, w.State, w.With.Name, true, w.Due, now)
			if w.Overdue {
				p.Overdue = i18n.T(ctx, "site.dashboard.overdue")
			}
		}
		all[i] = p
	}
	return all
}

func otherProps(ctx context.Context, waits []deals.Wait, now time.Time) []site.OtherSideTask {
	all := make([]site.OtherSideTask, len(waits))
	for i, w := range waits {
		all[i] = site.OtherSideTask{
			Who: w.With.Name, Href: paths.Proposal(w.Proposal), By: dealsview.DeadlineText(ctx, w.Due, now), What: i18n.T(ctx, "site.dashboard.others.proposal", "product", w.Product),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", dealsview.DeadlineText(ctx, w.Deadline, now)),
		}
		if w.Deal != "" {
			all[i].Href = paths.Deal(w.Deal)
			all[i].What = i18n.T(ctx, "site.dashboard.others.piece", "product", w.Product, "piece", dealsview.DeliverableName(ctx, w.Item), "state", i18n.T(ctx, w.State.Key()))
		}
	}
	return all
}

// stageProps is where the running deals stand, nothing if there is none.
func stageProps(ctx context.Context, standings []deals.Standing) ([]site.DealStage, string) {
	var all []site.DealStage
	running := 0
	for _, s := range standings {
		running += s.Deals
		p := site.DealStage{Name: i18n.T(ctx, s.State.Key()), Count: i18n.Number(ctx, int64(s.Deals)), Href: paths.Deals()}
		for _, m := range s.Worth {
			if p.Worth != "" {
				p.Worth += " + "
			}
			p.Worth += i18n.WholeMoney(ctx, m)
		}
		if s.Waiting > 0 {
			p.Mine = i18n.T(ctx, "site.dashboard.stage.mine", "n", s.Waiting)
		}
		all = append(all, p)
	}
	if running == 0 {
		return nil, ""
	}
	return all, i18n.T(ctx, "site.dashboard.stages.note", "n", running)
}

// nobodysDashboard is for somebody who is in no brand, and no creator.
func (h *Handlers) nobodysDashboard(c echo.Context) error {
	ctx := c.Request().Context()
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.home"), Nav: layouts.NavHome, Body: accountsview.Nobody()})
}
