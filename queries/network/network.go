// Package network cuts parts out of the graph and measures them: [Subgraph] is
// what lies around some things, as a front end draws it in one call, and
// [Centrality] ranks the things of a filtered part by how they are linked.
//
// Both see things and the claims between them that pass the filters of package
// queries; articles and outlets, which link everything, only if asked for by type.
// Both are bounded, and say what they left out.
package network

import (
	"cmp"
	"slices"

	"parley/graph"
	"parley/queries"
)

// part is the graph under a filter.
type part struct {
	s      *graph.Snapshot
	filter *queries.Filter
	byType bool // only some types of things are asked for
}

func newPart(s *graph.Snapshot, p queries.Params) (*part, error) {
	f, err := queries.NewFilter(s, p)
	if err != nil {
		return nil, err
	}
	return &part{s, f, len(p.Type) > 0}, nil
}

// each calls visit for every claim of n that counts and leads to a thing that
// does; forward says that n is its subject.
func (g *part) each(n graph.Node, visit func(e graph.Edge, forward bool)) {
	for i, list := range [][]graph.Edge{g.s.Out(n), g.s.In(n)} {
		for _, e := range list {
			if e.Other != graph.NoNode && g.has(e.Other) && g.filter.Admits(e) {
				visit(e, i == 0)
			}
		}
	}
}

// has reports whether n is of a type that was asked for; articles and outlets are
// only there if they were.
func (g *part) has(n graph.Node) bool {
	if g.byType {
		return g.filter.AdmitsThing(n)
	}
	t := g.s.ID(n).Type()
	return t != graph.ArticleType && t != graph.Outlet
}

// byID sorts nodes by their ids.
func (g *part) byID(nodes []graph.Node) {
	slices.SortFunc(nodes, func(a, b graph.Node) int { return cmp.Compare(g.s.ID(a), g.s.ID(b)) })
}

// Ref is a thing as an answer shows it.
type Ref struct {
	ID      graph.ID   `json:"id"`
	Type    graph.Type `json:"type"`
	Label   string     `json:"label"`
	Aliases []string   `json:"aliases,omitempty"`
}

func (g *part) ref(n graph.Node) Ref {
	t := g.s.At(n)
	return Ref{t.ID, t.Type, t.Label, t.Aliases}
}

// Reading is what a name among the parameters was taken for.
type Reading struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value"`
	Things    []Ref  `json:"things"`
}

func (g *part) readings() []Reading {
	list := []Reading{}
	for _, r := range g.filter.Answer().Readings {
		reading := Reading{r.Parameter, r.Value, []Ref{}}
		for _, n := range r.Nodes {
			reading.Things = append(reading.Things, g.ref(n))
		}
		list = append(list, reading)
	}
	return list
}

func (g *part) notes() []string { return append([]string{}, g.filter.Answer().Notes...) }

// Total is a count, and whether it is exact ("eq") or a lower bound ("gte").
type Total struct {
	Value    int    `json:"value"`
	Relation string `json:"relation"`
}
