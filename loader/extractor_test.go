package loader_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

func newExtractor(t testing.TB, c config.Loader) *loader.Extractor {
	t.Helper()
	x, err := loader.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func parse(t testing.TB, text string) graph.Article {
	t.Helper()
	a, err := article.Text([]byte(text), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// lines returns the claims of x with the given rule ending, one a line.
func lines(x graph.Extraction, rule string) string {
	var b strings.Builder
	for _, c := range x.Claims {
		if strings.HasSuffix(c.Rule, rule) {
			fmt.Fprintf(&b, "%s %s%s %q %d–%d\n", c.Predicate, c.Object.ID, c.Object.Value, c.Evidence.ObjectText, c.Evidence.Start, c.Evidence.End)
		}
	}
	return b.String()
}

// What an imprint says of its article is claimed with the imprint as evidence.
func TestExtractImprint(t *testing.T) {
	a := parse(t, "Bogotá: foes meet\nSource: Example Wire | Date: 27 January 2005 | Author: Jane Doe and John Roe\n\nThey met again.\n\nBy Ann Poe")
	got, err := newExtractor(t, config.Loader{}).Extract(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	want := `publishedBy outlet/example-wire "Example Wire" 18–94
publishedOn 2005-01-27 "27 January 2005" 18–94
author person/jane-doe "Jane Doe" 18–94
author person/john-roe "John Roe" 18–94
author person/ann-poe "Ann Poe" 113–123
`
	if diff := cmp.Diff(want, lines(got, "/imprint")); diff != "" {
		t.Errorf("Extract(%q) (-want +got):\n%s", a.Text, diff)
	}
	if err := got.Valid(); err != nil {
		t.Errorf("Extract(%q) is not valid: %v", a.Text, err)
	}
}

// What was only supplied, and stands nowhere in the text, is no claim.
func TestExtractSupplied(t *testing.T) {
	a, err := article.Text([]byte("They met again."), article.Options{Date: "2005-01-27", Source: "Example Wire"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := newExtractor(t, config.Loader{}).Extract(t.Context(), a)
	if err != nil || lines(got, "/imprint") != "" || got.Article.Outlet != "Example Wire" {
		t.Errorf("Extract(%q) = %v, %q, outlet %q; want no claim of the imprint", a.Text, err, lines(got, "/imprint"), got.Article.Outlet)
	}
}

func TestExtractMinConfidence(t *testing.T) {
	a := parse(t, "Foes meet\nSource: Example Wire\n\nNorway mediated the talks between Chile and Peru.")
	got, err := newExtractor(t, config.Loader{MinConfidence: 1}).Extract(t.Context(), a)
	if err != nil || len(got.Claims) != 0 || len(got.Things) != 0 {
		t.Errorf("Extract with a least confidence of 1 = %v, %d claims, %d things; want none", err, len(got.Claims), len(got.Things))
	}
}

func TestExtractRefuses(t *testing.T) {
	french := "Le président a déclaré que les négociations de paix avec les rebelles ont échoué après deux jours de discussions dans la capitale."
	marked := parse(t, "They met again.")
	marked.Language = "fr"
	for name, a := range map[string]graph.Article{"French text": parse(t, french), "marked as French": marked} {
		if _, err := newExtractor(t, config.Loader{}).Extract(t.Context(), a); !errors.Is(err, loader.ErrLanguage) {
			t.Errorf("Extract(%s) = %v, want ErrLanguage", name, err)
		}
	}
	broken := parse(t, "They met again.")
	broken.Text = "They\xff"
	if _, err := newExtractor(t, config.Loader{}).Extract(t.Context(), broken); err == nil {
		t.Error("Extract took a text that is not UTF-8")
	}
}

func TestExtractEnds(t *testing.T) {
	a := parse(t, "They met again.")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newExtractor(t, config.Loader{}).Extract(ctx, a); !errors.Is(err, context.Canceled) {
		t.Errorf("Extract(cancelled) = %v, want context.Canceled", err)
	}
	if _, err := newExtractor(t, config.Loader{Timeout: time.Nanosecond}).Extract(t.Context(), a); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Extract with a time-out of 1 ns = %v, want context.DeadlineExceeded", err)
	}
}

// Whatever the text, Extract gives a valid extraction, whose quotes are the
// text's, or an error.
func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"Foes meet\nSource: Example Wire | Date: 2005-01-27\n\nNorway mediated the talks between Chile and Peru in Oslo on Monday.",
		"“He said ‘no’,” she said… — it’s 3.5% (or so)\n\n\u2028\u00a0A\u0301 \U0001F600 B.",
		"By \nBy A B\n((((((",
		"The the the of of of that that who who who whose whose signed signed signed.",
	} {
		f.Add(s)
	}
	x := newExtractor(f, config.Loader{})
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return // long sentences take long, and show nothing new
		}
		a, err := article.Text([]byte(text), article.Options{})
		if err != nil {
			return
		}
		got, err := x.Extract(t.Context(), a)
		if err != nil && !errors.Is(err, loader.ErrLanguage) {
			t.Errorf("Extract(%q) = %v", text, err)
		}
		if err == nil && got.Valid() != nil {
			t.Errorf("Extract(%q) is not valid: %v", text, got.Valid())
		}
		if _, err := x.Mentions(t.Context(), a); err != nil && !errors.Is(err, loader.ErrLanguage) {
			t.Errorf("Mentions(%q) = %v", text, err)
		}
	})
}
