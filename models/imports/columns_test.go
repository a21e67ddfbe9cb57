package imports_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/imports"
)

// outcomes are what a file came to, as lines: accounts, rows left out, and remarks.
func (w *world) outcomes(content string, o imports.Options) []string {
	w.t.Helper()
	var lines []string
	o.OnSkippedRow = func(s imports.SkippedRow) {
		lines = append(lines, fmt.Sprintf("line %d left out: %s", s.Line, strings.TrimPrefix(s.MessageKey, "imports.row.")))
	}
	o.OnUnreadValue = func(s imports.UnreadValue) {
		lines = append(lines, fmt.Sprintf("line %d %s: %s", s.Line, s.Header, s.Value))
	}
	o.OnQuestionable = func(s imports.Questionable) {
		lines = append(lines, fmt.Sprintf("line %d: %s", s.Line, strings.TrimPrefix(s.MessageKey, "imports.remark.")))
	}
	if o.AsOf.IsZero() {
		o.AsOf = in2026
	}
	_, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), []imports.File{importtest.File("a.csv", content)}, o)
	var e *models.Error
	if errors.As(err, &e) {
		return []string{strings.TrimPrefix(e.Key, "imports.error.")}
	}
	w.must(err)
	var accounts []string
	w.must(w.db.Read(context.Background()).Raw(`SELECT platform || ' ' || handle || ' ' || name || ' ' || followers || ' ' || country FROM creator_accounts ORDER BY id`).Scan(&accounts).Error)
	for _, a := range accounts {
		lines = append(lines, strings.TrimSpace(strings.Join(strings.Fields(a), " ")))
	}
	return lines
}

