package web_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/web"
)

// fixed is a graph that does not change; nil while it is being read.
type fixed struct{ s *graph.Snapshot }

func (f fixed) Snapshot() *graph.Snapshot { return f.s }

func small() http.Handler {
	return web.New(fixed{graph.NewSnapshot(4, graphtest.Reports()...)}, web.Options{Settings: config.Default().Server})
}

func do(h http.Handler, method, url string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func decode(t *testing.T, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("answer is no JSON: %v\n%s", err, w.Body)
	}
	return v
}

func TestStatus(t *testing.T) {
	claim := claimID(t)
	tests := []struct {
		method, url string
		status      int
		contains    string
	}{
		{"GET", "/", 200, "<h1>Who negotiates with whom"},
		{"GET", "/healthz", 200, `"ok"`},
		{"GET", "/readyz", 200, `"revision":4`},
		{"GET", "/openapi.json", 200, `"openapi"`},
		{"GET", "/v1/questions", 200, `"name":"mediations"`},
		{"GET", "/v1/questions/mediations?party=GAM", 200, "Martti Ahtisaari, the former president, mediated."},
		{"HEAD", "/v1/questions/mediations", 200, ""},
		{"GET", "/v1/questions/mediations?colour=red", 400, `"name":"colour"`},
		{"GET", "/v1/questions/mediations?limit=many", 400, `"want":"a whole number from 1 to 1000"`},
		{"GET", "/v1/questions/mediations?party=%zz", 400, "malformed"},
		{"GET", "/v1/questions/weather", 404, "want one of mediations"},
		{"GET", "/v1/things/state/finland", 200, `"aliases":["Suomi"]`},
		{"GET", "/v1/things/state/finland/claims", 200, "Finland hosted talks"},
		{"GET", "/v1/things/state/finland/claims?thing=x", 400, "the path names the thing"},
		{"GET", "/v1/things/state/atlantis", 404, "state/atlantis"},
		{"GET", "/v1/things/weather/finland", 404, ""},
		{"GET", "/v1/" + claim, 200, `"source":{"title":"Aceh rivals meet in Helsinki"`},
		{"GET", "/v1/claims/none", 404, ""},
		{"GET", "/v1/articles/none", 404, ""},
		{"GET", "/v1/stats", 200, `"claims":`},
		{"GET", "/v1/paths?from=Finland&to=GAM", 200, `"steps":[{"from":{"id":"state/finland"`},
		{"GET", "/v1/paths?from=Finland", 400, `"name":"to"`},
		{"GET", "/v1/search?q=Filnand", 200, `"typos":1`},
		{"GET", "/v1/search?q=", 400, `"name":"q"`},
		{"GET", "/v1/search?q=x&limit=101", 400, `"name":"limit"`},
		{"GET", "/v1/suggest?prefix=fin&type=State", 200, `"label":"Finland"`},
		{"GET", "/v1/suggest?prefix=fin&type=Weather", 400, `"name":"type"`},
		{"GET", "/v1/stats?x=1", 400, "no such parameter"},
		{"GET", "/v2", 404, "/openapi.json"},
		{"POST", "/v1/stats", 405, "read-only"},
		{"GET", "/v1/questions/talks?place=" + strings.Repeat("x", 9000), 414, ""},
	}
	h := small()
	for _, tt := range tests {
		w := do(h, tt.method, tt.url)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.contains) {
			t.Errorf("%s %.60s\n got %d %.300s\nwant %d … %s", tt.method, tt.url, w.Code, w.Body, tt.status, tt.contains)
		}
		if w.Code >= 400 {
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%s %.60s: content type of the problem is %q", tt.method, tt.url, got)
			}
			p := decode(t, w)
			if p["status"] != float64(tt.status) || p["title"] == "" || p["instance"] != w.Header().Get("X-Request-Id") {
				t.Errorf("%s %.60s: problem is %v", tt.method, tt.url, p)
			}
		}
	}
}

// claimID returns the path of a claim below /v1/.
func claimID(t *testing.T) string {
	t.Helper()
	x := graphtest.Reports()[0]
	return strings.Replace(string(x.Claims[0].ID), "claim/", "claims/", 1)
}

func TestArticle(t *testing.T) {
	x := graphtest.Reports()[0]
	v := decode(t, do(small(), "GET", "/v1/articles/"+x.Article.ID.Slug()))
	if v["title"] != x.Article.Title || len(v["claims"].([]any)) != len(x.Claims) || v["text"] != nil {
		t.Errorf("article is %v", v)
	}
}

func TestNotReady(t *testing.T) {
	h := web.New(fixed{}, web.Options{})
	for _, url := range []string{"/readyz", "/v1/stats", "/v1/questions/talks", "/"} {
		if w := do(h, "GET", url); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("GET %s before the graph is read: %d %s", url, w.Code, w.Body)
		}
	}
	if w := do(h, "GET", "/healthz"); w.Code != http.StatusOK {
		t.Errorf("GET /healthz before the graph is read: %d", w.Code)
	}
}

