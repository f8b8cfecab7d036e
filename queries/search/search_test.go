package search_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/search"
)

// reports are those of graphtest and one with names that are hard to spell.
func reports() []*graph.Extraction {
	return append(graphtest.Reports(), graphtest.NewReport("Odds", "Wire", "2010-02-03", "https://example.org/odds").
		Name("organisation/league-of-northern-rivers", "League of Northern River States").
		Name("person/sergei-ivanov", "Сергей Иванов", "Sergei Ivanov").
		Name("person/ivan-petrov", "Ivan Petrov").
		Say("Sergei Ivanov, the deputy foreign minister, met Ivan Petrov.",
			"person/sergei-ivanov holdsPosition deputy_foreign_minister", "person/sergei-ivanov metWith person/ivan-petrov").
		Say("The League of Northern River States did not meet Ivan Petrov over prisoners’ releases in Århus.",
			"organisation/league-of-northern-rivers metWith person/ivan-petrov denied").Extraction())
}

func store(t *testing.T, xs ...*graph.Extraction) *graph.Store {
	t.Helper()
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Add(t.Context(), xs...); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestThings(t *testing.T) {
	tests := []struct {
		query, kind string
		suggest     bool
		want        []string // "label" or "label (what matched)"
	}{
		{"Finland", "", false, []string{"Finland"}},
		{"FÍNLAND", "", false, []string{"Finland"}},
		{"suomi", "", false, []string{"Finland (Suomi)"}},
		{"Filnand", "", false, []string{"Finland"}},
		{"Martti Ahtisari", "", false, []string{"Martti Ahtisaari"}},
		{"gam", "", false, []string{"Free Aceh Movement (GAM)"}},
		{"fam", "", false, []string{"Free Aceh Movement"}},
		{"lnrs", "", false, []string{"League of Northern River States"}},
		{"Jose Perez", "", false, []string{"José Pérez"}},
		{"Иванов", "", false, []string{"Сергей Иванов"}},
		{"Sergej Ivanov", "", false, []string{"Сергей Иванов"}},
		{"foreign minister", "", false, []string{"Сергей Иванов (deputy foreign minister)"}},
		{"minister Ivanov", "", false, []string{"Сергей Иванов (deputy foreign minister)"}},
		{"minister Petrov", "", false, nil},
		{"aceh free", "", false, []string{"Free Aceh Movement"}},
		{"talks", "", false, []string{"talks in Cairo, November 2025", "talks in Helsinki, January 2005"}},
		{"helsinki", "Place", false, []string{"Helsinki"}},
		{"fi", "", true, []string{"Finland"}},
		{"free ac", "", true, []string{"Free Aceh Movement"}},
		{"mov", "", true, []string{"Free Aceh Movement"}},
		{"Filnand", "", true, nil},
		{"xyzzy", "", false, nil},
		{"...", "", false, nil},
	}
	s := store(t, reports()...).Snapshot()
	x := search.New()
	for _, tt := range tests {
		find := x.Things
		if tt.suggest {
			find = x.Suggest
		}
		var types []graph.Type
		if tt.kind != "" {
			types = []graph.Type{graph.Type(tt.kind)}
		}
		f, err := find(t.Context(), s, tt.query, types, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range f.List {
			line := s.At(h.Node).Label
			if h.Name != line {
				line += " (" + h.Name + ")"
			}
			got = append(got, line)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("search %q, suggest %v: got %q, want %q", tt.query, tt.suggest, got, tt.want)
		}
	}
}

// One letter that very many names have is answered from those with most claims,
// and says that there may be more.
func TestSuggestCommonLetter(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(2500, 3))...)
	f, err := search.New().Suggest(t.Context(), s, "t", nil, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.List) != 5 || !f.AtLeast || !f.Truncated {
		t.Fatalf("Suggest(t) gives %v of %d, at least %t", f.List, f.Total, f.AtLeast)
	}
	for _, n := range s.Nodes(graph.Talks) { // all of them begin with t
		if claims := len(s.Out(n)) + len(s.In(n)); claims > f.List[0].Claims {
			t.Errorf("%s has %d claims, the first suggestion %d", s.ID(n), claims, f.List[0].Claims)
		}
	}
}

// marked returns the sentence with what is highlighted in brackets.
func marked(q search.Quote) string {
	runes := []rune(q.Evidence.Quote)
	var b strings.Builder
	at := 0
	for _, h := range q.Highlights {
		fmt.Fprintf(&b, "%s[%s]", string(runes[at:h.Start]), string(runes[h.Start:h.End]))
		at = h.End
	}
	return b.String() + string(runes[at:])
}

