package setup

import (
	"context"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/setup"
	"tribemarket/views/components"
)

// Step is one page of the first start.
type Step interface{ Page() templ.Component }

// Identity asks for the instance's name and language.
type Identity struct {
	Token        string
	Name, Locale string
	Set          setup.Settings // by the environment
	Errors       map[string]string
}

// Mail asks for the mail server.
type Mail struct {
	Token  string
	Server setup.MailServer
	Test   string // where a mail is to go
	Set    setup.Settings
	Errors map[string]string
}

// Admin asks for the first administrator.
type Admin struct {
	Token       string
	Name, Email string
	Errors      map[string]string
}

// steps are the message keys of the steps.
var steps = []struct{ name, lead string }{
	{"setup.identity", "setup.identity_lead"}, {"setup.mail", "setup.mail_lead"}, {"setup.admin", "setup.admin_lead"},
}

func stages(ctx context.Context, step int) []components.Stage {
	var all []components.Stage
	for i, s := range steps {
		all = append(all, components.Stage{Name: i18n.T(ctx, s.name), Done: i+1 < step, Here: i+1 == step})
	}
	return all
}

func (p Identity) name(ctx context.Context) components.Field {
	return components.Field{Name: "name", Label: i18n.T(ctx, "setup.name"), Hint: i18n.T(ctx, "setup.name_hint"), Value: p.Name, Required: true, MaxLength: setup.MaxNameLength, Error: p.Errors["name"]}
}

func (p Identity) locale(ctx context.Context) components.Field {
	f := components.Field{Name: "locale", Label: i18n.T(ctx, "setup.locale"), Hint: i18n.T(ctx, "setup.locale_hint"), Value: p.Locale, Error: p.Errors["locale"]}
	for _, l := range i18n.Locales() {
		f.Options = append(f.Options, components.Option{Value: string(l), Label: i18n.LocaleName(l)})
	}
	return f
}

func (p Identity) fields(ctx context.Context) []components.Field {
	return []components.Field{p.name(ctx), p.locale(ctx)}
}

// serverFields are the questions about the mail server that the environment leaves open.
func (p Mail) serverFields(ctx context.Context) []components.Field {
	field := func(name, label, value string) components.Field {
		return components.Field{Name: name, Label: i18n.T(ctx, label), Value: value, Error: p.Errors[name]}
	}
	from, host := field("from", "setup.mail.from", p.Server.From), field("host", "setup.mail.host", p.Server.Host)
	port, tls := field("port", "setup.mail.port", p.Server.Port), field("tls", "setup.mail.tls", "later")
	user, password := field("user", "setup.mail.user", p.Server.User), field("password", "setup.mail.password", "")
	from.Type, from.Hint = "email", i18n.T(ctx, "setup.mail.from_hint")
	from.Required, from.Optional = p.Set.SMTP != "", p.Set.SMTP == ""
	host.Optional, host.Hint = true, i18n.T(ctx, "setup.mail.host_hint")
	port.Optional, port.InputMode = true, "numeric"
	tls.Options = []components.Option{{Value: "later", Label: i18n.T(ctx, "setup.mail.tls_later")}, {Value: "start", Label: i18n.T(ctx, "setup.mail.tls_start")}}
	if p.Server.TLS {
		tls.Value = "start"
	}
	user.Optional, user.Autocomplete = true, "off"
	password.Optional, password.Type, password.Autocomplete, password.Hint = true, "password", "new-password", i18n.T(ctx, "setup.mail.password_hint")
	var all []components.Field
	if p.Set.MailFrom == "" {
		all = append(all, from)
	}
	if p.Set.SMTP == "" {
		all = append(all, host, port, tls, user, password)
	}
	return all
}

func (p Mail) test(ctx context.Context) components.Field {
	return components.Field{Name: "test", Type: "email", Label: i18n.T(ctx, "setup.mail.test"), Hint: i18n.T(ctx, "setup.mail.test_hint"), Optional: true, Value: p.Test, Error: p.Errors["test"]}
}

func (p Mail) fields(ctx context.Context) []components.Field {
	return append(p.serverFields(ctx), p.test(ctx))
}

func (p Admin) fields(ctx context.Context) []components.Field {
	field := func(name, label, value string) components.Field {
		return components.Field{Name: name, Label: i18n.T(ctx, label), Value: value, Required: true, Error: p.Errors[name]}
	}
	name, email, password := field("name", "accounts.field.name", p.Name), field("email", "accounts.field.email", p.Email), field("password", "accounts.field.password", "")
	name.Autocomplete = "name"
	email.Type, email.Autocomplete = "email", "email"
	password.Type, password.Autocomplete, password.Hint = "password", "new-password", i18n.T(ctx, "accounts.field.password_hint", "least", accounts.PasswordLeast)
	return []components.Field{name, email, password}
}
