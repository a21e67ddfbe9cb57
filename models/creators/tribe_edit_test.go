package creators_test

import (
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

func pasta() creators.TribeForm {
	f := creators.TribeForm{
		Slug: "pastatok", Display: "PastaTok", Mark: "bowl", Hue: "3", Names: map[string]string{}, Descriptions: map[string]string{},
		Hashtags: "#Tagliatelle orecchiette", Categories: "Fresh pasta",
	}
	for _, l := range []string{"en", "fr", "nl"} {
		f.Names[l], f.Descriptions[l] = "Pasta "+l, "Of all kinds"
	}
	return f
}

func TestTribesAreAddedAndChangedAndOtherNodesFollow(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, node := newWorld(t, d), newWorld(t, d)
		admin := models.Actor{Admin: true}
		w.must(d.Tx(t.Context(), func(tx *db.Tx) error {
			p, err := accounts.CreatePerson(tx, accounts.Person{Name: "Ada", Admin: true, CreatedAt: testkit.ClockStart})
			admin.PersonID = p.ID
			return err
		}))
		for _, who := range []models.Actor{{}, {PersonID: admin.PersonID}} {
			if err := w.EditTribe(t.Context(), who, pasta(), true); models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("%+v adds one: %v", who, err)
			}
		}
		refused := func(field string, change func(*creators.TribeForm), isNew bool) {
			t.Helper()
			f := pasta()
			change(&f)
			err := w.EditTribe(t.Context(), admin, f, isNew)
			if models.CodeOf(err) != models.CodeInvalid || !strings.Contains(err.Error(), field) {
				t.Errorf("%s gave %v", field, err)
			}
		}
		refused("slug", func(f *creators.TribeForm) { f.Slug = "foodtok" }, true)
		refused("slug", func(f *creators.TribeForm) { f.Slug = "Pasta Tok" }, true)
		refused("hashtags", func(f *creators.TribeForm) { f.Hashtags = "booktok" }, true)
		refused("hue", func(f *creators.TribeForm) { f.Hue = "36" }, true)
		refused("name_nl", func(f *creators.TribeForm) { f.Names = map[string]string{"en": "x", "fr": "x"} }, true)

		w.must(w.EditTribe(t.Context(), admin, pasta(), true))
		refused("slug", func(*creators.TribeForm) {}, true)
		changed := pasta()
		changed.Hashtags = "farfalle"
		w.must(w.EditTribe(t.Context(), admin, changed, false))

		if _, ok := node.TribeCatalogue().TribeBySlug("pastatok"); ok {
			t.Fatal("the other node knows it before it has read it")
		}
		w.must(node.ReloadTribeCatalogue(t.Context()))
		for name, s := range map[string]*creators.Store{"this": w.Store, "the other": node.Store} {
			got, ok := s.TribeCatalogue().TribeBySlug("pastatok")
			if !ok || got.Name("fr") != "Pasta fr" || len(got.Hashtags) != 1 || got.Hashtags[0] != "farfalle" {
				t.Errorf("%s node has %+v", name, got)
			}
		}
		var rows []creators.TribeEdit
		w.must(d.Read(t.Context()).Find(&rows).Error)
		if len(rows) != 1 || rows[0].Hidden || rows[0].Version != 2 {
			t.Errorf("kept are %+v", rows)
		}
		var n int64
		w.must(d.Read(t.Context()).Raw("SELECT count(*) FROM audit_events WHERE action LIKE 'admin.tribe%' AND person_id = ?", admin.PersonID).Scan(&n).Error)
		if n != 2 {
			t.Errorf("%d steps are in the audit log", n)
		}
		changed.Hidden = true
		w.must(w.EditTribe(t.Context(), admin, changed, false))
		w.must(node.ReloadTribeCatalogue(t.Context()))
		if _, ok := node.TribeCatalogue().TribeBySlug("pastatok"); ok {
			t.Error("the other node shows a hidden tribe")
		}
	})
}
