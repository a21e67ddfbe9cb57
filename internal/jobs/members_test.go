package jobs_test

import (
	"context"
	"testing"

	"tribemarket/internal/domains"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

// answering is a Prover that finds every code in DNS.
type answering struct{}

// Prove is domains.Prover's.
func (*answering) Prove(_ context.Context, domain, text string) (string, error) {
	if domain != "pans.example" || text == "" {
		return "", domains.ErrProofNotFound
	}
	return domains.MethodDNS, nil
}

func TestInvitationsAndNoticesAreMailed(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "inviting")
	if err := a.Accounts.InviteMember(ctx, brand, "new@pans.example", models.RoleManager); err != nil {
		t.Fatal(err)
	}
	m := a.AddMember(t, brand, models.RoleViewer)
	if err := a.Accounts.SetPersonLocale(ctx, m, "nl"); err != nil {
		t.Fatal(err)
	}
	all, err := a.Accounts.ListMembers(ctx, brand)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.ChangeRole(ctx, brand, all[1].Ref, models.RoleFinance); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.ClaimDomain(ctx, brand, "pans.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.RequestDomainCheck(ctx, brand); err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, 3) // and the confirmation of the brand's address
	find(t, kept, "new@pans.example", "Member of inviting invites you to act for inviting", a.URL+"/invitations/", "Manager", "27 Nov")
	find(t, kept, apptest.MemberEmail(m.PersonID), "Je rol bij inviting is nu: Financiën", "Member of inviting heeft dit gedaan", a.URL+"/settings/members")
	if d, err := a.Accounts.OwnDomain(ctx, brand); err != nil || d.VerifiedAt == nil || d.Method != domains.MethodDNS {
		t.Errorf("the domain was not looked for: %+v %v", d, err)
	}
}
