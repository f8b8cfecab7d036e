package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/gorilla/mux"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/pages"
)

// questionsPage answers GET /questions with the list of named questions.
func (s *server) questionsPage(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	return s.sendPage(w, r, g, "questions", pages.Page{Title: "Questions", Section: "/questions", Body: pages.NewQuestionsView(),
		Alternates: []pages.Alternate{{Title: "JSON", Type: "application/json", Href: "/v1/questions"}}})
}

// questionPage answers GET /questions/{name} with the form of a question and, if
// it takes no parameter that must be given or that is given, the answer: 200
// also if a parameter is wrong, with what was wanted and the form as it was
// filled in; 404 for a question that there is not.
func (s *server) questionPage(w http.ResponseWriter, r *http.Request) error {
	p, err := s.asked(w, r)
	if err != nil || p == nil || pageIsFresh(w, r, p.graph) {
		return err
	}
	view := pages.NewQuestionView(p.question, p.values)
	view.Names = namesIn(p.graph)
	view.Host = s.base(r)
	status := http.StatusOK
	if p.isComplete() {
		answer, err := p.answer(r, pages.Bounded(p.question, p.values))
		var wrong *queries.ParameterError
		switch {
		case errors.As(err, &wrong):
			view.Error, status = wrong.Error(), http.StatusBadRequest
		case err != nil:
			return err
		default:
			view.Answer(answer, p.query(), p.view)
		}
	}
	page := pages.Page{Title: p.question.Sentence, Section: p.section(), Alternates: view.Formats, Body: view}
	if view.Feed != "" {
		page.Alternates = append(slices.Clone(page.Alternates), pages.Alternate{Title: "New answers", Type: "application/atom+xml", Href: view.Feed})
	}
	return s.sendPageStatus(w, r, p.graph, status, "question", page)
}

// asking is a request for a question's page, feed or file.
type asking struct {
	graph    *graph.Snapshot
	question *queries.Question
	values   url.Values // the question's own parameters
	view     string     // how to look at the answer
}

// asked reads a request for a question. Fields of the form that were left empty
// are taken out of the address by a redirection; nil is then returned.
func (s *server) asked(w http.ResponseWriter, r *http.Request) (*asking, error) {
	q, err := queries.Find(mux.Vars(r)["name"])
	if err != nil {
		return nil, err
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	if cleaned := withoutEmpty(values); len(cleaned) < len(values) {
		w.Header().Set("Location", address(r.URL.Path, cleaned))
		w.WriteHeader(http.StatusSeeOther)
		return nil, nil
	}
	p := &asking{question: q, view: values.Get("view"), values: values}
	if !pages.HasView(q.Name, p.view) || len(values["view"]) > 1 {
		return nil, &queries.ParameterError{Name: "view", Value: clipped(p.view), Want: "a way to look at the answers to this question"}
	}
	values.Del("view")
	p.graph, err = s.graphAt(r)
	return p, err
}

// withoutEmpty returns values without empty ones.
func withoutEmpty(values url.Values) url.Values {
	out := url.Values{}
	for name, list := range values {
		if list = slices.DeleteFunc(slices.Clone(list), func(v string) bool { return v == "" }); len(list) > 0 {
			out[name] = list
		}
	}
	return out
}

func address(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// isComplete reports whether all parameters that must be given are.
func (p *asking) isComplete() bool {
	return !slices.ContainsFunc(p.question.Parameters, func(d queries.Parameter) bool { return d.Required && !p.values.Has(d.Name) })
}

// query returns what was asked for as the query of an address.
func (p *asking) query() url.Values {
	out := url.Values{}
	for name, list := range p.values {
		out[name] = list
	}
	if p.view != "" {
		out.Set("view", p.view)
	}
	return out
}

// answer asks the question with the values. A timeline is in the order of time.
func (p *asking) answer(r *http.Request, values url.Values) (*queries.Answer, error) {
	if p.view == "timeline" && !values.Has("sort") {
		values.Set("sort", "date")
	}
	return queries.Run(r.Context(), p.graph, p.question.Name, values)
}

// section returns the entry of the navigation that the question's page belongs to.
func (p *asking) section() string {
	switch p.question.Name {
	case "talks", "agreements":
		return "/questions/" + p.question.Name
	}
	return "/questions"
}
