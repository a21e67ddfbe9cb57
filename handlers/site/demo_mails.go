package site

import (
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/site"
)

// showDemoMails shows the mails that a demo would have sent.
func (h *Handlers) showDemoMails(c echo.Context) error {
	kept, err := h.Mails(50)
	if err != nil {
		return models.Internal("read the demo's mails", err)
	}
	var p site.DemoMailsProps
	for _, m := range kept {
		p.Mails = append(p.Mails, site.DemoMail{Name: m.Name, To: m.To, Subject: m.Subject, Text: m.Text, At: m.At})
	}
	return h.Render(c, web.Page{Title: i18n.T(c.Request().Context(), "site.mails.title"), Body: site.DemoMails(p)})
}

// DemoMail is a mail that a demo would have sent.
type DemoMail struct {
	Name, To, Subject, Text string
	At                      time.Time
}
