package jobs_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
	"tribemarket/models/search"
	"tribemarket/models/workflow/run"
)

// told is a marketplace in which something has happened that every sender of
// mails tells of, and says who is told.
type told struct {
	t *testing.T
	*apptest.App
	owner, manager, agent, creator models.Actor
	names                          map[int64]string
	creatorID                      int64
	senders                        map[string]func() []int64
}

func newTold(t *testing.T, a *apptest.App) *told {
	w := &told{t: t, App: a, owner: a.SignUpBrand(t, "client")}
	w.manager = a.AddMember(t, w.owner, models.RoleManager)
	w.agent = a.AddAgencyMember(t, w.owner, models.RoleManager, models.RoleManager)
	var page string
	w.creator, page = a.JoinCreator(t, "penne.sandbox")
	w.must(a.Accounts.ConfirmEmailWithoutLink(ctx, w.creator.PersonID, "penne@creators.example"))
	w.names = map[int64]string{w.owner.PersonID: "owner", w.manager.PersonID: "manager", w.agent.PersonID: "agent", w.creator.PersonID: "creator"}
	w.creatorID = w.creator.CreatorID

	sent, err := a.Negotiations.Propose(ctx, w.owner, page, form(), "form-1")
	w.must(err)
	proposed := w.number("SELECT max(id) FROM workflow_events")
	_, err = a.Negotiations.Accept(ctx, w.creator, sent.Negotiation, 1)
	w.must(err)
	accepted := w.number("SELECT max(id) FROM workflow_events")
	piece := w.number("SELECT max(id) FROM deliverables")
	w.exec("UPDATE account_tokens SET state = 'reconnect', reason = 'refused', since = ?", a.Clock.Now())
	account := w.number("SELECT max(account_id) FROM account_tokens")
	w.must(a.Creators.SetFloor(ctx, a.CreateAdmin(t), creators.ProgrammeMarketplace, creators.FloorForm{Followers: "900000000"}))
	w.must(a.Creators.ReapplyFloor(ctx, creators.ReapplyFloorArgs{}))
	decided := w.decision(page)
	about := w.decisionOnBrand()

	w.senders = map[string]func() []int64{
		"the deal's event, to the brand":   func() []int64 { return w.announced(a.Deals.Announcement(ctx, accepted)) },
		"the deal's event, to the creator": func() []int64 { return w.announced(a.Deals.Announcement(ctx, proposed)) },
		"the deal's reminder": func() []int64 {
			x, _, err := a.Deals.Reminder(ctx, run.RemindArgs{Subject: "deliverable", SubjectID: piece, Version: 1})
			return w.announced(x, err)
		},
		"the alert of a saved search": func() []int64 { return w.alerted() },
		"a notice to a brand's people": func() []int64 {
			return w.noticed(accounts.Notice{Kind: accounts.NoticeRole, BrandID: w.owner.BrandID, OfID: w.owner.BrandID})
		},
		"a lost connection": func() []int64 {
			l, due, err := a.Creators.ReadLostConnection(ctx, creators.LostConnectionArgs{AccountID: account, Since: a.Clock.Now()})
			w.must(err)
			return ifDue(l.To.PersonID, due)
		},
		"an account below the floor": func() []int64 {
			n, due, err := a.Creators.ReadFloorNotice(ctx, creators.FloorNoticeArgs{AccountID: account, At: a.Clock.Now()})
			w.must(err)
			return ifDue(n.To.PersonID, due)
		},
		"a decision on a creator": func() []int64 { return w.judged(decided) },
		"a decision on a brand":   func() []int64 { return w.judged(about) },
	}
	return w
}

func (w *told) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *told) number(query string) (n int64) {
	w.t.Helper()
	w.must(w.DB.Read(ctx).Raw(query).Scan(&n).Error)
	return n
}

func (w *told) exec(query string, args ...any) {
	w.t.Helper()
	w.must(w.DB.Read(ctx).Exec(query, args...).Error)
}

