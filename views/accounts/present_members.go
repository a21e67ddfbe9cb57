package accounts

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// BrandAccess is everybody who acts for a brand, or may soon.
type BrandAccess struct {
	Members           []accounts.Colleague
	Invited           []accounts.PendingInvitation
	Agencies, Clients []accounts.MandateView
}

// MembersAnswers is what was entered in the forms of the members page, and what is wrong
// with it.
type MembersAnswers struct {
	Email, Role        string
	Agency, AgencyRole string
	Fields             models.Fields
}

// PresentMembers presents the page of the people who act for the actor's brand, with the
// forms that the actor may use.
func PresentMembers(ctx context.Context, a models.Actor, brand accounts.Brand, access BrandAccess, f MembersAnswers, now time.Time) MembersProps {
	p := MembersProps{
		Brand: brand.Name, Agency: brand.Kind == accounts.KindAgency && a.AgencyID == 0, Errors: components.FieldTexts(ctx, f.Fields),
		Me: memberRows(ctx, a, access.Members), Invited: invitedRows(ctx, a, access.Invited, now),
		Agencies: agencyRows(ctx, a, access.Agencies), Clients: clientRows(ctx, a, access.Clients),
	}
	for _, r := range models.Roles() {
		p.Does = append(p.Does, RoleLine{Name: RoleName(ctx, r), Does: roleDuties(ctx, r)})
		if r != models.RoleOwner {
			p.Roles = append(p.Roles, components.Option{Value: string(r), Label: RoleName(ctx, r)})
		}
	}
	governs := accounts.CanGovern(a, a.BrandID)
	p.MayLeave = accounts.CanLeave(a, a.BrandID, ownerCount(access.Members))
	p.OwnerStays = !p.MayLeave && governs
	if p.ShowInvited = accounts.CanInvite(a, a.BrandID, models.RoleViewer); p.ShowInvited {
		p.Invite = &InviteProps{Email: f.Email, Role: f.Role, Within: i18n.Duration(ctx, accounts.InvitationLifetime)}
	}
	if governs {
		p.AskAgency, p.Transfer = &AskAgencyProps{Agency: f.Agency, Role: f.AgencyRole}, paths.OwnershipTransfer()
	}
	return p
}

func ownerCount(members []accounts.Colleague) int {
	n := 0
	for _, m := range members {
		if m.Role == models.RoleOwner {
			n++
		}
	}
	return n
}

func memberRows(ctx context.Context, a models.Actor, members []accounts.Colleague) []MemberRow {
	rows := make([]MemberRow, len(members))
	for i, m := range members {
		rows[i] = MemberRow{
			Ref: m.Ref, Name: m.Name, Email: m.Email, Role: string(m.Role), RoleName: RoleName(ctx, m.Role),
			Since: i18n.Date(ctx, m.CreatedAt), You: m.PersonID == a.PersonID, MayChange: accounts.CanChangeMember(a, m.Member),
		}
	}
	return rows
}

func invitedRows(ctx context.Context, a models.Actor, invited []accounts.PendingInvitation, now time.Time) []InvitedRow {
	rows := make([]InvitedRow, len(invited))
	for i, x := range invited {
		rows[i] = InvitedRow{
			ID: x.PublicID, Email: x.Email, Role: RoleName(ctx, x.Role), By: x.By,
			Until: i18n.Deadline(ctx, x.ExpiresAt, i18n.DateTime), MayChange: accounts.CanInvite(a, x.BrandID, x.Role),
		}
		if !now.Before(x.ExpiresAt) {
			rows[i].Expired, rows[i].Until = true, i18n.T(ctx, "accounts.members.invited.expired", "on", i18n.Date(ctx, x.ExpiresAt))
		}
	}
	return rows
}

// PresentOwnershipTransfer presents the page that asks which member becomes the owner; to
// is the one chosen so far.
func PresentOwnershipTransfer(ctx context.Context, a models.Actor, brand accounts.Brand, members []accounts.Colleague, to string, fields models.Fields) OwnershipTransferProps {
	p := OwnershipTransferProps{Brand: brand.Name, To: to, Errors: components.FieldTexts(ctx, fields)}
	for _, m := range members {
		if accounts.CanChangeMember(a, m.Member) {
			p.People = append(p.People, components.Option{Value: m.Ref, Label: m.Name + ", " + RoleName(ctx, m.Role)})
		}
	}
	return p
}
