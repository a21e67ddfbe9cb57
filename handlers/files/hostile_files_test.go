package files_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// secret is what a hostile file hides; nothing that is served contains it.
const secret = "<script>alert('HIDDEN')</script>"

// marks are traces of what was sent.
var marks = []string{"HIDDEN", "<script", "<?php", "PK\x03\x04", "Exif", "48.8566", "ICC_PROFILE", "acsp", "ns.adobe.com", "Photoshop", "iTXt", "tEXt", "zTXt", "eXIf", "iCCP", "NETSCAPE"}

// hostileFile makes a file of a kind; i varies it.
type hostileFile struct {
	kind  string
	make  func(t testing.TB, i int) string
	large bool // takes much memory or time, so that there are few of them
}

var hostileFiles = []hostileFile{
	{"a GIF that is an archive too", func(t testing.TB, i int) string {
		return plainGIF(t, i) + "PK\x03\x04" + secret + "META-INF/MANIFEST.MF"
	}, false},
	{"a GIF that is a script too", func(_ testing.TB, i int) string {
		return "GIF89a/*" + strings.Repeat("\x00", i) + "*/=1;alert('HIDDEN')//" + secret
	}, false},
	{"a GIF with a comment", func(t testing.TB, i int) string { return gifComment(plainGIF(t, i)) }, false},
	{"a page in a JPEG's comment", func(t testing.TB, i int) string { return withSegment(plainJPEG(t, i), 0xFE, secret) }, false},
	{"a JPEG with a place, a profile and texts", describedJPEG, false},
	{"a JPEG before a page", func(t testing.TB, i int) string { return plainJPEG(t, i) + "<!doctype html><body>" + secret }, false},
	{"a page before a JPEG", func(t testing.TB, i int) string { return "<!doctype html><body>" + secret + plainJPEG(t, i) }, false},
	{"a PNG with texts and a profile", describedPNG, false},
	{"a PNG before an archive", func(t testing.TB, i int) string { return plainPNG(t, i) + "PK\x03\x04<?php HIDDEN" }, false},
	{"a PNG with a text that unpacks to 64 MB", func(t testing.TB, i int) string {
		return withChunk(plainPNG(t, i), "zTXt", "HIDDEN\x00\x00"+deflate(64<<20))
	}, false},
	{"a PNG that says it is huge", func(_ testing.TB, i int) string { return pngOfZeros(uint32(30_000+i), 30_000, 8, 6, 0, 1<<20) }, false},
	{"a PNG that is one line", func(_ testing.TB, i int) string { return pngOfZeros(1<<31-1, uint32(1+i), 8, 6, 0, 1<<20) }, false},
	{"a GIF that says it is huge", func(t testing.TB, i int) string {
		g := []byte(plainGIF(t, i))
		binary.LittleEndian.PutUint32(g[6:], 0xFFFFFFFF)
		return string(g)
	}, false},
	{"a GIF of many frames", manyFrames, false},
	{"a WebP that is an animation", func(_ testing.TB, i int) string { return animatedWebP(500 + i) }, false},
	{"a script in an SVG", func(_ testing.TB, i int) string {
		return strings.Repeat(" ", i) + `<svg xmlns="http://www.w3.org/2000/svg" onload="alert('HIDDEN')"><script>alert('HIDDEN')</script></svg>`
	}, false},
	{"an SVG that multiplies", func(_ testing.TB, i int) string {
		return `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "HIDDEN"><!ENTITY b "` + strings.Repeat("&a;", 100+i) + `">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>`
	}, false},
	{"another kind of file", func(_ testing.TB, i int) string {
		all := []string{
			"", "x", "%PDF-1.7\n", "PK\x03\x04", "\x7fELF", "\x00\x00\x00\x18ftypmp42", "\x00\x00\x00\x18ftypheic", "\x00\x00\x00\x18ftypavif", "BM", "II*\x00", "\x00\x00\x01\x00", "#!/bin/sh\n",
			"<html>", "<?php ", "{\"a\":", "MZ", "RIFF\x00\x00\x00\x00WAVE", "8BPS", "\xff\x0a", "import os",
		}
		return all[i%len(all)] + secret
	}, false},
	{"half a picture", func(t testing.TB, i int) string {
		whole := []func(testing.TB, int) string{plainJPEG, plainPNG, plainGIF}[i%3](t, i)
		return whole[:len(whole)*(i%7+1)/9]
	}, false},
	{"a PNG at the limit", func(_ testing.TB, i int) string {
		return pngOfZeros(uint32(2_850+i), 2_850, 16, 6, 0, 2_850*(1+8*(2_850+i)))
	}, true},
	{"an interlaced PNG at the limit", func(_ testing.TB, i int) string {
		return pngOfZeros(uint32(2_030+i), 2_030, 16, 6, 1, interlacedBytes(2_030+i, 2_030))
	}, true},
	{"a JPEG at the limit", func(_ testing.TB, i int) string { return blankJPEG(uint16(8_000-i), 5_000, 0xC0, 0x22, 0x11, 0x11) }, true},
	{"a JPEG in four inks", func(_ testing.TB, i int) string { return fourInks(uint16(2_850-i), 2_850) }, true},
	{"a JPEG in four inks beyond it", func(_ testing.TB, i int) string { return fourInks(uint16(4_800-i), 4_800) }, true},
	{"a progressive JPEG at the limit", func(_ testing.TB, i int) string { return blankJPEG(uint16(3_300-i), 2_690, 0xC2, 0x22, 0x11, 0x11) }, true},
	{"a PNG before much else", func(t testing.TB, i int) string { return plainPNG(t, i) + strings.Repeat("HIDDEN..", 1<<18+i) }, true},
}

