package privacy

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
)

// Purpose is why something is held; its message key is privacy.purpose.NAME.
type Purpose string

// The purposes.
const (
	ForAccount   Purpose = "account"   // signing in and identity
	ForMarket    Purpose = "market"    // being found with figures that can be trusted
	ForDeals     Purpose = "deals"     // agreements, and proof of them
	ForMail      Purpose = "mail"      // notifying people, once
	ForSafety    Purpose = "safety"    // keeping strangers out, and tracing what happened
	ForModerates Purpose = "moderates" // reports and blocks
)

// Holding is one table: whose its rows are, and what happens to them.
//
// Conditions and statements refer to the person as @person, and to these lists:
// the person's creator profile @creators, accounts on platforms @accounts,
// brands left without a member @brands, e-mail address @email, and their
// @negotiations and @deals. An empty list is (0). Erasing also has @now and
// @pseudonym.
type Holding struct {
	Table   string
	Purpose Purpose
	Of      string   // the person's rows, for the export; "" if none are about a person
	Leave   []string // columns that the export leaves out: secrets
	Open    opener   // adds to an exported row what is sealed in it; nil where nothing is
	Erase   []string // statements that erase or pseudonymise, in this order
	Period  string   // the retention rule of the rows, "" for as long as the account exists
}

// opener returns what is sealed in a row, as columns and their values.
type opener func(keys *models.Keyring, row map[string]any) (columns []string, values map[string]any)

// deleteStatement is the usual erasure: it deletes the rows.
func deleteStatement(table, of string) []string {
	return []string{"DELETE FROM " + table + " WHERE " + of}
}

// deletedWithPerson returns a holding that is deleted completely.
func deletedWithPerson(table string, why Purpose, of, period string, leave ...string) Holding {
	return Holding{Table: table, Purpose: why, Of: of, Leave: leave, Erase: deleteStatement(table, of), Period: period}
}

