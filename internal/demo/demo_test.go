package demo_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/demo"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
)

func TestEveryStateIsInTheWorld(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	clock := &demo.Clock{}
	a, err := app.Open(ctx, config.Config{DatabaseURL: "sqlite:" + filepath.Join(dir, "demo.db"), MailDir: dir, MailFrom: "a@demo.example"}, clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	w, err := demo.MakeWorld(ctx, a, clock, demo.Options{Creators: 300, Seed: 7, Progress: func(string, int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	states := func(query string) map[string]bool {
		var all []string
		if err := a.DB.Read(ctx).Raw(query).Scan(&all).Error; err != nil {
			t.Fatal(err)
		}
		m := map[string]bool{}
		for _, s := range all {
			m[s] = true
		}
		return m
	}
	have := states("SELECT DISTINCT state FROM negotiations")
	for _, s := range negotiation.Table.States() {
		if !have[string(s)] {
			t.Errorf("no proposal is %s", s)
		}
	}
	if have := states("SELECT DISTINCT state FROM held_proposals"); !have[string(negotiation.HeldAsked)] {
		t.Error("no offer waits for approval")
	}
	have = states("SELECT DISTINCT state FROM deliverables")
	for _, s := range deals.DeliverableTable.States() {
		if !have[string(s)] {
			t.Errorf("no deliverable is %s", s)
		}
	}
	have = states("SELECT DISTINCT began FROM negotiations")
	if !have[string(models.SideBrand)] || !have[string(models.SideCreator)] {
		t.Errorf("negotiations begin only with %v", have)
	}
	have = states("SELECT DISTINCT c.state FROM contracts c JOIN documents d ON d.id = c.document_id AND d.state = 'ready' WHERE (c.certificate_id IS NOT NULL) = (c.state = 'signed')")
	for _, s := range []contracts.State{contracts.SignedByOne, contracts.Signed} {
		if !have[string(s)] {
			t.Errorf("no contract with its documents is %s", s)
		}
	}
	if have := states("SELECT DISTINCT c.state FROM contracts c JOIN documents d ON d.id = c.document_id AND d.state = 'ready' WHERE c.amends_id IS NOT NULL"); !have[string(contracts.SignedByOne)] {
		t.Error("no amendment waits for a signature")
	}
	if have := states("SELECT DISTINCT 'cycle ' || d.cycle FROM deals d JOIN deliverables x ON x.deal_id = d.id AND x.state = 'drafting' WHERE d.cycle > 1"); !have["cycle 2"] {
		t.Error("no second month of a repetition goes on")
	}
	have = states("SELECT DISTINCT end_kind FROM deals")
	for _, kind := range []string{"", "late", "reason"} {
		if !have[kind] {
			t.Errorf("no deal has end kind %q", kind)
		}
	}
	var unclaimed, verified int64
	a.DB.Read(ctx).Raw("SELECT count(*) FROM creators WHERE person_id IS NULL").Scan(&unclaimed)
	a.DB.Read(ctx).Raw("SELECT count(*) FROM creator_accounts WHERE source = 'verified'").Scan(&verified)
	if unclaimed < 200 || verified < demo.JoinedCreators+40 || len(w.People) < demo.JoinedCreators {
		t.Errorf("%d unclaimed, %d verified, %d sign-ins", unclaimed, verified, len(w.People))
	}
	var found int64
	a.DB.Read(ctx).Raw("SELECT count(*) FROM saved_search_matches m JOIN saved_searches s ON s.id = m.saved_search_id WHERE s.alert = 'daily' AND m.seen_at IS NULL").Scan(&found)
	if found != 3 {
		t.Errorf("a saved search has %d new creators", found)
	}
	t.Run("WordsAreOfTheirLists", func(t *testing.T) { checkStoredWords(t, a.DB) })
	t.Run("ClocksFollowTheirWords", func(t *testing.T) { checkStoredClocks(t, a.DB) })
}