func TestQuotes(t *testing.T) {
	s := store(t, reports()...).Snapshot()
	node := func(id graph.ID) graph.Node { n, _ := s.Node(id); return n }
	const minister = "Sergei Ivanov, the deputy foreign minister, met Ivan Petrov."
	const league = "The League of Northern River States did not meet Ivan Petrov over prisoners’ releases in Århus."
	tests := []struct {
		name string
		q    search.QuoteQuery
		want []string
	}{
		{"a word", search.QuoteQuery{Text: "minister"}, []string{"Sergei Ivanov, the deputy foreign [minister], met Ivan Petrov."}},
		{"without accents and plural", search.QuoteQuery{Text: "aarhus release"}, nil},
		{"accents off", search.QuoteQuery{Text: "arhus release"}, []string{strings.NewReplacer("releases", "[releases]", "Århus", "[Århus]").Replace(league)}},
		{"all words", search.QuoteQuery{Text: "Petrov minister"}, []string{"Sergei Ivanov, the deputy foreign [minister], met Ivan [Petrov]."}},
		{"a phrase", search.QuoteQuery{Text: `"foreign minister"`}, []string{"Sergei Ivanov, the deputy [foreign] [minister], met Ivan Petrov."}},
		{"no such phrase", search.QuoteQuery{Text: `"minister foreign"`}, nil},
		{"not", search.QuoteQuery{Text: "Petrov -minister"}, []string{strings.Replace(league, "Petrov", "[Petrov]", 1)}},
		{"or", search.QuoteQuery{Text: "minister OR league", Sort: "date"}, []string{strings.Replace(minister, "minister", "[minister]", 1), strings.Replace(league, "League", "[League]", 1)}},
		{"a beginning", search.QuoteQuery{Text: "minis*"}, []string{strings.Replace(minister, "minister", "[minister]", 1)}},
		{"about a thing", search.QuoteQuery{Text: "Petrov", Things: []graph.Node{node("organisation/league-of-northern-rivers")}}, []string{strings.Replace(league, "Petrov", "[Petrov]", 1)}},
		{"by predicate", search.QuoteQuery{Text: "Petrov", Predicate: []graph.Predicate{graph.HoldsPosition}}, []string{strings.Replace(minister, "Petrov", "[Petrov]", 1)}},
		{"another outlet", search.QuoteQuery{Text: "Petrov", Outlet: []string{"Gazette"}}, nil},
		{"the outlet in any case", search.QuoteQuery{Text: "minister", Outlet: []string{"WIRE"}}, []string{strings.Replace(minister, "minister", "[minister]", 1)}},
		{"in the period", search.QuoteQuery{Text: "minister", Since: "2010", Until: "2010-02"}, []string{strings.Replace(minister, "minister", "[minister]", 1)}},
		{"after the period", search.QuoteQuery{Text: "minister", Until: "2010-02-02"}, nil},
		{"before the period", search.QuoteQuery{Text: "minister", Since: "2010-02-04"}, nil},
	}
	x := search.New()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := x.Quotes(t.Context(), s, tt.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, q := range f.List {
				got = append(got, marked(q))
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) || f.Total != len(got) {
				t.Errorf("Quotes(%+v)\n got %q of %d\nwant %q", tt.q, got, f.Total, tt.want)
			}
		})
	}
}

func TestQuoteSyntax(t *testing.T) {
	s := store(t, reports()...).Snapshot()
	x := search.New()
	for _, text := range []string{"", "   ", `"open`, "-minister", "a OR", "NOT", "mi*", "*", `""`, "...", strings.Repeat("word ", 17), "a OR -b"} {
		_, err := x.Quotes(t.Context(), s, search.QuoteQuery{Text: text})
		if wrong := (*search.QueryError)(nil); !errors.As(err, &wrong) || wrong.Want == "" {
			t.Errorf("Quotes(%q): %v, want an error that says what is wanted", text, err)
		}
	}
	for _, text := range []string{"a-b", "it's", "- minister", "minister ...", "Petrov AND minister", `"a" "b"`, "co-operation*"} {
		if _, err := x.Quotes(t.Context(), s, search.QuoteQuery{Text: text}); err != nil {
			t.Errorf("Quotes(%q): %v", text, err)
		}
	}
}

// Page by page gives what all at once gives, under every order.
func TestQuotePages(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(40, 3))...)
	x := search.New()
	for _, sort := range []string{"relevance", "date", "-date"} {
		all, err := x.Quotes(t.Context(), s, search.QuoteQuery{Text: "talks", Sort: sort, Limit: search.MaxQuotes, Facets: []string{"outlet", "year"}})
		if err != nil || len(all.List) < 10 {
			t.Fatalf("%d sentences, %v", len(all.List), err)
		}
		counted := 0
		for _, c := range all.Facets["year"] {
			counted += c.Count
		}
		if counted != all.Total {
			t.Errorf("the facet of years counts %d of %d sentences", counted, all.Total)
		}
		q, got := search.QuoteQuery{Text: "talks", Sort: sort, Limit: 7}, []string(nil)
		for {
			page, err := x.Quotes(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range page.List {
				got = append(got, string(one.Claims[0].ID))
			}
			if q.Next = page.Next; q.Next == "" || len(got) > 2*search.MaxQuotes {
				break
			}
		}
		var want []string
		for _, one := range all.List {
			want = append(want, string(one.Claims[0].ID))
		}
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) || len(got) != all.Total {
			t.Errorf("by %s: %d in pages, total %d; the first %d are not those at once", sort, len(got), all.Total, len(want))
		}
	}
}