// Inventory lists every table, in the order of erasing: references before what
// they refer to.
func Inventory() []Holding {
	const (
		account = "account_id IN @accounts"
		creator = "creator_id IN @creators"
		person  = "person_id = @person"
	)
	return []Holding{
		// Figures and profile
		deletedWithPerson("listings", ForMarket, creator, ""),
		deletedWithPerson("ranking_places", ForMarket, account, ""),
		deletedWithPerson("tribe_tops", ForMarket, account, ""),
		{Table: "ranking_editions", Purpose: ForMarket},
		{Table: "tribe_figures", Purpose: ForMarket},  // of at least five creators, except for their number
		{Table: "tribe_hashtags", Purpose: ForMarket}, // of at least five creators
		deletedWithPerson("posts", ForMarket, account, ""),
		deletedWithPerson("audience_shares", ForMarket, account, ""),
		deletedWithPerson("account_snapshots", ForMarket, account, ""),
		deletedWithPerson("account_tokens", ForMarket, account, "", "access", "refresh", "lease_id"),
		deletedWithPerson("creator_accounts", ForMarket, creator, ""),
		deletedWithPerson("creator_births", ForMarket, creator, ""),
		deletedWithPerson("creator_limits", ForDeals, creator, ""),
		deletedWithPerson("creator_minimums", ForDeals, creator, ""),
		deletedWithPerson("creator_refusals", ForDeals, creator, ""),
		deletedWithPerson("creator_absences", ForDeals, creator, ""),
		{Table: "programmes", Purpose: ForMarket},
		{Table: "programme_floors", Purpose: ForMarket},
		{Table: "engagement_bands", Purpose: ForMarket}, // of at least thirty accounts
		{Table: "platform_budgets"},                     // a platform's limits for this site; nobody's data
		deletedWithPerson("creator_tribes", ForMarket, creator, ""),
		deletedWithPerson("creator_languages", ForMarket, creator, ""),
		deletedWithPerson("creator_content_types", ForMarket, creator, ""),
		deletedWithPerson("creator_prices", ForMarket, creator, ""),
		deletedWithPerson("creator_add_on_prices", ForMarket, creator, ""),
		deletedWithPerson("creator_activity", ForMarket, creator, ""),
		deletedWithPerson("creator_categories", ForMarket, creator, ""),
		{
			Table: "pictures", Purpose: ForMarket, Of: "uploaded_by = @person OR creator_id IN @creators", Leave: []string{"storage_key"},
			Erase: []string{
				"UPDATE pictures SET state = 'removed', alt = '', hidden_reason = '' WHERE creator_id IN @creators OR brand_id IN @brands",
				"UPDATE pictures SET uploaded_by = NULL WHERE uploaded_by = @person",
			},
		},
		{Table: "listing_changes"},  // ids of profiles that changed, kept for an hour
		{Table: "derived_versions"}, // of the program
		{
			Table: "creators", Purpose: ForMarket, Of: "id IN @creators",
			Erase: []string{"UPDATE creators SET name = @pseudonym, bio = '', country = '', region = '', zone = 'UTC', hashtags = '', search_text = '', listed = FALSE, thumbnails_at = NULL WHERE id IN @creators"},
		},
		{Table: "erased_handles", Purpose: ForMarket, Period: "erased_handles"},
		{Table: "removals", Purpose: ForMarket, Period: "removals"}, // keyed hashes

		// Files of creators that administrators upload, and what is said of their rows. They
		// name people in any form, so that none can be found in them; they are kept for days.
		{Table: "import_notes", Purpose: ForMarket, Period: "import_reports"},
		{Table: "import_chunks", Purpose: ForMarket, Period: "import_files"},
		deletedWithPerson("imports", ForSafety, person, "import_reports", "preview", "report", "mapping", "problem", "lease"),

		// What a brand notes about a creator is the brand's, but it is erased with
		// the creator; the row stays and says that somebody has left.
		{
			Table: "shortlist_labels", Purpose: ForDeals, Of: "item_id IN (SELECT id FROM shortlist_items WHERE added_by = @person)",
			Erase: deleteStatement("shortlist_labels", "item_id IN (SELECT id FROM shortlist_items WHERE creator_id IN @creators)"),
		},
		{
			Table: "shortlist_items", Purpose: ForDeals, Of: "added_by = @person",
			Erase: []string{"UPDATE shortlist_items SET note = '' WHERE creator_id IN @creators"},
		},
		{
			Table: "shortlists", Purpose: ForDeals, Of: "created_by = @person",
			Erase: deleteStatement("shortlists", "brand_id IN @brands"),
		},

		// A brand's searches are the brand's; an erased person no longer gets their mails.
		{Table: "saved_search_matches", Purpose: ForMarket, Erase: deleteStatement("saved_search_matches", creator)},
		deletedWithPerson("saved_search_mails", ForMail, person, "alerts", "token_hash"),
		{
			Table: "saved_searches", Purpose: ForDeals, Of: "created_by = @person OR mails_to = @person", Leave: []string{"known"},
			Erase: []string{
				"DELETE FROM saved_searches WHERE brand_id IN @brands",
				"UPDATE saved_searches SET mails_to = NULL, version = version + 1 WHERE mails_to = @person",
			},
		},

		// What is written and not sent is the writer's alone; the creator learns nothing of it.
		{
			Table: "held_proposals", Purpose: ForDeals, Of: "written_by = @person", Leave: []string{"form_key"}, Period: "held_proposals",
			Erase: []string{"DELETE FROM held_proposals WHERE written_by = @person OR brand_id IN @brands OR creator_id IN @creators"},
		},

		{
			Table: "terms_templates", Purpose: ForDeals, Of: "saved_by = @person",
			Erase: deleteStatement("terms_templates", "brand_id IN @brands"),
		},
		{
			Table: "offer_drafts", Purpose: ForDeals, Of: "person_id = @person", Period: "offer_drafts",
			Erase: []string{"DELETE FROM offer_drafts WHERE person_id = @person OR brand_id IN @brands OR to_brand_id IN @brands OR creator_id IN @creators"},
		},

		// Deals stay as both sides' record, without what identifies the person.
		{
			Table: "negotiations", Purpose: ForDeals, Of: "id IN @negotiations", Leave: []string{"join_hash", "form_key"},
			Erase: []string{"UPDATE negotiations SET join_hash = NULL WHERE id IN @negotiations"},
		},
		{
			Table: "offers", Purpose: ForDeals, Of: "negotiation_id IN @negotiations", Leave: []string{"form_key"},
			Erase: []string{"UPDATE offers SET message = '', notes = '{}' WHERE sent_by = @person"},
		},
		{
			Table: "pitches", Purpose: ForDeals, Of: "negotiation_id IN @negotiations",
			Erase: []string{"UPDATE pitches SET about = '', audience = '', figures = '[]', examples = '[]' WHERE negotiation_id IN (SELECT id FROM negotiations WHERE creator_id IN @creators)"},
		},
		{Table: "pitch_doors", Purpose: ForDeals, Of: "changed_by = @person", Erase: deleteStatement("pitch_doors", "brand_id IN @brands")},
		{Table: "offered_days", Purpose: ForDeals, Of: "negotiation_id IN @negotiations"},
		{Table: "deals", Purpose: ForDeals, Of: "id IN @deals"},
		{Table: "repetitions", Purpose: ForDeals, Of: "negotiation_id IN @negotiations"},
		{
			Table: "deliverables", Purpose: ForDeals, Of: "deal_id IN @deals",
			Erase: []string{"UPDATE deliverables SET draft_url = '', draft_note = '', published_url = '' WHERE deal_id IN (SELECT id FROM deals WHERE creator_id IN @creators)"},
		},
		{
			Table: "workflow_events", Purpose: ForDeals, Of: "root_kind = 'negotiation' AND root_id IN @negotiations",
			Erase: []string{
				"UPDATE workflow_events SET note = '', url = '', person_name = '' WHERE person_id = @person",
				"UPDATE workflow_events SET creator_name = '' WHERE root_kind = 'negotiation' AND root_id IN (SELECT id FROM negotiations WHERE creator_id IN @creators)",
				"UPDATE workflow_events SET brand_name = '' WHERE root_kind = 'negotiation' AND root_id IN (SELECT id FROM negotiations WHERE brand_id IN @brands)",
			},
		},

		{Table: "deal_holds", Purpose: ForDeals, Of: "deal_id IN @deals"},
		{Table: "workflow_holds", Purpose: ForDeals, Of: "subject_kind = 'deliverable' AND subject_id IN (SELECT id FROM deliverables WHERE deal_id IN @deals)"},

		{
			Table: "contract_identities", Purpose: ForDeals, Of: creator + " OR brand_id IN @brands", Leave: []string{"sealed"}, Open: contracts.OpenIdentityRow,
			Erase: deleteStatement("contract_identities", creator+" OR brand_id IN @brands"),
		},

		// Contracts are evidence for both sides: they stay for as long as the law lets claims
		// arise from them, and so do those who signed.
		{Table: "documents", Purpose: ForDeals, Period: "contracts"},
		{
			Table: "contracts", Purpose: ForDeals, Of: "deal_id IN @deals", Leave: []string{"text"}, Period: "contract_texts",
			Erase: []string{"UPDATE contracts SET brand_signer_id = NULL WHERE brand_signer_id = @person"},
		},
		{Table: "contract_signatures", Purpose: ForDeals, Of: person, Period: "signatures"},
		deletedWithPerson("contract_openings", ForDeals, person, ""),

		// Notifications are erased with their recipients, and with the people they name.
		deletedWithPerson("notification_links", ForMail, person, "", "token_hash"),
		deletedWithPerson("notification_preferences", ForMail, person, ""),
		{Table: "notifications", Purpose: ForMail, Of: person, Erase: deleteStatement("notifications", person), Period: "notifications"},
		{
			Table: "notification_events", Purpose: ForMail, Of: "person_id = @person OR creator_id IN @creators", Leave: []string{"data"},
			Erase: deleteStatement("notification_events", "person_id = @person OR creator_id IN @creators"), Period: "notifications",
		},

		// The person
		deletedWithPerson("mails", ForMail, person, "mails"),
		deletedWithPerson("email_confirmations", ForAccount, person, "links", "token_hash"),
		deletedWithPerson("password_resets", ForAccount, person, "sessions", "token_hash"),
		deletedWithPerson("identity_codes", ForSafety, person, "sessions", "digest", "session"),
		deletedWithPerson("sign_in_steps", ForSafety, person, "sessions", "token_hash", "data"),
		deletedWithPerson("totp_factors", ForAccount, person, "", "secret"),
		deletedWithPerson("recovery_codes", ForAccount, person, "", "code_digest"),
		deletedWithPerson("passkeys", ForAccount, person, "", "credential", "credential_id"),
		deletedWithPerson("identities", ForAccount, person, ""),
		{ // A brand always has an owner: if nobody else is in it, the pseudonymised person stays the owner.
			Table: "members", Purpose: ForAccount, Of: person,
			Erase: []string{"DELETE FROM members WHERE person_id = @person AND brand_id NOT IN @brands"},
		},
		{
			Table: "invitations", Purpose: ForAccount, Of: "invited_by = @person OR accepted_by = @person OR email = @email", Leave: []string{"token_hash"},
			Erase: deleteStatement("invitations", "brand_id IN @brands OR accepted_by = @person OR email = @email"), Period: "invitations",
		},
		{
			Table: "agency_mandates", Purpose: ForAccount, Of: "@person IN (offered_by, accepted_by, ended_by) OR brand_id IN @brands OR agency_id IN @brands",
			Erase: []string{"UPDATE agency_mandates SET ended_at = @now, ended_by = @person WHERE ended_at IS NULL AND (brand_id IN @brands OR agency_id IN @brands)"},
		},
		deletedWithPerson("brand_domains", ForAccount, "brand_id IN @brands", ""),
		{
			Table: "brands", Purpose: ForAccount, Of: "id IN @brands",
			Erase: []string{`UPDATE brands SET name = @pseudonym, site = '', sells = '',
				erased_at = @now, legal_name = '', legal_country = '', postal_address = '', vat_number = '' WHERE id IN @brands`,
				"UPDATE brands SET approver_id = NULL WHERE approver_id = @person"},
		},
		{ // An ended session stays as a row until it would have expired, so that nothing revives it.
			Table: "sessions", Purpose: ForSafety, Of: person, Leave: []string{"token", "data", "successor"}, Period: "sessions",
			Erase: []string{"UPDATE sessions SET ended_at = @now, address = '', agent = '' WHERE person_id = @person"},
		},
		deletedWithPerson("oauth_states", ForSafety, person, "sessions", "state_hash", "browser_hash", "session"),
		{Table: "job_workers"},                                  // processes of this site; nobody's data
		{Table: "key_checks"},                                   // about the keys of this site; nobody's data
		{Table: "job_kinds"},                                    // how jobs of each kind ended; nobody's data
		{Table: "instance_settings"},                            // of this site; nobody's data
		{Table: "setup_links"},                                  // to make them; nobody's data
		{Table: "work_alerts"},                                  // that the operator was told of stopped work; nobody's data
		{Table: "limits", Purpose: ForSafety, Period: "limits"}, // keyed hashes, for minutes
		{Table: "audit_seals", Purpose: ForSafety},              // hashes
		{
			Table: "audit_events", Purpose: ForSafety, Of: person, Period: "addresses",
			Erase: []string{"UPDATE audit_events SET address = '' WHERE person_id = @person AND address <> ''"},
		},
		{
			Table: "reports", Purpose: ForModerates, Of: person, Leave: []string{"note", "decided_by"},
			Erase: []string{"UPDATE reports SET words = '' WHERE person_id = @person"},
		},
		deletedWithPerson("blocks", ForModerates, "(creator_id IN @creators OR brand_id IN @brands)", ""),
		{Table: "tribe_edits"},       // of tribes, not of people
		{Table: "relevance_weights"}, // of parts of a sum
		{
			Table: "people", Purpose: ForAccount, Of: "id = @person", Leave: []string{"password_hash"},
			Erase: []string{`UPDATE people SET name = @pseudonym, email = NULL, email_confirmed_at = NULL, password_hash = NULL,
				zone = 'UTC', last_seen_at = NULL, leaving_at = NULL, admin = FALSE, erased_at = @now WHERE id = @person`},
		},
	}
}

