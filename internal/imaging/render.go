package imaging

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// jpegQuality is where a difference is no longer seen at these sizes.
const jpegQuality = 82

// render makes a picture's sizes, the largest first, each from the one before.
func render(decoded image.Image, orientation int, sides []int) (p Picture, err error) {
	current := turnUpright(shrink(decoded, sides[0]), orientation)
	p.Width, p.Height, p.Type = current.Bounds().Dx(), current.Bounds().Dy(), "image/png"
	if current.Opaque() {
		p.Type = "image/jpeg"
	}
	for _, side := range sides {
		current = shrink(current, side)
		r := Rendition{Side: side, Width: current.Bounds().Dx(), Height: current.Bounds().Dy()}
		if r.Data, err = encode(current, p.Type); err != nil {
			return p, err
		}
		p.Sizes = append(p.Sizes, r)
	}
	p.Colour = averageColour(current)
	return p, nil
}

func encode(picture *image.RGBA, contentType string) ([]byte, error) {
	var b bytes.Buffer
	if contentType == "image/png" {
		err := png.Encode(&b, picture)
		return b.Bytes(), err
	}
	err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: jpegQuality})
	return b.Bytes(), err
}

// shrink makes a picture fit into a square: by a whole number first, which loses nothing
// that the last step could show, and takes little memory.
func shrink(picture image.Image, side int) *image.RGBA {
	size := picture.Bounds().Size()
	if longest := max(size.X, size.Y); longest > side {
		size = image.Pt(max(1, size.X*side/longest), max(1, size.Y*side/longest))
		if times := longest / side; times > 1 {
			picture = average(picture, times)
		}
	}
	if fits, ok := picture.(*image.RGBA); ok && size == fits.Bounds().Size() {
		return fits
	}
	small := image.NewRGBA(image.Rectangle{Max: size})
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return small
}

// average makes a picture so many times smaller: each pixel is the average of a square.
// What is left over at the right and at the bottom is left out.
func average(picture image.Image, times int) *image.RGBA {
	from := picture.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, max(1, from.Dx()/times), max(1, from.Dy()/times)))
	rows := image.NewRGBA(image.Rect(0, 0, max(times, from.Dx()), times))
	for y := range small.Rect.Dy() {
		draw.Draw(rows, rows.Rect, picture, image.Pt(from.Min.X, from.Min.Y+times*y), draw.Src)
		out := small.Pix[y*small.Stride:]
		for x := range small.Rect.Dx() {
			for c := range 4 {
				sum := times * times / 2
				for row := range times {
					at := row*rows.Stride + 4*times*x + c
					for i := range times {
						sum += int(rows.Pix[at+4*i])
					}
				}
				out[4*x+c] = byte(sum / (times * times))
			}
		}
	}
	return small
}

// turnUpright undoes how the camera was held, by Exif's eight numbers.
func turnUpright(picture *image.RGBA, orientation int) *image.RGBA {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	var source func(x, y int) (int, int)
	switch orientation {
	case 2:
		source = func(x, y int) (int, int) { return w - 1 - x, y }
	case 3:
		source = func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 4:
		source = func(x, y int) (int, int) { return x, h - 1 - y }
	case 5:
		source = func(x, y int) (int, int) { return y, x }
	case 6:
		source = func(x, y int) (int, int) { return y, h - 1 - x }
	case 7:
		source = func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }
	case 8:
		source = func(x, y int) (int, int) { return w - 1 - y, x }
	default:
		return picture
	}
	turned := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		turned = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range turned.Rect.Dy() {
		for x := range turned.Rect.Dx() {
			fromX, fromY := source(x, y)
			copy(turned.Pix[turned.PixOffset(x, y):][:4], picture.Pix[picture.PixOffset(fromX, fromY):])
		}
	}
	return turned
}

// averageColour is the colour of a picture from afar, on white where it is transparent.
func averageColour(picture *image.RGBA) string {
	ground := image.NewRGBA(picture.Rect)
	draw.Draw(ground, ground.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(ground, ground.Rect, picture, picture.Rect.Min, draw.Over)
	var sums [3]int
	for i := 0; i < len(ground.Pix); i += 4 {
		for c := range sums {
			sums[c] += int(ground.Pix[i+c])
		}
	}
	n := len(ground.Pix) / 4
	return fmt.Sprintf("#%02x%02x%02x", sums[0]/n, sums[1]/n, sums[2]/n)
}
