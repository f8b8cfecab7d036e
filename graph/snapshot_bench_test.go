package graph_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
)

// What a commit of one article costs the snapshot.
func BenchmarkSnapshotPatch(b *testing.B) {
	for _, quads := range []int{10_000, 100_000, 1_000_000} {
		n := quads / graphtest.QuadsPerArticle
		if quads > 100_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			all := slices.Collect(graphtest.Synthetic(n+200, 1))
			s := graph.NewSnapshot(1, all[:n]...)
			b.ReportAllocs()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				s = s.With(uint64(i+2), all[n+i%200])
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
		})
	}
}
