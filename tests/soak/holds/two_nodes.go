package holds

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"tribemarket/tests/soak/instance"
)

// runTwoNodes runs two nodes on one PostgreSQL behind a proxy: probed, killed, and
// restarted in turn.
func runTwoNodes(ctx context.Context, b bench) error {
	database, err := b.cluster.CreateDatabase(ctx, "nodes")
	if err != nil {
		return err
	}
	site, err := instance.NewSite(b.program, b.dir, database, 20*time.Millisecond)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	proxy, err := instance.StartProxy()
	if err != nil {
		return err
	}
	defer func() { _ = proxy.Close() }()
	site.Public = proxy.URL
	site.Box.AllowRedirect(proxy.URL + "/auth/tiktok/callback")
	m, emails, err := openMarket(ctx, site)
	if err != nil {
		return err
	}
	var nodes []*instance.Node
	for range 2 {
		n, err := site.NewNode()
		if err != nil {
			return err
		}
		defer func() { _ = n.Kill() }()
		if _, err := n.StartReady(); err != nil {
			return err
		}
		nodes = append(nodes, n)
	}
	proxy.Serve(nodes)
	if err := m.signIn(ctx, proxy.URL, emails); err != nil {
		return err
	}
	probeNodes(b, nodes)

	end := m.writeMeanwhile(ctx)
	sleep(ctx, 2*b.alive)
	if err := errors.Join(restartInTurn(ctx, b, m, proxy, nodes), killOneNode(ctx, b, m, nodes)); err != nil {
		end()
		return err
	}
	m.writeEnough(ctx)
	end()
	if b.waitForJobs {
		if _, left, err := m.waitForJobs(ctx, time.Minute); err != nil || left > 0 {
			return fmt.Errorf("%d jobs are left: %w", left, err)
		}
	}
	if err := m.checkMails(ctx, b); err != nil {
		return err
	}
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	for _, n := range nodes {
		b.Check("it stops by itself", n.Stop())
	}
	return nil
}

// probeNodes asks both nodes whether they are ready, many at once.
func probeNodes(b bench, nodes []*instance.Node) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var wrong []any
	const askers, probes = 8, 25
	for range askers {
		for i, n := range nodes {
			all.Go(func() {
				for range probes {
					if status := n.Probe(); status != http.StatusOK {
						mu.Lock()
						wrong = append(wrong, fmt.Sprintf("node %d answers %d", i, status))
						mu.Unlock()
					}
				}
			})
		}
	}
	all.Wait()
	b.None(fmt.Sprintf("probes of healthy nodes refused, of %d", askers*probes*len(nodes)), len(wrong), wrong...)
}

// restartInTurn restarts both nodes, one after the other, while pages are read.
func restartInTurn(ctx context.Context, b bench, m *market, proxy *instance.Proxy, nodes []*instance.Node) error {
	reading, end := context.WithCancel(ctx)
	defer end()
	var all sync.WaitGroup
	var mu sync.Mutex
	var refused []any
	read := 0
	for _, c := range m.brands {
		for _, path := range []string{"/dashboard", "/negotiations", "/creators", "/c/" + m.creatorID} {
			all.Go(func() {
				for reading.Err() == nil {
					a, err := c.Get(path)
					mu.Lock()
					read++
					if err != nil || a.Status != http.StatusOK {
						refused = append(refused, fmt.Sprint(path, " answers ", a.Status, err))
					}
					mu.Unlock()
					sleep(reading, 50*time.Millisecond)
				}
			})
		}
	}
	unclear := m.unclearSoFar()
	for _, n := range nodes {
		if err := n.Stop(); err != nil {
			return fmt.Errorf("a node that was stopped: %w", err)
		}
		proxy.WaitForReady(len(nodes) - 1)
		if _, err := n.StartReady(); err != nil {
			return err
		}
		proxy.WaitForReady(len(nodes))
	}
	end()
	all.Wait()
	b.None(fmt.Sprintf("pages refused while nodes restart in turn, of %d", read), len(refused), refused...)
	meanwhile := m.unclearSoFar()[len(unclear):]
	b.None("writes refused meanwhile", len(meanwhile), meanwhile...)
	return nil
}

// killOneNode kills a node, whose jobs go on at the other one.
func killOneNode(ctx context.Context, b bench, m *market, nodes []*instance.Node) error {
	sleep(ctx, b.alive)
	if err := nodes[0].Kill(); err != nil {
		return err
	}
	if b.waitForJobs {
		took, left, err := m.waitForJobs(ctx, 3*time.Minute)
		if err != nil {
			return err
		}
		b.Within("jobs of a killed node go on at the other one within", took, 2*time.Minute)
		b.None("jobs that did not", left)
	}
	var wrong []any
	for range 50 {
		if a, err := m.brands[0].Get("/dashboard"); err != nil || a.Status != http.StatusOK {
			wrong = append(wrong, fmt.Sprint(a.Status, err))
		}
	}
	b.None("pages refused by the other node", len(wrong), wrong...)
	_, err := nodes[0].StartReady()
	return err
}

func (m *market) unclearSoFar() []any {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.unclear
}
