package discovery_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
)

var ctx = context.Background()

func appOnBoth(t *testing.T, test func(t *testing.T, a *apptest.App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, apptest.New(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, apptest.NewOnPostgres(t)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func code(t *testing.T, what string, err error, want models.Code) {
	t.Helper()
	if err == nil || models.CodeOf(err) != want {
		t.Errorf("%s gave %v, want %s", what, err, want)
	}
}

func TestTheModelsOfShortlistsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, discovery.Shortlist{}, discovery.ShortlistItem{}, discovery.ShortlistLabel{})
	})
}

func TestAListIsSharedWithinItsBrandAlone(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
		manager, viewer, finance := a.AddMember(t, brand, models.RoleManager), a.AddMember(t, brand, models.RoleViewer), a.AddMember(t, brand, models.RoleFinance)
		agency := a.AddAgencyMember(t, brand, models.RoleManager, models.RoleOwner)
		penne, penneID := a.JoinCreator(t, "penne.sandbox")
		list, err := a.Discovery.CreateShortlist(ctx, brand, "  Christmas\t food ")
		must(t, err)
		must(t, a.Discovery.AddToShortlist(ctx, agency, discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{list}, NewName: "Later"}))
		must(t, a.Discovery.AnnotateItem(ctx, manager, list, penneID, discovery.ShortlistItemForm{Note: "Ask\r\nin May", Labels: "asked, Too dear,ASKED; "}))
		for _, who := range []models.Actor{brand, manager, viewer, finance, agency} {
			v, err := a.Discovery.ReadShortlist(ctx, who, list, discovery.ShortlistFilter{})
			must(t, err)
			e := v.Entries[0]
			if v.Name != "Christmas food" || v.Total != 1 || e.Standing != discovery.StandingListed || e.Note != "Ask\nin May" || !slices.Equal(e.Labels, []string{"asked", "Too dear"}) || e.Summary.Account.Handle != "penne.sandbox" {
				t.Errorf("%s reads %+v", who.Role, v)
			}
			all, err := a.Discovery.ListShortlistsFor(ctx, who, penneID)
			must(t, err)
			if len(all) != 2 || all[0].Creators != 1 || !all[0].Has || !all[1].Has {
				t.Errorf("%s reads %+v", who.Role, all)
			}
		}
		for name, who := range map[string]models.Actor{"viewer": viewer, "finance": finance} {
			_, err := a.Discovery.CreateShortlist(ctx, who, "Mine")
			code(t, name+" makes one: it", err, models.CodeForbidden)
			code(t, name+" adds: it", a.Discovery.AddToShortlist(ctx, who, discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{list}}), models.CodeForbidden)
			code(t, name+" renames: it", a.Discovery.RenameShortlist(ctx, who, list, "X"), models.CodeForbidden)
			code(t, name+" drops: it", a.Discovery.DeleteShortlist(ctx, who, list), models.CodeForbidden)
			code(t, name+" notes: it", a.Discovery.AnnotateItem(ctx, who, list, penneID, discovery.ShortlistItemForm{}), models.CodeForbidden)
			code(t, name+" removes: it", a.Discovery.RemoveFromShortlist(ctx, who, list, penneID), models.CodeForbidden)
		}
		for name, who := range map[string]models.Actor{"another brand": other, "the creator": penne, "a visitor": {}} {
			_, err := a.Discovery.ReadShortlist(ctx, who, list, discovery.ShortlistFilter{})
			code(t, name+" reads: it", err, models.CodeNotFound)
			code(t, name+" adds: it", a.Discovery.AddToShortlist(ctx, who, discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{list}}), models.CodeNotFound)
			code(t, name+" renames: it", a.Discovery.RenameShortlist(ctx, who, list, "X"), models.CodeNotFound)
			code(t, name+" drops: it", a.Discovery.DeleteShortlist(ctx, who, list), models.CodeNotFound)
			code(t, name+" notes: it", a.Discovery.AnnotateItem(ctx, who, list, penneID, discovery.ShortlistItemForm{}), models.CodeNotFound)
			code(t, name+" removes: it", a.Discovery.RemoveFromShortlist(ctx, who, list, penneID), models.CodeNotFound)
			_, err = a.Discovery.ComputeBudget(ctx, who, list, discovery.BudgetForm{})
			code(t, name+" counts: it", err, models.CodeNotFound)
		}
	})
}

