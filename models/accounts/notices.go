package accounts

import (
	"context"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// NoticeKind is what somebody is told about a brand.
type NoticeKind string

// The kinds. Their texts are members.mail.KIND.
const (
	NoticeRole            NoticeKind = "role"
	NoticeRemoved         NoticeKind = "removed"
	NoticeTransfer        NoticeKind = "transfer"
	NoticeMandateOffered  NoticeKind = "mandate_offered"
	NoticeMandateAccepted NoticeKind = "mandate_accepted"
	NoticeMandateEnded    NoticeKind = "mandate_ended"
	NoticeDomainLost      NoticeKind = "domain_lost"
)

// Notice is the job that tells one person what has happened in a brand.
type Notice struct {
	Kind     NoticeKind  `json:"kind"`
	Key      string      `json:"key"` // names the mail, so that none is sent twice
	BrandID  int64       `json:"brand_id"`
	AgencyID int64       `json:"agency_id,omitempty"`
	PersonID int64       `json:"person_id"`          // who is told
	ByID     int64       `json:"by_id,omitempty"`    // who did it
	OtherID  int64       `json:"other_id,omitempty"` // whom it concerns besides
	Role     models.Role `json:"role,omitempty"`
	Domain   string      `json:"domain,omitempty"`
}

// NoticeArgs is the job of a Notice.
type NoticeArgs struct{ Notice }

// Kind is River's name of the job.
func (NoticeArgs) Kind() string { return "accounts.notice" }

func tell(tx *db.Tx, n Notice) error {
	n.Key = models.NewPublicID()
	return tx.Enqueue(NoticeArgs{n}, nil)
}

// tellOwners tells each owner of a brand.
func tellOwners(tx *db.Tx, of int64, n Notice) error {
	var owners []int64
	if err := tx.Model(&Member{}).Where("brand_id = ? AND role = 'owner'", of).Pluck("person_id", &owners).Error; err != nil {
		return err
	}
	for _, id := range owners {
		n.PersonID = id
		if err := tell(tx, n); err != nil {
			return err
		}
	}
	return nil
}

// Told is a Notice with the names that its words need. Email is "" for somebody
// who can't be reached.
type Told struct {
	Notice
	To                       Person
	Email                    string
	Brand, Agency, By, Other string
}

// Told reads what a notice needs.
func (s *Store) Told(ctx context.Context, n Notice) (Told, error) {
	out := Told{Notice: n}
	var err error
	if out.To, err = s.Find(ctx, n.PersonID); err != nil {
		return out, err
	}
	if out.To.Email != nil {
		out.Email = *out.To.Email
	}
	err = s.db.Read(ctx).Raw(`SELECT coalesce((SELECT name FROM brands WHERE id = ?), '') AS brand, coalesce((SELECT name FROM brands WHERE id = ?), '') AS agency,
		coalesce((SELECT name FROM people WHERE id = ?), '') AS "by", coalesce((SELECT name FROM people WHERE id = ?), '') AS other`,
		n.BrandID, n.AgencyID, n.ByID, n.OtherID).Row().Scan(&out.Brand, &out.Agency, &out.By, &out.Other)
	return out, err
}

// lockBrand keeps others from the brand until the transaction ends, so that of
// two changes to its people the second sees the first.
func lockBrand(tx *db.Tx, id int64) error {
	var b Brand
	return tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Take(&b, id).Error
}
