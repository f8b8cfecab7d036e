package coref

import (
	"parley/graph"
	"parley/loader/sentence"
)

// Resolve returns the mentions of a, whose sentences are ss, and what they
// stand for. Sentences without trees or names give fewer mentions and no error.
func Resolve(a *graph.Article, ss []sentence.Sentence) *Doc {
	r := newResolver(a, ss)
	r.harmonise()
	r.detect()
	r.d.index()
	r.resolveNames()
	r.findOutlets()
	r.findPosts()
	r.resolveNominals()
	r.resolvePronouns()
	r.finish()
	return r.d
}

// resolver is the work on one article.
type resolver struct {
	d         *Doc
	views     []*view
	details   []detail // by mention
	known     []entity // by entity
	persons   []person
	posts     []post
	groups    map[string]int // group entities by their description
	governing []int          // states that the article calls a government, in order
	points    *sentence.CodePoints
}

func newResolver(a *graph.Article, ss []sentence.Sentence) *resolver {
	r := &resolver{d: &Doc{Article: a, Sentences: ss}, points: sentence.NewCodePoints(a.Text), groups: map[string]int{}}
	for i := range ss {
		r.views = append(r.views, newView(&ss[i]))
	}
	markQuoted(r.views)
	return r
}
