package web

import (
	"context"
	"log/slog"

	"github.com/alexedwards/scs/v2"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/stores"
)

// Base is what the handlers of every area share: they embed it. internal/app
// fills it.
type Base struct {
	stores.Stores

	Sessions  *scs.SessionManager
	Providers platforms.Providers
	OIDC      *oidc.Provider // nil where none is set
	Database  Database
	Exports   *models.WorkQueue
	Clock     models.Clock
	Site      Site
	Log       *slog.Logger
	Unlimited bool // nobody asks too often: for demos and tests
}

// Database is what handlers know of the database itself.
type Database struct {
	// IsUnavailable says whether an error means that it cannot work at the moment.
	IsUnavailable func(error) bool
	// CheckAnswers says whether it answers at all. It is cheap to ask often.
	CheckAnswers func(context.Context) error
}

// Site is what every page needs to know about the instance.
type Site struct {
	BaseURL     string
	Secure      bool // reached over HTTPS
	Development bool
	Demo        bool
	Contact     string // e-mail address of whoever runs the instance, "" for none
}
