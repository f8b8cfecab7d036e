package web_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/web"
)

// A client that asks for more than it is granted is refused and told when to come
// again; others, and the state of the server, are not touched by it.
func TestRateLimit(t *testing.T) {
	c := config.Default().Server
	c.RateLimit, c.RateBurst, c.TrustedProxies = 0.001, 3, "10.0.0.0/8, 2001:db8::1"
	h := web.New(fixed{graph.NewSnapshot(4, graphtest.Reports()...)}, web.Options{Settings: c})
	from := func(addr, forwarded, url string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", url, nil)
		r.RemoteAddr = addr
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		r.Header.Set("Origin", "https://front.example")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for i, left := range []string{"2", "1", "0"} {
		w := from("192.0.2.7:1234", "", "/v1/stats")
		if policy, state := w.Header().Get("RateLimit-Policy"), w.Header().Get("RateLimit"); w.Code != 200 || policy != `"client";q=3;w=3000` ||
			!regexp.MustCompile(`^"client";r=`+left+`;t=\d+$`).MatchString(state) {
			t.Errorf("request %d: %d, RateLimit-Policy %s, RateLimit %s, want 200 and %s left", i+1, w.Code, policy, state, left)
		}
	}
	w := from("192.0.2.7:9999", "198.51.100.1", "/v1/stats") // another port, and a header of no trusted proxy
	if w.Code != 429 || w.Header().Get("Retry-After") == "" || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), `"status":429`) {
		t.Errorf("the fourth request: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(strings.ToLower(w.Header().Get("Access-Control-Expose-Headers")), "ratelimit") {
		t.Errorf("a page of another origin cannot read why: %v", w.Header())
	}
	for _, ok := range []struct{ addr, forwarded, url string }{
		{"192.0.2.8:1", "", "/v1/stats"}, {"192.0.2.7:1", "", "/healthz"}, {"192.0.2.7:1", "", "/readyz"}, {"192.0.2.7:1", "", "/metrics"},
		{"10.1.2.3:1", "192.0.2.7, 192.0.2.9", "/v1/stats"},            // only the last hop is known to be true
		{"[2001:db8::1]:1", "192.0.2.10, 10.9.9.9", "/v1/stats"},       // through two proxies
		{"10.1.2.3:1", "nonsense", "/v1/stats"}, {"", "", "/v1/stats"}, // no address: a client of its own
	} {
		if w := from(ok.addr, ok.forwarded, ok.url); w.Code != 200 {
			t.Errorf("GET %s from %q for %q: %d, want 200", ok.url, ok.addr, ok.forwarded, w.Code)
		}
	}
	if w := from("10.1.2.3:1", "192.0.2.7", "/v1/stats"); w.Code != 429 {
		t.Errorf("the client again, through a proxy: %d, want 429", w.Code)
	}
	for i := range 4 { // one network of IPv6 is one client
		addr := "[2001:db8:0:1::" + string(rune('1'+i)) + "]:1"
		if w := from(addr, "", "/v1/stats"); (w.Code == 429) != (i == 3) {
			t.Errorf("request %d of an IPv6 network: %d", i+1, w.Code)
		}
	}
}

// A body is refused, whether its length is told or not, and whether the answer is kept or not.
func TestBody(t *testing.T) {
	h := small()
	do(h, "GET", "/v1/stats")
	for _, length := range []int64{5, -1} {
		r := httptest.NewRequest("GET", "/v1/stats", strings.NewReader("hello"))
		r.ContentLength = length
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 413 {
			t.Errorf("a body of length %d: %d, want 413", length, w.Code)
		}
	}
}

func TestMetrics(t *testing.T) {
	h := small()
	do(h, "GET", "/v1/questions/talks")
	do(h, "GET", "/v1/questions/weather")
	do(h, "GET", "/v1/search?q=Finland")
	do(h, "GET", "/some/path/nobody/knows")
	w := do(h, "GET", "/metrics")
	for _, want := range []string{
		`parley_http_requests_total{route="/v1/questions",status="200"} 1`,
		`parley_http_requests_total{route="/v1/questions",status="404"} 1`,
		`parley_http_requests_total{route="/v1/search",status="200"} 1`,
		`parley_http_requests_total{route="other",status="404"} 1`,
		`parley_http_request_seconds_count{route="/v1/questions"} 2`,
		`parley_graph_revision 4`,
		`parley_graph_held{kind="articles"} 4`,
		`parley_graph_newest_article_timestamp_seconds 1.7639424e+09`, // 2025-11-24
		`parley_search_ready`,
		"go_goroutines",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("/metrics has no line %q", want)
		}
	}
	off := config.Default().Server
	off.Metrics = false
	if w := do(web.New(fixed{graph.NewSnapshot(4)}, web.Options{Settings: off}), "GET", "/metrics"); w.Code != 404 {
		t.Errorf("/metrics of a server that does not serve them: %d, want 404", w.Code)
	}
}
