package app

import (
	"context"
	"errors"
	"html"
	"log/slog"
	"sync"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/setup"
)

// openSetup reads the settings of the environment and those that the first start asked
// for.
func (a *App) openSetup(ctx context.Context, cfg config.Config) error {
	environment := setup.Settings{Name: cfg.InstanceName, Locale: cfg.Language, MailFrom: cfg.MailFrom, SMTP: string(cfg.SMTPURL)}
	a.Setup = setup.NewStore(a.DB, a.Clock, a.Accounts, environment)
	if err := a.Setup.Reload(ctx); err != nil {
		return err
	}
	if cfg.SMTPURL == "" {
		return nil
	}
	_, err := mail.NewSMTPSender(string(cfg.SMTPURL), a.mailOrigin(a.Setup.Current()), a.Clock)
	return err
}

// settingsReloadInterval is the maximum delay until a node notices that the settings were
// changed on another.
const settingsReloadInterval = 10 * time.Second

// keepSettingsCurrent keeps this node's copy of the settings current.
func (a *App) keepSettingsCurrent(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(settingsReloadInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.Setup.Reload(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "read the settings", "error", err)
			}
		}
	}
}

func (a *App) mailOrigin(s setup.Settings) mail.Origin {
	return mail.Origin{Name: s.Name, Address: s.MailFrom, Domain: mail.Domain(a.Config.BaseURL)}
}

// currentMail sends mails by the current settings: to the mail server, or into the folder.
type currentMail struct {
	app *App

	mu     sync.Mutex
	made   setup.Settings // that sender was made for
	sender mail.Sender
}

// Send is that of mail.Sender.
func (m *currentMail) Send(ctx context.Context, x mail.Message) error {
	s, err := m.current()
	if err != nil {
		return err
	}
	return s.Send(ctx, x)
}

// Reaches is that of mail.Sender.
func (m *currentMail) Reaches(ctx context.Context, address string) bool {
	s, err := m.current()
	return err != nil || s.Reaches(ctx, address)
}

func (m *currentMail) current() (mail.Sender, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.app.Setup.Current()
	if m.sender != nil && m.made == now {
		return m.sender, nil
	}
	from := m.app.mailOrigin(now)
	var made mail.Sender = mail.FolderSender{Dir: m.app.Config.MailDir, From: from}
	if now.SMTP != "" {
		var err error
		if made, err = mail.NewSMTPSender(now.SMTP, from, m.app.Clock); err != nil {
			return nil, err
		}
	}
	m.made, m.sender = now, made
	return made, nil
}

// testMailTimeout is how long the page of the first start waits for the mail server.
const testMailTimeout = 10 * time.Second

// sendTestMail sends a mail at once, so that its sender reads how that went; the cause in
// the server's words is in the log.
func (a *App) sendTestMail(ctx context.Context, to, subject, text string) error {
	ctx, cancel := context.WithTimeout(ctx, testMailTimeout)
	defer cancel()
	err := a.mail.Send(ctx, mail.Message{ID: models.NewPublicID(), To: to, Subject: subject, Text: text, HTML: "<p>" + html.EscapeString(text) + "</p>", At: a.Clock()})
	if err == nil {
		return nil
	}
	a.Log.WarnContext(ctx, "send a test mail", "error", err)
	var server *mail.ServerError
	switch {
	case !errors.As(err, &server):
		return models.Invalid("test", "setup.error.test")
	case server.Answered:
		return models.Invalid("test", "setup.error.refused", "address", server.Address)
	}
	return models.Invalid("test", "setup.error.unreachable", "address", server.Address)
}
