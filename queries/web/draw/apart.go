package draw

import (
	"cmp"
	"context"
	"math"
	"slices"
)

const (
	gap      = 7    // between boxes
	rounds   = 3000 // of moving apart before what still overlaps is left so
	patience = 100  // rounds after which everything is spread a little
	spacing  = 1.06 // by how much
)

// separate moves bodies apart until none overlap. Words are drawn to the middle
// of their edge as long as that is possible.
func (s *scene) separate(ctx context.Context, bodies []int) error {
	for _, b := range bodies {
		if e := s.bodies[b].edge; e >= 0 {
			home := s.home(e)
			s.bodies[b].X, s.bodies[b].Y = home.X, home.Y
		}
	}
	isSmall := len(s.graph.Nodes) <= maxDetoured
	order := slices.Clone(bodies)
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.bodies[a].Left(), s.bodies[b].Left()), cmp.Compare(a, b))
	})
	for round := range rounds {
		if round%patience == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		isClearing := isSmall && round < clearing
		if isClearing {
			s.clear(bodies)
		}
		if !s.push(order) && !isClearing {
			if isSmall {
				s.detour(bodies)
			}
			return nil
		}
		if round%patience == patience-1 {
			s.swell(bodies)
		}
		if round%patience < patience/4 {
			s.pull(bodies)
		}
	}
	return nil
}

// push moves each two of order that overlap apart, along the axis on which that
// takes less, and reports whether there were any.
func (s *scene) push(order []int) bool {
	for i := 1; i < len(order); i++ { // by insertion: since the last round little has changed
		for j := i; j > 0 && s.bodies[order[j]].Left() < s.bodies[order[j-1]].Left(); j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	moved := false
	for i, m := range order {
		a := &s.bodies[m]
		right := a.X + a.W/2 + gap
		for _, n := range order[i+1:] {
			b := &s.bodies[n]
			if b.Left() >= right+a.W { // what was moved since the sorting is met in the next round
				break
			}
			x := (a.W+b.W)/2 + gap - math.Abs(a.X-b.X)
			y := (a.H+b.H)/2 + gap - math.Abs(a.Y-b.Y)
			if x <= 0.01 || y <= 0.01 || a.isFixed && b.isFixed {
				continue
			}
			moved = true
			share := 0.5
			switch {
			case a.isFixed:
				share = 0
			case b.isFixed:
				share = 1
			case a.edge >= 0 && b.edge < 0:
				share = 0.7
			case a.edge < 0 && b.edge >= 0:
				share = 0.3
			}
			if x < y {
				x = math.Copysign(x*1.01, b.X-a.X)
				a.X -= x * share
				b.X += x * (1 - share)
			} else {
				y = math.Copysign(y*1.01, b.Y-a.Y)
				a.Y -= y * share
				b.Y += y * (1 - share)
			}
		}
	}
	return moved
}

// pull moves words towards the middle of their edge.
func (s *scene) pull(bodies []int) {
	for _, n := range bodies {
		if b := &s.bodies[n]; b.edge >= 0 {
			home := s.home(b.edge)
			b.X += (home.X - b.X) / 4
			b.Y += (home.Y - b.Y) / 4
		}
	}
}

// swell spreads bodies that are not fixed from their common centre.
func (s *scene) swell(bodies []int) {
	var x, y float64
	for _, n := range bodies {
		x += s.bodies[n].X / float64(len(bodies))
		y += s.bodies[n].Y / float64(len(bodies))
	}
	for _, n := range bodies {
		if b := &s.bodies[n]; !b.isFixed {
			b.X, b.Y = x+(b.X-x)*spacing, y+(b.Y-y)*spacing
		}
	}
}

// pack puts parts side by side in rows, such that all together are about as wide
// as a screen is to its height. Each part keeps its shape.
func (s *scene) pack(parts [][]int) {
	const aspect, between = 1.6, 40
	var area float64
	bounds := make([]Rect, len(parts))
	for i, part := range parts {
		bounds[i] = s.bounds(part)
		area += (bounds[i].W + between) * (bounds[i].H + between)
	}
	limit := math.Sqrt(area * aspect)
	if len(bounds) > 0 {
		limit = max(limit, bounds[0].W)
	}
	var x, y, high float64
	for i, part := range parts {
		r := bounds[i]
		if x > 0 && x+r.W > limit {
			x, y, high = 0, y+high+between, 0
		}
		for _, n := range part {
			s.bodies[n].X += x - r.Left()
			s.bodies[n].Y += y - r.Top()
		}
		x += r.W + between
		high = max(high, r.H)
	}
}

// bounds returns the least rectangle that holds bodies.
func (s *scene) bounds(bodies []int) Rect {
	if len(bodies) == 0 {
		return Rect{}
	}
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, n := range bodies {
		b := s.bodies[n]
		left, right = min(left, b.Left()), max(right, b.X+b.W/2)
		top, bottom = min(top, b.Top()), max(bottom, b.Y+b.H/2)
	}
	return Rect{(left + right) / 2, (top + bottom) / 2, right - left, bottom - top}
}
