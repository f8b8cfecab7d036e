package queries_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

// countdown is a context whose deadline passes after it has been looked at so
// many times.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// wide are questions that nothing narrows.
func wide() []graph.Pattern {
	talks := event(graph.Talks, "talks")
	about := graph.Pattern{Form: graph.AsksAbout, Terms: []graph.Term{{Kind: graph.HoleTerm}, named(graph.Organisation, "Hamas")}}
	link := graph.Pattern{Form: graph.AsksLink, Terms: []graph.Term{{Kind: graph.HoleTerm}, named(graph.Organisation, "Hamas"), named(graph.State, "Israel")}}
	whether := graph.Pattern{Form: graph.AsksWhether, Terms: []graph.Term{{}, named(graph.Organisation, "Hamas"), named(graph.State, "Israel")},
		Claims: []graph.ClaimPattern{claim(1, 2, graph.Accused)}}
	return []graph.Pattern{
		who("who mediated", []graph.Term{talks, named(graph.Place, "Helsinki")}, claim(0, 1, graph.Mediated)),
		who("who took part in", []graph.Term{talks}, claim(0, 1, graph.ParticipatedIn)), about, link, whether}
}

// Wherever in the work the deadline passes, there is an error and no answer that
// looks whole.
func TestAskDeadline(t *testing.T) {
	s := graph.NewSnapshot(1, graphtest.Reports()...)
	for _, p := range wide() {
		whole, err := queries.AskPattern(t.Context(), s, &p)
		if err != nil {
			t.Fatal(err)
		}
		for looks := int64(0); ; looks++ {
			ctx := &countdown{Context: t.Context()}
			ctx.left.Store(looks)
			r, err := queries.AskPattern(ctx, s, &p)
			if err == nil {
				if got, want := string(r.AppendJSON(nil)), string(whole.AppendJSON(nil)); got != want {
					t.Errorf("%s: after %d looks at the context\n got %s\nwant %s", p.String(), looks, got, want)
				}
				break
			}
			if r != nil || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%s: deadline after %d looks: reply %v, error %v; want none and the context's", p.String(), looks, r, err)
			}
		}
	}
}

// The context is looked at as often as there is work: at least once for each
// claim of a wide question, however few things the claims hang on.
func TestAskLooksAtDeadline(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(200, 1))...)
	claims := 0
	for _, n := range s.Nodes(graph.Talks) {
		claims += len(s.In(n, graph.ParticipatedIn))
	}
	ctx := &countdown{Context: t.Context()}
	ctx.left.Store(1 << 40)
	p := who("who took part in", []graph.Term{event(graph.Talks, "talks")}, claim(0, 1, graph.ParticipatedIn))
	if _, err := queries.AskPattern(ctx, s, &p); err != nil {
		t.Fatal(err)
	}
	if looks := 1<<40 - ctx.left.Load(); looks < int64(claims) {
		t.Errorf("%d looks at the context for %d claims", looks, claims)
	}
}

// BenchmarkAskDeadline asks a question that nothing narrows with a deadline of
// 200 ms and reports by how many milliseconds the answer or the error comes later
// at worst.
func BenchmarkAskDeadline(b *testing.B) {
	for _, quads := range sizes(b) {
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))...)
			p := who("who took part in", []graph.Term{event(graph.Talks, "talks")}, claim(0, 1, graph.ParticipatedIn))
			const limit = 200 * time.Millisecond
			var late time.Duration
			missed := 0
			for b.Loop() {
				ctx, cancel := context.WithTimeout(b.Context(), limit)
				began := time.Now()
				_, err := queries.AskPattern(ctx, s, &p)
				late = max(late, time.Since(began)-limit)
				cancel()
				if errors.Is(err, context.DeadlineExceeded) {
					missed++
				} else if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(max(0, late.Seconds()*1e3), "ms-late")
			b.ReportMetric(float64(missed)/float64(b.N), "missed/op")
		})
	}
}
