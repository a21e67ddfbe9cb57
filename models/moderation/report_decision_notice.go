package moderation

import (
	"context"

	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/notifications"
)

// Judged is a decision with those who are told.
type Judged struct {
	Report
	Name string             // whom it is about
	To   []accounts.Contact `gorm:"-"`
}

// Judged reads who is to be told of a decision, for the job; nobody, once it
// was undone. A report that was turned down tells its reporter alone.
func (s *Store) Judged(ctx context.Context, args JudgedArgs) (Judged, error) {
	var j Judged
	err := s.db.Read(ctx).Raw(reportsWithNames+" WHERE r.id = ? AND r.version = ? AND r.decision <> ''", args.ReportID, args.Version).Scan(&j).Error
	if err != nil || j.ID == 0 {
		return j, err
	}
	if err := s.tellReporter(ctx, &j); err != nil || j.Decision == Nothing {
		return j, err
	}
	return j, s.tellReported(ctx, &j)
}

func (s *Store) tellReporter(ctx context.Context, j *Judged) error {
	c, ok, err := accounts.PersonContact(s.db.Read(ctx), j.PersonID)
	if err == nil && ok {
		j.tell(c)
	}
	return err
}

func (s *Store) tellReported(ctx context.Context, j *Judged) error {
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
			j.tell(c)
		}
	}
	return err
}

func (j *Judged) tell(c accounts.Contact) {
	if !c.Confirmed {
		c.Email = ""
	}
	j.To = append(j.To, c)
}

// Reported says whether the person reported, rather than stands on the side that
// the decision is about.
func (j Judged) Reported(personID int64) bool { return j.PersonID == personID }

// DecisionReceivers is who is told of a decision, for notifications.
func (s *Store) DecisionReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var args JudgedArgs
	if err := e.Read(&args); err != nil {
		return notifications.Answer{}, err
	}
	j, err := s.Judged(ctx, args)
	if err != nil {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: j.To, Content: j}, nil
}