// The person's creator profile, and the brands without other members.
const (
	profile = "SELECT id FROM creators WHERE person_id = @person"
	lastIn  = `SELECT brand_id FROM members WHERE person_id = @person
		AND NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = members.brand_id AND o.person_id <> @person)`
)

// rowsBelongingTo resolves a person into the parameters of the inventory's conditions.
func rowsBelongingTo(ctx context.Context, q *gorm.DB, personID int64) (map[string]any, error) {
	q = q.WithContext(ctx)
	named := map[string]any{"person": personID}
	var email string
	if err := q.Raw("SELECT coalesce(email, '') FROM people WHERE id = @person", named).Scan(&email).Error; err != nil {
		return nil, models.Internal("find the address of a person", err)
	}
	named["email"] = email
	for _, list := range []struct{ name, query string }{
		{"creators", profile},
		{"accounts", "SELECT id FROM creator_accounts WHERE creator_id IN @creators"},
		{"brands", lastIn},
		{"negotiations", "SELECT id FROM negotiations WHERE creator_id IN @creators OR begun_by = @person OR brand_id IN @brands"},
		{"deals", "SELECT id FROM deals WHERE negotiation_id IN @negotiations"},
	} {
		var ids []int64
		if err := q.Raw(list.query, named).Scan(&ids).Error; err != nil {
			return nil, models.Internal("find what is held on a person", err)
		}
		if len(ids) == 0 {
			ids = []int64{0}
		}
		named[list.name] = ids
	}
	return named, nil
}
