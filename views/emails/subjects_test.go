package emails_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/files"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
	"tribemarket/models/text"
	"tribemarket/models/workflow"
	"tribemarket/views/emails"
)

// spoken is a mail that can be sent: the notification that it tells of, "" for a
// mail that is none, and what its subject has to name besides its deed.
type spoken struct {
	kind    notifications.Kind
	what    string // in what the test says
	mail    func(context.Context) emails.Mail
	objects []string
}

// named are the names in the mails: some as they often are, and the longest.
type named struct{ brand, creator, product, person, search, handle, domain, email string }

var (
	usual = named{"Brumelle", "Luna Brisk", "Copper pan", "Ada Quill", "Pasta in Gent", "luna.brisk", "pans.example", "ada@mail.example"}
	// Each character of these is made of several code points.
	longest = named{
		long("Brumelle", 80), long("Luna", 80), long("Copper pan", terms.MaxProduct), long("Ada", 80), long("Pasta", discovery.MaxSavedSearchName),
		strings.Repeat("l", 30), strings.Repeat("d", 240) + ".example", strings.Repeat("a", 64) + "@" + strings.Repeat("m", 180) + ".example",
	}
)

func long(beginning string, characters int) string {
	return beginning + strings.Repeat("👩🏽‍🍳", characters-utf8.RuneCountInString(beginning))
}

var (
	noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	due  = time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC)
)

// allMails are the mails of every sentence that can be sent.
func allMails(n named) []spoken {
	return slices.Concat(dealMails(n), heldMails(n), contractMails(n), brandMails(n), creatorMails(n), personMails(n))
}

func dealMails(n named) []spoken {
	a := deals.Announcement{
		Brand:   deals.Party{Name: n.brand, Public: true, Logo: &files.Picture{PublicID: "l0go", Width: 1600, Height: 900}},
		Creator: deals.Party{Name: n.creator, Public: true, Face: creators.Face{Portrait: &files.Picture{PublicID: "f4ce", Width: 1200, Height: 1600}}},
		Product: n.product, Items: make([]deals.Item, 2), Draft: 7, Due: due, Deadline: due.AddDate(0, 0, 3),
	}
	all := slices.Concat(negotiationMails(a, n), happened(a, n, deals.DeliverableTable, notifications.DealProgress, deals.Item{Number: 3, Format: "video", ContentType: "review", Platform: platform.TikTok}))
	a.Item = deals.Item{Number: 3, Format: "story", ContentType: "review", Platform: platform.Instagram}
	for _, r := range deals.DeliverableTable.Rules {
		if r.Final() {
			continue
		}
		all = append(all, dealSpoken(a, n, notifications.DealReminder, deals.Reminder, string(r.State), deals.Event{}, r.Waits))
		if len(deals.DeliverableTable.SidesWhenLate(r.State)) > 0 {
			for _, to := range []models.Side{models.SideBrand, models.SideCreator} {
				all = append(all, dealSpoken(a, n, notifications.DealReminder, deals.NowLate, string(r.State), deals.Event{}, to))
			}
		}
	}
	return all
}

// heldMails are the mails of each step of what has to be approved, and of its deadline.
func heldMails(n named) []spoken {
	h := negotiation.HeldProposal{
		PublicID: "h3ld", Brand: deals.Party{Name: n.brand}, Creator: deals.Party{Name: n.creator}, State: negotiation.HeldAsked, Action: negotiation.ActionPropose, Deadline: &due,
		Terms: terms.Terms{Product: n.product, Currency: "EUR", Fee: terms.Fee{Content: 42_000}}, Refusal: "Ask for less",
	}
	var all []spoken
	say := func(h negotiation.HeldProposal, action negotiation.Action, objects ...string) {
		all = append(all, spoken{notifications.DealApproval, fmt.Sprintf("held %s %s", h.Action, action), func(ctx context.Context) emails.Mail {
			return emails.HeldNotice(ctx, site, negotiation.HeldAnnouncement{Held: h, Action: action, By: n.person}, notifications.Receiver{Name: "Ada", Side: models.SideBrand})
		}, append(objects, n.product, n.creator)})
	}
	say(h, "")
	for _, action := range []negotiation.Action{negotiation.ActionAsk, negotiation.ActionApprove, negotiation.ActionRefuse} {
		say(h, action, n.person)
	}
	say(h, negotiation.ActionLapse)
	h.Action = negotiation.ActionAccept
	say(h, negotiation.ActionAsk, n.person)
	return all
}

