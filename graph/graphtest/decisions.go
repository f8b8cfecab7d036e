package graphtest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
)

func decide(t *testing.T, s *graph.Store, d graph.Decision) graph.Decision {
	t.Helper()
	d, err := s.Decide(t.Context(), d)
	if err != nil {
		t.Fatalf("Decide(%+v): %v", d, err)
	}
	return d
}

// states returns two states that both are subjects of claims of v, and an article
// that names the first.
func states(t *testing.T, v *graph.Snapshot) (a, b, article graph.ID) {
	t.Helper()
	var found []graph.ID
	for _, n := range v.Nodes(graph.State) {
		if edges := v.Out(n); len(edges) > 1 {
			found = append(found, v.ID(n))
			if article == "" {
				article = v.ClaimOf(edges[0]).Article
			}
		}
	}
	if len(found) < 2 {
		t.Fatal("the articles name fewer than two states")
	}
	return found[0], found[1], article
}

// uses counts the claims in which a snapshot shows each id.
func uses(v *graph.Snapshot) map[graph.ID]int {
	n := make(map[graph.ID]int)
	for a := range v.Articles() {
		for _, c := range v.ClaimsIn(a.ID) {
			for _, id := range append([]graph.ID{c.Subject, c.Object.ID}, c.AttributedTo...) {
				n[id]++
			}
		}
	}
	return n
}

// What is told of two things that are one now is shown no more, until they are two again.
func testMergeOfTwoThatMet(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	x := NewReport("Two meet", "Wire", "2020", "").Say("Aland met Beland.", "state/aland metWith state/beland").Extraction()
	add(t, s, x)
	before := shownBy(s.Snapshot())
	decide(t, s, graph.Decision{Kind: graph.MergeThings, Thing: "state/aland", Into: "state/beland"})
	for _, c := range s.Snapshot().ClaimsIn(x.Article.ID) {
		if c.Subject == c.Object.ID {
			t.Errorf("after the merge %s %s itself", c.Subject, c.Predicate)
		}
	}
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: 1})
	if diff := cmp.Diff(before, shownBy(s.Snapshot())); diff != "" {
		t.Errorf("snapshot after the merge was undone (-before +after):\n%s", diff)
	}
}

func testMerge(t *testing.T, fresh func(t *testing.T) string) {
	url := fresh(t)
	s := open(t, url)
	xs := slices.Collect(Synthetic(30, 13))
	add(t, s, xs[:20]...)
	before, count := shownBy(s.Snapshot()), uses(s.Snapshot())
	from, into, _ := states(t, s.Snapshot())
	d := decide(t, s, graph.Decision{Kind: graph.MergeThings, Thing: from, Into: into, Reason: "one country", By: "Ann"})
	if d.Number != 1 || len(d.At) != len("2026-01-02T15:04:05Z") {
		t.Errorf("Decide = %+v, want number 1 and a time", d)
	}
	check := func(s *graph.Store, more string) {
		t.Helper()
		v := s.Snapshot()
		if got := v.Canonical(from); got != into {
			t.Errorf("Canonical(%s) %s = %s, want %s", from, more, got, into)
		}
		if _, ok := v.Node(from); ok {
			t.Errorf("%s is still there %s", from, more)
		}
		if n := uses(v); n[from] != 0 || n[into] < count[from]+count[into] {
			t.Errorf("%s: claims of %s and %s are %d and %d, were %d and %d", more, from, into, n[from], n[into], count[from], count[into])
		}
		if r, err := s.Verify(t.Context()); err != nil || len(r.Problems) > 0 {
			t.Errorf("Verify() %s = %+v, %v", more, r, err)
		}
	}
	check(s, "after the merge")
	add(t, s, xs[20:]...)
	check(s, "after more articles")
	if !strings.Contains(Dump(t, s), "one country") {
		t.Error("Dump does not have the decision")
	}
	if url != "memory:" {
		shown := shownBy(s.Snapshot())
		s.Close()
		s = open(t, url)
		check(s, "after reopening")
		if diff := cmp.Diff(shown, shownBy(s.Snapshot())); diff != "" {
			t.Errorf("snapshot after reopening (-before +after):\n%s", diff)
		}
	}
	for _, x := range xs[20:] {
		if err := s.Remove(t.Context(), x.Article.ID); err != nil {
			t.Fatal(err)
		}
	}
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: 1})
	if diff := cmp.Diff(before, shownBy(s.Snapshot())); diff != "" {
		t.Errorf("snapshot after the merge was undone (-before +after):\n%s", diff)
	}
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: 2})
	check(s, "after the undoing was undone")
	if len(s.Decisions()) != 3 || !s.Holds(1) || s.Holds(2) || !s.Holds(3) {
		t.Errorf("Decisions() = %+v, want three of which the second does not hold", s.Decisions())
	}
}

