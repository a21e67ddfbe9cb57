package picture

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// drawMark draws a mark with its upper left corner at x and y, in a width in pixels.
func (s *canvas) drawMark(m Mark, x, y int, wide float64, c color.Color) {
	s.fillPath(m.Path, x, y, wide/12, c)
}

// drawWordmark draws the site's emblem on a grid of 18 by 28.
func (s *canvas) drawWordmark(x, y int) {
	const scale = 1.35
	s.fillPath("M13.5 4.5A4.5 4.5 0 1 1 4.5 4.5a4.5 4.5 0 0 1 9 0z", x, y, scale, inkColour)
	s.fillPath("M0 10.5h18a9 7.6 0 0 1-18 0z", x, y, scale, wordmarkColour)
	s.fillPath("M0 20h5v8H0zM6.5 20h5v8h-5zM13 20h5v8h-5z", x, y, scale, inkColour)
}

// fillPath fills an SVG path. Every mark is drawn with its holes in the opposite
// direction, so that the non-zero rule fills like evenodd.
func (s *canvas) fillPath(d string, x, y int, scale float64, c color.Color) {
	if s.err != nil {
		return
	}
	r := vector.NewRasterizer(Width, Height)
	p := pathPen{r: r, dx: float64(x), dy: float64(y), scale: scale}
	if err := p.drawPath(d); err != nil {
		s.err = err
		return
	}
	r.Draw(s.img, s.img.Bounds(), image.NewUniform(c), image.Point{})
}

// pathPen follows a path: its position, where the subpath began, and the last control
// point of a curve.
type pathPen struct {
	r              *vector.Rasterizer
	dx, dy, scale  float64
	x, y           float64
	startX, startY float64
	ctrlX, ctrlY   float64
	curved         bool
}

func (p *pathPen) toPixels(x, y float64) (float32, float32) {
	return float32(p.dx + x*p.scale), float32(p.dy + y*p.scale)
}

// commandOperands is the number of operands of a command.
var commandOperands = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'A': 7, 'Z': 0}

