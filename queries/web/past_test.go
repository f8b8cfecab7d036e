package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/web"
)

// What an answer was at a revision it stays under its permanent address, byte by
// byte, whatever is loaded, retracted, merged, split and undone later.
func TestPinnedAnswers(t *testing.T) {
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	xs := graphtest.Reports()
	if _, err := s.Add(t.Context(), xs[:3]...); err != nil {
		t.Fatal(err)
	}
	h := web.New(s, web.Options{Settings: config.Default().Server})
	then := s.Revision()
	urls := []string{"/v1/things/state/finland", "/v1/things/state/finland/claims", "/v1/things/state/finland.ttl", "/v1/claims/" + xs[0].Claims[0].ID.Slug(),
		"/v1/articles/" + xs[0].Article.ID.Slug(), "/v1/stats", "/v1/export.nq", "/v1/export.csv", "/v1/subgraph?thing=Finland&depth=2",
		"/v1/centrality?measure=betweenness", "/v1/paths?from=Finland&to=GAM", "/v1/questions/mediations.csv?party=GAM", "/v1/questions/talks?facets=outlet,year&limit=1"}
	for _, q := range queries.Catalogue() {
		urls = append(urls, strings.NewReplacer("Algeria", "Finland", "Norway", "Finland", "Cuba", "Indonesia").Replace(q.URL()))
	}
	want := make(map[string]string)
	for _, u := range urls {
		w := do(h, "GET", u)
		if w.Code != 200 {
			t.Fatalf("GET %s: %d %s", u, w.Code, w.Body)
		}
		want[u] = w.Body.String()
		at, _ := url.Parse(u)
		query := at.Query()
		query.Set("as_of", fmt.Sprint(then))
		at.RawQuery = query.Encode()
		if links := strings.Join(w.Header().Values("Link"), ", "); !strings.Contains(links, "<"+at.RequestURI()+`>; rel="permalink"`) {
			t.Errorf("GET %s: Link is %s, want the permanent address %s", u, links, at)
		}
		if strings.HasPrefix(want[u], "{") && decode(t, w)["permalink"] != at.RequestURI() {
			t.Errorf("GET %s: permalink is %v, want %s", u, decode(t, w)["permalink"], at)
		}
	}
	if _, err := s.Add(t.Context(), xs[3:]...); err != nil {
		t.Fatal(err)
	}
	for _, d := range []graph.Decision{
		{Kind: graph.RetractArticles, Articles: []graph.ID{xs[0].Article.ID}, Reason: "withdrawn"},
		{Kind: graph.MergeThings, Thing: "state/finland", Into: "state/indonesia"},
		{Kind: graph.SplitThing, Thing: "person/martti-ahtisaari", Into: "person/another", Articles: []graph.ID{xs[1].Article.ID}},
		{Kind: graph.UndoDecision, Undoes: 1},
	} {
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Logf("decision %s: %v", d.Kind, err)
		}
	}
	for _, u := range urls {
		at, _ := url.Parse(u)
		query := at.Query()
		query.Set("as_of", fmt.Sprint(then))
		at.RawQuery = query.Encode()
		w := do(h, "GET", at.String())
		if w.Code != 200 || w.Body.String() != want[u] {
			t.Errorf("GET %s: %d and another answer than before\n got %.600s\nwant %.600s", at, w.Code, w.Body, want[u])
		}
		if cc := w.Header().Get("Cache-Control"); !strings.Contains(cc, "max-age=604800") {
			t.Errorf("GET %s: Cache-Control is %q", at, cc)
		}
	}
	if w := do(h, "GET", "/v1/things/state/finland"); w.Code != 308 {
		t.Errorf("today's Finland: %d, want 308 to what it was merged into", w.Code)
	}
}

func TestAsOf(t *testing.T) {
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Add(t.Context(), graphtest.Reports()...); err != nil {
		t.Fatal(err)
	}
	h := web.New(s, web.Options{Settings: config.Default().Server})
	for _, tt := range []struct {
		url      string
		status   int
		contains string
	}{
		{"/v1/stats?as_of=2", 200, `"articles":2`},
		{"/v1/stats?as_of=99", 400, `{"name":"as_of","want":"a revision from 0 to 4"}`},
		{"/v1/stats?as_of=0", 400, `"name":"as_of"`},
		{"/v1/stats?as_of=now", 400, `"name":"as_of"`},
		{"/v1/stats?as_of=1&as_of=2", 400, `"name":"as_of"`},
		{"/v1/questions/talks?as_of=99", 400, "a revision from 0 to 4"},
		{"/v1/search?q=Finland&as_of=2", 400, "no such parameter"},
		{"/v1/quotes?q=talks&as_of=2", 400, "no such parameter"},
	} {
		w := do(h, "GET", tt.url)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.contains) {
			t.Errorf("GET %s: %d %s, want %d with %s", tt.url, w.Code, w.Body, tt.status, tt.contains)
		}
	}
}

// What programs read names the page that shows it to people, and that page is there.
func TestPageOfResource(t *testing.T) {
	h := small()
	for address, want := range map[string]string{
		"/v1/things/state/finland":                       "/things/state/finland",
		"/v1/things/state/finland/claims.csv?limit=2":    "/things/state/finland",
		"/v1/questions/mediations?party=GAM&limit=1":     "/questions/mediations?limit=1&party=GAM",
		"/v1/questions/talks.gexf":                       "/questions/talks",
		"/v1/paths?from=Finland&to=Indonesia":            "/questions/paths?from=Finland&to=Indonesia",
		"/v1/things/state/finland/neighbours?type=Talks": "/things/state/finland",
		"/v1/search?q=Finland":                           "",
	} {
		got := ""
		for _, link := range do(h, "GET", address).Header().Values("Link") {
			if page, ok := strings.CutSuffix(link, `>; rel="alternate"; type="text/html"`); ok {
				got = strings.TrimPrefix(page, "<")
			}
		}
		if got != want {
			t.Errorf("GET %s: page %q, want %q", address, got, want)
		}
		if got != "" && do(h, "GET", got, "Accept", browser).Code != 200 {
			t.Errorf("GET %s: page %s is not there", address, got)
		}
	}
}
