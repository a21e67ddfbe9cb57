package apptest_test

import (
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

func TestMembersSignInWithTheirRole(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "pans")
	for _, role := range models.Roles() {
		b, _ := a.SignedInMember(t, brand, role)
		if p := b.Get("/settings/brand"); p.Status != 200 {
			t.Errorf("%s: %d", role, p.Status)
		}
		p := b.Get("/dashboard").Post("/settings/brand", url.Values{"name": {"Pans of " + string(role)}})
		if want := map[bool]int{true: 200, false: 403}[role.ManagesDeals()]; p.Status != want {
			t.Errorf("%s edits the brand: %d, wanted %d", role, p.Status, want)
		}
	}
	client := a.AddAgencyMember(t, brand, models.RoleManager, models.RoleOwner)
	if client.Role != models.RoleManager || client.BrandID != brand.BrandID {
		t.Errorf("%+v", client)
	}
	a.SignedInAs(t, apptest.MemberEmail(client.PersonID))
}
