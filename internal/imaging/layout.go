package imaging

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
)

// layout is what the head of a file says of its picture.
type layout struct {
	width, height int
	decoded       int64 // bytes that decoding takes
	orientation   int   // as Exif numbers them, 1 is upright
}

// readLayout looks at a picture without decoding it, and refuses one that would take
// too much.
func readLayout(file io.ReadSeeker) (layout, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return layout{}, err
	}
	config, format, err := image.DecodeConfig(file)
	if errors.Is(err, image.ErrFormat) {
		return layout{}, ErrNotAPicture
	}
	if err != nil {
		return layout{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	l := layout{config.Width, config.Height, 0, 1}
	pixels := int64(l.width) * int64(l.height)
	shorter, longer := min(l.width, l.height), max(l.width, l.height)
	if longer > maxPixels || pixels > maxPixels {
		return l, ErrTooLarge
	}
	if shorter < minSide || longer > maxRatio*shorter {
		return l, ErrTooSmall
	}
	l.decoded = pixels * bytesPerPixel(config.ColorModel)
	if format == "png" {
		interlaced, err := isInterlaced(file)
		if err != nil {
			return l, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		if interlaced {
			l.decoded *= 2 // the passes stand beside the picture
		}
	}
	if format == "jpeg" {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return l, err
		}
		head, err := readJPEGHead(bufio.NewReader(file))
		if err != nil {
			return l, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		l.decoded, l.orientation = int64(float64(pixels)*head.bytesPerPixel()), head.orientation
	}
	if l.decoded > maxDecoded {
		return l, ErrTooHeavy
	}
	return l, nil
}

// isInterlaced says whether a PNG is, as its head tells in its last byte.
func isInterlaced(file io.ReadSeeker) (bool, error) {
	const interlaceMethod = 28
	var method [1]byte
	if _, err := file.Seek(interlaceMethod, io.SeekStart); err != nil {
		return false, err
	}
	_, err := io.ReadFull(file, method[:])
	return method[0] != 0, err
}

// bytesPerPixel is how much the decoders of Go take for a pixel.
func bytesPerPixel(m color.Model) int64 {
	switch m {
	case color.GrayModel, color.AlphaModel:
		return 1
	case color.Gray16Model, color.Alpha16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// jpegHead is what stands in a JPEG before its picture.
type jpegHead struct {
	progressive bool
	samples     float64 // of all components, for a pixel
	converted   bool    // to other colours, which takes four more bytes a pixel
	orientation int
}

// bytesPerPixel is a byte for each sample, and for the coefficients of a progressive
// picture four more.
func (h jpegHead) bytesPerPixel() float64 {
	bytes := h.samples
	if h.progressive {
		bytes *= 5
	}
	if h.converted {
		bytes += 4
	}
	return bytes
}

// The markers of segments, of ITU-T T.81, table B.1.
const (
	markerStartOfImage     = 0xD8
	markerStartOfScan      = 0xDA
	markerEndOfImage       = 0xD9
	markerApplication1     = 0xE1
	markerAdobe            = 0xEE
	markerBaseline         = 0xC0
	markerExtended         = 0xC1
	markerProgressive      = 0xC2
	markerTemporary        = 0x01
	markerRestart0         = 0xD0
	markerRestart7         = 0xD7
	maxApplicationSegment  = 64 << 10
	orientationTag         = 0x0112 // of Exif 2.3, 4.6.4
	tiffShort              = 3
	exifHead               = "Exif\x00\x00"
	tiffHeaderLength       = 8
	tiffDirectoryEntrySize = 12
)

var errJPEG = errors.New("a JPEG's segments are broken")

// readJPEGHead walks over the segments of a JPEG up to its picture.
func readJPEGHead(r *bufio.Reader) (h jpegHead, err error) {
	h.orientation = 1
	for {
		marker, err := nextMarker(r)
		if err != nil {
			return h, err
		}
		switch {
		case marker == markerStartOfScan || marker == markerEndOfImage:
			if h.samples == 0 {
				return h, errJPEG
			}
			return h, nil
		case marker == markerStartOfImage || marker == markerTemporary || marker >= markerRestart0 && marker <= markerRestart7:
			continue
		}
		segment, err := readSegment(r)
		if err != nil {
			return h, err
		}
		switch marker {
		case markerBaseline, markerExtended, markerProgressive:
			h.progressive = marker == markerProgressive
			if h.samples = samplesPerPixel(segment); h.samples == 0 {
				return h, errJPEG
			}
			h.converted = h.converted || isConverted(segment)
		case markerAdobe:
			h.converted = h.converted || len(segment) >= 12 && segment[11] == 0
		case markerApplication1:
			if o := readOrientation(segment); o != 0 {
				h.orientation = o
			}
		}
	}
}

func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != 0xFF {
			continue
		}
		for b == 0xFF {
			if b, err = r.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b != 0 {
			return b, nil
		}
	}
}

func readSegment(r *bufio.Reader) ([]byte, error) {
	var length [2]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(length[:])) - len(length)
	if n < 0 || n > maxApplicationSegment {
		return nil, errJPEG
	}
	segment := make([]byte, n)
	_, err := io.ReadFull(r, segment)
	return segment, err
}

// samplesPerPixel adds up the components of a frame's header: 1.5 where the colours
// have half of the width and height. 0 if it is broken.
func samplesPerPixel(frame []byte) float64 {
	const fixed, each = 6, 3
	if len(frame) < fixed || len(frame) < fixed+each*int(frame[5]) {
		return 0
	}
	var sum, mostH, mostV float64
	for i := range int(frame[5]) {
		factors := frame[fixed+each*i+1]
		h, v := float64(factors>>4), float64(factors&15)
		sum, mostH, mostV = sum+h*v, max(mostH, h), max(mostV, v)
	}
	if mostH*mostV == 0 {
		return 0
	}
	return sum / (mostH * mostV)
}

// isConverted says whether the components of a frame are not those of most JPEGs: four
// inks, or red, green and blue by their names.
func isConverted(frame []byte) bool {
	const fixed, each = 6, 3
	return frame[5] == 4 || frame[5] == 3 && frame[fixed] == 'R' && frame[fixed+each] == 'G' && frame[fixed+2*each] == 'B'
}

// readOrientation reads how a camera was held, from an Exif segment; 0 if it doesn't say.
func readOrientation(segment []byte) int {
	if len(segment) < len(exifHead)+tiffHeaderLength || string(segment[:len(exifHead)]) != exifHead {
		return 0
	}
	tiff := segment[len(exifHead):]
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < tiffDirectoryEntrySize {
			return 0
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == tiffShort {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[tiffDirectoryEntrySize:]
	}
	return 0
}