// contractMails are the mails of each action on a contract, to each side that is told of it,
// and of each deadline.
func contractMails(n named) []spoken {
	say := func(a deals.ContractAnnouncement, to models.Side, objects ...string) spoken {
		a.Brand, a.Creator, a.Contract.Product, a.Contract.Required, a.Contract.DeadlineAt = deals.Party{Name: n.brand}, deals.Party{Name: n.creator}, n.product, true, &due
		return spoken{notifications.ContractSigning, fmt.Sprintf("%s %s %s %s to %s", a.Notice, a.Contract.State, a.Event.Action, a.Event.Side, to), func(ctx context.Context) emails.Mail {
			return emails.ContractNotice(ctx, site, a, notifications.Receiver{Name: "Ada", Side: to})
		}, append(objects, n.product)}
	}
	names := map[models.Side][]string{models.SideBrand: {n.brand}, models.SideCreator: {n.creator}}
	var all []spoken
	amendment := contracts.Contract{Amends: "the hash of another", ProposedBy: models.SideBrand}
	for _, x := range contracts.Table.Transitions {
		if x.Action == contracts.ActionAmend { // done to the contract that it changes
			continue
		}
		for _, by := range x.By {
			for _, to := range []models.Side{models.SideBrand, models.SideCreator} {
				amendment.State = x.To
				a := deals.ContractAnnouncement{Notice: deals.Happened, Event: deals.Event{Action: x.Action, Side: by, To: string(x.To)}, Contract: amendment}
				if to != by || x.To == contracts.Signed {
					all = append(all, say(a, to, names[by]...))
				}
			}
		}
	}
	amendment.State = contracts.Ready
	all = append(all, say(deals.ContractAnnouncement{Notice: deals.Reminder, Contract: amendment}, models.SideBrand))
	for _, x := range slices.Concat(contracts.Table.Transitions, contracts.Table.Begin) {
		for _, by := range x.By {
			for _, to := range []models.Side{models.SideBrand, models.SideCreator} {
				a := deals.ContractAnnouncement{Notice: deals.Happened, Event: deals.Event{Action: x.Action, Side: by, To: string(x.To)}, Contract: contracts.Contract{State: x.To}}
				if to != by || x.To == contracts.Signed {
					all = append(all, say(a, to, names[by]...))
				}
			}
		}
	}
	for _, s := range []contracts.State{contracts.Preparing, contracts.Ready} {
		all = append(all, say(deals.ContractAnnouncement{Notice: deals.Reminder, Contract: contracts.Contract{State: s}}, models.SideBrand))
	}
	return all
}

