package web

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"tribemarket/models"
	"tribemarket/views/paths"
)

// startLimits are the forms that are limited by client address across all nodes, whatever
// their outcome. The other limits of models/limits.go are in the verbs that they guard.
var startLimits = map[string]models.Limit{
	paths.SignIn(""):                  models.SignInStarts,
	paths.PasskeySignIn():             models.SignInStarts,
	paths.ProviderSignIn(":provider"): models.SignInStarts,
}

// Limits refuses requests over the limits: for browsing as counted in this node's memory,
// for sign-ins as counted by all nodes. It comes after Identify, since people have limits
// of their own, wherever they are.
func (b *Base) Limits() echo.MiddlewareFunc {
	if b.Unlimited {
		return func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	}
	counts := newRates(b.Clock)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := counts.allow(c); err != nil {
				return err
			}
			if IsCrowdedOut(c) {
				return models.Starting("web.error.busy", crowdRetryAfter)
			}
			if l, ok := startLimits[c.Path()]; ok && c.Request().Method == http.MethodPost {
				ctx := c.Request().Context()
				if err := b.Accounts.CountUseFrom(ctx, l); err != nil {
					return err
				}
			}
			return next(c)
		}
	}
}

// LimitPrograms refuses a program that makes too many requests, with a short response,
// and records its origin. Programs have no session.
func (b *Base) LimitPrograms() echo.MiddlewareFunc {
	counts := newRates(b.Clock)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx := models.WithOrigin(c.Request().Context(), originOf(c))
			c.SetRequest(c.Request().WithContext(ctx))
			if b.Unlimited {
				return next(c)
			}
			if err := counts.take(models.Programs, models.OriginOf(ctx).Network()); err != nil {
				c.Response().Header().Set("Retry-After", "1")
				return c.String(http.StatusTooManyRequests, "too many requests\n")
			}
			return next(c)
		}
	}
}

// rates are token buckets, one per limit and client. A bucket holds what a limit allows
// at once, and refills over the limit's time.
type rates struct {
	clock models.Clock
	mu    sync.Mutex
	all   map[rateKey]*rated
	swept time.Time
}

type rateKey struct{ limit, whom string }

type rated struct {
	*rate.Limiter
	full time.Time // when the bucket is full again and need not be kept
}

// mostRates limits the memory of the buckets, about 100 bytes each. A flood from more
// networks than that resets everybody's counts.
const mostRates = 200_000

func newRates(clock models.Clock) *rates {
	return &rates{clock: clock, all: map[rateKey]*rated{}, swept: clock()}
}

func (r *rates) allow(c echo.Context) error {
	picture := c.Path() == paths.Picture(":id")+"/:side" // of which a page shows many
	if a := ActorOf(c); a.SignedIn() {
		limit := models.BrowsingSignedIn
		if picture {
			limit = models.PictureViews
		}
		return r.take(limit, strconv.FormatInt(a.PersonID, 10))
	}
	limits := []models.Limit{models.BrowsingBurst, models.BrowsingAnonymous}
	if picture {
		limits = []models.Limit{models.PictureViews}
	}
	if c.Path() == paths.Creators(nil) && c.Request().URL.RawQuery != "" || c.Path() == paths.SimilarCreators(":id") {
		limits = append(limits, models.SearchAnonymous)
	}
	if c.Request().Method == http.MethodPost { // many of them write a row
		limits = append(limits, models.AnonymousForms)
	}
	for i, network := range models.OriginOf(c.Request().Context()).Networks() {
		for _, l := range limits {
			if i > 0 {
				l = l.Wider()
			}
			if err := r.take(l, network); err != nil {
				return err
			}
		}
	}
	return nil
}

// take counts one use of a limit.
func (r *rates) take(l models.Limit, whom string) error {
	now := r.clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep(now)
	key := rateKey{l.Name, whom}
	b, ok := r.all[key]
	if !ok {
		b = &rated{Limiter: rate.NewLimiter(rate.Limit(float64(l.Most)/l.Per.Seconds()), l.Most)}
		r.all[key] = b
	}
	b.full = now.Add(l.Per)
	use := b.ReserveN(now, 1)
	if wait := use.DelayFrom(now); wait > 0 {
		use.CancelAt(now)
		return models.TooMany("web.error.too_many", wait)
	}
	return nil
}

// sweep removes full buckets, once a minute.
func (r *rates) sweep(now time.Time) {
	if now.Sub(r.swept) < time.Minute && len(r.all) < mostRates {
		return
	}
	r.swept = now
	for key, b := range r.all {
		if !now.Before(b.full) {
			delete(r.all, key)
		}
	}
	if len(r.all) >= mostRates {
		clear(r.all)
	}
}
