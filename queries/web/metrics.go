package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/graph"
)

// metrics are the figures of a server, in the form of Prometheus. Those of the Go
// runtime, and Cayley's own, come with them.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	routes   map[string]bool // the first two parts of every route's path
	handler  http.Handler
}

func newMetrics(s *server) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_http_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parley_http_request_seconds", Help: "How long answers took.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"route"}),
	}
	own := prometheus.NewRegistry()
	own.MustRegister(m.requests, m.seconds, graphFigures{s})
	m.handler = promhttp.HandlerFor(prometheus.Gatherers{own, prometheus.DefaultGatherer}, promhttp.HandlerOpts{})
	return m
}

// know notes the routes, by which requests are counted.
func (m *metrics) know(r *mux.Router) {
	m.routes = make(map[string]bool)
	_ = r.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error { // the function returns no error
		if path, err := route.GetPathTemplate(); err == nil {
			m.routes[root(strings.Split(path, "{")[0])] = true
		}
		return nil
	})
}

// root returns the first two parts of a path without a suffix: enough to tell what
// was asked for, and few enough to count.
func root(path string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	if len(parts) > 1 && parts[0] == "v1" {
		path = "/v1/" + parts[1]
	} else {
		path = "/" + parts[0]
	}
	if dot := strings.LastIndexByte(path, '.'); dot > 0 && path != "/openapi.json" {
		path = path[:dot]
	}
	return path
}

// count notes a request that was answered.
func (m *metrics) count(r *http.Request, status int, took time.Duration) {
	route := root(r.URL.Path)
	if !m.routes[route] {
		switch route {
		case "/v1/search", "/v1/suggest": // one route
		default:
			route = "other"
		}
	}
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// serveMetrics answers GET /metrics; 404 if they are not served.
func (s *server) serveMetrics(w http.ResponseWriter, r *http.Request) error {
	if s.metrics == nil {
		return s.notFound(w, r)
	}
	if _, err := parameters(r); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	s.metrics.handler.ServeHTTP(w, r)
	return nil
}

// graphFigures collects what the graph holds and how fresh it is.
type graphFigures struct{ s *server }

var (
	revisionDesc = prometheus.NewDesc("parley_graph_revision", "Revision of the graph that is served.", nil, nil)
	heldDesc     = prometheus.NewDesc("parley_graph_held", "What the graph holds.", []string{"kind"}, nil)
	newestDesc   = prometheus.NewDesc("parley_graph_newest_article_timestamp_seconds", "Day of publication of the newest article: how fresh the data is.", nil, nil)
	indexedDesc  = prometheus.NewDesc("parley_search_ready", "1 if names and sentences can be searched.", nil, nil)
)

// Describe sends the descriptions of the figures.
func (f graphFigures) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{revisionDesc, heldDesc, newestDesc, indexedDesc} {
		ch <- d
	}
}

// Collect sends the figures of the graph as it is now; none while it is being read.
func (f graphFigures) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ready := 0.0
	if f.s.index.Ready() {
		ready = 1
	}
	gauge(indexedDesc, ready)
	g := f.s.graph.Snapshot()
	if g == nil {
		return
	}
	c := g.Counts()
	gauge(revisionDesc, float64(g.Revision()))
	gauge(heldDesc, float64(c.Articles), "articles")
	gauge(heldDesc, float64(c.Things), "things")
	gauge(heldDesc, float64(c.Claims), "claims")
	gauge(heldDesc, float64(c.Facts), "facts")
	if day, ok := newest(g); ok {
		gauge(newestDesc, float64(day.Unix()))
	}
}

// newest returns the last day on which an article was published.
func newest(g *graph.Snapshot) (day time.Time, ok bool) {
	for a := range g.Articles() {
		if t, err := time.Parse(time.DateOnly, a.Published); err == nil && t.After(day) {
			day, ok = t, true
		}
	}
	return day, ok
}
