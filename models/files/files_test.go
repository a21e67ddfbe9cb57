package files_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/files"
)

// memory is a Storage.
type memory struct {
	mu    sync.Mutex
	bytes map[string]string
	since time.Time
	fails error
}

func (m *memory) Put(_ context.Context, key string, r io.Reader, _ string) error {
	b, err := io.ReadAll(r)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fails != nil {
		return m.fails
	}
	m.bytes[key] = string(b)
	return err
}

type nopSeekCloser struct{ *strings.Reader }

func (nopSeekCloser) Close() error { return nil }

func (m *memory) Open(_ context.Context, key string) (io.ReadSeekCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.bytes[key]
	if !ok {
		return nil, files.ErrNoBytes
	}
	return nopSeekCloser{strings.NewReader(b)}, nil
}

func (m *memory) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.bytes, key)
	return nil
}

func (m *memory) ListKeys(_ context.Context, after string, most int) (all []files.StoredKey, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range slices.Sorted(maps.Keys(m.bytes)) {
		if k > after && len(all) < most {
			all = append(all, files.StoredKey{Key: k, StoredAt: m.since})
		}
	}
	return all, nil
}

type world struct {
	*files.Store
	t       testing.TB
	db      *db.DB
	clock   *testkit.Clock
	storage *memory
	creator models.Actor
	other   models.Actor
}

// decodeFake takes any text for a picture.
func decodeFake(_ context.Context, file io.ReadSeeker) (files.Decoded, error) {
	b, err := io.ReadAll(file)
	if string(b) == "broken" {
		return files.Decoded{}, models.Invalid("file", "files.error.broken")
	}
	return files.Decoded{Width: 1600, Height: 1200, Colour: "#a0b0c0", Type: "image/jpeg", Sizes: [][]byte{[]byte(string(b) + "1600"), []byte(string(b) + "480"), []byte(string(b) + "160")}}, err
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock, storage := testkit.NewClock(), &memory{bytes: map[string]string{}}
	storage.since = clock.Now()
	w := &world{files.NewStore(d, clock.Now, storage, decodeFake, creators.PictureRules()), t, d, clock, storage, models.Actor{}, models.Actor{}}
	w.creator, w.other = w.newCreator("ada"), w.newCreator("bo")
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// newCreator is a listed creator's actor.
func (w *world) newCreator(name string) models.Actor {
	w.t.Helper()
	var person, creator int64
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error {
		now := w.clock.Now()
		return errors.Join(
			tx.Raw("INSERT INTO people (name, created_at) VALUES (?, ?) RETURNING id", name, now).Scan(&person).Error,
			tx.Raw("INSERT INTO creators (public_id, person_id, name, listed, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id", name, person, name, true, now, now).Scan(&creator).Error,
		)
	}))
	return models.Actor{PersonID: person, CreatorID: creator}
}

func (w *world) add(use files.Use, content string) files.Picture {
	w.t.Helper()
	p, err := w.AddPicture(context.Background(), w.creator, use, strings.NewReader(content), content)
	w.must(err)
	return p
}

// shown are the descriptions of the works that are shown, in order.
func (w *world) shown() (works []string) {
	w.t.Helper()
	found, err := files.PicturesOfCreators(w.db.Read(context.Background()), []int64{w.creator.CreatorID}, files.MaxWorks)
	w.must(err)
	for _, p := range found[w.creator.CreatorID].Works {
		works = append(works, p.Alt)
	}
	return works
}

func (w *world) read(actor models.Actor, p files.Picture, side int) (string, error) {
	w.t.Helper()
	c, err := w.OpenPicture(context.Background(), actor, p.PublicID, side)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(c)
	return string(b), errors.Join(err, c.Close())
}

func onBoth(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { test(t, newWorld(t, d)) })
}

