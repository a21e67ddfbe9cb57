package accounts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
)

// PresentInvitation presents the page of an invitation's link to the signed-in person, if
// any; newName is what a new person entered.
func PresentInvitation(ctx context.Context, o accounts.InvitationDetails, token string, person accounts.Person, newName string, fields models.Fields) InvitationProps {
	p := InvitationProps{
		Token: token, Brand: o.Brand, By: o.By, Role: RoleName(ctx, o.Role), Does: roleDuties(ctx, o.Role),
		Email: o.Email, Until: i18n.Deadline(ctx, o.ExpiresAt, i18n.DateTime), Known: o.Known, SignedIn: person.ID != 0,
		Name: person.Name, Confirmed: person.EmailConfirmedAt != nil, NewName: newName, Errors: components.FieldTexts(ctx, fields),
	}
	if person.Email != nil {
		p.Address = *person.Email
	}
	return p
}
