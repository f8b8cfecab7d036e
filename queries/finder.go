package queries

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync/atomic"

	"parley/graph"
)

// finder looks for the cheapest paths by A* with partial expansion: a partial path
// is extended by one neighbour at a time, those that cost least to pass through
// first, so that what everything is linked to is looked at last and mostly never.
// What is left to the target within the hops that are left is known exactly, but for
// paths that would pass through something twice.
type finder struct {
	a       *asking
	sources nodeSet
	targets nodeSet // without the sources; 64 at most
	hops    int
	linked  []uint64    // by node: which of the targets it is linked to
	left    [][]float32 // by hops and node: the least cost to a target, once known; 0 if it is not
	own     map[graph.Node][]neighbour
	ctx     context.Context // of find
	trails  []trail
	heap    []mark
	marks   int // put on the heap so far
	visits  int // partial paths looked at
	steps   int // neighbours looked at
}

// neighbour is a thing that facts link to another one.
type neighbour struct {
	node graph.Node
	toll float32 // what it costs to pass through it
}

// trail is a partial path, last node first. It is named by its place in finder.trails.
type trail struct {
	node graph.Node
	cost float32 // up to node, without its toll
	toll float32 // of node; 0 for a source
	hops int
	prev int // -1 for none
}

// mark is a trail on the heap: to be extended by its neighbour number next, or one
// that is complete or new.
type mark struct {
	least float32 // what a path that goes on from here costs at least
	order int     // in which marks came, to choose between equals
	trail int
	next  int
}

const (
	complete = -1 // the trail has reached a target
	fresh    = -2 // nothing has been done with it
)

var unreachable = float32(math.Inf(1))

func newFinder(a *asking, sources, targets nodeSet) *finder {
	f := &finder{a: a, sources: sources, hops: a.p.MaxHops, linked: make([]uint64, a.s.Size()), own: make(map[graph.Node][]neighbour)}
	if f.hops == 0 {
		f.hops = DefaultHops
	}
	for _, n := range targets {
		if !slices.Contains(sources, n) && len(f.targets) < 64 {
			f.targets = append(f.targets, n)
		}
	}
	f.left = make([][]float32, f.hops+1)
	return f
}

// neighbourLists is the key of the neighbours of each thing by facts, as they become known.
type neighbourLists struct{}

// near returns what facts link to n, what is cheapest to pass through first.
func (f *finder) near(n graph.Node) []neighbour {
	if !f.a.plain || !f.a.event.isOpen() {
		list, known := f.own[n]
		if !known {
			list = f.neighbours(n)
			f.own[n] = list
		}
		return list
	}
	all := graph.Derived(f.a.s, neighbourLists{}, func() []atomic.Pointer[[]neighbour] {
		return make([]atomic.Pointer[[]neighbour], f.a.s.Size())
	})
	if known := all[n].Load(); known != nil {
		return *known
	}
	list := f.neighbours(n)
	all[n].Store(&list)
	return list
}

func (f *finder) neighbours(n graph.Node) []neighbour {
	s := f.a.s
	var list []neighbour
	for _, edges := range [][]graph.Edge{s.Out(n), s.In(n)} {
		for _, e := range edges {
			if e.Other == graph.NoNode || !f.a.joins(e) {
				continue
			}
			if p := e.Predicate(); p == graph.AuthorPredicate || p == graph.PublishedBy {
				continue // who printed it links everything
			}
			list = append(list, neighbour{node: e.Other})
		}
	}
	slices.SortFunc(list, func(x, y neighbour) int { return cmp.Compare(x.node, y.node) })
	list = slices.Compact(list)
	for i := range list {
		list[i].toll = f.toll(list[i].node)
	}
	slices.SortFunc(list, func(x, y neighbour) int {
		return cmp.Or(cmp.Compare(x.toll, y.toll), cmp.Compare(s.ID(x.node), s.ID(y.node)))
	})
	return slices.Clip(list)
}

// toll is what it costs to pass through n.
func (f *finder) toll(n graph.Node) float32 {
	return float32(math.Log2(float64(1+len(f.a.s.Out(n))+len(f.a.s.In(n))))) / 2
}

