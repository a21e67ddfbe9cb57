package site

import (
	"context"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	dealsview "tribemarket/views/deals"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// How many entries of each list the dashboard shows.
const (
	mostWaiting = 12
	mostOthers  = 8
)

// PresentDashboard presents what waits for whom, and which states a side's deals are in.
func PresentDashboard(ctx context.Context, side models.Side, b negotiation.Board, now time.Time) DashboardProps {
	p := DashboardProps{
		Brand: side == models.SideBrand, Title: waitingTitle(ctx, len(b.Waiting)), Lead: waitingLead(ctx, b.Waiting, now),
		Waits:  waitingTasks(ctx, b.Waiting[:min(mostWaiting, len(b.Waiting))], now),
		Others: presentOthers(ctx, b.WaitingOnOthers[:min(mostOthers, len(b.WaitingOnOthers))], now),
		Recent: negotiationview.Rows(ctx, side, b.Latest, now),
	}
	if more := len(b.Waiting) - len(p.Waits); more > 0 {
		p.More = i18n.T(ctx, "site.dashboard.more", "n", more)
	}
	if len(b.WaitingOnOthers) > mostOthers {
		p.OthersMore = i18n.T(ctx, "site.dashboard.others.more")
	}
	p.Stages, p.StagesNote = dealStages(ctx, b.Standings)
	return p
}

// waitingTitle says how many things wait; small numbers are written as words.
func waitingTitle(ctx context.Context, n int) string {
	if key := "site.dashboard.title." + strconv.Itoa(n); i18n.HasText(key) {
		return i18n.T(ctx, key)
	}
	return i18n.T(ctx, "site.dashboard.title", "n", n)
}

// waitingLead says how much time is left until the first of them is due.
func waitingLead(ctx context.Context, waits []deals.Wait, now time.Time) string {
	today := i18n.WeekdayDate(ctx, now)
	switch {
	case len(waits) == 0:
		return i18n.T(ctx, "site.dashboard.lead.none", "today", today)
	case !now.Before(waits[0].Due):
		return i18n.T(ctx, "site.dashboard.lead.overdue", "today", today)
	}
	return i18n.T(ctx, "site.dashboard.lead", "today", today, "left", i18n.TimeUntil(ctx, waits[0].Due, now))
}

// waitingTasks presents what waits for the viewer.
func waitingTasks(ctx context.Context, waits []deals.Wait, now time.Time) []WaitingTask {
	all := make([]WaitingTask, len(waits))
	for i, w := range waits {
		p := WaitingTask{
			Avatar: dealsview.PartyAvatar(w.With), Product: dealsview.WithCycle(ctx, w.Product, w.Cycle), With: w.With.Name, Href: paths.Deal(w.Deal), Link: i18n.T(ctx, "site.dashboard.open.deal"),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", dealsview.DeadlineText(ctx, w.Deadline, now)),
		}
		switch {
		case w.Negotiation != "":
			p.Href, p.Link = paths.Negotiation(w.Negotiation), i18n.T(ctx, "site.dashboard.open.proposal")
			p.Title = i18n.T(ctx, w.Turn, "other", w.With.Name, "by", dealsview.DeadlineText(ctx, w.Due, now))
		case w.Contract != "":
			step := dealsview.ContractStep(ctx, contracts.Contract{PublicID: w.Contract, State: w.Signing})
			p.Href, p.Link, p.Title = step.Href, step.Label, dealsview.ContractTask(ctx, w.Signing, w.Amendment, dealsview.DeadlineText(ctx, w.Due, now))
		case w.Away:
			words := dealsview.DescribeHeldWait(ctx, w)
			p.Title, p.Otherwise, p.Link = words.Title, words.Then, i18n.T(ctx, "site.dashboard.open.late")
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

// presentOthers presents what waits for the other side.
func presentOthers(ctx context.Context, waits []deals.Wait, now time.Time) []OtherSideTask {
	all := make([]OtherSideTask, len(waits))
	for i, w := range waits {
		all[i] = OtherSideTask{
			Who: w.With.Name, Href: paths.Negotiation(w.Negotiation), By: dealsview.DeadlineText(ctx, w.Due, now), What: i18n.T(ctx, "site.dashboard.others.proposal", "product", w.Product),
			Otherwise: i18n.T(ctx, w.Otherwise, "deadline", dealsview.DeadlineText(ctx, w.Deadline, now)),
		}
		switch {
		case w.Contract != "":
			key := "contracts.others"
			if w.Amendment {
				key = "contracts.amendment.others"
			}
			all[i].Href, all[i].What = paths.Contract(w.Contract), i18n.T(ctx, key, "product", w.Product, "state", i18n.T(ctx, w.Signing.Key()))
		case w.Hold != nil:
			all[i].Href, all[i].Otherwise = paths.Deal(w.Deal), dealsview.DescribeHeldWait(ctx, w).Then
			all[i].What = i18n.T(ctx, "site.dashboard.others.held", "product", dealsview.WithCycle(ctx, w.Product, w.Cycle))
		case w.Deal != "":
			all[i].Href = paths.Deal(w.Deal)
			all[i].What = i18n.T(ctx, "site.dashboard.others.piece", "product", dealsview.WithCycle(ctx, w.Product, w.Cycle), "piece", dealsview.DeliverableName(ctx, w.Item), "state", i18n.T(ctx, w.State.Key()))
		}
	}
	return all
}

// dealStages counts the running deals by state, nothing if there is none.
func dealStages(ctx context.Context, standings []deals.Standing) ([]DealStage, string) {
	var all []DealStage
	running := 0
	for _, s := range standings {
		running += s.Deals
		p := DealStage{Name: i18n.T(ctx, s.State.Key()), Count: i18n.Number(ctx, int64(s.Deals)), Href: paths.Deals()}
		for _, m := range s.Worth {
			if m.IsZero() && len(s.Worth) > 1 { // gifts without a value, beside sums in another currency
				continue
			}
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
