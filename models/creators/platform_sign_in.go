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
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// PlatformSignIn is the result of signing in with a platform.
type PlatformSignIn struct {
	Actor            models.Actor
	Creator          Creator
	PersonCreated    bool  // the person is new here
	ProfileClaimed   bool  // an unclaimed profile was taken over
	FollowersMissing int64 // how many followers the account is short of the floor; 0 if listed
}

// maxConnectTries is how often a sign-in is tried if it collides with another
// one of the same person, or with an import of the same account.
const maxConnectTries = 5

// SignInWithPlatform signs in the person behind a platform's user id, and stores the
// figures and posts just read. A new person takes over the unclaimed profile with their
// handle, if there is one. What a known person has set stays: the language, and the
// profile's name, bio and country. The token is stored, so that the figures can be read
// from now on.
func (s *Store) SignInWithPlatform(ctx context.Context, provider string, p PlatformProfile, t PlatformToken, locale string) (PlatformSignIn, error) {
	now := s.clock()
	p, err := cleanPlatformProfile(p, now)
	if err != nil {
		return PlatformSignIn{}, err
	}
	var out PlatformSignIn
	for range maxConnectTries {
		// The whole transaction is retried, since PostgreSQL aborts one at its first error.
		err = s.db.Tx(ctx, func(tx *db.Tx) (err error) {
			out, err = s.signInWithPlatform(tx, provider, p, t, locale, now)
			return err
		})
		// An account without its identity may also have been created by another
		// sign-in of the same person since this one looked for the identity.
		if !IsWriteConflict(err) && models.CodeOf(err) != models.CodeConflict {
			break
		}
	}
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return PlatformSignIn{}, models.Internal("connect an account of "+provider, err)
	}
	return out, err
}

// IsWriteConflict says whether another transaction wrote the same at the same time.
func IsWriteConflict(err error) bool {
	var e interface{ SQLState() string }
	return errors.Is(err, gorm.ErrDuplicatedKey) || errors.As(err, &e) && e.SQLState() == "40P01" // a deadlock
}

func (s *Store) signInWithPlatform(tx *db.Tx, provider string, p PlatformProfile, t PlatformToken, locale string, now time.Time) (PlatformSignIn, error) {
	personID, known, err := accounts.FindIdentity(tx, provider, p.UserID)
	if err != nil {
		return PlatformSignIn{}, err
	}
	if !known {
		// The owner removed it as a sign-in method; the account stayed.
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
	if err == nil {
		err = s.removeImportedDouble(tx, p, now)
	}
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
// person's own, or else the unclaimed one with the same handle; its ID is 0 if
// there is neither. A handle alone never leads to a claimed profile.
func lockProfileToConnect(tx *db.Tx, personID int64, p PlatformProfile) (Creator, error) {
	var c Creator
	where, args := `person_id IS NULL AND id = (SELECT creator_id FROM creator_accounts
		WHERE platform = ? AND handle_key IN ? AND platform_user_id IS NULL ORDER BY CASE handle_key WHEN ? THEN 0 ELSE 1 END LIMIT 1)`,
		[]any{p.Platform, p.importedKeys(), HandleKeyOf(p.Handle)}
	if personID != 0 {
		where, args = "person_id = ?", []any{personID}
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, args...).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Creator{Zone: "UTC"}, nil
	}
	return c, err
}

// importedKeys are the handles by which a file can have named the account: its own, and
// on YouTube the channel's ID.
func (p PlatformProfile) importedKeys() []string {
	keys := []string{HandleKeyOf(p.Handle)}
	if p.Platform == platform.YouTube && platform.IsChannelID(p.UserID) {
		keys = append(keys, HandleKeyOf(p.UserID))
	}
	return keys
}

// removeImportedDouble removes an unclaimed account that files know by another name than
// the one that was just connected, so that its owner doesn't stand in two profiles.
func (s *Store) removeImportedDouble(tx *db.Tx, p PlatformProfile, now time.Time) error {
	keys := p.importedKeys()
	if len(keys) < 2 {
		return nil
	}
	var doubles []Account
	err := tx.Where(`platform = ? AND handle_key IN ? AND platform_user_id IS NULL
		AND creator_id IN (SELECT id FROM creators WHERE person_id IS NULL)`, p.Platform, keys).Order("id").Find(&doubles).Error
	for _, a := range doubles {
		var left Creator
		if err = tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&left, a.CreatorID).Error; err == nil {
			err = s.deleteAccount(tx, &left, a, now)
		}
		if err != nil {
			return err
		}
	}
	return err
}

// findOrCreatePerson returns the person behind the platform's user id, created if new.
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

// claimProfile gives the profile to the person, replacing imported name and bio with
// the platform's.
func claimProfile(tx *db.Tx, c *Creator, personID int64, p PlatformProfile, now time.Time) error {
	if c.IsClaimed() {
		return nil
	}
	c.PersonID, c.ClaimedAt, c.UpdatedAt = &personID, &now, now
	c.Name, c.Bio = displayNameOf(p), cmp.Or(p.Bio, c.Bio)
	if c.ID != 0 {
		return nil // saved with the reading
	}
	c.PublicID, c.CreatedAt = models.NewPublicID(), now
	return tx.Create(c).Error
}

// displayNameOf returns the name under which the platform shows the account.
func displayNameOf(p PlatformProfile) string {
	return cmp.Or(p.DisplayName, text.Truncate(text.SingleLine(p.Handle), maxNameLength))
}
