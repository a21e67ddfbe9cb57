package setup

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/setup"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	setupview "tribemarket/views/setup"
)

type identityForm struct {
	Name   string `form:"name"`
	Locale string `form:"locale"`
}

// showIdentity asks for the instance's name and language.
func (h *Handlers) showIdentity(c echo.Context) error {
	now := h.Setup.Current()
	return h.render(c, 200, setupview.Identity{Token: c.Param("token"), Name: now.Name, Locale: now.Locale, Set: h.Setup.Environment()})
}

func (h *Handlers) saveIdentity(c echo.Context) error {
	var f identityForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	err := h.Setup.SaveIdentity(ctx, token, f.Name, f.Locale)
	fields, _ := web.InvalidFields(err)
	again := setupview.Identity{Token: token, Name: f.Name, Locale: f.Locale, Set: h.Setup.Environment(), Errors: components.FieldTexts(ctx, fields)}
	return h.answer(c, err, again, paths.SetupMail(token))
}

type mailServerForm struct {
	From     string `form:"from"`
	Host     string `form:"host"`
	Port     string `form:"port"`
	TLS      string `form:"tls"`
	User     string `form:"user"`
	Password string `form:"password"`
	Test     string `form:"test"` // an address to which a mail is sent
}

func (f mailServerForm) server() setup.MailServer {
	return setup.MailServer{From: f.From, Host: f.Host, Port: f.Port, TLS: f.TLS == "start", User: f.User, Password: f.Password}
}

// showMailServer asks where mails go.
func (h *Handlers) showMailServer(c echo.Context) error {
	p := setupview.Mail{Token: c.Param("token"), Server: h.Setup.StoredMailServer(), Set: h.Setup.Environment()}
	return h.render(c, 200, p)
}

// saveMailServer saves it and, if asked to, stays to send a mail.
func (h *Handlers) saveMailServer(c echo.Context) error {
	var f mailServerForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	again := setupview.Mail{Token: token, Server: f.server(), Test: f.Test, Set: h.Setup.Environment()}
	err := h.Setup.SaveMailServer(ctx, token, f.server())
	if fields, wrong := web.InvalidFields(err); wrong {
		again.Errors = components.FieldTexts(ctx, fields)
	}
	if err != nil || f.Test == "" {
		return h.answer(c, err, again, paths.SetupAdmin(token))
	}
	return h.sendTestMail(c, again)
}

func (h *Handlers) sendTestMail(c echo.Context, p setupview.Mail) error {
	ctx := c.Request().Context()
	to, ok := accounts.ParseEmail(p.Test)
	if !ok {
		p.Errors = map[string]string{"test": i18n.T(ctx, "accounts.error.email")}
		return h.render(c, 422, p)
	}
	if h.Setup.Current().SMTP == "" {
		p.Errors = map[string]string{"host": i18n.T(ctx, "setup.error.no_server")}
		return h.render(c, 422, p)
	}
	name := h.Setup.Current().Name
	if err := h.SendTestMail(ctx, to, i18n.T(ctx, "setup.mail.test_subject", "site", name), i18n.T(ctx, "setup.mail.test_text", "site", name)); err != nil {
		fields, _ := web.InvalidFields(err)
		p.Errors = components.FieldTexts(ctx, fields)
		return h.answer(c, err, p, "")
	}
	h.Flash(c, "setup.mail.test_sent", "to", to)
	return web.SeeOther(c, paths.SetupMail(p.Token))
}

type adminForm struct {
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password"`
	Zone     string `form:"zone"`
}

// showAdmin asks for the first administrator.
func (h *Handlers) showAdmin(c echo.Context) error {
	return h.render(c, 200, setupview.Admin{Token: c.Param("token")})
}

// createAdmin makes the first administrator, signs them in, and ends the first start.
func (h *Handlers) createAdmin(c echo.Context) error {
	var f adminForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	id, err := h.Setup.CreateAdmin(ctx, token, accounts.FirstAdminForm{Name: f.Name, Email: f.Email, Password: f.Password, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone})
	if err == nil {
		if err := h.StartSession(c, id, accounts.MethodPassword); err != nil {
			return err
		}
		return web.SeeOther(c, paths.Admin())
	}
	fields, _ := web.InvalidFields(err)
	return h.answer(c, err, setupview.Admin{Token: token, Name: f.Name, Email: f.Email, Errors: components.FieldTexts(ctx, fields)}, "")
}
