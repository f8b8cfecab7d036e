package web

import (
	"net/http"

	"github.com/gorilla/mux"

	"parley/queries/search"
)

// search answers GET /v1/search?q= and /v1/suggest?prefix= with the things of that
// name; 503 while the index is being made.
func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	name, begun := "q", false
	if mux.Vars(r)["search"] == "suggest" {
		name, begun = "prefix", true
	}
	p, err := asked(r, mux.Vars(r)["search"], search.ThingParameters(name))
	if err != nil {
		return err
	}
	g, err := s.snapshot()
	if err != nil {
		return err
	}
	hits, err := s.index.AskThings(r.Context(), g, p, begun)
	if err != nil {
		return err
	}
	f, err := formatOf(r, formatJSON)
	if err != nil || isFresh(w, r, g, f) {
		return err
	}
	return writeJSON(w, hits)
}

// quotes answers GET /v1/quotes?q= with the sentences that have the words; 503
// while the index is being made.
func (s *server) quotes(w http.ResponseWriter, r *http.Request) error {
	p, err := asked(r, "quotes", search.QuoteParameters())
	if err != nil {
		return err
	}
	g, err := s.snapshot()
	if err != nil {
		return err
	}
	found, err := s.index.AskQuotes(r.Context(), g, p)
	if err != nil {
		return err
	}
	body, err := found.MarshalJSON()
	if err != nil {
		return err
	}
	return send(w, r, g, resource{"quotes", func(buf []byte) []byte { return append(append(buf, body...), '\n') }, found.Each, found.Next, true})
}
