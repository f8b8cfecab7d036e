package frames

import (
	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/grammar"
	"parley/loader/roles"
)

// Asked is what the model of roles is asked of an article: in each sentence first its
// mentions, then its times, then its verbs.
type Asked struct {
	Spans    []roles.Span
	Mentions []int // indices of Spans, by mention
	Times    []int // by time expression
	Verbs    []Verb
}

// Verb is a verb that may tell what talks led to.
type Verb struct{ Sentence, Tok, Span int }

// Ask returns what the model of roles is asked of d, with the time expressions ds.
func Ask(d *coref.Doc, ds []dates.Expr) Asked {
	trees := make([]*grammar.Tree, len(d.Sentences))
	for i := range d.Sentences {
		trees[i] = grammar.Read(&d.Sentences[i])
	}
	return ask(d, ds, trees)
}

func ask(d *coref.Doc, ds []dates.Expr, trees []*grammar.Tree) Asked {
	var a Asked
	for sent, t := range trees {
		over := functionsOf(t)
		for n := len(a.Mentions); n < len(d.Mentions) && d.Mentions[n].Sentence == sent; n++ {
			mm := &d.Mentions[n]
			a.Mentions = append(a.Mentions, len(a.Spans))
			a.Spans = append(a.Spans, roles.Span{Sentence: sent, From: mm.From, To: mm.To, Functions: over[mm.Head]})
		}
		for n := len(a.Times); n < len(ds) && ds[n].Sentence == sent; n++ {
			a.Times = append(a.Times, len(a.Spans))
			a.Spans = append(a.Spans, roles.Span{Sentence: sent, From: ds[n].From, To: ds[n].To, Functions: over[topOf(t, ds[n].From, ds[n].To)]})
		}
		for i := range t.Len() {
			if t.IsVerb(i) && t.Base(i) != "aux" {
				a.Verbs = append(a.Verbs, Verb{sent, i, len(a.Spans)})
				a.Spans = append(a.Spans, roles.Span{Sentence: sent, From: i, To: i + 1})
			}
		}
	}
	return a
}

// topOf returns the token of t from one up to another that all others of these hang on.
func topOf(t *grammar.Tree, from, to int) int {
	for i := from; i < to; i++ {
		if h := t.Head(i); h < from || h >= to {
			return i
		}
	}
	return from
}

// Pairs returns the pairs of mentions of d that the model of roles is asked to link:
// an actor with a state, an organisation or a group of the same sentence, in the order
// of sentences.
func Pairs(d *coref.Doc) []roles.Pair {
	var out []roles.Pair
	for from := 0; from < len(d.Mentions); {
		to := from
		for to < len(d.Mentions) && d.Mentions[to].Sentence == d.Mentions[from].Sentence {
			to++
		}
		for a := from; a < to; a++ {
			for b := from; b < to; b++ {
				if typ := entityType(d, b); d.Mentions[a].Entity != d.Mentions[b].Entity && typ != graph.Person && typ.IsActor() && entityType(d, a).IsActor() {
					out = append(out, roles.Pair{A: a, B: b})
				}
			}
		}
		from = to
	}
	return out
}

// entityType returns the type of what mention k is of, or "".
func entityType(d *coref.Doc, k int) graph.Type {
	if e := d.Mentions[k].Entity; e >= 0 {
		return d.Entities[e].Thing.Type
	}
	return ""
}

// functionsOf returns what each token of t is to the others.
func functionsOf(t *grammar.Tree) [][]roles.Function {
	out := make([][]roles.Function, t.Len())
	for v := range t.Len() {
		for _, a := range t.Args(v) {
			if a.Tok != v {
				out[a.Tok] = append(out[a.Tok], roles.Function{Token: v, Name: a.Func})
			}
		}
	}
	return out
}
