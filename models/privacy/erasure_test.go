package privacy_test

import (
	"context"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// waitUntilBlocked waits until somebody waits for a row that another transaction holds.
func waitUntilBlocked(t *testing.T, a *apptest.App) {
	t.Helper()
	late := time.After(30 * time.Second)
	for blocked := 0; blocked == 0; {
		err := a.DB.Read(context.Background()).Raw(`SELECT count(*) FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
			WHERE NOT l.granted AND s.datname = current_database()`).Scan(&blocked).Error
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-late:
			t.Fatal("nobody waits")
		default:
		}
	}
}

// A brand that somebody joins while its last member is being erased stays, with
// the one who joined.
func TestErasingLeavesABrandThatSomebodyJoins(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"sqlite": apptest.New, "postgres": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			a := start(t)
			brand, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
			joined, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 2)
			go func() {
				done <- a.DB.Tx(ctx, func(tx *db.Tx) error {
					err := tx.Create(&accounts.Member{BrandID: brand.BrandID, PersonID: other.PersonID, Role: models.RoleOwner, CreatedAt: a.Clock.Now()}).Error
					close(joined)
					<-release
					return err
				})
			}()
			<-joined
			go func() { done <- a.Privacy.EraseActor(ctx, brand, "") }()
			if a.DB.Dialect == db.Postgres { // SQLite has one writer, for whom the other waits from its start
				waitUntilBlocked(t, a)
			}
			close(release)
			for range 2 {
				if err := <-done; err != nil {
					t.Error(err)
				}
			}
			var called string
			if err := a.DB.Read(ctx).Raw("SELECT name FROM brands WHERE id = ?", brand.BrandID).Scan(&called).Error; err != nil || called != "fonte" {
				t.Errorf("the brand is called %q, %v", called, err)
			}
			var members []int64
			err := a.DB.Read(ctx).Raw("SELECT person_id FROM members WHERE brand_id = ?", brand.BrandID).Scan(&members).Error
			if err != nil || len(members) != 1 || members[0] != other.PersonID {
				t.Errorf("its members are %v, %v", members, err)
			}
		})
	}
}
