package queries_test

import (
	"math"
	"net/url"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

// What Paths finds are the cheapest of all simple paths of facts, found by trying all.
func TestPathsCheapest(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(25, 3))...)
	links := func(n graph.Node, minConfidence float64) map[graph.Node]bool {
		to := map[graph.Node]bool{}
		for _, e := range slices.Concat(s.Out(n), s.In(n)) {
			if p := e.Predicate(); e.IsFact() && e.Other != graph.NoNode && p != graph.AuthorPredicate && p != graph.PublishedBy && s.ClaimOf(e).Confidence >= minConfidence {
				to[e.Other] = true
			}
		}
		return to
	}
	toll := func(n graph.Node) float64 { return math.Log2(float64(1+len(s.Out(n))+len(s.In(n)))) / 2 }
	states := s.Nodes(graph.State)
	found := 0
	for _, minConfidence := range []float64{0, 0.8} {
		for i := range states {
			from, to := states[i], states[(i*5+2)%len(states)]
			var all []float64
			var walk func(path []graph.Node, cost float64)
			walk = func(path []graph.Node, cost float64) {
				for n := range links(path[len(path)-1], minConfidence) {
					switch {
					case n == to && from != to:
						all = append(all, cost+1)
					case len(path) < 4 && !slices.Contains(path, n):
						walk(append(path, n), cost+1+toll(n))
					}
				}
			}
			walk([]graph.Node{from}, 0)
			slices.Sort(all)
			a, err := queries.Paths(t.Context(), s, queries.Params{From: []string{string(s.ID(from))}, To: []string{string(s.ID(to))}, Limit: 5, MinConfidence: minConfidence})
			if err != nil {
				t.Fatal(err)
			}
			if want := min(len(all), 5); len(a.Rows) != want {
				t.Errorf("from %s to %s, confidence %g: %d paths, want %d", s.ID(from), s.ID(to), minConfidence, len(a.Rows), want)
				continue
			}
			for k, r := range a.Rows {
				cost := 0.0
				for j, step := range r.Steps {
					if cost++; j > 0 {
						cost += toll(step.From)
					}
				}
				found++
				if math.Abs(cost-all[k]) > 1e-3 {
					t.Errorf("from %s to %s, confidence %g: path %d costs %g, want %g", s.ID(from), s.ID(to), minConfidence, k, cost, all[k])
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("%d paths compared, want more", found)
	}
}

// What is worked out once for a graph and kept answers as what is worked out for each
// question: with a filter that all claims pass, nothing is kept.
func TestKept(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(200, 9))...)
	for _, name := range []string{"mediations", "talks", "agreements", "mediators", "meetings", "positions", "disputes"} {
		for _, sort := range []string{"", "-id", "label", "date", "-claims"} {
			values := url.Values{"limit": {"50"}}
			if sort != "" {
				values.Set("sort", sort)
			}
			kept := brief(run(t, s, name+"?"+values.Encode()))
			again := brief(run(t, s, name+"?"+values.Encode()))
			values.Set("min_confidence", "0.01")
			if fresh := brief(run(t, s, name+"?"+values.Encode())); !slices.Equal(kept, fresh) || !slices.Equal(kept, again) {
				t.Errorf("%s?sort=%s: %d rows kept, %d worked out, or others", name, sort, len(kept), len(fresh))
			}
		}
	}
}
