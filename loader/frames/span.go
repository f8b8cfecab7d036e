package frames

import (
	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/roles"
)

// Spans returns the mentions of d as the model of roles is shown them, in their order.
func Spans(d *coref.Doc) []roles.Span {
	trees := make([]*grammar.Tree, len(d.Sentences))
	for i := range d.Sentences {
		trees[i] = grammar.Read(&d.Sentences[i])
	}
	return spansOf(d, trees)
}

func spansOf(d *coref.Doc, trees []*grammar.Tree) []roles.Span {
	out := make([]roles.Span, len(d.Mentions))
	var over [][]roles.Function
	sent := -1
	for i := range d.Mentions {
		mm := &d.Mentions[i]
		if mm.Sentence != sent {
			sent = mm.Sentence
			over = functionsOf(trees[sent])
		}
		out[i] = roles.Span{Sentence: sent, From: mm.From, To: mm.To, Functions: over[mm.Head]}
	}
	return out
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
