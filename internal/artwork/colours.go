package artwork

import (
	"image"
	"image/color"
	"math"
	"slices"
)

// lightness, chroma and hue of a colour, as Björn Ottosson's OKLCH has them.
type lightChromaHue struct{ l, c, h float64 }

// marigoldFrom to marigoldTo are the hues, in radians, that mean "yours, now" on our
// pages where they are vivid; drawings have them only dull.
const (
	marigoldFrom, marigoldTo = 1.0, 1.7
	dullChroma               = 0.08
	// maxTurnedChroma keeps a colour as calm as those that were drawn.
	maxTurnedChroma = 0.12
)

// turn turns the hue.
func (x lightChromaHue) turn(radians float64) lightChromaHue {
	if radians == 0 {
		return x
	}
	x.h, x.c = math.Mod(x.h+radians+4*math.Pi, 2*math.Pi), min(x.c, maxTurnedChroma)
	if x.h > marigoldFrom && x.h < marigoldTo {
		x.c = min(x.c, dullChroma)
	}
	return x
}

func lightChromaHueOf(c color.Color) lightChromaHue {
	r16, g16, b16, _ := c.RGBA()
	r, g, b := linear(r16), linear(g16), linear(b16)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	light := 0.2104542553*l + 0.7936177850*m - 0.0040720468*s
	x := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	y := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return lightChromaHue{light, math.Hypot(x, y), math.Atan2(y, x)}
}

func (x lightChromaHue) rgb() color.RGBA {
	a, b := x.c*math.Cos(x.h), x.c*math.Sin(x.h)
	l := cube(x.l + 0.3963377774*a + 0.2158037573*b)
	m := cube(x.l - 0.1055613458*a - 0.0638541728*b)
	s := cube(x.l - 0.0894841775*a - 1.2914855480*b)
	return color.RGBA{
		coded(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		coded(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		coded(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s), 255,
	}
}

func cube(x float64) float64 { return x * x * x }

// linear is a channel's light, from 0 to 1.
func linear(channel uint32) float64 {
	x := float64(channel) / 0xFFFF
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func coded(light float64) uint8 {
	light = min(max(light, 0), 1)
	if light <= 0.0031308 {
		return uint8(math.Round(255 * 12.92 * light))
	}
	return uint8(math.Round(255 * (1.055*math.Pow(light, 1/2.4) - 0.055)))
}

// backgroundShare is the least share of a picture's edge that makes a colour one of its
// background.
const backgroundShare = 25 // one in

// background gives the colours, by their places in the palette, that the edge of a
// picture mostly has, but for the lower one, where people's clothes are.
func background(m *image.Paletted) []int {
	counts := make([]int, len(m.Palette))
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for x := range w {
		counts[m.ColorIndexAt(x, 0)]++
	}
	for y := range h * 9 / 10 {
		counts[m.ColorIndexAt(0, y)]++
		counts[m.ColorIndexAt(w-1, y)]++
	}
	edge := w + 2*(h*9/10)
	var found []int
	for i, n := range counts {
		if n*backgroundShare > edge {
			found = append(found, i)
		}
	}
	return found
}

// recolour turns the colours of the background by one angle, and all others by another.
func recolour(palette color.Palette, behind []int, ground, things float64) color.Palette {
	turned := slices.Clone(palette)
	for i, c := range turned {
		angle := things
		if slices.Contains(behind, i) {
			angle = ground
		}
		if angle != 0 {
			turned[i] = lightChromaHueOf(c).turn(angle).rgb()
		}
	}
	return turned
}

// mirror turns a picture over.
func mirror(m *image.Paletted) {
	for y := range m.Rect.Dy() {
		slices.Reverse(m.Pix[y*m.Stride : y*m.Stride+m.Rect.Dx()])
	}
}
