package handlers_test

import (
	"context"
	"testing"

	"tribemarket/models"
)

// addMembers adds what the people of two brands have: a member, an invitation,
// a domain, and as agencies a client that asks them.
func (g *grid) addMembers(t *testing.T, first, second models.Actor) {
	t.Helper()
	ctx, client := context.Background(), g.SignUpBrand(t, "client")
	g.exec(t, "UPDATE brands SET kind = 'agency' WHERE id IN (?, ?)", first.BrandID, second.BrandID)
	var members, invitations, mandates []string
	for _, brand := range []models.Actor{first, second} {
		g.must(t, g.Accounts.InviteMember(ctx, brand, "new@brand.example", models.RoleViewer))
		invited, err := g.Accounts.PendingInvitations(ctx, brand)
		g.must(t, err)
		b, err := g.Accounts.OwnBrand(ctx, brand)
		g.must(t, err)
		g.must(t, g.Accounts.OfferMandate(ctx, client, b.PublicID, models.RoleViewer))
		_, clients, err := g.Accounts.Mandates(ctx, brand)
		g.must(t, err)
		g.must(t, g.Accounts.ClaimDomain(ctx, brand, "pans.example"))
		members = append(members, g.memberRef(t, brand, g.AddMember(t, brand, models.RoleFinance)))
		invitations, mandates = append(invitations, invited[0].PublicID), append(mandates, clients[0].PublicID)
	}
	left := g.memberRef(t, first, g.AddMember(t, first, models.RoleViewer))
	g.must(t, g.Accounts.RemoveMember(ctx, first, left))
	nobody := id("bcdfghjkmn")
	g.kinds["member"] = sides(id(members[0]), id(members[1]), nobody, id(left))
	g.kinds["invitation"] = sides(id(invitations[0]), id(invitations[1]), nobody, nobody)
	g.kinds["mandate"] = sides(id(mandates[0]), id(mandates[1]), nobody, nobody)
}

func (g *grid) memberRef(t *testing.T, brand, member models.Actor) string {
	t.Helper()
	all, err := g.Accounts.ListMembers(context.Background(), brand)
	g.must(t, err)
	for _, m := range all {
		if m.PersonID == member.PersonID {
			return m.Ref
		}
	}
	t.Fatalf("person %d is no member", member.PersonID)
	return ""
}