func TestAListChangesAndGoes(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
		_, penneID := a.JoinCreator(t, "penne.sandbox")
		list, err := a.Discovery.CreateShortlist(ctx, brand, "Élan")
		must(t, err)
		_, err = a.Discovery.CreateShortlist(ctx, brand, "éLAN")
		code(t, "a second of the name", err, models.CodeInvalid)
		_, err = a.Discovery.CreateShortlist(ctx, other, "Élan")
		must(t, err)
		second, err := a.Discovery.CreateShortlist(ctx, brand, "Second")
		must(t, err)
		code(t, "renaming to one that is there", a.Discovery.RenameShortlist(ctx, brand, second, "élan"), models.CodeInvalid)
		must(t, a.Discovery.RenameShortlist(ctx, brand, list, "ÉLAN")) // its own name in other letters
		for what, name := range map[string]string{"no name": " \n ", "a long name": strings.Repeat("é", discovery.MaxShortlistName+1)} {
			code(t, what, a.Discovery.RenameShortlist(ctx, brand, list, name), models.CodeInvalid)
		}
		must(t, a.Discovery.RenameShortlist(ctx, brand, list, strings.Repeat("é", discovery.MaxShortlistName)))

		add := discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{list}}
		must(t, a.Discovery.AddToShortlist(ctx, brand, add))
		must(t, a.Discovery.AnnotateItem(ctx, brand, list, penneID, discovery.ShortlistItemForm{Note: "N", Labels: "l"}))
		must(t, a.Discovery.AddToShortlist(ctx, brand, add)) // once more changes nothing
		if v, err := a.Discovery.ReadShortlist(ctx, brand, list, discovery.ShortlistFilter{}); err != nil || v.Total != 1 || v.Entries[0].Note != "N" {
			t.Errorf("%+v, %v", v, err)
		}
		code(t, "no list", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: penneID}), models.CodeInvalid)
		code(t, "nobody", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: "bcdfghjkmn", Shortlists: []string{list}}), models.CodeNotFound)
		code(t, "a list of its own and a missing one", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{second, "bcdfghjkmn"}}), models.CodeNotFound)
		if v, _ := a.Discovery.ReadShortlist(ctx, brand, second, discovery.ShortlistFilter{}); v.Total != 0 {
			t.Error("half of a refused addition stands")
		}
		for what, f := range map[string]discovery.ShortlistItemForm{
			"a long note": {Note: strings.Repeat("x", discovery.MaxShortlistNote+1)}, "a long label": {Labels: strings.Repeat("x", discovery.MaxLabelLength+1)}, "many labels": {Labels: "a,b,c,d,e,f,g,h,i,j,k"},
		} {
			code(t, what, a.Discovery.AnnotateItem(ctx, brand, list, penneID, f), models.CodeInvalid)
		}
		must(t, a.Discovery.AnnotateItem(ctx, brand, list, penneID, discovery.ShortlistItemForm{Note: strings.Repeat("é", discovery.MaxShortlistNote), Labels: "a,b,c,d,e,f,g,h,i,j"}))
		must(t, a.Discovery.RemoveFromShortlist(ctx, brand, list, penneID))
		code(t, "removing twice", a.Discovery.RemoveFromShortlist(ctx, brand, list, penneID), models.CodeNotFound)
		must(t, a.Discovery.AddToShortlist(ctx, brand, add))
		must(t, a.Discovery.DeleteShortlist(ctx, brand, list))
		code(t, "deleting twice", a.Discovery.DeleteShortlist(ctx, brand, list), models.CodeNotFound)
		for _, table := range []string{"shortlist_items", "shortlist_labels"} {
			var n int64
			if a.DB.Read(ctx).Raw("SELECT count(*) FROM " + table).Scan(&n); n != 0 {
				t.Errorf("%s has %d rows of a deleted list", table, n)
			}
		}
	})
}

