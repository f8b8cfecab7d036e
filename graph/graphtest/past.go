package graphtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/graph"
)

// Render returns all that v shows, in the order in which it shows it.
func Render(t testing.TB, v *graph.Snapshot) string {
	t.Helper()
	var b strings.Builder
	line := func(what string, value any) {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", what, text)
	}
	line("counts", v.Counts())
	for _, kind := range graph.Types() {
		for _, n := range v.Nodes(kind) {
			line("thing", v.At(n))
			for i, edges := range [][]graph.Edge{v.Out(n), v.In(n), v.Says(n)} {
				for _, e := range edges {
					line([]string{"out", "in", "says"}[i], v.ClaimOf(e))
				}
			}
			for _, other := range v.Named(v.At(n).Label) {
				line("named", v.ID(other))
			}
		}
	}
	for a := range v.Articles() {
		line("article", a)
		for _, c := range v.ClaimsIn(a.ID) {
			line("claim", c.ID)
		}
	}
	for id, into := range v.Merged() {
		line("merged", []graph.ID{id, into})
	}
	for id, d := range v.Retractions() {
		line("retracted "+string(id), d)
	}
	return b.String()
}

// The graph of each revision is shown again as it was, whatever came, was merged,
// split, retracted or undone since, and after the store was opened again.
func testPast(t *testing.T, fresh func(t *testing.T) string) {
	url := fresh(t)
	s := open(t, url)
	xs := slices.Collect(Synthetic(24, 5))
	then := map[uint64]string{0: Render(t, s.Snapshot())}
	note := func() { t.Helper(); then[s.Revision()] = Render(t, s.Snapshot()) }
	for _, x := range xs[:8] {
		add(t, s, x)
		note()
	}
	a, b, article := states(t, s.Snapshot())
	merged := decide(t, s, graph.Decision{Kind: graph.MergeThings, Thing: a, Into: b})
	note()
	add(t, s, xs[8:10]...)
	note()
	retracted := decide(t, s, graph.Decision{Kind: graph.RetractArticles, Articles: []graph.ID{article}})
	note()
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: merged.Number})
	note()
	decide(t, s, graph.Decision{Kind: graph.UndoDecision, Undoes: retracted.Number})
	note()
	decide(t, s, graph.Decision{Kind: graph.SplitThing, Thing: a, Into: a + "-two", Articles: []graph.ID{article}})
	note()
	if _, err := s.AddBulk(t.Context(), Sequence(slices.Values(xs[10:]))); err != nil {
		t.Fatal(err)
	}
	note()
	check := func(when string) {
		t.Helper()
		now := Render(t, s.Snapshot())
		for revision := range s.Revision() + 1 {
			want, known := then[revision]
			if !known {
				continue // within a call of Add
			}
			v, err := s.AsOf(t.Context(), revision)
			if err != nil {
				t.Fatalf("%s: AsOf(%d): %v", when, revision, err)
			}
			if got := Render(t, v); got != want || v.Revision() != revision {
				t.Errorf("%s: AsOf(%d) is of revision %d and differs from what was shown then:\n%s", when, revision, v.Revision(), firstDifference(got, want))
			}
		}
		if Render(t, s.Snapshot()) != now {
			t.Errorf("%s: showing the past changed the present", when)
		}
		var wrong *graph.RevisionError
		if _, err := s.AsOf(t.Context(), s.Revision()+1); !errors.As(err, &wrong) || wrong.Last != s.Revision() {
			t.Errorf("%s: AsOf the revision to come: %v", when, err)
		}
	}
	check("at once")
	if url != "memory:" {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, url)
		check("reopened")
	}
	add(t, s, Reports()...) // going on from where the past was looked at
	note()
	check("after more")
	if err := s.Remove(t.Context(), xs[20].Article.ID); err != nil {
		t.Fatal(err)
	}
	var wrong *graph.RevisionError
	if _, err := s.AsOf(t.Context(), 3); !errors.As(err, &wrong) || wrong.First != s.Revision() {
		t.Errorf("AsOf a revision before an article was removed for good: %v, want an error that names %d as the first", err, s.Revision())
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