func plain(i int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 100+10*i, 120+i))
	for p := range m.Pix {
		m.Pix[p] = byte(p*(i+3)) | 0x0F
	}
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			m.Pix[m.PixOffset(x, y)+3] = 255
		}
	}
	return m
}

func encoded(t testing.TB, encode func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	apptest.Must(t, encode(&b))
	return b.String()
}

func plainJPEG(t testing.TB, i int) string {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, plain(i), nil) })
}

func plainPNG(t testing.TB, i int) string {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, plain(i)) })
}

func plainGIF(t testing.TB, i int) string {
	return encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, plain(i), nil) })
}

func manyFrames(t testing.TB, i int) string {
	g, frame := &gif.GIF{}, image.NewPaletted(image.Rect(0, 0, 200, 200), color.Palette{color.Black, color.White})
	for range 800 + i {
		g.Image, g.Delay = append(g.Image, frame), append(g.Delay, 1)
	}
	return encoded(t, func(b *bytes.Buffer) error { return gif.EncodeAll(b, g) })
}

// gifComment puts a comment at the end of a GIF.
func gifComment(file string) string {
	return file[:len(file)-1] + "\x21\xFE" + string(rune(len(secret))) + secret + "\x00;"
}

// withSegment puts a segment at the beginning of a JPEG.
func withSegment(file string, marker byte, content string) string {
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, marker}, uint16(2+len(content)))
	return string(head) + content + file[2:]
}

func describedJPEG(t testing.TB, i int) string {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x03\x00\x00\x00\x00\x00\x00")
	f := withSegment(plainJPEG(t, i), 0xE1, "Exif\x00\x00"+string(tiff)+"GPS 48.8566 2.3522 HIDDEN")
	f = withSegment(f, 0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>HIDDEN"+secret)
	f = withSegment(f, 0xE2, "ICC_PROFILE\x00\x01\x01"+strings.Repeat("\x00", 36)+"acspHIDDEN")
	return withSegment(f, 0xED, "Photoshop 3.0\x008BIM\x04\x04HIDDEN"+secret)
}

func describedPNG(t testing.TB, i int) string {
	f := withChunk(plainPNG(t, i), "tEXt", "Comment\x00"+secret)
	f = withChunk(f, "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00HIDDEN http://ns.adobe.com/xap/1.0/")
	f = withChunk(f, "eXIf", "MM\x00*GPS 48.8566 HIDDEN")
	return withChunk(f, "iCCP", "HIDDEN\x00\x00"+deflate(1000))
}

func pngChunk(kind, content string) string {
	named := kind + content
	head := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	return string(head) + named + string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(named))))
}

