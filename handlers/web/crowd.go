package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/views/paths"
)

// Forms for which nobody is signed in yet are handled so many at a time: more than wait
// for the hash of a password.
const (
	mostVisitorForms = 48
	crowdRetryAfter  = 3 * time.Second
)

// visitorForms are those forms, most of which hash a password or write rows.
var visitorForms = []string{
	paths.SignIn(""), paths.SignUp(), paths.PasskeySignIn(), paths.ProviderSignIn(":provider"),
	paths.ForgottenPassword(), paths.PasswordReset(":token"),
}

const crowdedOut = "crowdedOut"

// BoundVisitorForms bounds how many forms of visitors are handled at once. Others are let
// through only as far as their answer, which says when to come again: it costs neither a
// query nor the memory for compressing it.
func (b *Base) BoundVisitorForms() echo.MiddlewareFunc {
	places := make(chan struct{}, mostVisitorForms)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if b.Unlimited || c.Request().Method != http.MethodPost || !slices.Contains(visitorForms, c.Path()) {
				return next(c)
			}
			_ = c.Request().ParseForm() // whoever sends it slowly takes nobody's place
			select {
			case places <- struct{}{}:
				defer func() { <-places }()
			default:
				c.Set(crowdedOut, true)
			}
			return next(c)
		}
	}
}

// IsCrowdedOut says whether too many other forms are being handled.
func IsCrowdedOut(c echo.Context) bool { return c.Get(crowdedOut) != nil }
