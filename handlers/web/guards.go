package web

import (
	"context"
	"errors"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// Guard says who may use a route at all. Who may use a particular object is decided by
// the area's policy: a stranger's deal is answered like a missing one.
type Guard uint8

// The guards, from the most to the least permissive.
const (
	// Machine is for probes, platforms and mail programs. They have neither a session nor
	// a CSRF token: their signature or token replaces both.
	Machine Guard = iota + 1
	// Stranger is for networks and search engines, which have no session.
	Stranger
	// Anyone is for everybody with a browser.
	Anyone
	// Present is for signed-in people, even suspended ones: they may leave, and export or
	// erase what is stored about them.
	Present
	// SignedIn is for signed-in people who are not suspended.
	SignedIn
	// Creator is for creators.
	Creator
	// Brand is for members of a brand.
	Brand
	// Manager is for members of a brand who act for it.
	Manager
	// Admin is for administrators. For anybody else the URL does not exist.
	Admin

	recent Guard = 1 << 7
)

// Recent adds to a guard that people must have proven who they are within the last
// quarter of an hour; others have to do so first.
func Recent(g Guard) Guard { return g | recent }

// Check refuses visitors whom the guard does not admit.
func (b *Base) Check(g Guard) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			err := b.refusal(c, g&^recent)
			switch {
			case errors.Is(err, errNoSecondFactor):
				b.Flash(c, "accounts.factor.admins_text")
				return SeeOther(c, paths.SecuritySettings())
			case err != nil:
				return err
			case g&recent != 0 && !b.IsReauthenticationFresh(c):
				return SeeOther(c, paths.ConfirmIdentity(b.ReturnPath(c.Request())))
			}
			return next(c)
		}
	}
}

// refusal says why the guard refuses the visitor, nil if it does not.
func (b *Base) refusal(c echo.Context, g Guard) error {
	a := ActorOf(c)
	switch {
	case g == Anyone:
		return nil
	case g == Admin:
		return b.refusalOfAdmin(c.Request().Context(), a)
	case !a.SignedIn():
		return models.SignInRequired()
	case g == Present:
		return nil
	case a.Suspended:
		return models.Forbidden("web.error.suspended")
	case g == SignedIn:
		return nil
	case g == Creator && a.CreatorID == 0:
		return models.Forbidden("web.error.creators_only")
	case g != Creator && a.BrandID == 0:
		return models.Forbidden("web.error.brands_only")
	}
	if err := CheckActsAs(c); err != nil {
		return err
	}
	if g == Manager && !a.Role.ManagesDeals() {
		return models.Forbidden("deals.error.role")
	}
	return nil
}

// errNoSecondFactor refuses administrators without a second factor, since they can do the
// most harm.
var errNoSecondFactor = errors.New("an administrator without a second factor")

func (b *Base) refusalOfAdmin(ctx context.Context, a models.Actor) error {
	if !a.Administers() {
		return models.NotFound()
	}
	protected, err := b.Accounts.HasSecondFactor(ctx, a.PersonID)
	if err == nil && !protected {
		err = errNoSecondFactor
	}
	return err
}

// HasOwnProof is IsReauthenticationFresh, by a method that counts for a signature: see
// accounts.SignInMethod.IsOwnProof.
func (b *Base) HasOwnProof(c echo.Context) bool {
	way := accounts.SignInMethod(b.Sessions.GetString(c.Request().Context(), accounts.SessionWay))
	return b.IsReauthenticationFresh(c) && way.IsOwnProof()
}

// IsReauthenticationFresh says whether the person has proven who they are within the last
// quarter of an hour.
func (b *Base) IsReauthenticationFresh(c echo.Context) bool {
	proved := time.UnixMicro(b.Sessions.GetInt64(c.Request().Context(), accounts.SessionSignedIn))
	return accounts.IsReauthenticationFresh(proved, b.Clock())
}
