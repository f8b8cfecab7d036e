package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"parley/graph"
	"parley/queries"
	"parley/queries/search"
	"parley/queries/web/pages"
)

// searchPage answers GET /search?q= with the things of that name and the questions
// that have its words.
func (s *server) searchPage(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "q")
	if err != nil {
		return err
	}
	q := strings.TrimSpace(values.Get("q"))
	if len(q) > maxQuestion {
		return &queries.ParameterError{Name: "q", Value: clipped(q), Want: "a name of 500 bytes or fewer"}
	}
	g, err := s.snapshot()
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	hits, err := s.index.Things(r.Context(), g, q, nil, 30)
	if err != nil {
		return err
	}
	view := pages.NewSearchView(g, hits, s.reader != nil && q != "")
	if q != "" {
		quotes, err := s.index.Quotes(r.Context(), g, search.QuoteQuery{Text: q, Limit: pages.SearchQuotes})
		var wrong *search.QueryError
		switch {
		case errors.As(err, &wrong): // signs in a name that mean something to a search for sentences
		case err != nil:
			return err
		default:
			view.AddQuotes(quotes)
		}
	}
	return s.sendPage(w, r, g, "search", pages.Page{Title: "Search", Search: view.Query, Body: view})
}

// askPage answers GET /ask?q= with how the question was read, the answers and
// their quotes; without a question, with examples.
func (s *server) askPage(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "q")
	if err != nil {
		return err
	}
	q := strings.TrimSpace(values.Get("q"))
	if len(q) > maxQuestion {
		return &queries.ParameterError{Name: "q", Value: clipped(q), Want: "one question in English of 500 bytes or fewer"}
	}
	g, err := s.snapshot()
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	view := &pages.AskView{Query: q, CanAsk: s.reader != nil}
	if q != "" && s.reader != nil {
		reply, err := s.reply(r.Context(), g, q)
		if err != nil {
			return err
		}
		view = pages.NewAskView(q, reply)
	}
	f := s.front(r.Context(), g)
	if f.err != nil {
		return f.err
	}
	view.Examples = f.start.Examples
	return s.sendPage(w, r, g, "ask", pages.Page{Title: "Ask", Section: "/ask", Body: view})
}

// reply reads the question q and asks it of g.
func (s *server) reply(ctx context.Context, g *graph.Snapshot, q string) (*queries.Reply, error) {
	p, err := s.reader.Read(ctx, q)
	if err != nil {
		if ctx.Err() != nil {
			return nil, errors.Join(err, ctx.Err())
		}
		return nil, err
	}
	return queries.AskPattern(ctx, g, &p)
}

// disputesPage answers GET /disputes?thing= with what is disputed, both sides next
// to each other.
func (s *server) disputesPage(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "thing", "next", "as_of")
	if err != nil {
		return err
	}
	values = withoutEmpty(values)
	g, err := s.graphAt(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	formats := pages.FormatsOf(address("/v1/questions/disputes", values))
	bounded := withoutEmpty(values)
	bounded.Set("limit", "8")
	bounded.Set("evidence", "3")
	answer, err := queries.Run(r.Context(), g, "disputes", bounded)
	if err != nil {
		return err
	}
	view := pages.NewDisputesView(answer, values.Get("thing"))
	view.Formats = formats
	if answer.Next != "" {
		values.Set("next", answer.Next)
		view.Next = address("/disputes", values)
	}
	return s.sendPage(w, r, g, "disputes", pages.Page{Title: "Disputes", Section: "/disputes", Alternates: formats, Body: view})
}
