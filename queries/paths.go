package queries

import (
	"container/heap"
	"context"
	"math"
	"slices"

	"parley/graph"
)

// The bounds of a search for paths.
const (
	DefaultHops = 4
	MaxHops     = 6
	maxPaths    = 20     // asked for at once
	maxVisits   = 20_000 // partial paths looked at before the search gives up, and says so
)

// Step is one hop of a path, with the facts that link its ends.
type Step struct {
	From, To graph.Node
	Claims   []graph.Edge
	Count    int // number of claims there are; Claims has fewer if the evidence was limited
}

// Paths answers how two things are connected: a row for each of the shortest
// paths of facts, cheapest first, with the evidence of each hop. A hop costs 1,
// and passing through a thing costs more the more claims it has, so that what
// everything is linked to comes last. It takes from and to, which must be given,
// and max_hops.
func Paths(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "paths", &p)
	if err != nil {
		return nil, err
	}
	if err := required(fromParam, p.From); err != nil {
		return nil, err
	}
	if err := required(toParam, p.To); err != nil {
		return nil, err
	}
	from, to := a.things("from", p.From, false), a.things("to", p.To, false)
	if a.empty {
		return a.answer, nil
	}
	k := min(p.limit(), maxPaths)
	if p.Limit == 0 {
		k = 3
	}
	f := &finder{a: a, targets: to[0], hops: p.MaxHops}
	if f.hops == 0 {
		f.hops = DefaultHops
	}
	paths, err := f.find(ctx, from[0], k+1)
	if err != nil {
		return nil, err
	}
	if len(paths) > k {
		paths = paths[:k]
		a.answer.Notes = append(a.answer.Notes, "there are more paths; raise limit to see them")
	}
	if f.visits >= maxVisits {
		a.answer.Notes = append(a.answer.Notes, "the search stopped before it had looked at everything; there may be more paths")
	}
	a.answer.Total, a.answer.TotalIsLeast = len(paths), true
	for _, path := range paths {
		a.answer.Rows = append(a.answer.Rows, a.pathRow(path))
	}
	return a.answer, nil
}

// pathRow shows a path with the claims of each hop.
func (a *asking) pathRow(path []graph.Node) Row {
	row := Row{Thing: path[len(path)-1]}
	for i := 1; i < len(path); i++ {
		st := Step{From: path[i-1], To: path[i]}
		for _, list := range [][]graph.Edge{a.s.Out(st.From), a.s.In(st.From)} {
			for _, e := range list {
				if e.Other == st.To && a.admits(e) {
					st.Claims = append(st.Claims, e)
				}
			}
		}
		st.Count = len(st.Claims)
		row.AllClaims += st.Count
		st.Claims = st.Claims[:min(st.Count, a.p.evidence())]
		row.Claims = append(row.Claims, st.Claims...)
		row.Steps = append(row.Steps, st)
	}
	return row
}

// finder looks for paths by A*: partial paths are extended in the order of what
// they cost at least, and what is left to the target is known, or bounded from
// below, by a search from the target that goes no further than the source.
type finder struct {
	a       *asking
	targets nodeSet
	hops    int
	left    []float32 // the least cost from a node to the target; 0 for unknown
	bound   float32   // of nodes that are unknown
	visits  int
	met     []int32 // in which visit a node was last met
}

// toll is what it costs to pass through n.
func (f *finder) toll(n graph.Node) float32 {
	if slices.Contains(f.targets, n) {
		return 0
	}
	return float32(math.Log2(float64(1+len(f.a.s.Out(n))+len(f.a.s.In(n))))) / 2
}

// links calls visit for each thing that a fact links to n.
func (f *finder) links(n graph.Node, visit func(graph.Node)) {
	for _, list := range [][]graph.Edge{f.a.s.Out(n), f.a.s.In(n)} {
		for _, e := range list {
			if e.Other == graph.NoNode || !f.a.admits(e) {
				continue
			}
			if p := e.Predicate(); p == graph.AuthorPredicate || p == graph.PublishedBy {
				continue // who printed it links everything
			}
			visit(e.Other)
		}
	}
}

