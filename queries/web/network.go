package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"parley/queries"
	"parley/queries/network"
)

// asked reads the query of r, whose parameters are those given.
func asked(r *http.Request, of string, allowed []queries.Parameter) (queries.Params, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return queries.Params{}, newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	return queries.Parse(of, allowed, values)
}

// subgraph answers GET /v1/subgraph with the things around some, and the edges
// between them.
func (s *server) subgraph(w http.ResponseWriter, r *http.Request) error {
	p, err := asked(r, "subgraph", network.SubgraphParameters())
	if err != nil {
		return err
	}
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	d, err := network.Subgraph(r.Context(), g, p)
	if err != nil {
		return err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return send(w, r, g, resource{"subgraph", func(buf []byte) []byte { return append(append(buf, body...), '\n') }, d.Claims(), "", false})
}

// centrality answers GET /v1/centrality with the things of a part of the graph,
// most central first.
func (s *server) centrality(w http.ResponseWriter, r *http.Request) error {
	p, err := asked(r, "centrality", network.CentralityParameters())
	if err != nil {
		return err
	}
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	f, err := formatOf(r, formatJSON)
	if err != nil || isFresh(w, r, g, f) {
		return err
	}
	ranking, err := network.Centrality(r.Context(), g, p)
	if err != nil {
		return err
	}
	return writePinnable(w, r, g, ranking)
}
