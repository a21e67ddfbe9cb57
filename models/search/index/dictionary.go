package index

import "encoding/binary"

// dictionary numbers the values of a filter, and the sets of values that rows
// have, so that one increment counts a row however many values it has.
type dictionary struct {
	names []string
	ids   map[string]uint32
	ends  []uint32 // of the sets, in flat; the first is empty
	flat  []uint32
	rows  []rowSet // by value

	lone  []uint32             // by value, the set of it alone, while building
	known map[[4]uint32]uint32 // sets of 2 to 4, while building
	large map[string]uint32    // larger ones, while building
	room  []uint32
}

func newDictionary() dictionary {
	return dictionary{ids: map[string]uint32{}, ends: []uint32{0}, known: map[[4]uint32]uint32{}, large: map[string]uint32{}}
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

// add returns the number of a set of values, in the given order.
func (d *dictionary) add(names []string) uint32 {
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
		var key []byte
		for _, v := range d.room {
			key = binary.LittleEndian.AppendUint32(key, v)
		}
		id, ok := d.large[string(key)]
		if !ok {
			id = d.keep()
			d.large[string(key)] = id
		}
		return id
	}
}

func (d *dictionary) keep() uint32 {
	d.flat = append(d.flat, d.room...)
	d.ends = append(d.ends, uint32(len(d.flat)))
	return uint32(len(d.ends) - 1)
}

// sets returns the number of sets.
func (d *dictionary) sets() int { return len(d.ends) }

// set returns the values of a set.
func (d *dictionary) set(set uint32) []uint32 {
	if set == 0 {
		return nil
	}
	return d.flat[d.ends[set-1]:d.ends[set]]
}

// close builds the set of rows for each value; of says which set of values a
// row of the segment has.
func (d *dictionary) close(s *Segment, of func(row uint32) uint32) {
	d.lone, d.known, d.large, d.room = nil, nil, nil, nil
	sets := s.newRowSets(len(d.names))
	for row := range uint32(s.rows) {
		for _, v := range d.set(of(row)) {
			sets.add(int(v), row)
		}
	}
	d.rows = sets.close()
}

func (d *dictionary) bytes() (n int64) {
	for _, name := range d.names {
		n += 2*int64(len(name)+16) + 8
	}
	n += int64(len(d.ends)+len(d.flat)) * 4
	for v := range d.rows {
		n += d.rows[v].bytes()
	}
	return n
}
