package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// Reader reads a creator's own figures from a platform, with the token that
// the creator granted. Its errors wrap one of ErrReconnect, ErrScope, ErrBusy
// and ErrSetup.
type Reader interface {
	Read(ctx context.Context, token Token) (Profile, error)
}

// Token is what a creator granted on a platform. Scopes without an entry mean
// that the platform did not say what was granted.
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

	Verified                           bool
	Followers, Following, Likes, Posts *int64
	Latest                             []ReadPost // newest first; nil when refused, empty when there are none
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
)
