package web

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"parley/graph"
	"parley/queries"
)

// questions answers GET /v1/questions with the catalogue.
func (s *server) questions(w http.ResponseWriter, r *http.Request) error {
	if _, err := parameters(r); err != nil {
		return err
	}
	if _, err := formatOf(r, formatJSON); err != nil {
		return err
	}
	type entry struct {
		queries.Question
		URL string `json:"url"`
	}
	var list []entry
	for _, q := range queries.Catalogue() {
		list = append(list, entry{q, q.URL()})
	}
	body, err := json.Marshal(map[string]any{"questions": list})
	if err != nil {
		return err
	}
	return writeStatic(w, r, append(body, '\n'))
}

// question answers GET /v1/questions/{name}: 200 and the answer, 400 for a wrong
// parameter, 404 for a question that there is not.
func (s *server) question(w http.ResponseWriter, r *http.Request) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	return s.ask(w, r, mux.Vars(r)["name"], values)
}

// paths answers GET /v1/paths as the question of that name.
func (s *server) paths(w http.ResponseWriter, r *http.Request) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	return s.ask(w, r, "paths", values)
}

// ask sends the answer to a named question.
func (s *server) ask(w http.ResponseWriter, r *http.Request, name string, values url.Values) error {
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	answer, err := queries.Run(r.Context(), g, name, values)
	if err != nil {
		return err
	}
	return send(w, r, g, resource{name, answer.AppendJSON, answer.Claims(), answer.Next, false})
}

// thingID returns the id that the path names if the graph has it, a 308 if the
// thing was merged into another, else a 404.
func thingID(w http.ResponseWriter, r *http.Request, g *graph.Snapshot) (graph.ID, error) {
	id := graph.ID(mux.Vars(r)["type"] + "/" + mux.Vars(r)["slug"])
	if to := g.Canonical(id); to != id {
		at := *r.URL
		at.Path = strings.Replace(at.Path, string(id), string(to), 1)
		w.Header().Set("Location", at.RequestURI())
		p := newProblem(http.StatusPermanentRedirect, "%s is %s now", id, to)
		p.Canonical = to
		return "", p
	}
	if _, ok := g.Node(id); !ok {
		return "", newProblem(http.StatusNotFound, "the graph has no thing %q", id)
	}
	return id, nil
}

// thing answers GET /v1/things/{type}/{slug} with what the thing is called and
// how much is claimed of it.
func (s *server) thing(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	id, err := thingID(w, r, g)
	if err != nil {
		return err
	}
	n, _ := g.Node(id)
	claims := func(yield func(*graph.Claim) bool) {
		for _, list := range [][]graph.Edge{g.Out(n), g.In(n)} {
			for _, e := range list {
				if !yield(g.ClaimOf(e)) {
					return
				}
			}
		}
	}
	return send(w, r, g, resource{id.Slug(), func(buf []byte) []byte { return queries.AppendThing(buf, g, id) }, claims, "", false})
}

// thingList answers GET /v1/things/{type}/{slug}/claims, /neighbours and
// /timeline as the questions of which the thing is a parameter.
func (s *server) thingList(w http.ResponseWriter, r *http.Request) error {
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	id, err := thingID(w, r, g)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	if values.Has("thing") {
		return &queries.ParameterError{Name: "thing", Value: values.Get("thing"), Want: "no such parameter here: the path names the thing"}
	}
	values.Set("thing", string(id))
	name := mux.Vars(r)["list"]
	if name == "claims" {
		name = "about"
	}
	return s.ask(w, r, name, values)
}

// claim answers GET /v1/claims/{slug} with one claim and its evidence.
func (s *server) claim(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	id := graph.ID("claim/" + mux.Vars(r)["slug"])
	c, ok := g.Claim(id)
	if !ok {
		return newProblem(http.StatusNotFound, "the graph has no claim %q", id)
	}
	one := slices.Values([]*graph.Claim{c})
	return send(w, r, g, resource{id.Slug(), func(buf []byte) []byte { return queries.AppendClaim(buf, g, id) }, one, "", false})
}

// article answers GET /v1/articles/{slug} with one article and its claims, without
// its text.
func (s *server) article(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	a, err := articleOf(r, g)
	if err != nil {
		return err
	}
	claims := slices.Values(g.ClaimsIn(a.ID))
	return send(w, r, g, resource{a.ID.Slug(), func(buf []byte) []byte { return queries.AppendArticle(buf, g, a.ID) }, claims, "", false})
}

// articleOf returns the article that the path names, a 410 if it was retracted,
// else a 404.
func articleOf(r *http.Request, g *graph.Snapshot) (*graph.Article, error) {
	id := graph.ID("article/" + mux.Vars(r)["slug"])
	if d, retracted := g.Retraction(id); retracted {
		return nil, newProblem(http.StatusGone, "%s was retracted on %s: %s", id, d.At, d.Reason)
	}
	a, ok := g.Article(id)
	if !ok {
		return nil, newProblem(http.StatusNotFound, "the graph has no article %q", id)
	}
	return a, nil
}

// stats answers GET /v1/stats with how much the graph holds.
func (s *server) stats(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	f, err := formatOf(r, formatJSON)
	if err != nil || isFresh(w, r, g, f) {
		return err
	}
	return writePinnable(w, r, g, queries.StatsOf(g))
}

// health answers GET /healthz: the process lives.
func (s *server) health(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, map[string]string{"status": "ok"})
}

// ready answers GET /readyz: 200 once the graph can be asked, 503 before; it says
// whether it can be searched.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) error {
	g, err := s.snapshot()
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	search := "indexing"
	if s.index.Ready() {
		search = "ready"
	}
	return writeJSON(w, map[string]any{"status": "ready", "revision": g.Revision(), "search": search})
}

//go:embed openapi.json
var openAPI []byte

// openAPI answers GET /openapi.json with the description of the interface.
func (s *server) openAPI(w http.ResponseWriter, r *http.Request) error {
	if _, err := parameters(r); err != nil {
		return err
	}
	if _, err := formatOf(r, formatJSON); err != nil {
		return err
	}
	return writeStatic(w, r, openAPI)
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) error {
	return newProblem(http.StatusNotFound, "nothing is at %q; the interface is described at /openapi.json", r.URL.Path)
}

func (s *server) notAllowed(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Allow", "GET, HEAD")
	return newProblem(http.StatusMethodNotAllowed, "%s is not allowed; the interface is read-only", r.Method)
}