func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand := a.SignUpBrand(t, "fonte")
		_, penneID := a.JoinCreator(t, "penne.sandbox")
		var first string
		for i := range discovery.MaxShortlists {
			id, err := a.Discovery.CreateShortlist(ctx, brand, fmt.Sprint("List ", i))
			must(t, err)
			if i == 0 {
				first = id
			}
		}
		_, err := a.Discovery.CreateShortlist(ctx, brand, "One more")
		code(t, "one list more", err, models.CodeInvalid)
		code(t, "one list more with a creator", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: penneID, NewName: "One more"}), models.CodeInvalid)
		now := a.Clock.Now()
		must(t, a.DB.Tx(ctx, func(tx *db.Tx) error {
			for i := range discovery.MaxShortlistCreators {
				for _, q := range []string{
					"INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (@id, @key, 'C', @at, @at)",
					"INSERT INTO shortlist_items (shortlist_id, creator_id, added_by, added_at) SELECT id, @id, created_by, @at FROM shortlists WHERE public_id = @list",
				} {
					if err := tx.Exec(q, map[string]any{"id": 10_000 + i, "key": fmt.Sprint("c", i), "at": now, "list": first}).Error; err != nil {
						return err
					}
				}
			}
			return nil
		}))
		code(t, "one creator more", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: penneID, Shortlists: []string{first}}), models.CodeInvalid)
		if v, err := a.Discovery.ReadShortlist(ctx, brand, first, discovery.ShortlistFilter{}); err != nil || v.Total != discovery.MaxShortlistCreators {
			t.Errorf("%d are on it, %v", v.Total, err)
		}
	})
}

func TestTheDatabaseGuardsShortlists(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		exec := func(q string) error { return d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(q).Error }) }
		for _, q := range []string{
			"INSERT INTO people (id, name, created_at) VALUES (1, 'P', '2026-01-01')",
			"INSERT INTO brands (id, public_id, name, created_at) VALUES (1, 'b', 'B', '2026-01-01')",
			"INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (1, 'c', 'C', '2026-01-01', '2026-01-01')",
			"INSERT INTO shortlists (id, public_id, brand_id, name, name_key, created_by, created_at, updated_at) VALUES (1, 'l', 1, 'L', 'l', 1, '2026-01-01', '2026-01-01')",
			"INSERT INTO shortlist_items (id, shortlist_id, creator_id, added_by, added_at) VALUES (1, 1, 1, 1, '2026-01-01')",
			"INSERT INTO shortlist_labels (item_id, position, label) VALUES (1, 10, 'x')",
		} {
			must(t, exec(q))
		}
		for what, q := range map[string]string{
			"a name twice":      "INSERT INTO shortlists (id, public_id, brand_id, name, name_key, created_by, created_at, updated_at) VALUES (2, 'm', 1, 'l', 'l', 1, '2026-01-01', '2026-01-01')",
			"no name":           "UPDATE shortlists SET name = ''",
			"a creator twice":   "INSERT INTO shortlist_items (id, shortlist_id, creator_id, added_by, added_at) VALUES (2, 1, 1, 1, '2026-01-01')",
			"a long note":       "UPDATE shortlist_items SET note = '" + strings.Repeat("x", discovery.MaxShortlistNote+1) + "'",
			"an eleventh label": "INSERT INTO shortlist_labels (item_id, position, label) VALUES (1, 11, 'x')",
			"a long label":      "UPDATE shortlist_labels SET label = '" + strings.Repeat("x", discovery.MaxLabelLength+1) + "'",
		} {
			if exec(q) == nil {
				t.Errorf("%s is let in", what)
			}
		}
		must(t, exec("DELETE FROM creators WHERE id = 1")) // a profile that is dropped takes its rows along
		var n int64
		if d.Read(ctx).Raw("SELECT (SELECT count(*) FROM shortlist_items) + (SELECT count(*) FROM shortlist_labels)").Scan(&n); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

