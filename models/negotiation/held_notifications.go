package negotiation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
)

// heldData is what a notification of something held is about.
type heldData struct {
	HeldID  int64  `json:"held_id"`
	Version int    `json:"version"`
	Action  Action `json:"action,omitempty"` // what happened; "" for a deadline
	ByID    int64  `json:"by_id,omitempty"`
}

// HeldAnnouncement is everything that a mail about something held needs.
type HeldAnnouncement struct {
	Held   HeldProposal
	Action Action // what happened; "" for a deadline
	By     string // who did it; "" for the system
}

// AsksApproval says whether it asks whoever approves, or reminds them.
func (a HeldAnnouncement) AsksApproval() bool { return a.Action == "" || a.Action == ActionAsk }

// publishHeld publishes a notification of something held.
func publishHeld(tx *db.Tx, at time.Time, data heldData) error {
	var r heldRow
	err := tx.Select("public_id", "creator_id").Where("id = ?", data.HeldID).Limit(1).Find(&r).Error
	if err != nil || r.PublicID == "" {
		return err
	}
	key := fmt.Sprintf("held-%s-v%d-%s", r.PublicID, data.Version, data.Action)
	e := notifications.Event{Key: &key, Kind: notifications.DealApproval, Subject: notifications.Subject{Kind: "held", ID: r.PublicID}, CreatorID: &r.CreatorID, At: at.UTC()}
	return notifications.Publish(tx, e, data)
}

func heldDataOf(e run.Event) heldData {
	data := heldData{HeldID: e.SubjectID, Version: e.Version, Action: e.Action}
	if e.PersonID != nil {
		data.ByID = *e.PersonID
	}
	return data
}

// HeldReceivers finds who is notified about something held, for package notifications: whoever
// approves that they are asked, and its writer of the answer.
func (s *Store) HeldReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var t heldData
	if err := e.Read(&t); err != nil {
		return notifications.Answer{}, err
	}
	q := s.db.Read(ctx)
	var r heldRow
	if err := q.Where("id = ?", t.HeldID).Limit(1).Find(&r).Error; err != nil || r.ID == 0 {
		return notifications.Answer{}, err
	}
	all, err := s.fillHeld(ctx, []heldRow{r})
	if err != nil {
		return notifications.Answer{}, err
	}
	a := HeldAnnouncement{Held: all[0], Action: t.Action}
	if err := q.Raw("SELECT "+personNameSQL, t.ByID).Scan(&a.By).Error; err != nil {
		return notifications.Answer{}, err
	}
	to, err := s.heldContacts(ctx, r, a, t.Version)
	return notifications.Answer{To: to, Content: a}, err
}

func (s *Store) heldContacts(ctx context.Context, r heldRow, a HeldAnnouncement, version int) ([]accounts.Contact, error) {
	if a.AsksApproval() {
		if r.State != HeldAsked || r.Version != version {
			return nil, nil
		}
		return accounts.ApprovalContacts(s.db.Read(ctx), r.BrandID)
	}
	all, err := accounts.Contacts(s.db.Read(ctx), r.BrandID, models.RoleManager)
	return slices.DeleteFunc(all, func(c accounts.Contact) bool { return c.PersonID != r.WrittenBy }), err
}
