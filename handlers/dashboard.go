package handlers

import (
	"context"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/dashboard"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// How much of each list the dashboard shows.
const (
	dashboardWaits  = 12
	dashboardOthers = 8
	dashboardRecent = 5
)

// dashboard says what waits for whom.
func (h *Handlers) dashboard(c echo.Context) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	if v.Actor.Side() == "" {
		return h.nobodysDashboard(c)
	}
	p, waiting, err := h.dashboardProps(ctx, v)
	if err != nil {
		return err
	}
	c.Set(waitingKey, waiting)
	if err := h.dashboardNotices(ctx, v, &p); err != nil {
		return err
	}
	return h.render(c, view{Title: i18n.T(ctx, "frame.home"), Nav: layouts.NavHome, Body: dashboard.Page(p)})
}

func (h *Handlers) dashboardProps(ctx context.Context, v visitor) (p dashboard.Props, waiting int, err error) {
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
		p.More = i18n.T(ctx, "dashboard.more", "n", more)
	}
	p.Others = otherProps(ctx, b.Elsewhere[:min(dashboardOthers, len(b.Elsewhere))], now)
	if len(b.Elsewhere) > dashboardOthers {
		p.OthersMore = i18n.T(ctx, "dashboard.others.more")
	}
	p.Stages, p.StagesNote = stageProps(ctx, b.Standings)
	p.Recent = proposalRows(ctx, a.Side(), b.Latest, now)
	return p, waiting, nil
}

// waitingTitle says how many things wait; small numbers are words.
func waitingTitle(ctx context.Context, n int) string {
	if key := "dashboard.title." + strconv.Itoa(n); i18n.Has(key) {
		return i18n.T(ctx, key)
	}
	return i18n.T(ctx, "dashboard.title", "n", n)
}

func waitingLead(ctx context.Context, waits []deals.Wait, now time.Time) string {
	today := i18n.WeekdayDate(ctx, now)
	switch {
	case len(waits) == 0:
		return i18n.T(ctx, "dashboard.lead.none", "today", today)
	case !now.Before(waits[0].Due):
		return i18n.T(ctx, "dashboard.lead.overdue", "today", today)
	}
	return i18n.T(ctx, "dashboard.lead", "today", today, "left", i18n.Until(ctx, waits[0].Due, now))
}

func waitProps(ctx context.Context, waits []deals.Wait, now time.Time) []dashboard.Wait {
	all := make([]dashboard.Wait, len(waits))
	for i, w := range waits {
		p := dashboard.Wait{
			Avatar: avatarOf(w.With), Product: w.Product, With: w.With.Name, Href: paths.Deal(w.Deal), Link: i18n.T(ctx, "dashboard.open.deal"),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", deadline(ctx, w.Deadline, now)),
		}
		switch {
		case w.Proposal != "":
			p.Href, p.Link = paths.Proposal(w.Proposal), i18n.T(ctx, "dashboard.open.proposal")
			p.Title = i18n.T(ctx, "deal.turn.open.mine", "other", w.With.Name, "by", deadline(ctx, w.Due, now))
		case w.MayEnd:
			p.Title, p.Link = i18n.T(ctx, "deal.turn.may_end", "other", w.With.Name, "the", pieceForm(ctx, w.Item, ".the")), i18n.T(ctx, "dashboard.open.late")
			p.Otherwise = i18n.T(ctx, "dashboard.may_end")
		default:
			p.Title = turnTitle(ctx, w.Item, w.State, w.With.Name, true, w.Due, now)
			if w.Overdue {
				p.Overdue = i18n.T(ctx, "dashboard.overdue")
			}
		}
		all[i] = p
	}
	return all
}

func otherProps(ctx context.Context, waits []deals.Wait, now time.Time) []dashboard.Other {
	all := make([]dashboard.Other, len(waits))
	for i, w := range waits {
		all[i] = dashboard.Other{
			Who: w.With.Name, Href: paths.Proposal(w.Proposal), By: deadline(ctx, w.Due, now), What: i18n.T(ctx, "dashboard.others.proposal", "product", w.Product),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", deadline(ctx, w.Deadline, now)),
		}
		if w.Deal != "" {
			all[i].Href = paths.Deal(w.Deal)
			all[i].What = i18n.T(ctx, "dashboard.others.piece", "product", w.Product, "piece", pieceName(ctx, w.Item), "state", i18n.T(ctx, w.State.Key()))
		}
	}
	return all
}