func TestOfListsMadeAtOnceNoneIsTooMuch(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand := a.SignUpBrand(t, "fonte")
		for i := range discovery.MaxShortlists - 1 {
			_, err := a.Discovery.CreateShortlist(ctx, brand, fmt.Sprint("List ", i))
			must(t, err)
		}
		answers := make(chan error)
		for i := range 6 {
			go func() {
				_, err := a.Discovery.CreateShortlist(ctx, brand, fmt.Sprint("Last ", i))
				answers <- err
			}()
		}
		made := 0
		for range 6 {
			if err := <-answers; err == nil {
				made++
			} else {
				code(t, "one too many", err, models.CodeInvalid)
			}
		}
		if made != 1 {
			t.Errorf("%d were made", made)
		}
	})
}

// Whoever is not there stays on the list, without figures.
func TestACreatorStaysOnTheListWhateverHappensToThem(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand, admin := a.SignUpBrand(t, "fonte"), a.CreateAdmin(t)
		own, err := a.Accounts.OwnBrand(ctx, brand)
		must(t, err)
		list, err := a.Discovery.CreateShortlist(ctx, brand, "All")
		must(t, err)
		ids := map[string]string{}
		for _, handle := range []string{"penne.sandbox", "chapter.sandbox", "solder.sandbox"} {
			c, id := a.JoinCreator(t, handle)
			ids[handle] = id
			must(t, a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{list}}))
			must(t, a.Discovery.AnnotateItem(ctx, brand, list, id, discovery.ShortlistItemForm{Note: "About " + handle, Labels: "asked"}))
			a.Clock.Advance(time.Minute)
			switch handle {
			case "chapter.sandbox":
				must(t, a.Moderation.BlockParty(ctx, c, own.PublicID))
			case "solder.sandbox":
				must(t, a.Privacy.EraseActor(ctx, c, "bye"))
			}
		}
		standings := func() map[string]discovery.ShortlistEntry {
			v, err := a.Discovery.ReadShortlist(ctx, brand, list, discovery.ShortlistFilter{})
			must(t, err)
			by := map[string]discovery.ShortlistEntry{}
			for _, e := range v.Entries {
				by[e.PublicID] = e
				if (e.Summary != nil) != (e.Standing == discovery.StandingListed) {
					t.Errorf("%s with figures: %v", e.Standing, e.Summary)
				}
			}
			return by
		}
		by := standings()
		if len(by) != 3 || by[ids["penne.sandbox"]].Standing != discovery.StandingListed || by[ids["chapter.sandbox"]].Standing != discovery.StandingUnlisted {
			t.Errorf("standings are %+v", by)
		}
		if e := by[ids["solder.sandbox"]]; e.Standing != discovery.StandingErased || e.Name != "" || e.Note != "" || len(e.Labels) > 0 {
			t.Errorf("of who has left stays %+v", e)
		}
		_, err = a.Discovery.ReadAddableCreator(ctx, brand, ids["chapter.sandbox"])
		code(t, "adding who has blocked the brand", err, models.CodeNotFound)
		code(t, "adding the creator all the same", a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: ids["chapter.sandbox"], NewName: "X"}), models.CodeNotFound)
		must(t, a.Moderation.SuspendSubject(ctx, admin, moderation.Creator, ids["penne.sandbox"], apptest.SuspensionReason))
		if e := standings()[ids["penne.sandbox"]]; e.Standing != discovery.StandingUnlisted || e.Name == "" || e.Note == "" {
			t.Errorf("suspended, the entry is %+v", e)
		}
		must(t, a.Moderation.RestoreSubject(ctx, admin, moderation.Creator, ids["penne.sandbox"]))
		must(t, a.Moderation.BlockParty(ctx, brand, ids["penne.sandbox"]))
		if e := standings()[ids["penne.sandbox"]]; e.Standing != discovery.StandingBlocked {
			t.Errorf("blocked by the brand, the entry is %+v", e)
		}
		must(t, a.Moderation.UnblockParty(ctx, brand, ids["penne.sandbox"]))
		must(t, a.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := tx.Exec("DELETE FROM listings").Error; err != nil {
				return err
			}
			return tx.Exec("UPDATE creators SET listed = FALSE").Error
		}))
		if e := standings()[ids["penne.sandbox"]]; e.Standing != discovery.StandingUnlisted || e.Name == "" {
			t.Errorf("unlisted, the entry is %+v", e)
		}
		must(t, a.Privacy.EraseActor(ctx, brand, ""))
		var n int64
		if a.DB.Read(ctx).Raw("SELECT count(*) FROM shortlist_items").Scan(&n); n != 0 {
			t.Errorf("an erased brand leaves %d rows", n)
		}
	})
}

