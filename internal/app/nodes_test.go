package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/models/search"
)

// nodeDatabase names, in the environment, the database of which this binary is
// another node instead of a test.
const nodeDatabase = "TRIBEMARKET_TEST_NODE"

func TestMain(m *testing.M) {
	if address := os.Getenv(nodeDatabase); address != "" {
		if err := serveNode(address, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// seen is what a node finds for an actor.
type seen struct {
	Ready bool
	Total int64
	Hits  []string // public ids
	Score int64    // the most points of words
}

// serveNode follows a database and answers each actor's line with what their
// search finds there.
func serveNode(address string, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a, err := app.Open(ctx, config.Config{DatabaseURL: address, SecretKeys: config.Secret("test:" + testkit.SealingKey), DigestKey: testkit.SealingKey, MailDir: os.TempDir(), FilesDir: filepath.Join(os.TempDir(), "files")}, testkit.NewClock().Now, log)
	if err != nil {
		return err
	}
	go a.Search.FollowChanges(ctx, log)
	answers := json.NewEncoder(out)
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var actor models.Actor
		if err := json.Unmarshal(lines.Bytes(), &actor); err != nil {
			return err
		}
		hidden, err := a.Moderation.CreatorsHiddenFrom(ctx, actor)
		if err != nil {
			return err
		}
		r, err := a.Search.Search(ctx, search.Filter{Hidden: hidden})
		if err != nil && models.CodeOf(err) != models.CodeUnavailable { // which it is before it is ready
			return err
		}
		x := seen{Ready: a.Search.IndexState().Ready, Total: r.Total}
		for _, h := range r.Hits {
			x.Hits = append(x.Hits, h.Creator.PublicID)
			for _, p := range h.Parts {
				if p.Key == "words" {
					x.Score = p.Most
				}
			}
		}
		if err := answers.Encode(x); err != nil {
			return err
		}
	}
	return nil
}

// otherNode is another process on the same database.
type otherNode struct {
	t       *testing.T
	ask     io.Writer
	answers *json.Decoder
}

func startNode(t *testing.T, address string) *otherNode {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), nodeDatabase+"="+address)
	c.Stderr = os.Stderr
	in, err1 := c.StdinPipe()
	out, err2 := c.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	})
	return &otherNode{t, in, json.NewDecoder(out)}
}

func (n *otherNode) search(actor models.Actor) (x seen) {
	n.t.Helper()
	line, err := json.Marshal(actor)
	if err != nil {
		n.t.Fatal(err)
	}
	if _, err := n.ask.Write(append(line, '\n')); err != nil {
		n.t.Fatal(err)
	}
	if err := n.answers.Decode(&x); err != nil {
		n.t.Fatal(err)
	}
	return x
}

// within waits until a search is as it should be, and says how long it took.
func (n *otherNode) within(most time.Duration, what string, actor models.Actor, right func(seen) bool) {
	n.t.Helper()
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	late := time.After(most)
	for {
		x := n.search(actor)
		if right(x) {
			return
		}
		select {
		case <-late:
			n.t.Errorf("%s: after %v another node finds %+v", what, most, x)
			return
		case <-ticks.C:
		}
	}
}

// Creators who are unlisted, suspended, erased or who have blocked a brand are
// not on another node's pages at once, and in none of its counts two seconds later.
func TestNodesFollowWhoIsListed(t *testing.T) {
	t.Parallel()
	a := apptest.NewOnPostgres(t)
	ctx := context.Background()
	node := startNode(t, a.Config.DatabaseURL)
	nobody := models.Actor{}
	node.within(20*time.Second, "the index of nobody", nobody, func(x seen) bool { return x.Ready && x.Total == 0 })

	brand := a.SignUpBrand(t, "fonte")
	ids, actors := map[string]string{}, map[string]models.Actor{}
	for _, handle := range []string{"penne.sandbox", "chapter.sandbox", "solder.sandbox", "threevideos.sandbox", "novideos.sandbox"} {
		actors[handle], ids[handle] = a.JoinCreator(t, handle)
	}
	node.within(2*time.Second, "five who joined", nobody, func(x seen) bool { return x.Total == 5 && len(x.Hits) == 5 })

	left := int64(5)
	for _, x := range []struct {
		what, handle string
		do           func(actor models.Actor, id string) error
	}{
		{"unlisted", "penne.sandbox", func(actor models.Actor, _ string) error {
			if err := a.Accounts.ConfirmEmailWithoutLink(ctx, actor.PersonID, "penne@creator.example"); err != nil {
				return err
			}
			all, err := a.Creators.ListOwnConnections(ctx, actor)
			if err != nil {
				return err
			}
			return a.Creators.DisconnectAccount(ctx, actor, all[0].PublicID)
		}},
		{"suspended", "chapter.sandbox", func(_ models.Actor, id string) error {
			return a.Moderation.SuspendSubject(ctx, a.CreateAdmin(t), moderation.Creator, id, apptest.SuspensionReason)
		}},
		{"suspended as a person", "threevideos.sandbox", func(actor models.Actor, _ string) error {
			return a.Moderation.SuspendPerson(ctx, a.CreateAdmin(t), actor.PersonID, apptest.SuspensionReason)
		}},
		{"erased", "solder.sandbox", func(actor models.Actor, _ string) error { return a.Privacy.EraseActor(ctx, actor, "gone") }},
	} {
		if err := x.do(actors[x.handle], ids[x.handle]); err != nil {
			t.Fatal(x.what, err)
		}
		left--
		if s := node.search(nobody); slices.Contains(s.Hits, ids[x.handle]) {
			t.Errorf("%s: still on the page: %+v", x.what, s)
		}
		node.within(2*time.Second, x.what, nobody, func(s seen) bool { return s.Total == left && int64(len(s.Hits)) == left })
	}

	brandPage, err := a.Accounts.OwnBrand(ctx, brand)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Moderation.BlockParty(ctx, actors["novideos.sandbox"], brandPage.PublicID); err != nil {
		t.Fatal(err)
	}
	if s := node.search(brand); s.Total != 0 || len(s.Hits) != 0 {
		t.Errorf("who has blocked the brand is found: %+v", s)
	}
	if s := node.search(nobody); s.Total != 1 {
		t.Errorf("others find %+v", s)
	}
}

// Weights that an administrator changes on one node hold on the others within
// two seconds.
func TestNodesFollowWeights(t *testing.T) {
	t.Parallel()
	a := apptest.NewOnPostgres(t)
	a.JoinCreator(t, "penne.sandbox")
	node := startNode(t, a.Config.DatabaseURL)
	nobody := models.Actor{}
	node.within(20*time.Second, "the index", nobody, func(x seen) bool { return x.Ready && x.Score == 300 })
	weights := map[string]string{"words": "777", "tribe": "1", "engagement": "1", "trust": "1", "price": "1", "response": "1"}
	if err := a.Search.SetRelevanceWeights(context.Background(), a.CreateAdmin(t), search.RelevanceWeightsForm{Weights: weights, Version: "0"}); err != nil {
		t.Fatal(err)
	}
	node.within(2*time.Second, "weights", nobody, func(x seen) bool { return x.Score == 777 })
}