func ifDue(id int64, due bool) []int64 {
	if !due {
		return nil
	}
	return []int64{id}
}

func (w *told) announced(a deals.Announcement, err error) (ids []int64) {
	w.must(err)
	for _, c := range a.To {
		ids = append(ids, c.PersonID)
	}
	return ids
}

// alerted asks for each of the brand's people whether they could be mailed, were
// the search theirs.
func (w *told) alerted() (ids []int64) {
	if w.number("SELECT count(*) FROM saved_searches") == 0 {
		_, err := w.Discovery.SaveSearch(ctx, w.owner, discovery.SavedSearchForm{Name: "All", Alert: discovery.AlertInstant}, search.Filter{})
		w.must(err)
	}
	for id := range w.names {
		w.exec("UPDATE saved_searches SET mails_to = ?", id)
		all, err := w.Discovery.ListSavedSearches(ctx, w.owner)
		w.must(err)
		if all[0].Reaches {
			ids = append(ids, id)
		}
	}
	return ids
}

func (w *told) noticed(n accounts.Notice) (ids []int64) {
	for id := range w.names {
		n.PersonID = id
		_, due, err := w.Accounts.ReadNotice(ctx, n)
		w.must(err)
		ids = append(ids, ifDue(id, due)...)
	}
	return ids
}

func (w *told) decision(page string) moderation.ReportDecisionArgs {
	w.must(w.Moderation.SubmitReport(ctx, w.owner, moderation.ReportForm{About: moderation.Creator, ID: page, Reason: "figures"}))
	return w.decide()
}

func (w *told) decisionOnBrand() moderation.ReportDecisionArgs {
	b, err := w.Accounts.OwnBrand(ctx, w.owner)
	w.must(err)
	w.must(w.Moderation.SubmitReport(ctx, w.creator, moderation.ReportForm{About: moderation.Brand, ID: b.PublicID, Reason: "scam"}))
	return w.decide()
}

func (w *told) decide() moderation.ReportDecisionArgs {
	open, _, err := w.Moderation.ListReports(ctx, w.CreateAdmin(w.t), moderation.ReportFilter{})
	w.must(err)
	w.must(w.Moderation.DecideReport(ctx, w.CreateAdmin(w.t), open[0].PublicID, moderation.Warn, "Noted."))
	return moderation.ReportDecisionArgs{ReportID: open[0].ID, Version: open[0].Version + 1}
}

func (w *told) judged(args moderation.ReportDecisionArgs) (ids []int64) {
	j, err := w.Moderation.ReadReportDecision(ctx, args)
	w.must(err)
	for _, c := range j.Recipients {
		ids = append(ids, c.PersonID)
	}
	return ids
}

// all is who each sender tells, by name.
func (w *told) all() map[string][]string {
	out := map[string][]string{}
	for name, ask := range w.senders {
		out[name] = []string{}
		for _, id := range ask() {
			out[name] = append(out[name], w.names[id])
		}
		slices.Sort(out[name])
	}
	return out
}

