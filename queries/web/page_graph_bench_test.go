package web_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/web"
)

// Graph views and pages of things in a graph of a million quads, around what has
// most claims and around what has as many as most do. The time is that of the
// processor: other work of the machine does not count.
func BenchmarkGraphPage(b *testing.B) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(1_000_000/graphtest.QuadsPerArticle, 1))...)
	h := web.New(fixed{s}, web.Options{})
	states := slices.Clone(s.Nodes(graph.State))
	claims := func(n graph.Node) int { return len(s.Out(n)) + len(s.In(n)) }
	slices.SortStableFunc(states, func(m, n graph.Node) int { return cmp.Compare(claims(n), claims(m)) })
	for _, around := range []struct {
		name string
		node graph.Node
	}{{"busiest", states[0]}, {"median", states[len(states)/2]}} {
		id := string(s.ID(around.node))
		for _, page := range []struct{ name, path string }{{"graph", "/graph?thing=" + id}, {"svg", "/graph.svg?thing=" + id}, {"thing", "/things/" + id}} {
			b.Run("page="+page.name+"/around="+around.name, func(b *testing.B) {
				r := httptest.NewRequest("GET", page.path, nil)
				r.Header.Set("Accept", "text/html")
				bytes, cpu := 0, graphtest.CPUTime()
				for b.Loop() {
					w := &discard{header: http.Header{}}
					r.Header.Set("Accept-Encoding", "gzip") // it is taken out when it was heeded
					h.ServeHTTP(w, r)
					bytes += w.bytes
				}
				b.ReportMetric(float64(claims(around.node)), "claims")
				b.ReportMetric(float64(bytes)/float64(b.N), "bytes/op")
				b.ReportMetric(1000*(graphtest.CPUTime()-cpu).Seconds()/float64(b.N), "cpu-ms/op")
			})
		}
	}
}
