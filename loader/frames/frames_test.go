package frames_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/frames"
	"parley/loader/names"
	"parley/loader/syntax"
	"parley/loader/token"
)

// stages are the models that the tests read sentences with.
type stages struct {
	parser *syntax.Parser
	tagger *names.Tagger
}

func newStages(t testing.TB) stages {
	t.Helper()
	p, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	n, err := names.New()
	if err != nil {
		t.Fatal(err)
	}
	return stages{p, n}
}

// doc runs the stages before frames over text, published on 4 May 2021.
func (s stages) doc(t testing.TB, text string) (*coref.Doc, []dates.Expr) {
	t.Helper()
	a := &graph.Article{Title: "Test", Published: "2021-05-04", Language: "en", Text: text}
	a.MakeID()
	ss := token.Split(text, token.Paragraphs(text))
	if err := s.parser.Parse(t.Context(), ss); err != nil {
		t.Fatal(err)
	}
	if err := s.tagger.Tag(t.Context(), text, ss); err != nil {
		t.Fatal(err)
	}
	return coref.Resolve(a, ss), dates.Find(ss, text, a.Published)
}

func (s stages) claims(t testing.TB, text string) graph.Extraction {
	t.Helper()
	d, ds := s.doc(t, text)
	x, err := frames.Claims(t.Context(), d, ds, nil)
	if err != nil {
		t.Fatalf("Claims(%q) error: %v", text, err)
	}
	return x
}

// show returns c as the test files write it: subject, predicate and object
// between bars, then what is not plain about it.
func show(x *graph.Extraction, c *graph.Claim) string {
	object := c.Object.Value
	if o, ok := x.Thing(c.Object.ID); ok {
		object = o.Label
	}
	subject, _ := x.Thing(c.Subject)
	line := fmt.Sprintf("%s | %s | %s", subject.Label, c.Predicate, object)
	if c.Polarity == graph.Denied {
		line += " | denied"
	}
	if c.Modality != graph.Actual {
		line += " | " + string(c.Modality)
	}
	for _, id := range c.AttributedTo {
		s, _ := x.Thing(id)
		line += " | by " + s.Label
	}
	return line
}

// fits reports whether the claim shown as have is the one wanted: the same
// predicate and marks, and the words of the ends among those of the claim's.
func fits(have, want string) bool {
	h, w := strings.Split(have, " | "), strings.Split(want, " | ")
	if len(w) < 3 || len(h) != len(w) || h[1] != w[1] {
		return false
	}
	for i := range w {
		if !strings.Contains(strings.ToLower(h[i]), strings.ToLower(w[i])) {
			return false
		}
	}
	return true
}

// TestClaims holds what is read off the sentences of testdata: each claim of a
// file's want part is made, and none of its never part is asserted as a fact.
func TestClaims(t *testing.T) {
	s := newStages(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(a.Files); i++ {
			if a.Files[i].Name != "text" {
				continue
			}
			text := strings.TrimSpace(string(a.Files[i].Data))
			t.Run(filepath.Base(file)+"/"+clip(text), func(t *testing.T) {
				x := s.claims(t, text)
				if err := x.Valid(); err != nil {
					t.Errorf("Claims(%q) is not valid: %v", text, err)
				}
				var have []string
				for k := range x.Claims {
					have = append(have, show(&x, &x.Claims[k]))
				}
				for _, part := range a.Files[i+1:] {
					if part.Name == "text" {
						break
					}
					for want := range strings.Lines(string(part.Data)) {
						want = strings.TrimSpace(want)
						found := slices.ContainsFunc(have, func(h string) bool { return fits(h, want) })
						if want != "" && found != (part.Name == "want") {
							t.Errorf("Claims(%q)\n%s %q, got:\n  %s", text, part.Name, want, strings.Join(have, "\n  "))
						}
					}
				}
			})
		}
	}
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}

func TestClaimsAreTheSameEveryTime(t *testing.T) {
	s := newStages(t)
	text := "Norway hosted talks between Israel and Jordan in Oslo on Monday. Israel and Jordan signed the Oslo Accord. Egypt and Qatar mediated."
	var first string
	for range 5 {
		x := s.claims(t, text)
		var b strings.Builder
		for i := range x.Claims {
			fmt.Fprintln(&b, x.Claims[i].ID, show(&x, &x.Claims[i]), x.Claims[i].Confidence)
		}
		if first == "" {
			first = b.String()
		} else if b.String() != first {
			t.Fatalf("Claims(%q)\n got %s\nwant %s", text, b.String(), first)
		}
	}
}

func TestEvidenceHoldsTheWords(t *testing.T) {
	s := newStages(t)
	text := "Martti Ahtisaari mediated the talks between Indonesia and the Free Aceh Movement in Helsinki. He said they had agreed to a ceasefire. Both sides signed it on Friday."
	x := s.claims(t, text)
	if len(x.Claims) == 0 {
		t.Fatalf("Claims(%q) makes no claim", text)
	}
	for i := range x.Claims {
		c := &x.Claims[i]
		e := c.Evidence
		if !strings.Contains(strings.Join(strings.Fields(e.Quote), " "), e.SubjectText) && e.SubjectLink == nil {
			t.Errorf("%s: quote %q has no %q and no link", show(&x, c), e.Quote, e.SubjectText)
		}
		if !strings.Contains(strings.Join(strings.Fields(e.Quote), " "), e.ObjectText) && e.ObjectLink == nil {
			t.Errorf("%s: quote %q has no %q and no link", show(&x, c), e.Quote, e.ObjectText)
		}
	}
}

func TestClaimsEndWithContext(t *testing.T) {
	s := newStages(t)
	d, ds := s.doc(t, "Egypt mediated.")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := frames.Claims(ctx, d, ds, nil); err == nil {
		t.Error("Claims with a cancelled context gave no error")
	}
}

func BenchmarkClaims(b *testing.B) {
	raw, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		b.Fatal(err)
	}
	s := newStages(b)
	d, ds := s.doc(b, string(raw))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	var n int
	for b.Loop() {
		x, err := frames.Claims(b.Context(), d, ds, nil)
		if err != nil {
			b.Fatal(err)
		}
		n = len(x.Claims)
	}
	b.ReportMetric(float64(n), "claims/op")
}
