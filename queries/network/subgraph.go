package network

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"slices"

	"parley/graph"
	"parley/queries"
)

// The bounds of a subgraph.
const (
	MaxDepth     = 3
	DefaultNodes = 50
	MaxNodes     = 1000
	MaxEdges     = 5000 // beyond them edges with fewer claims are left out, and counted
)

// SubgraphParameters returns what [Subgraph] takes.
func SubgraphParameters() []queries.Parameter {
	own := []queries.Parameter{
		{Name: "thing", Type: queries.ThingType, Help: "what the subgraph is around: an id or a name; several are joined", Many: true, Required: true},
		{Name: "depth", Type: queries.CountType, Help: "most steps from them; 1 if not given", Most: MaxDepth},
		queries.PredicateParameter(), queries.TypeParameter(),
	}
	bounds := []queries.Parameter{
		{Name: "evidence", Type: queries.CountType, Help: "most claims shown for one edge; 3 if not given", Most: queries.MaxEvidence},
		{Name: "limit", Type: queries.CountType, Help: "most things, nearest and with most claims first; 50 if not given", Most: MaxNodes},
	}
	return slices.Concat(own, queries.SourceParameters(), bounds)
}

// Drawing is a part of the graph that can be drawn as it is: things, the edges
// between them, the claims behind each edge, and what was left out.
type Drawing struct {
	Revision  uint64    `json:"revision"`
	Readings  []Reading `json:"readings"`
	Notes     []string  `json:"notes"`
	Nodes     []Vertex  `json:"nodes"` // nearest first, then with most claims to what is nearer, then by id
	Edges     []Edge    `json:"edges"` // by subject, predicate in the order of the model, object
	Truncated bool      `json:"truncated"`
	Left      Left      `json:"left"`
	claims    []graph.Edge
	snapshot  *graph.Snapshot
}

// Vertex is a thing of a [Drawing].
type Vertex struct {
	Ref
	Depth  int            `json:"depth"`        // steps from what was asked about
	Claims int            `json:"claims_total"` // of the thing in the whole graph, facts or not
	Degree int            `json:"degree"`       // things of the drawing it is linked to
	Left   map[string]int `json:"left"`         // things that it is linked to and the drawing lacks, by predicate
}

// Edge is what any number of claims say alike.
type Edge struct {
	Subject   graph.ID        `json:"subject"`
	Predicate graph.Predicate `json:"predicate"`
	Object    graph.ID        `json:"object"`
	Claims    []graph.ID      `json:"claims"`       // oldest article first; the claims are those of the drawing
	Count     int             `json:"claims_total"` // of the edge
}

// Left counts what a drawing leaves out.
type Left struct {
	Things Total `json:"things"` // within the depth asked for
	Edges  int   `json:"edges"`  // between things of the drawing
}

// Subgraph returns the things within p.Depth steps of p.Thing and the edges among
// them all, under p's filters. Of things at one distance those with most claims
// to nearer ones come first, up to p.Limit; those asked about are always there.
// The error is a [queries.ParameterError], or ctx's if it ends first.
func Subgraph(ctx context.Context, s *graph.Snapshot, p queries.Params) (*Drawing, error) {
	g, err := newPart(s, p)
	if err != nil {
		return nil, err
	}
	if len(p.Thing) == 0 {
		return nil, &queries.ParameterError{Name: "thing", Want: "an id or a name"}
	}
	d := &Drawing{Revision: s.Revision(), Nodes: []Vertex{}, Edges: []Edge{}, snapshot: s}
	nodes, depths, left, err := g.spread(ctx, g.filter.Things("thing", p.Thing), max(1, p.Depth), cmp.Or(p.Limit, DefaultNodes))
	if err != nil {
		return nil, err
	}
	d.Readings, d.Notes, d.Left.Things = g.readings(), g.notes(), left
	if err := d.fill(ctx, g, nodes, depths, cmp.Or(p.Evidence, queries.DefaultEvidence)); err != nil {
		return nil, err
	}
	d.Truncated = left.Value > 0 || d.Left.Edges > 0
	return d, nil
}

