// Package app assembles an instance from its settings: the only package that knows all
// others. A test starts it on port 0.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"tribemarket/handlers/web"
	"tribemarket/internal/artwork"
	"tribemarket/internal/config"
	"tribemarket/internal/domains"
	"tribemarket/internal/jobs"
	"tribemarket/internal/logging"
	"tribemarket/internal/mail"
	"tribemarket/internal/picture"
	"tribemarket/internal/storage"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/files"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/privacy"
	"tribemarket/models/rankings"
	"tribemarket/models/search"
	"tribemarket/models/stores"
	"tribemarket/models/workflow/run"
	"tribemarket/static"
)

// App is one instance of the marketplace.
type App struct {
	stores.Stores

	Config config.Config
	DB     *db.DB
	Clock  models.Clock
	Log    *slog.Logger

	readiness      *sharedCheck
	leaving        atomic.Bool  // soon to stop, and no longer ready
	database       *sharedCheck // whether the database answers
	mail           mail.Sender
	pictures       *picture.Drawer
	metrics        *metrics // nil for none
	server         *http.Server
	worker         db.Worker
	stopBackground context.CancelFunc // ends this node's background work
}

// HeaderTimeout is how long a request may take to send its headers.
const HeaderTimeout = 5 * time.Second

// Open connects to the database, migrates its schema and creates the areas' stores. The
// caller closes it.
func Open(ctx context.Context, cfg config.Config, clock models.Clock, log *slog.Logger) (*App, error) {
	d, err := openDatabase(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	if p := d.Pooling(); p != "" {
		log.InfoContext(ctx, "PostgreSQL is reached "+p)
	}
	if d.Keys, err = loadKeys(ctx, cfg, d, log); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	d.Unlimited = cfg.Limits == "off"
	if err := d.MigrateUp(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := d.NoteDigestKey(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{Config: cfg, DB: d, Clock: clock, Log: log, readiness: newReadinessCheck(cfg, d), database: &sharedCheck{timeout: databaseTimeout, run: d.CheckAnswers}}
	a.Accounts = accounts.NewStore(d, clock, creators.ProfileRows)
	a.Accounts.SessionLimits = accounts.SessionLimits{Idle: cfg.SessionIdle, Absolute: cfg.SessionAbsolute, AdminIdle: cfg.SessionAdminIdle}
	a.Creators = creators.NewStore(d, clock, catalogue)
	a.Creators.YouTubeDerived = cfg.YouTubeDerivedMetrics == "accepted"
	a.Creators.NoThumbnails = cfg.Thumbnails == "off"
	if _, err := a.Creators.ListProgrammes(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.Creators.ReloadTribeCatalogue(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	folder, err := storage.OpenDirectory(cfg.FilesFolder())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("FILES_DIR: %w", err), d.Close())
	}
	stored := artwork.Storage{Storage: fileStorage{folder}}
	a.Files = files.NewStore(d, clock, stored, newPictureDecoder(), creators.PictureRules())
	a.Files.NoThumbnails = a.Creators.NoThumbnails
	a.Imports = imports.NewStore(imports.NewImporter(d, a.Creators, clock), openTable)
	a.Search = search.NewEngine(d, a.Creators, clock)
	a.Rankings = rankings.NewStore(d, a.Creators, clock)
	a.Workflow = run.NewEngine(d, clock)
	a.Contracts = contracts.NewStore(d, clock, a.Files, a.Workflow)
	a.Contracts.UnprintableLetter = unprintableLetter
	a.Deals = deals.NewStore(d, clock, a.Creators, a.Contracts, a.Workflow)
	a.Negotiations = negotiation.NewStore(d, clock, a.Creators, a.Deals, a.Workflow)
	a.Negotiations.UnprintableLetter = unprintableLetter
	if err := a.Workflow.Check(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.backfillDerivedData(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a.Moderation = moderation.NewStore(d, clock, a.Creators, a.Negotiations)
	a.Moderation.Work = jobs.Expectations()
	a.Discovery = discovery.NewStore(d, clock, a.Creators, a.Search)
	a.Privacy = privacy.NewStore(d, clock, a.Creators, a.Negotiations, privacy.RetentionPeriods{
		Addresses: cfg.KeepAddresses, Mails: cfg.KeepMails, Links: cfg.KeepLinks, Unclaimed: cfg.KeepUnclaimed,
	})
	if a.Notifications, err = notifications.NewStore(d, clock, a.receivers()); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if a.pictures, err = picture.New(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.openSetup(ctx, cfg); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a.mail = &currentMail{app: a}
	a.Accounts.MailReaches = a.mail.Reaches
	return a, nil
}

func openDatabase(ctx context.Context, cfg config.Config) (*db.DB, error) {
	if path, ok := strings.CutPrefix(cfg.DatabaseURL, "sqlite:"); ok && cfg.Demo {
		return db.OpenDemo(ctx, path)
	}
	return db.OpenWithDirect(ctx, cfg.DatabaseURL, cfg.DirectURL)
}

// Close ends the connections to the database.
func (a *App) Close() error { return a.DB.Close() }

// Listen opens the address on which Serve answers, and that of the metrics; port 0 picks a
// free one.
func (a *App) Listen() (net.Listener, error) {
	ln, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return nil, fmt.Errorf("ADDR: %w", err)
	}
	a.Config = a.Config.WithListenAddress(ln.Addr())
	if a.Config.MetricsAddr != "" {
		if a.metrics, err = a.newMetrics(); err != nil {
			return nil, errors.Join(err, ln.Close())
		}
	}
	return ln, nil
}

// Start answers on the listener and runs jobs until Stop.
func (a *App) Start(ctx context.Context, ln net.Listener) error {
	// What goes wrong in the background goes wrong again and again.
	log := slog.New(logging.FoldRepeats(a.Log.Handler()))
	j := &jobs.Jobs{Stores: a.Stores, DB: a.DB, APIs: a.PlatformProviders().APIs(), Domains: domains.NewInternetProver(net.DefaultResolver, accounts.DomainProofPath), Mail: a.mail, BaseURL: a.Config.BaseURL, Operator: cmp.Or(a.Config.OperatorEmail, a.Config.ContactEmail), Clock: a.Clock, Log: log}
	var err error
	if a.worker, err = j.NewWorker(); err != nil {
		return err
	}
	// Jobs outlive the signal that ends the program: Stop lets them finish.
	if err := a.worker.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	own, quit := context.WithCancel(context.WithoutCancel(ctx))
	a.stopBackground = quit
	go a.keepCatalogueCurrent(own, log)
	go a.keepSettingsCurrent(own, log)
	go a.Search.FollowChanges(own, log)
	go j.WatchWork(own)
	a.server = &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: HeaderTimeout,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
	go a.answer(a.server, ln)
	if a.metrics != nil {
		go a.answer(a.metrics.server, a.metrics.listener)
	}
	return nil
}

func (a *App) answer(s *http.Server, ln net.Listener) {
	if err := s.Serve(ln); err != nil && !errors.Is(err, http.ErrServerClosed) {
		a.Log.Error("the server ended", "error", err)
	}
}

// LeaveProxy says that this node is not ready, and goes on answering for so long.
func (a *App) LeaveProxy(long time.Duration) {
	a.leaving.Store(true)
	time.Sleep(long)
}

// Stop answers pending requests, lets running jobs finish, and ends.
func (a *App) Stop(ctx context.Context) error {
	a.stopBackground()
	err := a.server.Shutdown(ctx)
	err = errors.Join(err, a.worker.Stop(ctx))
	if a.metrics != nil {
		err = errors.Join(err, a.metrics.server.Close())
	}
	return err
}

// Handler is the whole site.
func (a *App) Handler() http.Handler {
	h := a.Handlers()
	a.discoverOpenID(h.OIDC)
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = ipExtractor(a.Config.TrustedProxies)
	e.Pre(ownRequestID, middleware.RequestID())
	if a.metrics != nil {
		e.Use(a.metrics.measure)
	}
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: a.logPanic}))
	e.Use(middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: web.MaxBody, Skipper: h.HasOwnBodyLimit()}))
	e.Use(h.BoundVisitorForms())
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Level: 5, MinLength: 1024, Skipper: isNotCompressed}))
	e.Match([]string{http.MethodGet, http.MethodHead}, static.Prefix+"*", echo.WrapHandler(static.Handler()))
	h.Mount(e)
	return e
}

