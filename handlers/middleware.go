package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

const (
	csrfKey     = "csrf"
	langCookie  = "lang"
	themeCookie = "theme"
)

// csrf refuses forms from other sites: by Fetch Metadata, and by a token where
// a browser sends none.
func (h *Handlers) csrf() echo.MiddlewareFunc {
	return middleware.CSRFWithConfig(middleware.CSRFConfig{
		TokenLookup:    "form:_csrf,header:X-CSRF-Token",
		ContextKey:     csrfKey,
		CookieName:     h.cookieName("csrf"),
		CookiePath:     "/",
		CookieHTTPOnly: true,
		CookieSecure:   h.Site.Secure,
		CookieSameSite: http.SameSiteLaxMode,
	})
}

// cookieName carries the prefix that lets no other host set it, where https allows.
func (h *Handlers) cookieName(name string) string {
	if h.Site.Secure {
		return "__Host-" + name
	}
	return name
}

func csrfToken(c echo.Context) string {
	t, _ := c.Get(csrfKey).(string)
	return t
}

// headers sets what every answer carries. Forms may lead to the platforms
// where people sign in, since browsers check form-action on redirects too.
func (h *Handlers) headers() echo.MiddlewareFunc {
	action := []string{"'self'"}
	for _, p := range h.Providers {
		if origin := authOrigin(p); origin != "" {
			action = append(action, origin)
		}
	}
	slices.Sort(action[1:])
	policy := func(action []string) string {
		return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
			"form-action " + strings.Join(action, " ") + "; frame-ancestors 'none'; base-uri 'none'"
	}
	csp := func() string { return policy(action) }
	if h.OIDC != nil { // whose sign-in page is known once it has been asked for
		csp = func() string { return policy(append(slices.Clip(action), h.OIDC.Origins()...)) }
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			head := c.Response().Header()
			head.Set("Content-Security-Policy", csp())
			head.Set("X-Content-Type-Options", "nosniff")
			head.Set("X-Frame-Options", "DENY")
			head.Set("Referrer-Policy", "same-origin")
			head.Set("Cross-Origin-Opener-Policy", "same-origin")
			head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
			if h.Site.Secure {
				head.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// authOrigin is the scheme and host to which a platform's sign-in begins.
func authOrigin(p platforms.Provider) string {
	s, err := p.OAuth.BeginAuth("origin")
	if err != nil {
		return ""
	}
	address, err := s.GetAuthURL()
	if err != nil {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// who finds out who asks and in which language to answer.
func (h *Handlers) who(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		r = r.WithContext(models.WithOrigin(r.Context(), models.Origin{Address: c.RealIP(), RequestID: requestID(c)}))
		c.SetRequest(r)
		v, err := h.visitor(c)
		if err != nil {
			return err
		}
		locale, zone := h.language(c, v), time.UTC
		if v.Actor.SignedIn() {
			zone = v.Session.Person.Location()
			c.Response().Header().Set("Cache-Control", "no-store")
		} else {
			c.Response().Header().Set("Cache-Control", "private, no-cache")
		}
		c.Response().Header().Add("Vary", "Cookie, Accept-Language")
		v.Actor.Locale = string(locale)
		c.Set(visitorKey, v)
		c.SetRequest(r.WithContext(i18n.With(r.Context(), locale, zone)))
		return next(c)
	}
}

func (h *Handlers) visitor(c echo.Context) (visitor, error) {
	ctx := c.Request().Context()
	id := h.Sessions.GetInt64(ctx, accounts.SessionPerson)
	if id == 0 {
		return visitor{}, nil
	}
	s, err := h.Accounts.Session(ctx, id, h.Sessions.GetString(ctx, actingKey))
	if models.CodeOf(err) == models.CodeNotFound && err != nil {
		return visitor{}, h.Sessions.Destroy(ctx)
	}
	if err != nil {
		return visitor{}, err
	}
	v := visitor{Session: s, Actor: actorIn(s)}
	return v, h.renewOnNewRights(ctx, v.Actor)
}

// language: the person's setting, else this browser's choice, else what the
// browser asks for.
func (h *Handlers) language(c echo.Context, v visitor) i18n.Locale {
	if l, ok := i18n.Parse(v.Session.Person.Locale); ok {
		return l
	}
	if ck, err := c.Cookie(langCookie); err == nil {
		if l, ok := i18n.Parse(ck.Value); ok {
			return l
		}
	}
	return i18n.Match(c.Request().Header.Get("Accept-Language"))
}

func theme(c echo.Context) string {
	if ck, err := c.Cookie(themeCookie); err == nil && (ck.Value == "light" || ck.Value == "dark") {
		return ck.Value
	}
	return ""
}

func (h *Handlers) preference(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, Secure: h.Site.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// Guards. A guard says who may use a route at all; whose thing it is, the
// area's policy decides.

func (h *Handlers) anyone(next echo.HandlerFunc) echo.HandlerFunc { return next }

// present is for what even somebody suspended may do: leave, and take along or
// erase what is held on them.
func (h *Handlers) present(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !actorOf(c).SignedIn() {
			return models.SignInFirst()
		}
		return next(c)
	}
}

func (h *Handlers) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return h.present(func(c echo.Context) error {
		if actorOf(c).Suspended {
			return models.Forbidden("error.suspended")
		}
		return next(c)
	})
}

// admin is for administrators; for anybody else the address doesn't exist. They
// need a second factor, since they can do the most harm.
func (h *Handlers) admin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		a := actorOf(c)
		if !a.Administers() {
			return models.NotFound()
		}
		protected, err := h.Accounts.HasFactor(c.Request().Context(), a.PersonID)
		if err != nil {
			return err
		}
		if !protected {
			h.say(c, "signin.factor.admins_text")
			return seeOther(c, paths.Security())
		}
		return next(c)
	}
}

func (h *Handlers) brand(next echo.HandlerFunc) echo.HandlerFunc {
	return h.signedIn(func(c echo.Context) error {
		if actorOf(c).BrandID == 0 {
			return models.Forbidden("error.brands_only")
		}
		if err := sameActor(c); err != nil {
			return err
		}
		return next(c)
	})
}

// manager is for members of a brand who act for it.
func (h *Handlers) manager(next echo.HandlerFunc) echo.HandlerFunc {
	return h.brand(func(c echo.Context) error {
		if !actorOf(c).Role.Manages() {
			return models.Forbidden("deals.error.role")
		}
		return next(c)
	})
}

func (h *Handlers) creator(next echo.HandlerFunc) echo.HandlerFunc {
	return h.signedIn(func(c echo.Context) error {
		if actorOf(c).CreatorID == 0 {
			return models.Forbidden("error.creators_only")
		}
		if err := sameActor(c); err != nil {
			return err
		}
		return next(c)
	})
}
