package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

var errMember = errors.New("a member's own")

// desk is a database with a table of notes, each written by a transaction.
type desk struct {
	*testing.T
	*db.DB
}

func newDesk(t *testing.T) *desk {
	d := testkit.NewSQLite(t)
	d.ShareCommits(time.Hour)
	x := &desk{t, d}
	x.exec("CREATE TABLE notes (name TEXT, person INTEGER REFERENCES people(id) DEFERRABLE INITIALLY DEFERRED)")
	return x
}

func (x *desk) exec(statement string, args ...any) {
	x.Helper()
	if err := x.Read(context.Background()).Exec(statement, args...).Error; err != nil {
		x.Fatal(err)
	}
}

// notes are the names of those that are committed, in order.
func (x *desk) notes() string {
	x.Helper()
	var names []string
	if err := x.Read(context.Background()).Raw("SELECT name FROM notes ORDER BY rowid").Scan(&names).Error; err != nil {
		x.Error(err)
	}
	return strings.Join(names, " ")
}

func addNote(tx *db.Tx, name string) error {
	return tx.Exec("INSERT INTO notes (name) VALUES (?)", name).Error
}

// member is one of the transactions that wait while another holds the turn.
type member struct {
	ctx context.Context //nolint:containedctx // of its call
	do  func(*db.Tx) error
}

// together has members wait in this order, and then share a commit behind a first note.
func (x *desk) together(members ...member) []error {
	x.Helper()
	errs := make([]error, len(members)+1)
	var all sync.WaitGroup
	begun, release := make(chan bool), make(chan bool)
	all.Go(func() {
		errs[len(members)] = x.Tx(context.Background(), func(tx *db.Tx) error {
			close(begun)
			<-release
			return addNote(tx, "first")
		})
	})
	<-begun
	for i, m := range members {
		all.Go(func() {
			errs[i] = errors.New("it did not return")
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			ctx := m.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			errs[i] = x.Tx(ctx, m.do)
		})
		for x.WaitingWriters() != i+1 {
			runtime.Gosched()
		}
	}
	close(release)
	all.Wait()
	return errs
}

func writes(name string) member {
	return member{do: func(tx *db.Tx) error { return addNote(tx, name) }}
}

type noteArgs struct {
	Name string `json:"name"`
}

func (noteArgs) Kind() string { return "test.note" }

// One that fails, in whatever way, leaves nothing behind and takes nobody with it.
func TestTransactionsThatShareACommitFailAlone(t *testing.T) {
	t.Parallel()
	for how, fails := range map[string]func() error{
		"error": func() error { return errMember }, "panic": func() error { panic("a member's own") }, "goexit": func() error { runtime.Goexit(); return nil },
	} {
		for at := range 4 {
			x := newDesk(t)
			var members []member
			for i := range 4 {
				members = append(members, member{do: func(tx *db.Tx) error {
					if n := x.notes(); n != "" {
						t.Errorf("%s: they don't share a commit: %q", how, n)
					}
					name := fmt.Sprint("n", i)
					if err := errors.Join(addNote(tx, name), tx.Enqueue(noteArgs{name}, nil)); err != nil || i != at {
						return err
					}
					return fails()
				}})
			}
			errs := x.together(members...)
			want := slices.Delete([]string{"first", "n0", "n1", "n2", "n3"}, at+1, at+2)
			if got := x.notes(); got != strings.Join(want, " ") {
				t.Errorf("%s at %d: %s", how, at, got)
			}
			var jobs int64
			x.Read(context.Background()).Raw("SELECT count(*) FROM river_job WHERE kind = 'test.note'").Scan(&jobs)
			if jobs != 3 {
				t.Errorf("%s at %d: %d jobs", how, at, jobs)
			}
			for i, err := range errs {
				if (err != nil) != (i == at) || i == at && how != "goexit" && !strings.Contains(err.Error(), "a member's own") {
					t.Errorf("%s at %d: the %d. is told %v", how, at, i, err)
				}
			}
		}
	}
}

// A commit that fails is nobody's success.
func TestACommitThatFailsIsToldToAll(t *testing.T) {
	t.Parallel()
	for what, breaks := range map[string]func(*db.Tx) error{
		"the commit":        func(tx *db.Tx) error { return tx.Exec("INSERT INTO notes (name, person) VALUES ('b', 4711)").Error },
		"rolled back whole": func(tx *db.Tx) error { return errors.Join(tx.Exec("ROLLBACK").Error, errMember) }, // as SQLite does on a full disk
	} {
		x := newDesk(t)
		for i, err := range x.together(writes("a"), member{do: breaks}, writes("c")) {
			if (err == nil) != (what == "rolled back whole" && i == 2) {
				t.Errorf("%s: the %d. is told %v", what, i, err)
			}
		}
		if got, want := x.notes(), map[string]string{"the commit": "", "rolled back whole": "c"}[what]; got != want {
			t.Errorf("%s: there is %q", what, got)
		}
		if err := x.Tx(context.Background(), writes("later").do); err != nil || !strings.HasSuffix(x.notes(), "later") {
			t.Errorf("%s: afterwards %v, %q", what, err, x.notes())
		}
	}
}

