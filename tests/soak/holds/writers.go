package holds

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tribemarket/models"
	"tribemarket/tests/soak/instance"
)

// market is a site with two brands and a creator, who are signed in and write.
type market struct {
	instance.Site
	brands    []*instance.Client
	creator   *instance.Client
	creatorID string

	mu       sync.Mutex
	signUps  []string // addresses
	sent     []string // proposals
	accepted []string
	declined []string
	unclear  []any // why writes were not acknowledged
}

// handle is the creator's, in the sandbox.
const handle = "penne.sandbox"

// openMarket prepares a site, before its nodes run.
func openMarket(ctx context.Context, site instance.Site) (*market, []string, error) {
	a, err := site.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer a.Close()
	var emails []string
	for _, name := range []string{"fonte", "kestrel"} {
		email, err := instance.SignUpBrand(ctx, a, name)
		if err != nil {
			return nil, nil, err
		}
		emails = append(emails, email)
	}
	return &market{Site: site}, emails, nil
}

// signIn signs the brands and the creator in at a running node.
func (m *market) signIn(ctx context.Context, base string, emails []string) error {
	for _, email := range emails {
		c := instance.NewClient(base)
		if err := c.SignIn(email, instance.Password); err != nil {
			return err
		}
		m.brands = append(m.brands, c)
	}
	account, _ := m.Box.TikTokAccount(handle)
	m.creator = instance.NewClient(base)
	if err := m.creator.SignInWithTikTok(account.OpenID); err != nil {
		return err
	}
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.DB.Read(ctx).Raw("SELECT c.public_id FROM creators c JOIN creator_accounts a ON a.creator_id = c.id WHERE a.handle_key = ?", handle).Scan(&m.creatorID).Error
}

// start starts the creator's market at one node.
func startMarket(ctx context.Context, site instance.Site) (*market, *instance.Node, error) {
	m, emails, err := openMarket(ctx, site)
	if err != nil {
		return nil, nil, err
	}
	n, err := site.NewNode()
	if err != nil {
		return nil, nil, err
	}
	if _, err := n.StartReady(); err != nil {
		return nil, nil, errors.Join(err, n.Kill())
	}
	if err := m.signIn(ctx, n.URL, emails); err != nil {
		return nil, nil, errors.Join(err, n.Kill())
	}
	return m, n, nil
}

// writeMeanwhile has writers work until end is called, which waits for their last answers.
func (m *market) writeMeanwhile(ctx context.Context) (end func()) {
	writing, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); m.write(writing) }()
	return func() { stop(); <-done }
}

// write signs brands up, sends proposals and answers them until the context ends. It
// notes what the site has acknowledged.
func (m *market) write(ctx context.Context) {
	var all sync.WaitGroup
	toAnswer := make(chan string, 1_000)
	all.Go(func() { m.repeat(ctx, 200*time.Millisecond, func() error { return m.signUp(m.brands[0].Base) }) })
	for _, c := range m.brands {
		all.Go(func() {
			m.repeat(ctx, 40*time.Millisecond, func() error { return m.propose(c, rand.Text(), toAnswer) })
		})
	}
	all.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case id := <-toAnswer:
				m.answer(ctx, id)
			}
		}
	})
	all.Wait()
}

// repeat does something again and again, and waits where it fails.
func (m *market) repeat(ctx context.Context, pause time.Duration, do func() error) {
	for ctx.Err() == nil {
		if err := do(); err != nil {
			m.mu.Lock()
			m.unclear = append(m.unclear, err)
			m.mu.Unlock()
		}
		sleep(ctx, pause)
	}
}

// fewestWrites is how many have to be acknowledged, so that a run shows something.
const fewestWrites = 10

// acknowledged counts the writes that have been so far.
func (m *market) acknowledged() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.signUps) + len(m.sent) + len(m.accepted) + len(m.declined)
}

// writeEnough waits until as many writes have been acknowledged, for a while: on a slow machine
// they take longer than a run does.
func (m *market) writeEnough(ctx context.Context) {
	for began := time.Now(); m.acknowledged() < fewestWrites && time.Since(began) < 20*time.Second; {
		sleep(ctx, 100*time.Millisecond)
	}
}

func (m *market) signUp(base string) error {
	email := strings.ToLower(rand.Text()) + "@brand.example"
	a, err := instance.NewClient(base).Post("/signup", url.Values{
		"brand": {"Brand of " + email[:8]}, "site": {"https://brand.example"}, "country": {"FR"}, "sells": {"Pans"},
		"name": {"A person"}, "email": {email}, "password": {instance.Password}, "zone": {"Europe/Paris"},
	})
	if err != nil || a.Status != http.StatusSeeOther {
		return errors.Join(fmt.Errorf("a sign-up answers %d", a.Status), err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.signUps = append(m.signUps, email)
	return nil
}

// offer is a proposal as a brand enters it.
func offer(key string) url.Values {
	return url.Values{
		"key": {key}, "product": {"Pan " + key[:6]}, "message": {"Two dinners.\nYour own words."}, "fee": {"420.50"}, "currency": {"EUR"}, "rights[0].days": {"30"},
		"disclosure": {"Collaboration commerciale"}, "expires_days": {"7"},
		"deliverables[0].content_type": {"tutorial"}, "deliverables[0].format": {"video"}, "deliverables[0].platform": {"tiktok"},
		"deliverables[0].count": {"2"}, "deliverables[0].due_on": {models.DateOf(models.SystemClock()).AddDays(20).String()},
	}
}

func (m *market) propose(c *instance.Client, key string, toAnswer chan<- string) error {
	a, err := c.Post("/c/"+m.creatorID+"/negotiations", offer(key))
	id, ok := strings.CutPrefix(a.Header.Get("Location"), "/negotiations/")
	if err != nil || a.Status != http.StatusSeeOther || !ok {
		return errors.Join(fmt.Errorf("a proposal answers %d", a.Status), err)
	}
	id, _, _ = strings.Cut(id, "?")
	m.mu.Lock()
	m.sent = append(m.sent, id)
	m.mu.Unlock()
	select {
	case toAnswer <- id:
	default:
	}
	return nil
}

// answer accepts three of four proposals, and repeats the answer until it is acknowledged.
func (m *market) answer(ctx context.Context, id string) {
	accept := id[0]%4 != 0
	path, form := "/negotiations/"+id+"/refusal", url.Values{"reason": {"Not this month"}}
	if accept {
		path, form = "/negotiations/"+id+"/acceptance", url.Values{"offer": {"1"}}
	}
	for ctx.Err() == nil {
		a, err := m.creator.Post(path, form)
		if err == nil && a.Status == http.StatusSeeOther {
			m.mu.Lock()
			defer m.mu.Unlock()
			if accept {
				m.accepted = append(m.accepted, id)
			} else {
				m.declined = append(m.declined, id)
			}
			return
		}
		sleep(ctx, 50*time.Millisecond)
	}
}

func sleep(ctx context.Context, long time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(long):
	}
}

// writeList writes a file of invented creators for an import.
func writeList(dir string, rows int) (string, error) {
	var b strings.Builder
	b.WriteString("username,name,followers,country,language,category,avg views,avg likes,avg comments,avg shares\n")
	for i := range rows {
		fmt.Fprintf(&b, "maker%06d.test,Maker %06d,%d,FR,fr,Food,%d,%d,10,5\n", i, i, 10_000+i, 4_000+i%900, 300+i%70)
	}
	path := filepath.Join(dir, "list.csv")
	return path, writeFile(path, b.String())
}
