package holds

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tribemarket/tests/soak/instance"
)

// flood counts what attackers and honest people are answered.
type flood struct {
	base      string
	addresses atomic.Int64 // that were used

	mu      sync.Mutex
	answers map[string]int             // by who asked and status
	took    map[string][]time.Duration // by who asked
	wrong   []any
}

// newClient is a browser at an address that nobody had before.
func (f *flood) newClient() *instance.Client {
	n := f.addresses.Add(1)
	c := instance.NewClient(f.base)
	c.Address = fmt.Sprintf("198.%d.%d.%d", 18+n>>16&1, n>>8&255, n&255)
	return c
}

// note keeps an answer, which has to have one of the statuses; 503 and 429 say when to
// come again.
func (f *flood) note(who string, a instance.Answer, err error, statuses ...int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[fmt.Sprint(who, " ", a.Status)]++
	f.took[who] = append(f.took[who], a.Took)
	right := err == nil
	switch a.Status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		right = right && a.Header.Get("Retry-After") != ""
	default:
		ok := false
		for _, s := range statuses {
			ok = ok || s == a.Status
		}
		right = right && ok
	}
	if !right {
		f.wrong = append(f.wrong, fmt.Sprint(who, " gets ", a.Status, " ", err))
	}
}

// repeat has somebody ask again and again, until the context ends.
func (f *flood) repeat(ctx context.Context, all *sync.WaitGroup, pause time.Duration, ask func()) {
	all.Go(func() {
		for ctx.Err() == nil {
			ask()
			sleep(ctx, pause)
		}
	})
}

// floodSite floods a node with sign-ins, long headers, probes, pictures and exports, and
// measures what honest people notice.
func floodSite(ctx context.Context, b bench) error {
	site, err := instance.NewSite(b.program, b.dir, "", 0)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	site.Settings = []string{"LIMITS=on", "TRUSTED_PROXIES=127.0.0.0/8"}
	list, err := writeList(b.dir, b.creators)
	if err != nil {
		return err
	}
	if _, err := site.Run(ctx, "import", "--as-of", "2026-10-01", list); err != nil {
		return err
	}
	exporters, creators, err := prepareExporters(ctx, site)
	if err != nil {
		return err
	}
	node, err := site.NewNode()
	if err != nil {
		return err
	}
	defer func() { _ = node.Kill() }()
	if _, err := node.StartReady(); err != nil {
		return err
	}
	f := &flood{base: node.URL, answers: map[string]int{}, took: map[string][]time.Duration{}}
	resident, _, err := node.Memory()
	if err != nil {
		return err
	}
	b.Note("creators", b.creators)
	b.Memory("memory at rest", resident, 200<<20)
	sleep(ctx, b.settle)
	f.measureRest(ctx, b)
	var members []*instance.Client
	for _, email := range exporters {
		c := f.newClient()
		if err := c.SignIn(email, instance.Password); err != nil {
			return err
		}
		members = append(members, c)
	}
	if err := f.exportAlone(b, node, members); err != nil {
		return err
	}

	attacking, end := context.WithTimeout(ctx, b.flood)
	defer end()
	var all sync.WaitGroup
	f.attack(attacking, &all, b.attackers, creators)
	f.export(&all, members, b.exports)
	f.search(attacking, &all, "search")
	f.repeat(attacking, &all, 500*time.Millisecond, func() {
		c := f.newClient()
		a, err := c.Post("/signin", url.Values{"email": {exporters[0]}, "password": {instance.Password}})
		f.note("honest sign-in", a, err, http.StatusSeeOther)
	})
	all.Wait()
	return f.report(ctx, b, site, node)
}

// prepareExporters signs up brands whose members export, and gives their addresses and
// the ids of some creators.
func prepareExporters(ctx context.Context, site instance.Site) (emails, creators []string, err error) {
	a, err := site.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer a.Close()
	for i := range 4 {
		email, err := instance.SignUpBrand(ctx, a, fmt.Sprintf("exporter%d", i))
		if err != nil {
			return nil, nil, err
		}
		emails = append(emails, email)
	}
	return emails, creators, a.DB.Read(ctx).Raw("SELECT public_id FROM creators WHERE listed LIMIT 300").Scan(&creators).Error
}

// measureRest measures searches before the flood.
func (f *flood) measureRest(ctx context.Context, b bench) {
	rest, end := context.WithTimeout(ctx, b.flood/4)
	defer end()
	var all sync.WaitGroup
	f.search(rest, &all, "search at rest")
	all.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	b.Note("search at rest, 95th percentile", instance.Percentile(f.took["search at rest"], 95).Round(time.Millisecond))
}

