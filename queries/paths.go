package queries

import (
	"context"
	"maps"

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
// max_hops, place and actor; every hop must meet the filters.
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
	a.confine(true)
	from, to := a.things("from", p.From, false), a.things("to", p.To, false)
	if a.empty {
		return a.answer, nil
	}
	k := min(p.limit(), maxPaths)
	if p.Limit == 0 {
		k = 3
	}
	f := newFinder(a, from[0], to[0])
	paths, err := f.find(ctx, k+1)
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
	hops := make([][]Step, len(paths))
	for i, path := range paths {
		hops[i] = a.hops(path)
		a.answer.Rows = append(a.answer.Rows, a.pathRow(hops[i]))
	}
	facet := func(i int, name string) map[FacetValue]bool { return a.facetOfPath(hops[i], name) }
	return a.answer, a.countFacets(linkFacets, len(paths), facet)
}

// joins reports whether the claim of e can be a hop of a path.
func (a *asking) joins(e graph.Edge) bool {
	return a.admits(e) && (a.event.isOpen() || a.isTimed(e))
}

// hops returns the steps of a path, each with all its claims.
func (a *asking) hops(path []graph.Node) []Step {
	steps := make([]Step, 0, len(path)-1)
	for i := 1; i < len(path); i++ {
		st := Step{From: path[i-1], To: path[i]}
		for _, list := range [][]graph.Edge{a.s.Out(st.From), a.s.In(st.From)} {
			for _, e := range list {
				if e.Other == st.To && a.joins(e) {
					st.Claims = append(st.Claims, e)
				}
			}
		}
		st.Count = len(st.Claims)
		steps = append(steps, st)
	}
	return steps
}

// pathRow shows a path with some of the claims of each hop.
func (a *asking) pathRow(steps []Step) Row {
	row := Row{Thing: steps[len(steps)-1].To}
	for _, st := range steps {
		row.AllClaims += st.Count
		st.Claims = st.Claims[:min(st.Count, a.p.evidence())]
		row.Claims = append(row.Claims, st.Claims...)
		row.Steps = append(row.Steps, st)
	}
	return row
}

// facetOfPath returns what a path counts for under a facet: the things between its
// ends, and the claims of its hops.
func (a *asking) facetOfPath(steps []Step, name string) map[FacetValue]bool {
	seen := make(map[FacetValue]bool)
	for i, st := range steps {
		if name != "type" {
			maps.Copy(seen, a.facetOfLinks(st.To, st.Claims, name))
		} else if i < len(steps)-1 {
			maps.Copy(seen, a.facetOfLinks(st.To, nil, name))
		}
	}
	return seen
}
