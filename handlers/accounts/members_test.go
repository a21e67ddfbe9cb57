package accounts_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// invitationLink is the path of the newest invitation's link, from the job that
// mails it.
func invitationLink(t *testing.T, a *apptest.App) string {
	t.Helper()
	var raw string
	err := a.DB.Read(context.Background()).Raw("SELECT args FROM river_job WHERE kind = 'accounts.invite' ORDER BY id DESC LIMIT 1").Scan(&raw).Error
	var args accounts.InvitationMailArgs
	if err != nil || json.Unmarshal([]byte(raw), &args) != nil {
		t.Fatal(err, raw)
	}
	return "/invitations/" + args.Secret
}

const inviteForm = "form[action='/settings/members/invitations']"

func TestANewcomerJoinsByTheirLink(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "pans")
	owner := a.SignedInBrand(t, "pans")
	p := owner.Get("/settings/members").Submit(inviteForm, url.Values{"email": {"Zoë@"}, "role": {"owner"}})
	if p.Status != 422 || p.Find("#f-email[aria-invalid]").Length() != 1 || p.Find("#f-email").AttrOr("value", "") != "Zoë@" {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	p = owner.Get("/settings/members").Submit(inviteForm, url.Values{"email": {"new@pans.example"}, "role": {"manager"}})
	if p.Path != "/settings/members" || !p.HasTexts("on its way to new@pans.example", "Send again", "27 Nov 2026, 10:00 (Paris)") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	p = p.Submit(inviteForm, url.Values{"email": {"NEW@pans.example"}, "role": {"viewer"}})
	if p.Status != 422 || !p.HasTexts("already open") {
		t.Errorf("a second one to the same address: %d", p.Status)
	}
	link, b := invitationLink(t, a), a.NewBrowser(t)
	p = b.Get(link)
	if !p.HasTexts("Member of pans invites you to act for pans", "Manager", "new@pans.example", "27 Nov 2026, 09:00 (UTC)") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM invitations WHERE accepted_at IS NOT NULL"); n != 0 {
		t.Error("looking at the link accepted it")
	}
	p = p.Submit("form[action$='/account']", url.Values{"name": {"New Person"}, "password": {"short"}})
	if p.Status != 422 || p.Find("#f-name").AttrOr("value", "") != "New Person" {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	p = p.Submit("form[action$='/account']", url.Values{"name": {"New Person"}, "password": {apptest.Password}})
	if p.Path != "/dashboard" || !p.HasTexts("You now act for pans") {
		t.Fatalf("%d %s %s", p.Status, p.Path, p.Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM people WHERE email = 'new@pans.example' AND email_confirmed_at IS NOT NULL"); n != 1 {
		t.Error("the link did not confirm the member's address")
	}
	if p := a.NewBrowser(t).Get(link); p.Status != 409 || !p.HasTexts("has already been used") {
		t.Errorf("the link works twice: %d", p.Status)
	}
	if p := b.Get("/settings/members"); !p.HasTexts("New Person", "Manager") || p.Find("form[action$='/role']").Length() != 0 {
		t.Error("a manager sees the members, and changes none")
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events WHERE action IN ('accounts.invited', 'accounts.invitation_accepted')"); n != 2 {
		t.Errorf("%d lines of audit", n)
	}
}

func TestSomebodySignedInJoinsWithOnePress(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans, pots := a.SignUpBrand(t, "pans"), a.SignUpBrand(t, "pots")
	if err := a.Accounts.InviteMember(context.Background(), pans, "colleague@pans.example", models.RoleViewer); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Read(context.Background()).Exec("UPDATE people SET email_confirmed_at = NULL WHERE id = ?", pots.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	link, b := invitationLink(t, a), a.SignedInBrand(t, "pots")
	if p := b.Get(link); !p.HasTexts("Confirm your e-mail address first") || p.Find("main form").Length() != 0 {
		t.Errorf("without a confirmed address: %s", p.Text())
	}
	if p := b.Get(link).Post(link, nil); p.Status != 403 {
		t.Errorf("without a confirmed address: %d", p.Status)
	}
	if err := a.Accounts.ConfirmEmailWithoutLink(context.Background(), pots.PersonID, apptest.BrandEmail("pots")); err != nil {
		t.Fatal(err)
	}
	p := b.Get(link)
	if !p.HasTexts("You are signed in as "+apptest.BrandEmail("pots"), "is told", "Join as "+apptest.BrandEmail("pots")) {
		t.Fatal(p.Text())
	}
	if p := p.Post(link, nil); p.Status != 409 || !p.HasTexts("The invitation was sent to") {
		t.Errorf("with another address, without a word: %d %s", p.Status, p.Text())
	}
	if p = p.Submit("main form", nil); p.Path != "/dashboard" || !p.HasTexts("You now act for pans") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	if p := b.Get("/settings/brand").Post("/settings/brand", url.Values{"name": {"Taken"}}); p.Status != 403 {
		t.Errorf("a viewer edits the brand: %d", p.Status)
	}
	// Back to the person's own brand by the menu.
	own, _ := a.Accounts.OwnBrand(context.Background(), pots)
	p = b.Get("/dashboard").Post("/acting", url.Values{"as": {own.PublicID}})
	if p.Path != "/dashboard" || !p.HasTexts("You now act for pots", "Viewer") || p.Find(".account .label").Text() != "pots" {
		t.Errorf("%d %s", p.Status, p.Find(".masthead").Text())
	}
	foreign, _ := a.Accounts.OwnBrand(context.Background(), a.SignUpBrand(t, "plates"))
	for _, as := range []string{foreign.PublicID, "creator", "nobody", ""} {
		if p := b.Get("/dashboard").Post("/acting", url.Values{"as": {as}}); p.Status != 404 {
			t.Errorf("acting for %q: %d", as, p.Status)
		}
	}
}

func TestInvitationsEndInTime(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans := a.SignUpBrand(t, "pans")
	owner := a.SignedInBrand(t, "pans")
	invite := func(to string) string {
		if err := a.Accounts.InviteMember(context.Background(), pans, to, models.RoleViewer); err != nil {
			t.Fatal(err)
		}
		return invitationLink(t, a)
	}
	first := invite("a@pans.example")
	if p := owner.Get("/settings/members").Submit("form[action$='/resend']", nil); !p.HasTexts("A new link is on its way") {
		t.Fatal(p.Text())
	}
	again := invitationLink(t, a)
	if p := a.NewBrowser(t).Get(first); p.Status != 404 {
		t.Errorf("the link before works on: %d", p.Status)
	}
	if p := a.NewBrowser(t).Get(again); p.Status != 200 {
		t.Errorf("the new link: %d", p.Status)
	}
	if p := owner.Get("/settings/members").Submit("form[action$='/cancel']", nil); !p.HasTexts("The invitation is withdrawn", "There are no open invitations") {
		t.Fatal(p.Text())
	}
	if p := a.NewBrowser(t).Get(again); p.Status != 409 || p.Find("main form").Length() != 0 {
		t.Errorf("one that was taken back: %d", p.Status)
	}
	late := invite("a@pans.example")
	a.Clock.Advance(7 * 24 * time.Hour)
	if p := a.NewBrowser(t).Get(late); p.Status != 409 || !p.HasTexts("has expired") {
		t.Errorf("after a week: %d", p.Status)
	}
}

func TestRolesChangeAndEndAtOnce(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans := a.SignUpBrand(t, "pans")
	owner := a.SignedInBrand(t, "pans")
	b, m := a.SignedInMember(t, pans, models.RoleViewer)
	p := owner.Get("/settings/members")
	if p.Find("form[action$='/role']").Length() != 1 {
		t.Fatalf("the owner changes %d roles", p.Find("form[action$='/role']").Length())
	}
	if p = p.Submit("form[action$='/role']", url.Values{"role": {"finance"}}); !p.HasTexts("The role is changed") {
		t.Fatal(p.Text())
	}
	if p := b.Get("/settings/business"); p.Find("form[action='/settings/business']").Length() != 1 {
		t.Error("finance edits the business details from the next page on")
	}
	if p := p.Submit("form[action$='/role']", url.Values{"role": {"owner"}}); p.Status != 422 {
		t.Errorf("a second owner: %d", p.Status)
	}
	if p := owner.Get("/settings/members").Post("/settings/members/leaving", nil); p.Status != 409 {
		t.Errorf("the last owner left: %d", p.Status)
	}
	if p = owner.Get("/settings/members").Submit("form[action$='/removal']", nil); !p.HasTexts("is no longer a member") {
		t.Fatal(p.Text())
	}
	if p := b.Get("/settings/business"); p.Status != 403 {
		t.Errorf("whom the owner removed sees %d", p.Status)
	}
	if p := b.Get("/dashboard"); p.Status != 200 || !p.HasTexts("You do not belong to a brand") {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events WHERE subject = ? AND action IN ('accounts.role_changed', 'accounts.member_removed')", "person:"+itoa(m.PersonID)); n != 2 {
		t.Errorf("%d lines of audit", n)
	}
}

func TestTheOwnerHandsTheBrandOn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans := a.SignUpBrand(t, "pans")
	owner := a.SignedInBrand(t, "pans")
	next, _ := a.SignedInMember(t, pans, models.RoleManager)
	if p := next.Get("/settings/members/transfer"); p.Status != 403 {
		t.Errorf("a manager: %d", p.Status)
	}
	p := owner.Get("/settings/members/transfer")
	if q := p.Submit("main form", url.Values{"member": {"nobody"}}); q.Status != 422 {
		t.Errorf("to nobody: %d", q.Status)
	}
	ref := p.Find("select[name=member] option[value!='']").First().AttrOr("value", "")
	if p = p.Submit("main form", url.Values{"member": {ref}}); !p.HasTexts("is now the owner") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	if p := owner.Get("/settings/members/transfer"); p.Status != 403 {
		t.Errorf("the former owner: %d", p.Status)
	}
	if p := next.Get("/settings/members/transfer"); p.Status != 200 {
		t.Errorf("the new owner: %d", p.Status)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM notification_events WHERE kind = 'accounts.membership'"); n != 2 {
		t.Errorf("%d mails", n)
	}
	if p := owner.Get("/settings/members").Submit("form[action$='/leaving']", nil); !p.HasTexts("You have left pans") {
		t.Error(p.Text())
	}
	a.Clock.Advance(20 * time.Minute)
	if p := next.Get("/settings/members/transfer"); p.Path != "/confirm-identity" {
		t.Errorf("without a recent sign-in: %s", p.Path)
	}
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }

// A form that was filled in for one brand is not sent for another.
func TestAFormIsSentForTheBrandItWasFilledInFor(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "pans")
	b := a.SignedInBrand(t, "pans")
	form := b.Get("/settings/brand")
	p := b.Get("/brands/new").Submit("form[action='/brands']", url.Values{"name": {"Pots"}})
	if !p.HasTexts("Pots is created") || p.Find(".account .label").Text() != "Pots" {
		t.Fatal(p.Text())
	}
	if p := form.Submit("form[action='/settings/brand']", url.Values{"name": {"Overwritten"}}); p.Status != 409 || !p.HasTexts("you now act for Pots") {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM brands WHERE name = 'Overwritten'"); n != 0 {
		t.Error("the wrong brand was changed")
	}
	if names := b.Get("/dashboard").Find("form[action='/acting'] button").Text(); !strings.Contains(names, "pans") || !strings.Contains(names, "Pots") {
		t.Errorf("the menu names %q", names)
	}
}

