package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// The notices of a change to the members.
const (
	NoticeRole     NoticeKind = "role"
	NoticeRemoved  NoticeKind = "removed"
	NoticeTransfer NoticeKind = "transfer"
)

// Colleague is a member of the actor's brand.
type Colleague struct {
	Member
	Name  string
	Email string // "" for whoever acts through an agency
	Ref   string // identifies the member in URLs
}

// ListMembers lists the members of the actor's brand, owners first.
func (s *Store) ListMembers(ctx context.Context, actor models.Actor) ([]Colleague, error) {
	if !CanSeeMembers(actor, actor.BrandID) {
		return nil, models.NotFound()
	}
	var all []Colleague
	err := s.db.Read(ctx).Raw(`SELECT m.*, p.name, coalesce(p.email, '') AS email FROM members m JOIN people p ON p.id = m.person_id
		WHERE m.brand_id = ? ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 WHEN 'finance' THEN 2 ELSE 3 END, p.name, p.id`,
		actor.BrandID).Scan(&all).Error
	for i := range all {
		all[i].Ref = s.memberRef(all[i].Member)
		if actor.AgencyID != 0 {
			all[i].Email = ""
		}
	}
	return all, err
}

// memberRef identifies a member in URLs without revealing how many people there are.
func (s *Store) memberRef(m Member) string {
	return s.db.Keys.Digest("members ref", fmt.Sprintf("%d %d", m.BrandID, m.PersonID))[:16]
}

// findColleague finds a member of the actor's brand by the reference in a URL.
func (s *Store) findColleague(ctx context.Context, actor models.Actor, ref string) (Colleague, error) {
	all, err := s.ListMembers(ctx, actor)
	if err != nil {
		return Colleague{}, err
	}
	i := slices.IndexFunc(all, func(c Colleague) bool { return c.Ref == ref })
	if i < 0 {
		return Colleague{}, models.NotFound()
	}
	return all[i], nil
}

// ChangeRole gives a member a role other than owner, from their next request on.
func (s *Store) ChangeRole(ctx context.Context, actor models.Actor, ref string, role models.Role) error {
	c, err := s.findColleague(ctx, actor, ref)
	if err != nil {
		return err
	}
	if !CanChangeMember(actor, c.Member) {
		return errRole()
	}
	if role == models.RoleOwner || !slices.Contains(models.Roles(), role) {
		return models.Invalid("role", "accounts.error.which_role")
	}
	if role == c.Role {
		return nil
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := setRole(tx, c.Member, role); err != nil {
			return err
		}
		if err := publishNotice(tx, now, Notice{Kind: NoticeRole, BrandID: actor.BrandID, PersonID: c.PersonID, OfID: actor.BrandID, ByID: actor.PersonID, Role: role}); err != nil {
			return err
		}
		return auditMember(ctx, tx, now, actor, "accounts.role_changed", c.PersonID, "from", string(c.Role), "to", string(role))
	})
}

// setRole changes the role that was read; if it has changed since, that is a conflict.
func setRole(tx *db.Tx, m Member, role models.Role) error {
	return requireOneRow(tx.Exec("UPDATE members SET role = ? WHERE brand_id = ? AND person_id = ? AND role = ?", role, m.BrandID, m.PersonID, m.Role))
}

// RemoveMember removes a member from the brand, and withdraws the invitations they sent.
func (s *Store) RemoveMember(ctx context.Context, actor models.Actor, ref string) error {
	c, err := s.findColleague(ctx, actor, ref)
	if err != nil {
		return err
	}
	if !CanChangeMember(actor, c.Member) {
		return errRole()
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := deleteMember(tx, c.Member, now); err != nil {
			return err
		}
		if err := publishNotice(tx, now, Notice{Kind: NoticeRemoved, BrandID: actor.BrandID, PersonID: c.PersonID, ByID: actor.PersonID, Role: c.Role}); err != nil {
			return err
		}
		return auditMember(ctx, tx, now, actor, "accounts.member_removed", c.PersonID, "role", string(c.Role))
	})
}

