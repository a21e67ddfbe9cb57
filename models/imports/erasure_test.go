package imports_test

import (
	"context"
	"slices"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/imports"
)

// Whoever was erased stays out, however a list writes the handle.
func TestAnErasedPersonDoesNotComeBack(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load("username,followers,platform\nMina.Flute,20000,tiktok\nminaflöte,20000,youtube\n", imports.Options{AsOf: in2026})
		err := d.Tx(context.Background(), func(tx *db.Tx) error {
			var ids []int64
			if err := tx.Raw("SELECT creator_id FROM creator_accounts").Scan(&ids).Error; err != nil {
				return err
			}
			if err := w.PrepareErasure(tx, ids, w.clock.Now()); err != nil {
				return err
			}
			for _, table := range []string{"listings", "creator_accounts", "creators"} {
				if err := tx.Exec("DELETE FROM " + table).Error; err != nil {
					return err
				}
			}
			return nil
		})
		w.must(err)
		for name, tc := range map[string]struct{ list, left string }{
			"as it was":                              {"username,followers\nmina.flute,20K\n", "2 erased"},
			"another case":                           {"username,followers\nMINA.FLUTE,20K\n", "2 erased"},
			"an address":                             {"url,followers\nhttps://www.tiktok.com/@mina.flute?lang=fr,20K\n", "2 erased"},
			"an invisible character":                 {"username,name,followers\nmina.flute\u200b,Mina,20K\n", "2 erased"},
			"a soft hyphen":                          {"username,name,followers\nmina\u00ad.flute,Mina,20K\n", "2 erased"},
			"Cyrillic letters":                       {"username,name,followers\nminа.flute,Mina,20K\n", "2 not_a_handle"},
			"full width":                             {"username,name,followers\nｍina.flute,Mina,20K\n", "2 not_a_handle"},
			"the handle as a name":                   {"username,name,followers\nother.one,Mina.Flute,20K\n", "2 erased"},
			"a name that looks so":                   {"username,name,followers\nother.one,Minа.Flute,20K\n", "2 erased"},
			"the handle with its sign as a name":     {"username,name,followers\nother.one,@mina.flute,20K\n", "2 erased"},
			"an address as a name":                   {"username,name,followers\nother.one,see https://www.tiktok.com/@Mina.Flute?lang=fr,20K\n", "2 erased"},
			"an address without its scheme":          {"username,name,followers\nother.one,see //tiktok.com/@mina.flute,20K\n", "2 erased"},
			"a name in brackets":                     {"username,name,followers\nother.one,(mina.flute),20K\n", "2 erased"},
			"a name in full-width brackets":          {"username,name,followers\nother.one,（mina.flute）,20K\n", "2 erased"},
			"a name with an emoji":                   {"username,name,followers\nother.one,mina.flute ✨,20K\n", "2 erased"},
			"a name between emoji":                   {"username,name,followers\nother.one,✨mina.flute✨,20K\n", "2 erased"},
			"within a name":                          {"username,name,followers\nother.one,\"Mina | Mina.Flute, official\",20K\n", "2 erased"},
			"at the end of a sentence":               {"username,name,followers\nother.one,it's me: mіna.flute!,20K\n", "2 erased"},
			"between full stops":                     {"username,name,followers\nother.one,...mina.flute...,20K\n", "2 erased"},
			"with its sign in full width":            {"username,name,followers\nother.one,＠mina.flute,20K\n", "2 erased"},
			"a plain word, on YouTube":               {"handle,name,followers,platform\nother.one,the real minaflöte,20K,youtube\n", "2 erased"},
			"in brackets":                            {"channel,followers\nMina (mina.flute),20K\n", "2 erased"},
			"a letter with another mark, on YouTube": {"handle,followers,platform\nminaflo\u0308te,20K,youtube\n", "2 erased"},
		} {
			_, out := w.load(tc.list, imports.Options{AsOf: models.Date{Year: 2026, Month: 7, Day: 1}})
			if !slices.Equal(out, []string{tc.left}) {
				t.Errorf("%s: left out %q, want %s", name, out, tc.left)
			}
		}
		if n := w.count("creators"); n != 0 {
			t.Errorf("%d came back", n)
		}
		if r, _ := w.load("username,name,followers,platform\nmina.flutes,Mina Flute,20K,tiktok\nbo.flöte,Minaflöte Dubois,20K,youtube\n", imports.Options{AsOf: in2026}); r.Created != 2 {
			t.Error("somebody with a name alike stays out")
		}
	})
}
