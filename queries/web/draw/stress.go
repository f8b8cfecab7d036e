package draw

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat/mds"
)

// The stress model: each pair of nodes has a distance that it should have, and
// the square of the error, divided by the square of that distance, is to be small
// in sum.

const (
	iterations = 60   // of L-BFGS; more lower the stress by less than a hundredth
	flatten    = 0.65 // drawings are wider than high, as names are
)

func bySize(parts [][]int) {
	slices.SortStableFunc(parts, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
}

// reach is how long an edge should be: room for its words and half of either box,
// and more at a node with many, whose neighbours need room on a circle.
func (s *scene) reach(i int) float64 {
	e := s.graph.Edges[i]
	a, b := s.bodies[e.From], s.bodies[e.To]
	long := 40 + (a.W+a.H+b.W+b.H)/5 + 16*math.Sqrt(float64(max(s.degree[e.From], s.degree[e.To])))
	if l := s.labels[i]; l >= 0 {
		long += s.bodies[l].W / 2
	}
	return long
}

// distances returns the lengths of the shortest ways between nodes, by index in
// nodes; parts that are not linked are apart as far as the longest way, and half
// of that again.
func (s *scene) distances(nodes []int) *mat.SymDense {
	n := len(nodes)
	at := make([]int, len(s.graph.Nodes))
	for i := range at {
		at[i] = -1
	}
	for i, node := range nodes {
		at[node] = i
	}
	d := make([]float64, n*n)
	for i := range d {
		d[i] = math.Inf(1)
	}
	for i, e := range s.graph.Edges {
		if a, b := at[e.From], at[e.To]; a >= 0 && b >= 0 && a != b {
			long := min(d[a*n+b], s.reach(i))
			d[a*n+b], d[b*n+a] = long, long
		}
	}
	for k := range n { // Floyd and Warshall
		for i := range n {
			if through := d[i*n+k]; !math.IsInf(through, 1) {
				row, far := d[i*n:i*n+n], d[k*n:k*n+n]
				for j := range row {
					row[j] = min(row[j], through+far[j])
				}
			}
		}
	}
	longest := 200.0
	for i := range d {
		if i%(n+1) == 0 {
			d[i] = 0
		} else if !math.IsInf(d[i], 1) {
			longest = max(longest, d[i])
		}
	}
	for i := range d {
		if math.IsInf(d[i], 1) {
			d[i] = 1.5 * longest
		}
	}
	return mat.NewSymDense(n, d)
}

// spread places nodes, all of one part, from nothing.
func (s *scene) spread(ctx context.Context, nodes []int) error {
	if len(nodes) == 1 {
		s.bodies[nodes[0]].X, s.bodies[nodes[0]].Y = 0, 0
		return nil
	}
	d := s.distances(nodes)
	var scaled mat.Dense
	dims, _ := mds.TorgersonScaling(&scaled, nil, d)
	start := make([]float64, 2*len(nodes))
	for i := range nodes {
		// Nodes that hang on one node alone get the same place by scaling: a
		// spiral by the golden angle tells them apart.
		angle, radius := 2.399963*float64(i), 40.0
		start[2*i], start[2*i+1] = radius*math.Cos(angle), radius*math.Sin(angle)
		for axis := range min(dims, 2) {
			start[2*i+axis] += scaled.At(i, axis)
		}
	}
	return s.minimise(ctx, nodes, d, start, nil)
}

// refine places nodes of which some have places already.
func (s *scene) refine(ctx context.Context) error {
	nodes := all(len(s.graph.Nodes))
	start := make([]float64, 2*len(nodes))
	anchors := make([]float64, 2*len(nodes))
	known := make([]bool, len(nodes))
	for i, n := range s.graph.Nodes {
		anchors[2*i], anchors[2*i+1] = math.NaN(), math.NaN()
		if p := cmp.Or(n.Pin, n.Near); p != nil {
			known[i] = true
			start[2*i], start[2*i+1] = p.X, p.Y/flatten
			anchors[2*i], anchors[2*i+1] = p.X, p.Y/flatten
		}
	}
	s.placeNewcomers(start, known)
	return s.minimise(ctx, nodes, s.distances(nodes), start, anchors)
}

// placeNewcomers puts nodes that have no place beside a neighbour that has one.
func (s *scene) placeNewcomers(start []float64, known []bool) {
	for range known {
		changed := false
		for i, e := range s.graph.Edges {
			for _, way := range [][2]int{{e.From, e.To}, {e.To, e.From}} {
				if from, to := way[0], way[1]; known[from] && !known[to] {
					angle := 2.399963 * float64(to)
					start[2*to] = start[2*from] + s.reach(i)*math.Cos(angle)
					start[2*to+1] = start[2*from+1] + s.reach(i)*math.Sin(angle)
					known[to], changed = true, true
				}
			}
		}
		if !changed {
			break
		}
	}
	for i := range known {
		if !known[i] {
			angle, radius := 2.399963*float64(i), 120*math.Sqrt(float64(i+1))
			start[2*i], start[2*i+1] = radius*math.Cos(angle), radius*math.Sin(angle)
		}
	}
}

// minimise moves nodes from start to where the stress is least. A node with an
// anchor, which is not NaN, is held there; one that is fixed does not move.
func (s *scene) minimise(ctx context.Context, nodes []int, d *mat.SymDense, start, anchors []float64) error {
	m := &model{d: d, anchors: anchors, fixed: make([]bool, len(nodes))}
	for i, n := range nodes {
		m.fixed[i] = s.bodies[n].isFixed
	}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return m.stress(x, nil) },
		Grad: func(grad, x []float64) { m.stress(x, grad) },
		Status: func() (optimize.Status, error) {
			if ctx.Err() != nil {
				return optimize.RuntimeLimit, nil
			}
			return optimize.NotTerminated, nil
		},
	}
	// A line search that finds no better place is the end of the descent and no
	// failure: the best place so far is what counts.
	result, _ := optimize.Minimize(problem, start, &optimize.Settings{MajorIterations: iterations}, &optimize.LBFGS{})
	if err := ctx.Err(); err != nil {
		return err
	}
	if result != nil {
		start = result.X
	}
	for i, n := range nodes {
		s.bodies[n].X, s.bodies[n].Y = start[2*i], start[2*i+1]*flatten
		if pin := s.graph.Nodes[n].Pin; pin != nil {
			s.bodies[n].X, s.bodies[n].Y = pin.X, pin.Y
		}
	}
	return nil
}

