package creators_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/creators"
	"tribemarket/views/paths"
)

func TestAdministratorsChangeTribes(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	admin := a.SignedInAdmin(t)
	form := admin.Get(paths.AdminTribe("foodtok"))
	save := "form[action='" + paths.AdminTribe("foodtok") + "']"
	if p := form.Submit(save, url.Values{"hashtags": {"foodtok #booktok"}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("“booktok” already belongs to BookTok") {
		t.Errorf("a hashtag of two tribes gave %d: %s", p.Status, p.Find("#error-summary").Text())
	}
	before := a.Creators.TribeCatalogue()
	if p := form.Submit(save, url.Values{"name_en": {"Kitchens"}}); p.Path != paths.AdminTribes() || !p.HasTexts("Kitchens", "Changed here") {
		t.Errorf("saving led to %d %s", p.Status, p.Path)
	}
	if now, _ := a.Creators.TribeCatalogue().TribeBySlug("foodtok"); now.Name("en") != "Kitchens" {
		t.Errorf("the tribe is named %s", now.Name("en"))
	}
	if was, _ := before.TribeBySlug("foodtok"); was.Name("en") == "Kitchens" {
		t.Error("the catalogue that somebody holds changed under them")
	}
	if p := a.NewBrowser(t).Get(paths.Creator(id)); !strings.Contains(p.Body, "tribe=foodtok") {
		t.Error("the page doesn't name the creator's tribe")
	}
	if p := form.Submit(save, url.Values{"hidden": {"1"}}); p.Path != paths.AdminTribes() || !p.HasTexts("Hidden") {
		t.Errorf("hiding led to %d", p.Status)
	}
	if p := a.NewBrowser(t).Get(paths.Creator(id)); strings.Contains(p.Body, "tribe=foodtok") || p.Status != http.StatusOK {
		t.Error("the page names a hidden tribe")
	}
	added := url.Values{"slug": {"pastatok"}, "display": {"PastaTok"}, "hashtags": {"pasta tagliatelle"}, "categories": {"noodles"}, "mark": {"bowl"}, "hue": {"3"}}
	for _, l := range []string{"en", "fr", "nl"} {
		added.Set("name_"+l, "Pasta")
		added.Set("text_"+l, "Pasta of all kinds")
	}
	if p := admin.Get(paths.AdminNewTribe()).Submit("form[action='/admin/tribes']", added); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("“pasta” already belongs to") {
		t.Errorf("a taken word gave %d", p.Status)
	}
	added.Set("hashtags", "tagliatelle")
	if p := admin.Get(paths.AdminNewTribe()).Submit("form[action='/admin/tribes']", added); p.Path != paths.AdminTribes() || !p.HasTexts("PastaTok") {
		t.Errorf("adding led to %d: %s", p.Status, p.Find("#error-summary").Text())
	}
	// Another node reads the change from the database; jobs make creators follow.
	fresh, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	other := creators.NewStore(a.DB, a.Clock.Now, fresh)
	if err := other.ReloadTribeCatalogue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, ok := other.TribeCatalogue().TribeBySlug("pastatok"); !ok {
		t.Error("another node doesn't know the new tribe")
	}
	var version int64
	a.DB.Read(context.Background()).Raw("SELECT max(version) FROM tribe_edits").Scan(&version)
	if err := other.RederiveTribes(context.Background(), creators.RederiveTribesArgs{Version: version}); err != nil {
		t.Fatal(err)
	}
	var n int64
	a.DB.Read(context.Background()).Raw("SELECT count(*) FROM creator_tribes WHERE tribe = 'foodtok' AND known = 'derived'").Scan(&n)
	if n != 0 {
		t.Error("a hidden tribe is still derived")
	}
}
