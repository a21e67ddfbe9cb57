package artwork

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"math"
	"slices"
	"strconv"
	"sync"

	"tribemarket/static/art"
)

// Step is by how many degrees one step of a Variant turns a hue.
const Step = 15

// Variant is one picture made of a drawing.
type Variant struct {
	Drawing  art.Drawing
	Mirrored bool
	Ground   uint8  // by how many Steps the hue of the background is turned
	Things   uint8  // likewise of everything else
	Number   uint64 // tells variants that look the same apart
}

// mark begins the keys of variants; those of uploaded pictures are random.
var mark = [4]byte{0xd5, 0xa3, 0x11, 0x96}

const (
	flagSquare   = 1
	flagMirrored = 2
)

var drawings = sync.OnceValue(func() []art.Drawing { return slices.Concat(art.Works(), art.Faces(), art.Signs()) })

// Key is the storage key under which the variant is found.
func (v Variant) Key() string {
	at := slices.IndexFunc(drawings(), func(d art.Drawing) bool { return d.Name == v.Drawing.Name })
	var flags byte
	if v.Drawing.Square {
		flags |= flagSquare
	}
	if v.Mirrored {
		flags |= flagMirrored
	}
	key := append(mark[:], byte(at), flags, v.Ground, v.Things)
	return hex.EncodeToString(binary.BigEndian.AppendUint64(key, v.Number))
}

// parseKey reads the key of a variant's bytes in one size, which follows in four
// hexadecimal digits; ok is false for the keys of other pictures.
func parseKey(key string) (v Variant, side int, ok bool) {
	const digits = 32
	if len(key) != digits+4 {
		return v, 0, false
	}
	b, err := hex.DecodeString(key[:digits])
	if err != nil || !bytes.HasPrefix(b, mark[:]) || int(b[4]) >= len(drawings()) {
		return v, 0, false
	}
	n, err := strconv.ParseUint(key[digits:], 16, 16)
	v = Variant{drawings()[b[4]], b[5]&flagMirrored != 0, b[6], b[7], binary.BigEndian.Uint64(b[8:])}
	v.Drawing.Square = b[5]&flagSquare != 0 && v.Drawing.Tribes != nil
	return v, int(n), err == nil
}

// paint gives the bytes of the variant in a size, or in the largest that there is.
func (v Variant) paint(side int) ([]byte, error) {
	file := v.Drawing.File(side)
	if !slices.Contains(v.Drawing.Sides(), side) {
		file = v.Drawing.File(v.Drawing.Sides()[0])
	}
	m, err := decode(file)
	if err != nil {
		return nil, err
	}
	m.Palette = recolour(m.Palette, background(m), radians(v.Ground), radians(v.Things))
	if v.Mirrored {
		mirror(m)
	}
	var b bytes.Buffer
	err = png.Encode(&b, m)
	return b.Bytes(), err
}

func decode(file string) (*image.Paletted, error) {
	f, err := art.Files.Open(file)
	if err != nil {
		return nil, err
	}
	m, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p, ok := m.(*image.Paletted)
	if !ok {
		return nil, fmt.Errorf("%s has no palette", file)
	}
	return p, nil
}

func radians(steps uint8) float64 { return float64(steps) * Step * math.Pi / 180 }
