package accounts

import (
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// AccountSecurity is how a person's account is protected and where it is signed in.
type AccountSecurity struct {
	Protection accounts.AccountProtection
	Passkeys   []accounts.Passkey
	Sessions   []accounts.BrowserSession
	Here       string // the session that shows the page, by its public id
}

// PresentSecurity fills in the security page; p holds what was entered, and the
// ways to sign in.
func PresentSecurity(a models.Actor, person accounts.Person, s AccountSecurity, p SecurityProps) SecurityProps {
	p.Kind, p.HasPassword = string(a.Side()), person.PasswordHash != nil
	if person.Email != nil && person.EmailConfirmedAt != nil {
		p.Email = *person.Email
	}
	p.Factor, p.RecoveryLeft, p.NeedsFactor = s.Protection.Factor, s.Protection.RecoveryLeft, person.Admin
	for _, k := range s.Passkeys {
		p.Passkeys = append(p.Passkeys, PasskeyRow{ID: k.PublicID, Name: k.Name, Since: k.CreatedAt})
	}
	for _, x := range s.Sessions {
		p.Sessions = append(p.Sessions, SessionRow{
			ID: x.PublicID, Way: string(x.Way), Address: x.Address, Agent: x.Agent,
			SignedIn: x.SignedInAt, Seen: x.LastSeenAt, Here: x.PublicID == s.Here,
		})
	}
	return p
}
