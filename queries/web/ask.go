package web

import (
	"context"
	"net/http"

	"parley/graph"
	"parley/queries"
)

// Reader reads questions in English.
type Reader interface {
	// Read returns what q asks; one that is not understood gives an empty pattern.
	Read(ctx context.Context, q string) (graph.Pattern, error)
}

// maxQuestion is the length in bytes of the longest question.
const maxQuestion = 500

// askEnglish answers GET /v1/ask?q= with what the graph says: 200 also where the
// question was not understood or nothing is known, 400 for one that is missing or
// too long, 501 where the server was made without a reader.
func (s *server) askEnglish(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "q", "as_of")
	if err != nil {
		return err
	}
	if s.reader == nil {
		return newProblem(http.StatusNotImplemented, "this server does not read questions in English")
	}
	q := values.Get("q")
	if q == "" || len(q) > maxQuestion || len(values["q"]) > 1 {
		return &queries.ParameterError{Name: "q", Value: clipped(q), Want: "one question in English of 500 bytes or fewer"}
	}
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	if isFresh(w, r, g, formatJSON) {
		return nil
	}
	reply, err := s.reply(r.Context(), g, q)
	if err != nil {
		return err
	}
	link := permalink(r, g)
	addLink(w, link, "permalink")
	return writeBytes(w, "application/json", withPermalink(reply.AppendJSON(nil), link))
}

// clipped returns the beginning of q.
func clipped(q string) string {
	if len(q) <= 40 {
		return q
	}
	return q[:40] + "…"
}
