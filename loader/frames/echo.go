package frames

import (
	"slices"

	"parley/loader/grammar"
	"parley/loader/sentence"
)

// echoOf returns the verb that token tok says or denies of another subject: "signed"
// for "did" of "A signed; B did not" and "A signed for X; B did so for Y". Else it
// is -1.
func echoOf(t *grammar.Tree, tok int) int {
	if l := t.Lemma(tok); l != "do" && l != "have" || t.Kid(tok, "nsubj") < 0 || t.Kid(tok, "obj", "xcomp", "ccomp") >= 0 {
		return -1
	}
	h := t.Head(tok)
	switch t.Base(tok) {
	case "conj", "parataxis", "advcl":
	default:
		return -1
	}
	if h == sentence.Root || h > tok || !t.IsVerb(h) {
		return -1
	}
	for _, k := range t.Kids(tok) {
		if k > tok && k <= tok+2 && slices.Contains([]string{"not", "n't", "so", "likewise"}, t.Form(k)) {
			return h
		}
	}
	return -1
}

// echoed returns args with what echo has of its own for the same functions.
func echoed(t *grammar.Tree, args []grammar.Arg, echo int) []grammar.Arg {
	own := t.Args(echo)
	var out []grammar.Arg
	for _, a := range args {
		if a.Func != grammar.Subject && !slices.ContainsFunc(own, func(b grammar.Arg) bool { return b.Func == a.Func }) {
			out = append(out, a)
		}
	}
	for _, a := range own {
		a.Path += "<echo"
		out = append(out, a)
	}
	return out
}