// negotiationMails are the mails of each action in a negotiation, to each side that is told of
// it, and of each deadline.
func negotiationMails(like deals.Announcement, n named) []spoken {
	in := func(state negotiation.State) negotiation.Announcement {
		return negotiation.Announcement{Notice: deals.Happened, Open: state.IsOpen(), Negotiation: negotiation.Negotiation{
			Brand: like.Brand, Creator: like.Creator, State: state, ExpiresAt: due,
			Latest: negotiation.Offer{Number: 2, Terms: terms.Terms{Product: n.product, Currency: "EUR", Fee: terms.Fee{Content: 42_000}}},
		}}
	}
	say := func(a negotiation.Announcement, kind notifications.Kind, to models.Side) spoken {
		s := spoken{kind, fmt.Sprintf("%s %s %s %s to %s", a.Notice, a.Negotiation.State, a.Event.Action, a.Event.Side, to), func(ctx context.Context) emails.Mail {
			return emails.NegotiationNotice(ctx, site, a, notifications.Receiver{Name: "Ada", Side: to})
		}, []string{n.product}}
		switch a.Event.Side {
		case models.SideCreator:
			s.objects = append(s.objects, n.creator)
		case models.SideBrand, models.SideSystem:
			s.objects = append(s.objects, n.brand)
		}
		return s
	}
	var all []spoken
	for _, x := range slices.Concat(negotiation.Table.Transitions, negotiation.Table.Begin) {
		for _, by := range x.By {
			for _, to := range []models.Side{models.SideBrand, models.SideCreator} {
				if to != by {
					a := in(x.To)
					a.Event = deals.Event{Action: x.Action, Side: by}
					if negotiation.IsExtension(x.Action) {
						a.Event.Note = "2026-12-20"
					}
					kind := notifications.DealProposal
					if x.Action == negotiation.ActionPitch {
						kind = notifications.DealPitch
					}
					all = append(all, say(a, kind, to))
				}
			}
		}
	}
	redefined := in(negotiation.Agreed)
	redefined.Notice, redefined.Definition, redefined.Negotiation.Latest.Terms.Guarantee.Definition = deals.Redefined, 2, 1
	all = append(all, say(redefined, notifications.DealProposal, models.SideBrand))
	for _, s := range negotiation.Table.StatesWithDefault() {
		a := in(s)
		a.Notice = deals.Reminder
		all = append(all, say(a, notifications.DealReminder, negotiation.Table.Rule(s).Waits))
	}
	return all
}

// happened are the mails of each action of a table, to each side that is told of it.
func happened[S ~string](a deals.Announcement, n named, table *workflow.Table[S], kind notifications.Kind, item deals.Item) []spoken {
	var all []spoken
	for _, x := range slices.Concat(table.Transitions, table.Begin) {
		a.Item = item
		if x.Action == deals.ActionEnd || x.Action == deals.ActionEndLate {
			a.Item, kind = deals.Item{}, notifications.DealOutcome // told of the whole deal
		}
		for _, by := range x.By {
			for _, to := range []models.Side{models.SideBrand, models.SideCreator} {
				if to != by {
					all = append(all, dealSpoken(a, n, kind, deals.Happened, string(x.To), deals.Event{Action: x.Action, Side: by}, to))
				}
			}
		}
	}
	return all
}

func dealSpoken(a deals.Announcement, n named, k notifications.Kind, notice deals.Notice, state string, e deals.Event, to models.Side) spoken {
	a.Notice, a.State, a.Event = notice, state, e
	s := spoken{k, fmt.Sprintf("%s %s %s %s to %s", notice, state, e.Action, e.Side, to), func(ctx context.Context) emails.Mail {
		return emails.DealNotice(ctx, site, a, notifications.Receiver{Name: "Ada", Side: to})
	}, []string{n.product}}
	switch {
	case e.Side == models.SideCreator, notice == deals.NowLate && to == models.SideBrand:
		s.objects = append(s.objects, n.creator)
	case e.Side != "", notice == deals.NowLate:
		s.objects = append(s.objects, n.brand)
	}
	if slices.Contains([]deals.Action{deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionRequestChanges}, e.Action) {
		s.objects = append(s.objects, "7")
	}
	if a.Item.Number > 0 {
		s.objects = append(s.objects, "3")
	}
	return s
}

