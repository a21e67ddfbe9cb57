package holds

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	randomly "math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"tribemarket/internal/app"
	"tribemarket/tests/soak/instance"
)

const (
	contractsPerKill = 3
	goesOnWithin     = 90 * time.Second // after the jobs of dead workers are taken over, at the latest
	proofLasts       = 8 * time.Minute  // then people sign in again: to sign, they must have done so lately
)

// signature is one side's, which is sent until it is acknowledged.
type signature struct {
	contract, hash string
	by             *instance.Client
	unclear        bool // sent at least once without an answer
}

// killWhileSigning kills a node while documents of contracts are made, signed and
// certified: a signature is there wholly or not at all, and all goes on by itself.
func killWhileSigning(ctx context.Context, b bench, database string) error {
	site, err := instance.NewSite(b.program, b.dir, database, 0)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	m, node, err := startMarket(ctx, site)
	if err != nil {
		return err
	}
	defer func() { _ = node.Kill() }()
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := m.introduceBoth(ctx, a); err != nil {
		return err
	}
	if err := m.beginContracts(); err != nil {
		return err
	}
	cut, signedIn := 0, time.Now()
	for range b.signKills {
		if time.Since(signedIn) > proofLasts {
			if err := m.signInAgain(); err != nil {
				return err
			}
			signedIn = time.Now()
		}
		all, err := m.signaturesToSend(ctx, a)
		if err != nil {
			return err
		}
		if err := m.beginContracts(); err != nil {
			return err
		}
		var sending sync.WaitGroup
		for _, s := range all {
			sending.Go(func() { s.send() })
		}
		sleep(ctx, randomly.N(40*time.Millisecond))
		if err := node.Kill(); err != nil {
			return err
		}
		sending.Wait()
		if err := checkContracts(ctx, a, b); err != nil {
			return err
		}
		if _, err := node.StartReady(); err != nil {
			return err
		}
		for _, s := range all {
			if s.unclear {
				cut++
			}
			for ctx.Err() == nil && !s.send() { // once more, acknowledged or not
				sleep(ctx, 20*time.Millisecond)
			}
		}
	}
	b.Note("kills with kill -9 while contracts were made, signed and certified", b.signKills)
	b.AtLeast("signatures that a kill cut off", cut, b.signKills/2)
	if err := m.checkCertified(ctx, a, b); err != nil {
		return err
	}
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	b.Check("it stops by itself", node.Stop())
	return nil
}

// introduceBoth gives the creator a confirmed address, which signing needs, and has both
// sides say who they are.
func (m *market) introduceBoth(ctx context.Context, a *app.App) error {
	var person int64
	if err := a.DB.Read(ctx).Raw("SELECT person_id FROM creators WHERE public_id = ?", m.creatorID).Scan(&person).Error; err != nil {
		return err
	}
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, person, "creator@mail.example"); err != nil {
		return err
	}
	for _, c := range []*instance.Client{m.brands[0], m.creator} {
		err := postTo(c, "/settings/contract-identity", url.Values{"legal_name": {"A party"}, "address": {"1 Street"}, "email": {"legal@mail.example"}, "country": {"FR"}})
		if err != nil {
			return err
		}
	}
	return nil
}

// signInAgain renews the proof with which both sign.
func (m *market) signInAgain() error {
	account, _ := m.Box.TikTokAccount(handle)
	if err := m.brands[0].SignIn("fonte@brand.example", instance.Password); err != nil {
		return err
	}
	return m.creator.SignInWithTikTok(account.OpenID)
}

// missingSignatures are those of both sides under the contracts whose document is there.
func (m *market) missingSignatures(ctx context.Context, a *app.App) ([]*signature, error) {
	var ready []struct{ PublicID, SHA256 string }
	err := a.DB.Read(ctx).Raw("SELECT public_id, sha256 FROM contracts WHERE state IN ('ready', 'signed_by_one')").Scan(&ready).Error
	var all []*signature
	for _, c := range ready {
		for _, by := range []*instance.Client{m.brands[0], m.creator} {
			all = append(all, &signature{contract: c.PublicID, hash: c.SHA256, by: by})
		}
	}
	return all, err
}

// signaturesToSend waits until there are some to send; the jobs that would make the
// documents may all have been cut off.
func (m *market) signaturesToSend(ctx context.Context, a *app.App) (all []*signature, err error) {
	for began := time.Now(); err == nil && len(all) == 0 && time.Since(began) < 5*time.Second; sleep(ctx, 20*time.Millisecond) {
		all, err = m.missingSignatures(ctx, a)
	}
	return all, err
}

