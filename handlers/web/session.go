package web

import (
	"context"
	"errors"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// sessionTimeout is how long saving a session may take. It is saved even where
// the browser has hung up: what was done stays done, and a renewed token is the
// one that the browser's next request must find.
const sessionTimeout = 5 * time.Second

// renewal is with which token a session was loaded, and whether it wants another.
type renewal struct {
	loaded string
	wanted bool
}

type renewalKey struct{}

// LoadSession loads the browser's session, and saves what the request changes in
// it just before the answer goes out. An answer says what was done: that the
// session could not be saved changes nothing in it.
func (b *Base) LoadSession(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := ""
		if cookie, err := c.Cookie(b.Sessions.Cookie.Name); err == nil {
			token = cookie.Value
		}
		ctx, err := b.Sessions.Load(c.Request().Context(), token)
		if err != nil {
			return models.Internal("load the session", err)
		}
		c.SetRequest(c.Request().WithContext(context.WithValue(ctx, renewalKey{}, &renewal{loaded: token})))
		c.Response().Before(func() {
			if err := b.writeSession(c); err != nil {
				b.LogFailure(c, "save the session", err)
			}
		})
		return next(c)
	}
}

// RenewSession gives the session another token when it is saved. Requests that
// renew it at once get the same one, and those that the browser had sent before
// are answered for accounts.SessionGrace. Signing in and a new password, after
// which an old token is worth nothing at all, renew it with scs's RenewToken.
func (b *Base) RenewSession(ctx context.Context) {
	if r, ok := ctx.Value(renewalKey{}).(*renewal); ok {
		r.wanted = true
	}
}

// SaveSession saves the session at once, for actions that consist in what it
// holds, so that they fail with it.
func (b *Base) SaveSession(c echo.Context) error {
	_, _, err := b.commitSession(c)
	if errors.Is(err, accounts.ErrSessionSuperseded) {
		return models.SignInRequired()
	}
	if err != nil {
		return models.Internal("save the session", err)
	}
	return nil
}

// writeSession saves a changed session and sets the cookie of a new token. The
// one that the request came with is not set again, nor is any where the session
// has ended or has another token by now: answers overtake each other, and the
// browser may have a better one.
func (b *Base) writeSession(c echo.Context) error {
	if c.Get(unsavedKey) != nil {
		return nil
	}
	ctx := c.Request().Context()
	switch b.Sessions.Status(ctx) {
	case scs.Destroyed:
		b.Sessions.WriteSessionCookie(ctx, c.Response(), "", time.Time{})
	case scs.Modified:
		token, expiry, err := b.commitSession(c)
		if errors.Is(err, accounts.ErrSessionSuperseded) {
			return nil
		}
		if err != nil {
			return err
		}
		if r, ok := ctx.Value(renewalKey{}).(*renewal); !ok || token != r.loaded {
			b.Sessions.WriteSessionCookie(ctx, c.Response(), token, expiry)
		}
	}
	return nil
}

const unsavedKey = "session unsaved"

// leaveSessionUnsaved keeps an answer that says that something failed from waiting
// for the session to be saved.
func leaveSessionUnsaved(c echo.Context) { c.Set(unsavedKey, true) }

func (b *Base) commitSession(c echo.Context) (token string, expiry time.Time, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), sessionTimeout)
	defer cancel()
	r, _ := ctx.Value(renewalKey{}).(*renewal)
	old := b.Sessions.Token(ctx)
	switch {
	case r == nil || old == "" || old != r.loaded: // begun anew
		return b.Sessions.Commit(ctx)
	case !r.wanted && b.Sessions.Exists(ctx, accounts.SessionSuperseded):
		return "", time.Time{}, accounts.ErrSessionSuperseded
	case !r.wanted:
		return b.Sessions.Commit(ctx)
	}
	ctx, successor := b.Accounts.SessionStore().WithRenewal(ctx, old)
	_, expiry, err = b.Sessions.Commit(ctx)
	return successor, expiry, err
}
