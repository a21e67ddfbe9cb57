package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/alexedwards/scs/v2"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Base is what the handlers of every area share: they embed it. internal/app
// fills it.
type Base struct {
	Accounts  *accounts.Store
	Sessions  *scs.SessionManager
	Providers platforms.Providers
	OIDC      *oidc.Provider // nil where none is set
	Clock     models.Clock
	Site      Site
	Log       *slog.Logger
	Unlimited bool // nobody asks too often: for demos and tests

	// CountWaiting counts what waits for an actor, for the frame of every page.
	CountWaiting func(ctx context.Context, a models.Actor, now time.Time) (int, error)
}

// Site is what every page needs to know about the instance.
type Site struct {
	BaseURL     string
	Name        string
	Secure      bool // reached over HTTPS
	Development bool
	Demo        bool
	Contact     string // e-mail address of whoever runs the instance, "" for none
}