// stageProps is where the running deals stand, nothing if there is none.
func stageProps(ctx context.Context, standings []deals.Standing) ([]dashboard.Stage, string) {
	var all []dashboard.Stage
	running := 0
	for _, s := range standings {
		running += s.Deals
		p := dashboard.Stage{Name: i18n.T(ctx, s.State.Key()), Count: i18n.Number(ctx, int64(s.Deals)), Href: paths.Deals()}
		for _, m := range s.Worth {
			if p.Worth != "" {
				p.Worth += " + "
			}
			p.Worth += i18n.WholeMoney(ctx, m)
		}
		if s.Waiting > 0 {
			p.Mine = i18n.T(ctx, "dashboard.stage.mine", "n", s.Waiting)
		}
		all = append(all, p)
	}
	if running == 0 {
		return nil, ""
	}
	return all, i18n.T(ctx, "dashboard.stages.note", "n", running)
}

// dashboardNotices adds what no deadline forces, and how to begin.
func (h *Handlers) dashboardNotices(ctx context.Context, v visitor, p *dashboard.Props) error {
	fresh := len(p.Waits) == 0 && len(p.Stages) == 0 && len(p.Recent) == 0
	if p.Brand {
		if fresh {
			p.Start = &dashboard.Start{
				Title: i18n.T(ctx, "dashboard.start.brand"), Text: i18n.T(ctx, "dashboard.start.brand.text"),
				Href: paths.Creators(nil), Link: i18n.T(ctx, "proposals.find"),
			}
			p.Title, p.Lead = i18n.T(ctx, "dashboard.welcome", "name", v.name()), ""
		}
		return h.searchNotices(ctx, v.Actor, p)
	}
	if v.Session.Person.EmailConfirmedAt == nil {
		p.Notices = append(p.Notices, dashboard.Notice{
			Kind: components.Late, Title: i18n.T(ctx, "dashboard.email"), Text: i18n.T(ctx, "dashboard.email.text"),
			Href: paths.Settings(), Link: i18n.T(ctx, "dashboard.email.link"),
		})
	}
	if v.Actor.CreatorID == 0 {
		return nil
	}
	accounts, err := h.Creators.Connections(ctx, v.Actor)
	if err != nil {
		return err
	}
	lostNotices(ctx, accounts, p)
	if !v.Session.Profile.Listed {
		names, err := h.Creators.Names(ctx, []int64{v.Actor.CreatorID})
		if err != nil {
			return err
		}
		own := names[v.Actor.CreatorID]
		p.Notices = append(p.Notices, dashboard.Notice{
			Title: i18n.T(ctx, "dashboard.unlisted"), Href: paths.Figures(), Link: i18n.T(ctx, "frame.figures"),
			Text: i18n.T(ctx, "dashboard.unlisted.text", "followers", own.Followers, "floor", h.Creators.Floor(), "missing", max(0, h.Creators.Floor()-own.Followers)),
		})
	}
	graceNotices(ctx, accounts, p)
	if !fresh {
		return nil
	}
	p.Title, p.Lead = i18n.T(ctx, "dashboard.welcome", "name", v.name()), ""
	start, err := h.creatorStart(ctx, v)
	p.Start = start
	return err
}

// creatorStart says what a creator's page still lacks.
func (h *Handlers) creatorStart(ctx context.Context, v visitor) (*dashboard.Start, error) {
	kit, err := h.Creators.Own(ctx, v.Actor)
	if err != nil {
		return nil, err
	}
	check := func(key string, met bool) components.CheckItem {
		return components.CheckItem{Met: met, Label: i18n.T(ctx, "dashboard.check."+key)}
	}
	return &dashboard.Start{
		Title: i18n.T(ctx, "dashboard.start.creator"), Text: i18n.T(ctx, "dashboard.start.creator.text"),
		Href: paths.ProfileSettings(), Link: i18n.T(ctx, "dashboard.start.creator.link"),
		Steps: []components.CheckItem{
			check("country", kit.Creator.Country != ""), check("languages", len(kit.Languages) > 0), check("tribes", len(kit.Tribes) > 0),
			check("types", len(kit.ContentTypes) > 0), check("prices", len(kit.Prices) > 0),
		},
	}, nil
}
