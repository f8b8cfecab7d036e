package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/web"
)

// What the server does until a page is whole, and how large it is, for the things
// that most claims are about and for others. The first time, what is worked out
// once for each revision of the graph is worked out. Times are those of the
// processor: other work of the machine does not count.
func BenchmarkPages(b *testing.B) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(1_000_000/graphtest.QuadsPerArticle, 1))...)
	h := web.New(fixed{s}, web.Options{})
	thing := func(types ...graph.Type) (list []string) {
		for _, t := range types {
			for _, n := range queries.MostClaimed(s, 10, t) {
				list = append(list, "/things/"+string(s.ID(n)))
			}
			nodes := s.Nodes(t)
			for i := 0; i < len(nodes); i += max(1, len(nodes)/10) {
				list = append(list, "/things/"+string(s.ID(nodes[i])))
			}
		}
		return list
	}
	var articles []string
	for _, a := range queries.Newest(s, 20) {
		articles = append(articles, "/articles/"+a.ID.Slug())
	}
	busiest := func(t graph.Type) []string {
		return []string{"/things/" + string(s.ID(queries.MostClaimed(s, 1, t)[0]))}
	}
	hub := url.QueryEscape(string(s.ID(queries.MostClaimed(s, 1, graph.State)[0])))
	for _, kind := range []struct {
		name      string
		addresses []string
	}{
		{"start", []string{"/"}},
		{"busiest-actor", busiest(graph.State)},
		{"busiest-talks", busiest(graph.Talks)},
		{"actors", thing(graph.State, graph.Person, graph.Organisation)},
		{"events", thing(graph.Talks, graph.Agreement, graph.Proposal)},
		{"places", thing(graph.Place)},
		{"articles", articles},
		{"questions", []string{"/questions/talks", "/questions/mediations?party=" + hub, "/questions/agreements?sort=-date", "/questions/mediators", "/questions/meetings?actor=" + hub,
			"/questions/about?thing=" + hub, "/questions/neighbours?thing=" + hub, "/questions/talks?view=places&limit=25", "/questions/timeline?thing=" + hub}},
		{"feeds", []string{"/questions/talks.atom", "/questions/mediations.atom?party=" + hub, "/questions/about.atom?thing=" + hub}},
		{"disputes", []string{"/disputes", "/disputes?thing=" + hub}},
		{"search", []string{"/search?q=a", "/search?q=" + url.QueryEscape(s.At(s.Nodes(graph.Person)[7]).Label)}},
		{"about", []string{"/about"}},
	} {
		b.Run("page="+kind.name, func(b *testing.B) {
			var times []time.Duration
			largest := 0
			get := func(address string) {
				w := &discard{header: http.Header{}}
				start := graphtest.CPUTime()
				h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
				times = append(times, graphtest.CPUTime()-start)
				largest = max(largest, w.bytes)
			}
			for _, a := range kind.addresses {
				get(a)
			}
			first := slices.Max(times)
			times = nil
			for i := 0; b.Loop(); i++ {
				get(kind.addresses[i%len(kind.addresses)])
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "cpu-ms-median")
			b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "cpu-ms-worst")
			b.ReportMetric(float64(first.Microseconds())/1000, "cpu-ms-first")
			b.ReportMetric(float64(largest)/1000, "kB-largest")
		})
	}
}
