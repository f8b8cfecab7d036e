package pages

import (
	"parley/graph"
	"parley/queries"
)

// StartView is what the template "start" shows.
type StartView struct {
	Stats     queries.Stats
	Types     []TypeCount
	Articles  []ArticleLink
	Talks     []EventLink
	Mediators []MediatorView
	Examples  []ExampleLink
	Questions []QuestionLink
	CanAsk    bool
	Disputes  int
}

// TypeCount is how many things of a type there are.
type TypeCount struct {
	Noun  string
	Count int
}

// ArticleLink is an article in a list.
type ArticleLink struct {
	Title     string
	Href      string
	Outlet    string
	Published string // in words
}

// EventLink is talks in a list.
type EventLink struct {
	Ref  Ref
	Date string // in words
}

// MediatorView is a mediator with figures.
type MediatorView struct {
	Ref        Ref
	Talks      int
	Agreements int
}

// The lengths of lists on the start page.
const (
	StartArticles  = 6
	StartTalks     = 6
	StartMediators = 8
)

// NewStartView returns what the start page shows: newest articles, the freshest
// talks and the most active mediators, as answers to the questions of those names.
func NewStartView(g *graph.Snapshot, articles []*graph.Article, talks, mediators *queries.Answer) *StartView {
	v := &StartView{Stats: queries.StatsOf(g)}
	for _, t := range graph.Types() {
		if n := v.Stats.Types[t]; n > 0 && t != graph.ArticleType {
			v.Types = append(v.Types, TypeCount{nouns[t][min(n-1, 1)], n})
		}
	}
	for _, a := range articles {
		v.Articles = append(v.Articles, ArticleLink{Clip(maxName, a.Title), ArticlePath(a.ID), Clip(maxName, a.Outlet), When(a.Published)})
	}
	for _, entry := range momentsOf(g, talks.Rows) {
		v.Talks = append(v.Talks, EventLink{Ref: entry.Subject, Date: entry.Date})
	}
	for i := range mediators.Rows {
		r := &mediators.Rows[i]
		m := MediatorView{Ref: RefTo(g, r.Thing)}
		for _, c := range r.Counts {
			switch c.Name {
			case "talks":
				m.Talks = c.N
			case "agreements":
				m.Agreements = c.N
			}
		}
		v.Mediators = append(v.Mediators, m)
	}
	for _, name := range []string{"mediations", "agreements", "proposals", "positions", "paths", "common"} {
		if q, err := queries.Find(name); err == nil {
			v.Questions = append(v.Questions, linkTo(*q))
		}
	}
	return v
}

// NamesOf returns the names of things as they can be typed into a form.
func NamesOf(g *graph.Snapshot, nodes []graph.Node) []string {
	var names []string
	for _, n := range nodes {
		names = append(names, Clip(maxName, g.At(n).Label))
	}
	return names
}