func brandMails(n named) []spoken {
	told := accounts.NoticeDetails{Brand: n.brand, Agency: "Plum & Co", By: "Olive Stem", Other: n.person}
	more := map[accounts.NoticeKind][]string{
		accounts.NoticeTransfer: {n.person}, accounts.NoticeJoinedAs: {n.person}, accounts.NoticeDomainLost: {n.domain},
		accounts.NoticeMandateOffered: {told.Agency}, accounts.NoticeMandateAccepted: {told.Agency}, accounts.NoticeMandateEnded: {told.Agency},
	}
	var all []spoken
	for _, k := range noticeKinds() {
		x := told
		x.Notice = accounts.Notice{Kind: k, Role: models.RoleManager, Domain: n.domain, Email: "ada@orchard.example"}
		kind := notifications.BrandMembership
		switch {
		case strings.HasPrefix(string(k), "mandate_"):
			kind = notifications.BrandMandate
		case strings.HasPrefix(string(k), "domain_"):
			kind = notifications.BrandDomain
		}
		all = append(all, spoken{kind, string(k), func(ctx context.Context) emails.Mail { return emails.BrandNotice(ctx, site, x) }, append(more[k], n.brand)})
	}
	o := accounts.InvitationDetails{Brand: n.brand, By: n.person, Invitation: accounts.Invitation{Role: models.RoleViewer, ExpiresAt: due}}
	all = append(all, spoken{"", "invitation", func(ctx context.Context) emails.Mail { return emails.Invitation(ctx, site, o, "s3cret") }, []string{n.brand, n.person}})
	for _, count := range []int64{1, 12} {
		m := discovery.AlertMail{Brand: n.brand, CreatorCount: count, Search: discovery.SavedSearch{Name: n.search, Alert: discovery.AlertDaily}}
		m.FirstCreators = []creators.CreatorSummary{{Creator: creators.Creator{PublicID: "l3na", Name: n.creator}, Face: creators.Face{Portrait: &files.Picture{PublicID: "f4ce", Width: 20, Height: 1600}}}}
		all = append(all, spoken{notifications.SearchMatch, "search", func(ctx context.Context) emails.Mail { return emails.SearchAlert(ctx, site, m) }, []string{n.search, fmt.Sprint(count)}})
	}
	return all
}

var noticeKind = regexp.MustCompile(`NoticeKind = "(\w+)"`)

// noticeKinds are the notices about a brand, as the sources declare them.
func noticeKinds() []accounts.NoticeKind {
	files, _ := filepath.Glob("../../models/accounts/*.go")
	var all []accounts.NoticeKind
	for _, f := range files {
		raw, _ := os.ReadFile(f)
		for _, m := range noticeKind.FindAllStringSubmatch(string(raw), -1) {
			all = append(all, accounts.NoticeKind(m[1]))
		}
	}
	if len(all) < 7 {
		panic("the notices are declared elsewhere")
	}
	return all
}

func creatorMails(n named) []spoken {
	account := creators.Account{Platform: platform.TikTok, Handle: n.handle}
	lost := creators.LostConnection{Connection: creators.Connection{Platform: platform.TikTok, Handle: n.handle, Reason: creators.LossRefused, StaleAt: due}}
	all := []spoken{{notifications.CreatorConnection, "lost", func(ctx context.Context) emails.Mail { return emails.LostConnection(ctx, site, lost) }, []string{n.handle, "TikTok"}}}
	for _, unlisted := range []bool{false, true} {
		f := creators.FloorNotice{Account: account, Unlisted: unlisted, GraceUntil: due}
		all = append(all, spoken{notifications.CreatorStanding, fmt.Sprint("unlisted ", unlisted), func(ctx context.Context) emails.Mail { return emails.ListingNotice(ctx, site, f) }, []string{n.handle, "TikTok", site.Name}})
	}
	return all
}

