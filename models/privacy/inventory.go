package privacy

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Purpose is why something is held; its text is privacy.purpose.NAME.
type Purpose string

// The purposes.
const (
	ForAccount   Purpose = "account"   // signing in, and who one is here
	ForMarket    Purpose = "market"    // being found with figures that can be trusted
	ForDeals     Purpose = "deals"     // agreements, and proof of them
	ForMail      Purpose = "mail"      // telling people what waits for them, once
	ForSafety    Purpose = "safety"    // keeping strangers out, and seeing what happened
	ForModerates Purpose = "moderates" // reports and blocks
)

// Holding is one table: whose its rows are, and what becomes of them.
//
// Conditions and statements name the person as @person, and as lists her
// creator profile @creators, her own accounts on platforms @accounts, the
// brands that she leaves without a member @brands, her address @email, and what
// she was party to: @proposals and @deals. An empty list is (0). Erasing knows
// @now and @pseudonym too.
type Holding struct {
	Table   string
	Purpose Purpose
	Of      string   // the rows that are hers, for the export; "" for none that tell of a person
	Leave   []string // columns that the export leaves out: secrets, which are of use to nobody else
	Erase   []string // statements that erase or pseudonymise, in this order
	Period  string   // the rule by which rows go by themselves, "" for as long as the account
}

// deleteStatement is the usual erasure: the rows go.
func deleteStatement(table, of string) []string {
	return []string{"DELETE FROM " + table + " WHERE " + of}
}

// deletedWithPerson makes a holding of which nothing stays.
func deletedWithPerson(table string, why Purpose, of, period string, leave ...string) Holding {
	return Holding{Table: table, Purpose: why, Of: of, Leave: leave, Erase: deleteStatement(table, of), Period: period}
}

// Inventory is every table, in the order in which erasing goes through them:
// what refers to a row before the row.
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
		{Table: "tribe_figures", Purpose: ForMarket},  // of five creators at least, but for how many there are
		{Table: "tribe_hashtags", Purpose: ForMarket}, // of five creators at least
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
		{Table: "engagement_bands", Purpose: ForMarket}, // of thirty accounts at least
		{Table: "platform_budgets"},                     // what a platform allows this site, nobody's
		deletedWithPerson("creator_tribes", ForMarket, creator, ""),
		deletedWithPerson("creator_languages", ForMarket, creator, ""),
		deletedWithPerson("creator_content_types", ForMarket, creator, ""),
		deletedWithPerson("creator_prices", ForMarket, creator, ""),
		deletedWithPerson("creator_activity", ForMarket, creator, ""),
		deletedWithPerson("creator_categories", ForMarket, creator, ""),
		{Table: "listing_changes"},  // numbers of profiles that changed, for an hour
		{Table: "derived_versions"}, // of the program
		{
			Table: "creators", Purpose: ForMarket, Of: "id IN @creators",
			Erase: []string{"UPDATE creators SET name = @pseudonym, bio = '', country = '', region = '', zone = 'UTC', hashtags = '', search_text = '', listed = FALSE WHERE id IN @creators"},
		},
		{Table: "erased_handles", Purpose: ForMarket, Period: "erased_handles"},
		{Table: "removals", Purpose: ForMarket, Period: "removals"}, // keyed hashes

		// What a brand notes of a creator is the brand's. It goes with her all the
		// same; the row stays and says that somebody has left.
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

		// A brand's searches are the brand's; who is erased gets none of their mails.
		{Table: "saved_search_matches", Purpose: ForMarket, Erase: deleteStatement("saved_search_matches", creator)},
		deletedWithPerson("saved_search_mails", ForMail, person, "alerts", "token_hash"),
		{
			Table: "saved_searches", Purpose: ForDeals, Of: "created_by = @person OR mails_to = @person", Leave: []string{"known"},
			Erase: []string{
				"DELETE FROM saved_searches WHERE brand_id IN @brands",
				"UPDATE saved_searches SET mails_to = NULL, version = version + 1 WHERE mails_to = @person",
			},
		},

		// Deals stay as both sides' record, without what points at the person.
		{
			Table: "proposals", Purpose: ForDeals, Of: "id IN @proposals", Leave: []string{"join_hash", "form_key"},
			Erase: []string{"UPDATE proposals SET join_hash = NULL WHERE id IN @proposals", "UPDATE proposals SET message = '' WHERE sent_by = @person"},
		},
		{Table: "proposal_deliverables", Purpose: ForDeals, Of: "proposal_id IN @proposals"},
		{Table: "deals", Purpose: ForDeals, Of: "id IN @deals"},
		{
			Table: "deliverables", Purpose: ForDeals, Of: "deal_id IN @deals",
			Erase: []string{"UPDATE deliverables SET draft_url = '', draft_note = '', published_url = '' WHERE deal_id IN (SELECT id FROM deals WHERE creator_id IN @creators)"},
		},
		{
			Table: "workflow_events", Purpose: ForDeals, Of: "root_kind = 'proposal' AND root_id IN @proposals",
			Erase: []string{"UPDATE workflow_events SET note = '', url = '' WHERE person_id = @person"},
		},

		{Table: "workflow_holds", Purpose: ForDeals, Of: "subject_kind = 'deliverable' AND subject_id IN (SELECT id FROM deliverables WHERE deal_id IN @deals)"},

		// What people are told goes with them, and with those whom it names.
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
		deletedWithPerson("sign_in_steps", ForSafety, person, "sessions", "token_hash", "data"),
		deletedWithPerson("totp_factors", ForAccount, person, "", "secret"),
		deletedWithPerson("recovery_codes", ForAccount, person, "", "code_digest"),
		deletedWithPerson("passkeys", ForAccount, person, "", "credential", "credential_id"),
		deletedWithPerson("identities", ForAccount, person, ""),
		{ // A brand always has an owner: of one that nobody else is in, the pseudonym stays it.
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
				erased_at = @now, legal_name = '', legal_country = '', postal_address = '', vat_number = '' WHERE id IN @brands`},
		},
		{ // An ended one stays as a row until it would have expired, so that nothing brings it back.
			Table: "sessions", Purpose: ForSafety, Of: person, Leave: []string{"token", "data"}, Period: "sessions",
			Erase: []string{"UPDATE sessions SET ended_at = @now, address = '', agent = '' WHERE person_id = @person"},
		},
		deletedWithPerson("oauth_states", ForSafety, person, "sessions", "state_hash", "browser_hash", "session"),
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
				zone = 'UTC', last_seen_at = NULL, admin = FALSE, erased_at = @now WHERE id = @person`},
		},
	}
}

// Her creator profile, and the brands in which nobody else is.
const (
	profile = "SELECT id FROM creators WHERE person_id = @person"
	lastIn  = `SELECT brand_id FROM members WHERE person_id = @person
		AND NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = members.brand_id AND o.person_id <> @person)`
)

// rowsBelongingTo resolves a person into what the inventory's conditions name.
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
		{"proposals", "SELECT id FROM proposals WHERE creator_id IN @creators OR sent_by = @person OR brand_id IN @brands"},
		{"deals", "SELECT id FROM deals WHERE proposal_id IN @proposals"},
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
