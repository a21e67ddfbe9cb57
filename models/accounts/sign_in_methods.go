package accounts

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SignInMethods are the ways in which a person can sign in. Passkeys are left out:
// they only complement another method, since they get lost with a device.
type SignInMethods struct {
	Password       bool
	Identities     []Identity // platforms and OpenID Connect
	ConfirmedEmail bool       // to which a link can be sent
}

// CanRemoveSignInMethod says whether a person can still sign in once a method is
// removed: by another one, or by a link to a confirmed address.
func CanRemoveSignInMethod(left SignInMethods) bool {
	return left.Password || len(left.Identities) > 0 || left.ConfirmedEmail
}

// SignInMethods reads how the actor can sign in, the oldest identity first.
func (s *Store) SignInMethods(ctx context.Context, actor models.Actor) (SignInMethods, error) {
	if !actor.SignedIn() {
		return SignInMethods{}, models.SignInRequired()
	}
	var w SignInMethods
	p, err := s.PersonByID(ctx, actor.PersonID)
	if err != nil {
		return w, err
	}
	w.Password, w.ConfirmedEmail = p.PasswordHash != nil, p.EmailConfirmedAt != nil
	err = s.db.Read(ctx).Where("person_id = ?", p.ID).Order("created_at, provider, subject").Find(&w.Identities).Error
	return w, err
}

// RemoveIdentity removes a platform or provider as a sign-in method, within a
// transaction. One that is not the person's is not found; removing the last
// method is refused, see CanRemoveSignInMethod.
func RemoveIdentity(ctx context.Context, tx *db.Tx, personID int64, provider, subject string, now time.Time) error {
	var p Person // locked, so that of two removals at once the second sees the first
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&p, personID).Error; err != nil {
		return err
	}
	gone := tx.Exec("DELETE FROM identities WHERE provider = ? AND subject = ? AND person_id = ?", provider, subject, personID)
	if gone.Error != nil {
		return gone.Error
	}
	if gone.RowsAffected == 0 {
		return models.NotFound()
	}
	left := SignInMethods{Password: p.PasswordHash != nil, ConfirmedEmail: p.EmailConfirmedAt != nil}
	if err := tx.Where("person_id = ?", personID).Find(&left.Identities).Error; err != nil {
		return err
	}
	if !CanRemoveSignInMethod(left) {
		return models.Conflict("accounts.error.last_way")
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: "accounts.way_removed", Subject: db.AuditSubject("person", personID), Detail: map[string]string{"way": provider}})
}

// AddIdentityToSelf lets the person sign in with an OpenID Connect identity too. One
// they already have stays; one that is another person's is refused.
func (s *Store) AddIdentityToSelf(ctx context.Context, actor models.Actor, provider, subject string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		added := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&Identity{provider, subject, actor.PersonID, now})
		if added.Error != nil {
			return added.Error
		}
		if added.RowsAffected == 0 {
			owner, _, err := FindIdentity(tx, provider, subject)
			if err == nil && owner != actor.PersonID {
				return models.Conflict("accounts.error.way_taken")
			}
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "accounts.way_added", Subject: db.AuditSubject("person", actor.PersonID), Detail: map[string]string{"way": provider}})
	})
}

// URLKey identifies an identity in a URL, without its subject.
func (i Identity) URLKey() string { return models.HashSecret(i.Provider + " " + i.Subject)[:20] }

// RemoveOwnIdentity is RemoveIdentity for the actor. A platform's identity is
// removed with its account instead, see creators.DisconnectAccount.
func (s *Store) RemoveOwnIdentity(ctx context.Context, actor models.Actor, provider, subject string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return RemoveIdentity(ctx, tx, actor.PersonID, provider, subject, s.clock())
	})
}

// HasIdentity says whether the identity is the actor's.
func (s *Store) HasIdentity(ctx context.Context, actor models.Actor, provider, subject string) (bool, error) {
	id, ok, err := s.PersonIDByIdentity(ctx, provider, subject)
	return ok && actor.SignedIn() && id == actor.PersonID, err
}

// PersonIDByIdentity finds the person who signs in with an identity.
func (s *Store) PersonIDByIdentity(ctx context.Context, provider, subject string) (personID int64, ok bool, err error) {
	var found []Identity
	err = s.db.Read(ctx).Where("provider = ? AND subject = ?", provider, subject).Limit(1).Find(&found).Error
	if err != nil {
		return 0, false, models.Internal("find who signs in", err)
	}
	if len(found) == 0 {
		return 0, false, nil
	}
	return found[0].PersonID, true, nil
}

// IsEmailRegistered says whether somebody has the address here. It is only
// called for a person who owns the address according to their provider.
func (s *Store) IsEmailRegistered(ctx context.Context, email string) (bool, error) {
	address, ok := ParseEmail(email)
	if !ok {
		return false, nil
	}
	var n int64
	err := s.db.Read(ctx).Model(&Person{}).Where("email = ?", address).Count(&n).Error
	return n > 0, err
}

// SignInMethod is how a person signed in: one of these, or a platform's name.
type SignInMethod string

// The methods that are not platforms.
const (
	MethodPassword SignInMethod = "password"
	WayPasskey     SignInMethod = "passkey"
	WayOIDC        SignInMethod = "oidc"
	WayCode        SignInMethod = "code" // mailed to a confirmed address; only proves again who somebody is
)

// IsOwnProof says whether a method asks the person for something of their own, as signing needs
// it. A platform, or an identity provider, may answer for whoever sits at a browser that is
// signed in there.
func (m SignInMethod) IsOwnProof() bool {
	return m == MethodPassword || m == WayPasskey || m == WayCode
}
