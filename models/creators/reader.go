package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// Platform is what a platform does with the token that a creator granted. Its
// errors wrap one of ErrReconnect, ErrScope, ErrBusy, ErrSetup, ErrNoAccount,
// ErrHidden and ErrPersonal.
type Platform interface {
	// Read reads the creator's own figures.
	Read(ctx context.Context, token Token) (Profile, error)
	// Refresh exchanges a token for one that lives longer. The one given may be
	// worth nothing from then on, so that the answer has to be kept at once.
	Refresh(ctx context.Context, token Token) (Token, error)
	// Revoke ends a token at the platform; one that is dead already is no error.
	Revoke(ctx context.Context, token Token) error
}

// Validator is a Platform that wants to be asked every hour whether a token is
// still good, and its figures left alone once it is not (ErrReconnect).
type Validator interface {
	Validate(ctx context.Context, token Token) error
}

// Removal is a platform's own word that a creator has taken back the consent.
type Removal struct {
	UserID string
	At     time.Time
	Kind   RemovalKind
}

// RemovalKind says how far a removal goes.
type RemovalKind string

// The removals: of the consent alone, so that the figures grow old, or of all
// that is held on the account.
const (
	ConsentRemoved RemovalKind = "consent"
	DataRemoved    RemovalKind = "data"
)

// Token is what a creator granted on a platform. Scopes without an entry mean
// that the platform did not say what was granted, a zero end that it named none.
type Token struct {
	Access, Refresh             string
	Scopes                      []string
	ExpiresAt, RefreshExpiresAt time.Time
}

// String keeps tokens out of logs.
func (Token) String() string { return "[token]" }

// Profile is an account as its platform shows it to its owner. A figure is nil
// when the platform did not give it or the creator refused its scope.
type Profile struct {
	Platform, UserID, Handle, DisplayName, Bio, AvatarURL, URL string
	Country                                                    string // ISO 3166-1 alpha-2, "" when not given

	Verified                           bool
	Followers, Following, Likes, Posts *int64
	Latest                             []ReadPost // newest first; nil when refused, empty when there are none
	Audience                           []Share    // nil when refused or not given
	ReadAt                             time.Time
}

// ReadPost is one post with the figures that it has at the time of reading.
type ReadPost struct {
	ID                             string
	PostedAt                       time.Time
	Duration                       time.Duration
	Views, Likes, Comments, Shares *int64
	URL, Caption                   string
	Hashtags                       []string
}

// What can go wrong with a platform; the adapters wrap these with their cause.
var (
	// ErrReconnect: the code or token is not (or no longer) valid, the creator has to sign in again.
	ErrReconnect error = &models.Error{Code: models.CodeForbidden, Key: "platforms.reconnect"}
	// ErrScope: the creator left out, or took back, a permission that is needed.
	ErrScope error = &models.Error{Code: models.CodeForbidden, Key: "platforms.scope"}
	// ErrBusy: the platform is down, slow, limits us or answers nonsense; worth another try later.
	ErrBusy error = &models.Error{Code: models.CodeUnavailable, Key: "platforms.busy"}
	// ErrSetup: the platform refuses this instance's credentials or request; its operator has to act.
	ErrSetup error = &models.Error{Code: models.CodeInternal, Key: "platforms.setup"}
	// ErrNoAccount: who signed in has no channel there, so that there is nothing to read.
	ErrNoAccount error = &models.Error{Code: models.CodeForbidden, Key: "platforms.no_account"}
	// ErrHidden: the creator's own settings keep her followers from everybody.
	ErrHidden error = &models.Error{Code: models.CodeForbidden, Key: "platforms.hidden"}
	// ErrPersonal: the account is of a kind that the platform gives no figures of.
	ErrPersonal error = &models.Error{Code: models.CodeForbidden, Key: "platforms.personal"}
)

// Share is a part of an account's audience, such as the viewers of one country.
type Share struct {
	Kind ShareKind
	Key  string // an ISO country, an age group such as 18-24 or 65+, or female, male, other
	PPM  int64  // millionths of the audience of this kind
}

// ShareKind is by what an audience is divided.
type ShareKind string

// The ways to divide an audience.
const (
	ByCountry ShareKind = "country"
	ByAge     ShareKind = "age"
	ByGender  ShareKind = "gender"
)