// leastLeft returns what the cheapest way from n to a target costs that has the given
// number of hops at most, without the toll of n.
func (f *finder) leastLeft(n graph.Node, hops int) float32 {
	switch {
	case hops < 1:
		return unreachable
	case f.linked[n] != 0:
		return 1
	case hops == 1:
		return unreachable
	}
	if f.left[hops] == nil {
		f.left[hops] = make([]float32, len(f.linked))
	}
	if known := f.left[hops][n]; known != 0 {
		return known
	}
	best := unreachable
	for _, m := range f.near(n) {
		if m.toll+2 >= best || f.isOver() {
			break
		}
		best = min(best, 1+m.toll+f.leastLeft(m.node, hops-1))
	}
	f.left[hops][n] = best
	return best
}

// isOver counts a step and reports, now and then, whether the time is up.
func (f *finder) isOver() bool {
	f.steps++
	return f.steps%1024 == 0 && f.ctx.Err() != nil
}

// find returns the k cheapest paths from a source to a target that pass through
// nothing twice, cheapest first.
func (f *finder) find(ctx context.Context, k int) ([][]graph.Node, error) {
	f.ctx = ctx
	for i, target := range f.targets {
		for _, m := range f.near(target) {
			f.linked[m.node] |= 1 << i
		}
	}
	for _, n := range f.sources {
		f.push(trail{node: n, prev: -1}, 1, fresh)
	}
	var paths [][]graph.Node
	for len(f.heap) > 0 && len(paths) < k && f.visits < maxVisits {
		if f.visits++; f.visits%256 == 0 && ctx.Err() != nil {
			break
		}
		switch m := f.pop(); m.next {
		case complete:
			paths = append(paths, f.path(m.trail))
		case fresh:
			f.begin(m)
		default:
			f.extend(m)
		}
	}
	return paths, ctx.Err()
}

// begin completes a trail with each target that it is linked to, and lets it wait to
// be extended.
func (f *finder) begin(m mark) {
	t := f.trails[m.trail]
	cost := t.cost + t.toll + 1
	for i, target := range f.targets {
		if f.linked[t.node]>>i&1 != 0 {
			f.push(trail{node: target, cost: cost, prev: m.trail}, cost, complete)
		}
	}
	if t.hops < f.hops-1 {
		f.later(m, 0)
	}
}

// later puts the trail of m back on the heap, to be extended by its neighbour number
// next or one after that.
func (f *finder) later(m mark, next int) {
	t := &f.trails[m.trail]
	list := f.near(t.node)
	if t.hops == f.hops-2 { // one more hop must be the last
		for next < len(list) && f.linked[list[next].node] == 0 && !f.isOver() {
			next++
		}
	}
	if next < len(list) {
		m.least, m.next = max(m.least, t.cost+t.toll+1+list[next].toll+1), next
		f.put(m)
	}
}

// extend extends a trail by one neighbour; the new trail waits for its turn.
func (f *finder) extend(m mark) {
	t := f.trails[m.trail]
	n := f.near(t.node)[m.next]
	f.later(m, m.next+1)
	if slices.Contains(f.sources, n.node) || slices.Contains(f.targets, n.node) || f.passes(m.trail, n.node) {
		return
	}
	cost := t.cost + t.toll + 1
	if left := f.leastLeft(n.node, f.hops-t.hops-1); left < unreachable {
		f.push(trail{node: n.node, cost: cost, toll: n.toll, hops: t.hops + 1, prev: m.trail}, cost+n.toll+left, fresh)
	}
}

// push adds a trail and puts it on the heap.
func (f *finder) push(t trail, least float32, next int) {
	f.trails = append(f.trails, t)
	f.put(mark{least: least, trail: len(f.trails) - 1, next: next})
}

// put puts m on the heap.
func (f *finder) put(m mark) {
	f.marks++
	m.order = f.marks
	h := append(f.heap, m)
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !h[i].before(h[up]) {
			break
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
	f.heap = h
}

// pop takes the mark off the heap that costs least.
func (f *finder) pop() mark {
	h := f.heap
	first, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && h[down+1].before(h[down]) {
			down++
		}
		if !h[down].before(h[i]) {
			break
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
	f.heap = h
	return first
}

func (m mark) before(n mark) bool {
	return m.least < n.least || m.least == n.least && m.order < n.order
}

func (f *finder) passes(at int, n graph.Node) bool {
	for ; at >= 0; at = f.trails[at].prev {
		if f.trails[at].node == n {
			return true
		}
	}
	return false
}

func (f *finder) path(at int) []graph.Node {
	var list []graph.Node
	for ; at >= 0; at = f.trails[at].prev {
		list = append(list, f.trails[at].node)
	}
	slices.Reverse(list)
	return list
}
