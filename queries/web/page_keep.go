package web

import (
	"net/http"
	"strings"

	"parley/queries/web/pages"
)

// questionFeed answers GET /questions/{name}.atom with the newest claims of the
// answer as an Atom feed, so that a reader is told of new answers.
func (s *server) questionFeed(w http.ResponseWriter, r *http.Request) error {
	p, err := s.asked(w, r)
	if err != nil || p == nil || isFresh(w, r, p.graph, "atom") {
		return err
	}
	answer, err := p.answer(r, pages.Followed(p.question, p.values))
	if err != nil {
		return err
	}
	body, err := pages.Feed(answer, p.question.Sentence, s.base(r), r.URL.RequestURI(), address("/questions/"+p.question.Name, p.query()))
	if err != nil {
		return err
	}
	return writeBytes(w, "application/atom+xml; charset=utf-8", body)
}

// questionFile answers GET /questions/{name}.html with the answer and its quotes
// as one file, which needs nothing but itself.
func (s *server) questionFile(w http.ResponseWriter, r *http.Request) error {
	p, err := s.asked(w, r)
	if err != nil || p == nil || isFresh(w, r, p.graph, "file") {
		return err
	}
	answer, err := p.answer(r, pages.Kept(p.question, p.values))
	if err != nil {
		return err
	}
	view := pages.NewQuestionView(p.question, p.values)
	view.Room = pages.FileBudget
	view.Answer(answer, p.query(), p.view)
	body, err := site().File(s.base(r), view)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+p.question.Name+`.html"`)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return writeBytes(w, "text/html; charset=utf-8", body)
}

// questionEmbed answers GET /questions/{name}/embed with the answer alone, which
// pages of others may show in a frame.
func (s *server) questionEmbed(w http.ResponseWriter, r *http.Request) error {
	p, err := s.asked(w, r)
	if err != nil || p == nil || pageIsFresh(w, r, p.graph) {
		return err
	}
	answer, err := p.answer(r, pages.Bounded(p.question, p.values))
	if err != nil {
		return err
	}
	view := pages.NewQuestionView(p.question, p.values)
	view.Answer(answer, p.query(), p.view)
	return s.sendPage(w, r, p.graph, "embed", pages.Page{Title: p.question.Sentence, Bare: true, Body: view})
}

// base returns the address of the server as others see it: that of the settings,
// else that of the request.
func (s *server) base(r *http.Request) string {
	if s.publicURL != "" {
		return strings.TrimSuffix(s.publicURL, "/")
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