func TestCache(t *testing.T) {
	h := small()
	const url = "/v1/questions/mediations?party=GAM"
	tag := do(h, "GET", url).Header().Get("ETag")
	if !strings.HasPrefix(tag, `"4-`) {
		t.Fatalf("ETag is %s, want a strong one of revision 4", tag)
	}
	w := do(h, "GET", url, "If-None-Match", `"x", `+tag)
	if w.Code != http.StatusNotModified || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
		t.Errorf("with its own ETag: %d, %d bytes, ETag %s", w.Code, w.Body.Len(), w.Header().Get("ETag"))
	}
	if other := do(h, "GET", "/v1/questions/mediations?party=Hamas").Header().Get("ETag"); other == tag {
		t.Errorf("two questions have the ETag %s", tag)
	}
	later := web.New(fixed{graph.NewSnapshot(5, graphtest.Reports()[1:]...)}, web.Options{})
	if w := do(later, "GET", url, "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("with the ETag of an older revision: %d", w.Code)
	}
	if w := do(h, "GET", "/v1/questions/mediations?colour=1", "If-None-Match", "*"); w.Code != http.StatusBadRequest || w.Header().Get("ETag") != "" {
		t.Errorf("a wrong request: %d, ETag %s", w.Code, w.Header().Get("ETag"))
	}
}

func TestGzip(t *testing.T) {
	h := small()
	plain := do(h, "GET", "/v1/questions/mediations")
	packed := do(h, "GET", "/v1/questions/mediations", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Header().Get("ETag") == plain.Header().Get("ETag") {
		t.Fatalf("encoding %q, ETag %s against %s", packed.Header().Get("Content-Encoding"), packed.Header().Get("ETag"), plain.Header().Get("ETag"))
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != plain.Body.String() {
		t.Errorf("unpacked answer differs: %v", err)
	}
}

func TestCORS(t *testing.T) {
	h := small()
	w := do(h, "GET", "/v1/stats", "Origin", "https://front.example")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(strings.ToLower(w.Header().Get("Access-Control-Expose-Headers")), "etag") {
		t.Errorf("headers for another origin are %v", w.Header())
	}
	w = do(h, "OPTIONS", "/v1/stats", "Origin", "https://front.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if w.Code/100 != 2 || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
}

func TestPaging(t *testing.T) {
	h := small()
	seen := map[string]bool{}
	for url, pages := "/v1/questions/talks?limit=1", 0; url != ""; pages++ {
		w := do(h, "GET", url)
		v := decode(t, w)
		for _, row := range v["rows"].([]any) {
			seen[row.(map[string]any)["thing"].(map[string]any)["id"].(string)] = true
		}
		link := ""
		for _, l := range w.Header().Values("Link") {
			if address, ok := strings.CutSuffix(l, `>; rel="next"`); ok {
				link = strings.TrimPrefix(address, "<")
			}
		}
		if (link != "") != v["truncated"].(bool) || pages > 5 {
			t.Fatalf("%s: truncated %v, link %q", url, v["truncated"], link)
		}
		url = link
	}
	if len(seen) != 2 {
		t.Errorf("pages of talks gave %v, want 2", seen)
	}
}

func TestRequestID(t *testing.T) {
	h := small()
	if got := do(h, "GET", "/healthz", "X-Request-Id", "abc-1").Header().Get("X-Request-Id"); got != "abc-1" {
		t.Errorf("request id is %q, want the client's", got)
	}
	if got := do(h, "GET", "/healthz", "X-Request-Id", "a\"b<c>").Header().Get("X-Request-Id"); len(got) < 10 || strings.Contains(got, "<") {
		t.Errorf("request id is %q, want one of the server's own", got)
	}
}

func TestDeadline(t *testing.T) {
	h := web.New(fixed{graph.NewSnapshot(4, graphtest.Reports()...)}, web.Options{Settings: config.Server{RequestTimeout: time.Nanosecond}})
	w := do(h, "GET", "/v1/questions/talks")
	if w.Code != http.StatusGatewayTimeout || !strings.Contains(w.Body.String(), `"limit_ms"`) {
		t.Errorf("after the deadline: %d %s", w.Code, w.Body)
	}
}

// Serve finishes what is under way when it is told to stop, and takes no more.
func TestServe(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	started, release := make(chan struct{}), make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-release
		_, _ = io.WriteString(w, "whole")
	})
	done := make(chan error, 1)
	go func() { done <- web.Serve(ctx, ln, slow, web.Options{Settings: config.Default().Server}) }()
	got := make(chan string, 1)
	go func() {
		res, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			got <- err.Error()
			return
		}
		defer res.Body.Close()
		body, _ := bufio.NewReader(res.Body).ReadString(0)
		got <- body
	}()
	<-started
	cancel()
	close(release)
	if body := <-got; body != "whole" {
		t.Errorf("request under way got %q", body)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("the address still takes connections")
	}
}

// Every question's example is answered.
func TestExamples(t *testing.T) {
	h := small()
	for _, q := range queries.Catalogue() {
		if w := do(h, "GET", q.URL()); w.Code != http.StatusOK {
			t.Errorf("GET %s: %d %s", q.URL(), w.Code, w.Body)
		}
	}
}

