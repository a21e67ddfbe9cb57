package imaging_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/imaging"
)

var sides = []int{1600, 480, 160}

// quarters is a picture with a colour in each quarter: red and green above, blue and
// white below.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 255, A: 255}
			switch {
			case x >= w/2 && y >= h/2:
				c = color.NRGBA{255, 255, 255, 255}
			case x >= w/2:
				c = color.NRGBA{G: 255, A: 255}
			case y >= h/2:
				c = color.NRGBA{B: 255, A: 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	few := image.NewPaletted(m.Bounds(), color.Palette{red, green, blue, white})
	draw.Draw(few, few.Rect, m, image.Point{}, draw.Src)
	if err := gif.Encode(&b, few, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withExif puts an Exif segment with an orientation, and a place, into a JPEG.
func withExif(file []byte, orientation uint16, order binary.AppendByteOrder) []byte {
	tiff := []byte("MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = []byte("II*\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3)
	tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(tiff, 1), orientation), 0)
	segment := append([]byte("Exif\x00\x00"), append(tiff, "48.8566 N 2.3522 E"...)...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(2+len(segment)))
	return append(append(head, segment...), file[2:]...)
}

func read(t testing.TB, file []byte) imaging.Picture {
	t.Helper()
	p, err := imaging.Read(context.Background(), bytes.NewReader(file), sides)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func decode(t testing.TB, p imaging.Picture, r imaging.Rendition) image.Image {
	t.Helper()
	m, format, err := image.Decode(bytes.NewReader(r.Data))
	if err != nil || "image/"+format != p.Type || m.Bounds().Dx() != r.Width || m.Bounds().Dy() != r.Height {
		t.Fatalf("%s of %v, said to be %s of %d by %d: %v", format, m.Bounds(), p.Type, r.Width, r.Height, err)
	}
	return m
}

// isAt says whether a picture has about a colour at a place, in hundredths of its sides.
func isAt(m image.Image, x, y int, want color.RGBA) bool {
	r, g, b, _ := m.At(m.Bounds().Dx()*x/100, m.Bounds().Dy()*y/100).RGBA()
	far := func(is uint32, want uint8) bool { return max(int(is>>8)-int(want), int(want)-int(is>>8)) > 12 }
	return !far(r, want.R) && !far(g, want.G) && !far(b, want.B)
}

var red, green, blue, white = color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}, color.RGBA{255, 255, 255, 255}

// webp is 100 by 80 pixels, red, made by a browser.
const webp = "UklGRkYCAABXRUJQVlA4WAoAAAAgAAAAYwAATwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggWAAAADAFAJ0BKmQAUAA+0WiwUygmJKKg6AEAGglpANZegAAHdlV8v83M810ec/h5zMmQe6AAAP7rNv/6E2Paiv//Qk/+Js/4mz4NwbhX9tQotuEwIlz/shbYAAA="

func TestEveryFormatBecomesThreeSizes(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{"png": asPNG(t, quarters(2000, 1000)), "jpeg": asJPEG(t, quarters(2000, 1000)), "gif": asGIF(t, quarters(2000, 1000))} {
		p := read(t, file)
		if p.Width != 1600 || p.Height != 800 || len(p.Sizes) != 3 || p.Colour != "#7f7f7f" && p.Colour != "#807f7f" && p.Colour != "#7f807f" && p.Colour != "#808080" && p.Colour != "#7f7f80" {
			t.Errorf("%s: %d by %d, %d sizes, %s", name, p.Width, p.Height, len(p.Sizes), p.Colour)
		}
		for i, want := range []image.Point{{1600, 800}, {480, 240}, {160, 80}} {
			r := p.Sizes[i]
			m := decode(t, p, r)
			if m.Bounds().Size() != want || p.Type != "image/jpeg" {
				t.Errorf("%s: %v, %s", name, m.Bounds(), p.Type)
			}
			if !isAt(m, 20, 20, red) || !isAt(m, 80, 20, green) || !isAt(m, 20, 80, blue) || !isAt(m, 80, 80, white) {
				t.Errorf("%s, %v: wrong colours", name, want)
			}
		}
	}
	b, err := base64.StdEncoding.DecodeString(webp)
	if err != nil {
		t.Fatal(err)
	}
	if p := read(t, b); p.Width != 100 || p.Height != 80 || !isAt(decode(t, p, p.Sizes[0]), 50, 50, color.RGBA{239, 15, 14, 255}) {
		t.Errorf("webp: %d by %d, %s", p.Width, p.Height, p.Colour)
	}
}

func TestSmallPicturesAreNotEnlarged(t *testing.T) {
	t.Parallel()
	for _, r := range read(t, asPNG(t, quarters(120, 90))).Sizes {
		if r.Width != 120 || r.Height != 90 {
			t.Errorf("%d: %d by %d", r.Side, r.Width, r.Height)
		}
	}
}

func TestTransparentPicturesStayTransparent(t *testing.T) {
	t.Parallel()
	m := quarters(900, 900)
	for y := range 450 {
		for x := range 450 {
			m.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	p := read(t, asPNG(t, m))
	for _, r := range p.Sizes {
		got := decode(t, p, r)
		if _, _, _, a := got.At(r.Width/4, r.Height/4).RGBA(); a != 0 || p.Type != "image/png" || !isAt(got, 80, 20, green) {
			t.Errorf("%d: %s, %d", r.Side, p.Type, a)
		}
	}
	if p.Colour == "#000000" {
		t.Error("what is transparent counts as black")
	}
}

// How the camera was held is undone, whichever byte order it writes, and where it was is
// forgotten.
func TestPicturesStandUpright(t *testing.T) {
	t.Parallel()
	// Where the red, green, blue and white quarters of the file are to be seen.
	corners := map[uint16][4]image.Point{
		1: {{20, 20}, {80, 20}, {20, 80}, {80, 80}}, 2: {{80, 20}, {20, 20}, {80, 80}, {20, 80}},
		3: {{80, 80}, {20, 80}, {80, 20}, {20, 20}}, 4: {{20, 80}, {80, 80}, {20, 20}, {80, 20}},
		5: {{20, 20}, {20, 80}, {80, 20}, {80, 80}}, 6: {{80, 20}, {80, 80}, {20, 20}, {20, 80}},
		7: {{80, 80}, {80, 20}, {20, 80}, {20, 20}}, 8: {{20, 80}, {20, 20}, {80, 80}, {80, 20}},
	}
	for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
		for orientation, at := range corners {
			p := read(t, withExif(asJPEG(t, quarters(400, 200)), orientation, order))
			if p.Width > p.Height == (orientation >= 5) {
				t.Errorf("%d: %d by %d", orientation, p.Width, p.Height)
			}
			for i, want := range []color.RGBA{red, green, blue, white} {
				if !isAt(decode(t, p, p.Sizes[0]), at[i].X, at[i].Y, want) {
					t.Errorf("%d: no %v at %v", orientation, want, at[i])
				}
			}
			for _, r := range p.Sizes {
				if bytes.Contains(r.Data, []byte("48.8566")) || bytes.Contains(r.Data, []byte("Exif")) {
					t.Errorf("%d: says where it was taken", orientation)
				}
			}
		}
	}
}

// bomb is a small PNG that says it is large.
func bomb(w, h uint32) []byte { return deepBomb(w, h, 8) }

// deepBomb is a bomb with so many bits a channel.
func deepBomb(w, h uint32, bits byte) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		named := append([]byte(kind), data...)
		b.Write(named)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(named))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	chunk("IHDR", append(head, bits, 6, 0, 0, 0))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Close()
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	honest := asJPEG(t, quarters(300, 300))
	for name, test := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":              {nil, imaging.ErrNotAPicture},
		"text":                 {[]byte("hello"), imaging.ErrNotAPicture},
		"a page":               {[]byte("<!doctype html><script>alert(1)</script>"), imaging.ErrNotAPicture},
		"a page that says GIF": {[]byte("GIF89a<html><script>alert(1)</script>"), imaging.ErrTooLarge},
		"a PDF":                {[]byte("%PDF-1.7\n1 0 obj\n"), imaging.ErrNotAPicture},
		"an SVG":               {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), imaging.ErrUnsupported},
		"a HEIC":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), imaging.ErrUnsupported},
		"an AVIF":              {[]byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"), imaging.ErrUnsupported},
		"an icon":              {[]byte("\x00\x00\x01\x00\x01\x00\x10\x10"), imaging.ErrUnsupported},
		"half a JPEG":          {honest[:len(honest)/2], imaging.ErrBroken},
		"a JPEG's head":        {honest[:20], imaging.ErrBroken},
		"a bomb":               {bomb(30_000, 30_000), imaging.ErrTooLarge},
		"a wide bomb":          {bomb(1<<31-1, 1), imaging.ErrTooLarge},
		"a deep PNG":           {deepBomb(4_000, 4_000, 16), imaging.ErrTooHeavy},
		"a PNG as large":       {bomb(4_000, 4_000), imaging.ErrBroken},
		"an unfinished PNG":    {bomb(2_000, 2_000), imaging.ErrBroken},
		"one pixel":            {asPNG(t, quarters(1, 1)), imaging.ErrTooSmall},
		"a line":               {asPNG(t, quarters(2000, 90)), imaging.ErrTooSmall},
	} {
		if _, err := imaging.Read(context.Background(), bytes.NewReader(test.file), sides); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What stands behind a picture, or inside it as a comment, is gone.
func TestNothingHiddenRemains(t *testing.T) {
	t.Parallel()
	hidden := "<script>alert(1)</script>"
	comment := append([]byte{0xFF, 0xD8, 0xFF, 0xFE, 0, byte(2 + len(hidden))}, hidden...)
	honest := asJPEG(t, quarters(300, 300))
	for _, file := range [][]byte{append(bytes.Clone(honest), hidden...), append(comment, honest[2:]...), append(asPNG(t, quarters(300, 300)), "PK\x03\x04"+hidden...)} {
		for _, r := range read(t, file).Sizes {
			if strings.Contains(string(r.Data), "script") {
				t.Errorf("%d: %s", r.Side, hidden)
			}
		}
	}
}

// A JPEG of a hundred thousand scans, each over the whole picture, would take minutes.
func TestReadingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	if p := read(t, progressive(300, 300, 3)); p.Width != 300 {
		t.Errorf("a few scans: %d", p.Width)
	}
	file := progressive(3000, 3000, 100_000)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	begin := time.Now()
	if _, err := imaging.Read(ctx, bytes.NewReader(file), sides); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("ended after %v", took)
	}
}

