package index

import (
	"slices"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"
)

// dictionary gives the values of a filter small numbers, and the sets of values
// that rows have as well, so that one increment counts a row however many
// values it has.
type dictionary struct {
	names []string
	ids   map[string]uint32
	sets  [][]uint32 // the first is empty
	rows  []*roaring.Bitmap

	lone  []uint32             // by value, the set of it alone, while building
	known map[[4]uint32]uint32 // sets of 2 to 4, while building
	large map[string]uint32    // larger ones, while building
	room  []uint32
}

func newDictionary() dictionary {
	return dictionary{ids: map[string]uint32{}, sets: [][]uint32{nil}, known: map[[4]uint32]uint32{}, large: map[string]uint32{}}
}

func (d *dictionary) value(name string) uint32 {
	id, ok := d.ids[name]
	if !ok {
		id = uint32(len(d.names))
		d.ids[name] = id
		d.names = append(d.names, name)
		d.lone = append(d.lone, 0)
	}
	return id
}

// set is the number of a set of values, in the order in which they are given.
func (d *dictionary) set(names []string) uint32 {
	if len(names) == 0 {
		return 0
	}
	d.room = d.room[:0]
	for _, name := range names {
		d.room = append(d.room, d.value(name))
	}
	switch {
	case len(names) == 1:
		id := &d.lone[d.room[0]]
		if *id == 0 {
			*id = d.keep()
		}
		return *id
	case len(names) <= 4:
		var key [4]uint32
		for i, v := range d.room {
			key[i] = v + 1
		}
		id, ok := d.known[key]
		if !ok {
			id = d.keep()
			d.known[key] = id
		}
		return id
	default:
		key := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(d.room))), len(d.room)*4)
		id, ok := d.large[string(key)]
		if !ok {
			id = d.keep()
			d.large[string(key)] = id
		}
		return id
	}
}

func (d *dictionary) keep() uint32 {
	d.sets = append(d.sets, slices.Clone(d.room))
	return uint32(len(d.sets) - 1)
}

// close makes the bitmap of each value; of says which set a row has.
func (d *dictionary) close(rows int, of func(row uint32) uint32) {
	d.lone, d.known, d.large, d.room = nil, nil, nil, nil
	buffers := make([][]uint32, len(d.names))
	d.rows = make([]*roaring.Bitmap, len(d.names))
	for v := range d.rows {
		d.rows[v] = roaring.New()
	}
	for row := range uint32(rows) {
		for _, v := range d.sets[of(row)] {
			if buffers[v] = append(buffers[v], row); len(buffers[v]) == 1024 {
				d.rows[v].AddMany(buffers[v])
				buffers[v] = buffers[v][:0]
			}
		}
	}
	for v := range d.rows {
		d.rows[v].AddMany(buffers[v])
	}
}

func (d *dictionary) bytes() (n int64) {
	for _, name := range d.names {
		n += 2*int64(len(name)+16) + 8
	}
	for _, s := range d.sets {
		n += 24 + 4*int64(len(s))
	}
	for _, b := range d.rows {
		n += int64(b.GetSizeInBytes())
	}
	return n
}
