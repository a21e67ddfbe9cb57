package moderation

import (
	"context"

	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/notifications"
)

// ReportDecision is a decision with the people to notify.
type ReportDecision struct {
	Report
	Name       string             // of the accused
	Picture    *files.Picture     `gorm:"-"` // the hidden one, nil where it is gone, and for other decisions
	Recipients []accounts.Contact `gorm:"-"`
}

// ReadReportDecision reads a decision and whom to notify: nobody if it was undone, and
// only the reporter if the report was dismissed.
func (s *Store) ReadReportDecision(ctx context.Context, args ReportDecisionArgs) (ReportDecision, error) {
	var j ReportDecision
	err := s.db.Read(ctx).Raw(reportsWithNames+" WHERE r.id = ? AND r.version = ? AND r.decision <> ''", args.ReportID, args.Version).Scan(&j).Error
	if err != nil || j.ID == 0 {
		return j, err
	}
	if err := s.addReporter(ctx, &j); err != nil || j.Decision == Nothing {
		return j, err
	}
	if j.Decision == Hide {
		found, err := files.PictureByID(s.db.Read(ctx), j.SubjectID)
		if err != nil {
			return j, err
		}
		if len(found) > 0 {
			j.Picture = &found[0]
		}
	}
	return j, s.addAccused(ctx, &j)
}

func (s *Store) addReporter(ctx context.Context, j *ReportDecision) error {
	c, ok, err := accounts.PersonContact(s.db.Read(ctx), j.PersonID)
	if err == nil && ok {
		j.addRecipient(c)
	}
	return err
}

func (s *Store) addAccused(ctx context.Context, j *ReportDecision) error {
	var about []accounts.Contact
	var err error
	if j.BrandID != nil {
		about, err = accounts.MemberContacts(s.db.Read(ctx), *j.BrandID)
	} else if j.CreatorID != nil {
		var c accounts.Contact
		var ok bool
		if c, ok, err = creators.DecisionContact(s.db.Read(ctx), *j.CreatorID); ok {
			about = []accounts.Contact{c}
		}
	}
	for _, c := range about {
		if c.PersonID != j.PersonID {
			j.addRecipient(c)
		}
	}
	return err
}

func (j *ReportDecision) addRecipient(c accounts.Contact) {
	if !c.Confirmed {
		c.Email = ""
	}
	j.Recipients = append(j.Recipients, c)
}

// Reported says whether the person is the reporter, rather than on the accused
// side.
func (j ReportDecision) Reported(personID int64) bool { return j.PersonID == personID }

// DecisionReceivers returns who is notified of a decision.
func (s *Store) DecisionReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var args ReportDecisionArgs
	if err := e.Read(&args); err != nil {
		return notifications.Answer{}, err
	}
	j, err := s.ReadReportDecision(ctx, args)
	if err != nil {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: j.Recipients, Content: j, About: j.ownPictures()}, nil
}

// ownPictures leads those whose picture was hidden to it, rather than to the decisions.
func (j ReportDecision) ownPictures() map[int64]notifications.Subject {
	if j.Decision != Hide {
		return nil
	}
	kind, about := "pictures", map[int64]notifications.Subject{}
	if j.BrandID != nil {
		kind = "logo"
	}
	for _, to := range j.Recipients {
		if !j.Reported(to.PersonID) {
			about[to.PersonID] = notifications.Subject{Kind: kind}
		}
	}
	return about
}
