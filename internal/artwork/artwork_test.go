package artwork

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"

	"tribemarket/models/files"
	"tribemarket/static/art"
)

// nothingStored is a storage in which nothing is.
type nothingStored struct{ files.Storage }

func (nothingStored) Open(context.Context, string) (io.ReadSeekCloser, error) {
	return nil, files.ErrNoBytes
}

func open(t *testing.T, key string) []byte {
	t.Helper()
	f, err := Storage{nothingStored{}}.Open(context.Background(), key)
	if err != nil {
		t.Fatal(key, err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestVariantsArePaintedFromTheirKeys(t *testing.T) {
	t.Parallel()
	cake := art.Find("cake")
	square := cake
	square.Square = true
	seen := map[string]string{} // bytes to the variant
	for _, v := range []Variant{
		{Drawing: cake}, {Drawing: cake, Mirrored: true}, {Drawing: cake, Ground: 9}, {Drawing: cake, Things: 1}, {Drawing: square}, {Drawing: art.Find("face-03"), Ground: 4},
	} {
		key := v.Key()
		if len(key) != 32 {
			t.Fatalf("%q", key)
		}
		l, err := v.Look()
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range files.Sides() {
			hex := fmt.Sprintf("%04x", side)
			b := open(t, key+hex)
			m, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(key, side, err)
			}
			size := m.Bounds().Size()
			if longest := max(size.X, size.Y); longest > side || size.X*l.Height != size.Y*l.Width {
				t.Errorf("%s, %d: %v", v.Drawing.Name, side, size)
			}
			if side == 1600 && (size.X != l.Width || size.Y != l.Height) {
				t.Errorf("%s is %v, and not %d by %d", v.Drawing.Name, size, l.Width, l.Height)
			}
			if of := fmt.Sprint(v); seen[string(b)] != "" && seen[string(b)] != of {
				t.Errorf("%+v, %d: looks like another one", v, side)
			} else {
				seen[string(b)] = of
			}
		}
		again := v
		again.Number = 7
		if again.Key() == key || !bytes.Equal(open(t, again.Key()+"00a0"), open(t, key+"00a0")) {
			t.Error("the number changes the picture, or not its key")
		}
	}
}

func TestOtherKeysAreLeftToTheStorageBelow(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", strings.Repeat("0", 36), Variant{Drawing: art.Find("cake")}.Key(), "d5a31196ff" + strings.Repeat("0", 26)} {
		if _, err := (Storage{nothingStored{}}).Open(context.Background(), key); !errors.Is(err, files.ErrNoBytes) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// Marigold means "yours, now" on our pages; no turned colour takes it.
func TestTurnedColoursStayCalm(t *testing.T) {
	t.Parallel()
	for _, d := range append(art.Works(), art.Faces()...) {
		of, err := inkOf(d)
		if err != nil {
			t.Fatal(err)
		}
		for steps := range uint8(24) {
			if steps == 0 {
				continue
			}
			for _, c := range recolour(of.palette, of.behind, radians(steps), radians(steps)) {
				x := lightChromaHueOf(c)
				if x.c > maxTurnedChroma+0.03 || x.h > marigoldFrom+0.05 && x.h < marigoldTo-0.05 && x.c > dullChroma+0.02 {
					t.Fatalf("%s, %d steps: %v is %+v", d.Name, steps, c, x)
				}
			}
		}
	}
}
