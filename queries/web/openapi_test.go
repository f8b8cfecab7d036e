package web

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gorilla/mux"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/network"
	"parley/queries/search"
)

// The tests of this file are inside the package because the routes cannot be
// seen from outside.

type description struct {
	Paths map[string]map[string]struct {
		Parameters []struct {
			Ref string `json:"$ref"`
		} `json:"parameters"`
		Responses map[string]any `json:"responses"`
	} `json:"paths"`
	Components struct {
		Parameters map[string]struct {
			Name string `json:"name"`
			In   string `json:"in"`
		} `json:"parameters"`
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

// schema is as much of JSON Schema as the description uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Additional *schema            `json:"additionalProperties"`
	Items      *schema            `json:"items"`
	AnyOf      []*schema          `json:"anyOf"`
	AllOf      []*schema          `json:"allOf"`
	Enum       []any              `json:"enum"`
}

func describe(t *testing.T) description {
	t.Helper()
	var d description
	if err := json.Unmarshal(openAPI, &d); err != nil {
		t.Fatalf("openapi.json: %v", err)
	}
	return d
}

type onlyGraph struct{ s *graph.Snapshot }

func (g onlyGraph) Snapshot() *graph.Snapshot { return g.s }

// The description is what OpenAPI says one is.
func TestDescriptionIsValid(t *testing.T) {
	d, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err == nil {
		err = d.Validate(t.Context())
	}
	if err != nil {
		t.Error(err)
	}
}

func TestDescriptionHasRoutes(t *testing.T) {
	d := describe(t)
	described := make(map[string]bool, len(d.Paths))
	for path := range d.Paths {
		described[path] = true
	}
	isPage := make(map[string]bool)
	(&server{}).pageRoutes(func(path string, _ handler) { isPage[path] = true }) // described in doc/pages.md
	alternatives := regexp.MustCompile(`\{\w+:([^}]*)\}`)
	err := (&server{}).routes().Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		path, err := route.GetPathTemplate()
		if err != nil {
			return err
		}
		if isPage[path] {
			return nil
		}
		paths := []string{path}
		if m := alternatives.FindStringSubmatch(path); m != nil {
			paths = nil
			for _, one := range strings.Split(m[1], "|") {
				paths = append(paths, alternatives.ReplaceAllString(path, one))
			}
		}
		for _, p := range paths {
			if !described[p] {
				t.Errorf("route %s is not in openapi.json", p)
			}
			delete(described, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for p := range described {
		t.Errorf("openapi.json describes %s, which is no route", p)
	}
}

func TestDescriptionHasParameters(t *testing.T) {
	d := describe(t)
	names := func(path string) []string {
		var list []string
		for _, p := range d.Paths[path]["get"].Parameters {
			c := d.Components.Parameters[p.Ref[strings.LastIndexByte(p.Ref, '/')+1:]]
			if c.In == "query" {
				list = append(list, c.Name)
			}
		}
		return list
	}
	known := names("/v1/questions/{name}")
	var taken []string
	for _, q := range queries.Catalogue() {
		for _, p := range q.Parameters {
			taken = append(taken, p.Name)
			if !slices.Contains(known, p.Name) {
				t.Errorf("parameter %s of question %s is not in openapi.json", p.Name, q.Name)
			}
		}
	}
	for _, name := range known {
		if !slices.Contains(taken, name) {
			t.Errorf("openapi.json has the parameter %s, which no question takes", name)
		}
	}
	for path, parameters := range map[string][]queries.Parameter{"/v1/subgraph": network.SubgraphParameters(), "/v1/centrality": network.CentralityParameters(),
		"/v1/quotes": search.QuoteParameters(), "/v1/search": search.ThingParameters("q"), "/v1/suggest": search.ThingParameters("prefix")} {
		var want []string
		for _, p := range parameters {
			want = append(want, p.Name)
		}
		if got := names(path); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
			t.Errorf("openapi.json has parameters %v of %s, which takes %v", got, path, want)
		}
	}
	about, _ := queries.Find("about")
	for _, path := range []string{"claims", "neighbours", "timeline"} {
		got := names("/v1/things/{type}/{slug}/" + path)
		for _, p := range about.Parameters {
			if p.Name != "thing" && !slices.Contains(got, p.Name) {
				t.Errorf("parameter %s of %s is not in openapi.json", p.Name, path)
			}
		}
	}
}

// here returns the address of q's example with the names of the bundled articles
// turned into those of graphtest.
func here(q queries.Question) string {
	return strings.NewReplacer("Algeria", "Finland", "Norway", "Finland", "Cuba", "Indonesia", "Iran", "Ahtisaari",
		"Black+Sea+Grain+Initiative", "talks/helsinki-2005").Replace(q.URL())
}

// mediatorReader reads every question as one for a mediator.
type mediatorReader struct{}

func (mediatorReader) Read(_ context.Context, q string) (graph.Pattern, error) {
	return graph.Pattern{Question: q, Form: graph.AsksThings, Hole: graph.Hole{Word: "who", Types: []graph.Type{graph.Person}},
		Terms:  []graph.Term{{Kind: graph.HoleTerm}},
		Claims: []graph.ClaimPattern{{Subject: 0, Predicates: []graph.Predicate{graph.Mediated}, Object: -1}}}, nil
}

// Real answers are what their schemas say, and have no key that these do not.
func TestAnswersFitDescription(t *testing.T) {
	d := describe(t)
	xs := graphtest.Reports()
	h := New(onlyGraph{graph.NewSnapshot(1, xs...)}, Options{Reader: mediatorReader{}})
	claim, article := xs[0].Claims[0].ID, xs[0].Article.ID
	requests := map[string][]string{
		"/v1/questions":                                             {"Catalogue"},
		"/v1/things/state/finland":                                  {"ThingDetail"},
		"/v1/things/state/finland/claims":                           {"Answer"},
		"/v1/things/state/finland/neighbours":                       {"Answer"},
		"/v1/things/state/finland/timeline":                         {"Answer"},
		"/v1/claims/" + claim.Slug():                                {"Claim"},
		"/v1/articles/" + article.Slug():                            {"Article"},
		"/v1/stats":                                                 {"Stats"},
		"/v1/ask?q=Who+mediated":                                    {"Reply"},
		"/v1/search?q=Filnand":                                      {"Hits"},
		"/v1/suggest?prefix=fin":                                    {"Hits"},
		"/v1/quotes?q=talks&facets=outlet":                          {"Quotes"},
		"/v1/subgraph?thing=Finland&depth=2":                        {"Drawing"},
		"/v1/centrality?measure=pagerank":                           {"Ranking"},
		"/v1/nothing":                                               {"Problem"},
		"/v1/stats?x=y":                                             {"Problem"},
		"/v1/questions/mediations?facets=places,outlet&party=Hamas": {"Answer"},
	}
	for _, q := range queries.Catalogue() {
		requests[here(q)] = []string{"Answer"}
	}
	for url, name := range requests {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
		var v any
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
			t.Errorf("GET %s: %v", url, err)
			continue
		}
		for _, complaint := range d.fits(d.Components.Schemas[name[0]], v, url, true) {
			t.Error(complaint)
		}
	}
}

// fits returns what is wrong with v as a value of s. If closed, keys that s does
// not have are wrong.
func (d description) fits(s *schema, v any, at string, closed bool) []string {
	if s == nil {
		return []string{at + ": no schema"}
	}
	if s.Ref != "" {
		return d.fits(d.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]], v, at, closed)
	}
	var wrong []string
	for _, part := range s.AllOf {
		wrong = append(wrong, d.fits(part, v, at, false)...)
	}
	if len(s.AnyOf) > 0 && !slices.ContainsFunc(s.AnyOf, func(o *schema) bool { return len(d.fits(o, v, at, closed)) == 0 }) {
		wrong = append(wrong, at+": fits none of the alternatives")
	}
	if s.Enum != nil && !slices.Contains(s.Enum, v) {
		wrong = append(wrong, at+": not in the enumeration")
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range s.Required {
			if _, ok := v[key]; !ok {
				wrong = append(wrong, at+": has no "+key)
			}
		}
		for key, member := range v {
			switch {
			case s.Properties[key] != nil:
				wrong = append(wrong, d.fits(s.Properties[key], member, at+"."+key, closed)...)
			case s.Additional != nil:
				wrong = append(wrong, d.fits(s.Additional, member, at+"."+key, closed)...)
			case closed && s.Properties != nil:
				wrong = append(wrong, at+": has "+key+", which is not described")
			}
		}
	case []any:
		for _, item := range v {
			wrong = append(wrong, d.fits(s.Items, item, at+"[]", closed)...)
		}
	}
	if !s.isType(v) {
		wrong = append(wrong, at+": is of another type")
	}
	return wrong
}

func (s *schema) isType(v any) bool {
	is := func(name any) bool {
		switch v := v.(type) {
		case nil:
			return name == "null"
		case string:
			return name == "string"
		case bool:
			return name == "boolean"
		case float64:
			return name == "number" || name == "integer" && v == float64(int(v))
		case []any:
			return name == "array"
		}
		return name == "object"
	}
	if names, ok := s.Type.([]any); ok {
		return slices.ContainsFunc(names, is)
	}
	return s.Type == nil || is(s.Type)
}
