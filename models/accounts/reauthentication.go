package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ReauthenticationLifetime is how long a proof of identity is good for steps that do harm
// in the wrong hands.
const ReauthenticationLifetime = 15 * time.Minute

// IsReauthenticationFresh says whether a proof given at that time still counts.
func IsReauthenticationFresh(proved, now time.Time) bool {
	return !now.Before(proved) && now.Sub(proved) < ReauthenticationLifetime
}

// ReauthenticationMethods are the ways in which a person can prove who they are again.
type ReauthenticationMethods struct {
	Password  bool
	Passkey   bool
	Providers []string // platforms and OpenID Connect
	Code      bool     // a code by mail, for people with neither a password nor a passkey
	Email     string   // their confirmed address, "" for none
}

// ReauthenticationMethodsOf reads the actor's ReauthenticationMethods.
func (s *Store) ReauthenticationMethodsOf(ctx context.Context, actor models.Actor) (ReauthenticationMethods, error) {
	var rows []struct {
		Password, Passkey bool
		Provider          *string
		Email             string
	}
	err := s.db.Read(ctx).Raw(`SELECT DISTINCT CASE WHEN p.email_confirmed_at IS NULL THEN '' ELSE coalesce(p.email, '') END AS email, p.password_hash IS NOT NULL AS password, EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id) AS passkey, i.provider
		FROM people p LEFT JOIN identities i ON i.person_id = p.id WHERE p.id = ? ORDER BY i.provider`, actor.PersonID).Scan(&rows).Error
	if err != nil {
		return ReauthenticationMethods{}, models.Internal("read what proves a person", err)
	}
	var all ReauthenticationMethods
	for _, r := range rows {
		all.Password, all.Passkey, all.Email = r.Password, r.Passkey, r.Email
		all.Code = !r.Password && !r.Passkey && r.Email != ""
		if r.Provider != nil {
			all.Providers = append(all.Providers, *r.Provider)
		}
	}
	return all, nil
}

// VerifyOwnPassword checks the actor's password again. Failures are audited,
// and limited like sign-ins.
func (s *Store) VerifyOwnPassword(ctx context.Context, actor models.Actor, password string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	p, err := s.PersonByID(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	return s.checkPasswordOf(ctx, &p, "confirm", password, "")
}

// RecordReauthentication audits that the actor has proved who they are again.
func (s *Store) RecordReauthentication(ctx context.Context, actor models.Actor, way SignInMethod) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), PersonID: actor.PersonID, Action: "accounts.identity_confirmed",
			Subject: db.AuditSubject("person", actor.PersonID), Detail: map[string]string{"way": string(way)}})
	})
}
