package graph_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
)

// sizes are the graphs that are measured, in quads.
func sizes() []int {
	if testing.Short() {
		return []int{10_000}
	}
	return []int{10_000, 100_000, 1_000_000}
}

// kinds are the stores that are measured: each gives the address of an empty graph.
var kinds = []struct {
	name  string
	fresh func(b *testing.B) string
}{
	{"memory", func(*testing.B) string { return "memory:" }},
	{"bolt", func(b *testing.B) string { return "bolt:" + filepath.Join(b.TempDir(), "graph.db") }},
	{"postgres", func(b *testing.B) string { return newDatabase(b) }},
}

// loaded loads about that many quads.
func load(b *testing.B, url string, quads int) {
	b.Helper()
	s, err := graph.Open(context.Background(), url, graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	n := quads / graphtest.QuadsPerArticle
	start := time.Now()
	a, err := s.AddBulk(context.Background(), graphtest.Sequence(graphtest.Synthetic(n, 1)))
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("loaded %d quads, %d claims at %.0f quads/s", a.Quads, a.Claims, float64(a.Quads)/time.Since(start).Seconds())
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStore measures, on graphs of several sizes: opening with the snapshot
// and its memory, adding one article durably, and taking one out.
func BenchmarkStore(b *testing.B) {
	for _, kind := range kinds[1:] {
		for _, quads := range sizes() {
			b.Run(fmt.Sprintf("store=%s/quads=%d", kind.name, quads), func(b *testing.B) {
				url := kind.fresh(b)
				load(b, url, quads)
				b.Run("open", func(b *testing.B) { benchOpen(b, url) })
				b.Run("add", func(b *testing.B) { benchAdd(b, url, quads) })
				b.Run("remove", func(b *testing.B) { benchRemove(b, url, quads) })
			})
		}
	}
}

func benchOpen(b *testing.B, url string) {
	var bytes, quads int64
	for b.Loop() {
		before := heap()
		s, err := graph.Open(b.Context(), url, graph.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		bytes = int64(heap() - before)
		st, err := s.Stats(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		quads = st.Quads
		s.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(bytes)/float64(quads), "snapshot-B/quad")
	b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

// heap returns the bytes in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func benchAdd(b *testing.B, url string, quads int) {
	s, err := graph.Open(b.Context(), url, graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var t timer
	for i := 0; b.Loop(); i++ {
		x := graphtest.SyntheticArticle(i, quads/graphtest.QuadsPerArticle, 2)
		t.start()
		if _, err := s.Add(b.Context(), x); err != nil {
			b.Fatal(err)
		}
		t.stop()
	}
	t.report(b)
}

func benchRemove(b *testing.B, url string, quads int) {
	s, err := graph.Open(b.Context(), url, graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var ids []graph.ID
	for a := range s.Snapshot().Articles() {
		ids = append(ids, a.ID)
	}
	var t timer
	for i := 0; b.Loop(); i++ {
		id := ids[i%len(ids)]
		x, err := s.Extraction(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		t.start()
		if err := s.Remove(b.Context(), id); err != nil {
			b.Fatal(err)
		}
		t.stop()
		if _, err := s.Add(b.Context(), x); err != nil {
			b.Fatal(err)
		}
	}
	t.report(b)
}

// timer measures one step of each round of a benchmark.
type timer struct {
	took  []time.Duration
	clock time.Time
	from  time.Duration
	cpu   time.Duration
}

func (t *timer) start() { t.clock, t.from = time.Now(), graphtest.CPUTime() }

func (t *timer) stop() {
	t.took = append(t.took, time.Since(t.clock))
	t.cpu += graphtest.CPUTime() - t.from
}

// report gives the percentiles and the processor time of a step instead of the
// time of a round.
func (t *timer) report(b *testing.B) {
	slices.Sort(t.took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(t.took[len(t.took)/2]), "p50-ms")
	b.ReportMetric(ms(t.took[len(t.took)*99/100]), "p99-ms")
	b.ReportMetric(ms(t.cpu)/float64(len(t.took)), "cpu-ms/op")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkAddBulk measures loading 500 articles in bulk.
func BenchmarkAddBulk(b *testing.B) {
	const n = 500
	for _, kind := range kinds {
		b.Run("store="+kind.name, func(b *testing.B) {
			var quads int
			for b.Loop() {
				s, err := graph.Open(b.Context(), kind.fresh(b), graph.Options{})
				if err != nil {
					b.Fatal(err)
				}
				a, err := s.AddBulk(b.Context(), graphtest.Sequence(graphtest.Synthetic(n, 1)))
				if err != nil {
					b.Fatal(err)
				}
				s.Close()
				quads += a.Quads
			}
			b.ReportMetric(float64(quads)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}
