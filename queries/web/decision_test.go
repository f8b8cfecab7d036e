package web_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/web"
)

// An old id leads to the thing it was merged into, and a retracted article says
// that it was, and why.
func TestDecisions(t *testing.T) {
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	xs := graphtest.Reports()
	if _, err := s.Add(t.Context(), xs...); err != nil {
		t.Fatal(err)
	}
	var states []graph.ID
	for _, n := range s.Snapshot().Nodes(graph.State) {
		states = append(states, s.Snapshot().ID(n))
	}
	old, now, article := states[0], states[1], xs[0].Article.ID
	for _, d := range []graph.Decision{
		{Kind: graph.MergeThings, Thing: old, Into: now},
		{Kind: graph.RetractArticles, Articles: []graph.ID{article}, Reason: "withdrawn"},
	} {
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	h := web.New(s, web.Options{Settings: config.Default().Server})
	for _, rest := range []string{"", "/claims?limit=2", "/neighbours", "/timeline"} {
		w := do(h, "GET", "/v1/things/"+string(old)+rest)
		if at := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || at != "/v1/things/"+string(now)+rest {
			t.Errorf("GET %s%s = %d to %q, want 308 to %s%s", old, rest, w.Code, at, now, rest)
		}
		if got := decode(t, w)["canonical"]; got != string(now) {
			t.Errorf("GET %s%s: canonical is %v, want %s", old, rest, got, now)
		}
	}
	w := do(h, "GET", "/v1/articles/"+article.Slug())
	if w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "withdrawn") {
		t.Errorf("GET of a retracted article = %d %s, want 410 with the reason", w.Code, w.Body)
	}
	if w := do(h, "GET", "/things/"+string(old), "Accept", browser); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/things/"+string(now) {
		t.Errorf("the page of %s = %d to %q, want 308 to that of %s", old, w.Code, w.Header().Get("Location"), now)
	}
	w = do(h, "GET", "/articles/"+article.Slug(), "Accept", browser)
	if text := textOf(parsed(t, w.Body.String())); w.Code != http.StatusGone || !strings.Contains(text, "This was retracted") || !strings.Contains(text, "withdrawn") {
		t.Errorf("the page of a retracted article = %d %s", w.Code, text)
	}
}
