package moderation_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
	"tribemarket/views/paths"
)

func TestAnAdministratorSeesWhetherWorkRuns(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	admin := a.SignedInAdmin(t)
	verdict := func() string { return admin.Get(paths.AdminWork()).Find("#verdict").Text() }
	if v := verdict(); !strings.Contains(v, "Everything is running.") {
		t.Errorf("at first: %s", v)
	}
	if p := admin.Get(paths.Admin()).Find("#work"); !strings.Contains(p.Text(), "Everything is running.") {
		t.Errorf("the overview says %s", p.Text())
	}
	ctx, now := context.Background(), a.Clock.Now()
	err := a.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM river_job").Error; err != nil {
			return err
		}
		if err := tx.Enqueue(run.SweepArgs{}, nil); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE river_job SET scheduled_at = ?", now.Add(-7*time.Minute)).Error; err != nil {
			return err
		}
		return tx.Exec("INSERT INTO job_kinds (kind, succeeded_at, failed_at, failing_since, failures, error) VALUES ('creators.read_statistics', ?, ?, ?, 4, 'no route to <b>host</b>'), ('of.tomorrow', ?, NULL, NULL, 0, '')",
			now.Add(-time.Hour), now.Add(-time.Minute), now.Add(-30*time.Minute), now).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	for language, words := range map[string][]string{
		"en": {"2 tasks are not running.", "Deadlines that pass: overdue for 7 minutes and not started.", "Reading of statistics: failing for 30 minutes.", "no route to <b>host</b>", "of.tomorrow", "oldest: 7 minutes"},
		"fr": {"2 sortes de tâches ne s’exécutent pas.", "Échéances qui passent", "Lecture des statistiques"},
		"nl": {"2 soorten werk liggen stil.", "Termijnen die verlopen", "Lezen van statistieken"},
	} {
		admin.Get("/").Submit("form[action='/language']", url.Values{"language": {language}})
		p := admin.Get(paths.AdminWork())
		if !p.HasTexts(words...) {
			t.Errorf("%s:\n%s", language, p.Find("main").Text())
		}
		if rows := p.Find("main table tbody tr"); rows.Length() < 25 || !strings.Contains(rows.First().Text(), words[1][:8]) {
			t.Errorf("%s: %d rows, first %s", language, rows.Length(), rows.First().Text())
		}
	}
	if p := admin.Get(paths.Admin()).Find("#work"); p.Find("a[href='/admin/work']").Length() != 1 {
		t.Error("the overview does not lead there")
	}
}
