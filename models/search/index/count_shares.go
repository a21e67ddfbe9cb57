package index

import (
	"math"
	mathbits "math/bits"
	"runtime"
	"slices"
)

// thresholds are the least shares that count, by audience dimension.
type thresholds [ShareFacets]int32

// never is the threshold of a dimension that isn't counted.
const never = math.MaxInt32

// none has no threshold for any dimension.
func none() (t thresholds) {
	for of := range t {
		t[of] = never
	}
	return t
}

// countShares counts the keys of the audience by a query's thresholds: the
// counts of all rows are cached, a dimension that is filtered by has its own
// rows, and all others are counted together.
func (f *found) countShares(byKey []int64) {
	unfiltered, hits := none(), none()
	for of := range ShareFacets {
		if !f.q.Facets.has(ofShare + facet(of)) {
			continue
		}
		own := slices.ContainsFunc(f.conditions, func(c condition) bool { return c.facet == ofShare+facet(of) })
		ppm := f.q.Shares[of].PPM
		switch {
		case !f.narrowed && (len(f.conditions) == 0 || own && len(f.conditions) == 1):
			unfiltered[of] = ppm
		case own:
			alone := none()
			alone[of] = ppm
			rows := f.hitsWithout(ofShare + facet(of))
			f.countShared(rows, alone, byKey)
			f.giveBits(rows)
		default:
			hits[of] = ppm
		}
	}
	if hits != none() {
		f.countShared(f.hits, hits, byKey)
	}
	if unfiltered != none() {
		for key, n := range f.shares(unfiltered) {
			byKey[key] += n
		}
		if len(f.gone) > 0 {
			gone := f.leftOutRows()
			f.countKeys(gone, unfiltered, byKey, -1)
			f.giveBits(gone)
		}
	}
}

// shares returns the counts of all live rows. Those of round thresholds, of
// which there are few, are cached.
func (p *part) shares(least thresholds) []int64 {
	if n, ok := p.unfiltered.Load(least); ok {
		return n.([]int64)
	}
	byKey := make([]int64, len(p.audience.keys))
	p.countKeys(p.live, least, byKey, 1)
	if !slices.ContainsFunc(least[:], func(ppm int32) bool { return ppm != never && ppm%50_000 != 0 }) {
		p.unfiltered.Store(least, byKey)
	}
	return byKey
}

// countShared counts the keys of some rows: row by row or, if there are many
// rows, key by key.
func (f *found) countShared(rows bits, least thresholds, byKey []int64) {
	if !f.isCrowded(rows.count()) {
		f.countKeys(rows, least, byKey, 1)
		return
	}
	for key := range f.audience.byKey {
		if ppm := least[f.audience.keys[key].Kind]; ppm != never {
			byKey[key] += f.countKey(uint32(key), ppm, rows)
		}
	}
}

// countKey counts the creators of some rows with at least a given share of a key.
func (s *Segment) countKey(key uint32, ppm int32, rows bits) (n int64) {
	k := &s.audience.byKey[key]
	enough := k.above(ppm)
	n = rows.countSet(k.rows[:enough])
	for _, i := range k.joined {
		if int(i) >= enough {
			break
		}
		if row := k.rows[i]; rows.has(row) && s.sharedBefore(row, key, ppm, rows) {
			n--
		}
	}
	return n
}

// sharedBefore says whether an earlier row of the same creator has been counted.
func (s *Segment) sharedBefore(row, key uint32, ppm int32, rows bits) bool {
	for s.joined.has(row) {
		if row--; rows.has(row) && s.audience.has.rows.has(row) &&
			slices.ContainsFunc(s.audience.of(row), func(x share) bool { return x.key == key && x.ppm >= ppm }) {
			return true
		}
	}
	return false
}

// countKeys adds times for each creator whose rows have a large enough share to
// byKey.
func (s *Segment) countKeys(rows bits, least thresholds, byKey []int64, times int64) {
	a := &s.audience
	byKeys, lowest := make([]int32, len(a.keys)), slices.Min(least[:])
	for key := range a.keys {
		byKeys[key] = least[a.keys[key].Kind]
	}
	c := keyCount{s: s, byKeys: byKeys, lowest: lowest, byKey: byKey, times: times, creator: Null}
	var batch [64]keyedRow
	n, fetched := 0, int32(0)
	for i, has := range a.has.rows {
		for w := has & rows[i]; w != 0; w &= w - 1 {
			row := uint32(i<<6 + mathbits.TrailingZeros64(w))
			at := a.has.at(row)
			from, to := a.starts[at], a.starts[at+1]
			fetched += a.shares[from].ppm // ahead of its use: memory delivers several lines at once
			batch[n&63] = keyedRow{row, from, to}
			if n++; n == len(batch) {
				c.count(batch[:])
				n = 0
			}
		}
	}
	c.count(batch[:n])
	runtime.KeepAlive(fetched)
}

type keyedRow struct{ row, from, to uint32 }

// keyCount counts rows' shares by key, each creator once.
type keyCount struct {
	s       *Segment
	byKeys  []int32
	lowest  int32
	byKey   []int64
	times   int64
	creator int64
	seen    []uint32
}

func (c *keyCount) count(rows []keyedRow) {
	for _, r := range rows {
		shares := c.s.audience.shares[r.from:r.to]
		if c.s.siblings.has(r.row) {
			c.countSibling(r.row, shares)
			continue
		}
		for _, share := range shares {
			if share.ppm < c.lowest {
				break
			}
			if share.ppm >= c.byKeys[share.key] {
				c.byKey[share.key] += c.times
			}
		}
	}
}

func (c *keyCount) countSibling(row uint32, shares []share) {
	if creator := c.s.creators[row]; creator != c.creator {
		c.creator, c.seen = creator, c.seen[:0]
	}
	for _, share := range shares {
		if share.ppm >= c.byKeys[share.key] && !slices.Contains(c.seen, share.key) {
			c.seen = append(c.seen, share.key)
			c.byKey[share.key] += c.times
		}
	}
}
