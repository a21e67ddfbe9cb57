package demo

import (
	"reflect"
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
	halls := [2]gallery{{}, {}}
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