// What came, went, was merged or retracted is found, or not, as the snapshot has it.
func TestKeepsUp(t *testing.T) {
	g := store(t)
	x := search.New()
	count := func(q string) (things, quotes int) {
		t.Helper()
		f, err := x.Things(t.Context(), g.Snapshot(), q, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		found, err := x.Quotes(t.Context(), g.Snapshot(), search.QuoteQuery{Text: q})
		if err != nil || found.Revision != g.Revision() || found.Total != len(found.List) {
			t.Fatalf("%d of %d sentences at revision %d, %v; the graph is at %d", len(found.List), found.Total, found.Revision, err, g.Revision())
		}
		return f.Total, found.Total
	}
	want := func(when, q string, things, quotes int) {
		t.Helper()
		if a, b := count(q); a != things || b != quotes {
			t.Errorf("%s: %d things and %d sentences with %q, want %d and %d", when, a, b, q, things, quotes)
		}
	}
	want("empty", "Petrov", 0, 0)
	xs := reports()
	last := xs[len(xs)-1]
	if _, err := g.Add(t.Context(), xs...); err != nil {
		t.Fatal(err)
	}
	want("loaded", "Petrov", 1, 2)
	decide := func(d graph.Decision) graph.Decision {
		t.Helper()
		d, err := g.Decide(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	merged := decide(graph.Decision{Kind: graph.MergeThings, Thing: "person/ivan-petrov", Into: "person/martti-ahtisaari"})
	f, err := x.Things(t.Context(), g.Snapshot(), "Petrov", nil, 0)
	if err != nil || len(f.List) != 1 || g.Snapshot().ID(f.List[0].Node) != "person/martti-ahtisaari" {
		t.Errorf("after a merge Petrov is %+v, %v", f.List, err)
	}
	decide(graph.Decision{Kind: graph.UndoDecision, Undoes: merged.Number})
	want("merge undone", "Petrov", 1, 2)
	retracted := decide(graph.Decision{Kind: graph.RetractArticles, Articles: []graph.ID{last.Article.ID}})
	want("retracted", "Petrov", 0, 0)
	decide(graph.Decision{Kind: graph.UndoDecision, Undoes: retracted.Number})
	want("restored", "minister", 1, 1)
	if err := g.Remove(t.Context(), last.Article.ID); err != nil {
		t.Fatal(err)
	}
	want("removed", "Petrov", 0, 0)
}

// While the index is made in the background a search says so; it is never empty.
func TestFollow(t *testing.T) {
	s := store(t, reports()...).Snapshot()
	ctx, cancel := context.WithCancel(t.Context())
	x := search.New()
	release := make(chan struct{})
	done := make(chan error)
	go func() {
		done <- x.Follow(ctx, func() *graph.Snapshot { <-release; return s })
	}()
	release <- struct{}{} // the first look has begun: the index is being made, or is there
	if f, err := x.Things(ctx, s, "Finland", nil, 0); err == nil && f.Total != 1 {
		t.Errorf("while the index is made: %d things called Finland and no error", f.Total)
	} else if wrong := (*search.IndexingError)(nil); err != nil && !errors.As(err, &wrong) {
		t.Error(err)
	}
	release <- struct{}{} // the second: it is there
	if f, err := x.Things(ctx, s, "Finland", nil, 0); err != nil || f.Total != 1 || !x.Ready() {
		t.Errorf("when it is made: %v, ready %t", err, x.Ready())
	}
	cancel()
	close(release)
	if err := <-done; err != nil {
		t.Errorf("Follow ends with %v", err)
	}
}

func TestAskQuotes(t *testing.T) {
	s := store(t, reports()...).Snapshot()
	x := search.New()
	f, err := x.AskQuotes(t.Context(), s, queries.Params{Text: "Petrov", Thing: []string{"Atlantis"}})
	if err != nil || f.Total != 0 || len(f.Notes) != 1 {
		t.Errorf("about what nothing is called: %d sentences, notes %q, %v; want none and a note", f.Total, f.Notes, err)
	}
	if _, err := x.AskQuotes(t.Context(), s, queries.Params{}); err == nil {
		t.Error("no words, and no error")
	}
}
