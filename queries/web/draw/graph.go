package draw

import (
	"context"
	"math"
)

// MaxNodes is the number of nodes up to which a drawing is meant to be legible and
// made in a fraction of a second. The work grows with the cube of the number.
const MaxNodes = 200

// Point is a place in a drawing; Y grows downwards.
type Point struct{ X, Y float64 }

// Rect is a rectangle by its centre and size.
type Rect struct{ X, Y, W, H float64 }

// Left returns the least X of r.
func (r Rect) Left() float64 { return r.X - r.W/2 }

// Top returns the least Y of r.
func (r Rect) Top() float64 { return r.Y - r.H/2 }

// Node is a box with a name.
type Node struct {
	Label string // plain text without control characters; what does not fit is cut, with an ellipsis
	Shape Shape
	Pin   *Point // where its centre has to be; nil for anywhere
	Near  *Point // where its centre should be if it can, as in an earlier drawing; nil for anywhere
}

// Edge is a line from one node to another, with words on it.
type Edge struct {
	From, To int    // indices of nodes; an edge from a node to itself is not drawn
	Label    string // plain text; "" for none
}

// Graph is what is to be drawn.
type Graph struct {
	Nodes []Node
	Edges []Edge
}

// Drawing is where everything has its place.
type Drawing struct {
	Rect         // holds all boxes, lines and words, with a margin
	Nodes []Box  // in the order of the graph's
	Edges []Line // likewise
}

// Box is a node in its place.
type Box struct {
	Rect
	Outline string // as the d of an SVG path, around the box's own centre
	Text    []Text // relative to the centre
}

// Line is an edge in its place.
type Line struct {
	Path  string // as the d of an SVG path; "" if the edge is not drawn
	Arrow string // likewise: a filled head at the end
	Label Rect   // of the words, for a background; its size is 0 if there are none
	Text  Text   // absolute
}

// Text is one line of words, centred at X with its baseline at Y.
type Text struct {
	X, Y  float64
	Words string
}

// margin is what is left free around a drawing.
const margin = 16

// Layout places the nodes of g such that their distances are near those along
// the edges (the stress model of Kamada and Kawai, 1989, minimised by L-BFGS from
// classical scaling), then moves boxes and words apart until none overlap. Nodes
// with a pin stay there, even on top of each other. Parts of g that no edge
// links are placed side by side.
//
// The error is ctx's if ctx ends first.
func Layout(ctx context.Context, g Graph) (*Drawing, error) {
	s := newScene(g)
	if s.isHinted() {
		if err := s.refine(ctx); err != nil {
			return nil, err
		}
		if err := s.separate(ctx, all(len(s.bodies))); err != nil {
			return nil, err
		}
	} else {
		var parts [][]int
		for _, nodes := range s.components() {
			if err := s.spread(ctx, nodes); err != nil {
				return nil, err
			}
			bodies := s.withLabels(nodes)
			if err := s.separate(ctx, bodies); err != nil {
				return nil, err
			}
			parts = append(parts, bodies)
		}
		s.pack(parts)
	}
	return s.drawing(), nil
}

func all(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// body is a box of a node or of the words of an edge.
type body struct {
	Rect
	isFixed bool
	edge    int // whose words it holds; -1 for a node
}

// scene is a drawing in the making.
type scene struct {
	graph  Graph
	bodies []body // of the nodes, in order, then of the edges' words
	labels []int  // by edge: its body; -1 for none
	bend   []float64
	share  []float64 // by edge: how far along it its words stand, if not where they usually do; 0 for there
	degree []int
	names  [][]string // by node: the lines of its label
	words  []string   // by edge: its label, cut
}

func newScene(g Graph) *scene {
	s := &scene{graph: g, degree: make([]int, len(g.Nodes)), labels: make([]int, len(g.Edges)), bend: make([]float64, len(g.Edges)), share: make([]float64, len(g.Edges)),
		words: make([]string, len(g.Edges))}
	for _, n := range g.Nodes {
		lines := wrap(n.Label, nodeFont, nameWidth, nameLines)
		s.names = append(s.names, lines)
		s.bodies = append(s.bodies, body{Rect: n.Shape.around(lines), isFixed: n.Pin != nil, edge: -1})
	}
	parallel := make(map[[2]int]int)
	for i, e := range g.Edges {
		s.labels[i] = -1
		if e.From == e.To {
			continue
		}
		s.degree[e.From]++
		s.degree[e.To]++
		pair := [2]int{min(e.From, e.To), max(e.From, e.To)}
		s.bend[i] = bendOf(parallel[pair])
		if e.From > e.To {
			s.bend[i] = -s.bend[i] // the same side, seen from either end
		}
		parallel[pair]++
		if lines := wrap(e.Label, edgeFont, wordsWidth, 1); len(lines) > 0 {
			s.words[i], s.labels[i] = lines[0], len(s.bodies)
			s.bodies = append(s.bodies, body{Rect: Rect{W: width(lines[0], edgeFont) + 6, H: edgeFont + 4}, edge: i})
		}
	}
	return s
}

// bendOf returns how far to the side the middle of the nth line between the same
// two nodes goes: 0, then alternately to the left and to the right.
func bendOf(n int) float64 {
	step := float64((n+1)/2) * (edgeFont + 10)
	if n%2 == 0 {
		return -step
	}
	return step
}

func (s *scene) isHinted() bool {
	for _, n := range s.graph.Nodes {
		if n.Pin != nil || n.Near != nil {
			return true
		}
	}
	return false
}

// components returns the nodes of each part that hangs together, largest part
// first, each in order.
func (s *scene) components() [][]int {
	part := all(len(s.graph.Nodes))
	root := func(n int) int {
		for part[n] != n {
			part[n] = part[part[n]]
			n = part[n]
		}
		return n
	}
	for _, e := range s.graph.Edges {
		a, b := root(e.From), root(e.To)
		part[max(a, b)] = min(a, b)
	}
	index := make(map[int]int)
	var list [][]int
	for n := range part {
		i, ok := index[root(n)]
		if !ok {
			i = len(list)
			index[root(n)] = i
			list = append(list, nil)
		}
		list[i] = append(list[i], n)
	}
	bySize(list)
	return list
}

// withLabels returns the bodies of nodes and of the words between them.
func (s *scene) withLabels(nodes []int) []int {
	in := make([]bool, len(s.graph.Nodes))
	for _, n := range nodes {
		in[n] = true
	}
	bodies := append([]int(nil), nodes...)
	for i, e := range s.graph.Edges {
		if s.labels[i] >= 0 && in[e.From] {
			bodies = append(bodies, s.labels[i])
		}
	}
	return bodies
}

// along returns how far from its start to its end the words of edge i stand: in
// the middle, or nearer to the end that has fewer edges, where there is more room.
func (s *scene) along(i int) float64 {
	if s.share[i] != 0 {
		return s.share[i]
	}
	from, to := float64(s.degree[s.graph.Edges[i].From]), float64(s.degree[s.graph.Edges[i].To])
	return 0.5 + 0.2*(from-to)/(from+to)
}

// home returns where the words of edge i would be if nothing was in their way.
func (s *scene) home(i int) Point {
	a, b := s.bodies[s.graph.Edges[i].From], s.bodies[s.graph.Edges[i].To]
	dx, dy, t := b.X-a.X, b.Y-a.Y, s.along(i)
	long := math.Hypot(dx, dy)
	if long < 1 {
		return Point{a.X + s.bend[i], a.Y}
	}
	return Point{a.X + t*dx - dy/long*s.bend[i], a.Y + t*dy + dx/long*s.bend[i]}
}