// search asks for searches as several people do, who each have their address.
func (f *flood) search(ctx context.Context, all *sync.WaitGroup, who string) {
	for i := range 4 {
		c, n := f.newClient(), i
		f.repeat(ctx, all, 500*time.Millisecond, func() {
			n++
			if n%50 == 0 {
				c = f.newClient()
			}
			a, err := c.Get(fmt.Sprintf("/creators?tribe=foodtok&followers_min=%d", 10_000+n%200*50))
			f.note(who, a, err, http.StatusOK)
		})
	}
}

// exportAlone measures the memory of exports without a flood.
func (f *flood) exportAlone(b bench, node *instance.Node, members []*instance.Client) error {
	if err := node.ForgetPeak(); err != nil {
		return err
	}
	var all sync.WaitGroup
	f.export(&all, members, b.exports)
	all.Wait()
	_, peak, err := node.Memory()
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	b.Within(fmt.Sprintf("slowest of %d exports at once", b.exports), instance.Percentile(f.took["export"], 100), 30*time.Second)
	b.Memory("memory meanwhile", peak, b.exportMemory)
	clear(f.took)
	clear(f.answers)
	return node.ForgetPeak()
}

// attack is what strangers do.
func (f *flood) attack(ctx context.Context, all *sync.WaitGroup, attackers int, creators []string) {
	for i := range attackers {
		late := time.Second * time.Duration(i) / time.Duration(attackers)
		f.repeat(ctx, all, time.Second, func() {
			sleep(ctx, late) // not all in the same moment
			late = 0
			a, err := f.newClient().Post("/signin", url.Values{"email": {fmt.Sprintf("nobody%d@brand.example", i)}, "password": {"guess after guess"}})
			f.note("sign-in of the flood", a, err, http.StatusUnprocessableEntity)
		})
	}
	long := strings.Repeat("x", 60_000)
	for range 4 {
		f.repeat(ctx, all, 50*time.Millisecond, func() {
			c := f.newClient()
			c.RequestID = long
			a, err := c.Post("/forgot", url.Values{"email": {"nobody@brand.example"}})
			f.note("long header", a, err, http.StatusOK, http.StatusSeeOther)
		})
	}
	prober := f.newClient()
	f.repeat(ctx, all, 10*time.Millisecond, func() {
		a, err := prober.Get("/readyz")
		f.note("probe", a, err, http.StatusOK)
	})
	for i := range 16 {
		n := i
		f.repeat(ctx, all, 100*time.Millisecond, func() {
			n++
			a, err := f.newClient().Get("/c/" + creators[n%len(creators)] + "/picture.png")
			f.note("picture", a, err, http.StatusOK)
		})
	}
}

// export makes exports, all at once.
func (f *flood) export(all *sync.WaitGroup, members []*instance.Client, exports int) {
	paths := []string{"/creators/export.csv", "/creators/export.xlsx", "", "/creators/export.csv"}
	for i := range exports {
		c, path := members[i%len(members)], paths[i/len(members)%len(paths)]
		all.Go(func() {
			if path == "" {
				a, err := c.Post("/settings/privacy/export", url.Values{})
				f.note("export", a, err, http.StatusOK)
				return
			}
			a, err := c.Get(path)
			f.note("export", a, err, http.StatusOK)
		})
	}
}

func (f *flood) report(ctx context.Context, b bench, site instance.Site, node *instance.Node) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, who := range []string{"sign-in of the flood", "honest sign-in", "search", "export", "picture", "probe", "long header"} {
		for _, status := range []int{200, 303, 422, 429, 503} {
			if n := f.answers[fmt.Sprint(who, " ", status)]; n > 0 {
				b.Note(fmt.Sprintf("%s, answered %d", who, status), n)
			}
		}
	}
	b.Note("addresses", f.addresses.Load())
	b.None("other answers, or 503 and 429 without Retry-After", len(f.wrong), f.wrong...)
	b.Within("slowest sign-in, or its 503", instance.Percentile(append(f.took["honest sign-in"], f.took["sign-in of the flood"]...), 100), b.signInMost)
	b.Within("search meanwhile, 95th percentile", instance.Percentile(f.took["search"], 95), b.searchMost)
	b.Within("slowest export", instance.Percentile(f.took["export"], 100), time.Minute)
	_, peak, err := node.Memory()
	if err != nil {
		return err
	}
	b.Memory("memory at its peak", peak, b.floodMemory)
	a, err := site.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	var longest int
	if err := a.DB.Read(ctx).Raw("SELECT coalesce(max(length(request_id)), 0) FROM audit_events").Scan(&longest).Error; err != nil {
		return err
	}
	b.Check(fmt.Sprintf("ids of requests are ours, at most 64 characters (%d)", longest), have(longest <= 64))
	return errors.Join(node.Stop())
}
