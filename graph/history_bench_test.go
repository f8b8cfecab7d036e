package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
)

// An earlier snapshot that is not kept yet, of a revision after which so many
// articles in a thousand came.
func BenchmarkAsOf(b *testing.B) {
	for _, quads := range []int{10_000, 100_000, 1_000_000} {
		if quads > 100_000 && testing.Short() {
			continue
		}
		n := quads / graphtest.QuadsPerArticle
		all := slices.Collect(graphtest.Synthetic(n, 1))
		now := graph.NewSnapshot(uint64(n), all...)
		came := make(map[graph.ID]uint64, n)
		for i, x := range all {
			came[x.Article.ID] = uint64(i + 1)
		}
		for _, late := range []int{1, 100, 500} {
			b.Run(fmt.Sprintf("quads=%d/late=%d", quads, late), func(b *testing.B) {
				s := graph.StoreOf(now, came)
				for b.Loop() {
					s.Forget()
					v, err := s.AsOf(b.Context(), uint64(n-max(1, n*late/1000)))
					if err != nil || v.Counts().Articles == 0 {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