// ownRequestID removes a request id chosen by the client, since ids are stored in the
// audit log.
func ownRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().Header.Del(echo.HeaderXRequestID)
		return next(c)
	}
}

// isNotCompressed says whether a response is sent as it is: static files are stored
// compressed, pictures are, and of many refusals each would hold a compressor.
func isNotCompressed(c echo.Context) bool {
	path := c.Request().URL.Path
	return web.IsCrowdedOut(c) || strings.HasPrefix(path, "/static/") || strings.HasSuffix(path, "/picture.png")
}

// newSessionManager leaves the lifetime of sessions to their store: scs's own idle
// timeout would make every page view a write.
func (a *App) newSessionManager() *scs.SessionManager {
	m := scs.New()
	m.Store = a.Accounts.SessionStore()
	m.Codec = accounts.SessionCodec{}
	m.HashTokenInStore = true
	m.Lifetime = cmp.Or(a.Config.SessionAbsolute, accounts.SessionAbsolute)
	m.Cookie.Name = "session"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	if a.Config.IsHTTPS() {
		m.Cookie.Name, m.Cookie.Secure = "__Host-session", true
	}
	return m
}

func (a *App) logPanic(c echo.Context, err error, stack []byte) error {
	a.Log.ErrorContext(c.Request().Context(), "panic", "path", c.Request().URL.Path, "error", err, "stack", string(stack))
	return err
}

// ipExtractor trusts X-Forwarded-For only from the configured proxies.
func ipExtractor(trusted []string) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, t := range trusted {
		if p, err := netip.ParsePrefix(t); err == nil {
			_, n, _ := net.ParseCIDR(p.String())
			opts = append(opts, echo.TrustIPRange(n))
		}
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}
