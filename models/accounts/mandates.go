package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// The notices of a change to a mandate.
const (
	NoticeMandateOffered  NoticeKind = "mandate_offered"
	NoticeMandateAccepted NoticeKind = "mandate_accepted"
	NoticeMandateEnded    NoticeKind = "mandate_ended"
)

// MandateOfferLifetime is how long an agency has to answer a brand.
const MandateOfferLifetime = 14 * 24 * time.Hour

// Mandate lets an agency's members act for a brand, with at most the mandate's
// role. It is an offer until the agency's owner accepts; either side ends it at
// any time.
type Mandate struct {
	ID         int64
	PublicID   string
	AgencyID   int64
	BrandID    int64
	Role       models.Role
	OfferedBy  int64
	OfferedAt  time.Time
	ExpiresAt  time.Time // of the offer
	AcceptedAt *time.Time
	AcceptedBy *int64
	EndedAt    *time.Time
	EndedBy    *int64
}

// TableName is the table's name, for GORM.
func (Mandate) TableName() string { return "agency_mandates" }

// CanAcceptMandate says whether the actor may accept the mandate for their agency.
func CanAcceptMandate(a models.Actor, m Mandate) bool {
	return isOwner(a, m.AgencyID) && m.AcceptedAt == nil && m.EndedAt == nil
}

// CanEndMandate says whether the actor may end the mandate: an owner of either side may.
func CanEndMandate(a models.Actor, m Mandate) bool {
	return (isOwner(a, m.BrandID) || isOwner(a, m.AgencyID)) && m.EndedAt == nil
}

// MandateView is a mandate with the two brands' names and who acts under it.
type MandateView struct {
	Mandate
	Agency, AgencyRef string
	Brand, BrandRef   string
	People            []Colleague `gorm:"-"` // of the agency, each with their role for the brand; nil on the agency's own page
}

// Mandates lists the accepted and offered mandates of the actor's brand: those
// it gives to agencies and, as an agency, those of its clients.
func (s *Store) Mandates(ctx context.Context, actor models.Actor) (agencies, clients []MandateView, err error) {
	if !actsForBrand(actor, actor.BrandID) {
		return nil, nil, models.NotFound()
	}
	var all []MandateView
	err = s.db.Read(ctx).Raw(`SELECT x.*, a.name AS agency, a.public_id AS agency_ref, b.name AS brand, b.public_id AS brand_ref
		FROM agency_mandates x JOIN brands a ON a.id = x.agency_id JOIN brands b ON b.id = x.brand_id
		WHERE (x.brand_id = ? OR x.agency_id = ?) AND x.ended_at IS NULL AND (x.accepted_at IS NOT NULL OR x.expires_at > ?) ORDER BY x.id`,
		actor.BrandID, actor.BrandID, s.clock()).Scan(&all).Error
	if err != nil {
		return nil, nil, err
	}
	var ids []int64
	for _, m := range all {
		switch {
		case m.BrandID == actor.BrandID:
			agencies, ids = append(agencies, m), append(ids, m.AgencyID)
		case actor.AgencyID == 0:
			clients = append(clients, m)
		}
	}
	if len(ids) == 0 {
		return agencies, clients, nil
	}
	var people []Colleague
	err = s.db.Read(ctx).Raw("SELECT m.*, p.name FROM members m JOIN people p ON p.id = m.person_id WHERE m.brand_id IN ? ORDER BY p.name, p.id", ids).Scan(&people).Error
	for i := range agencies {
		for _, p := range people {
			if p.BrandID == agencies[i].AgencyID && agencies[i].AcceptedAt != nil {
				p.Role = p.Role.LimitedTo(agencies[i].Role)
				agencies[i].People = append(agencies[i].People, p)
			}
		}
	}
	return agencies, clients, err
}

// OfferMandate asks an agency, named by its public id or the URL of its page,
// to act for the actor's brand. Fields: agency, role.
func (s *Store) OfferMandate(ctx context.Context, actor models.Actor, agency string, role models.Role) error {
	if !CanGovern(actor, actor.BrandID) {
		return errRole()
	}
	if role != models.RoleManager && role != models.RoleFinance && role != models.RoleViewer {
		return models.Invalid("agency_role", "accounts.error.which_role")
	}
	a, err := s.findAgency(ctx, agency)
	if err != nil {
		return err
	}
	if a.ID == actor.BrandID {
		return models.Invalid("agency", "accounts.error.own_agency")
	}
	now, l := s.clock(), models.Invitations
	if err := s.db.CountUse(ctx, now, l.Name, fmt.Sprint(actor.BrandID), l.Most, l.Per); err != nil {
		return err
	}
	err = s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := tx.Exec(`UPDATE agency_mandates SET ended_at = ? WHERE agency_id = ? AND brand_id = ? AND ended_at IS NULL
			AND accepted_at IS NULL AND expires_at <= ?`, now, a.ID, actor.BrandID, now).Error; err != nil {
			return err
		}
		m := Mandate{PublicID: models.NewPublicID(), AgencyID: a.ID, BrandID: actor.BrandID, Role: role, OfferedBy: actor.PersonID, OfferedAt: now, ExpiresAt: now.Add(MandateOfferLifetime)}
		if err := tx.Create(&m).Error; err != nil {
			return err
		}
		if err := notifyOwners(tx, now, a.ID, m.notice(NoticeMandateOffered, actor)); err != nil {
			return err
		}
		return auditMandate(ctx, tx, now, actor, "accounts.mandate_offered", m)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Invalid("agency", "accounts.error.mandate_stands")
	}
	return err
}