func testSplit(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	add(t, s, slices.Collect(Synthetic(20, 14))...)
	before := shownBy(s.Snapshot())
	thing, _, article := states(t, s.Snapshot())
	d := graph.Decision{Kind: graph.SplitThing, Thing: thing, Into: "state/namesake", Label: "Namesake", Articles: []graph.ID{article}}
	decide(t, s, d)
	v := s.Snapshot()
	if got, ok := v.Thing("state/namesake"); !ok || got.Label != "Namesake" {
		t.Errorf("Thing(state/namesake) = %+v, %v", got, ok)
	}
	for a := range v.Articles() {
		for _, c := range v.ClaimsIn(a.ID) {
			if c.Subject == thing && a.ID == article || c.Subject == "state/namesake" && a.ID != article {
				t.Errorf("%s: subject of %s is %s", a.ID, c.ID, c.Subject)
			}
		}
	}
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: 1})
	if diff := cmp.Diff(before, shownBy(s.Snapshot())); diff != "" {
		t.Errorf("snapshot after the split was undone (-before +after):\n%s", diff)
	}
}

func testRetract(t *testing.T, fresh func(t *testing.T) string) {
	url := fresh(t)
	s := open(t, url)
	xs := slices.Collect(Synthetic(10, 15))
	add(t, s, xs...)
	before := shownBy(s.Snapshot())
	gone := xs[3].Article.ID
	decide(t, s, graph.Decision{Kind: graph.RetractArticles, Articles: []graph.ID{gone}, Reason: "withdrawn by its outlet"})
	if url != "memory:" {
		s.Close()
		s = open(t, url)
	}
	v := s.Snapshot()
	if _, ok := v.Article(gone); ok || len(v.ClaimsIn(gone)) > 0 {
		t.Error("a retracted article is still shown")
	}
	if d, ok := v.Retraction(gone); !ok || d.Reason != "withdrawn by its outlet" {
		t.Errorf("Retraction = %+v, %v, want the reason", d, ok)
	}
	if a, err := s.Article(t.Context(), gone); err != nil || a.Text != xs[3].Article.Text {
		t.Errorf("a retracted article is no longer stored: %v", err)
	}
	if a := add(t, s, xs[3]); a.Skipped != 1 {
		t.Errorf("Add of a retracted article = %+v, want it skipped", a)
	}
	if r, err := s.Verify(t.Context()); err != nil || len(r.Problems) > 0 || r.Articles != len(xs) {
		t.Errorf("Verify() = %+v, %v", r, err)
	}
	decide(t, s, graph.Decision{Kind: graph.RestoreArticles, Articles: []graph.ID{gone}})
	if diff := cmp.Diff(before, shownBy(s.Snapshot())); diff != "" {
		t.Errorf("snapshot after the article was restored (-before +after):\n%s", diff)
	}
}

func testBadDecisions(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	add(t, s, slices.Collect(Synthetic(20, 16))...)
	v := s.Snapshot()
	a, b, article := states(t, v)
	talks := v.ID(v.Nodes(graph.Talks)[0])
	decide(t, s, graph.Decision{Kind: graph.MergeThings, Thing: a, Into: b})
	tests := []struct {
		name string
		d    graph.Decision
		is   error
	}{
		{"merge of what is merged", graph.Decision{Kind: graph.MergeThings, Thing: a, Into: b}, nil},
		{"merge the other way", graph.Decision{Kind: graph.MergeThings, Thing: b, Into: a}, graph.ErrNotFound},
		{"merge with itself", graph.Decision{Kind: graph.MergeThings, Thing: b, Into: b}, nil},
		{"merge of two types", graph.Decision{Kind: graph.MergeThings, Thing: talks, Into: b}, nil},
		{"merge of nothing", graph.Decision{Kind: graph.MergeThings, Thing: "state/absent", Into: b}, graph.ErrNotFound},
		{"split into another type", graph.Decision{Kind: graph.SplitThing, Thing: b, Into: "person/x", Articles: []graph.ID{article}}, nil},
		{"split in no article", graph.Decision{Kind: graph.SplitThing, Thing: b, Into: "state/x"}, nil},
		{"split in an unknown article", graph.Decision{Kind: graph.SplitThing, Thing: b, Into: "state/x", Articles: []graph.ID{"article/absent"}}, graph.ErrNotFound},
		{"retraction of nothing", graph.Decision{Kind: graph.RetractArticles}, nil},
		{"retraction of an unknown article", graph.Decision{Kind: graph.RetractArticles, Articles: []graph.ID{"article/absent"}}, graph.ErrNotFound},
		{"restoration of what is there", graph.Decision{Kind: graph.RestoreArticles, Articles: []graph.ID{article}}, nil},
		{"undoing nothing", graph.Decision{Kind: graph.UndoDecision, Undoes: 2}, graph.ErrNotFound},
		{"no kind", graph.Decision{}, nil},
	}
	for _, tt := range tests {
		if d, err := s.Decide(t.Context(), tt.d); err == nil || tt.is != nil && !errors.Is(err, tt.is) {
			t.Errorf("%s: Decide = %+v, %v, want an error %v", tt.name, d, err, tt.is)
		}
	}
	if n := len(s.Decisions()); n != 1 {
		t.Errorf("the log has %d decisions, want 1", n)
	}
}
