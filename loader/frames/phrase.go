package frames

import (
	"strings"

	"parley/loader/grammar"
)

// phraseReach is how many tokens behind a verb the phrase may begin that it needs.
const phraseReach = 8

// hasWith reports whether trigger tok has what stands behind the "+" of its
// entry: a dependent ("part" of "take+part"), or words in their order
// ("back_and_forth" of "go+back_and_forth", "_between" of "carry+_between").
func hasWith(t *grammar.Tree, tok int, with string) bool {
	if !strings.Contains(with, "_") {
		return hasDependent(t, tok, with)
	}
	words := strings.FieldsFunc(with, func(r rune) bool { return r == '_' })
	for i := tok + 1; i <= tok+phraseReach && i+len(words) <= t.Len(); i++ {
		if t.Form(i) == ";" || t.Form(i) == ":" {
			return false
		}
		if isPhrase(t, i, words) {
			return true
		}
	}
	return false
}

// isPhrase reports whether the tokens from i on are words. A "*" stands for any
// word, the second "*" for the same as the first: "from_*_to_*".
func isPhrase(t *grammar.Tree, i int, words []string) bool {
	same := ""
	for j, w := range words {
		f := t.Form(i + j)
		switch {
		case w != "*" && (f == w || t.Lemma(i+j) == w):
		case w == "*" && t.IsNoun(i+j) && (same == "" || same == t.Lemma(i+j)):
			same = t.Lemma(i + j)
		default:
			return false
		}
	}
	return true
}

// hasDependent reports whether tok governs lemma closely: "part" of "take part".
func hasDependent(t *grammar.Tree, tok int, lemma string) bool {
	for _, k := range t.Kids(tok) {
		if t.Lemma(k) != lemma && t.Form(k) != lemma {
			continue
		}
		switch t.Base(k) {
		case "nsubj":
			if t.Rel(k) == "nsubj:pass" {
				return true
			}
		case "ccomp", "discourse":
			if t.UPOS(k) == "INTJ" {
				return true // "said yes"
			}
		case "obj", "compound", "advmod", "obl", "xcomp", "nmod", "case", "advcl", "mark":
			return true
		}
	}
	return tok+1 < t.Len() && t.Form(tok+1) == lemma && (t.Base(tok+1) == "case" || t.Base(tok+1) == "advmod" || t.Base(tok+1) == "compound")
}
