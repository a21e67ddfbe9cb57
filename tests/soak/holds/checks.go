package holds

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"tribemarket/internal/app"
	"tribemarket/models/deals"
)

// invariants are what has to be so in every deal, as queries for where it is not.
var invariants = map[string]string{
	"agreed negotiations with no deal or several": "SELECT p.public_id FROM negotiations p WHERE p.state = 'agreed' AND (SELECT count(*) FROM deals d WHERE d.negotiation_id = p.id) <> coalesce((SELECT r.begun FROM repetitions r WHERE r.negotiation_id = p.id), 1)",
	"deals whose negotiation is not agreed":       "SELECT d.public_id FROM deals d JOIN negotiations p ON p.id = d.negotiation_id WHERE p.state <> 'agreed'",
	"deals with other terms than the offer":       "SELECT d.public_id FROM deals d JOIN negotiations p ON p.id = d.negotiation_id JOIN offers o ON o.negotiation_id = p.id AND o.number = p.offer WHERE d.cycle = 1 AND (d.terms <> o.terms OR d.fee_minor <> p.fee_minor OR d.currency <> p.currency OR d.creator_id <> p.creator_id OR d.brand_id <> p.brand_id)",
	"deals with other deliverables":               "SELECT d.public_id FROM deals d WHERE (SELECT count(*) FROM deliverables x WHERE x.deal_id = d.id) <> (SELECT count(*) FROM offered_days y WHERE y.negotiation_id = d.negotiation_id)",
	// A deliverable and a repetition begin with their deal, whose history says so.
	"histories with a gap": "SELECT subject_id FROM workflow_events GROUP BY subject_kind, subject_id HAVING count(*) <> max(version) - min(version) + 1 OR min(version) <> CASE WHEN subject_kind IN ('deliverable', 'repetition') THEN 2 ELSE 1 END",
	"steps that do not begin where the last one ended": `SELECT e.id FROM workflow_events e JOIN workflow_events f ON f.subject_kind = e.subject_kind AND f.subject_id = e.subject_id AND f.version = e.version + 1
		WHERE e.to_state <> f.from_state`,
	"negotiations in another state than their history": `SELECT p.public_id FROM negotiations p JOIN workflow_events e ON e.subject_kind = 'negotiation' AND e.subject_id = p.id AND e.version = p.version WHERE e.to_state <> p.state
		UNION SELECT p.public_id FROM negotiations p WHERE NOT EXISTS (SELECT 1 FROM workflow_events e WHERE e.subject_kind = 'negotiation' AND e.subject_id = p.id AND e.version = p.version)`,
	"deliverables in another state than their history": `SELECT p.id FROM deliverables p WHERE NOT EXISTS (SELECT 1 FROM workflow_events e WHERE e.subject_kind = 'deliverable' AND e.subject_id = p.id AND e.version = p.version AND e.to_state = p.state) AND p.version > 1`,
}

