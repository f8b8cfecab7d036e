package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"parley/graph"
	"parley/queries"
	"parley/queries/search"
)

// Problem is an error as RFC 9457 has it.
type Problem struct {
	Type       string   `json:"type"`
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Detail     string   `json:"detail,omitempty"`
	Instance   string   `json:"instance,omitempty"` // the request's id
	Parameters []Wanted `json:"parameters,omitempty"`
	LimitMS    int64    `json:"limit_ms,omitempty"` // of a request that took too long
	Canonical  graph.ID `json:"canonical,omitempty"`
}

// Wanted says what was wrong with a parameter.
type Wanted struct {
	Name string `json:"name"`
	Want string `json:"want"`
}

// Error returns the status and the detail in one line.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail) }

func newProblem(status int, format string, args ...any) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(format, args...)}
}

// problemOf is the one place where an error becomes a status. What it does not
// know is a 500 whose cause is logged and never shown.
func (s *server) problemOf(err error) *Problem {
	var p *Problem
	var parameter *queries.ParameterError
	var unknown *queries.UnknownQuestionError
	var syntax *search.QueryError
	var revision *graph.RevisionError
	var indexing *search.IndexingError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &parameter):
		p = newProblem(http.StatusBadRequest, "%s", parameter.Error())
		p.Parameters = []Wanted{{parameter.Name, parameter.Want}}
		return p
	case errors.As(err, &revision):
		p = newProblem(http.StatusBadRequest, "%s", revision.Error())
		p.Parameters = []Wanted{{"as_of", fmt.Sprintf("a revision from %d to %d", revision.First, revision.Last)}}
		return p
	case errors.As(err, &syntax):
		p = newProblem(http.StatusBadRequest, "%s", syntax.Error())
		p.Parameters = []Wanted{{syntax.Parameter, syntax.Want}}
		return p
	case errors.As(err, &indexing):
		return newProblem(http.StatusServiceUnavailable, "%s", indexing.Error())
	case errors.As(err, &unknown):
		return newProblem(http.StatusNotFound, "%s", unknown.Error())
	case errors.Is(err, context.DeadlineExceeded):
		p = newProblem(http.StatusGatewayTimeout, "the answer took longer than %s; ask for less", s.timeout)
		p.LimitMS = max(1, s.timeout.Milliseconds())
		return p
	case errors.Is(err, context.Canceled):
		return newProblem(http.StatusServiceUnavailable, "the request was given up")
	}
	s.log.Error("request failed", "error", err)
	return newProblem(http.StatusInternalServerError, "")
}

// writeProblem sends p instead of an answer: as a page if a browser asks.
func (s *server) writeProblem(w http.ResponseWriter, r *http.Request, p *Problem) {
	shown := *p
	shown.Instance = w.Header().Get("X-Request-Id")
	h := w.Header()
	h.Del("ETag")
	h.Del("Link")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept")
	h.Set("X-Content-Type-Options", "nosniff")
	if p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "2")
	}
	if prefersHTML(r) {
		writeErrorPage(w, r, &shown)
		return
	}
	body, err := json.Marshal(shown)
	if err != nil {
		panic(err) // a Problem is strings and numbers only
	}
	h.Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the client is gone if this fails
}