func TestAListIsFilteredAndSorted(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand := a.SignUpBrand(t, "fonte")
		list, err := a.Discovery.CreateShortlist(ctx, brand, "All")
		must(t, err)
		names := map[string]string{}
		for i, x := range []struct {
			handle, labels, currency string
			price                    int64
		}{{"penne.sandbox", "Asked, dear", "EUR", 900}, {"chapter.sandbox", "asked", "EUR", 400}, {"solder.sandbox", "", "USD", 100}, {"threevideos.sandbox", "", "", 0}} {
			c, id := a.JoinCreator(t, x.handle)
			names[id] = x.handle
			if x.price > 0 {
				must(t, a.DB.Tx(ctx, func(tx *db.Tx) error {
					return tx.Exec("INSERT INTO creator_prices (creator_id, format, minor, currency) VALUES (?, 'video', ?, ?)", c.CreatorID, x.price, x.currency).Error
				}))
			}
			a.Clock.Advance(time.Duration(i+1) * time.Second)
			must(t, a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{list}}))
			must(t, a.Discovery.AnnotateItem(ctx, brand, list, id, discovery.ShortlistItemForm{Labels: x.labels}))
		}
		read := func(f discovery.ShortlistFilter) (discovery.ShortlistView, []string) {
			v, err := a.Discovery.ReadShortlist(ctx, brand, list, f)
			must(t, err)
			var all []string
			for _, e := range v.Entries {
				all = append(all, strings.TrimSuffix(names[e.PublicID], ".sandbox"))
			}
			return v, all
		}
		v, all := read(discovery.ShortlistFilter{})
		if v.Filter.Sort != discovery.SortByAdded || all[0] != strings.TrimSuffix(names[v.Entries[0].PublicID], ".sandbox") || all[len(all)-1] != "penne" {
			t.Errorf("the latest first: %v", all)
		}
		if len(v.Labels) != 2 || v.Labels[0].Creators != 2 || v.Labels[1].Label != "dear" {
			t.Errorf("labels are %+v", v.Labels)
		}
		v, all = read(discovery.ShortlistFilter{Label: "ASKED", Sort: discovery.SortByPrice})
		if !slices.Equal(all, []string{"chapter", "penne"}) || v.Total != 4 {
			t.Errorf("asked, by price: %v of %d", all, v.Total)
		}
		if _, all = read(discovery.ShortlistFilter{Sort: discovery.SortByPrice}); !slices.Equal(all[:3], []string{"chapter", "penne", "solder"}) {
			t.Errorf("by price: %v", all)
		}
		if v, all = read(discovery.ShortlistFilter{Label: "nobody has it", Sort: "views"}); len(all) != v.Total || v.Filter.Label != "" || v.Filter.Sort != discovery.SortByAdded {
			t.Errorf("a filter that is none: %v, %+v", all, v.Filter)
		}
		for sort, figure := range map[discovery.ShortlistSort]func(discovery.ShortlistEntry) int64{
			discovery.SortByFollowers: func(e discovery.ShortlistEntry) int64 { return e.Summary.Account.Followers },
			discovery.SortByEngagement: func(e discovery.ShortlistEntry) int64 {
				if e.Summary.Account.EngagementPPM == nil {
					return -1
				}
				return *e.Summary.Account.EngagementPPM
			},
		} {
			v, all := read(discovery.ShortlistFilter{Sort: sort})
			if !slices.IsSortedFunc(v.Entries, func(a, b discovery.ShortlistEntry) int { return int(figure(b) - figure(a)) }) {
				t.Errorf("by %s: %v", sort, all)
			}
		}
		v, all = read(discovery.ShortlistFilter{Sort: discovery.SortByName})
		if !slices.IsSortedFunc(v.Entries, func(a, b discovery.ShortlistEntry) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		}) {
			t.Errorf("by name: %v", all)
		}
	})
}

func TestBookmarksGoWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
		viewer := a.AddMember(t, brand, models.RoleViewer)
		penne, id := a.JoinCreator(t, "penne.sandbox")
		kept := func(who models.Actor) discovery.Kept {
			k, err := a.Discovery.ReadKept(ctx, who, []int64{penne.CreatorID})
			must(t, err)
			return k
		}
		must(t, a.Discovery.BookmarkCreator(ctx, brand, id, "First list"))
		must(t, a.Discovery.BookmarkCreator(ctx, brand, id, "First list")) // the same click twice
		if k := kept(viewer); k.Shortlists != 1 || k.SavedSearches != 0 || k.Bookmarks[penne.CreatorID].Name != "First list" || k.Bookmarks[penne.CreatorID].Others != 0 {
			t.Errorf("kept is %+v", k)
		}
		for _, who := range []models.Actor{other, penne, {}} {
			if k := kept(who); k.Shortlists != 0 || len(k.Bookmarks) != 0 {
				t.Errorf("a stranger sees %+v", k)
			}
		}
		code(t, "a viewer's bookmark", a.Discovery.BookmarkCreator(ctx, viewer, id, "x"), models.CodeForbidden)
		code(t, "a creator's bookmark", a.Discovery.BookmarkCreator(ctx, penne, id, "x"), models.CodeNotFound)
		code(t, "a bookmark of nobody", a.Discovery.BookmarkCreator(ctx, brand, "bcdfghjkmn", "x"), models.CodeNotFound)
		own, err := a.Accounts.OwnBrand(ctx, other)
		must(t, err)
		must(t, a.Moderation.BlockParty(ctx, penne, own.PublicID))
		code(t, "a bookmark of somebody who has blocked the brand", a.Discovery.BookmarkCreator(ctx, other, id, "x"), models.CodeNotFound)

		must(t, a.DB.Tx(ctx, func(tx *db.Tx) error { // the list is full of others
			for n := range discovery.MaxShortlistCreators {
				if err := tx.Exec("INSERT INTO creators (public_id, name, bio, country, region, zone, hashtags, search_text, listed, created_at, updated_at) VALUES (?, 'x', '', '', '', 'UTC', '', '', FALSE, ?, ?)", fmt.Sprint("full", n), a.Clock.Now(), a.Clock.Now()).Error; err != nil {
					return err
				}
			}
			if err := tx.Exec("DELETE FROM shortlist_items").Error; err != nil {
				return err
			}
			return tx.Exec("INSERT INTO shortlist_items (shortlist_id, creator_id, note, added_by, added_at) SELECT (SELECT id FROM shortlists), id, '', ?, ? FROM creators WHERE name = 'x'", brand.PersonID, a.Clock.Now()).Error
		}))
		must(t, a.Discovery.BookmarkCreator(ctx, brand, id, "Second list"))
		if k := kept(brand); k.Shortlists != 2 || k.Bookmarks[penne.CreatorID].Name != "Second list" {
			t.Errorf("with a full list, kept is %+v", k)
		}
	})
}

// Two who bookmark at once with no list make one list.
func TestTwoFirstBookmarksMakeOneList(t *testing.T) {
	t.Parallel()
	appOnBoth(t, func(t *testing.T, a *apptest.App) {
		brand := a.SignUpBrand(t, "fonte")
		_, id := a.JoinCreator(t, "penne.sandbox")
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() { errs <- a.Discovery.BookmarkCreator(ctx, brand, id, "First list") }()
		}
		for range cap(errs) {
			must(t, <-errs)
		}
		if n := apptest.Count(t, a, "SELECT count(*) FROM shortlists"); n != 1 {
			t.Errorf("%d lists", n)
		}
	})
}
