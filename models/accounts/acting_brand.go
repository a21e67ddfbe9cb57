package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// ActingAsCreator is the choice of a person who acts for their own creator
// profile; any other choice is a brand's public id.
const ActingAsCreator = "creator"

// ActingChoice is a brand that a person may act for: one they are a member of, or a
// client of an agency they are a member of.
type ActingChoice struct {
	Brand      Brand
	Role       models.Role // the lesser of the person's own and the granted one
	AgencyID   int64       // 0 for a member
	AgencyName string
}

// OwnProfile is what every request needs of a person's creator profile.
type OwnProfile struct {
	ID              int64
	Name            string
	Listed          bool // one of its accounts is listed
	SuspendedAt     *time.Time
	SuspendedReason string
}

// SessionContext is what one request needs to know about the person who is signed in.
type SessionContext struct {
	Person     Person
	Profile    *OwnProfile // the person's own, whether or not they act for it; nil for none
	Brand      *Brand      // nil for a creator
	Role       models.Role
	AgencyID   int64 // the agency through which the person acts for the brand, 0 for its members
	AgencyName string
	Unread     int            // unread notifications, counted up to a limit
	Brands     []ActingChoice // all that the person may act for, in the order of joining
}

// Suspended says whether the person, or the brand or profile they act for, is
// suspended.
func (s SessionContext) Suspended() bool {
	at := s.Person.SuspendedAt
	if at == nil && s.Brand != nil {
		at = s.Brand.SuspendedAt
	} else if at == nil && s.Profile != nil {
		at = s.Profile.SuspendedAt
	}
	return at != nil
}

// LoadSessionContext reads the person, their profile and the brands they may act for in
// one query, so that a changed or withdrawn role takes effect with the next request.
// acting is what the person chose; an empty choice, or one they may not act for, falls
// back to their first brand.
func (s *Store) LoadSessionContext(ctx context.Context, personID int64, acting string) (SessionContext, error) {
	var rows []actingRow
	err := s.db.Read(ctx).Raw(s.actingQuery(), personID, personID, personID).Scan(&rows).Error
	if err != nil {
		return SessionContext{}, models.Internal("read the person who is signed in", err)
	}
	if len(rows) == 0 {
		return SessionContext{}, models.NotFound()
	}
	out := SessionContext{Person: rows[0].Person, Profile: rows[0].profile(), Unread: rows[0].Unread, Brands: actingChoices(rows)}
	if acting != ActingAsCreator || out.Profile == nil {
		out.chooseBrand(acting)
	}
	return out, nil
}

// chooseBrand finds the chosen brand, or the first one if the person may not act for that.
func (s *SessionContext) chooseBrand(acting string) {
	for i, b := range s.Brands {
		if i == 0 || b.Brand.PublicID == acting {
			s.Brand, s.Role, s.AgencyID, s.AgencyName = &s.Brands[i].Brand, b.Role, b.AgencyID, b.AgencyName
		}
	}
}

type actingRow struct {
	Person
	Unread                 int
	ProfileID              *int64
	ProfileName            string
	ProfileListed          bool
	ProfileSuspendedAt     *time.Time
	ProfileSuspendedReason string

	BrandID              *int64
	BrandPublicID        string
	BrandName            string
	BrandCountry         string
	BrandKind            BrandKind
	BrandSuspendedAt     *time.Time
	BrandSuspendedReason string
	BrandBudgetMinor     *int64
	BrandBudgetCurrency  string
	Role                 models.Role
	Granted              models.Role
	AgencyID             int64
	AgencyName           string
}

func (s *Store) actingQuery() string {
	return `SELECT p.*, ` + notifications.UnreadSQL("p.id") + ` AS unread, c.id AS profile_id, c.name AS profile_name, c.listed AS profile_listed,
			c.suspended_at AS profile_suspended_at, c.suspended_reason AS profile_suspended_reason, b.id AS brand_id, b.public_id AS brand_public_id, b.name AS brand_name, b.country AS brand_country,
			b.kind AS brand_kind, b.suspended_at AS brand_suspended_at, b.suspended_reason AS brand_suspended_reason,
			b.budget_minor AS brand_budget_minor, b.budget_currency AS brand_budget_currency,
			a.role AS role, a.granted AS granted, coalesce(a.agency_id, 0) AS agency_id, coalesce(g.name, '') AS agency_name
		FROM people p
		LEFT JOIN (` + string(s.profiles) + `) c ON c.person_id = p.id
		LEFT JOIN (` + actingRows("{person} = ?") + `) a ON a.person_id = p.id AND a.agency_suspended_at IS NULL
		LEFT JOIN brands b ON b.id = a.brand_id
		LEFT JOIN brands g ON g.id = a.agency_id
		WHERE p.id = ? ORDER BY CASE WHEN a.agency_id > 0 THEN 1 ELSE 0 END, a.since, a.brand_id, a.agency_id`
}

func (r actingRow) profile() *OwnProfile {
	if r.ProfileID == nil {
		return nil
	}
	return &OwnProfile{*r.ProfileID, r.ProfileName, r.ProfileListed, r.ProfileSuspendedAt, r.ProfileSuspendedReason}
}

// actingChoices lists the brands, each once: where several agencies lead to a brand,
// through the one that grants most.
func actingChoices(rows []actingRow) []ActingChoice {
	var all []ActingChoice
	at := map[int64]int{}
	for _, r := range rows {
		if r.BrandID == nil {
			continue
		}
		one := ActingChoice{Role: r.Role.LimitedTo(r.Granted), AgencyID: r.AgencyID, AgencyName: r.AgencyName, Brand: Brand{
			ID: *r.BrandID, PublicID: r.BrandPublicID, Name: r.BrandName, Country: r.BrandCountry, Kind: r.BrandKind,
			SuspendedAt: r.BrandSuspendedAt, SuspendedReason: r.BrandSuspendedReason,
			BudgetMinor: r.BrandBudgetMinor, BudgetCurrency: r.BrandBudgetCurrency,
		}}
		i, seen := at[*r.BrandID]
		switch {
		case !seen:
			at[*r.BrandID] = len(all)
			all = append(all, one)
		case all[i].AgencyID != 0 && one.Role.ManagesDeals() && !all[i].Role.ManagesDeals():
			all[i] = one
		}
	}
	return all
}

// FoundBrand creates another brand, owned by the person. Field: name.
func (s *Store) FoundBrand(ctx context.Context, actor models.Actor, f BrandForm) (Brand, error) {
	if !actor.SignedIn() {
		return Brand{}, models.SignInRequired()
	}
	var wrong models.Fields
	f.check(&wrong, "name")
	if err := wrong.Err(); err != nil {
		return Brand{}, err
	}
	now := s.clock()
	b := Brand{PublicID: models.NewPublicID(), Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: f.Kind, CreatedAt: now}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		if err := tx.Create(&Member{b.ID, actor.PersonID, models.RoleOwner, now}).Error; err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "accounts.brand_founded", Subject: db.AuditSubject("brand", b.ID)})
	})
	return b, err
}
