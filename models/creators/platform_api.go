package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// PlatformAPI is a platform's API, used with a token that a creator granted. Its
// errors wrap one of ErrReconnect, ErrMissingScope, ErrPlatformBusy,
// ErrPlatformSetup, ErrNoAccount, ErrFollowersHidden and ErrPersonalAccount.
type PlatformAPI interface {
	// Read reads the creator's own figures.
	Read(ctx context.Context, token PlatformToken) (PlatformProfile, error)
	// Refresh exchanges a token for one that lives longer. The old one may be
	// invalid from then on, so the answer has to be stored at once.
	Refresh(ctx context.Context, token PlatformToken) (PlatformToken, error)
	// Revoke revokes a token at the platform; one that is invalid already is no error.
	Revoke(ctx context.Context, token PlatformToken) error
}

// TokenValidator is a PlatformAPI that requires tokens to be validated every hour,
// and its data not to be used once they are invalid (ErrReconnect).
type TokenValidator interface {
	Validate(ctx context.Context, token PlatformToken) error
}

// ConsentRemoval is a platform's message that a creator has revoked their consent.
type ConsentRemoval struct {
	UserID string
	At     time.Time
	Kind   RemovalKind
}

// RemovalKind says how far a removal goes.
type RemovalKind string

// The removals: of the consent alone, so that the figures grow old, or of all
// data on the account.
const (
	ConsentRemoved RemovalKind = "consent"
	DataRemoved    RemovalKind = "data"
)

// PlatformToken is what a creator granted on a platform. Empty Scopes mean that the
// platform did not say what was granted, a zero expiry that it named none.
type PlatformToken struct {
	Access, Refresh             string
	Scopes                      []string
	ExpiresAt, RefreshExpiresAt time.Time
}

// String keeps tokens out of logs.
func (PlatformToken) String() string { return "[token]" }

// PlatformProfile is an account as its platform shows it to its owner. A figure is nil
// if the platform did not give it or the creator refused its scope.
type PlatformProfile struct {
	Platform, UserID, Handle, DisplayName, Bio, AvatarURL, URL string
	Country                                                    string // ISO 3166-1 alpha-2, "" if not given

	Verified                           bool
	Followers, Following, Likes, Posts *int64
	LatestPosts                        []PlatformPost // newest first; nil if refused, empty if there are none
	Audience                           []AudiencePart // nil if refused or not given
	ReadAt                             time.Time
}

// PlatformPost is one post with its figures at the time of reading.
type PlatformPost struct {
	ID                             string
	PostedAt                       time.Time
	Duration                       time.Duration
	Views, Likes, Comments, Shares *int64
	URL, Caption                   string
	ThumbnailURL                   string // "" if the platform gave none, or it may not be stored
	Hashtags                       []string
}

// Errors of platforms; the adapters wrap them with their cause.
var (
	// ErrReconnect: the code or token is not (or no longer) valid; the creator has to sign
	// in again.
	ErrReconnect error = &models.Error{Code: models.CodeForbidden, Key: "platforms.reconnect"}
	// ErrIdentityRefused: what the provider said of who signs in cannot be believed: it is
	// for somebody else, signed with another key, or of another time.
	ErrIdentityRefused error = &models.Error{Code: models.CodeForbidden, Key: "platforms.identity"}
	// ErrMissingScope: the creator denied or revoked a required permission.
	ErrMissingScope error = &models.Error{Code: models.CodeForbidden, Key: "platforms.scope"}
	// ErrPlatformBusy: the platform is down, slow, limits us or answers nonsense; try again
	// later.
	ErrPlatformBusy error = &models.Error{Code: models.CodeUnavailable, Key: "platforms.busy"}
	// ErrPlatformSetup: the platform refuses this instance's credentials or request; the
	// operator has to act.
	ErrPlatformSetup error = &models.Error{Code: models.CodeInternal, Key: "platforms.setup"}
	// ErrNoAccount: the person who signed in has no channel there, so there is nothing to
	// read.
	ErrNoAccount error = &models.Error{Code: models.CodeForbidden, Key: "platforms.no_account"}
	// ErrFollowersHidden: the creator's own settings hide the number of followers from
	// everybody.
	ErrFollowersHidden error = &models.Error{Code: models.CodeForbidden, Key: "platforms.hidden"}
	// ErrPersonalAccount: the account is of a kind for which the platform gives no figures.
	ErrPersonalAccount error = &models.Error{Code: models.CodeForbidden, Key: "platforms.personal"}
)

// AudiencePart is a share of an account's audience, such as the viewers of one country.
type AudiencePart struct {
	Kind AudienceDimension
	Key  string // an ISO country, an age group such as 18-24 or 65+, or female, male, other
	PPM  int64  // millionths of the audience in this dimension
}

// AudienceDimension is a way to divide an audience.
type AudienceDimension string

// The dimensions.
const (
	AudienceByCountry AudienceDimension = "country"
	AudienceByAge     AudienceDimension = "age"
	AudienceByGender  AudienceDimension = "gender"
)