// beginContracts has new contracts begin, whose documents a job makes.
func (m *market) beginContracts() error {
	toAnswer := make(chan string, contractsPerKill)
	for range contractsPerKill {
		if err := m.propose(m.brands[0], rand.Text(), toAnswer); err != nil {
			return err
		}
		yes := acceptance{negotiation: <-toAnswer, number: 1, by: m.creator, deals: map[string]bool{}}
		if !yes.send() {
			return fmt.Errorf("the offer of %s is not accepted", yes.negotiation)
		}
		m.accepted = append(m.accepted, yes.negotiation)
		for deal := range yes.deals { // the law may have asked already: then this asks for nothing more
			if err := postTo(m.creator, "/deals/"+deal+"/contract", url.Values{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// send sends it once, and says whether it was acknowledged.
func (s *signature) send() bool {
	err := postTo(s.by, "/contracts/"+s.contract+"/signature", url.Values{"hash": {s.hash}, "name": {"A signer"}, "role": {"Owner"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	s.unclear = s.unclear || err != nil
	return err == nil
}

// postTo posts what leads on.
func postTo(c *instance.Client, path string, form url.Values) error {
	answer, err := c.Post(path, form)
	if err == nil && answer.Status != http.StatusSeeOther {
		err = fmt.Errorf("%s answers %d", path, answer.Status)
	}
	return err
}

// contractInvariants are what has to be so in every contract, as queries for where it is not.
var contractInvariants = map[string]string{
	"contracts signed twice by one side":                  "SELECT contract_id FROM contract_signatures GROUP BY contract_id, side HAVING count(*) > 1",
	"contracts whose state disagrees with the signatures": "SELECT c.public_id FROM contracts c WHERE (SELECT count(*) FROM contract_signatures x WHERE x.contract_id = c.id) <> CASE c.state WHEN 'signed' THEN 2 WHEN 'signed_by_one' THEN 1 ELSE 0 END",
	"contracts in another state than their history":       `SELECT c.public_id FROM contracts c WHERE NOT EXISTS (SELECT 1 FROM workflow_events e WHERE e.subject_kind = 'contract' AND e.subject_id = c.id AND e.version = c.version AND e.to_state = c.state)`,
	"signatures without their line in the log":            "SELECT x.id FROM contract_signatures x WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.id = x.audit_number AND e.action = 'contracts.signed' AND e.person_id = x.person_id)",
	"lines in the log without their signature":            "SELECT e.id FROM audit_events e WHERE e.action = 'contracts.signed' AND NOT EXISTS (SELECT 1 FROM contract_signatures x WHERE x.audit_number = e.id)",
	"documents kept that no contract names":               "SELECT d.id FROM documents d WHERE d.state = 'ready' AND NOT EXISTS (SELECT 1 FROM contracts c WHERE d.id IN (c.document_id, c.certificate_id))",
	"certificates of what is not signed":                  "SELECT public_id FROM contracts WHERE certificate_id IS NOT NULL AND state <> 'signed'",
	"work that waits for a signed contract":               "SELECT x.id FROM deliverables x JOIN contracts c ON c.deal_id = x.deal_id WHERE x.state = 'waiting' AND c.state = 'signed'",
	"work that did not wait for its contract":             "SELECT x.id FROM deliverables x JOIN contracts c ON c.deal_id = x.deal_id WHERE x.state <> 'waiting' AND c.required AND c.signed_at IS NULL",
}

// checkContracts looks for bent contracts.
func checkContracts(ctx context.Context, a *app.App, b bench) error {
	for _, what := range slices.Sorted(maps.Keys(contractInvariants)) {
		var found []string
		if err := a.DB.Read(ctx).Raw(contractInvariants[what]).Scan(&found).Error; err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if len(found) > 0 {
			b.None(what, len(found), found[0])
		}
	}
	return nil
}

// checkCertified signs what the last kill left, and waits until each contract has its one
// certificate, as long as it goes on. A job that a kill cut off goes on later than the short
// form waits.
func (m *market) checkCertified(ctx context.Context, a *app.App, b bench) error {
	patience := time.Second
	if b.waitForJobs {
		patience = goesOnWithin
		if err := m.signInAgain(); err != nil {
			return err
		}
	}
	began, longest, left := time.Now(), time.Duration(0), -1
	for moved := began; left != 0 && time.Since(moved) < patience && ctx.Err() == nil; sleep(ctx, 50*time.Millisecond) {
		all, err := m.missingSignatures(ctx, a)
		if err != nil {
			return err
		}
		for _, s := range all {
			s.send()
		}
		before := left
		if err := a.DB.Read(ctx).Raw("SELECT count(*) FROM contracts WHERE certificate_id IS NULL").Scan(&left).Error; err != nil {
			return err
		}
		longest = max(longest, time.Since(moved))
		if left != before {
			moved = time.Now()
		}
	}
	if b.waitForJobs {
		b.Within("the longest pause between two certificates", longest, goesOnWithin)
		b.Note("seconds until all were signed and certified", int(time.Since(began).Seconds()))
		b.None("contracts that are not", left)
	}
	// In one statement: without waiting for the jobs, certificates are still being made.
	var made struct{ Documents, Contracts int64 }
	err := a.DB.Read(ctx).Raw(`SELECT (SELECT count(DISTINCT d.id) FROM documents d JOIN contracts c ON c.certificate_id = d.id WHERE d.state = 'ready') AS documents,
		(SELECT count(*) FROM contracts WHERE certificate_id IS NOT NULL) AS contracts`).Scan(&made).Error
	if err != nil {
		return err
	}
	b.Exactly("certificates, one for each contract", int(made.Documents), int(made.Contracts))
	return checkContracts(ctx, a, b)
}