// mark is a node on the heap with a cost.
type mark struct {
	cost float32
	node graph.Node
	path *trail
}

// trail is a partial path, last node first.
type trail struct {
	node graph.Node
	cost float32
	hops int
	prev *trail
}

type marks []mark

// Len returns the number of marks. With the methods below it makes marks a heap.
func (h marks) Len() int { return len(h) }

// Less puts the least cost first, then what has the smaller number.
func (h marks) Less(i, j int) bool {
	return h[i].cost < h[j].cost || h[i].cost == h[j].cost && h[i].node < h[j].node
}

// Swap swaps two marks.
func (h marks) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push adds a mark.
func (h *marks) Push(x any) { *h = append(*h, x.(mark)) }

// Pop takes the last mark off.
func (h *marks) Pop() any {
	old := *h
	m := old[len(old)-1]
	*h = old[:len(old)-1]
	return m
}

// measure fills f.left from the targets outwards, until all sources are reached.
func (f *finder) measure(ctx context.Context, sources nodeSet) error {
	f.left = make([]float32, f.a.s.Size())
	done := make([]bool, f.a.s.Size())
	open := 0
	for _, n := range sources {
		if !slices.Contains(f.targets, n) {
			open++
		}
	}
	h := &marks{}
	for _, n := range f.targets {
		heap.Push(h, mark{node: n})
	}
	for steps := 0; h.Len() > 0 && open > 0; steps++ {
		if steps%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		m := heap.Pop(h).(mark)
		if done[m.node] {
			continue
		}
		done[m.node] = true
		f.bound = m.cost
		if slices.Contains(sources, m.node) {
			open--
			continue
		}
		step := m.cost + 1 + f.toll(m.node)
		f.links(m.node, func(n graph.Node) {
			if !done[n] && !slices.Contains(f.targets, n) && (f.left[n] == 0 || step < f.left[n]) {
				f.left[n] = step
				heap.Push(h, mark{cost: step, node: n})
			}
		})
	}
	for n := range f.left {
		if !done[n] && (f.left[n] == 0 || f.left[n] > f.bound) {
			f.left[n] = f.bound
		}
	}
	return nil
}

// find returns the k cheapest paths from a source to a target that pass through
// nothing twice, cheapest first.
func (f *finder) find(ctx context.Context, sources nodeSet, k int) ([][]graph.Node, error) {
	if err := f.measure(ctx, sources); err != nil {
		return nil, err
	}
	f.met = make([]int32, len(f.left))
	h := &marks{}
	for _, n := range sources {
		heap.Push(h, mark{cost: f.left[n], node: n, path: &trail{node: n}})
	}
	var paths [][]graph.Node
	for h.Len() > 0 && len(paths) < k && f.visits < maxVisits {
		if f.visits++; f.visits%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := heap.Pop(h).(mark).path
		if slices.Contains(f.targets, t.node) && t.hops > 0 {
			paths = append(paths, t.nodes())
			continue
		}
		if t.hops == f.hops {
			continue
		}
		base := t.cost + 1
		if t.hops > 0 {
			base += f.toll(t.node)
		}
		f.links(t.node, func(n graph.Node) {
			if f.met[n] == int32(f.visits) || t.has(n) || slices.Contains(sources, n) {
				return
			}
			f.met[n] = int32(f.visits)
			isTarget := slices.Contains(f.targets, n)
			if t.hops+1 == f.hops && !isTarget {
				return
			}
			cost, left := base, float32(0)
			if !isTarget {
				left = f.left[n] + f.toll(n)
			}
			heap.Push(h, mark{cost: cost + left, node: n, path: &trail{n, cost, t.hops + 1, t}})
		})
	}
	return paths, nil
}

func (t *trail) has(n graph.Node) bool {
	for ; t != nil; t = t.prev {
		if t.node == n {
			return true
		}
	}
	return false
}

func (t *trail) nodes() []graph.Node {
	var list []graph.Node
	for ; t != nil; t = t.prev {
		list = append(list, t.node)
	}
	slices.Reverse(list)
	return list
}