func (s *Store) findAgency(ctx context.Context, named string) (Brand, error) {
	named = strings.TrimRight(strings.TrimSpace(named), "/")
	named = named[strings.LastIndexByte(named, '/')+1:]
	var b Brand
	err := s.db.Read(ctx).Where("public_id = ? AND kind = ? AND suspended_at IS NULL", text.SingleLine(named), KindAgency).Take(&b).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return b, models.Invalid("agency", "accounts.error.no_agency")
	}
	return b, err
}

func (m Mandate) notice(kind NoticeKind, actor models.Actor) Notice {
	return Notice{Kind: kind, BrandID: m.BrandID, AgencyID: m.AgencyID, ByID: actor.PersonID, Role: m.Role}
}

func auditMandate(ctx context.Context, tx *db.Tx, now time.Time, actor models.Actor, action string, m Mandate) error {
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: action, Subject: db.AuditSubject("brand", m.BrandID),
		Detail: map[string]string{"agency": fmt.Sprint(m.AgencyID), "role": string(m.Role)}})
}

// AcceptMandate lets the actor's agency act for the brand that asked for it.
func (s *Store) AcceptMandate(ctx context.Context, actor models.Actor, publicID string) error {
	m, err := s.ownMandate(ctx, actor, publicID)
	if err != nil {
		return err
	}
	switch {
	case !isOwner(actor, m.AgencyID):
		return errRole()
	case m.AcceptedAt != nil && m.EndedAt == nil:
		return nil
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		err := requireOneRow(tx.Exec("UPDATE agency_mandates SET accepted_at = ?, accepted_by = ? WHERE id = ? AND accepted_at IS NULL AND ended_at IS NULL AND expires_at > ?",
			now, actor.PersonID, m.ID, now))
		if err != nil {
			return err
		}
		if err := notifyOwners(tx, now, m.BrandID, m.notice(NoticeMandateAccepted, actor)); err != nil {
			return err
		}
		return auditMandate(ctx, tx, now, actor, "accounts.mandate_accepted", m)
	})
}

// EndMandate ends a mandate, or declines or withdraws the offer: from the next
// request on nobody at the agency acts for the brand.
func (s *Store) EndMandate(ctx context.Context, actor models.Actor, publicID string) error {
	m, err := s.ownMandate(ctx, actor, publicID)
	if err != nil || m.EndedAt != nil {
		return err
	}
	if !CanEndMandate(actor, m) {
		return errRole()
	}
	other := m.AgencyID
	if actor.BrandID == m.AgencyID {
		other = m.BrandID
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := requireOneRow(tx.Exec("UPDATE agency_mandates SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL", now, actor.PersonID, m.ID)); err != nil {
			return err
		}
		if err := notifyOwners(tx, now, other, m.notice(NoticeMandateEnded, actor)); err != nil {
			return err
		}
		return auditMandate(ctx, tx, now, actor, "accounts.mandate_ended", m)
	})
}

// ownMandate finds a mandate that the actor's brand is a party to.
func (s *Store) ownMandate(ctx context.Context, actor models.Actor, publicID string) (Mandate, error) {
	var m Mandate
	if !isOwnMember(actor, actor.BrandID) {
		return m, models.NotFound()
	}
	err := s.db.Read(ctx).Where("public_id = ? AND (brand_id = ? OR agency_id = ?)", publicID, actor.BrandID, actor.BrandID).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return m, models.NotFound()
	}
	return m, err
}

// refuseAgencyWithClients refuses to turn an agency with clients into an ordinary brand.
func refuseAgencyWithClients(tx *db.Tx, brandID int64, kind BrandKind) error {
	if kind == KindAgency {
		return nil
	}
	var n int64
	err := tx.Model(&Mandate{}).Where("agency_id = ? AND accepted_at IS NOT NULL AND ended_at IS NULL", brandID).Count(&n).Error
	if err == nil && n > 0 {
		err = models.Invalid("kind", "accounts.error.has_clients")
	}
	return err
}
