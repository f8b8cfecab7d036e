package graphtest

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
)

// TestStore runs the suite that every kind of store passes. fresh returns the
// address of an empty graph, another one each time it is called, and cleans up
// when its t ends.
func TestStore(t *testing.T, fresh func(t *testing.T) string) {
	tests := []struct {
		name string
		run  func(t *testing.T, fresh func(t *testing.T) string)
	}{
		{"round trip", testRoundTrip},
		{"loading again", testIdempotent},
		{"order of loading", testOrder},
		{"removal", testRemove},
		{"refusal", testRefusal},
		{"snapshot", testSnapshot},
		{"reopening", testReopen},
		{"hops", testHops},
		{"merging", testMerge},
		{"merging two that met", testMergeOfTwoThatMet},
		{"splitting", testSplit},
		{"retraction", testRetract},
		{"bad decisions", testBadDecisions},
		{"earlier revisions", testPast},
		{"ended context", testContext},
		{"readers and a loader", testReaders},
		{"closed store", testClosed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, fresh) })
	}
}

func open(t *testing.T, url string) *graph.Store {
	t.Helper()
	s, err := graph.Open(t.Context(), url, graph.Options{})
	if err != nil {
		t.Fatalf("Open(%q): %v", url, err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func add(t *testing.T, s *graph.Store, xs ...*graph.Extraction) graph.Added {
	t.Helper()
	a, err := s.Add(t.Context(), xs...)
	if err != nil {
		t.Fatalf("Add: %v", err)
	}
	return a
}

// Dump returns what [graph.Store.Dump] writes.
func Dump(t testing.TB, s *graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Dump(context.Background(), &b); err != nil {
		t.Fatalf("Dump: %v", err)
	}
	return b.String()
}

// Sequence yields xs without errors, as [graph.Store.AddBulk] takes them.
func Sequence(xs iter.Seq[*graph.Extraction]) iter.Seq2[*graph.Extraction, error] {
	return func(yield func(*graph.Extraction, error) bool) {
		for x := range xs {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// odd returns an article with everything that is hard to store.
func odd() *graph.Extraction {
	const body = "Naïve “quotes” 🕊, a \t tab, a back\\slash, \\x00 spelled out and a \x00 itself.\n\nIt was denied."
	x := &graph.Extraction{Article: graph.Article{
		Title: "Odd \"title\" \\ <x>", Text: body, Authors: []string{"Zoë B", "Abel A"}, Language: "en-GB",
		Blocks: []graph.Block{{Kind: graph.Paragraph, Start: 0, End: len(body)}},
	}}
	x.Article.MakeID()
	plan := graph.Thing{ID: "proposal/plan-b", Type: graph.Proposal, Label: "Plan “B”", Text: "an offer\nin two lines"}
	anna := graph.Thing{ID: "person/anna", Type: graph.Person, Label: "Ánna", Aliases: []string{"A", "Zed"}, Codes: map[string]string{"wikidata": "Q1", "x y": "<2>"}}
	bert := graph.Thing{ID: "person/bert", Type: graph.Person, Label: "Bert"}
	group := graph.Thing{ID: "group/envoys-of-anna", Type: graph.Group, Label: "envoys"}
	x.Things = []graph.Thing{group, anna, bert, plan}
	quote := "It was denied."
	start := len([]rune(body)) - len([]rune(quote))
	base := graph.Claim{Article: x.Article.ID, Polarity: graph.Asserted, Modality: graph.Actual, Confidence: 0.123456789012345,
		Evidence: graph.Evidence{Sentence: 3, Start: start, End: start + len(quote), Quote: quote, SubjectText: "It", ObjectText: "\x00",
			SubjectLink: &graph.Link{Kind: "pronoun", Text: "quotes", Start: 7, End: 13}}}
	claim := func(s graph.ID, p graph.Predicate, o graph.Object, change func(*graph.Claim)) graph.ID {
		c := base
		c.Subject, c.Predicate, c.Object = s, p, o
		if change != nil {
			change(&c)
		}
		c.MakeID()
		x.Claims = append(x.Claims, c)
		return c.ID
	}
	claim("person/bert", graph.Proposed, graph.ThingObject("proposal/plan-b"), func(c *graph.Claim) {
		c.Polarity, c.Modality = graph.Denied, graph.Conditional
		c.AttributedTo = []graph.ID{"person/bert", "person/anna"}
		c.When = &graph.When{Start: "2005-01", End: "2006", Precision: "month", Text: "then"}
	})
	met := claim(group.ID, graph.MetWith, graph.ThingObject("person/bert"), func(c *graph.Claim) { c.AttributedTo = []graph.ID{"person/anna"} })
	claim("person/anna", graph.MetWith, graph.ThingObject("person/bert"), func(c *graph.Claim) { c.Via, c.Rule = met, "group/side" })
	claim("person/anna", graph.HoldsPosition, graph.TextObject("parley:head of <\x00> \\x00 \"it\""), nil)
	claim("person/anna", graph.Demanded, graph.TextObject("2005-01"), func(c *graph.Claim) { c.Modality = graph.Planned })
	for _, date := range []string{"2005", "2005-01", "2005-01-27"} {
		x.Claims = append(x.Claims, published(x.Article.ID, date, base))
	}
	x.Things = append([]graph.Thing{{ID: x.Article.ID, Type: graph.ArticleType, Label: "Odd"}}, x.Things...)
	return x
}

func published(article graph.ID, date string, c graph.Claim) graph.Claim {
	c.Subject, c.Predicate, c.Object = article, graph.PublishedOn, graph.DateObject(date)
	c.MakeID()
	return c
}

func testRoundTrip(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	bare := &graph.Extraction{Article: graph.Article{Title: "Nothing said", Text: ""}}
	bare.Article.MakeID()
	want := []*graph.Extraction{odd(), bare}
	want = slices.AppendSeq(want, Synthetic(20, 1))
	if a := add(t, s, want...); a.Articles != len(want) || a.Skipped != 0 || a.Quads == 0 {
		t.Errorf("Add of %d articles = %+v", len(want), a)
	}
	for _, x := range want {
		got, err := s.Extraction(t.Context(), x.Article.ID)
		if err != nil {
			t.Fatalf("Extraction(%s): %v", x.Article.ID, err)
		}
		if diff := cmp.Diff(x, got); diff != "" {
			t.Errorf("Extraction(%s) differs from what was added (-want +got):\n%s", x.Article.ID, diff)
		}
		a, err := s.Article(t.Context(), x.Article.ID)
		if err != nil || a.Text != x.Article.Text {
			t.Errorf("Article(%s) has text %q, %v, want %q", x.Article.ID, a.Text, err, x.Article.Text)
		}
	}
	if _, err := s.Article(t.Context(), "article/absent"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Article(absent) = %v, want ErrNotFound", err)
	}
	r, err := s.Verify(t.Context())
	if err != nil || len(r.Problems) > 0 || r.Articles != len(want) {
		t.Errorf("Verify() = %+v, %v, want %d articles without problems", r, err, len(want))
	}
	for _, l := range strings.Split(strings.TrimSuffix(Dump(t, s), "\n"), "\n") {
		if !strings.HasSuffix(l, "> .") || strings.Count(l, "<") < 3 {
			t.Errorf("Dump has the line %q, want one with a label", l)
		}
	}
}

func testIdempotent(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	xs := slices.Collect(Synthetic(12, 2))
	if s.Revision() != 0 {
		t.Errorf("Revision() of an empty graph = %d, want 0", s.Revision())
	}
	add(t, s, xs...)
	dump, revision := Dump(t, s), s.Revision()
	if revision != uint64(len(xs)) {
		t.Errorf("Revision() after %d additions = %d", len(xs), revision)
	}
	if a := add(t, s, xs...); a != (graph.Added{Skipped: len(xs)}) {
		t.Errorf("Add of the same articles = %+v, want all skipped", a)
	}
	if a := add(t, s, xs[0], xs[0]); a != (graph.Added{Skipped: 2}) {
		t.Errorf("Add of one article twice = %+v, want both skipped", a)
	}
	a, err := s.AddBulk(t.Context(), Sequence(slices.Values(append(xs[:2:2], xs[0]))))
	if err != nil || a != (graph.Added{Skipped: 3}) {
		t.Errorf("AddBulk of the same articles = %+v, %v, want all skipped", a, err)
	}
	if s.Revision() != revision {
		t.Errorf("Revision() after loading again = %d, want %d", s.Revision(), revision)
	}
	if got := Dump(t, s); got != dump {
		t.Errorf("Dump after loading again differs:\n%s", cmp.Diff(dump, got))
	}
}

func testOrder(t *testing.T, fresh func(t *testing.T) string) {
	xs := append(slices.Collect(Synthetic(30, 3)), odd())
	forward := open(t, fresh(t))
	add(t, forward, xs...)
	want := Dump(t, forward)

	backward := open(t, fresh(t))
	reversed := slices.Clone(xs)
	slices.Reverse(reversed)
	add(t, backward, reversed[:10]...)
	if a, err := backward.AddBulk(t.Context(), Sequence(slices.Values(reversed))); err != nil || a.Articles != len(xs)-10 || a.Skipped != 10 {
		t.Errorf("AddBulk = %+v, %v, want %d added and 10 skipped", a, err, len(xs)-10)
	}
	if got := Dump(t, backward); got != want {
		t.Errorf("loaded backwards, Dump differs (-forward +backward):\n%s", cmp.Diff(want, got))
	}

	parallel := open(t, fresh(t))
	var wg sync.WaitGroup
	for worker := range 3 {
		wg.Go(func() {
			for i := range xs {
				if _, err := parallel.Add(t.Context(), xs[(i*7+worker*11)%len(xs)]); err != nil {
					t.Errorf("Add by worker %d: %v", worker, err)
				}
			}
		})
	}
	wg.Wait()
	if got := Dump(t, parallel); got != want {
		t.Errorf("loaded by three workers, Dump differs (-one +three):\n%s", cmp.Diff(want, got))
	}
	if diff := cmp.Diff(shownBy(forward.Snapshot()), shownBy(parallel.Snapshot())); diff != "" {
		t.Errorf("snapshots of the same articles differ (-one +three):\n%s", diff)
	}
}

func testRemove(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	xs := append(slices.Collect(Synthetic(15, 4)), odd())
	add(t, s, xs[5:]...)
	want, shown := Dump(t, s), shownBy(s.Snapshot())
	for range 2 { // removed and added again, nothing remains of the first time
		add(t, s, xs[:5]...)
		revision := s.Revision()
		for i := range 5 {
			if err := s.Remove(t.Context(), xs[i].Article.ID); err != nil {
				t.Fatalf("Remove(%s): %v", xs[i].Article.ID, err)
			}
		}
		if s.Revision() != revision+5 {
			t.Errorf("Revision() after 5 removals = %d, want %d", s.Revision(), revision+5)
		}
		if got := Dump(t, s); got != want {
			t.Errorf("Dump after removal differs from before the addition:\n%s", cmp.Diff(want, got))
		}
		if diff := cmp.Diff(shown, shownBy(s.Snapshot())); diff != "" {
			t.Errorf("snapshot after removal (-want +got):\n%s", diff)
		}
	}
	if err := s.Remove(t.Context(), xs[0].Article.ID); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Remove of a removed article = %v, want ErrNotFound", err)
	}
	if r, err := s.Verify(t.Context()); err != nil || len(r.Problems) > 0 {
		t.Errorf("Verify() = %+v, %v, want no problems", r, err)
	}
	for _, x := range xs[5:] {
		if err := s.Remove(t.Context(), x.Article.ID); err != nil {
			t.Fatalf("Remove(%s): %v", x.Article.ID, err)
		}
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Quads != 0 || st.Articles != 0 {
		t.Errorf("Stats() of an emptied graph = %+v, %v, want nothing", st, err)
	}
}

func testRefusal(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	good := SyntheticArticle(0, 3, 5)
	tests := []struct {
		name  string
		spoil func(x *graph.Extraction)
	}{
		{"a quote that is not the text", func(x *graph.Extraction) { x.Claims[3].Evidence.Start++; x.Claims[3].Evidence.End++ }},
		{"a claim of another article", func(x *graph.Extraction) { x.Claims[0].Article = "article/other" }},
		{"an unknown thing", func(x *graph.Extraction) { x.Things = x.Things[1:] }},
		{"an unknown predicate", func(x *graph.Extraction) { x.Claims[1].Predicate = "loves" }},
		{"a title that is not UTF-8", func(x *graph.Extraction) { x.Article.Title = "a\xff" }},
		{"a rule that is not UTF-8", func(x *graph.Extraction) { x.Claims[0].Rule = "\xff" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bad := SyntheticArticle(1, 3, 5)
			tt.spoil(bad)
			if a, err := s.Add(t.Context(), bad); err == nil || a.Articles != 0 {
				t.Errorf("Add = %+v, %v, want an error", a, err)
			}
			if _, err := s.AddBulk(t.Context(), Sequence(slices.Values([]*graph.Extraction{bad}))); err == nil {
				t.Errorf("AddBulk = %v, want an error", err)
			}
		})
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Quads != 0 || st.Revision != 0 {
		t.Errorf("Stats() after refusals = %+v, %v, want an empty graph", st, err)
	}
	if a := add(t, s, good); a.Articles != 1 {
		t.Errorf("Add of a good article after refusals = %+v", a)
	}
}

// shownBy returns what a snapshot shows of every article: its claims as JSON.
func shownBy(v *graph.Snapshot) map[graph.ID][]string {
	shown := make(map[graph.ID][]string)
	for a := range v.Articles() {
		shown[a.ID] = []string{a.Title}
		for _, c := range v.ClaimsIn(a.ID) {
			b, err := graph.MarshalClaim(c, v.Thing)
			if err != nil {
				panic(err) // a claim always has a JSON form
			}
			shown[a.ID] = append(shown[a.ID], string(b))
		}
	}
	return shown
}

func testSnapshot(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	var xs []*graph.Extraction
	for x := range Synthetic(10, 6) {
		before := s.Snapshot()
		add(t, s, x)
		xs = append(xs, x)
		if _, ok := s.Snapshot().Article(x.Article.ID); !ok {
			t.Errorf("Snapshot() after Add(%s) does not have it", x.Article.ID)
		}
		if _, ok := before.Article(x.Article.ID); ok {
			t.Errorf("a snapshot taken before Add(%s) has it", x.Article.ID)
		}
	}
	want := shownBy(graph.NewSnapshot(s.Revision(), xs...))
	if diff := cmp.Diff(want, shownBy(s.Snapshot())); diff != "" {
		t.Errorf("Snapshot() differs from one made at once (-want +got):\n%s", diff)
	}
}

func testReopen(t *testing.T, fresh func(t *testing.T) string) {
	url := fresh(t)
	if url == "memory:" {
		t.Skip("a graph in memory ends with its store")
	}
	s := open(t, url)
	xs := append(slices.Collect(Synthetic(40, 7)), odd())
	if _, err := s.AddBulk(t.Context(), Sequence(slices.Values(xs))); err != nil {
		t.Fatal(err)
	}
	for _, x := range xs[10:15] {
		if err := s.Remove(t.Context(), x.Article.ID); err != nil {
			t.Fatal(err)
		}
	}
	add(t, s, xs[12])
	dump, revision, shown := Dump(t, s), s.Revision(), shownBy(s.Snapshot())
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}

	var last, total int64
	again, err := graph.Open(t.Context(), url, graph.Options{Progress: func(d, n int64) { last, total = d, n }})
	if err != nil {
		t.Fatalf("Open again: %v", err)
	}
	defer again.Close()
	if st, err := again.Stats(t.Context()); err != nil || last != total || total != st.Quads {
		t.Errorf("Progress ended at %d of %d, want all %d quads (%v)", last, total, st.Quads, err)
	}
	if again.Revision() != revision {
		t.Errorf("Revision() after reopening = %d, want %d", again.Revision(), revision)
	}
	if diff := cmp.Diff(shown, shownBy(again.Snapshot())); diff != "" {
		t.Errorf("Snapshot() after reopening (-before +after):\n%s", diff)
	}
	if got := Dump(t, again); got != dump {
		t.Errorf("Dump after reopening differs:\n%s", cmp.Diff(dump, got))
	}
}

// testHops compares two steps in the store with two steps in the snapshot: who
// mediated talks that X took part in.
func testHops(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	if _, err := s.AddBulk(t.Context(), Sequence(Synthetic(60, 8))); err != nil {
		t.Fatal(err)
	}
	v := s.Snapshot()
	found := 0
	for _, n := range v.Nodes(graph.State) {
		want := make(map[graph.ID]bool)
		for _, e := range v.Out(n, graph.ParticipatedIn) {
			if !e.IsFact() {
				continue
			}
			for _, m := range v.In(e.Other, graph.Mediated) {
				if m.IsFact() {
					want[v.ID(m.Other)] = true
				}
			}
		}
		got, err := s.Hops(t.Context(), v.ID(n), 1000, graph.Hop{Predicate: graph.ParticipatedIn}, graph.Hop{Predicate: graph.Mediated, Back: true})
		if err != nil {
			t.Fatalf("Hops(%s): %v", v.ID(n), err)
		}
		if len(got) != len(want) || !slices.IsSorted(got) {
			t.Errorf("Hops(%s) = %v, want %v sorted", v.ID(n), got, want)
		}
		for _, id := range got {
			if !want[id] {
				t.Errorf("Hops(%s) has %s, want %v", v.ID(n), id, want)
			}
		}
		found += len(got)
	}
	if found == 0 {
		t.Error("no state took part in mediated talks: the test shows nothing")
	}
	if got, err := s.Hops(t.Context(), "state/absent", 10, graph.Hop{Predicate: graph.Mediated}); err != nil || len(got) != 0 {
		t.Errorf("Hops(absent) = %v, %v, want nothing", got, err)
	}
}

func testContext(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	xs := slices.Collect(Synthetic(3, 9))
	add(t, s, xs[0])
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Add(ctx, xs[1]); !errors.Is(err, context.Canceled) {
		t.Errorf("Add with an ended context = %v", err)
	}
	if err := s.Remove(ctx, xs[0].Article.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("Remove with an ended context = %v", err)
	}
	if _, err := s.Article(ctx, xs[0].Article.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("Article with an ended context = %v", err)
	}
	if err := s.Dump(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Dump with an ended context = %v", err)
	}
	if _, err := s.Hops(ctx, xs[0].Claims[0].Subject, 10, graph.Hop{Predicate: graph.Mediated}); !errors.Is(err, context.Canceled) {
		t.Errorf("Hops with an ended context = %v", err)
	}
	add(t, s, xs[1:]...)
	if n := len(shownBy(s.Snapshot())); n != len(xs) {
		t.Errorf("graph has %d articles, want %d", n, len(xs))
	}
}

func testReaders(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	n := 150
	if testing.Short() {
		n = 30
	}
	ReadWhileLoading(t, s, Synthetic(n, 10), 4)
	if got := len(shownBy(s.Snapshot())); got != n {
		t.Errorf("graph has %d articles, want %d", got, n)
	}
}

// ReadWhileLoading adds xs to s one by one and removes every tenth again, while
// some readers ask. An article must be there with all its claims or not at all.
func ReadWhileLoading(t testing.TB, s *graph.Store, xs iter.Seq[*graph.Extraction], readers int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			var revision uint64
			for ctx.Err() == nil {
				v := s.Snapshot()
				if v.Revision() < revision {
					t.Errorf("revision went from %d back to %d", revision, v.Revision())
				}
				revision = v.Revision()
				readSome(ctx, t, s, v)
			}
		})
	}
	i := 0
	for x := range xs {
		if _, err := s.Add(ctx, x); err != nil {
			t.Errorf("Add(%s): %v", x.Article.ID, err)
			break
		}
		if i++; i%10 == 0 {
			if err := s.Remove(ctx, x.Article.ID); err != nil {
				t.Errorf("Remove(%s): %v", x.Article.ID, err)
			}
			if _, err := s.Add(ctx, x); err != nil {
				t.Errorf("Add(%s): %v", x.Article.ID, err)
			}
		}
	}
	cancel()
	wg.Wait()
}

// readSome reads the newest few articles of v, from the snapshot and the store.
func readSome(ctx context.Context, t testing.TB, s *graph.Store, v *graph.Snapshot) {
	n := 0
	for a := range v.Articles() {
		if n++; n > 5 {
			return
		}
		claims := v.ClaimsIn(a.ID)
		x, err := s.Extraction(ctx, a.ID)
		if errors.Is(err, graph.ErrNotFound) || ctx.Err() != nil {
			continue // removed meanwhile
		}
		if err != nil {
			t.Errorf("Extraction(%s): %v", a.ID, err)
			return
		}
		if len(x.Claims) != len(claims) || x.Valid() != nil {
			t.Errorf("%s has %d claims in the store and %d in the snapshot: %v", a.ID, len(x.Claims), len(claims), x.Valid())
		}
		for _, c := range claims {
			if _, ok := v.Thing(c.Subject); !ok {
				t.Errorf("%s: the snapshot has claim %s and not its subject", a.ID, c.ID)
			}
		}
	}
}

func testClosed(t *testing.T, fresh func(t *testing.T) string) {
	s := open(t, fresh(t))
	xs := slices.Collect(Synthetic(2, 11))
	add(t, s, xs[0])
	v := s.Snapshot()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if _, err := s.Add(t.Context(), xs[1]); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Add after Close = %v, want ErrClosed", err)
	}
	if _, err := s.Article(t.Context(), xs[0].Article.ID); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("Article after Close = %v, want ErrClosed", err)
	}
	if err := s.Close(); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("second Close = %v, want ErrClosed", err)
	}
	if len(v.ClaimsIn(xs[0].Article.ID)) != len(xs[0].Claims) {
		t.Error("a snapshot lost its claims when its store was closed")
	}
}
