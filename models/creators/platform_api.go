package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// PlatformAPI is what a platform does with the token that a creator granted. Its
// errors wrap one of ErrReconnect, ErrScope, ErrBusy, ErrSetup, ErrNoAccount,
// ErrHidden and ErrPersonal.
type PlatformAPI interface {
	// Read reads the creator's own figures.
	Read(ctx context.Context, token PlatformToken) (PlatformProfile, error)
	// Refresh exchanges a token for one that lives longer. The one given may be
	// worth nothing from then on, so that the answer has to be kept at once.
	Refresh(ctx context.Context, token PlatformToken) (PlatformToken, error)
	// Revoke ends a token at the platform; one that is dead already is no error.
	Revoke(ctx context.Context, token PlatformToken) error
}

// TokenValidator is a Platform that wants to be asked every hour whether a token is
// still good, and its figures left alone once it is not (ErrReconnect).
type TokenValidator interface {
	Validate(ctx context.Context, token PlatformToken) error
}

// ConsentRemoval is a platform's own word that a creator has taken back the consent.
type ConsentRemoval struct {
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

// PlatformToken is what a creator granted on a platform. Scopes without an entry mean
// that the platform did not say what was granted, a zero end that it named none.
type PlatformToken struct {
	Access, Refresh             string
	Scopes                      []string
	ExpiresAt, RefreshExpiresAt time.Time
}

// String keeps tokens out of logs.
func (PlatformToken) String() string { return "[token]" }

// PlatformProfile is an account as its platform shows it to its owner. A figure is nil
// when the platform did not give it or the creator refused its scope.
type PlatformProfile struct {
	Platform, UserID, Handle, DisplayName, Bio, AvatarURL, URL string
	Country                                                    string // ISO 3166-1 alpha-2, "" when not given

	Verified                           bool
	Followers, Following, Likes, Posts *int64
	LatestPosts                        []PlatformPost // newest first; nil when refused, empty when there are none
	Audience                           []AudiencePart // nil when refused or not given
	ReadAt                             time.Time
}

// PlatformPost is one post with the figures that it has at the time of reading.
type PlatformPost struct {
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
	// ErrMissingScope: the creator left out, or took back, a permission that is needed.
	ErrMissingScope error = &models.Error{Code: models.CodeForbidden, Key: "platforms.scope"}
	// ErrPlatformBusy: the platform is down, slow, limits us or answers nonsense; worth another try later.
	ErrPlatformBusy error = &models.Error{Code: models.CodeUnavailable, Key: "platforms.busy"}
	// ErrPlatformSetup: the platform refuses this instance's credentials or request; its operator has to act.
	ErrPlatformSetup error = &models.Error{Code: models.CodeInternal, Key: "platforms.setup"}
	// ErrNoAccount: who signed in has no channel there, so that there is nothing to read.
	ErrNoAccount error = &models.Error{Code: models.CodeForbidden, Key: "platforms.no_account"}
	// ErrFollowersHidden: the creator's own settings keep her followers from everybody.
	ErrFollowersHidden error = &models.Error{Code: models.CodeForbidden, Key: "platforms.hidden"}
	// ErrPersonalAccount: the account is of a kind that the platform gives no figures of.
	ErrPersonalAccount error = &models.Error{Code: models.CodeForbidden, Key: "platforms.personal"}
)

// AudiencePart is a part of an account's audience, such as the viewers of one country.
type AudiencePart struct {
	Kind AudienceDimension
	Key  string // an ISO country, an age group such as 18-24 or 65+, or female, male, other
	PPM  int64  // millionths of the audience of this kind
}

// AudienceDimension is by what an audience is divided.
type AudienceDimension string

// The ways to divide an audience.
const (
	AudienceByCountry AudienceDimension = "country"
	AudienceByAge     AudienceDimension = "age"
	AudienceByGender  AudienceDimension = "gender"
)