// withChunk puts a chunk behind a PNG's head.
func withChunk(file, kind, content string) string {
	const head = 8 + 25
	return file[:head] + pngChunk(kind, content) + file[head:]
}

func deflate(zeros int) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	block := make([]byte, 1<<16)
	for rest := zeros; rest > 0; rest -= len(block) {
		_, _ = z.Write(block[:min(rest, len(block))])
	}
	_ = z.Close()
	return b.String()
}

// pngOfZeros is a small file that says how large it is, and unpacks to so many zeros.
func pngOfZeros(w, h uint32, depth, colours, interlaced byte, zeros int) string {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", string(append(head, depth, colours, 0, 0, interlaced))) + pngChunk("IDAT", deflate(zeros)) + pngChunk("IEND", "")
}

// blankJPEG is a file of one colour, each block of which takes two bits, given how each of
// its components is sampled.
func blankJPEG(w, h uint16, frame byte, sampling ...byte) string {
	b := []byte{0xFF, 0xD8, 0xFF, frame, 0, byte(8 + 3*len(sampling)), 8}
	b = append(binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, h), w), byte(len(sampling)))
	blocks, side := 0, 8
	for i, s := range sampling {
		b = append(b, byte(i+1), s, 0)
		blocks, side = blocks+int(s>>4)*int(s&15), max(side, 8*int(s>>4))
	}
	b = append(append(b, 0xFF, 0xDB, 0, 67, 0), bytes.Repeat([]byte{1}, 64)...)
	for _, class := range []byte{0x00, 0x10} {
		b = append(append(b, 0xFF, 0xC4, 0, 20, class, 1), make([]byte, 16)...)
	}
	b = append(b, 0xFF, 0xDA, 0, byte(6+2*len(sampling)), byte(len(sampling)))
	for i := range sampling {
		b = append(b, byte(i+1), 0)
	}
	end := byte(63)
	if frame == 0xC2 {
		end = 0
	}
	units := (int(w) + side - 1) / side * ((int(h) + side - 1) / side)
	b = append(append(b, 0, end, 0), make([]byte, units*blocks/4+1)...)
	return string(append(b, 0xFF, 0xD9))
}

// fourInks is a JPEG for printing.
func fourInks(w, h uint16) string {
	return withSegment(blankJPEG(w, h, 0xC0, 0x11, 0x11, 0x11, 0x11), 0xEE, "Adobe\x00\x64\x00\x00\x00\x00\x02")
}

// interlacedBytes is how many bytes an interlaced PNG of eight bytes a pixel unpacks to
// (ISO/IEC 15948, 8.2).
func interlacedBytes(w, h int) (n int) {
	for _, p := range [][4]int{{8, 8, 0, 0}, {8, 8, 4, 0}, {4, 8, 0, 4}, {4, 4, 2, 0}, {2, 4, 0, 2}, {2, 2, 1, 0}, {1, 2, 0, 1}} {
		n += (h - p[3] + p[1] - 1) / p[1] * (1 + 8*((w-p[2]+p[0]-1)/p[0]))
	}
	return n
}

// animatedWebP is the frame of a WebP so many times.
func animatedWebP(frames int) string {
	chunk := func(kind, content string) string {
		return kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(content)))) + content
	}
	all := chunk("VP8X", "\x02\x00\x00\x00\x63\x00\x00\x4f\x00\x00") + chunk("ANIM", "\x00\x00\x00\x00\x00\x00")
	for range frames {
		all += chunk("ANMF", strings.Repeat("\x00", 16)+chunk("VP8 ", "HIDDEN"))
	}
	return "RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(4+len(all)))) + "WEBP" + all + chunk("XMP ", fmt.Sprint(secret))
}
