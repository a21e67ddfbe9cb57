package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models/moderation"
	"tribemarket/views/emails"
)

// workWatchInterval is how often a node looks whether work runs.
const workWatchInterval = time.Minute

// WatchWork looks whether the background work runs, until ctx ends, and tells the operator
// when it does not. It is no job, since jobs may be what does not run.
func (j *Jobs) WatchWork(ctx context.Context) {
	ticks := time.NewTicker(workWatchInterval)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		if err := j.CheckWork(ctx); err != nil && ctx.Err() == nil {
			j.Log.ErrorContext(ctx, "whether work runs is not known, or not told", "error", err)
		}
	}
}

// CheckWork looks whether the background work runs. Of all nodes, one tells the operator
// of work that does not run, at once and then once a day, and once that all runs again.
func (j *Jobs) CheckWork(ctx context.Context) error {
	r, err := j.Moderation.ReportWork(ctx)
	if err != nil {
		return err
	}
	var stopped, described []string
	for _, k := range r.NotRunning() {
		stopped = append(stopped, k.Name())
		described = append(described, fmt.Sprintf("%s (%s)", k.Name(), k.State))
	}
	alert, err := j.Moderation.ClaimWorkAlert(ctx, stopped)
	if err != nil || alert == moderation.NoWorkAlert {
		return err
	}
	if alert == moderation.WorkRunsAlert {
		j.Log.InfoContext(ctx, "work runs again")
	} else {
		j.Log.ErrorContext(ctx, "work does not run", "jobs", strings.Join(described, ", "))
	}
	if err := j.mailOperator(ctx, alert, r); err != nil {
		return err
	}
	return j.Moderation.CloseWorkAlert(ctx, alert, stopped)
}

// mailTimeout is how long a mail to the operator may take.
const mailTimeout = 30 * time.Second

// mailOperator sends a mail at once, in the fallback language of the site.
func (j *Jobs) mailOperator(ctx context.Context, alert moderation.WorkAlert, r moderation.WorkReport) error {
	if j.Operator == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	ctx = i18n.WithLocale(ctx, i18n.EN, time.UTC)
	m := emails.WorkAlert(ctx, j.emailSite(), alert, r)
	html, err := m.HTML(ctx)
	if err == nil {
		err = j.Mail.Send(ctx, mail.Message{ID: j.DB.Keys.Digest("message id", fmt.Sprintf("work-%s-%d", alert, r.At.Unix())), To: j.Operator, Subject: m.Subject, Text: m.Text(ctx), HTML: html, At: j.Clock()})
	}
	if err != nil {
		return errors.Join(errors.New("the operator could not be told of work that does not run"), err)
	}
	return nil
}
