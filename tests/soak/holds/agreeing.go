package holds

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	randomly "math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"tribemarket/tests/soak/instance"
)

// offersPerKill are accepted at once when a node is killed.
const offersPerKill = 6

// acceptance is a yes to an offer, which is sent until it is acknowledged.
type acceptance struct {
	negotiation string
	number      int
	by          *instance.Client
	deals       map[string]bool // that the site has named; more than one is wrong
	unclear     bool            // sent at least once without an answer
}

// killWhileAgreeing kills a node while offers are accepted, some of which are answers to
// others: each is agreed wholly or not at all, and what was acknowledged stays.
func killWhileAgreeing(ctx context.Context, b bench, database string) error {
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
	cut, twice := 0, 0
	for range b.agreeKills {
		all, err := m.offersToAccept(ctx)
		if err != nil {
			return err
		}
		var sending sync.WaitGroup
		for _, a := range all {
			sending.Go(func() { a.send() })
		}
		sleep(ctx, randomly.N(40*time.Millisecond))
		if err := node.Kill(); err != nil {
			return err
		}
		sending.Wait()
		if _, err := node.StartReady(); err != nil {
			return err
		}
		for _, a := range all {
			if a.unclear {
				cut++
			}
			for ctx.Err() == nil && !a.send() { // once more, acknowledged or not
				sleep(ctx, 20*time.Millisecond)
			}
			if len(a.deals) > 1 {
				twice++
			}
			m.accepted = append(m.accepted, a.negotiation)
		}
	}
	b.Note("kills with kill -9 while offers were accepted", b.agreeKills)
	b.AtLeast("acceptances that a kill cut off", cut, b.agreeKills/2)
	b.None("acceptances that led to two deals", twice)
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	b.Check("it stops by itself", node.Stop())
	return nil
}

// offersToAccept are new offers; the creator has answered every second one with another.
func (m *market) offersToAccept(ctx context.Context) ([]*acceptance, error) {
	toAnswer := make(chan string, offersPerKill)
	var all []*acceptance
	for i := range offersPerKill {
		if err := m.propose(m.brands[0], rand.Text(), toAnswer); err != nil {
			return nil, err
		}
		a := &acceptance{negotiation: <-toAnswer, number: 1, by: m.creator, deals: map[string]bool{}}
		if i%2 == 1 {
			if err := m.counter(a.negotiation); err != nil {
				return nil, err
			}
			a.number, a.by = 2, m.brands[0]
		}
		all = append(all, a)
	}
	return all, ctx.Err()
}

// counter answers a first offer with another, as the creator.
func (m *market) counter(id string) error {
	form := offer(rand.Text())
	maps.Copy(form, url.Values{"to": {"1"}, "fee": {"510"}})
	a, err := m.creator.Post("/negotiations/"+id+"/offers", form)
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("a counter-offer answers %d", a.Status)
	}
	return err
}

// send sends it once, and says whether it was acknowledged.
func (a *acceptance) send() bool {
	answer, err := a.by.Post("/negotiations/"+a.negotiation+"/acceptance", url.Values{"offer": {strconv.Itoa(a.number)}})
	deal, ok := strings.CutPrefix(answer.Header.Get("Location"), "/deals/")
	if err != nil || answer.Status != http.StatusSeeOther || !ok {
		a.unclear = true
		return false
	}
	deal, _, _ = strings.Cut(deal, "?")
	a.deals[deal] = true
	return true
}
