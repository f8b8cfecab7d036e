package network

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"

	"parley/graph"
	"parley/queries"
)

// The measures of centrality.
const (
	Degree      = "degree"      // number of things that a thing is linked to
	PageRank    = "pagerank"    // Brin and Page 1998, damping 0.85, links weighted by their claims, both ways
	Betweenness = "betweenness" // Freeman 1977, by Brandes 2001: share of the shortest paths between all pairs that lead through a thing
)

// The bounds of the part that is measured: beyond them the things with most links
// are kept, and the answer says so.
const (
	maxMeasured  = 5000 // things
	maxBetween   = 400  // likewise for betweenness, whose cost is things times links
	damping      = 0.85
	tolerance    = 1e-10
	decimals     = 1e6 // a score is rounded, so that the order of floating-point sums does not show
	defaultRanks = 20
)

// CentralityParameters returns what [Centrality] takes.
func CentralityParameters() []queries.Parameter {
	own := []queries.Parameter{
		{Name: "measure", Type: queries.EnumType, Help: "degree if not given", Values: []string{Degree, PageRank, Betweenness}},
		{Name: "thing", Type: queries.ThingType, Help: "measure only what lies around these: ids or names", Many: true},
		{Name: "depth", Type: queries.CountType, Help: "most steps from them; 1 if not given", Most: MaxDepth},
		queries.PredicateParameter(), queries.TypeParameter(),
	}
	bounds := []queries.Parameter{{Name: "limit", Type: queries.CountType, Help: "most things shown; 20 if not given", Most: MaxNodes}}
	return slices.Concat(own, queries.SourceParameters(), bounds)
}

// Ranking is the things of a part of the graph, most central first.
type Ranking struct {
	Measure   string    `json:"measure"`
	Revision  uint64    `json:"revision"`
	Readings  []Reading `json:"readings"`
	Notes     []string  `json:"notes"`
	Measured  int       `json:"measured"`  // things that the measure was taken over
	Links     int       `json:"links"`     // pairs of them that are linked
	Total     Total     `json:"total"`     // things that have a link under the filters
	Truncated bool      `json:"truncated"` // the measure was not taken over all of Total, or not all measured are shown
	Things    []Central `json:"things"`
}

// Central is a thing and how central it is.
type Central struct {
	Ref
	Score  float64 `json:"score"`        // degree: a number of things; pagerank: a share of 1; betweenness: in [0, 1]; to six decimals
	Degree int     `json:"degree"`       // things it is linked to in the part measured
	Claims int     `json:"claims_total"` // that link it to them
}

// Centrality ranks things by p.Measure in the undirected graph of the claims that
// pass p's filters, or in what of it lies within p.Depth steps of p.Thing. The error is a
// [queries.ParameterError], or ctx's if it ends first.
func Centrality(ctx context.Context, s *graph.Snapshot, p queries.Params) (*Ranking, error) {
	g, err := newPart(s, p)
	if err != nil {
		return nil, err
	}
	measure := cmp.Or(p.Measure, Degree)
	most := maxMeasured
	if measure == Betweenness {
		most = maxBetween
	}
	r := &Ranking{Measure: measure, Revision: s.Revision(), Things: []Central{}}
	nodes, err := g.measured(ctx, p, most, r)
	if err != nil {
		return nil, err
	}
	r.Readings, r.Notes = g.readings(), append(g.notes(), r.Notes...)
	links, err := g.links(ctx, nodes)
	if err != nil {
		return nil, err
	}
	r.Measured, r.Links = len(nodes), len(links)
	r.Things = g.central(nodes, links, measure)
	if limit := cmp.Or(p.Limit, defaultRanks); len(r.Things) > limit {
		r.Things, r.Truncated = r.Things[:limit], true
	}
	return r, ctx.Err()
}