func TestWorksAreShownInTheirOrder(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		var all []files.Picture
		for i := range files.MaxWorks {
			all = append(all, w.add(files.Work, fmt.Sprint(i)))
		}
		if got := strings.Join(w.shown(), ""); got != "012345678" {
			t.Fatal(got)
		}
		_, err := w.AddPicture(ctx, w.creator, files.Work, strings.NewReader("x"), "x")
		if models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("a tenth work: %v", err)
		}
		w.must(w.MovePicture(ctx, w.creator, all[8].PublicID, true))
		w.must(w.MovePicture(ctx, w.creator, all[0].PublicID, false))
		w.must(w.MovePicture(ctx, w.creator, all[7].PublicID, false)) // is last already
		w.must(w.RemovePicture(ctx, w.creator, all[4].PublicID))
		w.must(w.DescribePicture(ctx, w.creator, all[2].PublicID, "two\nlines"))
		if got := strings.Join(w.shown(), ","); got != "1,0,two lines,3,5,6,8,7" {
			t.Error(got)
		}
		w.add(files.Work, "new")
		if got := strings.Join(w.shown(), ","); got != "1,0,two lines,3,new,5,6,8,7" {
			t.Errorf("a new one takes the free place: %s", got)
		}
	})
}

func TestAPortraitTakesThePlaceOfTheOneBefore(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		old, now := w.add(files.Portrait, "old"), w.add(files.Portrait, "now")
		found, err := files.PicturesOfCreators(w.db.Read(context.Background()), []int64{w.creator.CreatorID}, 0)
		w.must(err)
		if p := found[w.creator.CreatorID].Portrait; p == nil || p.PublicID != now.PublicID || len(found[w.creator.CreatorID].Works) != 0 {
			t.Errorf("%+v", p)
		}
		if _, err := w.read(w.creator, old, 160); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("the old one: %v", err)
		}
	})
}

// However many upload at once, there are never more works than a creator shows, and never
// two in a place.
func TestUploadsAtOnceKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		for i := range 14 {
			all.Go(func() {
				_, err := w.AddPicture(context.Background(), w.creator, files.Work, strings.NewReader(fmt.Sprint(i)), fmt.Sprint(i))
				if err != nil && models.CodeOf(err) != models.CodeInvalid && !errors.Is(err, gorm.ErrDuplicatedKey) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := len(w.shown()); n == 0 || n > files.MaxWorks {
			t.Errorf("%d works", n)
		}
	})
}

func TestWhoSeesAndChangesPictures(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		p := w.add(files.Work, "work")
		visitor, brand, admin := models.Actor{}, models.Actor{PersonID: w.other.PersonID, BrandID: 7, Role: models.RoleViewer}, models.Actor{PersonID: w.other.PersonID, Admin: true}
		may := func(actor models.Actor) bool {
			content, err := w.read(actor, p, 480)
			if err != nil && models.CodeOf(err) != models.CodeNotFound {
				t.Error(err)
			}
			return content == "work480"
		}
		for _, at := range []struct {
			change                                string
			visitor, other, brand, creator, admin bool
		}{
			{"UPDATE creators SET listed = listed", true, true, true, true, true},
			{"UPDATE creators SET listed = FALSE", false, false, true, true, true},
			{"UPDATE pictures SET hidden_at = created_at, hidden_reason = 'reported'", false, false, false, true, true},
			{"UPDATE pictures SET hidden_at = NULL, state = 'uploading'", false, false, false, false, false},
			{"UPDATE pictures SET state = 'ready'", false, false, true, true, true},
		} {
			w.must(w.db.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(at.change).Error }))
			if may(visitor) != at.visitor || may(w.other) != at.other || may(brand) != at.brand || may(w.creator) != at.creator || may(admin) != at.admin {
				t.Errorf("%s: %t %t %t %t %t", at.change, may(visitor), may(w.other), may(brand), may(w.creator), may(admin))
			}
		}
		suspended := w.creator
		suspended.Suspended = true
		for actor, want := range map[models.Actor]models.Code{w.other: models.CodeNotFound, visitor: models.CodeNotFound, brand: models.CodeNotFound, admin: models.CodeNotFound, suspended: models.CodeForbidden} {
			for what, err := range map[string]error{
				"describes": w.DescribePicture(ctx, actor, p.PublicID, "x"), "moves": w.MovePicture(ctx, actor, p.PublicID, true), "removes": w.RemovePicture(ctx, actor, p.PublicID),
			} {
				if models.CodeOf(err) != want {
					t.Errorf("%+v %s: %v", actor, what, err)
				}
			}
		}
		if _, err := w.AddPicture(ctx, suspended, files.Work, strings.NewReader("x"), ""); models.CodeOf(err) != models.CodeForbidden {
			t.Errorf("a suspended creator adds: %v", err)
		}
		if _, err := w.AddPicture(ctx, brand, files.Work, strings.NewReader("x"), ""); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a brand adds a work: %v", err)
		}
		for _, side := range []int{0, 161, 2560} {
			if _, err := w.read(w.creator, p, side); models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("side %d: %v", side, err)
			}
		}
	})
}

