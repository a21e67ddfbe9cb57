package creators

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// PlatformSignIn is what came of connecting an account.
type PlatformSignIn struct {
	Actor            models.Actor
	Creator          Creator
	PersonCreated    bool  // the person is new here
	ProfileClaimed   bool  // a profile that nobody had claimed was taken over
	FollowersMissing int64 // followers that are missing to the floor; 0 when listed
}

// maxConnectTries is how often a sign-in is tried that meets another one of the
// same person, or an import of the same account.
const maxConnectTries = 5

// SignInWithPlatform is what signing in with a platform leads to: the person behind the
// platform's user id, with the figures and posts just read. Somebody new takes
// over the unclaimed profile of her handle, where there is one. What a person
// already known has set herself stays: her language, and her profile's name,
// bio and country. The token is kept, so that the figures are read on.
func (s *Store) SignInWithPlatform(ctx context.Context, provider string, p PlatformProfile, t PlatformToken, locale string) (PlatformSignIn, error) {
	now := s.clock()
	p, err := cleanPlatformProfile(p, now)
	if err != nil {
		return PlatformSignIn{}, err
	}
	var out PlatformSignIn
	for range maxConnectTries {
		// The whole transaction is tried again, since PostgreSQL ends one at its first error.
		err = s.db.Tx(ctx, func(tx *db.Tx) (err error) {
			out, err = s.signInWithPlatform(tx, provider, p, t, locale, now)
			return err
		})
		// An account without its identity can also be one that another sign-in of
		// the same person has made since this one looked for the identity.
		if !isWriteConflict(err) && models.CodeOf(err) != models.CodeConflict {
			break
		}
	}
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return PlatformSignIn{}, models.Internal("connect an account of "+provider, err)
	}
	return out, err
}

// collided: somebody else wrote the same at the same time.
func isWriteConflict(err error) bool {
	var e interface{ SQLState() string }
	return errors.Is(err, gorm.ErrDuplicatedKey) || errors.As(err, &e) && e.SQLState() == "40P01" // a deadlock
}

func (s *Store) signInWithPlatform(tx *db.Tx, provider string, p PlatformProfile, t PlatformToken, locale string, now time.Time) (PlatformSignIn, error) {
	personID, known, err := accounts.FindIdentity(tx, provider, p.UserID)
	if err != nil {
		return PlatformSignIn{}, err
	}
	if !known {
		// Its owner took it away as a way to sign in; the account stayed.
		if a, _, err := lockAccountByUserID(tx, p.Platform, p.UserID); err != nil || a.ID != 0 {
			return PlatformSignIn{}, cmp.Or(err, models.Conflict("creators.error.account_no_way"))
		}
	}
	c, err := lockProfileToConnect(tx, personID, p)
	if err != nil {
		return PlatformSignIn{}, err
	}
	out := PlatformSignIn{PersonCreated: !known, ProfileClaimed: c.ID != 0 && !c.IsClaimed()}
	person, err := findOrCreatePerson(tx, personID, provider, p, locale, c.Zone, now)
	if err != nil {
		return PlatformSignIn{}, err
	}
	if err := claimProfile(tx, &c, person.ID, p, now); err != nil {
		return PlatformSignIn{}, err
	}
	a, err := s.updateAccountFromPlatform(tx, &c, p, now)
	if err != nil {
		return PlatformSignIn{}, err
	}
	if err := s.saveToken(tx, a, t, now); err != nil {
		return PlatformSignIn{}, err
	}
	out.Creator, out.Actor = c, models.Actor{PersonID: person.ID, CreatorID: c.ID, Locale: person.Locale}
	if !c.Listed {
		p, err := readMarketplace(tx.DB)
		if err != nil {
			return PlatformSignIn{}, err
		}
		out.FollowersMissing = max(0, p.FloorFor(a.Platform, c.Country).Followers-a.Followers)
	}
	return out, nil
}

// lockProfileToConnect finds and locks the profile that the account belongs to: the
// person's own, else the unclaimed one of the same handle; its ID is 0 when
// there is neither. A handle alone never leads to a profile that is somebody's.
func lockProfileToConnect(tx *db.Tx, personID int64, p PlatformProfile) (Creator, error) {
	var c Creator
	where, args := `person_id IS NULL AND id = (SELECT creator_id FROM creator_accounts
		WHERE platform = ? AND handle_key = ? AND platform_user_id IS NULL)`, []any{p.Platform, text.Fold(p.Handle)}
	if personID != 0 {
		where, args = "person_id = ?", []any{personID}
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, args...).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Creator{Zone: "UTC"}, nil
	}
	return c, err
}

// findOrCreatePerson is the person behind the platform's user id, who is created where she is new.
func findOrCreatePerson(tx *db.Tx, personID int64, provider string, p PlatformProfile, locale, zone string, now time.Time) (accounts.Person, error) {
	if personID != 0 {
		return accounts.FindPerson(tx.DB, personID)
	}
	person, err := accounts.CreatePerson(tx, accounts.Person{Name: displayNameOf(p), Locale: locale, Zone: zone, CreatedAt: now})
	if err != nil {
		return person, err
	}
	return person, accounts.AddIdentity(tx, provider, p.UserID, person.ID, now)
}

// claimProfile makes the profile the person's, with the name and bio of the platform
// in place of what a file said.
func claimProfile(tx *db.Tx, c *Creator, personID int64, p PlatformProfile, now time.Time) error {
	if c.IsClaimed() {
		return nil
	}
	c.PersonID, c.ClaimedAt, c.UpdatedAt = &personID, &now, now
	c.Name, c.Bio = displayNameOf(p), cmp.Or(p.Bio, c.Bio)
	if c.ID != 0 {
		return nil // saved with what is read
	}
	c.PublicID, c.CreatedAt = models.NewPublicID(), now
	return tx.Create(c).Error
}

// displayNameOf is the name by which the platform shows the account.
func displayNameOf(p PlatformProfile) string {
	return cmp.Or(p.DisplayName, text.Truncate(text.SingleLine(p.Handle), maxNameLength))
}
