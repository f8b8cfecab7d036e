package draw

import (
	"math"
	"strconv"
	"strings"
)

// Shape is the outline of a node.
type Shape int

// The shapes.
const (
	Rectangle Shape = iota
	Pill            // ends are half circles
	Hexagon         // ends are points
	Rounded         // corners are round
	Ellipse
	Octagon // corners are cut
	Sheet   // the upper right corner is folded
	Slanted // leans to the right
	Doubled // a rectangle with a bar at either side
)

// around returns the size that a node of the shape has with the lines in it.
func (sh Shape) around(lines []string) Rect {
	r := Rect{W: 24, H: float64(max(1, len(lines)))*lineHeight + 12}
	for _, line := range lines {
		r.W = max(r.W, width(line, nodeFont))
	}
	r.W += 16 + 2*sh.inset(r.H)
	r.W, r.H = math.Ceil(r.W), math.Ceil(r.H)
	return r
}

// inset returns how much of the width at either end is not for text.
func (sh Shape) inset(h float64) float64 {
	switch sh {
	case Pill, Slanted:
		return h * 0.2
	case Hexagon, Octagon, Doubled, Sheet:
		return 7
	case Ellipse:
		return h * 0.35
	}
	return 0
}

// Outline returns the shape of the given size around 0, 0, as the d of an SVG path.
func (sh Shape) Outline(w, h float64) string {
	x, y := w/2, h/2
	p := &path{}
	switch sh {
	case Pill, Rounded:
		r := min(y, x)
		if sh == Rounded {
			r = 9
		}
		p.to('M', -x+r, -y).to('H', x-r).arc(r, x, -y+r).to('V', y-r).arc(r, x-r, y).to('H', -x+r).arc(r, -x, y-r).to('V', -y+r).arc(r, -x+r, -y)
	case Hexagon:
		p.to('M', -x, 0).to('L', -x+12, -y).to('H', x-12).to('L', x, 0).to('L', x-12, y).to('H', -x+12)
	case Ellipse:
		p.to('M', -x, 0).to('A', x, y, 0, 0, 1, x, 0).to('A', x, y, 0, 0, 1, -x, 0)
	case Octagon:
		p.to('M', -x+9, -y).to('H', x-9).to('L', x, -y+9).to('V', y-9).to('L', x-9, y).to('H', -x+9).to('L', -x, y-9).to('V', -y+9)
	case Sheet:
		p.to('M', -x, -y).to('H', x-11).to('L', x, -y+11).to('V', y).to('H', -x).to('Z').to('M', x-11, -y).to('V', -y+11).to('H', x).to('L', x-11, -y)
	case Slanted:
		p.to('M', -x+10, -y).to('H', x).to('L', x-10, y).to('H', -x)
	case Doubled:
		p.to('M', -x, -y).to('H', x).to('V', y).to('H', -x).to('Z').to('M', -x+5, -y).to('V', y).to('M', x-5, -y).to('V', y).to('M', -x, -y)
	default:
		p.to('M', -x, -y).to('H', x).to('V', y).to('H', -x)
	}
	return p.to('Z').String()
}

// path is the d of an SVG path, with numbers to a tenth.
type path struct{ strings.Builder }

func (p *path) to(command byte, numbers ...float64) *path {
	p.WriteByte(command)
	for i, n := range numbers {
		if i > 0 {
			p.WriteByte(' ')
		}
		p.WriteString(number(n))
	}
	return p
}

// arc adds a quarter of a circle of radius r to x, y.
func (p *path) arc(r, x, y float64) *path { return p.to('A', r, r, 0, 0, 1, x, y) }

func number(n float64) string {
	return strconv.FormatFloat(math.Round(n*10)/10+0, 'f', -1, 64) // +0 so that there is no -0
}
