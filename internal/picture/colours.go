package picture

import (
	"image/color"
	"math"
	"sync"
)

// The colours of the light theme in static/css/_tokens.css.
var (
	paperColour    = oklchColour(0.992, 0.003, 150)
	inkColour      = oklchColour(0.265, 0.04, 172)
	softInkColour  = oklchColour(0.465, 0.025, 172)
	wordmarkColour = oklchColour(0.835, 0.158, 82) // only for the wordmark
)

func tribeColour(hue int) color.RGBA     { return oklchColour(0.56, 0.125, float64(hue*10)) }
func softTribeColour(hue int) color.RGBA { return oklchColour(0.94, 0.035, float64(hue*10)) }

// oklchColour is a colour given by lightness, chroma and hue in degrees, see
// https://www.w3.org/TR/css-color-4/#ok-lab; what is outside sRGB is clipped.
func oklchColour(l, c, h float64) color.RGBA {
	sin, cos := math.Sincos(h * math.Pi / 180)
	a, b := c*cos, c*sin
	cube := func(x float64) float64 { return x * x * x }
	long, middle, short := cube(l+0.3963377774*a+0.2158037573*b), cube(l-0.1055613458*a-0.0638541728*b), cube(l-0.0894841775*a-1.2914855480*b)
	channel := func(x float64) uint8 {
		if x <= 0.0031308 {
			x *= 12.92
		} else {
			x = 1.055*math.Pow(x, 1/2.4) - 0.055
		}
		return uint8(math.Round(255 * min(max(x, 0), 1)))
	}
	return color.RGBA{
		channel(4.0767416621*long - 3.3077115913*middle + 0.2309699292*short),
		channel(-1.2684380046*long + 2.6097574011*middle - 0.3413193965*short),
		channel(-0.0041960863*long - 0.7034186147*middle + 1.7076147010*short),
		255,
	}
}

// mixColours mixes a part of b into a.
func mixColours(a, b color.RGBA, part float64) color.RGBA {
	m := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-part) + float64(y)*part)) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255}
}

// encoderBuffers are the PNG encoder's buffers, reused from one picture to the next.
type encoderBuffers struct{ sync.Pool }
