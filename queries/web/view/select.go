package view

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strconv"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/draw"
)

// Standing is how what an edge says is told.
type Standing string

// The standings. What is denied is that whatever its modality.
const (
	Fact        Standing = "fact"
	Denied      Standing = "denied"
	Planned     Standing = "planned"
	Conditional Standing = "conditional"
	Possible    Standing = "possible"
)

func standingOf(c *graph.Claim) Standing {
	switch {
	case c.Polarity == graph.Denied:
		return Denied
	case c.Modality == graph.Actual:
		return Fact
	}
	return Standing(c.Modality)
}

// Graph is what a view shows.
type Graph struct {
	Nodes  []Node
	Edges  []Edge
	Notes  []string // how names were read, and what a reader should know
	Left   int      // things that belong to the view and are not shown
	Fewer  int      // links between things that are shown, which are not
	Facets Facets
}

// Node is a thing of a view.
type Node struct {
	Node   graph.Node
	ID     graph.ID
	Asked  bool // it is what the view is around
	Open   bool // it is shown with what it is linked to
	Links  int  // things of the view that it is linked to
	Hidden int  // things that it is linked to and the view lacks, of those that the filters admit
	Many   bool // Hidden is a lower bound
}

// Edge is what a number of claims say alike of two things of a view.
type Edge struct {
	From, To   int // indices of nodes
	Predicate  graph.Predicate
	Standing   Standing
	Claims     []*graph.Claim // oldest article first
	Articles   int            // that say so
	Outlets    []string       // likewise, sorted
	Confidence float64        // of the claim that is surest
	Times      []Time         // when it was, sorted; empty if nobody says
}

// Time is a span of ISO 8601 dates, both included.
type Time struct{ From, To string }

// Select takes out of g what s shows: at most [draw.MaxNodes] things, or as many
// as the limit says. The error is a [queries.ParameterError], or ctx's if it ends
// first.
func Select(ctx context.Context, g *graph.Snapshot, s *State) (*Graph, error) {
	b, err := build(ctx, g, s)
	if err != nil {
		return nil, err
	}
	if err := b.count(ctx); err != nil {
		return nil, err
	}
	b.finish()
	return b.out, nil
}

// Sketch is [Select] for a small drawing: it does not count what the view lacks
// around each thing, nor what its filters can ask for.
func Sketch(ctx context.Context, g *graph.Snapshot, s *State) (*Graph, error) {
	b, err := build(ctx, g, s)
	if err != nil {
		return nil, err
	}
	b.finish()
	return b.out, nil
}

