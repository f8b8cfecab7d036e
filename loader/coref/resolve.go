package coref

import (
	"parley/graph"
	"parley/loader/sentence"
)

// Resolve returns the mentions of a, whose sentences are ss, and what they
// stand for. Sentences without trees or names give fewer mentions and no error.
func Resolve(a *graph.Article, ss []sentence.Sentence) *Doc {
	d := &Doc{Article: a, Sentences: ss}
	byID := map[graph.ID]int{}
	for i := range ss {
		s := &ss[i]
		for _, e := range s.Entities {
			t, ok := typeOf[e.Type]
			if !ok || e.From < 0 || e.From >= e.To || e.To > len(s.Tokens) {
				continue
			}
			name := a.Text[s.Tokens[e.From].Start:s.Tokens[e.To-1].End]
			id := graph.MakeThingID(t, name)
			if id.Slug() == "" {
				continue
			}
			k, ok := byID[id]
			if !ok {
				k = len(d.Entities)
				byID[id] = k
				d.Entities = append(d.Entities, Entity{Thing: graph.Thing{ID: id, Type: t, Label: name}})
			}
			d.Entities[k].Mentions = append(d.Entities[k].Mentions, len(d.Mentions))
			d.Mentions = append(d.Mentions, Mention{Sentence: i, From: e.From, To: e.To, Head: headOf(s, e.From, e.To), Type: t, Entity: k})
		}
	}
	d.index()
	return d
}

// typeOf maps the names stage's labels to types of things.
var typeOf = map[string]graph.Type{
	sentence.Person:       graph.Person,
	sentence.Organisation: graph.Organisation,
	sentence.State:        graph.State,
	sentence.Place:        graph.Place,
}

// headOf returns the token of from..to that the others hang on.
func headOf(s *sentence.Sentence, from, to int) int {
	for i := from; i < to; i++ {
		if h := s.Tokens[i].Head; h < from || h >= to {
			return i
		}
	}
	return to - 1
}
