package deals

import (
	"context"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
)

// notificationData is what a notification is about: an event or a deadline.
type notificationData struct {
	EventID int64           `json:"event_id,omitempty"`
	Remind  *run.RemindArgs `json:"remind,omitempty"`
}

func eventKey(id int64) string { return fmt.Sprintf("deal-event-%d", id) }

func reminderKey(r run.RemindArgs) string {
	switch {
	case r.Subject == ProposalTable.Subject:
		return fmt.Sprintf("deal-%s-o%d-v%d", Reminder, r.SubjectID, r.Version)
	case r.Late:
		return fmt.Sprintf("deal-%s-d%d-v%d", NowLate, r.SubjectID, r.Version)
	}
	return fmt.Sprintf("deal-%s-d%d-v%d", Reminder, r.SubjectID, r.Version)
}

// kindOf is the kind of notification that reports an action.
func kindOf(a Action) notifications.Kind {
	switch a {
	case ActionPropose, ActionAccept, ActionDecline, ActionWithdraw, ActionExpire:
		return notifications.DealProposal
	case ActionComplete, ActionWithdrawObjection, ActionEnd, ActionEndLate:
		return notifications.DealOutcome
	}
	return notifications.DealProgress
}

// PublishEvents publishes notifications of lines of the history, in their transaction. It
// answers workflow.Notify.
func PublishEvents(w *run.Work, events []run.Event) error {
	for _, e := range events {
		if err := publishNotification(w.Tx, e.RootID, kindOf(e.Action), eventKey(e.ID), e.At, notificationData{EventID: e.ID}); err != nil {
			return err
		}
	}
	return nil
}

// PublishEvent is PublishEvents for a line that an earlier version of the program left to
// a job.
func (s *Store) PublishEvent(ctx context.Context, eventID int64) error {
	var e run.Event
	if err := s.takeByID(ctx, &e, eventID); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return publishNotification(tx, e.RootID, kindOf(e.Action), eventKey(e.ID), e.At, notificationData{EventID: e.ID})
	})
}

// PublishReminder publishes the reminder of a deadline.
func (s *Store) PublishReminder(ctx context.Context, args run.RemindArgs) error {
	proposalID := args.SubjectID
	if args.Subject != ProposalTable.Subject {
		proposalID = 0
		err := s.db.Read(ctx).Raw("SELECT d.proposal_id FROM deals d JOIN deliverables x ON x.deal_id = d.id WHERE x.id = ?", args.SubjectID).Scan(&proposalID).Error
		if err != nil {
			return err
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return publishNotification(tx, proposalID, notifications.DealReminder, reminderKey(args), s.now(), notificationData{Remind: &args})
	})
}

// publishNotification publishes a notification about a proposal, or about the deal that
// it has become.
func publishNotification(tx *db.Tx, proposalID int64, kind notifications.Kind, key string, at time.Time, data notificationData) error {
	var about struct {
		Proposal, Deal string
		CreatorID      int64
	}
	err := tx.Raw(`SELECT p.public_id AS proposal, coalesce(d.public_id, '') AS deal, p.creator_id FROM proposals p
		LEFT JOIN deals d ON d.proposal_id = p.id WHERE p.id = ?`, proposalID).Scan(&about).Error
	if err != nil || about.Proposal == "" { // it has been deleted: there is nothing to report
		return err
	}
	e := notifications.Event{Key: &key, Kind: kind, Subject: notifications.Subject{Kind: "proposal", ID: about.Proposal}, CreatorID: &about.CreatorID, At: at.UTC()}
	if about.Deal != "" {
		e.Subject = notifications.Subject{Kind: "deal", ID: about.Deal}
	}
	return notifications.Publish(tx, e, data)
}

// Receivers finds who is notified about a proposal or a deal, for package notifications.
func (s *Store) Receivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var t notificationData
	if err := e.Read(&t); err != nil {
		return notifications.Answer{}, err
	}
	var a Announcement
	var err error
	due := true
	if t.Remind != nil {
		a, due, err = s.Reminder(ctx, *t.Remind)
	} else {
		a, err = s.Announcement(ctx, t.EventID)
	}
	if models.CodeOf(err) == models.CodeNotFound {
		return notifications.Answer{}, nil
	}
	if err != nil || !due {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: a.To, Content: a}, nil
}
