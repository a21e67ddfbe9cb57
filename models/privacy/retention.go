package privacy

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// RetentionPeriods are for how many days data is kept, by the operator's choice.
type RetentionPeriods struct {
	Addresses int // client addresses in the audit log
	Mails     int // which mails were sent
	Links     int // used and expired links
	Unclaimed int // imported profiles that nobody has claimed, since they were last updated
}

// DefaultRetentionPeriods are the periods unless the operator sets others.
func DefaultRetentionPeriods() RetentionPeriods {
	return RetentionPeriods{Addresses: 90, Mails: 400, Links: 30, Unclaimed: 730}
}

func (p RetentionPeriods) withDefaults() RetentionPeriods {
	u := DefaultRetentionPeriods()
	for _, x := range []struct{ set, usual *int }{{&p.Addresses, &u.Addresses}, {&p.Mails, &u.Mails}, {&p.Links, &u.Links}, {&p.Unclaimed, &u.Unclaimed}} {
		if *x.set == 0 {
			*x.set = *x.usual
		}
	}
	return p
}

// RetentionRule is one period and what is deleted when it is over. Its message key is
// privacy.period.NAME.
type RetentionRule struct {
	Name string
	Days int // 0 for a rule that has no number of days, such as the end of a session
	// Statement deletes what is older than @before, at most @most rows.
	Statement string
}

// RetentionRules returns all rules with this instance's periods.
func (s *Store) RetentionRules() []RetentionRule {
	return []RetentionRule{
		{Name: "addresses", Days: s.periods.Addresses, Statement: forgetAddresses},
		{Name: "mails", Days: s.periods.Mails, Statement: "DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE sent_at < @before LIMIT @most)"},
		{Name: "notifications", Days: s.periods.Mails, Statement: "DELETE FROM notification_events WHERE id IN (SELECT id FROM notification_events WHERE at < @before LIMIT @most)"},
		{Name: "alerts", Days: s.periods.Mails, Statement: "DELETE FROM saved_search_mails WHERE id IN (SELECT id FROM saved_search_mails WHERE at < @before LIMIT @most)"},
		{Name: "links", Days: s.periods.Links, Statement: "DELETE FROM email_confirmations WHERE token_hash IN (SELECT token_hash FROM email_confirmations WHERE expires_at < @before LIMIT @most)"},
		{Name: "invitations", Days: s.periods.Links, Statement: "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < @before LIMIT @most)"},
		{Name: "held_proposals", Days: negotiation.HeldDays, Statement: "DELETE FROM held_proposals WHERE id IN (SELECT id FROM held_proposals WHERE coalesce(asked_at, written_at) < @before LIMIT @most)"},
		{Name: "offer_drafts", Days: negotiation.DraftDays, Statement: "DELETE FROM offer_drafts WHERE id IN (SELECT id FROM offer_drafts WHERE saved_at < @before LIMIT @most)"},
		{Name: "import_files", Days: 7, Statement: "DELETE FROM imports WHERE id IN (SELECT id FROM imports WHERE state <> 'imported' AND updated_at < @before LIMIT @most)"},
		{Name: "import_reports", Days: 30, Statement: "DELETE FROM imports WHERE id IN (SELECT id FROM imports WHERE state = 'imported' AND updated_at < @before LIMIT @most)"},
		{Name: "contracts", Days: keepContracts, Statement: "UPDATE documents SET state = 'removed' WHERE id IN (SELECT x.id FROM documents x JOIN contracts c ON x.id IN (c.document_id, c.certificate_id) WHERE x.state = 'ready' AND c.deal_id IN (" + overDeals + ") LIMIT @most)"},
		{Name: "contract_texts", Days: keepContracts, Statement: "UPDATE contracts SET text = '' WHERE id IN (SELECT id FROM contracts WHERE text <> '' AND deal_id IN (" + overDeals + ") LIMIT @most)"},
		{Name: "signatures", Days: keepContracts, Statement: "UPDATE contract_signatures SET name = '', role = '', email = '', address = '', agent = '' WHERE id IN (SELECT x.id FROM contract_signatures x JOIN contracts c ON c.id = x.contract_id WHERE x.name <> '' AND c.deal_id IN (" + overDeals + ") LIMIT @most)"},
		{Name: "unclaimed", Days: s.periods.Unclaimed},
		{Name: "sessions"},
		{Name: "limits"},
		{Name: "removals"},
		{Name: "erased_handles"},
	}
}

// keepContracts is for how many days contracts stay evidence after their deal: five years,
// in which claims can arise from them.
const keepContracts = 5*365 + 2

// overDeals are the deals that were over before a moment.
const overDeals = `SELECT d.id FROM deals d WHERE coalesce(d.ended_at, (SELECT max(x.completed_at) FROM deliverables x WHERE x.deal_id = d.id
	AND NOT EXISTS (SELECT 1 FROM deliverables y WHERE y.deal_id = d.id AND y.deadline_at IS NOT NULL))) < @before`

// forgetAddresses keeps events but removes the addresses they came from.
const forgetAddresses = `UPDATE audit_events SET address = '' WHERE id IN (SELECT id FROM audit_events WHERE at < @before AND address <> '' LIMIT @most)`

// deletedPerTransaction limits a transaction's rows, to keep it short.
const deletedPerTransaction = 500

// DeleteExpiredData deletes everything whose period is over, and returns the number
// of rows by rule.
func (s *Store) DeleteExpiredData(ctx context.Context) (map[string]int64, error) {
	now, went := s.clock(), map[string]int64{}
	for _, r := range s.RetentionRules() {
		if r.Days == 0 {
			continue
		}
		before := now.Add(-time.Duration(r.Days) * 24 * time.Hour)
		for {
			n, err := s.deleteExpiredBatch(ctx, r, before)
			went[r.Name] += n
			if err != nil {
				return went, models.Internal("clear out "+r.Name, err)
			}
			if n < deletedPerTransaction {
				break
			}
		}
	}
	return went, nil
}

func (s *Store) deleteExpiredBatch(ctx context.Context, r RetentionRule, before time.Time) (n int64, err error) {
	if r.Name == "unclaimed" {
		return s.deleteUnclaimedProfiles(ctx, before)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		res := tx.Exec(r.Statement, map[string]any{"before": before, "most": deletedPerTransaction})
		n = res.RowsAffected
		return res.Error
	})
	return n, err
}