func personMails(n named) []spoken {
	var all []spoken
	for _, what := range accounts.SecurityNotices {
		s := accounts.SecurityNotice{What: what, At: noon}
		all = append(all, spoken{notifications.SignInSecurity, what, func(ctx context.Context) emails.Mail { return emails.SecurityNotice(ctx, site, n.person, s) }, []string{site.Name}})
	}
	for _, d := range moderation.Decisions() {
		for _, reader := range []int64{1, 2} { // who reported, and who is told that it is about them
			if d == moderation.Nothing && reader == 2 {
				continue
			}
			j := moderation.ReportDecision{Report: moderation.Report{PersonID: 1, BrandID: new(int64(1)), Decision: d, Note: "Twice"}, Name: n.brand}
			all = append(all, spoken{notifications.ReportDecision, fmt.Sprint(d, reader), func(ctx context.Context) emails.Mail {
				return emails.Decision(ctx, site, j, notifications.Receiver{PersonID: reader})
			}, []string{n.brand}})
		}
	}
	for _, count := range []int{1, 3} {
		list := slices.Repeat([]notifications.Notification{{Title: text.Truncate(n.brand+" sent you the proposal "+n.product, emails.MaxSubject)}}, count)
		all = append(all, spoken{"", fmt.Sprint("digest of ", count), func(ctx context.Context) emails.Mail { return emails.DailyDigest(ctx, site, n.person, list) }, []string{n.brand}})
	}
	stopped := moderation.WorkReport{At: noon, Kinds: []moderation.JobKindReport{{State: moderation.JobMissing, JobExpectation: moderation.JobExpectation{Kind: "imports.run"}}}}
	stopped.Kinds[0].JobKind.Kind = "imports.run"
	for _, alert := range []moderation.WorkAlert{moderation.WorkStoppedAlert, moderation.WorkRunsAlert} {
		all = append(all, spoken{"", string(alert), func(ctx context.Context) emails.Mail { return emails.WorkAlert(ctx, site, alert, stopped) }, []string{site.Name}})
	}
	return append(all,
		spoken{"", "confirmation", func(ctx context.Context) emails.Mail {
			return emails.EmailConfirmation(ctx, site, n.person, n.email, "s3cret")
		}, []string{n.email, site.Name}},
		spoken{"", "known", func(ctx context.Context) emails.Mail { return emails.KnownEmail(ctx, site, n.person, n.email) }, []string{n.email, site.Name}},
		spoken{"", "code", func(ctx context.Context) emails.Mail { return emails.IdentityCode(ctx, site, n.person, "12345678") }, []string{site.Name}},
		spoken{"", "reset", func(ctx context.Context) emails.Mail { return emails.PasswordReset(ctx, site, n.person, "s3cret") }, []string{site.Name}},
	)
}

// Every mail says in its subject what was done, and to what.
func TestEverySubjectNamesDeedAndObject(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		ctx, deeds := strict(t, l), map[string]string{}
		for _, s := range allMails(usual) {
			m := s.mail(ctx)
			deed := m.Subject
			for _, o := range s.objects {
				if !strings.Contains(m.Subject, o) {
					t.Errorf("%s, %s: %q does not name %s", l, s.what, m.Subject, o)
				}
				deed = strings.ReplaceAll(deed, o, "")
			}
			if len(strings.Fields(deed)) < 3 {
				t.Errorf("%s, %s: %q names no deed", l, s.what, m.Subject)
			}
			if other, ok := deeds[m.Subject]; ok && other != s.what && !strings.HasPrefix(s.what, "event") && !strings.HasPrefix(s.what, "digest") {
				t.Errorf("%s: %q is said of %s and of %s", l, m.Subject, other, s.what)
			}
			deeds[m.Subject] = s.what
			if m.Headline == "" {
				t.Errorf("%s, %s: nothing stands above the mail", l, s.what)
			}
		}
	}
}

// No subject is longer than its reader sees, whatever the names are, and names
// are shortened between characters.
func TestSubjectsAreShortAndWhole(t *testing.T) {
	t.Parallel()
	unfilled := regexp.MustCompile(`[{}]|<no value>|  |\(\)|«\s*»|@ | [,.:]`)
	for _, l := range i18n.Locales() {
		ctx := strict(t, l)
		for _, n := range []named{usual, longest} {
			for _, s := range allMails(n) {
				m := s.mail(ctx)
				if text.Length(m.Subject) > emails.MaxSubject {
					t.Errorf("%s, %s: %d characters: %s", l, s.what, text.Length(m.Subject), m.Subject)
				}
				if m.Subject != strings.TrimSpace(m.Subject) || strings.ContainsAny(m.Subject, "\r\n") || unfilled.MatchString(strings.ReplaceAll(m.Subject, " :", ":")) {
					t.Errorf("%s, %s: %q", l, s.what, m.Subject)
				}
				if bare := strings.ReplaceAll(m.Subject, "👩🏽‍🍳", ""); strings.ContainsAny(bare, "👩🏽\u200d🍳") {
					t.Errorf("%s, %s: a character is cut in two: %q", l, s.what, m.Subject)
				}
				if !utf8.ValidString(m.Subject) {
					t.Errorf("%s, %s: %q", l, s.what, m.Subject)
				}
			}
		}
	}
}