// Whoever is suspended, erased or has no part in a brand any more is told
// nothing, whichever mail it is. A decision is told to those it is about even
// where it suspends their brand or profile.
func TestWhoMayNotActIsToldNothing(t *testing.T) {
	t.Parallel()
	usual := map[string][]string{
		"the deal's event, to the brand":   {"agent", "manager", "owner"},
		"the deal's event, to the creator": {"creator"},
		"the deal's reminder":              {"creator"},
		"the alert of a saved search":      {"agent", "manager", "owner"},
		"a notice to a brand's people":     {"agent", "manager", "owner"},
		"a lost connection":                {"creator"},
		"an account below the floor":       {"creator"},
		"a decision on a creator":          {"creator", "owner"},
		"a decision on a brand":            {"creator", "manager", "owner"},
	}
	decisions := []string{"a decision on a creator", "a decision on a brand"}
	deal := []string{"the deal's event, to the brand"}
	cases := []struct {
		name   string
		do     func(w *told)
		silent []string
		but    []string // senders for which nothing changes
		only   []string // else: the senders for which something does
		held   bool     // the deal is: nobody is reminded of it
	}{
		{name: "nobody"},
		{name: "a suspended member", do: func(w *told) { w.SuspendPerson(w.t, w.manager) }, silent: []string{"manager"}},
		{name: "a suspended person of an agency", do: func(w *told) { w.SuspendPerson(w.t, w.agent) }, silent: []string{"agent"}},
		{name: "a suspended creator", do: func(w *told) { w.SuspendPerson(w.t, w.creator) }, silent: []string{"creator"}},
		{name: "a suspended profile", do: func(w *told) {
			w.exec("UPDATE creators SET suspended_at = ?, suspended_reason = 'x' WHERE id = ?", w.Clock.Now(), w.creatorID)
		},
			silent: []string{"creator"}, but: decisions},
		{name: "a suspended brand", do: func(w *told) { w.SuspendBrand(w.t, w.owner) }, silent: []string{"owner", "manager", "agent"}, but: decisions, held: true},
		{name: "a suspended agency", do: func(w *told) { w.suspendAgency() }, silent: []string{"agent"}},
		{name: "an ended mandate", do: func(w *told) { w.exec("UPDATE agency_mandates SET ended_at = ?", w.Clock.Now()) }, silent: []string{"agent"}},
		{name: "a mandate that is only offered", do: func(w *told) { w.exec("UPDATE agency_mandates SET accepted_at = NULL, accepted_by = NULL") }, silent: []string{"agent"}},
		{name: "an erased member", do: func(w *told) {
			w.exec("UPDATE people SET erased_at = ? WHERE id = ?", w.Clock.Now(), w.manager.PersonID)
		}, silent: []string{"manager"}},
		{name: "an erased creator", do: func(w *told) {
			w.exec("UPDATE people SET erased_at = ? WHERE id = ?", w.Clock.Now(), w.creator.PersonID)
		}, silent: []string{"creator"}},
		{name: "a member who has left", do: func(w *told) { w.exec("DELETE FROM members WHERE person_id = ?", w.manager.PersonID) }, silent: []string{"manager"}},
		{name: "a lesser role", do: func(w *told) {
			w.exec("UPDATE members SET role = 'finance' WHERE person_id IN (?, ?)", w.manager.PersonID, w.agent.PersonID)
		},
			silent: []string{"manager", "agent"}, only: deal},
		{name: "a lesser mandate", do: func(w *told) { w.exec("UPDATE agency_mandates SET role = 'viewer'") }, silent: []string{"agent"}, only: deal},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for name, a := range map[string]func(testing.TB) *apptest.App{"sqlite": func(t testing.TB) *apptest.App { return apptest.New(t) },
				"postgres": func(t testing.TB) *apptest.App { return apptest.NewOnPostgres(t) }} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					w := newTold(t, a(t))
					if c.do != nil {
						c.do(w)
					}
					want := maps.Clone(usual)
					for sender, who := range want {
						if !slices.Contains(c.but, sender) && (c.only == nil || slices.Contains(c.only, sender)) {
							want[sender] = slices.DeleteFunc(slices.Clone(who), func(n string) bool { return slices.Contains(c.silent, n) })
						}
					}
					if c.held {
						want["the deal's reminder"] = nil
					}
					for sender, got := range w.all() {
						if fmt.Sprint(got) != fmt.Sprint(want[sender]) {
							t.Errorf("%s is told to %v, wanted %v", sender, got, want[sender])
						}
					}
				})
			}
		})
	}
}

func (w *told) suspendAgency() {
	agency := w.agent
	agency.BrandID = w.agent.AgencyID
	w.SuspendBrand(w.t, agency)
}
