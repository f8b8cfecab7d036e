package draw_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"parley/queries/web/draw"
)

// neighbourhood is a graph like those around a busy mediator: a hub with a quarter
// of the nodes, smaller hubs, and some links across.
func neighbourhood(nodes, edges int, seed uint64) draw.Graph {
	r := rand.New(rand.NewPCG(seed, 1))
	names := []string{"Oslo", "Free Aceh Movement", "Martti Ahtisaari", "talks in Helsinki, January 2005", "Organisation of African Unity", "Mali",
		"Intergovernmental Authority on Development", "General Framework Agreement", "Qatar"}
	words := []string{"mediated", "took part in", "signed", "was held in", "is a member of", "met", "refused"}
	var g draw.Graph
	var ends []int
	link := func(a, b int) {
		g.Edges = append(g.Edges, draw.Edge{From: a, To: b, Label: words[r.IntN(len(words))]})
		ends = append(ends, a, b)
	}
	for i := range nodes {
		g.Nodes = append(g.Nodes, draw.Node{Label: fmt.Sprintf("%s %d", names[r.IntN(len(names))], i), Shape: draw.Shape(i % 9)})
		switch {
		case i == 0:
		case i < max(2, nodes/4):
			link(0, i)
		default:
			link(ends[r.IntN(len(ends))], i)
		}
	}
	for len(g.Edges) < edges {
		link(ends[r.IntN(len(ends))], ends[r.IntN(len(ends))])
	}
	return g
}

func layout(t testing.TB, g draw.Graph) *draw.Drawing {
	t.Helper()
	d, err := draw.Layout(context.Background(), g)
	if err != nil {
		t.Fatalf("Layout: %v", err)
	}
	return d
}

func overlap(a, b draw.Rect) bool {
	return math.Abs(a.X-b.X) < (a.W+b.W)/2 && math.Abs(a.Y-b.Y) < (a.H+b.H)/2
}

// checkApart fails if two boxes or words cover each other, or anything is outside.
func checkApart(t *testing.T, d *draw.Drawing) {
	t.Helper()
	var rects []draw.Rect
	for _, n := range d.Nodes {
		rects = append(rects, n.Rect)
	}
	for _, e := range d.Edges {
		if e.Label.W > 0 {
			rects = append(rects, e.Label)
		}
	}
	for i, a := range rects {
		if math.Abs(a.X-d.X) > (d.W-a.W)/2 || math.Abs(a.Y-d.Y) > (d.H-a.H)/2 {
			t.Errorf("box %d %v is outside the drawing %v", i, a, d.Rect)
		}
		for j, b := range rects[:i] {
			if overlap(a, b) {
				t.Errorf("boxes %d %v and %d %v overlap", j, b, i, a)
			}
		}
	}
}

func TestLayoutKeepsBoxesAndWordsApart(t *testing.T) {
	for _, size := range [][2]int{{1, 0}, {2, 1}, {2, 6}, {12, 14}, {60, 120}, {200, 300}} {
		t.Run(fmt.Sprintf("nodes=%d/edges=%d", size[0], size[1]), func(t *testing.T) {
			checkApart(t, layout(t, neighbourhood(size[0], size[1], 7)))
		})
	}
	t.Run("no node", func(t *testing.T) {
		if d := layout(t, draw.Graph{}); len(d.Nodes)+len(d.Edges) != 0 || d.W <= 0 {
			t.Errorf("Layout of nothing = %+v, want an empty drawing with a margin", d)
		}
	})
	t.Run("parts without links", func(t *testing.T) {
		var g draw.Graph
		for i := range 40 {
			g.Nodes = append(g.Nodes, draw.Node{Label: fmt.Sprint("talks ", i)})
			if i%4 != 0 {
				g.Edges = append(g.Edges, draw.Edge{From: i - 1, To: i, Label: "led to"})
			}
		}
		d := layout(t, g)
		checkApart(t, d)
		if d.W > 4*d.H || d.H > 2*d.W {
			t.Errorf("drawing is %g by %g, want parts in rows", d.W, d.H)
		}
	})
	t.Run("loop", func(t *testing.T) {
		g := neighbourhood(3, 2, 1)
		g.Edges = append(g.Edges, draw.Edge{From: 1, To: 1, Label: "met"})
		if line := layout(t, g).Edges[2]; line.Path != "" || line.Label.W != 0 {
			t.Errorf("line from a node to itself = %+v, want none", line)
		}
	})
}

