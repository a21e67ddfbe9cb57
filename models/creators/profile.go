package creators

import (
	"context"
	"errors"

	"tribemarket/models"
)

// MediaKit is everything that a creator's page shows.
type MediaKit struct {
	Creator      Creator
	Accounts     []Account // the most followed first
	Account      Account   // the chosen one
	Tribes       []TribeOf
	Languages    []string
	ContentTypes []string
	Prices       []Price
	Posts        []Post // the chosen account's latest 30, newest first
	Own          bool   // the actor's own
}

// Get reads a creator's page. A profile that is not listed exists for its owner
// alone. platform chooses the account whose posts are read; "" is the most followed.
func (s *Store) Get(ctx context.Context, actor models.Actor, publicID, platform string) (MediaKit, error) {
	return MediaKit{}, errors.ErrUnsupported
}

// ProfileForm is what creators say about themselves.
type ProfileForm struct {
	Name         string
	Bio          string
	Country      string
	Zone         string
	Languages    []string
	Tribes       []string // declared
	ContentTypes []string
	Prices       []PriceForm
}

// PriceForm is a starting price as it was typed; an empty amount is none.
type PriceForm struct {
	Format   string
	Amount   string // plain decimal, as models.ParseMoney reads it
	Currency string
}

// Own reads the actor's own profile.
func (s *Store) Own(ctx context.Context, actor models.Actor) (MediaKit, error) {
	return MediaKit{}, errors.ErrUnsupported
}

// OfPerson is the creator that a person is.
func (s *Store) OfPerson(ctx context.Context, personID int64) (Creator, error) {
	return Creator{}, errors.ErrUnsupported
}

// EditProfile keeps what the actor says about herself as a creator.
func (s *Store) EditProfile(ctx context.Context, actor models.Actor, f ProfileForm) error {
	return errors.ErrUnsupported
}
