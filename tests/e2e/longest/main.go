// Command longest gives a demo's world the longest texts that people may enter, each one
// unbroken word, so that a browser can look whether every page holds them:
//
//	go run ./longest demo.db
//
// It writes past the rules that keep terms and histories as they are.
package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "modernc.org/sqlite"

	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// longest are the columns with the most characters that a form takes.
var longest = []struct {
	table, column string
	length        int
}{
	{"people", "name", 80}, {"brands", "name", 80}, {"brands", "sells", 300}, {"brands", "legal_name", 160}, {"brands", "postal_address", 400},
	{"creators", "name", 80}, {"creators", "bio", 500},
	{"negotiations", "product", terms.MaxProduct}, {"negotiations", "close_reason", negotiation.MaxReason}, {"offers", "message", negotiation.MaxMessage},
	{"deals", "product", terms.MaxProduct}, {"deals", "end_reason", deals.MaxReason},
	{"deliverables", "draft_note", deals.MaxNote}, {"deliverables", "changes_note", deals.MaxNote}, {"deliverables", "objection", deals.MaxNote},
	{"workflow_events", "note", deals.MaxNote},
	{"shortlists", "name", discovery.MaxShortlistName}, {"shortlist_items", "note", discovery.MaxShortlistNote}, {"shortlist_labels", "label", discovery.MaxLabelLength},
	{"saved_searches", "name", discovery.MaxSavedSearchName},
	{"notifications", "title", 200}, {"mails", "subject", 200},
	{"reports", "words", 1000},
	{"posts", "caption", 400},
}

// more are statements for what is no plain text. A handle is as long as its platform
// allows; an address has the longest local part.
var more = []string{
	`UPDATE creator_accounts SET handle = substr(lower(@w) || id, -CASE platform WHEN 'tiktok' THEN 24 WHEN 'twitch' THEN 25 ELSE 30 END)`,
	`UPDATE creator_accounts SET handle_key = lower(handle)`,
	`UPDATE people SET email = substr(lower(@w) || id, -64) || '@' || substr(lower(@w), 1, 60) || '.example'
		WHERE email IS NOT NULL AND NOT admin AND id NOT IN (SELECT person_id FROM members WHERE role = 'owner')`,
	`UPDATE brands SET site = 'https://' || substr(lower(@w), 1, 60) || '.example/' || substr(lower(@w), 1, 120)`,
	`UPDATE deliverables SET draft_url = 'https://drafts.example/' || substr(lower(@w), 1, 900) WHERE draft_url <> ''`,
	longestTerms("offers"),
	longestTerms("deals"),
	`UPDATE workflow_events SET url = 'https://drafts.example/' || substr(lower(@w), 1, 900) WHERE url <> ''`,
	`INSERT INTO tribe_edits (slug, tribe, version, updated_at)
		SELECT 'longesttok', json_object('slug', 'longesttok', 'display', substr(@w, 1, 40), 'mark', 'ring', 'hue', 20,
			'names', json_object('en', substr(@w, 1, 60), 'fr', substr(@w, 1, 60), 'nl', substr(@w, 1, 60)),
			'descriptions', json_object('en', substr(@w, 1, 120), 'fr', substr(@w, 1, 120), 'nl', substr(@w, 1, 120)),
			'hashtags', json_array(substr(lower(@w), 1, 100)), 'categories', json_array('longest')), 1 + coalesce(max(version), 0), '2026-01-01 00:00:00+00:00' FROM tribe_edits`,
}

// longestTerms lengthens what a table's terms say.
func longestTerms(table string) string {
	return fmt.Sprintf(`UPDATE %s SET terms = json_set(terms, '$.product', substr(@w, 1, %d), '$.disclosure', substr(@w, 1, %d),
		'$.in_kind.what', CASE WHEN terms ->> '$.in_kind.what' <> '' THEN substr(@w, 1, %d) ELSE '' END)`, table, terms.MaxProduct, terms.MaxDisclosure, terms.MaxInKind)
}

func main() {
	if err := lengthen(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func lengthen(path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	var triggers string
	err = db.QueryRow("SELECT coalesce(group_concat('DROP TRIGGER ' || name, ';'), '') FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE 'listing%'").Scan(&triggers)
	if err != nil {
		return err
	}
	statements := []string{triggers}
	for _, l := range longest {
		// What tells rows apart stands at the end.
		statements = append(statements, fmt.Sprintf("UPDATE %[1]s SET %[2]s = substr(@w || abs(random()), -%[3]d) WHERE %[2]s <> ''", l.table, l.column, l.length))
	}
	word := ""
	for len(word) < 2000 {
		word += "Wm"
	}
	for _, s := range append(statements, more...) {
		if _, err := db.Exec(s, sql.Named("w", word)); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}
