package export_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"parley/graph"
	"parley/graph/export"
	"parley/graph/graphtest"
	"parley/graph/nquads"
)

// decided returns a graph with things merged and split and an article retracted.
func decided(t *testing.T) *graph.Store {
	t.Helper()
	s := open(t)
	xs := append(graphtest.Reports(), odd())
	for x := range graphtest.Synthetic(40, 2) {
		xs = append(xs, x)
	}
	if _, err := s.Add(t.Context(), xs...); err != nil {
		t.Fatal(err)
	}
	v := s.Snapshot()
	states := v.Nodes(graph.State)
	split := v.ID(states[2])
	in := v.ClaimOf(slices.Concat(v.Out(states[2]), v.In(states[2]))[0]).Article
	for _, d := range []graph.Decision{
		{Kind: graph.MergeThings, Thing: v.ID(states[0]), Into: v.ID(states[1]), By: "me"},
		{Kind: graph.SplitThing, Thing: split, Into: "state/another", Label: "Another", Articles: []graph.ID{in}},
		{Kind: graph.RetractArticles, Articles: []graph.ID{xs[0].Article.ID}, Reason: "a \"hoax\"", By: "the desk"},
	} {
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func open(t *testing.T) *graph.Store {
	t.Helper()
	s, err := graph.Open(context.Background(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func writeAll(t *testing.T, s *graph.Snapshot, f export.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteAll(&b, f, s, export.Options{}); err != nil {
		t.Fatalf("WriteAll(%s): %v", f, err)
	}
	return b.Bytes()
}

// What is exported as N-Quads and read into an empty graph gives the same graph: the
// same bytes in every format, the same way from old ids, the same articles gone. The
// order of the lines does not matter.
func TestReadBack(t *testing.T) {
	was := decided(t)
	nq := string(writeAll(t, was.Snapshot(), export.NQuads))
	lines := strings.SplitAfter(nq, "\n")
	slices.Sort(lines)
	for name, text := range map[string]string{"as it is": nq, "sorted": strings.Join(lines, ""), "twice": nq + nq} {
		g, err := export.Read(nquads.Read(strings.NewReader(text)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		now := open(t)
		if _, err := now.Add(t.Context(), g.Extractions...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := now.Enter(t.Context(), g.Decisions...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r, err := now.Verify(t.Context()); err != nil || len(r.Problems) > 0 {
			t.Errorf("%s: Verify finds %v, %v", name, r.Problems, err)
		}
		for _, info := range export.Formats() {
			if got, want := writeAll(t, now.Snapshot(), info.Format), writeAll(t, was.Snapshot(), info.Format); !bytes.Equal(got, want) {
				t.Errorf("%s: %s of the copy differs: %d bytes, want %d", name, info.Name, len(got), len(want))
			}
		}
		a, b := was.Snapshot(), now.Snapshot()
		if a.Counts() != b.Counts() || a.Canonical("state/x") != b.Canonical("state/x") {
			t.Errorf("%s: the copy holds %+v, want %+v", name, b.Counts(), a.Counts())
		}
		for id, d := range a.Retractions() {
			if e, ok := b.Retraction(id); !ok || e.Reason != d.Reason || e.By != d.By || e.At != d.At {
				t.Errorf("%s: retraction of %s is %+v, want %+v", name, id, e, d)
			}
		}
	}
}

// The claims of an answer can be read as well.
func TestReadSome(t *testing.T) {
	s := small()
	c := s.ClaimsIn(graphtest.Reports()[1].Article.ID)[0]
	var b bytes.Buffer
	if err := export.Write(&b, export.NQuads, s, slices.Values([]*graph.Claim{c}), export.Options{}); err != nil {
		t.Fatal(err)
	}
	g, err := export.Read(nquads.Read(&b))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Extractions) != 1 || len(g.Extractions[0].Claims) != 1 || g.Extractions[0].Claims[0].ID != c.ID || g.Extractions[0].Claims[0].Evidence != c.Evidence {
		t.Errorf("Read gives %+v, want claim %+v", g.Extractions, c)
	}
}

func TestReadErrors(t *testing.T) {
	nq := string(write(t, small(), export.NQuads))
	tests := []struct{ name, text, want string }{
		{"empty", "", "no export of parley"},
		{"something else", "<http://a.example/s> <http://a.example/p> \"o\" .", "no export of parley"},
		{"no N-Quads", nq + "{}\n", "want an IRI"},
		{"cut short", nq[:len(nq)/2], "line "},
		{"a number that is none", strings.Replace(nq, `oa#start> "`, `oa#start> "x`, 1), "x"},
		{"another quote", strings.Replace(nq, "Martti Ahtisaari, the former president, mediated.", "Nobody mediated.", 1), "quote"},
		{"articles not described", strings.ReplaceAll(nq, "https://schema.org/", "https://schema.example/"), "not described"},
	}
	for _, tt := range tests {
		if _, err := export.Read(nquads.Read(strings.NewReader(tt.text))); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error is %v, want one with %q", tt.name, err, tt.want)
		}
	}
}
