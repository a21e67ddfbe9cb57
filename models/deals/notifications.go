package deals

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
)

// NotificationData is what a notification of a negotiation or a deal is about: an event, a
// deadline, or a definition of figures.
type NotificationData struct {
	EventID int64           `json:"event_id,omitempty"`
	Remind  *run.RemindArgs `json:"remind,omitempty"`

	Definition *NewDefinition `json:"definition,omitempty"`
}

// NewDefinition is a definition of figures that holds now, while the terms of a negotiation
// name an earlier one.
type NewDefinition struct {
	Negotiation int64 `json:"negotiation"`
	Version     int   `json:"version"`
}

// EventKey names the announcement of a line of a history, so that it is made once.
func EventKey(id int64) string { return fmt.Sprintf("deal-event-%d", id) }

// ReminderKey names the announcement of a deadline, so that it is made once.
func ReminderKey(r run.RemindArgs) string {
	if IsAboutNegotiation(r) {
		return fmt.Sprintf("deal-%s-o%d-v%d", Reminder, r.SubjectID, r.Version)
	}

	if r.Late {
		return fmt.Sprintf("deal-%s-d%d-v%d", NowLate, r.SubjectID, r.Version)
	}
	return fmt.Sprintf("deal-%s-d%d-v%d", Reminder, r.SubjectID, r.Version)
}

// IsAboutNegotiation says whether a reminder is of an offer's deadline; earlier versions of
// the program called negotiations proposals.
func IsAboutNegotiation(r run.RemindArgs) bool {
	return r.Subject == HistoryKind || r.Subject == "proposal"
}

// kindOf is the kind of notification that reports an action.
func kindOf(a Action) notifications.Kind {
	switch a {
	case ActionComplete, ActionWithdrawObjection, ActionEnd, ActionEndLate, ActionEndUnsigned, ActionEndAway, ActionGiveNotice, ActionStop:
		return notifications.DealOutcome
	}
	return notifications.DealProgress
}

// PublishEvent publishes the notification of a line of a deal's history, in its transaction.
func PublishEvent(tx *db.Tx, e run.Event) error {
	kind := kindOf(e.Action)
	if e.IsAbout(contracts.Table.Subject) {
		kind = notifications.ContractSigning
	}
	return publishNotification(tx, ofEvent(tx.DB, e), kind, EventKey(e.ID), e.At, NotificationData{EventID: e.ID})
}

// PublishReminder publishes the reminder of a deadline of a deliverable or a contract.
func (s *Store) PublishReminder(ctx context.Context, args run.RemindArgs) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if isAboutContract(args) {
			key := contractReminderKey(args, models.DateOf(s.now().UTC()))
			return publishNotification(tx, tx.Where(dealOfContractSQL, args.SubjectID), notifications.ContractSigning, key, s.now(), NotificationData{Remind: &args})
		}
		return publishNotification(tx, tx.Where(dealOfDeliverableSQL, args.SubjectID), notifications.DealReminder, ReminderKey(args), s.now(), NotificationData{Remind: &args})
	})
}

// ofEvent narrows a query to the deal that a line of a history is about. What is about a
// repetition is about the latest deal of that moment.
func ofEvent(q *gorm.DB, e run.Event) *gorm.DB {
	switch {
	case e.IsAbout(DeliverableTable.Subject):
		return q.Where(dealOfDeliverableSQL, e.SubjectID)
	case e.IsAbout(contracts.Table.Subject):
		return q.Where(dealOfContractSQL, e.SubjectID)
	case e.IsAbout(HoldTable.Subject):
		return q.Where(dealOfHoldSQL, e.SubjectID)
	case e.IsAbout(dealSubject):
		return q.Where("id = ?", e.SubjectID)
	}
	return q.Where("negotiation_id = ? AND agreed_at <= ?", e.RootID, e.At.UTC()).Order("cycle DESC").Limit(1)
}

// publishNotification publishes a notification about the deal that a query finds.
func publishNotification(tx *db.Tx, found *gorm.DB, kind notifications.Kind, key string, at time.Time, data NotificationData) error {
	var about []dealRow
	err := found.Select("public_id", "creator_id").Limit(1).Find(&about).Error
	if err != nil || len(about) == 0 { // it has been deleted: there is nothing to report
		return err
	}
	e := notifications.Event{Key: &key, Kind: kind, Subject: notifications.Subject{Kind: dealSubject, ID: about[0].PublicID}, CreatorID: &about[0].CreatorID, At: at.UTC()}
	return notifications.Publish(tx, e, data)
}

// Receivers finds who is notified about a deal, for package notifications.
func (s *Store) Receivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var t NotificationData
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
	return notifications.AnswerWith(a.To, a, due, err)
}