// model is the stress as a function of places.
type model struct {
	d       *mat.SymDense
	anchors []float64 // nil for none
	fixed   []bool
}

// hold is the weight of an anchor, relative to that of a pair of nodes one unit apart.
const hold = 0.002

// stress returns the stress of the places x and, if grad is not nil, sets its gradient.
func (m *model) stress(x, grad []float64) float64 {
	clear(grad)
	sum := 0.0
	n := len(m.fixed)
	for i := 1; i < n; i++ {
		for j := range i {
			want := m.d.At(i, j)
			dx, dy := x[2*i]-x[2*j], x[2*i+1]-x[2*j+1]
			is := math.Sqrt(dx*dx+dy*dy) + 1e-9
			miss := (is - want) / (want * want)
			sum += miss * (is - want)
			if grad != nil {
				fx, fy := 2*miss/is*dx, 2*miss/is*dy
				grad[2*i] += fx
				grad[2*i+1] += fy
				grad[2*j] -= fx
				grad[2*j+1] -= fy
			}
		}
	}
	for i, a := range m.anchors {
		if !math.IsNaN(a) {
			sum += hold * (x[i] - a) * (x[i] - a)
			if grad != nil {
				grad[i] += 2 * hold * (x[i] - a)
			}
		}
	}
	if grad != nil {
		for i, fixed := range m.fixed {
			if fixed {
				grad[2*i], grad[2*i+1] = 0, 0
			}
		}
	}
	return sum
}
