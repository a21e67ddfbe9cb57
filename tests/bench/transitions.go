package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// transitionClients negotiate at once, each in a negotiation of its own.
const transitionClients = 16

// measureTransitions compares counter-offers at the store, each acknowledged when it is on the
// disk, with a bare transaction that writes the same rows and, on SQLite, with PocketBase's
// Save of one record.
func measureTransitions(ctx context.Context, dir string, rounds int) error {
	cluster, err := pgserver.NewCluster("-c", "fsync=on", "-c", "full_page_writes=on") // acknowledged is on the disk
	if err != nil {
		return err
	}
	defer func() { _ = cluster.Close() }()
	postgres, err := cluster.CreateDatabase(ctx, "transitions")
	if err != nil {
		return err
	}
	peer := filepath.Join(dir, "pocketbase")
	if out, err := exec.CommandContext(ctx, "go", "build", "-C", "tests/bench/pocketbase", "-o", peer, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build PocketBase: %w: %s", err, out)
	}
	for _, on := range [][2]string{{"SQLite", "sqlite:" + filepath.Join(dir, "transitions.db")}, {"PostgreSQL", postgres}} {
		if err := compareTransitions(ctx, on[0], on[1], dir, peer, rounds); err != nil {
			return fmt.Errorf("%s: %w", on[0], err)
		}
	}
	return nil
}

func compareTransitions(ctx context.Context, name, database, dir, peer string, rounds int) (err error) {
	pooled := database
	if name == "PostgreSQL" { // as many connections as the bare writer has
		pooled += "?pool_max_conns=" + strconv.Itoa(transitionClients)
	}
	cfg := config.Config{
		DatabaseURL: pooled, MailDir: dir, MailFrom: "bench@demo.example", Limits: "off",
		SecretKeys: config.Secret("test:" + testkit.SealingKey), DigestKey: testkit.SealingKey,
	}
	a, err := app.Open(ctx, cfg, models.SystemClock, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	var talks [transitionClients]*talk
	for i := range talks {
		if talks[i], err = beginTalk(ctx, a, i); err != nil {
			return err
		}
	}
	bare, err := openBare(ctx, a, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	var ofBare, ofPeer []float64
	for i := range rounds + 1 {
		ours, err := repeatAtOnce(func(client int) error { return talks[client].counter(ctx) })
		if err != nil {
			return err
		}
		theirs, err := repeatAtOnce(func(client int) error { return bare.write(ctx, talks[client]) })
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%s: %.0f transitions/s, bare %.0f/s", name, ours, theirs)
		var created float64
		if name == "SQLite" {
			if created, err = createInPocketBase(ctx, peer, filepath.Join(dir, "pb-create")); err != nil {
				return err
			}
			line += fmt.Sprintf(", PocketBase %.0f records/s", created)
		}
		fmt.Fprintln(os.Stderr, line)
		if i > 0 { // the first round warms all
			ofBare, ofPeer = append(ofBare, ours/theirs), append(ofPeer, ours/created)
		}
	}
	printMeasure("transitions / bare, "+name, median(ofBare), 0.5, false)
	if name == "SQLite" {
		printMeasure("transitions / PocketBase's creates", median(ofPeer), 1.5, false)
	}
	return nil
}

// repeatAtOnce has all clients repeat something for a while, and gives how often a second.
func repeatAtOnce(do func(client int) error) (float64, error) {
	var n atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, transitionClients)
	began := time.Now()
	for client := range transitionClients {
		all.Go(func() {
			for time.Since(began) < 4*time.Second && errs[client] == nil {
				errs[client] = do(client)
				n.Add(1)
			}
		})
	}
	all.Wait()
	return float64(n.Load()) / time.Since(began).Seconds(), errors.Join(errs...)
}

func createInPocketBase(ctx context.Context, program, dir string) (float64, error) {
	out, err := exec.CommandContext(ctx, program, "create", dir, strconv.Itoa(transitionClients)).Output()
	if err != nil {
		return 0, fmt.Errorf("PocketBase: %w", err)
	}
	lines := strings.Fields(string(out))
	return strconv.ParseFloat(lines[len(lines)-1], 64)
}

// talk is a negotiation of two who answer each other without end.
type talk struct {
	app            *app.App
	brand, creator models.Actor
	id             string
	row            int64
	latest         int
}

// beginTalk makes a brand and a creator, and sends the first offer.
func beginTalk(ctx context.Context, a *app.App, n int) (*talk, error) {
	t := &talk{app: a, brand: models.Actor{Role: models.RoleOwner}, latest: 1}
	now, creator := models.SystemClock(), models.NewPublicID()
	insert := func(into *int64, query string, args ...any) error {
		return a.DB.Read(ctx).Raw(query+" RETURNING id", args...).Scan(into).Error
	}
	person := "INSERT INTO people (name, email, email_confirmed_at, locale, zone, created_at) VALUES ('Somebody', ?, ?, 'en', 'Europe/London', ?)"
	var account int64
	err := errors.Join(
		insert(&t.brand.PersonID, person, fmt.Sprintf("brand%d@bench.example", n), now, now),
		insert(&t.creator.PersonID, person, fmt.Sprintf("creator%d@bench.example", n), now, now),
		insert(&t.brand.BrandID, "INSERT INTO brands (public_id, name, country, created_at) VALUES (?, 'A brand', 'GB', ?)", models.NewPublicID(), now),
		insert(&t.creator.CreatorID, "INSERT INTO creators (public_id, person_id, name, country, zone, listed, created_at, updated_at) VALUES (?, ?, 'A creator', 'GB', 'Europe/London', TRUE, ?, ?)",
			creator, t.creator.PersonID, now, now),
	)
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		a.DB.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'owner', ?)", t.brand.BrandID, t.brand.PersonID, now).Error,
		insert(&account, "INSERT INTO creator_accounts (creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (?, 'tiktok', ?, ?, 'imported', ?, 42000, TRUE, ?, ?)",
			t.creator.CreatorID, fmt.Sprint("bench", n), fmt.Sprint("bench", n), now, now, now),
	)
	if err != nil {
		return nil, err
	}
	sent, err := a.Negotiations.Propose(ctx, t.brand, creator, t.form(), models.NewPublicID())
	if err != nil {
		return nil, err
	}
	t.id = sent.Negotiation
	return t, a.DB.Read(ctx).Raw("SELECT id FROM negotiations WHERE public_id = ?", t.id).Scan(&t.row).Error
}

// form is an offer that says something else each time.
func (t *talk) form() negotiation.OfferForm {
	return negotiation.OfferForm{Message: "Would you try our oats?", Form: terms.Form{
		Product: "Oat box", Fee: strconv.Itoa(400 + t.latest%2), Currency: "GBP", Rights: []terms.RightForm{{Days: "30"}}, Disclosure: "#ad",
		Deliverables: []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: models.DateOf(models.SystemClock()).AddDays(60 + t.latest%2).String()}},
	}}
}

// counter answers the latest offer.
func (t *talk) counter(ctx context.Context) error {
	by := t.creator
	if t.latest%2 == 0 {
		by = t.brand
	}
	answer := negotiation.Answer{To: t.latest, Key: models.NewPublicID()}
	t.latest++
	answer.Form = t.form()
	_, err := t.app.Negotiations.Counter(ctx, by, t.id, answer)
	return err
}
