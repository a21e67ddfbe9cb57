package imports_test

import (
	"slices"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/imports"
)

// A title that says handle above a column of names would read the rows of stars into the
// profiles of whoever took their first names as handles.
func TestNamesUnderATitleThatSaysHandle(t *testing.T) {
	t.Parallel()
	swapped := []string{"tiktok minaflute Mina Flute 20000", "tiktok oakster Oak 20000", "tiktok ada_reeds Ada 20000"}
	for name, tc := range map[string]struct {
		content string
		o       imports.Options
		want    []string
	}{
		"some user names are names of two words": {"Username,Name,Followers\nMina Flute,minaflute,20K\nOak,oakster,20K\nAda,ada_reeds,20K\n", imports.Options{}, swapped},
		"the other order":                        {"Name,Followers,User name\nminaflute,20K,Mina Flute\noakster,20K,Oak\nada_reeds,20K,Ada\n", imports.Options{}, swapped},
		"only first names, and a nickname": {
			"Handle,Nickname,Followers\nMina,minaflute,20K\nOAK,oakster,20K\nAda,ada.reeds,20K\n", imports.Options{},
			[]string{"tiktok minaflute Mina 20000", "tiktok oakster OAK 20000", "tiktok ada.reeds Ada 20000"},
		},
		"a full name that is the handle": {
			"Login,Full name,Followers\nMina,mina.flute99,20K\nOak,oakster,20K\n", imports.Options{Platform: "instagram"},
			[]string{"instagram mina.flute99 Mina 20000", "instagram oakster Oak 20000"},
		},
		"names of another alphabet": {
			"Benutzername,Name,Follower\nМина,minaflute,20K\nОак,oakster,20K\n", imports.Options{},
			[]string{"tiktok minaflute Мина 20000", "tiktok oakster Оак 20000"},
		},
		"half of them": {"Username,Name,Followers\nMina,minaflute,20K\noakster,oak,20K\nada_reeds,ada,20K\nrolf.f,rolf,20K\n", imports.Options{}, []string{"ambiguous_handle"}},
		"the other column is not all handles": {
			"Username,Name,Followers\nMina Flute,minaflute,20K\nOak,oakster,20K\nAda,ada_reeds,20K\nRolf,rolf.f,20K\nBea,Bea Brook,20K\n", imports.Options{}, []string{"ambiguous_handle"},
		},
		"rows that are swapped": {
			"Username,Name,Followers\nMina,minaflute,20K\nOak Brook,oakster,20K\nada,Ada Reed,20K\nrolf,Rolf Fir,20K\nbea,Bea Elm,20K\n", imports.Options{}, []string{"ambiguous_handle"},
		},
		"most are names, but some are handles too": {
			"Username,Name,Followers\nMina Flute,minaflute,20K\nOak Brook,oakster,20K\nada.reeds,ada,20K\n", imports.Options{}, []string{"ambiguous_handle"},
		},
		"the same handles in other capitals": {
			"Username,Name,Followers\nMina,mina,20K\nOak,oak,20K\n", imports.Options{Platform: "youtube"}, []string{"youtube Mina mina 20000", "youtube Oak oak 20000"},
		},
		"a title that only names the platform": {
			"Name,TikTok,Followers\nMina Flute,minaflute,20K\nOak,,20K\n", imports.Options{}, []string{"no_handle_column"},
		},
		"the same, told which": {
			"Username,Name,Followers\nMina Flute,minaflute,20K\nOak,oakster,20K\n", imports.Options{Columns: imports.Mapping{"Username": imports.FieldHandle}},
			[]string{"line 2 left out: not_a_handle", "tiktok Oak oakster 20000"},
		},
		"a name alone":                   {"Name,Followers\nMina,20K\nOak,20K\n", imports.Options{}, []string{"no_handle_column"}},
		"a creator alone":                {"Creator,Followers\nMina,20K\nOAK,20K\nada_reeds,20K\n", imports.Options{Platform: "instagram"}, []string{"no_handle_column"}},
		"a name of handles alone":        {"Name,Followers\nmina.flute,20K\noakster,20K\n", imports.Options{}, []string{"tiktok mina.flute 20000", "tiktok oakster 20000"}},
		"names and longer names":         {"Name,Full name,Followers\nMina,Mina Flute,20K\nOak,Oak Brook,20K\n", imports.Options{}, []string{"no_handle_column"}},
		"a user name of names alone":     {"Username,Followers\nMina Flute,20K\nOak Brook,20K\nAda,20K\n", imports.Options{}, []string{"no_handle_column"}},
		"user names with capitals alone": {"Username,Followers\nMinaFlute,20K\nOak,20K\n", imports.Options{Platform: "youtube"}, []string{"youtube MinaFlute 20000", "youtube Oak 20000"}},
		"a German display name":          {"Benutzername,Anzeigename,Follower\nminaflute,Mina Flute,20K\n", imports.Options{}, []string{"tiktok minaflute Mina Flute 20000"}},
		"user names with an at sign":     {"Username,Name,Followers\n@Mina,flute,20K\n@Oak,brook,20K\n", imports.Options{}, []string{"tiktok Mina flute 20000", "tiktok Oak brook 20000"}},
		"names, and addresses that tell": {"Creator,Profile URL,Followers\nMina,https://www.tiktok.com/@minaflute,20K\n", imports.Options{}, []string{"tiktok minaflute Mina 20000"}},
		"capitals on Twitch":             {"Channel,Followers\nMina,20K\nOak,20K\n", imports.Options{Platform: "twitch"}, []string{"twitch Mina 20000", "twitch Oak 20000"}},
		"few user names are none":        {"Username,Name,Followers\nmina flute,mina,20K\noak1,oak,20K\nada1,ada,20K\nrolf1,rolf,20K\nbea1,bea,20K\nian1,ian,20K\n", imports.Options{}, []string{"line 2 left out: not_a_handle", "tiktok oak1 oak 20000", "tiktok ada1 ada 20000", "tiktok rolf1 rolf 20000", "tiktok bea1 bea 20000", "tiktok ian1 ian 20000"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, testkit.NewSQLite(t))
			got := w.outcomes(tc.content, tc.o)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tc.want))
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
