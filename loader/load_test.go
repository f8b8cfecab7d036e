package loader_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

// titles is a sink that keeps the titles of what it is given. It fails when it
// is given the title failOn.
type titles struct {
	got    []string
	failOn string
}

var errSink = errors.New("disk full")

func (s *titles) AddBulk(_ context.Context, xs iter.Seq2[*graph.Extraction, error]) (graph.Added, error) {
	var sum graph.Added
	for x, err := range xs {
		if err != nil {
			return sum, err
		}
		if x.Article.Title == s.failOn {
			return sum, errSink
		}
		s.got = append(s.got, x.Article.Title)
		sum.Articles++
		sum.Claims += len(x.Claims)
	}
	return sum, nil
}

// numbered yields n articles with their number as title; those in broken fail.
func numbered(n int, broken ...int) iter.Seq2[article.Input, error] {
	return func(yield func(article.Input, error) bool) {
		for i := range n {
			in := article.Input{File: "news.jsonl", Line: i + 1}
			var err error
			if slices.Contains(broken, i) {
				err = errors.New("torn page")
			} else {
				// Articles of different lengths are ready in another order than they came.
				text := fmt.Sprintf("Report %d\n\n%s", i, strings.Repeat("Norway mediated the talks. ", 1+7*i%13))
				in.Article, err = article.Text([]byte(text), article.Options{})
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

func TestLoadKeepsOrder(t *testing.T) {
	const n = 60
	for _, workers := range []int{1, 2, 8} {
		var sink titles
		report, err := loader.Load(t.Context(), newExtractor(t, config.Loader{Workers: workers}), numbered(n, 7, 8, 59), &sink, loader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := range n {
			if i != 7 && i != 8 && i != 59 {
				want = append(want, fmt.Sprintf("Report %d", i))
			}
		}
		if !slices.Equal(sink.got, want) {
			t.Errorf("Load with %d workers\n got %q\nwant %q", workers, sink.got, want)
		}
		var failed []string
		for _, f := range report.Failed {
			failed = append(failed, f.Error())
		}
		if want := []string{"news.jsonl:8: torn page", "news.jsonl:9: torn page", "news.jsonl:60: torn page"}; !slices.Equal(failed, want) {
			t.Errorf("Load with %d workers: failures\n got %q\nwant %q", workers, failed, want)
		}
		if report.Articles != n-3 || report.Added != n-3 {
			t.Errorf("Load with %d workers: %d articles, %d added, want %d", workers, report.Articles, report.Added, n-3)
		}
	}
}

func TestLoadFailFast(t *testing.T) {
	var sink titles
	report, err := loader.Load(t.Context(), newExtractor(t, config.Loader{Workers: 4}), numbered(60, 5), &sink, loader.Options{FailFast: true})
	if failure := (loader.Failure{}); !errors.As(err, &failure) || failure.Input != "news.jsonl:6" {
		t.Errorf("Load(fail fast) = %v, want the failure of news.jsonl:6", err)
	}
	if len(sink.got) != 5 || report.Articles != 5 {
		t.Errorf("Load(fail fast) added %q, want the five before the failure", sink.got)
	}
}

func TestLoadSinkFails(t *testing.T) {
	sink := titles{failOn: "Report 20"}
	report, err := loader.Load(t.Context(), newExtractor(t, config.Loader{Workers: 4}), numbered(60), &sink, loader.Options{})
	if !errors.Is(err, errSink) {
		t.Errorf("Load into a full disk = %v, want %v", err, errSink)
	}
	if report.Articles != 20 {
		t.Errorf("Load into a full disk reports %d articles, want the 20 that are in", report.Articles)
	}
}

func TestLoadCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var sink titles
	_, err := loader.Load(ctx, newExtractor(t, config.Loader{Workers: 2}), numbered(1000), &sink, loader.Options{
		Progress: func(loader.Report) { cancel() },
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Load(cancelled) = %v, want context.Canceled", err)
	}
	if len(sink.got) == 1000 {
		t.Error("Load(cancelled) read everything")
	}
}

// BenchmarkExtract reads one article through every stage.
func BenchmarkExtract(b *testing.B) {
	a := parse(b, "Foes meet\nSource: Example Wire | Date: 2005-01-27\n\n"+strings.Repeat("Norway mediated the talks between the government of Chile and the rebels in Oslo on Monday, the foreign minister said. ", 20))
	x := newExtractor(b, config.Loader{})
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	var claims int
	for b.Loop() {
		got, err := x.Extract(b.Context(), a)
		if err != nil {
			b.Fatal(err)
		}
		claims = len(got.Claims)
	}
	b.ReportMetric(float64(claims), "claims/op")
}
