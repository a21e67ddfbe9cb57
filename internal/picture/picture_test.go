package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/vector"

	"tribemarket/models"
	"tribemarket/views/components"
)

func drawer(t *testing.T) *Drawer {
	t.Helper()
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func path(name string) string { return components.Mark{Name: name}.Path() }

func card(name, handle string) Card {
	return Card{
		Name: name, Handle: handle, Where: "TikTok " + handle, Site: "Tribemarket",
		Tribes:  []Tribe{{"FoodTok", Mark{path("bowl"), 4}}, {"BookTok", Mark{path("bars"), 28}}},
		Avatar:  Avatar{First: Mark{path("bowl"), 4}, Second: Mark{path("bars"), 4}, Initials: "LC"},
		Figures: []Figure{{"Followers", "48,210"}, {"Engagement", "8.2%"}, {"Median views", "19,400"}},
		Source:  "Verified on TikTok, 20 Nov 2026",
	}
}

func TestAPictureIsAPNGOfTheRightSize(t *testing.T) {
	t.Parallel()
	d := drawer(t)
	for what, c := range map[string]Card{
		"usual":   card("Léa Cuisine", "@lea.cuisine"),
		"long":    card("Wilhelmina-Alexandrina van der Oosterhuizen-Schimmelpenninck tot Grootegast", "@wilhelmina"),
		"one":     card(strings.Repeat("W", 80), "@w"),
		"empty":   {},
		"foreign": card("美食家 小林", "@kobayashi"),
	} {
		b, err := d.Draw(t.Context(), c)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil || img.Bounds() != image.Rect(0, 0, Width, Height) || len(b) > 300_000 {
			t.Errorf("%s: %v, %d bytes, %v", what, img.Bounds(), len(b), err)
		}
		if again, err := d.Draw(t.Context(), c); err != nil || !bytes.Equal(b, again) {
			t.Errorf("%s: the same card gives another picture, %v", what, err)
		}
		if dir := os.Getenv("PICTURES"); dir != "" {
			if err := os.WriteFile(dir+"/"+what+".png", b, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}

// A portrait takes the drawing's place, cut to a square.
func TestAPortraitStandsInsteadOfTheDrawing(t *testing.T) {
	t.Parallel()
	portrait := image.NewRGBA(image.Rect(0, 0, 300, 100))
	draw.Draw(portrait, portrait.Rect, image.NewUniform(color.RGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
	draw.Draw(portrait, image.Rect(100, 0, 200, 100), image.NewUniform(color.RGBA{0, 0, 200, 255}), image.Point{}, draw.Src)
	var file bytes.Buffer
	if err := png.Encode(&file, portrait); err != nil {
		t.Fatal(err)
	}
	c := card("Léa Cuisine", "@lea.cuisine")
	c.Avatar.Portrait = file.Bytes()
	b, err := drawer(t).Draw(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{avatarLeft + 8, topLine + 48}, {avatarLeft + avatarSize - 8, topLine + 30 + avatarSize}} {
		if r, _, b, _ := img.At(at.X, at.Y).RGBA(); b>>8 < 190 || r>>8 > 20 {
			t.Errorf("%v is %v", at, img.At(at.X, at.Y))
		}
	}
	c.Avatar.Portrait = []byte("broken")
	if _, err := drawer(t).Draw(t.Context(), c); err == nil {
		t.Error("a broken portrait is drawn")
	}
}

func TestWhatTheFontsLackGivesWayToTheHandle(t *testing.T) {
	t.Parallel()
	d := drawer(t)
	s := &canvas{serif: d.serif, sans: d.sans}
	for _, tc := range []struct{ name, handle, want string }{
		{"Léa Cuisine", "@lea", "Léa Cuisine"},
		{"Zoe\u0308 Ñandú", "@zoe", "Zoë Ñandú"},
		{"Ελένη Παπά", "@eleni", "Ελένη Παπά"},
		{"Ольга", "@olga", "Ольга"},
		{"Léa 🌸✨ Cuisine", "@lea", "Léa Cuisine"},
		{"🌸", "@lea", "@lea"},
		{"小林", "@kobayashi", "@kobayashi"},
		{"Léa 小林", "@lea", "@lea"},
		{"ליאה", "@lea.he", "@lea.he"},
		{"ليلى", "@leila", "@leila"},
		{"लीला", "@leela", "@leela"},
		{"a\u200bb\u202ec", "@x", "abc"},
		{"48\u202f210 €", "", "48\u00a0210 €"},
		{"小林", "@小林", ""},
		{"", "", ""},
	} {
		if got := s.drawableText(tc.name, tc.handle); got != tc.want {
			t.Errorf("%q or %q: %q, want %q", tc.name, tc.handle, got, tc.want)
		}
	}
}

func TestLongNamesBreakOnceAndAreCut(t *testing.T) {
	t.Parallel()
	d := drawer(t)
	s := &canvas{serif: d.serif, sans: d.sans}
	if lines, size := s.fitName("Léa Cuisine", 720); len(lines) != 1 || size != 68 {
		t.Errorf("%q in %v", lines, size)
	}
	lines, size := s.fitName("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen", 720)
	if len(lines) != 2 || size != 52 || !strings.HasSuffix(lines[1], "fifteen") {
		t.Errorf("%q in %v", lines, size)
	}
	face := s.newFace(s.serif, 52)
	if got := cutToWidth(face, lines[1], 720); !strings.HasSuffix(got, "…") || s.textWidth(got, 52, s.serif) > 720 {
		t.Errorf("cut to %q", got)
	}
}

// Every mark that a page can show is drawn, inside its field, and with its holes.
func TestEveryMarkIsDrawn(t *testing.T) {
	t.Parallel()
	for _, name := range components.MarkNames() {
		s := &canvas{img: image.NewRGBA(image.Rect(0, 0, Width, Height))}
		s.drawMark(Mark{Path: path(name)}, 120, 120, 120, color.Black)
		if s.err != nil {
			t.Errorf("%s: %v", name, s.err)
			continue
		}
		var inside, outside int
		field := image.Rect(119, 119, 242, 242)
		for i := 3; i < len(s.img.Pix); i += 4 {
			if s.img.Pix[i] > 127 {
				if (image.Point{i / 4 % Width, i / 4 / Width}).In(field) {
					inside++
				} else {
					outside++
				}
			}
		}
		if inside < 2500 || outside > 0 {
			t.Errorf("%s: %d pixels inside its field, %d outside", name, inside, outside)
		}
		hollow := name == "ring" || name == "target"
		if got := s.img.RGBAAt(180, 180).A == 0; hollow && !got {
			t.Errorf("%s has no hole", name)
		}
	}
}

func TestPathsAreRead(t *testing.T) {
	t.Parallel()
	end := func(d string) (x, y float64, err error) {
		p := pathPen{r: vector.NewRasterizer(10, 10), scale: 1}
		err = p.drawPath(d)
		return p.x, p.y, err
	}
	for d, want := range map[string][2]float64{
		"M1 2":                     {1, 2},
		"M1-2l.5.5":                {1.5, -1.5},
		"m1 1 2 2 3 3":             {6, 6},
		"M1 1h4v-3H0V9":            {0, 9},
		"M0 0c1 1 2 2 3 3s1 1 2 2": {5, 5},
		"M0 0C1 1 2 2 3 4S1 1 2 2": {2, 2},
		"M0 0a5 5 0 0110 0":        {10, 0},
		"M0 0A5 5 0 1 0 3,4":       {3, 4},
		"M3 3l1 1z":                {3, 3},
		"M0 0a0 5 0 0 1 2 2":       {2, 2},
		"M0 0a1 1 0 0 1 10 0l1 0":  {11, 0},
		"M5 5a1 1 0 0 1 0 0":       {5, 5},
		"M1,1 L2,2\nL3,3\t":        {3, 3},
		"M0 0h1e":                  {-1, -1},
		"M0":                       {-1, -1},
		"T1 1":                     {-1, -1},
		"M0 0 Lx":                  {-1, -1},
		"1 1":                      {-1, -1},
	} {
		x, y, err := end(d)
		if want[0] == -1 && want[1] == -1 {
			if err == nil {
				t.Errorf("%q was read", d)
			}
			continue
		}
		if err != nil || x != want[0] || y != want[1] {
			t.Errorf("%q ends at %v %v, %v", d, x, y, err)
		}
	}
}

// The colours are those of the pages: checked against what a browser makes of
// the same tokens.
func TestColoursAreTheLooks(t *testing.T) {
	t.Parallel()
	for want, got := range map[color.RGBA]color.RGBA{
		{0xff, 0xff, 0xff, 0xff}: oklchColour(1, 0, 0),
		{0, 0, 0, 0xff}:          oklchColour(0, 0, 0),
		{0xff, 0, 0, 0xff}:       oklchColour(0.62796, 0.25768, 29.2339),
		{0, 0, 0xff, 0xff}:       oklchColour(0.45201, 0.31321, 264.052),
	} {
		if got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	if m := mixColours(color.RGBA{0, 100, 200, 255}, color.RGBA{100, 100, 100, 255}, 0.5); m != (color.RGBA{50, 100, 150, 255}) {
		t.Errorf("mixed: %v", m)
	}
}

func TestAPictureIsDrawnOnceAndKept(t *testing.T) {
	t.Parallel()
	d := drawer(t)
	pictures := make([][]byte, 100)
	var all sync.WaitGroup
	for i := range pictures {
		all.Go(func() {
			var err error
			if pictures[i], err = d.Draw(t.Context(), card("Léa", "@lea")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, b := range pictures {
		if &b[0] != &pictures[0][0] {
			t.Fatal("the same card is drawn twice")
		}
	}
	if b, err := d.Draw(t.Context(), card("Léa", "@lea")); err != nil || &b[0] != &pictures[0][0] {
		t.Errorf("it is not kept: %v", err)
	}
	if b, err := d.Draw(t.Context(), card("Léa", "@other")); err != nil || bytes.Equal(b, pictures[0]) {
		t.Errorf("another card gives the same picture: %v", err)
	}
}

func TestPicturesWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	d := drawer(t)
	d.queue = models.NewWorkQueue(0, time.Minute, "web.error.busy", time.Second)
	if _, err := d.Draw(t.Context(), card("Léa", "@lea")); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("with a full queue: %v", err)
	}
	d.queue = models.NewWorkQueue(8, time.Minute, "web.error.busy", time.Second)
	var turns []*models.WorkTurn
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		turn, err := d.queue.Enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		turns = append(turns, turn)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Draw(gone, card("Léa", "@lea")); !errors.Is(err, context.Canceled) {
		t.Errorf("who left gets %v", err)
	}
	for _, turn := range turns {
		turn.Leave()
	}
	if _, err := d.Draw(t.Context(), card("Léa", "@lea")); err != nil {
		t.Errorf("after a turn: %v", err)
	}
	if running, waiting := d.queue.Length(); running+waiting != 0 {
		t.Errorf("%d turns were not given back", running+waiting)
	}
}

func TestKeptPicturesAreBounded(t *testing.T) {
	t.Parallel()
	key := func(i int) [sha256.Size]byte { return sha256.Sum256([]byte{byte(i)}) }
	c := pictureCache{limit: 100}
	for i := range 20 {
		c.add(key(i), make([]byte, 10))
		if _, ok := c.get(key(0)); !ok {
			t.Fatalf("the one that was asked for last is gone after %d", i)
		}
	}
	if c.size != 100 || c.latest.Len() != 10 || len(c.at) != 10 {
		t.Errorf("%d bytes of %d pictures are kept", c.size, c.latest.Len())
	}
	if _, ok := c.get(key(1)); ok {
		t.Error("the oldest is kept")
	}
	if c.add(key(30), make([]byte, 101)); c.size != 0 || len(c.at) != 0 {
		t.Errorf("one larger than the limit leaves %d bytes", c.size)
	}
}