// A date, and which deliverable is meant, stay when names have to be shortened.
func TestAShortenedSubjectKeepsWhatIsShort(t *testing.T) {
	t.Parallel()
	a := deals.Announcement{
		Notice: deals.Reminder, State: string(deals.Approved), Due: due, Deadline: due, Brand: deals.Party{Name: longest.brand}, Product: longest.product,
		Items: make([]deals.Item, 2), Item: deals.Item{Number: 2, Format: "video", ContentType: "review", Platform: platform.TikTok},
	}
	ctx := i18n.WithLocale(t.Context(), i18n.EN, time.UTC)
	m := emails.DealNotice(ctx, site, a, notifications.Receiver{Side: models.SideCreator})
	for _, want := range []string{"The publication of Copper pan", "… (Video 2) for Brumelle", "… is due by Fri 4 Dec, 23:59"} {
		if !strings.Contains(m.Subject, want) {
			t.Errorf("%q lacks %q", m.Subject, want)
		}
	}
	if !strings.Contains(m.Headline, longest.product) {
		t.Errorf("the mail itself shortens the title: %s", m.Headline)
	}
}

// The mails above are those of every kind of notification.
func TestEveryKindHasAMail(t *testing.T) {
	t.Parallel()
	all := allMails(usual)
	for _, k := range notifications.Kinds() {
		if !slices.ContainsFunc(all, func(s spoken) bool { return s.kind == k }) {
			t.Errorf("no mail of the kind %s is looked at", k)
		}
	}
}

// A creator is told what was decided about them as "you", and which picture was hidden.
func TestDecisionsSpeakToTheCreatorThemselves(t *testing.T) {
	t.Parallel()
	creator, reader := int64(7), notifications.Receiver{PersonID: 2, Name: "Penne Trial"}
	for l, want := range map[i18n.Locale][]string{
		i18n.EN: {"A warning to you from the administration", "The administration suspended your profile", "one of your pictures", "your portrait", "your work “Stolen”", "your work number 3", "one of your posts"},
		i18n.FR: {"avertissement de l’administration pour vous", "votre profil", "une de vos images", "votre portrait", "votre réalisation «\u202fStolen\u202f»", "votre réalisation numéro 3", "une de vos publications"},
		i18n.NL: {"aan jou", "je profiel", "een van je foto’s", "je portret", "je werk “Stolen”", "je werk nummer 3", "een van je posts"},
	} {
		for i, j := range []moderation.ReportDecision{
			{Report: moderation.Report{Decision: moderation.Warn}},
			{Report: moderation.Report{Decision: moderation.Suspend}},
			{Report: moderation.Report{Decision: moderation.Hide}},
			{Report: moderation.Report{Decision: moderation.Hide}, Picture: &files.Picture{Use: files.Portrait}},
			{Report: moderation.Report{Decision: moderation.Hide}, Picture: &files.Picture{Use: files.Work, Place: 3, Alt: "Stolen"}},
			{Report: moderation.Report{Decision: moderation.Hide}, Picture: &files.Picture{Use: files.Work, Place: 3}},
			{Report: moderation.Report{Decision: moderation.Hide}, Picture: &files.Picture{Use: files.Thumbnail}},
		} {
			j.PersonID, j.CreatorID, j.Name = 1, &creator, reader.Name
			m := emails.Decision(strict(t, l), site, j, reader)
			if !strings.Contains(m.Subject, want[i]) || strings.Contains(m.Subject, j.Name) {
				t.Errorf("%s: %q does not say %q", l, m.Subject, want[i])
			}
			if own := strings.HasSuffix(m.Button.URL, "/settings/profile/pictures"); own != (j.Decision == moderation.Hide) {
				t.Errorf("%s: %q leads to %s", l, m.Subject, m.Button.URL)
			}
		}
	}
	logo := moderation.ReportDecision{Report: moderation.Report{PersonID: 1, BrandID: &creator, Decision: moderation.Hide}, Name: "fonte"}
	if m := emails.Decision(strict(t, i18n.EN), site, logo, reader); m.Subject != "The administration hid the logo of fonte" || !strings.HasSuffix(m.Button.URL, "/settings/brand/logo") {
		t.Errorf("%q leads to %s", m.Subject, m.Button.URL)
	}
}