// progressive is a grey progressive JPEG with so many scans that change nothing, each of a
// few bytes that say so for 16,384 blocks (ITU-T T.81, G.1.2.2).
func progressive(w, h uint16, scans int) []byte {
	b := []byte{0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8}
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, h), w)
	b = append(b, 1, 1, 0x11, 0)
	b = append(append(b, 0xFF, 0xDB, 0, 67, 0), bytes.Repeat([]byte{1}, 64)...)
	table := make([]byte, 16)
	table[0] = 1 // one code of one bit
	for class, meaning := range map[byte]byte{0x00: 0, 0x10: 0xE0} {
		b = append(append(append(b, 0xFF, 0xC4, 0, 20, class), table...), meaning)
	}
	blocks := (int(w) + 7) / 8 * ((int(h) + 7) / 8)
	b = append(append(b, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0), make([]byte, blocks/8+1)...)
	runs := (blocks + 16383) / 16384
	for range scans {
		b = append(append(b, 0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0), make([]byte, (runs*15+7)/8)...)
	}
	return append(b, 0xFF, 0xD9)
}

func FuzzRead(f *testing.F) {
	f.Add(asPNG(f, quarters(90, 90)))
	f.Add(withExif(asJPEG(f, quarters(90, 90)), 6, binary.BigEndian))
	f.Add(asGIF(f, quarters(90, 90)))
	f.Add(bomb(500, 500))
	f.Fuzz(func(t *testing.T, file []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		p, err := imaging.Read(ctx, bytes.NewReader(file), sides)
		if err != nil {
			return
		}
		for _, r := range p.Sizes {
			decode(t, p, r)
		}
	})
}
