package frames

import (
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
