package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
	"tribemarket/views/emails"
)

// mailAnnouncement publishes the notification of a line of a deal's history.
func (j *Jobs) mailAnnouncement(ctx context.Context, args run.NoticeArgs) error {
	return j.Negotiations.PublishEvent(ctx, args.EventID)
}

// mailReminder publishes the reminder of a deadline.
func (j *Jobs) mailReminder(ctx context.Context, args run.RemindArgs) error {
	return j.Negotiations.PublishReminder(ctx, args)
}

// sendHeldProposals sends what a person wrote before they confirmed their address.
func (j *Jobs) sendHeldProposals(ctx context.Context, args accounts.EmailConfirmedArgs) error {
	return j.Negotiations.SendHeldProposals(ctx, args.PersonID)
}

// earlierReminder is a reminder from before a single engine executed all tables; a queue
// may still contain one.
type earlierReminder struct {
	ProposalID    int64 `json:"proposal_id,omitempty"`
	DeliverableID int64 `json:"deliverable_id,omitempty"`
	Version       int   `json:"version"`
	Late          bool  `json:"late,omitempty"`
}

// Kind is the job's name, for River.
func (earlierReminder) Kind() string { return "deals.remind" }

func (j *Jobs) mailEarlierReminder(ctx context.Context, e earlierReminder) error {
	args := run.RemindArgs{Subject: deals.DeliverableTable.Subject, SubjectID: e.DeliverableID, Version: e.Version, Late: e.Late}
	if e.ProposalID != 0 {
		args.Subject, args.SubjectID = deals.HistoryKind, e.ProposalID
	}
	return j.mailReminder(ctx, args)
}

// deliver notifies people of an event, each as they want to be notified. A failure for
// one of them does not affect the others.
func (j *Jobs) deliver(ctx context.Context, args notifications.DeliverArgs) error {
	e, a, found, err := j.Notifications.Event(ctx, args.EventID)
	if err != nil || !found {
		return err
	}
	var failed []error
	for _, to := range a.To {
		own := e
		if about, ok := a.About[to.PersonID]; ok {
			own.Subject = about
		}
		failed = append(failed, j.mailReceivers(readingOf(ctx, to), own, a.Content, to))
	}
	return errors.Join(failed...)
}

func (j *Jobs) mailReceivers(ctx context.Context, e notifications.Event, content any, to notifications.Receiver) error {
	m, err := emails.Notification(ctx, j.emailSite(), content, to)
	if err != nil {
		return err
	}
	mailed, err := j.Notifications.Keep(ctx, e, to, m.Subject)
	if err != nil || !mailed {
		return err
	}
	return j.mail(ctx, e.Kind, e.MailKey(to.PersonID), to, m)
}

// mail sends a mail of a kind, with the link that stops such mails.
func (j *Jobs) mail(ctx context.Context, k notifications.Kind, key string, to notifications.Receiver, m emails.Mail) error {
	secret, err := j.Notifications.StopSecret(ctx, to.PersonID, k)
	if err != nil {
		return err
	}
	if secret != "" {
		m = m.Stopped(ctx, secret)
	}
	return j.sendOnce(ctx, key, to.PersonID, to.Email, m)
}

// digest sends the daily mails that are due.
func (j *Jobs) digest(ctx context.Context, _ notifications.DigestArgs) error {
	people, err := j.Notifications.DuePeople(ctx)
	failed := []error{err}
	for _, id := range people {
		failed = append(failed, j.sendDigest(ctx, id))
	}
	return errors.Join(failed...)
}

func (j *Jobs) sendDigest(ctx context.Context, personID int64) error {
	d, err := j.Notifications.OpenDigest(ctx, personID)
	if err != nil {
		return err
	}
	if len(d.All) > 0 {
		ctx := readingOf(ctx, d.To)
		if err := j.mail(ctx, notifications.Digest, d.Key, d.To, emails.DailyDigest(ctx, j.emailSite(), d.To.Name, d.All)); err != nil {
			return err
		}
	}
	return j.Notifications.CloseDigest(ctx, d)
}

// earlier is a job from before notifications existed; a queue may still contain one. It
// is announced by mail alone.
type earlier[K kind] struct{ Data json.RawMessage }

// UnmarshalJSON keeps the job's arguments unparsed.
func (e *earlier[K]) UnmarshalJSON(b []byte) error { e.Data = append(e.Data[:0], b...); return nil }

// MarshalJSON returns the job's arguments.
func (e earlier[K]) MarshalJSON() ([]byte, error) { return e.Data, nil }

// Kind is the job's name, for River.
func (e earlier[K]) Kind() string { var k K; name, _ := k.was(); return name }

type kind interface {
	was() (job string, now notifications.Kind)
}

type (
	brandNotices  struct{}
	signInNotices struct{}
	decisions     struct{}
	searchAlerts  struct{}
	lostAccounts  struct{}
	standings     struct{}
)

func (brandNotices) was() (string, notifications.Kind) {
	return "accounts.notice", notifications.BrandMembership
}
func (signInNotices) was() (string, notifications.Kind) {
	return "accounts.security", notifications.SignInSecurity
}
func (decisions) was() (string, notifications.Kind) {
	return "moderation.judged", notifications.ReportDecision
}
func (searchAlerts) was() (string, notifications.Kind) {
	return "discovery.alert", notifications.SearchMatch
}
func (lostAccounts) was() (string, notifications.Kind) {
	return "creators.reconnect", notifications.CreatorConnection
}
func (standings) was() (string, notifications.Kind) {
	return "creators.standing", notifications.CreatorStanding
}

func addEarlier[K kind](r *registry, j *Jobs) {
	addWorker(r, 30*time.Second, func(ctx context.Context, e earlier[K]) error {
		var k K
		job, now := k.was()
		return j.mailEarlierNotice(ctx, job, notifications.Event{Kind: now, Data: e.Data})
	})
	r.markEarlier()
}

func (j *Jobs) mailEarlierNotice(ctx context.Context, job string, e notifications.Event) error {
	a, err := j.Notifications.Ask(ctx, e)
	if err != nil {
		return err
	}
	for _, to := range a.To {
		if to.Email == "" {
			continue
		}
		m, err := emails.Notification(readingOf(ctx, to), j.emailSite(), a.Content, to)
		if err != nil {
			return err
		}
		key := fmt.Sprintf("%s-%x-p%d", job, e.Data, to.PersonID)
		if err := j.mail(readingOf(ctx, to), e.Kind, key, to, m); err != nil {
			return err
		}
	}
	return nil
}