func TestFormats(t *testing.T) {
	const question = "/v1/questions/mediations"
	tests := []struct {
		name, url, accept string
		status            int
		contentType       string
	}{
		{"nothing asked", question, "", 200, "application/json"},
		{"anything", question, "*/*", 200, "application/json"},
		{"suffix", question + ".csv?party=GAM", "", 200, "text/csv; charset=utf-8"},
		{"suffix wins", question + ".ttl", "text/csv", 200, "text/turtle; charset=utf-8"},
		{"json suffix", question + ".json", "text/csv", 200, "application/json"},
		{"accept", question, "text/csv", 200, "text/csv; charset=utf-8"},
		{"q-values", question, "text/csv;q=0.5, application/n-quads", 200, "application/n-quads"},
		{"q-values, wildcard last", question, "application/ld+json, */*;q=0.1", 200, "application/ld+json"},
		{"refused", question, "application/json;q=0, text/turtle", 200, "text/turtle; charset=utf-8"},
		{"a browser", question, "text/html,application/xhtml+xml;q=0.9", 200, "application/json"},
		{"none fits", question, "image/png", 406, "application/problem+json"},
		{"unknown suffix", question + ".docx", "", 404, "application/problem+json"},
		{"no such format here", "/v1/stats.csv", "", 406, "application/problem+json"},
		{"thing", "/v1/things/state/finland.gexf", "", 200, "application/gexf+xml"},
		{"claims of a thing", "/v1/things/state/finland/claims.csv", "", 200, "text/csv; charset=utf-8"},
		{"claim", "/v1/" + claimID(t) + ".jsonld", "", 200, "application/ld+json"},
		{"whole graph", "/v1/export.nq", "", 200, "application/n-quads"},
		{"whole graph, usual format", "/v1/export", "", 200, "text/csv; charset=utf-8"},
		{"whole graph, filtered", "/v1/export.nq?party=x", "", 400, "application/problem+json"},
	}
	h := small()
	for _, tt := range tests {
		var header []string
		if tt.accept != "" {
			header = []string{"Accept", tt.accept}
		}
		w := do(h, "GET", tt.url, header...)
		if got := w.Header().Get("Content-Type"); w.Code != tt.status || got != tt.contentType {
			t.Errorf("%s: GET %s with Accept %q: %d %s, want %d %s\n%.200s", tt.name, tt.url, tt.accept, w.Code, got, tt.status, tt.contentType, w.Body)
		}
	}
	csv, ttl := do(h, "GET", question, "Accept", "text/csv"), do(h, "GET", question, "Accept", "text/turtle")
	if csv.Header().Get("ETag") == ttl.Header().Get("ETag") || !strings.Contains(csv.Header().Get("Vary"), "Accept") {
		t.Errorf("two formats have the ETags %s and %s, Vary %s", csv.Header().Get("ETag"), ttl.Header().Get("ETag"), csv.Header().Get("Vary"))
	}
	if link := do(h, "GET", "/v1/questions/talks.csv?limit=1").Header().Get("Link"); !strings.HasPrefix(link, "</v1/questions/talks.csv?") {
		t.Errorf("the next page of a table is %s", link)
	}
}

// oneReader reads every question as one for the mediator of talks in Helsinki.
type oneReader struct{}

func (oneReader) Read(_ context.Context, q string) (graph.Pattern, error) {
	if q == "mumble" {
		return graph.Pattern{Question: q}, nil
	}
	return graph.Pattern{Question: q, Form: graph.AsksThings, Hole: graph.Hole{Word: "who", Types: []graph.Type{graph.Person}},
		Terms: []graph.Term{{Kind: graph.HoleTerm}, {Kind: graph.EventTerm, Type: graph.Talks, Text: "talks"},
			{Kind: graph.ThingTerm, Type: graph.Place, Text: "Helsinki"}},
		Claims: []graph.ClaimPattern{{Subject: 0, Predicates: []graph.Predicate{graph.Mediated}, Object: 1}}}, nil
}

func TestAsk(t *testing.T) {
	h := web.New(fixed{graph.NewSnapshot(4, graphtest.Reports()...)}, web.Options{Reader: oneReader{}})
	tests := []struct {
		url      string
		status   int
		contains string
	}{
		{"/v1/ask?q=Who+mediated+in+Helsinki", 200, `"id":"person/martti-ahtisaari"`},
		{"/v1/ask?q=mumble", 200, `"answers":[]`},
		{"/v1/ask", 400, `"q"`},
		{"/v1/ask?q=a&q=b", 400, `"q"`},
		{"/v1/ask?question=a", 400, "no such parameter"},
		{"/v1/ask?q=" + strings.Repeat("a", 600), 400, "500 bytes"},
	}
	for _, tt := range tests {
		w := do(h, "GET", tt.url)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.contains) {
			t.Errorf("GET %.60s: %d %s, want %d with %s", tt.url, w.Code, w.Body, tt.status, tt.contains)
		}
	}
	if w := do(small(), "GET", "/v1/ask?q=Who"); w.Code != 501 {
		t.Errorf("GET /v1/ask without a reader: %d, want 501", w.Code)
	}
}
