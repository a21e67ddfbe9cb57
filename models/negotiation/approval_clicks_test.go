package negotiation_test

import (
	"sync"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// Fifty clicks at once on the yes or the no of who approves have one effect and one result;
// of fifty that ask, one is asked about.
func TestFiftyClicksOnAnApprovalAreOne(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		x.Must(x.counter(x.Creator, 1, "700"))
		ask := func() (any, error) {
			sent, err := x.Negotiations.Propose(x.T.Context(), x.manager, x.CreatorID, x.form("900"), "asks")
			return sent.Held, err
		}
		held, _ := fifty(t, "asking", ask).(string)
		if n := x.Count("SELECT count(*) FROM held_proposals"); n != 1 || x.held(held).State != negotiation.HeldAsked {
			t.Fatalf("%d are held", n)
		}
		fifty(t, "refusing", func() (any, error) { return nil, x.refuse(x.Brand, held, "Too much") })
		if h := x.held(held); h.State != negotiation.HeldRefused || h.Refusal != "Too much" {
			t.Errorf("%+v", h)
		}

		first := x.propose(x.manager, "first", "900").Held
		counter := wantHeld(t, x.counter(x.manager, 2, "650"))
		for name, id := range map[string]string{"sending a first offer": first, "sending a counter-offer": counter} {
			before := x.Events()
			fifty(t, name, func() (any, error) {
				sent, err := x.send(x.Brand, id)
				return sent.Negotiation, err
			})
			if n := x.Events() - before; n != 1 || x.held(id).State != negotiation.HeldSent {
				t.Errorf("%s: %d new events", name, n)
			}
		}
		x.Must(x.counter(x.Creator, 3, "640"))
		_, err := x.Negotiations.Accept(x.T.Context(), x.manager, x.id, 4)
		accepted := wantHeld(t, err)
		fifty(t, "accepting", func() (any, error) {
			_, err := x.send(x.Brand, accepted)
			return nil, err
		})
		if n := x.Count("SELECT count(*) FROM deals"); n != 1 || x.get(x.Brand).State != negotiation.Agreed {
			t.Errorf("%d deals", n)
		}
	})
}

// fifty does something fifty times at once, and gives the one result.
func fifty(t *testing.T, name string, do func() (any, error)) any {
	t.Helper()
	results, errs := make([]any, 50), make([]error, 50)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { results[i], errs[i] = do() })
	}
	all.Wait()
	for i := range results {
		if errs[i] != nil || results[i] != results[0] {
			t.Fatalf("%s: %v, %v beside %v", name, errs[i], results[i], results[0])
		}
	}
	return results[0]
}
