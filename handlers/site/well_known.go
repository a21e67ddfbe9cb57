package site

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/views/paths"
)

// securityTxtLifetime is how long security.txt says that it holds. It is made anew
// at each request.
const securityTxtLifetime = 180 * 24 * time.Hour

// sendSecurityTxt says to whom to report a weakness (RFC 9116).
func (h *Handlers) sendSecurityTxt(c echo.Context) error {
	contact := h.Site.BaseURL + paths.AboutPrivacy()
	if h.Site.Contact != "" {
		contact = "mailto:" + h.Site.Contact
	}
	expires := h.Clock().UTC().Truncate(24 * time.Hour).Add(securityTxtLifetime)
	return c.String(http.StatusOK, "Contact: "+contact+"\nExpires: "+expires.Format(time.RFC3339)+
		"\nPreferred-Languages: en, fr, nl\nCanonical: "+h.Site.BaseURL+paths.SecurityTxt()+"\n")
}

// redirectToPassword leads password managers to where a password is changed.
func (h *Handlers) redirectToPassword(c echo.Context) error {
	return web.SeeOther(c, paths.SecuritySettings())
}
