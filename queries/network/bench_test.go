package network_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/network"
)

// What a front end asks: the neighbourhood of a state, some of which everything is
// linked to, with the JSON made of it; and how central the things of a graph are.
func Benchmark(b *testing.B) {
	for _, quads := range []int{10_000, 100_000, 1_000_000} {
		if quads > 100_000 && testing.Short() {
			continue
		}
		s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))...)
		states := s.Nodes(graph.State)
		for _, depth := range []int{1, 2} {
			b.Run(fmt.Sprintf("quads=%d/depth=%d", quads, depth), func(b *testing.B) {
				var times []time.Duration
				for i := 0; b.Loop(); i++ {
					start := time.Now()
					d, err := network.Subgraph(b.Context(), s, queries.Params{Thing: []string{string(s.ID(states[i%len(states)]))}, Depth: depth})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := json.Marshal(d); err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(start))
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
			})
		}
		for _, measure := range []string{network.Degree, network.PageRank, network.Betweenness} {
			b.Run(fmt.Sprintf("quads=%d/measure=%s", quads, measure), func(b *testing.B) {
				for b.Loop() {
					if _, err := network.Centrality(b.Context(), s, queries.Params{Measure: measure}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
