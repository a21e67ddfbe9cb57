package sandbox

import (
	"fmt"
	"slices"
	"testing"
)

func list(n int) []Video {
	videos := make([]Video, n)
	for i := range videos {
		videos[i].ID = fmt.Sprint("v", n-i)
	}
	return videos
}

func ids(videos []Video) []string {
	var all []string
	for _, v := range videos {
		all = append(all, v.ID)
	}
	return all
}

func TestPagesHoldEachPostOnce(t *testing.T) {
	t.Parallel()
	for _, byPlace := range []bool{true, false} {
		for _, n := range []int{0, 1, 9, 10, 11, 30} {
			var got []string
			cursor, pages := "", 0
			for {
				part, next, ok := cutPage(list(n), cursor, 10, byPlace, false)
				if !ok || len(part) > 10 {
					t.Fatalf("%d posts: page %d holds %d, %t", n, pages, len(part), ok)
				}
				got = append(got, ids(part)...)
				if pages++; next == "" {
					break
				}
				cursor = next
			}
			if !slices.Equal(got, ids(list(n))) || pages != max(1, (n+9)/10) {
				t.Errorf("%d posts came as %v on %d pages", n, got, pages)
			}
		}
	}
}

// A new post shifts places and leaves ids alone, as on the platforms.
func TestANewPostShiftsPlacesOnly(t *testing.T) {
	t.Parallel()
	for byPlace, want := range map[bool]string{true: "v11", false: "v10"} {
		_, next, _ := cutPage(list(20), "", 10, byPlace, false)
		if part, _, ok := cutPage(list(21), next, 10, byPlace, false); !ok || part[0].ID != want {
			t.Errorf("by place %t the second page begins with %s", byPlace, part[0].ID)
		}
	}
}

func TestAListWithoutAnEndGoesOn(t *testing.T) {
	t.Parallel()
	cursor, endless := "", true
	for i := range 50 {
		part, next, ok := cutPage(list(3), cursor, 10, false, endless)
		if !ok || next == "" || next == cursor || len(part) != 1 || part[0].ID != list(3)[i%3].ID {
			t.Fatalf("page %d holds %v, next %q", i, ids(part), next)
		}
		cursor, endless = next, false
	}
	if part, next, ok := cutPage(nil, cursor, 10, false, false); !ok || next == "" || len(part) != 0 {
		t.Error("without posts it ends")
	}
}

func TestHostileCursors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cursor string
		ok     bool
	}{
		{"!", false}, {encodeCursor("after", "v404"), false}, {encodeCursor("after", ""), false}, {encodeCursor("what", "v1"), false},
		{encodeCursor("place", -7), true}, {encodeCursor("place", 1<<40), true}, {encodeCursor("place", "x"), true}, {encodeCursor("endless", -4), true}, {encodeCursor("endless", "x"), true},
	} {
		if part, _, ok := cutPage(list(5), c.cursor, 10, true, false); ok != c.ok || len(part) > 5 {
			t.Errorf("%q gives %d posts, %t", c.cursor, len(part), ok)
		}
	}
}
