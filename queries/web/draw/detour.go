package draw

import "math"

// A line that passes behind a box it does not lead to reads as two lines of that
// box. While boxes are moved apart they are moved off such lines as well; a line
// that passes behind one in the end is bent around it, with its words, where there
// is room. In a drawing of very many things neither would help much.

const (
	maxDetoured = 120 // nodes up to which lines are looked at
	clearing    = 150 // rounds of moving boxes off lines
)

// clear moves boxes off the lines that do not lead to them.
func (s *scene) clear(bodies []int) {
	for _, l := range bodies {
		i := s.bodies[l].edge
		if i < 0 {
			continue
		}
		e := s.graph.Edges[i]
		from, to := s.bodies[e.From], s.bodies[e.To]
		dx, dy := to.X-from.X, to.Y-from.Y
		long := math.Hypot(dx, dy)
		if long < 1 {
			continue
		}
		dx, dy = dx/long, dy/long
		for _, n := range bodies {
			b := &s.bodies[n]
			if b.edge >= 0 || n == e.From || n == e.To || b.isFixed {
				continue
			}
			x, y := b.X-from.X, b.Y-from.Y
			if along := x*dx + y*dy; along < 0 || along > long {
				continue
			}
			aside := y*dx - x*dy
			if short := b.W/2*math.Abs(dy) + b.H/2*math.Abs(dx) + gap - math.Abs(aside); short > 0 {
				push := math.Copysign(short*0.3, aside)
				b.X -= dy * push
				b.Y += dx * push
			}
		}
	}
}

// bends are how far to the side the words of a line are moved, in the order in
// which that is tried, and shares are where along it.
var (
	bends  = []float64{0, 18, -18, 36, -36, 60, -60, 90, -90, 125, -125, 165, -165}
	shares = []float64{0.5, 0.62, 0.38, 0.75}
)

// detour bends the lines among bodies that pass behind boxes.
func (s *scene) detour(bodies []int) {
	for _, l := range bodies {
		i := s.bodies[l].edge
		if i < 0 {
			continue
		}
		at, share := Point{s.bodies[l].X, s.bodies[l].Y}, s.along(i)
		least := s.behind(i, at, share, bodies)
		if least == 0 {
			continue
		}
		from, to := s.bodies[s.graph.Edges[i].From], s.bodies[s.graph.Edges[i].To]
		dx, dy := to.X-from.X, to.Y-from.Y
		long := max(1, math.Hypot(dx, dy))
		for _, t := range shares {
			for _, bend := range bends {
				p := Point{from.X + t*dx - dy/long*bend, from.Y + t*dy + dx/long*bend}
				if least == 0 || !s.isFree(l, p, bodies) {
					continue
				}
				if n := s.behind(i, p, t, bodies); n < least {
					least, at, share = n, p, t
				}
			}
		}
		s.bodies[l].X, s.bodies[l].Y, s.share[i] = at.X, at.Y, share
	}
}

// behind returns how many boxes the line of edge i passes behind if its words are
// at p, the given share of its way along.
func (s *scene) behind(i int, p Point, share float64, bodies []int) int {
	e := s.graph.Edges[i]
	from, to := s.bodies[e.From], s.bodies[e.To]
	c := through(Point{from.X, from.Y}, p, Point{to.X, to.Y}, share)
	const steps = 24
	var points [steps - 1]Point
	for k := range points {
		points[k] = c.at(float64(k+1) / steps)
	}
	count := 0
	for _, n := range bodies {
		b := &s.bodies[n]
		if b.edge >= 0 || n == e.From || n == e.To {
			continue
		}
		for _, q := range points {
			if math.Abs(q.X-b.X) < b.W/2+3 && math.Abs(q.Y-b.Y) < b.H/2+3 {
				count++
				break
			}
		}
	}
	return count
}

// isFree reports whether the words l cover nothing if they are at p.
func (s *scene) isFree(l int, p Point, bodies []int) bool {
	a := s.bodies[l]
	for _, n := range bodies {
		b := &s.bodies[n]
		if n != l && math.Abs(p.X-b.X) < (a.W+b.W)/2+gap/2 && math.Abs(p.Y-b.Y) < (a.H+b.H)/2+gap/2 {
			return false
		}
	}
	return true
}
