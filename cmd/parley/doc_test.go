package main

import (
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/queries"
	"parley/queries/web"
)

// Every request that doc/http.md shows, and the example of every question of the
// catalogue, asked of the bundled articles, has the status that it says, 200 if
// none, and an answer that shows something.
func TestDocumentedRequests(t *testing.T) {
	page, err := os.ReadFile("../../doc/http.md")
	if err != nil {
		t.Fatal(err)
	}
	type request struct {
		url    string
		status int
	}
	var requests []request
	for _, m := range regexp.MustCompile(`(?m)^GET (\S+)(?: => (\d+))?$`).FindAllStringSubmatch(string(page), -1) {
		r := request{m[1], 200}
		if m[2] != "" {
			r.status, _ = strconv.Atoi(m[2])
		}
		requests = append(requests, r)
	}
	if len(requests) < 20 {
		t.Errorf("doc/http.md shows %d requests, want more: has its form changed?", len(requests))
	}
	for _, q := range queries.Catalogue() {
		requests = append(requests, request{q.URL(), 200})
	}
	h := web.New(demoGraph(t), web.Options{Settings: config.Default().Server})
	for _, r := range requests {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", r.url, nil))
		if w.Code != r.status {
			t.Errorf("GET %s: %d, want %d\n%.400s", r.url, w.Code, r.status, w.Body)
		}
		if w.Code == 200 && isEmpty(w.Body.Bytes()) {
			t.Errorf("GET %s shows nothing: %.400s", r.url, w.Body)
		}
	}
}

// isEmpty reports whether an answer has no rows, things, quotes or nodes, or a table
// no lines but its first.
func isEmpty(body []byte) bool {
	var v map[string]any
	if json.Unmarshal(body, &v) != nil {
		return strings.Count(string(body), "\n") < 2
	}
	for _, list := range []string{"rows", "things", "quotes", "nodes"} {
		if l, ok := v[list].([]any); ok && len(l) == 0 {
			return true
		}
	}
	return false
}

// demoGraph returns the graph of the bundled articles.
func demoGraph(t *testing.T) *graph.Store {
	t.Helper()
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	a := &app{stdout: io.Discard, stderr: io.Discard, config: config.Default()}
	if err := a.loadDemo(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}