// build chooses things and links.
func build(ctx context.Context, g *graph.Snapshot, s *State) (*builder, error) {
	b := &builder{g: g, s: s, out: &Graph{}, index: make(map[graph.Node]int), edges: make(map[edgeKey]int), seen: make(map[*graph.Claim]bool)}
	if b.limit = s.Params.Limit; b.limit == 0 || s.Question != "" { // of a question it counts rows
		b.limit = draw.MaxNodes
	}
	var err error
	if b.filter, err = queries.NewFilter(g, b.params()); err != nil {
		return nil, err
	}
	if err := b.addAsked(ctx); err != nil {
		return nil, err
	}
	if err := b.addAround(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// builder is a [Graph] in the making.
type builder struct {
	g      *graph.Snapshot
	s      *State
	out    *Graph
	limit  int
	filter *queries.Filter
	index  map[graph.Node]int
	edges  map[edgeKey]int
	left   map[graph.Node]bool
	seen   map[*graph.Claim]bool // that are of an edge already
}

type edgeKey struct {
	from, to  graph.Node
	predicate graph.Predicate
	standing  Standing
}

// params returns what claims count: those of any polarity and modality, unless
// the view asks for one.
func (b *builder) params() queries.Params {
	p := b.s.Params
	p.Polarity, p.Modality = cmp.Or(p.Polarity, "any"), cmp.Or(p.Modality, "any")
	return p
}

// addAsked adds the paths or the answer that the view shows.
func (b *builder) addAsked(ctx context.Context) error {
	switch {
	case b.s.Question != "":
		q, err := queries.Find(b.s.Question)
		if err != nil {
			return err
		}
		asked := b.s.asked(q)
		for name, most := range map[string]int{"evidence": queries.MaxEvidence, "values": queries.MaxValues} {
			if _, takes := q.Parameter(name); takes {
				asked.Set(name, strconv.Itoa(most)) // all sources of a link are counted
			}
		}
		answer, err := queries.Run(ctx, b.g, b.s.Question, asked)
		if err != nil {
			return err
		}
		b.out.Notes = append(b.out.Notes, answer.Notes...)
		if answer.Truncated {
			b.out.Notes = append(b.out.Notes, "the answer has more rows than are drawn; raise limit or narrow the question")
		}
		b.add(answer.Claims(), true)
	case b.s.IsPath():
		p := b.s.Params
		p.Thing, p.Type, p.Predicate, p.Limit, p.Evidence = nil, nil, nil, 0, queries.MaxEvidence
		answer, err := queries.Paths(ctx, b.g, p)
		if err != nil {
			return err
		}
		b.out.Notes = append(b.out.Notes, answer.Notes...)
		for _, name := range []string{"from", "to"} {
			for _, r := range answer.Readings {
				if r.Parameter == name && len(r.Nodes) > 0 {
					b.out.Nodes[b.node(r.Nodes[0])].Asked = true
				}
			}
		}
		if len(answer.Rows) == 0 {
			b.out.Notes = append(b.out.Notes, "no path of facts was found between them under these filters")
		}
		b.add(answer.Claims(), true)
	}
	return nil
}

// add adds claims between things, and the things if they are not there yet and
// there is room for them.
func (b *builder) add(claims iter.Seq[*graph.Claim], fresh bool) {
	for c := range claims {
		from, ok := b.g.Node(c.Subject)
		to, there := b.g.Node(c.Object.ID)
		if c.Object.IsLiteral() || !ok || !there || from == to || !b.admits(c) {
			continue
		}
		for _, n := range []graph.Node{from, to} {
			if _, shown := b.index[n]; !shown && fresh {
				b.node(n)
			}
		}
		b.edge(from, to, c)
	}
}

// admits reports whether c is of a kind that the view asks for; whether its
// source is was looked at before.
func (b *builder) admits(c *graph.Claim) bool {
	if want := b.s.Params.Predicate; len(want) > 0 {
		return slices.Contains(want, string(c.Predicate))
	}
	return c.Predicate != graph.AuthorPredicate && c.Predicate != graph.PublishedBy
}

// node returns the index of n, which is added if there is room, else -1.
func (b *builder) node(n graph.Node) int {
	if i, ok := b.index[n]; ok {
		return i
	}
	if len(b.out.Nodes) >= b.limit {
		if b.left == nil {
			b.left = make(map[graph.Node]bool)
		}
		b.left[n] = true
		return -1
	}
	b.index[n] = len(b.out.Nodes)
	b.out.Nodes = append(b.out.Nodes, Node{Node: n, ID: b.g.ID(n)})
	return b.index[n]
}

// edge adds c to the edge that says the same.
func (b *builder) edge(from, to graph.Node, c *graph.Claim) {
	i, ok := b.index[from]
	j, there := b.index[to]
	if !ok || !there {
		return
	}
	if info, _ := c.Predicate.Info(); info.Symmetric && c.Subject > c.Object.ID {
		from, to, i, j = to, from, j, i
	}
	k := edgeKey{from, to, c.Predicate, standingOf(c)}
	at, ok := b.edges[k]
	if !ok {
		at = len(b.out.Edges)
		b.edges[k] = at
		b.out.Edges = append(b.out.Edges, Edge{From: i, To: j, Predicate: c.Predicate, Standing: k.standing})
	}
	if e := &b.out.Edges[at]; !b.seen[c] {
		b.seen[c] = true
		e.Claims = append(e.Claims, c)
	}
}

// addAround adds what the view's things and what was expanded are linked to.
func (b *builder) addAround(ctx context.Context) error {
	var around []graph.Node
	if b.s.Question == "" && !b.s.IsPath() && len(b.s.Params.Thing) > 0 {
		for _, n := range b.filter.Things("thing", b.s.Params.Thing) {
			i := b.node(n)
			if i < 0 {
				continue
			}
			b.out.Nodes[i].Asked = true
			if !slices.Contains(b.s.Collapse, b.g.ID(n)) {
				around = append(around, n)
			}
		}
		b.out.Notes = append(b.out.Notes, b.filter.Answer().Notes...)
	}
	for _, id := range b.s.Expand {
		if n, ok := b.g.Node(b.g.Canonical(id)); !ok {
			b.out.Notes = append(b.out.Notes, "nothing in the graph has the id "+string(id))
		} else if b.node(n) >= 0 && !slices.Contains(around, n) {
			around = append(around, n)
		}
	}
	if len(around) == 0 {
		return nil
	}
	return b.addNeighbours(ctx, around)
}

// addNeighbours adds the neighbours of the things around, those with most claims
// first, and the claims that link them; if the view wants them, those among the
// neighbours as well.
func (b *builder) addNeighbours(ctx context.Context, around []graph.Node) error {
	weights := make(map[graph.Node]int)
	var links []graph.Edge
	for _, n := range around {
		b.out.Nodes[b.index[n]].Open = true
		if err := ctx.Err(); err != nil {
			return err
		}
		for e := range b.links(n) {
			weights[e.Other]++
			links = append(links, e)
		}
	}
	others := slices.SortedFunc(maps.Keys(weights), func(m, n graph.Node) int {
		return cmp.Or(cmp.Compare(weights[n], weights[m]), cmp.Compare(b.g.ID(m), b.g.ID(n)))
	})
	for _, n := range others {
		b.node(n)
	}
	if b.s.Among {
		links = links[:0]
		for i := range b.out.Nodes {
			if err := ctx.Err(); err != nil {
				return err
			}
			links = slices.AppendSeq(links, b.links(b.out.Nodes[i].Node))
		}
	}
	b.add(func(yield func(*graph.Claim) bool) {
		for _, e := range links {
			if !yield(b.g.ClaimOf(e)) {
				return
			}
		}
	}, false)
	return nil
}

// links yields the claims about n that count and lead to a thing that does. Who
// wrote and printed an article links everything, so that counts only if it is
// asked for.
func (b *builder) links(n graph.Node) iter.Seq[graph.Edge] {
	return func(yield func(graph.Edge) bool) {
		for _, list := range [][]graph.Edge{b.g.Out(n), b.g.In(n)} {
			for _, e := range list {
				p := e.Predicate()
				isImprint := p == graph.AuthorPredicate || p == graph.PublishedBy
				if e.Other == graph.NoNode || isImprint && len(b.s.Params.Predicate) == 0 || !b.filter.AdmitsThing(e.Other) || !b.filter.Admits(e) {
					continue
				}
				if !yield(e) {
					return
				}
			}
		}
	}
}
