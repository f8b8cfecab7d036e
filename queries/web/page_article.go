package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/pages"
)

// Texts is where the whole text of articles is kept, for a server that shows it.
type Texts interface {
	// Article returns an article with its text.
	Article(ctx context.Context, id graph.ID) (graph.Article, error)
}

// articlePage answers GET /articles/{slug}?from= with the quoted sentences of an
// article, or all of it if the settings allow that, and the claims in them.
func (s *server) articlePage(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "from", "as_of")
	if err != nil {
		return err
	}
	from, err := strconv.Atoi("0" + values.Get("from"))
	if err != nil || from < 0 {
		return &queries.ParameterError{Name: "from", Value: clipped(values.Get("from")), Want: "the number of a sentence"}
	}
	g, err := s.graphAt(r)
	if err != nil {
		return err
	}
	a, err := articleOf(r, g)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	text := ""
	if s.texts != nil {
		whole, err := s.texts.Article(r.Context(), a.ID)
		if err != nil {
			return err
		}
		if !whole.Excerpts { // else there is no more than the quotes
			text = whole.Text
		}
	}
	view := pages.NewArticleView(g, a, text, from)
	return s.sendPage(w, r, g, "article", pages.Page{Title: view.Title, Alternates: view.Formats, Body: view})
}

// claimPage answers GET /claims/{slug} with one claim, its quote and how that was
// read.
func (s *server) claimPage(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	id := graph.ID("claim/" + mux.Vars(r)["slug"])
	c, ok := g.Claim(id)
	if !ok {
		return newProblem(http.StatusNotFound, "the graph has no claim %q", id)
	}
	if pageIsFresh(w, r, g) {
		return nil
	}
	a, _ := g.Article(c.Article)
	view := pages.NewClaimView(g, c, a)
	return s.sendPage(w, r, g, "claim", pages.Page{Title: view.Cite.What, Alternates: view.Formats, Body: view})
}
