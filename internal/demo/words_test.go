package demo_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/content"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/files"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
)

// words says which words a column may hold: by its name, or by table.column where
// the name alone says too little. No CHECK lists them; these lists of Go's do.
func words() map[string][]string {
	sides := list(models.SideBrand, models.SideCreator, models.SideSystem)
	sources := list(creators.SourceImported, creators.SourceDeclared, creators.SourceVerified)
	tiers := append(list(creators.Tiers()...), "") // "" is all of them
	programmes := list(creators.ProgrammeMarketplace, creators.ProgrammeAffiliate, creators.ProgrammeTips)
	states := slices.Concat(list(negotiation.Table.States()...), list(contracts.Table.States()...), list(deals.DeliverableTable.States()...), list(deals.HoldTable.States()...), list(deals.RepetitionTable.States()...), list(deals.DealStates()...), []string{""})
	ways := append(list(accounts.MethodPassword, accounts.WayPasskey, accounts.WayOIDC, accounts.WayCode, ""), platform.Names()...)
	notices := list(notifications.Kinds()...)
	places := []string{"negotiation", "deal", "held", "search", "members", "home", "domain", "connections", "eligibility", "security", "reports", "pictures", "logo"}
	return map[string][]string{
		"platform":                  platform.Names(),
		"programme_floors.platform": append(platform.Names(), ""),
		"provider":                  append(platform.Names(), oidc.Name),
		"way":                       ways,
		"purpose":                   list(accounts.ToSignIn, accounts.ToConnect, accounts.ToConfirm),
		"locale":                    list(i18n.Locales()...),
		"role":                      list(models.Roles()...),
		"side":                      sides,
		"method":                    {"", "dns", "file"},
		"brands.kind":               list(accounts.KindBrand, accounts.KindAgency),
		"sign_in_steps.kind":        {"factor", "passkey_new", "passkey_sign_in", "passkey_confirm"},

		"source":                sources,
		"basis":                 list(creators.BasisNone, creators.BasisPosts, creators.BasisMean),
		"known":                 list(creators.TribeDerived, creators.TribeImported, creators.TribeDeclared),
		"account_tokens.state":  list(creators.ConnectionGood, creators.ConnectionReconnect),
		"account_tokens.reason": list("", creators.LossMissing, creators.LossRefused, creators.LossCrash, creators.LossRemoved, creators.LossScope, creators.LossSealed),
		"audience_shares.kind":  list(creators.AudienceDimensions()...),
		"removals.kind":         list(creators.ConsentRemoved, creators.DataRemoved),
		"content_type":          content.Types(),
		"add_on":                list(creators.AddOns()...),
		"format":                content.Formats(),
		"category":              content.Categories(),
		"programme":             programmes,
		"programmes.key":        programmes,
		"tier":                  tiers,
		"figure":                {"creators", "followers", "engagement", "views", "price"},
		"part":                  {"words", "tribe", "engagement", "trust", "price", "response"},
		"measure":               list(rankings.Measures()...),
		"span":                  list(rankings.Spans()...),

		"currency":             append(models.Currencies(), ""), // "" of figures that are no money
		"budget_currency":      append(models.Currencies(), ""),
		"approval_currency":    append(models.Currencies(), ""),
		"price_video_currency": models.Currencies(),
		"price_live_currency":  models.Currencies(),
		"price_story_currency": models.Currencies(),

		"objective": append(terms.Objectives(), ""),

		"negotiations.extension_side":      append(sides, ""),
		"negotiations.state":               list(negotiation.Table.States()...),
		"repetitions.state":                list(deals.RepetitionTable.States()...),
		"repetitions.notice_by":            list(models.SideBrand, models.SideCreator),
		"held_proposals.state":             list(negotiation.HeldTable.States()...),
		"held_proposals.action":            list(negotiation.ActionPropose, negotiation.ActionCounter, negotiation.ActionReplace, negotiation.ActionAccept),
		"deal_holds.state":                 list(deals.HoldTable.States()...),
		"deliverables.state":               list(deals.DeliverableTable.States()...),
		"contracts.state":                  list(contracts.Table.States()...),
		"contracts.proposed_by":            append(sides, ""),
		"contract_signatures.proof":        append(platform.Names(), list(accounts.MethodPassword, accounts.WayPasskey, accounts.WayOIDC, accounts.WayCode)...),
		"documents.state":                  list(files.Uploading, files.Ready, files.Removed, files.Deleted),
		"proof":                            list(deals.NoProof, deals.ByAddress, deals.ByBrand, deals.BySilence),
		"ended_by":                         sides,
		"end_kind":                         {"", "late", "reason", "unsigned"},
		"from_state":                       states,
		"to_state":                         states,
		"subject_kind":                     {"negotiation", "deal", "deliverable", "contract", "repetition"},
		"notification_events.subject_kind": places,
		"notifications.subject_kind":       places,
		"notification_events.kind":         notices,
		"notifications.kind":               notices,
		"notification_preferences.kind":    notices,
		"notification_links.kind":          append(notices, string(notifications.Digest)),
		"channel":                          list(notifications.ByMail, notifications.ByDaily, notifications.InApp, notifications.Off),
		"root_kind":                        {"negotiation"},
		"began":                            sides,
		"workflow_events.action":           slices.Concat(actions(negotiation.Table), actions(deals.DeliverableTable), actions(contracts.Table), actions(deals.HoldTable), actions(deals.RepetitionTable)),

		"imports.platform":  append(platform.Names(), ""),
		"imports.state":     list(imports.StateReceiving, imports.StateUploaded, imports.StateChecking, imports.StateChecked, imports.StateImporting, imports.StateImported, imports.StateFailed),
		"import_notes.kind": list(imports.NoteSkipped, imports.NoteUnread, imports.NoteQuestionable),

		"pictures.use":   list(files.Portrait, files.Work, files.Logo, files.Thumbnail),
		"pictures.state": list(files.Uploading, files.Ready, files.Removed),
		"pictures.type":  {"image/jpeg", "image/png"},

		"alert":          list(discovery.AlertFrequencies()...),
		"reports.kind":   list(moderation.Creator, moderation.Brand, moderation.Negotiation, moderation.Deal),
		"reports.reason": list(moderation.ReportReasons()...),
		"decision":       append(list(moderation.Decisions()...), string(moderation.Undecided)),
	}
}

