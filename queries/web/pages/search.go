package pages

import (
	"net/url"
	"strings"

	"parley/graph"
	"parley/queries"
	"parley/queries/search"
)

// SearchView is what the template "search" shows.
type SearchView struct {
	Query     string
	Things    []FoundView
	Total     int
	AtLeast   bool
	Questions []QuestionLink
	Quotes    []Quote // sentences with the words
	Sentences int     // that there are
	Ask       string  // address that asks the words as a question in English; "" if none are taken
}

// SearchQuotes is how many sentences a search shows.
const SearchQuotes = 8

// FoundView is a thing that was found.
type FoundView struct {
	Ref    Ref
	Kind   string
	Name   string // the name that matched, if it is not the label
	Claims int
}

// QuestionLink is a named question.
type QuestionLink struct{ Name, Sentence, Href string }

// NewSearchView returns what a search found. CanAsk says whether questions in
// English are taken.
func NewSearchView(g *graph.Snapshot, hits *search.Hits, canAsk bool) *SearchView {
	v := &SearchView{Query: Clip(200, hits.Query), Total: hits.Total, AtLeast: hits.AtLeast, Questions: questionsLike(hits.Query)}
	for _, h := range hits.List {
		t := g.At(h.Node)
		found := FoundView{Ref: RefTo(g, h.Node), Kind: kindOf(t.Type), Claims: h.Claims}
		if h.Name != t.Label {
			found.Name = Clip(maxName, h.Name)
		}
		v.Things = append(v.Things, found)
	}
	if canAsk {
		v.Ask = "/ask?q=" + url.QueryEscape(hits.Query)
	}
	return v
}

// AddQuotes adds the sentences that were found, with the words found in them marked.
func (v *SearchView) AddQuotes(found *search.Quotes) {
	v.Sentences = found.Total
	g, room := found.Snapshot(), pageBudget/2
	for _, h := range found.List {
		q := newQuote(h.Article, h.Claims[0])
		q.Runs = markedRuns(h.Evidence.Quote, h.Highlights)
		if q.Clipped {
			q.Runs = []Run{{Text: strings.ToValidUTF8(h.Evidence.Quote[:maxQuote], "")}}
		}
		for _, c := range h.Claims[:min(len(h.Claims), 4)] {
			q.Says = append(q.Says, SaysOf(g, c))
		}
		if room -= quoteCost + len(h.Evidence.Quote) + saysCost*len(q.Says); room < 0 {
			return
		}
		v.Quotes = append(v.Quotes, q)
	}
}

// markedRuns cuts a quote at spans, which count in code points and are in order.
func markedRuns(quote string, spans []search.Span) []Run {
	runes := []rune(quote)
	var runs []Run
	done := 0
	for _, sp := range spans {
		if sp.Start < done || sp.End > len(runes) {
			continue
		}
		if sp.Start > done {
			runs = append(runs, Run{Text: string(runes[done:sp.Start])})
		}
		runs = append(runs, Run{string(runes[sp.Start:sp.End]), "found"})
		done = sp.End
	}
	return append(runs, Run{Text: string(runes[done:])})
}

// questionsLike returns the questions whose name or sentence has all words of q.
func questionsLike(q string) []QuestionLink {
	var list []QuestionLink
	words := strings.Fields(strings.ToLower(q))
	for _, c := range queries.Catalogue() {
		text := strings.ToLower(c.Name + " " + c.Sentence)
		all := len(words) > 0
		for _, w := range words {
			all = all && strings.Contains(text, strings.Trim(w, "?.,"))
		}
		if all {
			list = append(list, linkTo(c))
		}
	}
	return list
}

func linkTo(q queries.Question) QuestionLink {
	return QuestionLink{q.Name, q.Sentence, "/questions/" + q.Name}
}

// AskView is what the template "ask" shows.
type AskView struct {
	Query      string
	IsAsked    bool
	Understood bool
	Reading    string // what the question was taken to ask
	Named      string // address of the nearest named question
	Answers    []AnswerView
	Hidden     int // answers that are not shown
	Notes      []string
	Nearest    []ExampleLink // questions that are understood
	Examples   []ExampleLink
	CanAsk     bool
}

// AnswerView is one answer to a question in English.
type AnswerView struct {
	Ref     Ref
	Kind    string
	Relaxed []string // what the claims themselves do not say
	Claims  int
	Quotes  []Quote
}

// ExampleLink is a question that can be asked.
type ExampleLink struct{ Question, Href string }

// maxAnswers is how many answers to a question in English are shown.
const maxAnswers = 25

// Examples returns links to questions.
func Examples(questions []string) []ExampleLink {
	var list []ExampleLink
	for _, q := range questions {
		list = append(list, ExampleLink{q, "/ask?q=" + url.QueryEscape(q)})
	}
	return list
}

// NewAskView returns what the reply to the question q shows.
func NewAskView(q string, r *queries.Reply) *AskView {
	v := &AskView{Query: Clip(500, q), IsAsked: true, CanAsk: true, Understood: len(r.Nearest) == 0, Reading: r.Reading, Notes: r.Notes, Nearest: Examples(r.Nearest)}
	if name, ok := strings.CutPrefix(r.URL, "/v1"); ok {
		v.Named = name
	}
	g, room := r.Snapshot(), budget(pageBudget)
	for i := range r.Answers[:min(len(r.Answers), maxAnswers)] {
		f := &r.Answers[i]
		a := AnswerView{Ref: valueRef(g, queries.Value{Node: f.Node, Literal: f.Literal}), Relaxed: f.Relaxed, Claims: len(f.Claims)}
		if f.Node != graph.NoNode {
			a.Kind = kindOf(g.At(f.Node).Type)
		}
		a.Quotes = room.take(g, f.Claims[:min(len(f.Claims), 4)])
		v.Answers = append(v.Answers, a)
	}
	v.Hidden = len(r.Answers) - len(v.Answers)
	return v
}
