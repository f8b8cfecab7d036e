package graphtest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
	"parley/graph/graphtest"
)

func TestSyntheticIsValidAndRepeatable(t *testing.T) {
	const n = 200
	ids := make(map[graph.ID]bool)
	var claims int
	i := 0
	for x := range graphtest.Synthetic(n, 7) {
		if err := x.Valid(); err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		if diff := cmp.Diff(graphtest.SyntheticArticle(i, n, 7), x); diff != "" {
			t.Fatalf("article %d made twice differs (-first +second):\n%s", i, diff)
		}
		if ids[x.Article.ID] {
			t.Errorf("article %d has the id %s of an earlier one", i, x.Article.ID)
		}
		ids[x.Article.ID] = true
		claims += len(x.Claims)
		i++
	}
	if claims < 10*n {
		t.Errorf("%d articles have %d claims, want at least %d", n, claims, 10*n)
	}
}