// free are the columns of texts that are not of a list: what people write, names,
// addresses, dates, digests, and lists that Go reads as such.
var free = strings.Fields(`
	name name_key legal_name bio caption label message note product sells site words query
	alt colour hidden_reason storage_key told
	political_reason draft_note changes_note objection negotiation terms notes close_reason end_reason suspended_reason
	postal_address legal_country country region language zone brand_zone vat_number email domain tribe slug hashtag hashtags
	handle handle_key url thumbnail_url draft_url published_url post_key platform_post_id platform_user_id search_text
	public_id code secret session successor token token_hash state_hash browser_hash password_hash code_digest join_hash form_key
	credential credential_id access refresh lease_id scopes data next
	as_of born_on day due_on extension_on from_day from_on last_posted month period to_day to_on busy
	absences audience categories content_types full_months languages tribes tribes_known
	address address_digest agent detail digest hash request_id salt subject user_digest
	imports.encoding imports.file_name imports.lease imports.mapping imports.preview imports.problem imports.report import_notes.message_key import_notes.args job_workers.id job_kinds.kind job_kinds.error
	brand_name creator_name person_name held_proposals.form offer_drafts.form written_on refusal notice_until
	pitch_doors.countries pitches.about pitches.examples pitches.figures
	instance_settings.mail_from instance_settings.smtp contract_identities.sealed
	contracts.deal contracts.text sha256 certificate_sha256 contract_signatures.role consent
	audit_events.action workflow_holds.reason mails.key notification_events.key daily_key subject_id title audience_shares.key limits.key`)

// checkStoredWords compares what each text column holds with the words that it may
// hold; a column that is neither in words nor free is still to be decided.
func checkStoredWords(t *testing.T, d *db.DB) {
	ctx := context.Background()
	var columns []struct{ Table, Column string }
	err := d.Read(ctx).Raw(`SELECT s.name AS "table", c.name AS "column" FROM sqlite_schema s JOIN pragma_table_info(s.name) c
		WHERE s.type = 'table' AND c.type = 'TEXT' AND s.name NOT LIKE 'river!_%' ESCAPE '!' ORDER BY 1, 2`).Scan(&columns).Error
	if err != nil || len(columns) == 0 {
		t.Fatal(len(columns), err)
	}
	known, used := words(), map[string]bool{}
	for _, c := range columns {
		full := c.Table + "." + c.Column
		name := c.Column
		if known[full] != nil || slices.Contains(free, full) {
			name = full
		}
		used[name] = true
		allowed, listed := known[name]
		if isFree := slices.Contains(free, name); isFree == listed {
			t.Errorf("%s: is it of a list of words (%v), or free (%v)?", full, listed, isFree)
		}
		if !listed {
			continue
		}
		var stored []string
		q := fmt.Sprintf("SELECT DISTINCT %[2]s FROM %[1]s WHERE %[2]s IS NOT NULL", c.Table, c.Column)
		if err := d.Read(ctx).Raw(q).Scan(&stored).Error; err != nil {
			t.Fatal(full, err)
		}
		for _, w := range stored {
			if !slices.Contains(allowed, w) {
				t.Errorf("%s holds %q, which is none of %q", full, w, allowed)
			}
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(known)), free) {
		if !used[name] {
			t.Errorf("%s is no column", name)
		}
	}
}

// actions are what can be done in a table.
func actions[S ~string](t *workflow.Table[S]) []string {
	var all []string
	for _, row := range slices.Concat(t.Begin, t.Transitions) {
		all = append(all, string(row.Action))
	}
	return all
}

// list makes words of a type's constants.
func list[S ~string](all ...S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// checkStoredClocks compares which rows have a moment to wait for with what Go says of
// their word, which the database knows for some words only.
func checkStoredClocks(t *testing.T, d *db.DB) {
	check := func(query string, waits func(word string) bool) {
		t.Helper()
		var rows []struct {
			Word  string
			Waits bool
		}
		if err := d.Read(context.Background()).Raw(query).Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		seen := map[bool]bool{}
		for _, r := range rows {
			seen[r.Waits] = true
			if r.Waits != waits(r.Word) {
				t.Errorf("%s: in %q it waits: %v", query, r.Word, r.Waits)
			}
		}
		if !seen[true] || !seen[false] {
			t.Errorf("%s: the world shows only %v", query, seen)
		}
	}
	check("SELECT state AS word, deadline_at IS NOT NULL AS waits FROM deliverables", func(w string) bool {
		return !deals.DeliverableTable.Rule(deals.State(w)).Final()
	})
	check("SELECT alert AS word, next_at IS NOT NULL AS waits FROM saved_searches", func(w string) bool {
		return discovery.AlertFrequency(w).HasFixedTime()
	})
}