// Somebody can be a creator and in a brand, and acts for one at a time.
func TestACreatorInABrandSwitches(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	if p := b.Get("/brands/new").Submit("form[action='/brands']", url.Values{"name": {"Pots"}}); p.Path != "/dashboard" || !p.HasTexts("Pots is created") {
		t.Fatal(p.Text())
	}
	if p := b.Get("/settings/profile"); p.Status != 403 {
		t.Errorf("as the brand: %d", p.Status)
	}
	if p := b.Get("/dashboard").Post("/acting", url.Values{"as": {"creator"}}); !p.HasTexts("You now act for Penne") {
		t.Fatal(p.Text())
	}
	if p := b.Get("/settings/profile"); p.Status != 200 {
		t.Errorf("as a person alone: %d", p.Status)
	}
	if p := b.Get("/settings/members"); p.Status != 403 {
		t.Errorf("the brand's members as nobody's member: %d", p.Status)
	}
}

func TestAnAgencyActsForItsClient(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans, agency := a.SignUpBrand(t, "pans"), a.SignUpBrand(t, "agency")
	owner, boss := a.SignedInBrand(t, "pans"), a.SignedInBrand(t, "agency")
	b, _ := a.Accounts.OwnBrand(context.Background(), agency)
	ask := func() *apptest.Page {
		return owner.Get("/settings/members").Submit("form[action='/settings/members/agencies']", url.Values{"agency": {a.URL + "/b/" + b.PublicID}, "agency_role": {"manager"}})
	}
	if p := ask(); p.Status != 422 || !p.HasTexts("no agency with this link") {
		t.Errorf("a brand that is no agency: %d", p.Status)
	}
	if p := boss.Get("/settings/brand").Submit("form[action='/settings/brand']", url.Values{"kind": {"agency"}}); p.Status != 200 {
		t.Fatal(p.Status)
	}
	if p := ask(); !p.HasTexts("The agency’s owner has been asked", "Waiting for agency until 4 Dec 2026, 10:00 (Paris)") {
		t.Fatal(p.Text())
	}
	if p := ask(); p.Status != 422 || !p.HasTexts("acts for you or has been asked") {
		t.Errorf("twice: %d", p.Status)
	}
	worker, w := a.SignedInMember(t, agency, models.RoleFinance)
	if p := boss.Get("/settings/members").Submit("form[action$='/acceptance']", nil); !p.HasTexts("can now act for this brand") {
		t.Fatal(p.Text())
	}
	client, _ := a.Accounts.OwnBrand(context.Background(), pans)
	for who, role := range map[*apptest.Browser]string{boss: "Manager through agency", worker: "Viewer through agency"} {
		p := who.Get("/dashboard").Post("/acting", url.Values{"as": {client.PublicID}})
		if !p.HasTexts("You now act for pans", role) {
			t.Errorf("%s: %s", role, p.Find(".masthead").Text())
		}
		for _, path := range []string{"/settings/members/invitations", "/settings/members/leaving", "/settings/business", "/settings/domain"} {
			if q := p.Post(path, url.Values{"email": {"x@y.example"}, "role": {"viewer"}}); q.Status != 403 && q.Status != 404 {
				t.Errorf("%s governs the client: %s %d", role, path, q.Status)
			}
		}
		if q := who.Get("/settings/members"); !q.HasTexts("Member of pans", "Member of agency") || strings.Contains(q.Body, apptest.BrandEmail("pans")) {
			t.Errorf("%s sees the client's people without addresses: %s", role, q.Text())
		}
	}
	if p := boss.Get("/settings/brand").Post("/settings/brand", url.Values{"name": {"x"}}); p.Status != 403 {
		t.Errorf("the agency edits the client: %d", p.Status)
	}
	if p := owner.Get("/settings/members").Submit("form[action$='/end']", nil); !p.HasTexts("This has ended", "No agency acts for pans") {
		t.Fatal(p.Text())
	}
	if p := worker.Get("/dashboard"); p.HasTexts("Viewer through agency") || p.Find(".account .label").Text() != "agency" {
		t.Errorf("after the end: %s", p.Find(".masthead").Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events WHERE action LIKE 'accounts.mandate_%'"); n != 3 || w.PersonID == 0 {
		t.Errorf("%d lines of audit", n)
	}
}

func TestBusinessDetailsAreCheckedAndShown(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	pans := a.SignUpBrand(t, "pans")
	finance, _ := a.SignedInMember(t, pans, models.RoleFinance)
	answers := url.Values{"legal_name": {"Pans BV"}, "country": {"BE"}, "address": {"1 Street\n1000 Brussels"}, "vat": {"BE 0403.019.262"}}
	p := finance.Get("/settings/business").Submit("form[action='/settings/business']", answers)
	if p.Status != 422 || p.Find("#f-vat").AttrOr("value", "") != "BE 0403.019.262" || !p.HasTexts("not a VAT number of that country") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	answers.Set("vat", "BE 0403.019.261")
	if p = p.Submit("form[action='/settings/business']", answers); !p.HasTexts("are saved") || p.Find("#f-vat").AttrOr("value", "") != "BE0403019261" {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	viewer, _ := a.SignedInMember(t, pans, models.RoleViewer)
	if p := viewer.Get("/settings/business"); !p.HasTexts("Pans BV", "1 Street, 1000 Brussels") || p.Find("main form").Length() != 0 {
		t.Errorf("a viewer: %s", p.Text())
	}
	if p := viewer.Get("/settings/brand"); p.Find(".only-sees").Length() != 1 || p.Find("main input[name=name][disabled]").Length() != 1 || p.Find("main form button").Length() != 0 {
		t.Errorf("a viewer may seem to change the brand: %s", p.Text())
	}
	a.JoinCreator(t, "penne.sandbox")
	own, _ := a.Accounts.OwnBrand(context.Background(), pans)
	if p := a.SignedInCreator(t, "penne.sandbox").Get("/b/" + own.PublicID); !p.HasTexts("Pans BV", "Belgium", "BE0403019261") || p.HasTexts("1 Street") {
		t.Errorf("a creator: %s", p.Text())
	}
}
