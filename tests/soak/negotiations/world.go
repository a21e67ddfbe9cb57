package negotiations

import (
	"context"
	"fmt"
	"log/slog"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/models"
)

// world is a marketplace in this process, with a clock that a run moves.
type world struct {
	*app.App
	clock  *testkit.Clock
	admin  models.Actor
	people int // so far

	counted map[string]int // how negotiations ended, and what was refused
}

func openWorld(ctx context.Context, database, dir string) (*world, error) {
	clock := testkit.NewClock()
	cfg := config.Config{
		DatabaseURL: database, SecretKeys: config.Secret("soak:" + testkit.SealingKey), DigestKey: testkit.SealingKey,
		MailDir: dir, MailFrom: "market@soak.example", Limits: "off",
	}
	a, err := app.Open(ctx, cfg, clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	w := &world{App: a, clock: clock, counted: map[string]int{}}
	w.admin.Admin = true
	w.admin.PersonID, err = w.addPerson(ctx, "admin")
	return w, err
}

// insert adds a row and gives its id.
func (w *world) insert(ctx context.Context, query string, args ...any) (id int64, err error) {
	return id, w.DB.Read(ctx).Raw(query+" RETURNING id", args...).Scan(&id).Error
}

func (w *world) addPerson(ctx context.Context, zone string) (int64, error) {
	w.people++
	now := w.clock.Now()
	if zone == "admin" {
		return w.insert(ctx, "INSERT INTO people (name, email, email_confirmed_at, locale, zone, admin, created_at) VALUES ('Admin', 'admin@soak.example', ?, 'en', 'UTC', TRUE, ?)", now, now)
	}
	email := fmt.Sprintf("person%d@soak.example", w.people)
	return w.insert(ctx, "INSERT INTO people (name, email, email_confirmed_at, locale, zone, created_at) VALUES (?, ?, ?, 'en', ?, ?)", "Person "+email, email, now, zone, now)
}

// The zones in which the days of the two sides end.
const (
	brandZone   = "Europe/London"
	creatorZone = "Pacific/Auckland"
)

// parties are a brand and a creator who know each other from nothing.
type parties struct {
	brand, creator     models.Actor
	manager            models.Actor // of the brand, whose owner approves what they offer and accept
	brandID, creatorID string       // public
}

func (w *world) addParties(ctx context.Context) (p parties, err error) {
	now := w.clock.Now()
	p.brandID, p.creatorID = models.NewPublicID(), models.NewPublicID()
	p.brand.Role = models.RoleOwner
	if p.brand.PersonID, err = w.addPerson(ctx, brandZone); err != nil {
		return p, err
	}
	if p.brand.BrandID, err = w.insert(ctx, "INSERT INTO brands (public_id, name, country, created_at) VALUES (?, ?, 'GB', ?)", p.brandID, fmt.Sprint("Brand ", w.people), now); err != nil {
		return p, err
	}
	if err = w.DB.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'owner', ?)", p.brand.BrandID, p.brand.PersonID, now).Error; err != nil {
		return p, err
	}
	p.manager = models.Actor{BrandID: p.brand.BrandID, Role: models.RoleManager}
	if p.manager.PersonID, err = w.addPerson(ctx, brandZone); err != nil {
		return p, err
	}
	if err = w.DB.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'manager', ?)", p.brand.BrandID, p.manager.PersonID, now).Error; err != nil {
		return p, err
	}
	if err = w.DB.Read(ctx).Exec("UPDATE brands SET approver_id = ?, approval_minor = ?, approval_currency = 'GBP' WHERE id = ?", p.brand.PersonID, approvedAbove*100, p.brand.BrandID).Error; err != nil {
		return p, err
	}
	if p.creator.PersonID, err = w.addPerson(ctx, creatorZone); err != nil {
		return p, err
	}
	p.creator.CreatorID, err = w.insert(ctx, "INSERT INTO creators (public_id, person_id, name, country, zone, listed, created_at, updated_at) VALUES (?, ?, ?, 'NZ', ?, TRUE, ?, ?)",
		p.creatorID, p.creator.PersonID, fmt.Sprint("Creator ", w.people), creatorZone, now, now)
	if err != nil {
		return p, err
	}
	handle := fmt.Sprint("creator", w.people)
	return p, w.DB.Read(ctx).Exec("INSERT INTO creator_accounts (creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (?, 'tiktok', ?, ?, 'imported', ?, 42000, TRUE, ?, ?)",
		p.creator.CreatorID, handle, handle, now, now, now).Error
}

func (p parties) actor(side models.Side) models.Actor {
	if side == models.SideBrand {
		return p.brand
	}
	return p.creator
}
