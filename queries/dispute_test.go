package queries_test

import (
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
)

// It takes two to dispute: one article that tells of a refusal and then of a
// signature, in its own words, is not at odds with itself.
func TestDisputesHaveTwoSides(t *testing.T) {
	report := func(outlet string, claims ...string) *graph.Extraction {
		return graphtest.NewReport("Pact of "+outlet, outlet, "2009-03-02", "").Say("What is said of the pact.", claims...).Extraction()
	}
	const signed, refused = "state/chad signed agreement/pact", "state/chad signed agreement/pact denied"
	tests := []struct {
		name     string
		articles []*graph.Extraction
		want     []string
	}{
		{"one article in its own words", []*graph.Extraction{report("Post", signed, refused)}, nil},
		{"two articles", []*graph.Extraction{report("Post", signed), report("Wire", refused)},
			[]string{"chad signed pact asserted_by_outlets=1 denied_by_outlets=1"}},
		{"an article and whom it quotes", []*graph.Extraction{report("Post", signed, refused+" by=person/ali")},
			[]string{"chad signed pact asserted_by_outlets=1 denied_by_outlets=1"}},
		{"one speaker in two articles", []*graph.Extraction{report("Post", signed+" by=person/ali"), report("Wire", refused+" by=person/ali")}, nil},
		{"two dates in one article", []*graph.Extraction{report("Post", "agreement/pact signedOn 2009-03-01", "agreement/pact signedOn 2009-02-11")}, nil},
		{"two dates of two articles", []*graph.Extraction{report("Post", "agreement/pact signedOn 2009-03-01"), report("Wire", "agreement/pact signedOn 2009-02-11")},
			[]string{"pact versions=2 versions=2009-02-11,2009-03-01"}},
		{"outcomes that go together", []*graph.Extraction{report("Post", "talks/sirte outcome collapsed"), report("Wire", "talks/sirte outcome no_agreement"),
			report("Echo", "talks/sirte outcome ongoing")}, nil},
		{"outcomes that do not", []*graph.Extraction{report("Post", "talks/sirte outcome collapsed"), report("Wire", "talks/sirte outcome agreement")},
			[]string{"sirte versions=2 versions=agreement,collapsed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := run(t, graph.NewSnapshot(1, tt.articles...), "disputes")
			if got := brief(a); !slices.Equal(got, tt.want) {
				t.Errorf("disputes\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}