func TestAnUploadThatIsCutOffIsNeverShown(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		w.storage.fails = errors.New("the disk is full")
		if _, err := w.AddPicture(ctx, w.creator, files.Work, strings.NewReader("x"), "x"); models.CodeOf(err) != models.CodeInternal {
			t.Error(err)
		}
		w.storage.fails = nil
		if _, err := w.AddPicture(ctx, w.creator, files.Work, strings.NewReader("broken"), "x"); models.CodeOf(err) != models.CodeInvalid {
			t.Error(err)
		}
		if len(w.shown()) != 0 || len(w.storage.bytes) != 0 {
			t.Errorf("%v, %v", w.shown(), w.storage.bytes)
		}
		if _, err := w.AddPicture(ctx, w.creator, files.Work, strings.NewReader("x"), strings.Repeat("x", 201)); models.CodeOf(err) != models.CodeInvalid {
			t.Error(err)
		}
	})
}

func TestSweepDeletesWhatNobodyShows(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		kept, removed := w.add(files.Work, "kept"), w.add(files.Work, "removed")
		w.must(w.RemovePicture(ctx, w.creator, removed.PublicID))
		w.must(w.db.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec("INSERT INTO pictures (public_id, creator_id, use, state, colour, width, height, type, bytes, storage_key, created_at) "+
				"VALUES ('cut', ?, 'work', 'uploading', '#000000', 1, 1, 'image/png', 1, ?, ?)", w.creator.CreatorID, strings.Repeat("c", 32), w.clock.Now()).Error
		}))
		w.storage.bytes[strings.Repeat("c", 32)+"00a0"] = "cut off"
		w.storage.bytes[strings.Repeat("e", 32)+"00a0"] = "an orphan"
		sweep := func(wantPictures, wantOrphans, wantKeys int) {
			t.Helper()
			pictures, orphans, err := w.Sweep(ctx)
			if err != nil || pictures != wantPictures || orphans != wantOrphans || len(w.storage.bytes) != wantKeys {
				t.Errorf("%d, %d, %v: %d keys", pictures, orphans, err, len(w.storage.bytes))
			}
		}
		sweep(1, 0, 5) // the upload may still go on, and the orphan be somebody's transaction
		w.clock.Advance(2 * time.Hour)
		sweep(1, 0, 4)
		w.clock.Advance(48 * time.Hour)
		sweep(0, 1, 3)
		if content, err := w.read(w.creator, kept, 160); err != nil || content != "kept160" {
			t.Errorf("%q, %v", content, err)
		}
	})
}

// What an owner shows takes so much room at most.
func TestAnOwnersPicturesHaveSoMuchRoom(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		large := w.add(files.Work, "large")
		for megabytes, want := range map[int]models.Code{1: "", 1000: models.CodeInvalid} {
			w.must(w.db.Tx(ctx, func(tx *db.Tx) error {
				return tx.Exec("UPDATE pictures SET bytes = ? WHERE public_id = ?", megabytes<<20, large.PublicID).Error
			}))
			if _, err := w.AddPicture(ctx, w.creator, files.Portrait, strings.NewReader("x"), ""); err == nil && want != "" || err != nil && models.CodeOf(err) != want {
				t.Errorf("beside %d MB: %v", megabytes, err)
			}
		}
	})
}

func TestAPersonUploadsOnlySoOften(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		w.db.Unlimited = false
		for range models.Uploads.Most {
			w.add(files.Portrait, "again")
		}
		if _, err := w.AddPicture(context.Background(), w.creator, files.Portrait, bytes.NewReader([]byte("x")), ""); models.CodeOf(err) != models.CodeTooMany {
			t.Error(err)
		}
	})
}