// Headers mislead: what stands in the columns decides, and what cannot be decided is
// refused, since a wrong guess reads a row into somebody else's profile.
func TestColumnsAreChosenByTheirContents(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		content string
		o       imports.Options
		want    []string
	}{
		"the name is the handle": {
			"name,instagram name,followers,country\nminaflute,Mina Flute,409.8M,Argentina\nrolf.oak,Rolf Oak 🌳,98.9M,Brasil\n",
			imports.Options{Platform: "instagram"},
			[]string{"instagram minaflute Mina Flute 409800000 AR", "instagram rolf.oak Rolf Oak 🌳 98900000 BR"},
		},
		"a nick and a name of one word": {
			"Nick,Name,Followers\nflutemina,Mina Flute,20K\noakwood9,Ro,30K\n", imports.Options{Platform: "instagram"},
			[]string{"instagram flutemina Mina Flute 20000", "instagram oakwood9 Ro 30000"},
		},
		"the real name is the handle": {
			"Real name,Tiktok name,Subscribers\nmina.721,MINA’s,221.7K\noakcat,Oak Cat,22.2M\n", imports.Options{},
			[]string{"tiktok mina.721 MINA’s 221700", "tiktok oakcat Oak Cat 22200000"},
		},
		"two columns that could both be it": {"Nick,Name,Followers\nmina,flute,20K\nrolf,oak,30K\n", imports.Options{}, []string{"ambiguous_handle"}},
		"the same, told which": {
			"Nick,Name,Followers\nmina,flute,20K\n", imports.Options{Columns: imports.Mapping{"Nick": imports.FieldHandle, "Name": imports.FieldName}},
			[]string{"tiktok mina flute 20000"},
		},
		"a column that isn't there": {"Nick,Followers\nmina,20K\n", imports.Options{Columns: imports.Mapping{"Login": imports.FieldHandle}}, []string{"unknown_column"}},
		"names under a header that says user name": {
			"username,name,followers\nMina Flute,minaflute,20K\nRolf Oak,rolf.oak,20K\nAda Reed,reed_ada,20K\n", imports.Options{},
			[]string{"tiktok minaflute Mina Flute 20000", "tiktok rolf.oak Rolf Oak 20000", "tiktok reed_ada Ada Reed 20000"},
		},
		"one bad user name is no reason to take the name": {"username,name,followers\nMina Flute,Mina,20K\n", imports.Options{}, []string{"line 2 left out: not_a_handle"}},
		"only names":   {"Name,Followers\nMina Flute,20K\nRo,30K\n", imports.Options{}, []string{"no_handle_column"}},
		"no followers": {"Name,Fame\nmina,20K\n", imports.Options{}, []string{"header"}},
		"bad cells under a clear header": {
			"username,name,followers\n=1+1,Formula,20K\nTwo Words,Words,20K\n<b>,Bold,20K\nmina,Flute,20K\n", imports.Options{},
			[]string{"line 2 left out: not_a_handle", "line 3 left out: not_a_handle", "line 4 left out: not_a_handle", "tiktok mina Flute 20000"},
		},
		"a handle in brackets": {
			"Channel,Followers,Language\nvexqx,3246298,English\nMina Games (minagames),448748,English\n하늘 (hanul_mina),494445,Korean\n", imports.Options{Platform: "twitch"},
			[]string{"twitch vexqx 3246298", "twitch minagames Mina Games 448748", "twitch hanul_mina 하늘 494445"},
		},
		"a channel and its handle": {
			"s.no,Youtube channel,youtuber name,Followers,Followers\n1,Mina Nursery - Rhymes,minakids,132.1M,132100000\n", imports.Options{Platform: "youtube"},
			[]string{"youtube minakids Mina Nursery - Rhymes 132100000"},
		},
		"handles of two platforms": {
			"Name,Instagram handle,TikTok handle,Instagram followers,TikTok followers\nMina Flute,minaflute,mina.tok,120000,450000\n", imports.Options{Platform: "tiktok"},
			[]string{"tiktok mina.tok Mina Flute 450000"},
		},
		"the platform that the headers name": {
			"Instagram username,Profile URL,Followers\nminaflute,https://www.instagram.com/minaflute/,409800\n", imports.Options{},
			[]string{"instagram minaflute 409800"},
		},
		"the platform of the addresses": {"URL,Followers\nhttps://www.twitch.tv/minaflute,409800\n", imports.Options{}, []string{"twitch minaflute 409800"}},
		"addresses of another platform": {
			"Username,Profile URL,Followers\nminaflute,https://www.instagram.com/minaflute/,409800\n", imports.Options{Platform: "tiktok"},
			[]string{"line 2 left out: other_site"},
		},
		"a handle and the address of somebody else": {
			"Username,Profile URL,Followers\nminaflute,https://www.tiktok.com/@rolf.oak,409800\n", imports.Options{}, []string{"line 2 left out: two_accounts"},
		},
		"ids of channels": {
			"channelId,title,subscribers,channel_url\nUCabcdefghijklmnopqrstuv,Mina Flute,75600,https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv\n", imports.Options{Platform: "youtube"},
			[]string{"youtube UCabcdefghijklmnopqrstuv Mina Flute 75600"},
		},
		"short and old addresses": {
			"link,followers\nhttps://vm.tiktok.com/ZMabc123/,20K\nhttps://www.tiktok.com/@mina/video/7301234567890123456,20K\nhttps://www.tiktok.com/tag/food,20K\n", imports.Options{Platform: "tiktok"},
			[]string{"line 2 left out: short_link", "line 4 left out: no_owner", "tiktok mina 20000"},
		},
		"the header on a later row": {
			",,,\nTop creators,,,\nRank,Name,Username,Follower Count\n1,Mina Flute,@minaflute,10.4M\n", imports.Options{},
			[]string{"tiktok minaflute Mina Flute 10400000"},
		},
		"camel case": {
			"id,nickname,uniqueId,followerCount,heartCount,videoCount,profileUrl\n69,Mina Flute,minaflute,289000,2433000,274,tiktok.com/@minaflute\n", imports.Options{},
			[]string{"tiktok minaflute Mina Flute 289000"},
		},
		"German, Spanish, Turkish": {
			"Benutzername,Abonnenten,Land\nmina,20K,Deutschland\n", imports.Options{Platform: "tiktok"}, []string{"tiktok mina 20000 DE"},
		},
		"French, with accents": {"Nom d’utilisateur,Nom,Abonnés,Pays\nmina,Mina Flûte,120 500,Allemagne\n", imports.Options{}, []string{"tiktok mina Mina Flûte 120500 DE"}},
		"Japanese":             {"ユーザー名,名前,フォロワー数,国\nmina,ミナ,12.3万,日本\n", imports.Options{}, []string{"tiktok mina ミナ 123000 JP"}},
		"millions":             {"Username,Followers (M)\nmina,12.4\n", imports.Options{}, []string{"tiktok mina 12400000"}},
		"two numbers that differ": {
			"username,followers,followers\nmina,12.4M,0\nrolf,12.4M,12400000\n", imports.Options{}, []string{"line 2 left out: two_numbers", "tiktok rolf 12400000"},
		},
		"values that are not understood": {
			"username,followers,avg views,country\nmina,20K,Spain,Atlantis\n", imports.Options{}, []string{"line 2 country: Atlantis", "line 2 avg views: Spain", "tiktok mina 20000"},
		},
		"figures that cannot be": {
			"username,followers,avg views,avg likes,avg comments,avg shares\nmina,20K,0,1000,10,1\nrolf,20K,100,100000,1,1\n", imports.Options{},
			[]string{"line 2: more_likes_than_views", "line 3: more_likes_than_views", "tiktok mina 20000", "tiktok rolf 20000"},
		},
		"its own date": {"username,followers,as_of\nmina,20K,2026-03-01\nrolf,20K,soon\n", imports.Options{}, []string{"line 3 left out: unread_date", "tiktok mina 20000"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, testkit.NewSQLite(t))
			if got := w.outcomes(tc.content, tc.o); !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			var rated int64
			w.must(w.db.Read(context.Background()).Raw("SELECT count(*) FROM creator_accounts WHERE engagement_ppm IS NOT NULL").Scan(&rated).Error)
			if rated != 0 {
				t.Errorf("%d have a rate", rated)
			}
		})
	}
}
