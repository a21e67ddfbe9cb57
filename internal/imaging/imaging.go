// Package imaging reads pictures that people upload and writes them anew, in the sizes
// that pages show: nothing of the file that was sent remains but what can be seen.
package imaging

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"runtime/debug"

	_ "image/gif" // the formats that are read
	_ "image/jpeg"
	_ "image/png"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // likewise
)

// Picture is what became of an uploaded picture.
type Picture struct {
	Width, Height int         // of the largest size, pixels
	Colour        string      // the average, "#rrggbb"
	Type          string      // media type: a PNG where something is transparent, else a JPEG
	Sizes         []Rendition // the largest first
}

// Rendition is a picture in one size.
type Rendition struct {
	Side          int // the one that neither its width nor its height exceeds
	Width, Height int // pixels
	Data          []byte
}

// The reasons why a file is refused.
var (
	ErrNotAPicture = errors.New("the file is no picture")
	ErrUnsupported = errors.New("a picture in a format that is not read")
	ErrTooLarge    = errors.New("the picture has too many pixels")
	ErrTooHeavy    = errors.New("the picture takes too much memory to read, as it is saved")
	ErrTooSmall    = errors.New("the picture has too few pixels, or is too narrow")
	ErrBroken      = errors.New("the picture cannot be read to its end")
)

const (
	// maxPixels and maxDecoded bound what one picture takes: an opened JPEG has 1.5 to 3
	// bytes a pixel, a progressive one 7.5 to 15, a PNG 4 to 8.
	maxPixels  = 40_000_000
	maxDecoded = 64 << 20 // bytes
	// largePicture is from how many bytes on the memory of those before is freed first.
	largePicture = 16 << 20
	minSide      = 80
	maxRatio     = 8 // of the longer side to the shorter
)

// Read reads a picture, a JPEG, PNG, GIF (its first frame) or WebP, and makes sizes that
// fit into squares, given by their sides in pixels, the largest first. It takes up to
// maxDecoded bytes of memory, and half as much again for a moment; callers bound how many
// are read at once.
func Read(ctx context.Context, file io.ReadSeeker, sides []int) (Picture, error) {
	if err := checkType(file); err != nil {
		return Picture{}, err
	}
	layout, err := readLayout(file)
	if err != nil {
		return Picture{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Picture{}, err
	}
	if layout.decoded > largePicture {
		debug.FreeOSMemory()
	}
	decoded, _, err := image.Decode(&patientReader{ctx, file})
	if ctx.Err() != nil {
		return Picture{}, ctx.Err()
	}
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return render(decoded, layout.orientation, sides)
}

// checkType refuses what is no picture, or one that isn't read, by its contents.
func checkType(file io.ReadSeeker) error {
	kind, err := mimetype.DetectReader(file)
	if err != nil {
		return err
	}
	for _, known := range []string{"image/jpeg", "image/png", "image/gif", "image/webp"} {
		if kind.Is(known) {
			return nil
		}
	}
	for t := kind; t != nil; t = t.Parent() {
		if len(t.String()) > 6 && t.String()[:6] == "image/" {
			return fmt.Errorf("%w: %s", ErrUnsupported, kind)
		}
	}
	return fmt.Errorf("%w: %s", ErrNotAPicture, kind)
}

// patientReader gives a few bytes at a time, so that reading a picture that is made to
// take long ends with its context.
type patientReader struct {
	ctx  context.Context //nolint:containedctx // io.Reader's method passes none
	file io.Reader
}

// Read is io.Reader's.
func (r *patientReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.file.Read(p[:min(len(p), 512)])
}
