package moderation_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
	"tribemarket/models/moderation"
)

// The audit log is searched by names, of people, brands, creators and what a deal is about,
// and names what its lines are about, with links; numbers work as well.
func TestTheAuditLogIsSearchedByNames(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"SQLite": apptest.New, "PostgreSQL": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkAuditNames(t, start(t))
		})
	}
}

func checkAuditNames(t *testing.T, a *apptest.App) {
	ctx := context.Background()
	fonte := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	deal := a.Agree(t, fonte, penne, id)
	for kind, about := range map[moderation.Kind]string{moderation.Creator: id, moderation.Deal: deal} {
		apptest.Must(t, a.Moderation.SubmitReport(ctx, fonte, moderation.ReportForm{About: kind, ID: about, Reason: "scam"}))
	}
	apptest.Must(t, a.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.WriteAudit(ctx, db.AuditEntry{At: a.Clock.Now(), Action: "test.gone", Subject: "brand:999999"})
	}))
	admin := a.SignedInAdmin(t)
	list := func(field, value string) map[string]string { // addresses by what the lines are about
		page := admin.Get("/admin/audit?" + url.Values{field: {value}}.Encode())
		if page.Status != 200 {
			t.Fatalf("%s=%s is answered by %d", field, value, page.Status)
		}
		about := map[string]string{}
		for _, tr := range page.Find("main tbody tr").EachIter() {
			cell := tr.Find("td").Eq(2)
			about[strings.Join(strings.Fields(cell.Text()), " ")] = cell.Find("a").AttrOr("href", "")
		}
		return about
	}
	title := a.OfferForm().Product
	var administrator struct {
		ID   int64
		Name string
	}
	apptest.Must(t, a.DB.Read(ctx).Raw("SELECT id, name FROM people WHERE admin").Scan(&administrator).Error)
	creator, person := "/admin/creators/"+id, fmt.Sprintf("/admin/people/%d", administrator.ID)
	for _, tc := range []struct{ field, value, about, href string }{
		{"subject", "penne", "Penne Trial Creator", creator},
		{"subject", strings.ToUpper(administrator.Name), administrator.Name + " Person", person},
		{"subject", fmt.Sprintf("creator:%d", penne.CreatorID), "Penne Trial Creator", creator},
		{"subject", strings.ToUpper(title), "fonte, Penne Trial Deal", "/admin/deals?q=fonte"},
		{"subject", "brand:999999", "brand:999999", ""},
		{"person", "fonte@brand", "Penne Trial Creator", creator},
		{"person", fmt.Sprint(fonte.PersonID), "Penne Trial Creator", creator},
	} {
		if found := list(tc.field, tc.value); found[tc.about] != tc.href || tc.href == "" && len(found) != 1 {
			t.Errorf("%s=%s has %v, not %s at %q", tc.field, tc.value, found, tc.about, tc.href)
		}
	}
	for _, none := range []string{"nobody", "%", "_", "brand:7 or 1"} {
		if found := list("subject", none); len(found) > 0 {
			t.Errorf("%q finds %v", none, found)
		}
	}
	if page := admin.Get("/admin/audit"); page.HasTexts(title) {
		t.Error("the log tells what a deal is about")
	}
}
