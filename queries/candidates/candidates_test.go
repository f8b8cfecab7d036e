package candidates_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/candidates"
)

func candidateReports() []*graph.Extraction {
	talks := func(title, published, id, place string) *graph.Extraction {
		return graphtest.NewReport(title, "Wire", published, "").
			Say(title+" were talks.", "state/norland participatedIn "+id, "organisation/river-front participatedIn "+id, id+" heldIn "+place).Extraction()
	}
	return []*graph.Extraction{
		talks("One", "2005-01-10", "talks/a-11111111", "place/lund"),
		talks("Two", "2005-01-12", "talks/b-22222222", "place/lund"),
		talks("Far", "2005-01-12", "talks/c-33333333", "place/oslo"),
		talks("Late", "2009-01-12", "talks/d-44444444", "place/lund"),
		graphtest.NewReport("Deal", "Wire", "2005-03-01", "").Name("agreement/doha-agreement-e1", "Doha Agreement").
			Say("Norland signed the Doha Agreement.", "state/norland signed agreement/doha-agreement-e1").Extraction(),
		graphtest.NewReport("Same deal", "Wire", "2006-03-01", "").Name("agreement/doha-agreement-2005", "Doha Agreement").
			Say("Norland broke the Doha Agreement of 2005.", "state/norland signed agreement/doha-agreement-2005").Extraction(),
		graphtest.NewReport("Other deal", "Wire", "2020-03-01", "").Name("agreement/doha-agreement-2020", "Doha Agreement").
			Say("Estland signed the Doha Agreement.", "state/estland signed agreement/doha-agreement-2020").Extraction(),
		graphtest.NewReport("Full", "Wire", "2005-01-11", "").Name("person/ada-tanaka", "Ada Tanaka").
			Say("Ada Tanaka leads Norland.", "person/ada-tanaka leads state/norland").Extraction(),
		graphtest.NewReport("Lone", "Wire", "2005-01-11", "").Name("person/tanaka-3fa2c1", "Tanaka").
			Say("Tanaka leads Norland.", "person/tanaka-3fa2c1 leads state/norland").Extraction(),
		graphtest.NewReport("Other", "Wire", "2005-01-11", "").Name("person/tanaka-3fa2c2", "Tanaka").
			Say("Tanaka leads Sudland.", "person/tanaka-3fa2c2 leads state/sudland").Extraction(),
	}
}

func candidatePairs(t *testing.T, s *graph.Snapshot, log []graph.Decision) []string {
	t.Helper()
	list, total, err := candidates.Find(t.Context(), s, candidates.Params{Decisions: log})
	if err != nil || total != len(list) {
		t.Fatalf("Candidates gives %d of %d and %v", len(list), total, err)
	}
	var pairs []string
	for _, c := range list {
		if c.Score <= 0 || c.Score > 1 || len(c.Reasons) == 0 || c.Thing.Claim.Evidence.Quote == "" || c.Into.Claim.Evidence.Quote == "" {
			t.Errorf("candidate %s lacks a score, a reason or a quote", c.Thing.Thing.ID)
		}
		pairs = append(pairs, fmt.Sprint(c.Thing.Thing.ID, " ", c.Into.Thing.ID))
	}
	return pairs
}

func TestCandidates(t *testing.T) {
	xs := candidateReports()
	want := []string{"talks/b-22222222 talks/a-11111111", "person/tanaka-3fa2c1 person/ada-tanaka",
		"agreement/doha-agreement-e1 agreement/doha-agreement-2005"}
	if diff := cmp.Diff(want, candidatePairs(t, graph.NewSnapshot(1, xs...), nil)); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	slices.Reverse(xs)
	log := []graph.Decision{{Number: 1, Kind: graph.MergeThings, Thing: "talks/a-11111111", Into: "talks/b-22222222"}, {Number: 2, Kind: graph.UndoDecision, Undoes: 1}}
	if diff := cmp.Diff(want[1:], candidatePairs(t, graph.NewSnapshot(1, xs...), log)); diff != "" {
		t.Errorf("candidates after a merge was undone (-want +got):\n%s", diff)
	}
}
