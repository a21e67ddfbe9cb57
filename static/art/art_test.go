package art

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
)

const maxSetSize = 2_000_000 // bytes of all files, which are part of the program

func TestTheSetStaysSmall(t *testing.T) {
	t.Parallel()
	var size int64
	all, err := fs.Glob(Files, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		i, err := fs.Stat(Files, name)
		if err != nil {
			t.Fatal(err)
		}
		size += i.Size()
	}
	if size > maxSetSize {
		t.Errorf("%d files are %d bytes", len(all), size)
	}
	if len(Works()) != 40 || len(Faces()) != 12 || len(Signs()) != 6 {
		t.Errorf("%d works, %d faces, %d signs", len(Works()), len(Faces()), len(Signs()))
	}
}

func TestEveryDrawingIsWhole(t *testing.T) {
	t.Parallel()
	files, _ := fs.Glob(Files, "*.png")
	var used []string
	all := slices.Concat(Works(), Faces(), Signs())
	for _, d := range Works() {
		d.Square = true
		all = append(all, d)
	}
	for _, d := range all {
		width, height := d.Size()
		if upright := height*4 == width*5; width != height && !upright || width == height && !d.Square && d.Tribes != nil {
			t.Errorf("%s: %d by %d", d.Name, width, height)
		}
		for _, side := range d.Sides() {
			used = append(used, d.File(side))
			m := d.open(side)
			if longest := max(m.Rect.Dx(), m.Rect.Dy()); longest > side || side < 1600 && longest != side {
				t.Errorf("%s is %v", d.File(side), m.Rect)
			}
		}
		if len(d.Colour()) != len("#rrggbb") || !i18n.HasText(d.AltKey()) || Find(d.Name).Name != d.Name {
			t.Errorf("%s: %q, %s", d.Name, d.Colour(), d.AltKey())
		}
	}
	slices.Sort(used)
	if !slices.Equal(files, used) {
		t.Errorf("%d files, of which %d are used", len(files), len(used))
	}
}

func TestWorksSuitTribes(t *testing.T) {
	t.Parallel()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	suited := map[string]int{}
	for _, d := range Works() {
		for _, slug := range d.Tribes {
			if _, ok := catalogue.TribeBySlug(slug); !ok {
				t.Errorf("%s suits %s, which is no tribe", d.Name, slug)
			}
			suited[slug]++
		}
	}
	for _, tribe := range catalogue.VisibleTribes() {
		if suited[tribe.Slug] == 0 {
			t.Errorf("no work suits %s", tribe.Slug)
		}
	}
}

// What belongs to a trade is shown by tribes that have to do with it, and by no other.
func TestWorksOfATradeStayInIt(t *testing.T) {
	t.Parallel()
	for _, trade := range []struct{ works, tribes string }{
		{"onepan noodles loaf citrus cake pot", "foodtok parenttok coupletok wellnesstok hometok"},
		{"lipsticks palette serum compact polish soaps perfume cream brushes mask", "beautytok skintok hairtok nailtok cosplaytok arttok wellnesstok fashiontok crafttok asmrtok"},
		{"keyboard headphones controller", "techtok gametok musictok dancetok kpoptok animetok edittok comedytok toytok reacttok asmrtok"},
		{"kettlebell sneaker", "fittok sporttok footballtok wellnesstok fashiontok dancetok kpoptok outdoortok skatetok"},
	} {
		for name := range strings.FieldsSeq(trade.works) {
			for _, slug := range Find(name).Tribes {
				if !slices.Contains(strings.Fields(trade.tribes), slug) {
					t.Errorf("%s is shown by %s", name, slug)
				}
			}
		}
	}
}

func TestAWrongNameIsAMistakeOfOurs(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("Find answers for a drawing that is not there")
		}
	}()
	Find("nothing")
}