// Whoever is gone while they wait, or during their turn, leaves the group.
func TestWhoIsGoneLeavesTheGroup(t *testing.T) {
	t.Parallel()
	x := newDesk(t)
	early, leave := context.WithCancel(context.Background())
	middle, cancel := context.WithCancel(context.Background())
	var ran atomic.Bool
	errs := make(chan error, 1)
	begun, release := make(chan bool), make(chan bool)
	go func() { errs <- x.Tx(context.Background(), func(*db.Tx) error { close(begun); <-release; return nil }) }()
	<-begun
	waits := make(chan error, 1)
	go func() { waits <- x.Tx(early, func(*db.Tx) error { ran.Store(true); return nil }) }()
	for x.WaitingWriters() != 1 {
		runtime.Gosched()
	}
	leave()
	if err := <-waits; !errors.Is(err, context.Canceled) || ran.Load() || x.WaitingWriters() != 0 {
		t.Errorf("%v, its function ran: %v", err, ran.Load())
	}
	close(release)
	if err := <-errs; err != nil {
		t.Error(err)
	}
	told := x.together(writes("a"), member{middle, func(tx *db.Tx) error {
		err := addNote(tx, "b")
		cancel()
		return errors.Join(err, addNote(tx, "b again"))
	}}, writes("c"))
	if told[0] != nil || !errors.Is(told[1], context.Canceled) || told[2] != nil || x.notes() != "first a c" {
		t.Errorf("%v, %s", told, x.notes())
	}
}

// A group has a bound, and who waits longest comes first.
func TestAGroupIsBounded(t *testing.T) {
	t.Parallel()
	x := newDesk(t)
	seen := map[string]int{} // members by what was committed when they began
	var members []member
	var want []string
	for i := range 2*db.MaxGroupMembers + 5 {
		name := fmt.Sprint("n", i)
		want = append(want, name)
		members = append(members, member{do: func(tx *db.Tx) error { seen[x.notes()]++; return addNote(tx, name) }})
	}
	x.together(members...)
	if got := x.notes(); got != "first "+strings.Join(want, " ") {
		t.Errorf("in another order: %s", got)
	}
	for _, n := range seen {
		if n > db.MaxGroupMembers {
			t.Errorf("%d share a commit", n)
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d commits", len(seen))
	}
	x.ShareCommits(0) // as if each took long
	seen = map[string]int{}
	x.together(members[:4]...)
	if len(seen) != 4 {
		t.Errorf("%d commits of four long ones", len(seen))
	}
}

// At random: what is acknowledged is there at once, and what is not, is not.
func TestWhatIsAcknowledgedIsCommitted(t *testing.T) {
	t.Parallel()
	x := newDesk(t)
	x.ShareCommits(5 * time.Millisecond)
	var all sync.WaitGroup
	var done atomic.Int64
	for client := range 8 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(client), 1))
			for i := range 25 {
				name := fmt.Sprintf("%d-%d", client, i)
				ctx, cancel := context.WithCancel(context.Background())
				how := r.IntN(5)
				err := x.tryTx(ctx, func(tx *db.Tx) error {
					err := errors.Join(addNote(tx, name), tx.Enqueue(noteArgs{name}, &river.InsertOpts{}))
					switch how {
					case 0:
						return errMember
					case 1:
						cancel()
					case 2:
						panic("a member's own")
					}
					return err
				})
				cancel()
				var n int64
				x.Read(context.Background()).Raw("SELECT count(*) FROM notes WHERE name = ?", name).Scan(&n)
				if (err == nil) != (how > 2) || (n == 1) != (err == nil) {
					t.Errorf("%s, %d: told %v, there are %d", name, how, err, n)
				}
				if err == nil {
					done.Add(1)
				}
			}
		})
	}
	all.Wait()
	var notes, jobs int64
	x.Read(context.Background()).Raw("SELECT count(*) FROM notes").Scan(&notes)
	x.Read(context.Background()).Raw("SELECT count(*) FROM river_job WHERE kind = 'test.note'").Scan(&jobs)
	if notes != done.Load() || jobs != notes {
		t.Errorf("%d acknowledged, %d notes, %d jobs", done.Load(), notes, jobs)
	}
}

// tryTx is Tx that turns a panic into an error.
func (x *desk) tryTx(ctx context.Context, do func(*db.Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return x.Tx(ctx, do)
}
