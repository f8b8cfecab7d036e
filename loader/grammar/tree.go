package grammar

import (
	"strings"

	"parley/loader/sentence"
)

// Tree is a sentence with its tree ready for walking. It remembers what was asked
// of it, so only one goroutine may use it at a time.
type Tree struct {
	S     *sentence.Sentence
	heads []int
	rels  []string
	kids  [][]int
	memo  [][]Arg
}

// Read returns the tree of s. A head outside the sentence, or one that would
// close a circle, is taken for a root.
func Read(s *sentence.Sentence) *Tree {
	n := len(s.Tokens)
	t := &Tree{S: s, heads: make([]int, n), rels: make([]string, n), kids: make([][]int, n)}
	for i := range s.Tokens {
		h := s.Tokens[i].Head
		if h < 0 || h >= n || h == i {
			h = sentence.Root
		}
		t.heads[i], t.rels[i] = h, s.Tokens[i].Rel
	}
	for i := range t.heads {
		steps := 0
		for j := i; j != sentence.Root; j = t.heads[j] {
			if steps++; steps > n {
				t.heads[i] = sentence.Root
				break
			}
		}
	}
	t.grow()
	if t.mend() {
		t.grow()
	}
	return t
}

// grow fills t.kids from t.heads.
func (t *Tree) grow() {
	for i := range t.kids {
		t.kids[i] = nil
	}
	for i, h := range t.heads {
		if h != sentence.Root {
			t.kids[h] = append(t.kids[h], i)
		}
	}
}

// Len returns the number of tokens.
func (t *Tree) Len() int { return len(t.heads) }

// Head returns the head of token i, or sentence.Root.
func (t *Tree) Head(i int) int { return t.heads[i] }

// Kids returns the dependents of token i in order. The slice is the tree's.
func (t *Tree) Kids(i int) []int { return t.kids[i] }

// Rel returns the relation of token i to its head, with its subtype.
func (t *Tree) Rel(i int) string { return t.rels[i] }

// Base returns the relation of token i to its head without its subtype.
func (t *Tree) Base(i int) string {
	base, _, _ := strings.Cut(t.rels[i], ":")
	return base
}

// Lemma returns the dictionary form of token i in lower case.
func (t *Tree) Lemma(i int) string {
	tok := &t.S.Tokens[i]
	if tok.Lemma == "" {
		return strings.ToLower(tok.Form)
	}
	return strings.ToLower(tok.Lemma)
}

// Form returns token i as written, in lower case.
func (t *Tree) Form(i int) string { return strings.ToLower(t.S.Tokens[i].Form) }

// UPOS returns the universal part of speech of token i.
func (t *Tree) UPOS(i int) string { return t.S.Tokens[i].UPOS }

// XPOS returns the Penn tag of token i.
func (t *Tree) XPOS(i int) string { return t.S.Tokens[i].XPOS }

// Kid returns the first dependent of i with one of the given relations, with or
// without subtype, or -1.
func (t *Tree) Kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		for _, r := range rels {
			if t.rels[k] == r || t.Base(k) == r {
				return k
			}
		}
	}
	return -1
}

// IsVerb reports whether token i is a verb or a participle in any use.
func (t *Tree) IsVerb(i int) bool {
	return t.UPOS(i) == "VERB" || t.UPOS(i) == "AUX" || strings.HasPrefix(t.XPOS(i), "VB")
}

// IsNoun reports whether token i is a noun, a name or a pronoun.
func (t *Tree) IsNoun(i int) bool {
	switch t.UPOS(i) {
	case "NOUN", "PROPN", "PRON", "NUM":
		return true
	}
	return strings.HasPrefix(t.XPOS(i), "NN")
}

