package draw

import "math"

// drawing returns the scene with its lines drawn.
func (s *scene) drawing() *Drawing {
	d := &Drawing{Rect: s.bounds(all(len(s.bodies)))}
	for i, n := range s.graph.Nodes {
		r := s.bodies[i].Rect
		r.X, r.Y = tenth(r.X), tenth(r.Y)
		box := Box{Rect: r, Outline: n.Shape.Outline(r.W, r.H)}
		for j, line := range s.names[i] {
			y := (float64(j)-float64(len(s.names[i])-1)/2)*lineHeight + nodeFont*0.36
			box.Text = append(box.Text, Text{Y: tenth(y), Words: line})
		}
		d.Nodes = append(d.Nodes, box)
	}
	left, top, right, bottom := d.Left(), d.Top(), d.X+d.W/2, d.Y+d.H/2
	for i := range s.graph.Edges {
		line, c := s.line(i)
		d.Edges = append(d.Edges, line)
		for t := 0.0; t <= 1 && line.Path != ""; t += 0.125 { // a line may go beyond all boxes
			p := c.at(t)
			left, right, top, bottom = min(left, p.X), max(right, p.X), min(top, p.Y), max(bottom, p.Y)
		}
	}
	left, top = math.Floor(left)-margin, math.Floor(top)-margin
	right, bottom = math.Ceil(right)+margin, math.Ceil(bottom)+margin
	d.Rect = Rect{(left + right) / 2, (top + bottom) / 2, right - left, bottom - top}
	return d
}

func tenth(x float64) float64 { return math.Round(x*10)/10 + 0 }

// line draws edge i: a curve from the border of one box to that of the other,
// through its words.
func (s *scene) line(i int) (Line, curve) {
	e := s.graph.Edges[i]
	if e.From == e.To {
		return Line{}, curve{}
	}
	from, to := s.bodies[e.From], s.bodies[e.To]
	middle := s.home(i)
	line := Line{}
	if l := s.labels[i]; l >= 0 {
		r := s.bodies[l].Rect
		r.X, r.Y = tenth(r.X), tenth(r.Y)
		middle = Point{r.X, r.Y}
		line.Label = r
		line.Text = Text{X: r.X, Y: tenth(r.Y + edgeFont*0.36), Words: s.words[i]}
	}
	c := through(Point{from.X, from.Y}, middle, Point{to.X, to.Y}, s.along(i))
	c = c.between(c.leaves(from.Rect, 0, 1), c.leaves(to.Rect, 1, 0))
	line.Arrow = c.head()
	p := &path{}
	line.Path = p.to('M', c.a.X, c.a.Y).to('Q', c.b.X, c.b.Y, c.c.X, c.c.Y).String()
	return line, c
}

// curve is a quadratic Bézier curve.
type curve struct{ a, b, c Point }

// through returns the curve from a to c that is at p after the share t of its way.
func through(a, p, c Point, t float64) curve {
	u := 1 - t
	return curve{a, Point{(p.X - u*u*a.X - t*t*c.X) / (2 * t * u), (p.Y - u*u*a.Y - t*t*c.Y) / (2 * t * u)}, c}
}

func (c curve) at(t float64) Point {
	u := 1 - t
	return Point{u*u*c.a.X + 2*u*t*c.b.X + t*t*c.c.X, u*u*c.a.Y + 2*u*t*c.b.Y + t*t*c.c.Y}
}

// leaves returns where, going from the end in r to the other, c leaves r for good
// or as far as its middle.
func (c curve) leaves(r Rect, inside, outside float64) float64 {
	outside = (inside + outside) / 2
	for range 20 {
		t := (inside + outside) / 2
		if p := c.at(t); math.Abs(p.X-r.X) < r.W/2+2 && math.Abs(p.Y-r.Y) < r.H/2+2 {
			inside = t
		} else {
			outside = t
		}
	}
	return outside
}

// between returns the part of c from t to u.
func (c curve) between(t, u float64) curve {
	blossom := func(t, u float64) Point {
		return Point{
			(1-t)*(1-u)*c.a.X + ((1-t)*u+t*(1-u))*c.b.X + t*u*c.c.X,
			(1-t)*(1-u)*c.a.Y + ((1-t)*u+t*(1-u))*c.b.Y + t*u*c.c.Y,
		}
	}
	return curve{c.at(t), blossom(t, u), c.at(u)}
}

// head returns an arrow's head at the end of c, as an SVG path.
func (c curve) head() string {
	const long, half = 9, 4.5
	dx, dy := c.c.X-c.b.X, c.c.Y-c.b.Y
	d := math.Hypot(dx, dy)
	if d < 1e-6 {
		dx, dy, d = 1, 0, 1
	}
	dx, dy = dx/d, dy/d
	x, y := c.c.X-dx*long, c.c.Y-dy*long
	p := &path{}
	return p.to('M', c.c.X, c.c.Y).to('L', x-dy*half, y+dx*half).to('L', x+dy*half, y-dx*half).to('Z').String()
}
