package demo

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"tribemarket/models/creators"
)

// The same seed makes the same people, with the same figures and pictures.
func TestTheSameSeedMakesTheSamePeople(t *testing.T) {
	t.Parallel()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	one, same, other := newGenerator(5, now, catalogue), newGenerator(5, now, catalogue), newGenerator(6, now, catalogue)
	halls := [2]gallery{newGallery(), newGallery()}
	for n := range 200 {
		p := one.makePerson(n, 3)
		if !reflect.DeepEqual(p, same.makePerson(n, 3)) || p.name == other.makePerson(n, 3).name && p.followers == other.makePerson(n, 3).followers {
			t.Errorf("%d is %+v", n, p)
		}
		if !reflect.DeepEqual(halls[0].worksOf(p, 9), halls[1].worksOf(p, 9)) {
			t.Errorf("%d shows other works", n)
		}
	}
}

// Each tribe is shown by works that suit it or that anybody may show, the first of a row
// always by one that suits it; those who share a tribe begin with different ones.
func TestWorksSuitTheTribeOrAreNeutral(t *testing.T) {
	t.Parallel()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	hall, tribes := newGallery(), catalogue.VisibleTribes()
	for i, tribe := range tribes {
		second := tribes[(i+7)%len(tribes)]
		for n, of := range [][]creators.Tribe{{tribe}, {tribe, second}} {
			works := hall.worksOf(person{tribes: of}, 9)
			row := map[string]bool{}
			for at, v := range works {
				suits := slices.Contains(v.Drawing.Tribes, tribe.Slug)
				if at == 0 && !suits || !suits && !slices.Contains(neutralWorks, v.Drawing.Name) && (n == 0 || !slices.Contains(v.Drawing.Tribes, second.Slug)) {
					t.Errorf("%s shows %s, place %d of %d", tribe.Slug, v.Drawing.Name, at+1, len(works))
				}
				if at < worksInRow {
					row[v.Drawing.Name] = true
				}
			}
			if len(works) != 9 || len(row) != worksInRow {
				t.Errorf("%s shows %d works, in a row %d things", tribe.Slug, len(works), len(row))
			}
		}
		one, next := hall.worksOf(person{tribes: []creators.Tribe{tribe}}, 4)[0], hall.worksOf(person{tribes: []creators.Tribe{tribe}}, 4)[0]
		if one.Drawing.File(160) == next.Drawing.File(160) {
			t.Errorf("two members of %s begin with the same %s", tribe.Slug, one.Drawing.Name)
		}
	}
}

// A larger world has no more members, so that it is not slower by them.
func TestMembersAreFourHundredAtMost(t *testing.T) {
	t.Parallel()
	for creators, want := range map[int]int{300: 92, 2_000: 400, 1_000_000: 400} {
		members := JoinedCreators
		for n := range creators {
			if isMember(n) {
				members++
			}
		}
		if members != want {
			t.Errorf("of %d creators %d are members", creators, members)
		}
	}
}
