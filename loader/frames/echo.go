package frames

import (
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// denialOf returns the verb that token tok denies of another subject: "signed" for
// "did" of "A signed; B did not". Else it is -1.
func denialOf(t *grammar.Tree, tok int) int {
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
		if k > tok && k <= tok+2 && (t.Form(k) == "not" || t.Form(k) == "n't") {
			return h
		}
	}
	return -1
}

// echoed returns args with the subject of echo for their own.
func echoed(t *grammar.Tree, args []grammar.Arg, echo int) []grammar.Arg {
	var out []grammar.Arg
	for _, a := range args {
		if a.Func != grammar.Subject {
			out = append(out, a)
		}
	}
	for _, a := range t.Args(echo) {
		if a.Func == grammar.Subject {
			a.Path += "<echo"
			out = append(out, a)
		}
	}
	return out
}