// A line that passes behind a box that it does not lead to can be misread. In a
// drawing of the size that most have there are few.
func TestLayoutLeadsLinesAroundBoxes(t *testing.T) {
	g := neighbourhood(1, 0, 3)
	for i := range 24 {
		g.Nodes = append(g.Nodes, draw.Node{Label: fmt.Sprintf("party to the talks %d", i)})
		g.Edges = append(g.Edges, draw.Edge{From: 0, To: i + 1, Label: "took part in"})
	}
	d := layout(t, g)
	checkApart(t, d)
	behind := 0
	for i, e := range g.Edges {
		var x0, y0, x1, y1, x2, y2 float64
		if _, err := fmt.Sscanf(strings.NewReplacer("M", "", "Q", " ").Replace(d.Edges[i].Path), "%g %g %g %g %g %g", &x0, &y0, &x1, &y1, &x2, &y2); err != nil {
			t.Fatalf("line %d is %q: %v", i, d.Edges[i].Path, err)
		}
		for n, box := range d.Nodes {
			hit := false
			for k := range 101 {
				u := float64(k) / 100
				x := (1-u)*(1-u)*x0 + 2*u*(1-u)*x1 + u*u*x2
				y := (1-u)*(1-u)*y0 + 2*u*(1-u)*y1 + u*u*y2
				hit = hit || n != e.From && n != e.To && math.Abs(x-box.X) < box.W/2 && math.Abs(y-box.Y) < box.H/2
			}
			if hit {
				behind++
			}
		}
	}
	if behind > 4 {
		t.Errorf("%d times a line passes behind a box that it does not lead to, want 4 or fewer", behind)
	}
}

func TestLayoutIsTheSameForTheSameGraph(t *testing.T) {
	g := neighbourhood(80, 120, 3)
	if a, b := layout(t, g), layout(t, g); !reflect.DeepEqual(a, b) {
		t.Error("two drawings of one graph differ")
	}
}

func TestLayoutPutsLinkedThingsNear(t *testing.T) {
	g := neighbourhood(100, 130, 5)
	d := layout(t, g)
	far := func(a, b int) float64 { return math.Hypot(d.Nodes[a].X-d.Nodes[b].X, d.Nodes[a].Y-d.Nodes[b].Y) }
	var linked, any float64
	for _, e := range g.Edges {
		linked += far(e.From, e.To) / float64(len(g.Edges))
	}
	for a := range g.Nodes {
		for b := range a {
			any += far(a, b) / float64(len(g.Nodes)*(len(g.Nodes)-1)/2)
		}
	}
	if linked > 0.7*any {
		t.Errorf("linked nodes are %.0f apart, any two %.0f; want linked ones clearly nearer", linked, any)
	}
}

func TestLayoutKeepsPinsAndEarlierPlaces(t *testing.T) {
	g := neighbourhood(30, 40, 2)
	before := layout(t, g)
	for i, box := range before.Nodes {
		g.Nodes[i].Near = &draw.Point{X: box.X, Y: box.Y}
	}
	pin := draw.Point{X: before.Nodes[4].X + 500, Y: before.Nodes[4].Y - 300}
	g.Nodes[4].Pin = &pin
	g.Nodes = append(g.Nodes, draw.Node{Label: "newcomer"})
	g.Edges = append(g.Edges, draw.Edge{From: 7, To: 30, Label: "met"})
	after := layout(t, g)
	checkApart(t, after)
	if at := after.Nodes[4]; math.Hypot(at.X-pin.X, at.Y-pin.Y) > 0.1 {
		t.Errorf("pinned node is at %g, %g, want %v", at.X, at.Y, pin)
	}
	var moved float64
	for i := range before.Nodes {
		if i != 4 {
			moved += math.Hypot(after.Nodes[i].X-before.Nodes[i].X, after.Nodes[i].Y-before.Nodes[i].Y) / 29
		}
	}
	if moved > 80 {
		t.Errorf("nodes moved by %.0f on average, want them near where they were", moved)
	}
}

func TestLayoutCutsLongNames(t *testing.T) {
	d := layout(t, draw.Graph{Nodes: []draw.Node{
		{Label: strings.Repeat("x", 10_000)},
		{Label: strings.Repeat("long name ", 1000)},
		{Label: "الاتحاد الأفريقي"},
		{Label: "朝鲜民主主义人民共和国政府代表团"},
		{Label: ""},
	}})
	for i, box := range d.Nodes {
		if box.W > 240 || box.H > 60 {
			t.Errorf("node %d is %g by %g, want a box of at most two lines", i, box.W, box.H)
		}
		if cut := len(box.Text) > 0 && strings.HasSuffix(box.Text[len(box.Text)-1].Words, "…"); cut != (i < 2) {
			t.Errorf("node %d shows %v", i, box.Text)
		}
	}
}

func TestLayoutStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := draw.Layout(ctx, neighbourhood(100, 150, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Layout = %v, want context.Canceled", err)
	}
}

func BenchmarkLayout(b *testing.B) {
	for _, size := range [][2]int{{20, 30}, {80, 120}, {200, 300}} {
		g := neighbourhood(size[0], size[1], 7)
		b.Run(fmt.Sprintf("nodes=%d", size[0]), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				layout(b, g)
			}
		})
	}
}