// measured returns the things to be measured, most of them, and notes in r what is left out.
func (g *part) measured(ctx context.Context, p queries.Params, most int, r *Ranking) ([]graph.Node, error) {
	if len(p.Thing) > 0 {
		nodes, _, left, err := g.spread(ctx, g.filter.Things("thing", p.Thing), max(1, p.Depth), most)
		r.Total = Total{len(nodes) + left.Value, left.Relation}
		r.note(left.Value > 0, most)
		return nodes, err
	}
	degrees := make(map[graph.Node]int)
	var nodes []graph.Node
	for _, t := range graph.Types() {
		for i, n := range g.s.Nodes(t) {
			if i%1024 == 1023 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if !g.has(n) {
				break // as all of its type
			}
			g.each(n, func(graph.Edge, bool) { degrees[n]++ })
			if degrees[n] > 0 {
				nodes = append(nodes, n)
			}
		}
	}
	r.Total = Total{len(nodes), "eq"}
	r.note(len(nodes) > most, most)
	slices.SortFunc(nodes, func(a, b graph.Node) int {
		return cmp.Or(cmp.Compare(degrees[b], degrees[a]), cmp.Compare(g.s.ID(a), g.s.ID(b)))
	})
	return nodes[:min(len(nodes), most)], nil
}

func (r *Ranking) note(cut bool, most int) {
	if cut {
		r.Truncated = true
		r.Notes = append(r.Notes, fmt.Sprintf("measured over the %d things with most claims among them; filters, or thing and depth, make the part smaller", most))
	}
}

// pair is two things that are linked, by their places in a list.
type pair struct{ a, b int }

// links returns how many claims link each pair of nodes.
func (g *part) links(ctx context.Context, nodes []graph.Node) (map[pair]int, error) {
	places := make(map[graph.Node]int, len(nodes))
	for i, n := range nodes {
		places[n] = i
	}
	links := make(map[pair]int)
	for i, n := range nodes {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		g.each(n, func(e graph.Edge, forward bool) {
			if k, in := places[e.Other]; in && forward && k != i { // each claim once
				links[pair{min(i, k), max(i, k)}]++
			}
		})
	}
	return links, nil
}

// central returns the nodes with their scores, most central first.
func (g *part) central(nodes []graph.Node, links map[pair]int, measure string) []Central {
	list := make([]Central, len(nodes))
	for i, n := range nodes {
		list[i].Ref = g.ref(n)
	}
	for k, claims := range links {
		for _, i := range []int{k.a, k.b} {
			list[i].Degree++
			list[i].Claims += claims
		}
	}
	scores := score(measure, len(nodes), links)
	for i := range list {
		if list[i].Score = float64(list[i].Degree); measure != Degree {
			list[i].Score = math.Round(scores[int64(i)]*decimals) / decimals
		}
	}
	slices.SortFunc(list, func(a, b Central) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Degree, a.Degree), cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// score takes a measure that is more than a count.
func score(measure string, nodes int, links map[pair]int) map[int64]float64 {
	switch {
	case measure == PageRank && nodes > 1:
		d := simple.NewWeightedDirectedGraph(0, 0)
		for i := range nodes {
			d.AddNode(simple.Node(i))
		}
		for k, claims := range links {
			d.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(k.a), T: simple.Node(k.b), W: float64(claims)})
			d.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(k.b), T: simple.Node(k.a), W: float64(claims)})
		}
		return network.PageRankSparse(d, damping, tolerance)
	case measure == PageRank:
		return map[int64]float64{0: 1}
	case measure == Betweenness:
		u := simple.NewUndirectedGraph()
		for i := range nodes {
			u.AddNode(simple.Node(i))
		}
		for k := range links {
			u.SetEdge(simple.Edge{F: simple.Node(k.a), T: simple.Node(k.b)})
		}
		scores := network.Betweenness(u)
		if pairs := float64(nodes-1) * float64(nodes-2); pairs > 0 { // gonum counts each pair from both its ends
			for i := range scores {
				scores[i] /= pairs
			}
		}
		return scores
	}
	return nil
}
