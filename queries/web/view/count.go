package view

import (
	"cmp"
	"context"
	"slices"

	"parley/graph"
)

// Facets is what the filters of a view can ask for, counted before they are
// applied, most first.
type Facets struct {
	Predicates []Count // claims of the things that are expanded or shown
	Types      []Count // things at the other end of those
	Outlets    []Count // claims by who printed them
	From, To   string  // first and last year of which they tell; "" if none does
}

// Count is how often a value occurs.
type Count struct {
	Value string
	N     int
}

// maxLooked is how many claims of one thing are looked at to count what a view
// lacks: beyond it a count is a lower bound.
const maxLooked = 3000

// count counts what the view lacks and what its filters can ask for.
func (b *builder) count(ctx context.Context) error {
	predicates, outlets, types := make(map[string]int), make(map[string]int), make(map[string]int)
	seen := make(map[graph.Node]bool)
	years := &b.out.Facets
	for i := range b.out.Nodes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n := &b.out.Nodes[i]
		near, far := make(map[graph.Node]bool), make(map[graph.Node]bool)
		looked := 0
		for _, list := range [][]graph.Edge{b.g.Out(n.Node), b.g.In(n.Node)} {
			for _, e := range list {
				if e.Other == graph.NoNode || e.Predicate() == graph.AuthorPredicate || e.Predicate() == graph.PublishedBy {
					continue
				}
				if looked++; looked > maxLooked && !n.Open {
					n.Many = true
					break
				}
				if _, shown := b.index[e.Other]; shown {
					near[e.Other] = true
				} else if b.filter.AdmitsThing(e.Other) && !far[e.Other] && b.filter.Admits(e) {
					far[e.Other] = true
				}
				if n.Open {
					predicates[string(e.Predicate())]++
					outlets[b.g.ArticleOf(e).Outlet]++
					years.include(b.times(b.g.ClaimOf(e)))
					if !seen[e.Other] {
						seen[e.Other] = true
						types[string(b.g.ID(e.Other).Type())]++
					}
				}
			}
		}
		n.Hidden = len(far)
	}
	if len(predicates) == 0 { // paths and answers, nothing expanded
		for _, e := range b.out.Edges {
			predicates[string(e.Predicate)] += len(e.Claims)
			for _, c := range e.Claims {
				if a, ok := b.g.Article(c.Article); ok {
					outlets[a.Outlet]++
				}
				years.include(b.times(c))
			}
		}
		for _, n := range b.out.Nodes {
			types[string(n.ID.Type())]++
		}
	}
	delete(outlets, "")
	b.out.Facets.Predicates, b.out.Facets.Types, b.out.Facets.Outlets = counts(predicates), counts(types), counts(outlets)
	return nil
}

func counts(m map[string]int) []Count {
	list := make([]Count, 0, len(m))
	for v, n := range m {
		list = append(list, Count{v, n})
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	return list
}

// include widens the years of f to those of times.
func (f *Facets) include(times []Time) {
	for _, t := range times {
		if len(t.From) < 4 || len(t.To) < 4 {
			continue
		}
		if f.From == "" || t.From[:4] < f.From {
			f.From = t.From[:4]
		}
		if t.To[:4] > f.To {
			f.To = t.To[:4]
		}
	}
}

// dated are the predicates that tell when talks and agreements were.
var dated = []graph.Predicate{graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn, graph.EffectiveOn}

// times returns when what c tells was: as c says, else when the talks or the
// agreement were that it is about.
func (b *builder) times(c *graph.Claim) []Time {
	if c.When != nil && c.When.Start != "" {
		return []Time{{c.When.Start, cmp.Or(c.When.End, c.When.Start)}}
	}
	var times []Time
	for _, id := range []graph.ID{c.Subject, c.Object.ID} {
		n, ok := b.g.Node(id)
		if t := id.Type(); !ok || t != graph.Talks && t != graph.Agreement {
			continue
		}
		for _, e := range b.g.Out(n, dated...) {
			if e.IsFact() {
				day := b.g.ClaimOf(e).Object.Value
				times = append(times, Time{day, day})
			}
		}
	}
	return times
}

// MaxEdges is how many links a view shows: more cannot be told apart.
const MaxEdges = 400

// finish counts what each edge and node has, leaves out what is too much, and
// puts the edges in order.
func (b *builder) finish() {
	for i := range b.out.Edges {
		b.weigh(&b.out.Edges[i])
	}
	b.thin()
	links := make([]map[int]bool, len(b.out.Nodes))
	for i := range b.out.Edges {
		e := &b.out.Edges[i]
		for _, c := range e.Claims {
			e.Times = append(e.Times, b.times(c)...)
		}
		slices.SortFunc(e.Times, func(x, y Time) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
		e.Times = slices.Compact(e.Times)
		for _, way := range [][2]int{{e.From, e.To}, {e.To, e.From}} {
			if links[way[0]] == nil {
				links[way[0]] = make(map[int]bool)
			}
			links[way[0]][way[1]] = true
		}
	}
	for i := range b.out.Nodes {
		b.out.Nodes[i].Links = len(links[i])
	}
	ranks := make(map[graph.Predicate]int)
	for i, info := range graph.Predicates() {
		ranks[info.Predicate] = i
	}
	slices.SortStableFunc(b.out.Edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To), cmp.Compare(ranks[x.Predicate], ranks[y.Predicate]), cmp.Compare(x.Standing, y.Standing))
	})
	b.out.Left += len(b.left)
}

// weigh counts who says what e does.
func (b *builder) weigh(e *Edge) {
	articles := make(map[graph.ID]bool)
	for _, c := range e.Claims {
		e.Confidence = max(e.Confidence, c.Confidence)
		if articles[c.Article] {
			continue
		}
		articles[c.Article] = true
		if a, ok := b.g.Article(c.Article); ok && a.Outlet != "" {
			e.Outlets = append(e.Outlets, a.Outlet)
		}
	}
	e.Articles = len(articles)
	slices.Sort(e.Outlets)
	e.Outlets = slices.Compact(e.Outlets)
}

// thin leaves out the edges that fewest outlets and articles tell of, but not the
// last one of a thing.
func (b *builder) thin() {
	if len(b.out.Edges) <= MaxEdges {
		return
	}
	slices.SortStableFunc(b.out.Edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(len(y.Outlets), len(x.Outlets)), cmp.Compare(y.Articles, x.Articles))
	})
	has := make([]bool, len(b.out.Nodes))
	var first, rest []Edge
	for _, e := range b.out.Edges {
		if has[e.From] && has[e.To] {
			rest = append(rest, e)
		} else {
			has[e.From], has[e.To] = true, true
			first = append(first, e)
		}
	}
	room := max(0, MaxEdges-len(first))
	b.out.Fewer = len(rest) - min(room, len(rest))
	b.out.Edges = append(first, rest[:len(rest)-b.out.Fewer]...)
}
