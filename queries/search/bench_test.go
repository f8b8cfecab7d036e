package search_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/search"
)

// percentiles reports the median and the 99th percentile of times and of the processor's
// times, which tell more on a machine that others use as well, in microseconds.
func percentiles(b *testing.B, times, cpu []time.Duration) {
	for name, list := range map[string][]time.Duration{"": times, "cpu-": cpu} {
		slices.Sort(list)
		b.ReportMetric(float64(list[len(list)/2].Nanoseconds())/1e3, name+"p50-µs")
		b.ReportMetric(float64(list[len(list)*99/100].Nanoseconds())/1e3, name+"p99-µs")
	}
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// Making the indexes, and what is asked of them: each as a sub-benchmark of the
// size of the graph.
func Benchmark(b *testing.B) {
	for _, quads := range []int{10_000, 100_000, 1_000_000} {
		if quads > 100_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))...)
			before, start := heap(), time.Now()
			x := search.New()
			if _, err := x.Things(b.Context(), s, "warm", nil, 0); err != nil {
				b.Fatal(err)
			}
			names, middle := time.Since(start), heap()
			start = time.Now()
			if _, err := x.Quotes(b.Context(), s, search.QuoteQuery{Text: "warm"}); err != nil {
				b.Fatal(err)
			}
			quotes := time.Since(start)
			size := heap() - middle
			b.Run("make", func(b *testing.B) {
				for b.Loop() {
				}
				b.ReportMetric(names.Seconds(), "names-s")
				b.ReportMetric(middle-before, "names-MB")
				b.ReportMetric(quotes.Seconds(), "quotes-s")
				b.ReportMetric(size, "quotes-MB")
			})
			var labels []string
			for _, t := range []graph.Type{graph.Person, graph.State, graph.Organisation, graph.Talks} {
				nodes := s.Nodes(t)
				for i := 0; i < len(nodes); i += max(1, len(nodes)/50) {
					labels = append(labels, s.At(nodes[i]).Label)
				}
			}
			things := func(text func(label string) string) func(int) error {
				return func(i int) error {
					_, err := x.Things(b.Context(), s, text(labels[i%len(labels)]), nil, 0)
					return err
				}
			}
			begun := func(n int) func(int) error {
				return func(i int) error {
					_, err := x.Suggest(b.Context(), s, labels[i%len(labels)][:n], nil, 0)
					return err
				}
			}
			sentences := func(text func(label string) string) func(int) error {
				return func(i int) error {
					_, err := x.Quotes(b.Context(), s, search.QuoteQuery{Text: text(labels[i%len(labels)])})
					return err
				}
			}
			for _, kind := range []struct {
				name string
				ask  func(i int) error
			}{
				{"suggest=1", begun(1)}, {"suggest=2", begun(2)}, {"suggest=3", begun(3)},
				{"things=name", things(func(l string) string { return l })},
				{"things=typo", things(func(l string) string { return l[:2] + l[3:] })},
				{"quotes=words", sentences(func(l string) string { return l })},
				{"quotes=phrase", sentences(func(l string) string { return `"` + strings.Trim(l, `"`) + `"` })},
				{"quotes=common", sentences(func(string) string { return "talks" })},
			} {
				b.Run(kind.name, func(b *testing.B) {
					if err := kind.ask(0); err != nil { // what is made once is made before
						b.Fatal(err)
					}
					var times, cpu []time.Duration
					for i := 0; b.Loop(); i++ {
						start, used := time.Now(), graphtest.CPUTime()
						if err := kind.ask(i); err != nil {
							b.Fatal(err)
						}
						times, cpu = append(times, time.Since(start)), append(cpu, graphtest.CPUTime()-used)
					}
					percentiles(b, times, cpu)
				})
			}
		})
	}
}
