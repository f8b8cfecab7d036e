package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/web"
)

// discard takes an answer and forgets it.
type discard struct {
	header http.Header
	bytes  int
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(int)     {}
func (d *discard) Write(b []byte) (int, error) {
	d.bytes += len(b)
	return len(b), nil
}

// What the server does for one answer, all of its layers and without the network.
func BenchmarkMediations(b *testing.B) {
	for _, quads := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))...)
			h := web.New(fixed{s}, web.Options{})
			var requests []*http.Request
			states := s.Nodes(graph.State)
			for i := 0; i < len(states); i += max(1, len(states)/100) {
				requests = append(requests, httptest.NewRequest("GET", "/v1/questions/mediations?mediator="+url.QueryEscape(string(s.ID(states[i]))), nil))
			}
			b.ReportAllocs()
			bytes, cpu := 0, graphtest.CPUTime()
			for i := 0; b.Loop(); i++ {
				w := &discard{header: http.Header{}}
				h.ServeHTTP(w, requests[i%len(requests)])
				bytes += w.bytes
			}
			b.ReportMetric(float64(bytes)/float64(b.N), "bytes/op")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
			b.ReportMetric(float64(b.N)/(graphtest.CPUTime()-cpu).Seconds(), "answers/cpu-s")
		})
	}
}