// drawPath reads a path: commands with their numbers, written as compactly as SVG allows.
func (p *pathPen) drawPath(d string) error {
	in := pathReader{rest: d}
	var command byte
	for in.skipSeparators(); in.rest != ""; in.skipSeparators() {
		if c := in.rest[0]; c >= 'A' && c <= 'z' {
			command, in.rest = c, in.rest[1:]
		}
		big := command &^ 0x20
		n, known := commandOperands[big]
		if !known {
			return fmt.Errorf("the path %q: unknown command %q", d, string(command))
		}
		v := make([]float64, n)
		for i := range v {
			var err error
			if v[i], err = in.readNumber(big == 'A' && (i == 3 || i == 4)); err != nil {
				return fmt.Errorf("the path %q: %w", d, err)
			}
		}
		p.runCommand(big, command != big, v)
		switch command { // further pairs after a move are lines
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
	p.r.ClosePath()
	return nil
}

// runCommand executes one command; relative means that its points are relative to the
// pen's position.
func (p *pathPen) runCommand(command byte, relative bool, v []float64) {
	var ox, oy float64
	if relative {
		ox, oy = p.x, p.y
	}
	curved := false
	switch command {
	case 'M':
		p.x, p.y = ox+v[0], oy+v[1]
		p.startX, p.startY = p.x, p.y
		p.r.MoveTo(p.toPixels(p.x, p.y))
	case 'L':
		p.lineTo(ox+v[0], oy+v[1])
	case 'H':
		p.lineTo(ox+v[0], p.y)
	case 'V':
		p.lineTo(p.x, oy+v[0])
	case 'C':
		p.curveTo(ox+v[0], oy+v[1], ox+v[2], oy+v[3], ox+v[4], oy+v[5])
		curved = true
	case 'S':
		x, y := p.x, p.y
		if p.curved {
			x, y = 2*p.x-p.ctrlX, 2*p.y-p.ctrlY
		}
		p.curveTo(x, y, ox+v[0], oy+v[1], ox+v[2], oy+v[3])
		curved = true
	case 'A':
		p.arcTo(v[0], v[1], v[2], v[3] != 0, v[4] != 0, ox+v[5], oy+v[6])
	case 'Z':
		p.r.ClosePath()
		p.x, p.y = p.startX, p.startY
		p.r.MoveTo(p.toPixels(p.x, p.y))
	}
	p.curved = curved
}

func (p *pathPen) lineTo(x, y float64) {
	p.x, p.y = x, y
	p.r.LineTo(p.toPixels(x, y))
}

func (p *pathPen) curveTo(x1, y1, x2, y2, x, y float64) {
	ax, ay := p.toPixels(x1, y1)
	bx, by := p.toPixels(x2, y2)
	cx, cy := p.toPixels(x, y)
	p.r.CubeTo(ax, ay, bx, by, cx, cy)
	p.ctrlX, p.ctrlY, p.x, p.y = x2, y2, x, y
}

// arcTo follows an ellipse, see https://www.w3.org/TR/SVG2/implnote.html, in curves of at
// most a quarter turn.
func (p *pathPen) arcTo(rx, ry, turned float64, large, sweep bool, x, y float64) {
	if rx == 0 || ry == 0 || p.x == x && p.y == y {
		p.lineTo(x, y)
		return
	}
	sin, cos := math.Sincos(turned * math.Pi / 180)
	hx, hy := (p.x-x)/2, (p.y-y)/2
	ux, uy := cos*hx+sin*hy, -sin*hx+cos*hy
	if over := ux*ux/(rx*rx) + uy*uy/(ry*ry); over > 1 { // too small to reach the point: scaled up as needed
		rx, ry = rx*math.Sqrt(over), ry*math.Sqrt(over)
	}
	f := math.Sqrt(max(0, (rx*rx*ry*ry-rx*rx*uy*uy-ry*ry*ux*ux)/(rx*rx*uy*uy+ry*ry*ux*ux)))
	if large == sweep {
		f = -f
	}
	vx, vy := f*rx*uy/ry, -f*ry*ux/rx
	cx, cy := cos*vx-sin*vy+(p.x+x)/2, sin*vx+cos*vy+(p.y+y)/2
	from, to := math.Atan2((uy-vy)/ry, (ux-vx)/rx), math.Atan2((-uy-vy)/ry, (-ux-vx)/rx)
	switch {
	case sweep && to < from:
		to += 2 * math.Pi
	case !sweep && to > from:
		to -= 2 * math.Pi
	}
	n := math.Ceil(math.Abs(to-from)/(math.Pi/2) - 1e-9)
	step := (to - from) / n
	k := 4.0 / 3 * math.Tan(step/4)
	point := func(a, b float64) (float64, float64) { return cx + cos*rx*a - sin*ry*b, cy + sin*rx*a + cos*ry*b }
	for i := range int(n) {
		s1, c1 := math.Sincos(from + float64(i)*step)
		s2, c2 := math.Sincos(from + float64(i+1)*step)
		ax, ay := point(c1-k*s1, s1+k*c1)
		bx, by := point(c2+k*s2, s2-k*c2)
		ex, ey := point(c2, s2)
		if i == int(n)-1 {
			ex, ey = x, y
		}
		p.curveTo(ax, ay, bx, by, ex, ey)
	}
}

// pathReader reads numbers from a path.
type pathReader struct{ rest string }

func (r *pathReader) skipSeparators() { r.rest = strings.TrimLeft(r.rest, " ,\n\t") }

// readNumber reads the next number; a flag is a single digit, whatever follows it.
func (r *pathReader) readNumber(flag bool) (float64, error) {
	r.skipSeparators()
	n, dot := 0, false
	for ; n < len(r.rest); n++ {
		c := r.rest[n]
		if c == '.' && !dot {
			dot = true
			continue
		}
		if (c < '0' || c > '9') && (n > 0 || c != '-' && c != '+') {
			break
		}
		if flag {
			n++
			break
		}
	}
	v, err := strconv.ParseFloat(r.rest[:n], 64)
	r.rest = r.rest[n:]
	return v, err
}