func deleteMember(tx *db.Tx, m Member, now time.Time) error {
	if err := requireOneRow(tx.Exec("DELETE FROM members WHERE brand_id = ? AND person_id = ? AND role = ?", m.BrandID, m.PersonID, m.Role)); err != nil {
		return err
	}
	return tx.Exec("UPDATE invitations SET cancelled_at = ? WHERE brand_id = ? AND invited_by = ? AND accepted_at IS NULL AND cancelled_at IS NULL",
		now, m.BrandID, m.PersonID).Error
}

// LeaveBrand removes the actor from the brand. The last owner has to transfer the
// brand first.
func (s *Store) LeaveBrand(ctx context.Context, actor models.Actor) error {
	if !isOwnMember(actor, actor.BrandID) {
		return models.NotFound()
	}
	now := s.clock()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		m, owners, err := lockMembership(tx, actor)
		if err != nil {
			return err
		}
		if !CanLeave(models.Actor{PersonID: m.PersonID, BrandID: m.BrandID, Role: m.Role}, m.BrandID, owners) {
			return errLastOwner()
		}
		if err := deleteMember(tx, m, now); err != nil {
			return err
		}
		return auditMember(ctx, tx, now, actor, "accounts.member_left", actor.PersonID, "role", string(m.Role))
	})
	return translateLastOwner(err)
}

// TransferBrand makes the member the brand's owner and the actor a manager.
// Both are notified.
func (s *Store) TransferBrand(ctx context.Context, actor models.Actor, ref string) error {
	c, err := s.findColleague(ctx, actor, ref)
	if err != nil {
		return err
	}
	if !CanChangeMember(actor, c.Member) {
		return errRole()
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := setRole(tx, c.Member, models.RoleOwner); err != nil {
			return err
		}
		if err := setRole(tx, Member{BrandID: actor.BrandID, PersonID: actor.PersonID, Role: models.RoleOwner}, models.RoleManager); err != nil {
			return err
		}
		for _, to := range []int64{c.PersonID, actor.PersonID} {
			if err := publishNotice(tx, now, Notice{Kind: NoticeTransfer, BrandID: actor.BrandID, PersonID: to, OfID: actor.BrandID, ByID: actor.PersonID, OtherID: c.PersonID}); err != nil {
				return err
			}
		}
		return auditMember(ctx, tx, now, actor, "accounts.brand_transferred", c.PersonID)
	})
}

// asOwner runs a step that only an owner may take, checking again under the lock.
func (s *Store) asOwner(ctx context.Context, actor models.Actor, step func(*db.Tx, time.Time) error) error {
	now := s.clock()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := lockMembership(tx, actor)
		if err != nil {
			return err
		}
		if m.Role != models.RoleOwner {
			return errRole()
		}
		return step(tx, now)
	})
	return translateLastOwner(err)
}

// lockMembership rereads the actor's membership under the brand's lock, and counts
// the brand's owners.
func lockMembership(tx *db.Tx, actor models.Actor) (m Member, owners int, err error) {
	if err = LockBrand(tx, actor.BrandID); err != nil {
		return m, 0, err
	}
	var all []Member
	err = tx.Where("brand_id = ? AND (role = 'owner' OR person_id = ?)", actor.BrandID, actor.PersonID).Find(&all).Error
	for _, x := range all {
		if x.Role == models.RoleOwner {
			owners++
		}
		if x.PersonID == actor.PersonID {
			m = x
		}
	}
	if err == nil && m.PersonID == 0 {
		err = models.NotFound()
	}
	return m, owners, err
}

func auditMember(ctx context.Context, tx *db.Tx, now time.Time, actor models.Actor, action string, personID int64, more ...string) error {
	detail := map[string]string{"brand": fmt.Sprint(actor.BrandID)}
	for i := 0; i+1 < len(more); i += 2 {
		detail[more[i]] = more[i+1]
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: action, Subject: db.AuditSubject("person", personID), Detail: detail})
}

// requireOneRow fails unless exactly one row was changed.
func requireOneRow(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected != 1 {
		return models.Conflict("accounts.error.changed")
	}
	return res.Error
}

func errLastOwner() error { return models.Conflict("accounts.error.last_owner") }

// translateLastOwner turns the error of the database's own guard into ours.
func translateLastOwner(err error) error {
	if errors.Is(err, gorm.ErrCheckConstraintViolated) {
		return errLastOwner()
	}
	return err
}
