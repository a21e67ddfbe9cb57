package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

var statusOf = map[models.Code]int{
	models.CodeNotFound:    http.StatusNotFound,
	models.CodeForbidden:   http.StatusForbidden,
	models.CodeSignIn:      http.StatusUnauthorized,
	models.CodeInvalid:     http.StatusUnprocessableEntity,
	models.CodeConflict:    http.StatusConflict,
	models.CodeTooMany:     http.StatusTooManyRequests,
	models.CodeUnavailable: http.StatusServiceUnavailable,
	models.CodeInternal:    http.StatusInternalServerError,
}

// Error turns what went wrong into a page: the one place where an error's code
// becomes a status. Only what is our fault is logged with its cause.
func (b *Base) Error(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	e := b.shownError(c, err)
	if e.Code == models.CodeSignIn && !wantsFragment(c.Request()) {
		if err := SeeOther(c, paths.SignIn(b.ReturnPath(c.Request()))); err != nil {
			b.LogFailure(c, "redirect to sign-in", err)
		}
		return
	}
	if e.Code == models.CodeInternal || e.Code == models.CodeUnavailable && (e.After == 0 || e.Cause != nil) {
		b.LogFailure(c, "request failed", err, "method", c.Request().Method, "path", c.Request().URL.Path)
	}
	if e.Key == "web.error.suspended" && b.suspendedPage(c) {
		return
	}
	if gaveUp := c.Request().Context().Err() != nil; gaveUp || e.Code == models.CodeInternal || e.Code == models.CodeUnavailable {
		SetWaiting(c, 0) // what failed is not asked again for its own page
		leaveSessionUnsaved(c)
		// A page can be rendered although what it was for was given up.
		c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context())))
	}
	b.renderError(c, e, statusOfError(e, err))
}

// statusOfError is that of the error's code, unless Echo gave one.
func statusOfError(e *models.Error, err error) int {
	var he *echo.HTTPError
	if errors.As(err, &he) {
		return he.Code
	}
	return statusOf[e.Code]
}

func (b *Base) renderError(c echo.Context, e *models.Error, status int) {
	if status == http.StatusRequestEntityTooLarge {
		// Browsers show the answer only once they have sent what they began.
		_, _ = io.CopyN(io.Discard, c.Request().Body, mostDrained)
	}
	if e.After > 0 {
		seconds := SetRetryAfter(c, e.After)
		if e.Code == models.CodeUnavailable && isReading(c.Request()) {
			c.Response().Header().Set("Refresh", seconds) // the browser asks for the page again by itself
		}
	}
	ctx := c.Request().Context()
	if wantsFragment(c.Request()) {
		if err := renderAlert(c, e, status); err != nil {
			b.LogFailure(c, "render an alert", err)
		}
		return
	}
	page := site.ErrorPage(site.ErrorPageProps{
		Status:    status,
		Message:   i18n.T(ctx, e.Key, e.Args...),
		RequestID: RequestID(c),
	})
	if err := b.Render(c, Page{Status: status, Title: i18n.T(ctx, site.ErrorTitle(status)), Body: page}); err != nil {
		b.LogFailure(c, "render the error page", err)
		_ = c.String(http.StatusInternalServerError, "Something went wrong on our side.")
	}
}

// renderAlert says what went wrong above a page that asked in the background, so that what is
// written there stays.
func renderAlert(c echo.Context, e *models.Error, status int) error {
	ctx := c.Request().Context()
	alert := site.SignedOutAlert()
	if e.Code != models.CodeSignIn {
		alert = components.Flash(components.Bad, i18n.T(ctx, e.Key, e.Args...))
	}
	var html bytes.Buffer
	if err := alert.Render(ctx, &html); err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("HX-Retarget", "#"+layouts.AlertsID)
	header.Set("HX-Reswap", "innerHTML")
	header.Add("Vary", "HX-Request, HX-Request-Type")
	return c.HTMLBlob(status, html.Bytes())
}

// retryAfter is when a page that needs the database asks for it again.
const retryAfter = 2 * time.Second

// shownError is asModelError of an error, unless the database is what failed.
func (b *Base) shownError(c echo.Context, err error) *models.Error {
	ctx := c.Request().Context()
	if !b.Database.IsUnavailable(err) && (ctx.Err() == nil || !b.Database.IsUnavailable(context.Cause(ctx))) {
		return asModelError(err)
	}
	e := &models.Error{Code: models.CodeUnavailable, Key: "web.error.unavailable", After: retryAfter, Cause: err}
	if isReading(c.Request()) {
		e.Key = "web.error.retrying"
	}
	return e
}

// LogFailure logs what went wrong on our side, with the id of the request. Whatever fails
// once the client has hung up is no failure of ours: databases and platforms put a request
// that was given up in words of their own.
func (b *Base) LogFailure(c echo.Context, message string, err error, more ...any) {
	ctx, level := c.Request().Context(), slog.LevelError
	if errors.Is(context.Cause(ctx), context.Canceled) {
		level = slog.LevelDebug
	}
	b.Log.Log(ctx, level, message, append(more, "id", RequestID(c), "error", err)...)
}

func isReading(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// mostDrained is how much of a body that is too large is read all the same.
const mostDrained = 16 << 20

// asModelError finds the error to show: ours, Echo's by status, a request
// that was given up, or else an internal one.
func asModelError(err error) *models.Error {
	var e *models.Error
	if errors.As(err, &e) {
		return e
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		switch {
		case he.Code == http.StatusNotFound:
			return &models.Error{Code: models.CodeNotFound, Key: "web.error.not_found"}
		case he.Code == http.StatusMethodNotAllowed:
			return &models.Error{Code: models.CodeNotFound, Key: "web.error.method"}
		case he.Code == http.StatusForbidden || he.Code == http.StatusBadRequest:
			return &models.Error{Code: models.CodeForbidden, Key: "web.error.form_expired"}
		case he.Code == http.StatusRequestEntityTooLarge:
			return &models.Error{Code: models.CodeInvalid, Key: "web.error.too_large"}
		case he.Code < http.StatusInternalServerError:
			return &models.Error{Code: models.CodeInvalid, Key: "web.error.invalid"}
		}
	}
	if errors.Is(err, context.Canceled) {
		return &models.Error{Code: models.CodeUnavailable, Key: "web.error.unavailable", Cause: err}
	}
	return &models.Error{Code: models.CodeInternal, Key: "web.error.internal", Cause: err}
}

// RequestID is the id that a request has in the log.
func RequestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// SetRetryAfter says after how long a refused request may succeed, and returns the seconds.
func SetRetryAfter(c echo.Context, after time.Duration) string {
	seconds := strconv.Itoa(int(math.Ceil(after.Seconds())))
	c.Response().Header().Set("Retry-After", seconds)
	return seconds
}
