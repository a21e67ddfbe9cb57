package negotiation

import (
	"context"
	"time"

	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
)

// PublishEvents publishes notifications of lines of the history of negotiations and their
// deals, in their transaction. It answers workflow.Notify.
func PublishEvents(w *run.Work, events []run.Event) error {
	for _, e := range events {
		if err := publishEvent(w.Tx, e); err != nil {
			return err
		}
	}
	return nil
}

func publishEvent(tx *db.Tx, e run.Event) error {
	switch {
	case e.IsAbout(HeldTable.Subject):
		return publishHeld(tx, e.At, heldDataOf(e))
	case !e.IsAbout(Table.Subject):
		return deals.PublishEvent(tx, e)
	}
	kind := notifications.DealProposal
	if e.Action == ActionPitch {
		kind = notifications.DealPitch
	}
	key, data := deals.EventKey(e.ID), deals.NotificationData{EventID: e.ID}
	if a, known := e.About.(about); known && e.ToState != string(Agreed) { // which has a deal by now
		return a.publish(tx, kind, key, e.At, data)
	}
	return publish(tx, e.SubjectID, kind, key, e.At, data)
}

// PublishEvent publishes the notification of a line that an earlier version of the program
// left to a job.
func (s *Store) PublishEvent(ctx context.Context, eventID int64) error {
	var e run.Event
	if err := s.takeByID(ctx, &e, eventID); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return publishEvent(tx, e) })
}

// PublishReminder publishes the reminder of a deadline of an offer, of one that is held, or of a
// deliverable.
func (s *Store) PublishReminder(ctx context.Context, args run.RemindArgs) error {
	switch {
	case args.Subject == HeldTable.Subject:
		return s.db.Tx(ctx, func(tx *db.Tx) error {
			return publishHeld(tx, s.now(), heldData{HeldID: args.SubjectID, Version: args.Version})
		})
	case !deals.IsAboutNegotiation(args):
		return s.deals.PublishReminder(ctx, args)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return publish(tx, args.SubjectID, notifications.DealReminder, deals.ReminderKey(args), s.now(), deals.NotificationData{Remind: &args})
	})
}

// publish publishes a notification about a negotiation, or about the deal that it led to.
func publish(tx *db.Tx, id int64, kind notifications.Kind, key string, at time.Time, data deals.NotificationData) error {
	var a about
	err := tx.Raw(aboutSQL, id).Scan(&a).Error
	if err != nil || a.Negotiation == "" { // it has been deleted: there is nothing to report
		return err
	}
	return a.publish(tx, kind, key, at, data)
}

func (a about) publish(tx *db.Tx, kind notifications.Kind, key string, at time.Time, data deals.NotificationData) error {
	e := notifications.Event{Key: &key, Kind: kind, Subject: notifications.Subject{Kind: Table.Subject, ID: a.Negotiation}, CreatorID: &a.CreatorID, At: at.UTC()}
	if a.Deal != "" {
		e.Subject = notifications.Subject{Kind: "deal", ID: a.Deal}
	}
	return notifications.Publish(tx, e, data)
}

// Receivers finds who is notified about a negotiation or, of a deadline, about a deal, for
// package notifications.
func (s *Store) Receivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var t deals.NotificationData
	if err := e.Read(&t); err != nil {
		return notifications.Answer{}, err
	}
	if t.Remind != nil && !deals.IsAboutNegotiation(*t.Remind) {
		return s.deals.Receivers(ctx, e)
	}
	var a Announcement
	var err error
	due := true
	if t.Remind != nil {
		a, due, err = s.Reminder(ctx, *t.Remind)
	} else if t.Definition != nil {
		a, err = s.definitionAnnouncement(ctx, *t.Definition)
	} else {
		a, err = s.Announcement(ctx, t.EventID)
	}
	return notifications.AnswerWith(a.To, a, due, err)
}
