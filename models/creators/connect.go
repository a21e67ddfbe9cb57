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

// Connected is what came of connecting an account.
type Connected struct {
	Actor     models.Actor
	Creator   Creator
	New       bool  // the person is new here
	Claimed   bool  // a profile that nobody had claimed was taken over
	ListedGap int64 // followers that are missing to the floor; 0 when listed
}

// connectTries is how often a sign-in is tried that meets another one of the
// same person, or an import of the same account.
const connectTries = 5

// Connect is what signing in with a platform leads to: the person behind the
// platform's user id, with the figures and posts just read. Somebody new takes
// over the unclaimed profile of her handle, where there is one. What a person
// already known has set herself stays: her language, and her profile's name,
// bio and country. The token is kept, so that the figures are read on.
func (s *Store) Connect(ctx context.Context, provider string, p Profile, t Token, locale string) (Connected, error) {
	now := s.clock()
	p, err := received(p, now)
	if err != nil {
		return Connected{}, err
	}
	var out Connected
	for range connectTries {
		// The whole transaction is tried again, since PostgreSQL ends one at its first error.
		err = s.db.Tx(ctx, func(tx *db.Tx) (err error) {
			out, err = s.connect(tx, provider, p, t, locale, now)
			return err
		})
		// An account without its identity can also be one that another sign-in of
		// the same person has made since this one looked for the identity.
		if !collided(err) && models.CodeOf(err) != models.CodeConflict {
			break
		}
	}
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return Connected{}, models.Internal("connect an account of "+provider, err)
	}
	return out, err
}

// collided: somebody else wrote the same at the same time.
func collided(err error) bool {
	var e interface{ SQLState() string }
	return errors.Is(err, gorm.ErrDuplicatedKey) || errors.As(err, &e) && e.SQLState() == "40P01" // a deadlock
}

func (s *Store) connect(tx *db.Tx, provider string, p Profile, t Token, locale string, now time.Time) (Connected, error) {
	personID, known, err := accounts.FindIdentity(tx, provider, p.UserID)
	if err != nil {
		return Connected{}, err
	}
	if !known {
		// Its owner took it away as a way to sign in; the account stayed.
		if a, _, err := accountOf(tx, p.Platform, p.UserID); err != nil || a.ID != 0 {
			return Connected{}, cmp.Or(err, models.Conflict("creators.error.account_no_way"))
		}
	}
	c, err := connecting(tx, personID, p)
	if err != nil {
		return Connected{}, err
	}
	out := Connected{New: !known, Claimed: c.ID != 0 && !c.Claimed()}
	person, err := signIn(tx, personID, provider, p, locale, c.Zone, now)
	if err != nil {
		return Connected{}, err
	}
	if err := claim(tx, &c, person.ID, p, now); err != nil {
		return Connected{}, err
	}
	a, err := s.refresh(tx, &c, p, now)
	if err != nil {
		return Connected{}, err
	}
	if err := s.keepToken(tx, a, t, now); err != nil {
		return Connected{}, err
	}
	out.Creator, out.Actor = c, models.Actor{PersonID: person.ID, CreatorID: c.ID, Locale: person.Locale}
	if !c.Listed {
		p, err := marketplace(tx.DB)
		if err != nil {
			return Connected{}, err
		}
		out.ListedGap = max(0, p.For(a.Platform, c.Country).Followers-a.Followers)
	}
	return out, nil
}

// connecting finds and locks the profile that the account belongs to: the
// person's own, else the unclaimed one of the same handle; its ID is 0 when
// there is neither. A handle alone never leads to a profile that is somebody's.
func connecting(tx *db.Tx, personID int64, p Profile) (Creator, error) {
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

// signIn is the person behind the platform's user id, who is created where she is new.
func signIn(tx *db.Tx, personID int64, provider string, p Profile, locale, zone string, now time.Time) (accounts.Person, error) {
	if personID != 0 {
		return accounts.FindPerson(tx.DB, personID)
	}
	person, err := accounts.CreatePerson(tx, accounts.Person{Name: called(p), Locale: locale, Zone: zone, CreatedAt: now})
	if err != nil {
		return person, err
	}
	return person, accounts.AddIdentity(tx, provider, p.UserID, person.ID, now)
}

// claim makes the profile the person's, with the name and bio of the platform
// in place of what a file said.
func claim(tx *db.Tx, c *Creator, personID int64, p Profile, now time.Time) error {
	if c.Claimed() {
		return nil
	}
	c.PersonID, c.ClaimedAt, c.UpdatedAt = &personID, &now, now
	c.Name, c.Bio = called(p), cmp.Or(p.Bio, c.Bio)
	if c.ID != 0 {
		return nil // saved with what is read
	}
	c.PublicID, c.CreatedAt = models.NewPublicID(), now
	return tx.Create(c).Error
}

// called is the name by which the platform shows the account.
func called(p Profile) string {
	return cmp.Or(p.DisplayName, text.Cut(text.Line(p.Handle), longestName))
}