// checkKept compares what was acknowledged with what the database holds, and looks for
// bent deals.
func (m *market) checkKept(ctx context.Context, b bench) error {
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	b.AtLeast("writes acknowledged", m.acknowledged(), fewestWrites)
	m.mu.Lock()
	defer m.mu.Unlock()
	b.Note("writes without an answer", len(m.unclear))
	for _, kept := range []struct {
		what, query string
		want        []string
	}{
		{"sign-ups", "SELECT email FROM email_confirmations", m.signUps},
		{"proposals", "SELECT public_id FROM negotiations", m.sent},
		{"acceptances", "SELECT p.public_id FROM negotiations p JOIN deals d ON d.negotiation_id = p.id AND d.cycle = 1 WHERE p.state = 'agreed'", m.accepted},
		{"refusals", "SELECT public_id FROM negotiations WHERE state = 'declined'", m.declined},
	} {
		lost, err := missingFrom(ctx, a, kept.query, kept.want)
		if err != nil {
			return err
		}
		b.None(fmt.Sprintf("acknowledged %s lost, of %d", kept.what, len(kept.want)), len(lost), lost...)
	}
	for what, query := range invariants {
		var found []string
		if err := a.DB.Read(ctx).Raw(query).Scan(&found).Error; err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if len(found) > 0 {
			b.None(what, len(found), found[0])
		}
	}
	var waiting []struct {
		State string
		Waits bool
	}
	if err := a.DB.Read(ctx).Raw("SELECT DISTINCT state, deadline_at IS NOT NULL AS waits FROM deliverables").Scan(&waiting).Error; err != nil {
		return err
	}
	for _, w := range waiting {
		if w.Waits == deals.DeliverableTable.Rule(deals.State(w.State)).Final() {
			b.None("deliverables whose deadline does not fit their state", 1, w.State)
		}
	}
	b.Note("kinds of bent deals looked for", len(invariants)+1)
	_, err = m.Run(ctx, "audit", "verify")
	b.Check("the audit chain verifies", err)
	keys := m.Dir + "/backup.keys"
	_, err = m.Run(ctx, "backup", m.Dir+"/backups", "--keys", keys)
	b.Check("a backup verifies integrity, references and sealed rows", err)
	return nil
}

// missingFrom are the wanted values that a query does not give.
func missingFrom(ctx context.Context, a *app.App, query string, want []string) (lost []any, err error) {
	var have []string
	if err := a.DB.Read(ctx).Raw(query).Scan(&have).Error; err != nil {
		return nil, err
	}
	slices.Sort(have)
	for _, w := range want {
		if _, ok := slices.BinarySearch(have, w); !ok {
			lost = append(lost, w)
		}
	}
	return lost, nil
}

// checkMails compares the mails that were received with what was acknowledged. A copy has
// the same id, and is no second mail for its receiver.
func (m *market) checkMails(ctx context.Context, b bench) error {
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	var recorded int
	if err := a.DB.Read(ctx).Raw("SELECT count(*) FROM mails").Scan(&recorded).Error; err != nil {
		return err
	}
	ids, perAddress, copies := map[string]string{}, map[string]int{}, 0
	for _, mail := range m.Mail.Received() {
		if to, known := ids[mail.ID]; known && to == mail.To {
			copies++
			continue
		}
		ids[mail.ID] = mail.To
		perAddress[mail.To]++
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	missing, twice := 0, 0
	for _, email := range m.signUps {
		switch n := perAddress[email]; {
		case n == 0:
			missing++
		case n > 1:
			twice++
		}
	}
	b.Note("mails received", len(ids))
	b.Note("further copies under the same Message-ID", copies)
	b.None("mails received twice, in their receiver's eyes", twice)
	if b.waitForJobs {
		b.None(fmt.Sprintf("mails missing after sign-ups, of %d", len(m.signUps)), missing)
		b.Exactly("mails received that are recorded as sent", len(ids), recorded)
	}
	return nil
}

// waitForJobs waits until all jobs that there are now have ended.
func (m *market) waitForJobs(ctx context.Context, most time.Duration) (took time.Duration, left int, err error) {
	a, err := m.Open(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer a.Close()
	began := time.Now()
	var last int64
	if err := a.DB.Read(ctx).Raw("SELECT coalesce(max(id), 0) FROM river_job").Scan(&last).Error; err != nil {
		return 0, 0, err
	}
	for {
		if err := a.DB.Read(ctx).Raw("SELECT count(*) FROM river_job WHERE id <= ? AND state IN ('available', 'running', 'retryable')", last).Scan(&left).Error; err != nil {
			return 0, 0, err
		}
		if took = time.Since(began); left == 0 || took > most || ctx.Err() != nil {
			return took, left, ctx.Err()
		}
		sleep(ctx, 200*time.Millisecond)
	}
}

func writeFile(path, text string) error { return os.WriteFile(path, []byte(text), 0o600) }
