package discovery

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// AlertMailArgs identifies a mail about new creators of a saved search.
type AlertMailArgs struct {
	MailID int64 `json:"mail_id"`
}

// MailKey identifies the mail, so that it is sent once.
func (a AlertMailArgs) MailKey() string { return fmt.Sprintf("search-%d", a.MailID) }

// MatchReceivers returns who is notified of new creators.
func (s *Store) MatchReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var args AlertMailArgs
	if err := e.Read(&args); err != nil {
		return notifications.Answer{}, err
	}
	m, due, err := s.ReadAlertMail(ctx, args)
	if err != nil || !due {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: []accounts.Contact{m.To}, Content: m}, nil
}

// MaxMailCreators is how many creators a mail shows.
const MaxMailCreators = 10

// AlertMail is a mail about new creators as it is sent.
type AlertMail struct {
	To            accounts.Contact
	Brand         string
	Search        SavedSearch
	CreatorCount  int64                     // creators that it is about
	FirstCreators []creators.CreatorSummary // at most MaxMailCreators of them
}

// ReadAlertMail reads a mail to send; false if there is nothing left to say.
// Creators who can't be shown now, and all creators of a mail that is no longer
// wanted, are removed from it, so that a later mail may include them.
func (s *Store) ReadAlertMail(ctx context.Context, args AlertMailArgs) (AlertMail, bool, error) {
	var out AlertMail
	var rows []SearchMatch
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		wanted, err := readMailIfWanted(tx, args.MailID, &out)
		if err != nil {
			return err
		}
		release := tx.Table("saved_search_matches AS m").Where("m.mail_id = ?", args.MailID)
		if wanted {
			release = release.Where("NOT "+isShownSQL, out.Search.BrandID)
		}
		if err := release.Updates(map[string]any{"mailed_at": nil, "mail_id": nil}).Error; err != nil || !wanted {
			return err
		}
		in := func() *gorm.DB { return tx.Model(&SearchMatch{}).Where("mail_id = ?", args.MailID) }
		return errors.Join(in().Count(&out.CreatorCount).Error, in().Order("found_in DESC, creator_id").Limit(MaxMailCreators).Find(&rows).Error)
	})
	if err != nil || out.CreatorCount == 0 {
		return out, false, err
	}
	out.FirstCreators, err = s.creatorSummariesOf(ctx, rows)
	return out, true, err
}

// readMailIfWanted reads the recipient and the search of a mail, and whether it is
// wanted: the search exists, its alert is on, and the person still gets its mails and
// can be mailed.
func readMailIfWanted(tx *db.Tx, id int64, out *AlertMail) (wanted bool, err error) {
	var m SearchMail
	if err := tx.Take(&m, id).Error; err != nil || m.SavedSearchID == nil {
		if errors.Is(err, gorm.ErrRecordNotFound) { // erased
			return false, nil
		}
		return false, err
	}
	if err := tx.Omit("known").Take(&out.Search, *m.SavedSearchID).Error; err != nil {
		return false, err
	}
	var active bool
	if out.To, active, err = accounts.PersonContact(tx.DB, m.PersonID); err != nil || !active {
		return false, err
	}
	var row struct {
		Brand  string
		Wanted bool
	}
	err = tx.Raw(mailWanted, m.PersonID, out.Search.ID).Scan(&row).Error
	out.Brand = row.Brand
	return row.Wanted, err
}

// Subscription is what a mail's link can stop.
type Subscription struct {
	Search string // its name, "" if it is gone
	Brand  string
	On     bool // mails about it are still sent
}

// SubscriptionBySecret reads what a link can stop.
func (s *Store) SubscriptionBySecret(ctx context.Context, secret string) (Subscription, error) {
	_, x, err := findSubscription(s.db.Read(ctx), secret)
	return x, err
}

func findSubscription(q *gorm.DB, secret string) (search int64, x Subscription, err error) {
	var row struct {
		ID, SearchID int64
		Subscription
	}
	err = q.Raw(subscriptionByToken, models.HashSecret(secret)).Scan(&row).Error
	if err == nil && row.ID == 0 {
		err = models.NotFound()
	}
	return row.SearchID, row.Subscription, err
}

// Unsubscribe stops the mails of a search to the person whose mail contains the
// link, whoever uses it. The alert stays, so that the brand sees new creators in
// the app. Using a link again is harmless, and so is one for a deleted search or
// one whose mails now go to somebody else. A link that stops nothing writes
// nothing.
func (s *Store) Unsubscribe(ctx context.Context, secret string) error {
	if _, x, err := findSubscription(s.db.Read(ctx), secret); err != nil || !x.On {
		return err
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		id, x, err := findSubscription(tx.DB, secret)
		if err != nil || !x.On {
			return err
		}
		return tx.Model(&SavedSearch{ID: id}).Updates(map[string]any{"mails_to": nil, "updated_at": now, "version": gorm.Expr("version + 1")}).Error
	})
}
