package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// RecentFor is how long a proof of who somebody is counts for steps that do
// harm in the wrong hands.
const RecentFor = 15 * time.Minute

// IsRecent says whether a proof given at that time still counts.
func IsRecent(proved, now time.Time) bool {
	return !now.Before(proved) && now.Sub(proved) < RecentFor
}

// Proofs is by what a person can show that it is still she.
type Proofs struct {
	Password  bool
	Passkey   bool
	Providers []string // platforms and OpenID Connect
}

// Proofs lists them for the actor.
func (s *Store) Proofs(ctx context.Context, actor models.Actor) (Proofs, error) {
	var rows []struct {
		Password, Passkey bool
		Provider          *string
	}
	err := s.db.Read(ctx).Raw(`SELECT DISTINCT p.password_hash IS NOT NULL AS password, EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id) AS passkey, i.provider
		FROM people p LEFT JOIN identities i ON i.person_id = p.id WHERE p.id = ? ORDER BY i.provider`, actor.PersonID).Scan(&rows).Error
	if err != nil {
		return Proofs{}, models.Internal("read what proves a person", err)
	}
	var all Proofs
	for _, r := range rows {
		all.Password, all.Passkey = r.Password, r.Passkey
		if r.Provider != nil {
			all.Providers = append(all.Providers, *r.Provider)
		}
	}
	return all, nil
}

// ConfirmPassword checks the actor's own password again. What was wrong is
// audited, and limited like sign-ins.
func (s *Store) ConfirmPassword(ctx context.Context, actor models.Actor, password string) error {
	if !actor.SignedIn() {
		return models.SignInFirst()
	}
	p, err := s.Find(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	return s.checkPasswordOf(ctx, &p, "confirm", password)
}

// Confirmed notes that the actor has shown again who she is.
func (s *Store) Confirmed(ctx context.Context, actor models.Actor, way Way) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Audit(ctx, db.Event{At: s.clock(), PersonID: actor.PersonID, Action: "accounts.identity_confirmed",
			Subject: db.Subject("person", actor.PersonID), Detail: map[string]string{"way": string(way)}})
	})
}