// spread returns the things within depth steps of the seeds, limit of them or the
// seeds if they are more, the distance of each, and how many there are beyond.
func (g *part) spread(ctx context.Context, seeds []graph.Node, depth, limit int) (nodes []graph.Node, depths map[graph.Node]int, left Total, err error) {
	depths = make(map[graph.Node]int)
	g.byID(seeds)
	for _, n := range seeds {
		depths[n] = 0
	}
	nodes, left.Relation = seeds, "eq"
	level := seeds
	for step := 1; step <= depth && len(level) > 0; step++ {
		weights := make(map[graph.Node]int)
		for _, n := range level {
			if ctx.Err() != nil {
				return nil, nil, left, ctx.Err()
			}
			g.each(n, func(e graph.Edge, _ bool) {
				if _, known := depths[e.Other]; !known {
					weights[e.Other]++
				}
			})
		}
		next := make([]graph.Node, 0, len(weights))
		for n := range weights {
			next = append(next, n)
		}
		slices.SortFunc(next, func(a, b graph.Node) int {
			return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(g.s.ID(a), g.s.ID(b)))
		})
		if room := max(0, limit-len(nodes)); len(next) > room {
			left.Value += len(next) - room
			if next = next[:room]; step < depth {
				left.Relation = "gte" // nobody looked behind what was left out
			}
		}
		for _, n := range next {
			depths[n] = step
		}
		nodes, level = append(nodes, next...), next
	}
	return nodes, depths, left, nil
}

// fill puts the things and all edges between them into d.
func (d *Drawing) fill(ctx context.Context, g *part, nodes []graph.Node, depths map[graph.Node]int, evidence int) error {
	var edges []*bundle
	for _, n := range nodes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		edges = append(edges, g.bundles(n, depths)...)
		d.Nodes = append(d.Nodes, g.vertex(n, depths))
	}
	if len(edges) > MaxEdges {
		d.Left.Edges = len(edges) - MaxEdges
		slices.SortStableFunc(edges, func(a, b *bundle) int { return cmp.Compare(len(b.claims), len(a.claims)) })
		edges = edges[:MaxEdges]
	}
	slices.SortFunc(edges, func(a, b *bundle) int {
		return cmp.Or(cmp.Compare(g.s.ID(a.subject), g.s.ID(b.subject)), cmp.Compare(a.rank, b.rank), cmp.Compare(g.s.ID(a.object), g.s.ID(b.object)))
	})
	for _, b := range edges {
		shown := b.claims[:min(len(b.claims), evidence)]
		e := Edge{g.s.ID(b.subject), b.claims[0].Predicate(), g.s.ID(b.object), nil, len(b.claims)}
		for _, c := range shown {
			e.Claims = append(e.Claims, g.s.ClaimOf(c).ID)
		}
		d.Edges, d.claims = append(d.Edges, e), append(d.claims, shown...)
	}
	return nil
}

// bundle is the claims of one edge.
type bundle struct {
	subject, object graph.Node
	rank            int // of the predicate in the model
	claims          []graph.Edge
}

// bundles returns the edges from n, as subject, to things of the drawing. Claims
// come sorted by predicate and then by date.
func (g *part) bundles(n graph.Node, in map[graph.Node]int) []*bundle {
	type key struct {
		predicate graph.Predicate
		object    graph.Node
	}
	of := make(map[key]*bundle)
	var list []*bundle
	rank, last := 0, graph.Predicate("")
	for _, e := range g.s.Out(n) {
		if e.Predicate() != last {
			rank, last = rank+1, e.Predicate()
		}
		if _, there := in[e.Other]; e.Other == graph.NoNode || !there || !g.filter.Admits(e) {
			continue
		}
		k := key{e.Predicate(), e.Other}
		if of[k] == nil {
			of[k] = &bundle{subject: n, object: e.Other, rank: rank}
			list = append(list, of[k])
		}
		of[k].claims = append(of[k].claims, e)
	}
	return list
}

// vertex shows n and counts what the drawing lacks around it.
func (g *part) vertex(n graph.Node, in map[graph.Node]int) Vertex {
	v := Vertex{Ref: g.ref(n), Depth: in[n], Claims: len(g.s.Out(n)) + len(g.s.In(n)), Left: make(map[string]int)}
	near := make(map[graph.Node]bool)
	type link struct {
		predicate graph.Predicate
		other     graph.Node
	}
	far := make(map[link]bool)
	g.each(n, func(e graph.Edge, _ bool) {
		if _, there := in[e.Other]; there {
			near[e.Other] = true
		} else if k := (link{e.Predicate(), e.Other}); !far[k] {
			far[k] = true
			v.Left[string(e.Predicate())]++
		}
	})
	v.Degree = len(near)
	return v
}

// Claims yields the claims that d shows, edge by edge.
func (d *Drawing) Claims() iter.Seq[*graph.Claim] {
	return func(yield func(*graph.Claim) bool) {
		for _, e := range d.claims {
			if !yield(d.snapshot.ClaimOf(e)) {
				return
			}
		}
	}
}

// MarshalJSON returns d with its claims in full under "claims".
func (d *Drawing) MarshalJSON() ([]byte, error) {
	type plain Drawing
	claims := make([]json.RawMessage, 0, len(d.claims))
	for c := range d.Claims() {
		claims = append(claims, queries.AppendClaim(nil, d.snapshot, c.ID))
	}
	return json.Marshal(struct {
		*plain
		Claims []json.RawMessage `json:"claims"`
	}{(*plain)(d), claims})
}