// IsPassive reports whether verb i stands in the passive, or is a bare past
// participle such as "signed" in "a treaty signed in Paris".
func (t *Tree) IsPassive(i int) bool {
	have := false
	for _, k := range t.kids[i] {
		switch {
		case t.Rel(k) == "aux:pass" || t.Rel(k) == "nsubj:pass" || t.Rel(k) == "csubj:pass":
			return true
		case t.Base(k) == "aux":
			have = true
		}
	}
	if t.XPOS(i) == "VBD" && t.Rel(i) == "acl" && !have && t.Kid(i, "nsubj", "obj", "mark") < 0 {
		return true // "Chad, invited to the talks, sent no one": no clause with a tense
	}
	if t.XPOS(i) != "VBN" || have {
		return false
	}
	switch t.Base(i) {
	case "acl":
		return t.Kid(i, "nsubj") < 0 || t.Kid(i, "obj") < 0 // not in "whom X named his envoy"
	case "advcl", "amod", "xcomp":
		return true
	case "conj":
		h := t.heads[i]
		return h != sentence.Root && t.IsVerb(h) && t.Kid(i, "nsubj") < 0 && t.IsPassive(h)
	case "root", "parataxis", "ccomp":
		return t.Kid(i, "nsubj") < 0 // headlines: "Accord signed in Oslo"
	}
	return false
}

// Span returns the tokens from the leftmost to the rightmost of i's subtree,
// half open, leaving out what skip reports.
func (t *Tree) Span(i int, skip func(k int) bool) (from, to int) {
	from, to = i, i+1
	for _, k := range t.kids[i] {
		if skip != nil && skip(k) {
			continue
		}
		f, u := t.Span(k, skip)
		from, to = min(from, f), max(to, u)
	}
	return from, to
}

// Case returns the preposition of nominal i in lower case, several words joined
// by spaces ("according to"), or "". A conjunct without one has that of the
// first.
func (t *Tree) Case(i int) string {
	var words []string
	for _, k := range t.kids[i] {
		if t.Base(k) != "case" && (t.Base(k) != "mark" || t.Form(k) != "as" || t.IsVerb(i)) || t.XPOS(k) == "POS" {
			continue
		}
		words = append(words, t.Form(k))
		for _, f := range t.kids[k] {
			if t.Base(f) == "fixed" {
				words = append(words, t.Form(f))
			}
		}
	}
	if len(words) == 0 && t.Base(i) == "conj" && t.heads[i] != sentence.Root {
		return t.Case(t.heads[i])
	}
	if b := t.Base(i); len(words) == 0 && (b == "nmod" || b == "obl") {
		if from, _ := t.Span(i, nil); t.Base(from) == "case" && t.XPOS(from) != "POS" {
			return t.Form(from) // hung on a title before the name
		} else if from > 0 && t.XPOS(from-1) == "IN" && t.heads[from-1] == t.heads[i] && (t.Base(from-1) == "mark" || t.Base(from-1) == "case") {
			return t.Form(from - 1) // hung on the verb: "signed as witnesses"
		}
	}
	if n := len(words); n == 2 && words[1] == "as" && (words[0] == "on" || words[0] == "in" || words[0] == "by" || words[0] == "up") {
		return "as" // "looked on as witnesses"
	}
	return strings.Join(words, " ")
}

// Mark returns the subordinating words of clause i in lower case ("if", "to",
// "in order to"), or "".
func (t *Tree) Mark(i int) string {
	var words []string
	for _, k := range t.kids[i] {
		if t.Base(k) == "mark" || t.Base(k) == "case" && t.IsVerb(i) {
			words = append(words, t.Form(k))
			for _, f := range t.kids[k] {
				if t.Base(f) == "fixed" {
					words = append(words, t.Form(f))
				}
			}
		}
	}
	return strings.Join(words, " ")
}

// Conjuncts returns i and all that is coordinated with it below, in order.
func (t *Tree) Conjuncts(i int) []int {
	out := []int{i}
	for _, k := range t.kids[i] {
		if t.Base(k) == "conj" {
			out = append(out, t.Conjuncts(k)...)
		}
	}
	return out
}

// First returns the first of those that token i is coordinated with, i itself if
// there are none before it.
func (t *Tree) First(i int) int {
	for t.Base(i) == "conj" && t.heads[i] != sentence.Root {
		i = t.heads[i]
	}
	return i
}
