package handlers

import (
	"context"
	"log/slog"
	"time"

	"github.com/alexedwards/scs/v2"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
	"tribemarket/models/privacy"
	"tribemarket/views/creator"
)

// Handlers answers every address of the site. internal/app fills it.
type Handlers struct {
	Accounts   *accounts.Store
	Creators   *creators.Store
	Deals      *deals.Store
	Moderation *moderation.Store
	Discovery  *discovery.Store
	Privacy    *privacy.Store
	Providers  platforms.Providers
	OIDC       *oidc.Provider // nil where none is set
	Sessions   *scs.SessionManager
	Clock      models.Clock
	Site       Site
	Log        *slog.Logger
	Unlimited  bool // nobody asks too often: for demos and tests

	// Ready says whether the instance can answer: database there, schema current.
	Ready func(ctx context.Context) error
	// Mails lists the newest mails of a demo.
	Mails func(most int) ([]DemoMail, error)
	// Picture draws the picture of a creator's page, as a PNG.
	Picture func(ctx context.Context, p creator.Picture) ([]byte, error)
}

// Site is what every page needs to know about the instance.
type Site struct {
	BaseURL     string
	Name        string
	Secure      bool // reached over https
	Development bool
	Demo        bool
	Contact     string // an address of whoever runs the instance, "" for none
}

// DemoMail is a mail that a demo would have sent.
type DemoMail struct {
	Name, To, Subject, Text string
	At                      time.Time
}
