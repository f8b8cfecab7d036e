package grammar

import (
	"slices"
	"strings"

	"parley/loader/sentence"
)

// mend corrects what parsers trained on everyday English get wrong in news, and
// reports whether it changed anything. Found on the project's own articles:
// names in apposition taken for conjuncts ("the foreign minister, Hubert
// Védrine, and …"), names after a colon taken for a second subject ("steered
// by a team: A, B and C"), and verbs joined to the infinitive before them
// ("refused to sign and vowed to fight").
func (t *Tree) mend() bool {
	changed := false
	for i, h := range t.heads {
		if h != sentence.Root && h > i && t.Base(i) == "obl" && t.splitYear(i, h) {
			changed = true
		}
		if h > i && h != sentence.Root && t.isNamedObject(i, h) {
			t.heads[i], t.rels[i], t.rels[h] = t.heads[h], "obj", "xcomp"
			changed = true
		}
		if h == sentence.Root || h >= i {
			continue
		}
		switch {
		case t.Base(i) == "appos" && t.verbOfWhom(i) > i:
			t.heads[i], t.rels[i] = t.verbOfWhom(i), "nsubj"
			changed = true
		case t.Base(i) == "acl" && t.XPOS(i) == "VBN" && t.hasWhom(i):
			t.rels[i], t.rels[t.Kid(i, "nsubj:pass")] = "acl:relcl", "nsubj"
			changed = true
		case t.Base(i) == "xcomp" && t.isInnerParticiple(i):
			t.heads[i+1], t.rels[i+1] = h, "obj"
			t.heads[i], t.rels[i] = i+1, "amod"
			changed = true
		case t.Base(i) == "conj" && t.isOneHand(h):
			t.heads[i] = t.heads[h]
			changed = true
		case t.Base(i) == "conj" && t.isFinite(i) && t.isInfinitiveUnderFinite(h):
			t.heads[i] = t.heads[h]
			changed = true
		case t.rejoin(i, h):
			changed = true
		case (t.Base(i) == "appos" || t.Base(i) == "conj") && t.ownsGap(i) && t.heads[h] != sentence.Root && t.IsVerb(t.heads[h]):
			t.heads[i], t.rels[i] = t.heads[h], "parataxis"
			changed = true
		case t.Base(i) == "appos" && t.UPOS(h) == "PROPN":
			if n := t.listOwner(i, h); n >= 0 {
				t.heads[i] = n
				changed = true
			}
		case (t.Base(i) == "conj" || t.Base(i) == "parataxis") && t.beyondVerb(i, h):
			t.heads[i], t.rels[i] = t.beforeComma(i), "appos"
			changed = true
		case t.Base(i) == "conj" && t.isListedName(i, h):
			t.rels[i] = "appos"
			t.gather(i, h)
			changed = true
		case t.Base(i) == "obl" && t.Base(h) == "parataxis" && t.isAgentBeyond(i, h):
			t.heads[i] = t.heads[h] // "has been breached, the mission said, by both sides"
			changed = true
		case t.Rel(i) == "acl" && t.XPOS(i) == "VBN" && i-h > 2:
			if n := i - 2; t.Form(i-1) == "," && n > h && t.XPOS(n) == "NNS" && t.Kid(i, "obl:agent") >= 0 {
				t.heads[i] = n // "a delegation left after talks with officials, led by X"
				changed = true
			}
		case t.Rel(i) == "acl:relcl":
			n := t.beforeRelative(i, h)
			if n < 0 && t.isOfSeveral(i, h) {
				n = t.First(h)
			}
			if n >= 0 {
				t.heads[i] = n
				changed = true
			}
		case t.Base(i) == "appos" && t.afterDate(i, h):
			changed = true
		case t.Base(i) == "conj" && t.isOuterConjunct(i, h):
			t.heads[i] = t.heads[h]
			changed = true
		case t.Base(i) == "parataxis" && t.isListBehind(i, h):
			t.heads[i], t.rels[i] = t.listedBy(h), "appos"
			changed = true
		case t.Base(i) == "obj" && t.isAfterthought(i, h):
			t.heads[i], t.rels[i] = t.Kid(h, "nsubj"), "appos"
			changed = true
		case t.Base(i) == "conj" && t.isInvertedSubject(i, h):
			t.rels[i] = "nsubj"
			t.regroup(i)
			changed = true
		case t.Base(i) == "nsubj" && t.IsVerb(h):
			if n := t.beforeColon(i); n >= 0 && n != i && n > h {
				t.heads[i], t.rels[i] = n, "appos"
				changed = true
			}
		}
	}
	return changed
}

// ownsGap reports whether name i owns what the clause it begins leaves out: "Chile's
// delegation is led by Ana Ruiz, Peru's by Luis Paz".
func (t *Tree) ownsGap(i int) bool {
	return t.UPOS(i) == "PROPN" && i+2 < t.Len() && (t.Form(i+1) == "'s" || t.Form(i+1) == "’s" || t.Form(i+1) == "'") && t.Form(i+2) == "by"
}

// verbOfWhom returns the verb of the relative clause that begins with "whom" right
// before the phrase of i, if it has no other subject: "the envoy, whom President X sent".
// It returns -1 if there is none.
func (t *Tree) verbOfWhom(i int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from == 0 || t.Form(from-1) != "whom" || t.heads[from-1] == sentence.Root {
		return -1
	}
	if v := t.heads[from-1]; t.IsVerb(v) && t.Kid(v, "nsubj") < 0 {
		return v
	}
	return -1
}

// hasWhom reports whether "whom" is the object of participle i, which then is no
// passive though its subject was taken for that of one.
func (t *Tree) hasWhom(i int) bool {
	o := t.Kid(i, "obj")
	return o >= 0 && t.Form(o) == "whom" && t.Kid(i, "nsubj:pass") >= 0 && t.Kid(i, "aux:pass") < 0
}

// isInnerParticiple reports whether i, taken for a verb with the noun behind it as its
// object, stands between that noun and its article: "sent both negotiating teams home".
func (t *Tree) isInnerParticiple(i int) bool {
	return t.XPOS(i) == "VBG" && i+1 < t.Len() && t.heads[i+1] == i && t.Base(i+1) == "obj" &&
		slices.ContainsFunc(t.kids[i+1], func(k int) bool { return k < i && t.Base(k) == "det" })
}

// isAfterthought reports whether the name i, taken for the object of verb h, spells
// out its plural subject behind a comma: "the delegates signed, A for X and B for Y".
func (t *Tree) isAfterthought(i, h int) bool {
	n := t.Kid(h, "nsubj")
	if n < 0 || n > h || t.UPOS(i) != "PROPN" || t.XPOS(n) != "NNS" {
		return false
	}
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	return from == h+2 && t.Form(h+1) == ","
}

// isOuterConjunct reports whether i, coordinated with the bare name h behind "of", is
// coordinated with what h belongs to: "the government of Chad and the rebels".
func (t *Tree) isOuterConjunct(i, h int) bool {
	g := t.heads[h]
	return g != sentence.Root && t.Base(h) == "nmod" && t.Case(h) == "of" && t.UPOS(h) == "PROPN" && t.Kid(h, "det") < 0 &&
		t.UPOS(i) == "NOUN" && t.Kid(i, "det") >= 0 && t.Kid(i, "case") < 0 && t.UPOS(g) == "NOUN" && t.Kid(g, "det") >= 0
}

// listedBy returns what names behind a colon can spell out: the plural subject of verb
// h, else its plural object; or -1.
func (t *Tree) listedBy(h int) int {
	if n := t.Kid(h, "nsubj"); n >= 0 && n < h && t.XPOS(n) == "NNS" {
		return n
	}
	if n := t.Kid(h, "obj"); n > h && t.XPOS(n) == "NNS" {
		return n
	}
	return -1
}

// isListBehind reports whether the names i behind a colon spell out the plural
// subject or object of verb h: "five states signed: A, B and C".
func (t *Tree) isListBehind(i, h int) bool {
	if t.listedBy(h) < 0 || t.listedBy(h) > i || t.UPOS(i) != "PROPN" || t.Kid(i, "nsubj", "cop", "acl") >= 0 {
		return false
	}
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	return from == i && from > 0 && t.Form(from-1) == ":"
}

// isInvertedSubject reports whether noun i, taken for a conjunct of the participle h
// that begins the sentence, is its subject: "mediating between A and B was John Roe".
func (t *Tree) isInvertedSubject(i, h int) bool {
	cop := t.Kid(i, "cop")
	return h == 0 && t.XPOS(h) == "VBG" && cop > h && i > cop && t.IsNoun(i)
}

// regroup hangs what stands before the copula of i and was taken for its subject on
// the noun before it: "B" of "between A and B was John Roe".
func (t *Tree) regroup(i int) {
	k := t.Kid(i, "nsubj")
	if k < 0 || t.Kid(k, "cc") < 0 {
		return
	}
	for n := t.Kid(k, "cc") - 1; n >= 0; n-- {
		if t.IsNoun(n) {
			t.heads[k], t.rels[k] = n, "conj"
			return
		}
	}
}

// beyondVerb reports whether name i, which the parser coordinated with the subject
// h or set beside the verb h, stands without "and" behind the verb and a comma: an apposition, as in "A and B
// signed before the man who brought them together, C".
func (t *Tree) beyondVerb(i, h int) bool {
	v := h
	if t.Base(i) == "conj" {
		if v = t.heads[h]; t.Base(h) != "nsubj" || v == sentence.Root || v < h {
			return false
		}
	}
	return t.UPOS(i) == "PROPN" && t.Kid(i, "cc", "nsubj", "cop", "case") < 0 && t.IsVerb(v) && v < i && t.beforeComma(i) > v
}

// beforeComma returns the innermost noun phrase that ends at the comma directly
// before phrase i and hangs on something else, or -1.
func (t *Tree) beforeComma(i int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from < 2 || t.Form(from-1) != "," {
		return -1
	}
	best := -1
	for n := from - 2; n >= 0; n-- {
		if t.UPOS(n) != "NOUN" {
			continue
		}
		if _, to := t.Span(n, func(k int) bool { return t.Base(k) == "punct" || k >= from }); to == from-1 && t.Kid(n, "det", "nmod:poss") >= 0 {
			best = n
			break
		}
	}
	return best
}

// isAgentBeyond reports whether "by" and a comma before it part phrase i from the
// speech verb h, set between commas into a clause in the passive.
func (t *Tree) isAgentBeyond(i, h int) bool {
	v := t.heads[h]
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	return from > 0 && t.Form(from) == "by" && t.Form(from-1) == "," && v != sentence.Root && t.IsVerb(v) && t.IsPassive(v)
}

// isFinite reports whether i is a verb with a tense of its own.
func (t *Tree) isFinite(i int) bool {
	x := t.XPOS(i)
	return x == "VBD" || x == "VBZ" || x == "VBP"
}

// isInfinitiveUnderFinite reports whether h is "sign" of "refused to sign and
// vowed to fight", on which parsers hang "vowed".
func (t *Tree) isInfinitiveUnderFinite(h int) bool {
	return t.Base(h) == "xcomp" && t.XPOS(h) == "VB" && t.Kid(h, "mark") >= 0 && t.heads[h] != sentence.Root && t.isFinite(t.heads[h])
}

// gather hangs the later names of a list on its first, i, which spells out the
// plural noun h: "two countries, Cuba and Norway".
func (t *Tree) gather(i, h int) {
	if t.XPOS(h) != "NNS" {
		return
	}
	for _, k := range t.kids[h] {
		if k > i && t.Base(k) == "conj" && t.UPOS(k) == "PROPN" {
			t.heads[k] = i
		}
	}
}

// isOneHand reports whether h is "hand" or "side" of "A on the one hand and B on
// the other", on which parsers hang B.
func (t *Tree) isOneHand(h int) bool {
	if l := t.Lemma(h); l != "hand" && l != "side" || t.Base(h) != "nmod" || t.heads[h] == sentence.Root {
		return false
	}
	for _, k := range t.kids[h] {
		if t.Form(k) == "one" {
			return true
		}
	}
	return false
}

// beforeRelative returns the conjunct of h that ends at the comma before relative
// clause i, which the parser hung on h: "A, the president, and B, who heads".
func (t *Tree) beforeRelative(i, h int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if t.isOfBody(from, h) {
		return t.heads[h]
	}
	if from < 2 || !t.IsRelative(from) || t.Form(from-1) != "," {
		return -1
	}
	for _, c := range t.kids[h] { // "of the secretary; of A, who headed"
		_, to := t.Span(c, func(k int) bool { return t.Base(k) == "punct" || k > from })
		if p := t.Kid(c, "punct"); (t.Base(c) == "appos" || t.Base(c) == "conj") && t.UPOS(c) == "PROPN" && p >= 0 && t.Form(p) == ";" && to == from-1 {
			return c
		}
	}
	for _, c := range t.Conjuncts(h)[1:] {
		if cc := t.Kid(c, "cc"); c >= from || cc < 1 || t.Form(cc-1) != "," || t.UPOS(c) != "PROPN" {
			continue
		}
		if _, to := t.Span(c, func(k int) bool { return t.Base(k) == "punct" || k > from }); to == from-1 {
			return c
		}
	}
	return -1
}

// isOfSeveral reports whether relative clause i, hung on the last h of several names,
// has a verb in the plural and is about all of them: "A and B, who head".
func (t *Tree) isOfSeveral(i, h int) bool {
	f := t.First(h)
	if f == h || t.UPOS(h) != "PROPN" || t.UPOS(f) != "PROPN" {
		return false
	}
	s := t.Kid(i, "nsubj")
	return s >= 0 && t.Form(s) == "who" && IsPluralVerb(t.S, i, t.kids[i])
}

// IsPluralVerb reports whether the form of verb i, with its dependents kids, is one that
// only a subject of several has in the third person: "head", "have led", "were sent".
func IsPluralVerb(s *sentence.Sentence, i int, kids []int) bool {
	for _, k := range kids {
		if b, _, _ := strings.Cut(s.Tokens[k].Rel, ":"); b != "aux" && b != "cop" {
			continue
		}
		switch strings.ToLower(s.Tokens[k].Form) {
		case "have", "are", "were":
			return true
		}
		return false
	}
	return s.Tokens[i].XPOS == "VBP" || s.Tokens[i].XPOS == "VB"
}

// isOfBody reports whether token from is "who" or "whom" and h a single body that
// somebody is of: "a former head of the court who", of whom the clause tells.
func (t *Tree) isOfBody(from, h int) bool {
	if t.Form(from) != "who" && t.Form(from) != "whom" || t.XPOS(h) != "NN" || t.Base(h) != "nmod" || t.Case(h) != "of" {
		return false
	}
	return t.heads[h] != sentence.Root && t.IsNoun(t.heads[h]) && IsSingleBody(t.Lemma(h))
}

// IsSingleBody reports whether a noun names a body that acts as one and is spoken of by
// "which": "court", "delegation".
func IsSingleBody(lemma string) bool { return slices.Contains(singleBodies, lemma) }

// singleBodies are nouns for bodies that act as one and are spoken of by "which".
var singleBodies = strings.Fields(`court federation union commission committee council parliament assembly ministry party bank company firm
	association league institute university church army congress senate board agency organisation organization bureau club movement
	front alliance chamber delegation government mission cabinet foundation institution department secretariat`)

// isListedName reports whether name i directly follows the common noun h and a
// comma: an apposition.
func (t *Tree) isListedName(i, h int) bool {
	if t.UPOS(i) != "PROPN" || t.UPOS(h) != "NOUN" || t.Kid(i, "cc") >= 0 || t.Kid(i, "case") >= 0 {
		return false
	}
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from != h+2 || t.Form(from) == "not" || t.Form(from) == "even" {
		return false // "all factions, not just Hamas"
	}
	switch t.Form(h + 1) {
	case ",", ":", "-", "–", "—", "--":
		return true
	}
	return false
}

// listOwner returns the plural noun that the list of names i behind a colon
// spells out, if the parser hung it on a name within: "guarantors of the Rio
// Protocol: Argentina, Chile and …". It is -1 if there is none.
func (t *Tree) listOwner(i, h int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from < 2 || t.Form(from-1) != ":" || t.XPOS(h) == "NNS" {
		return -1
	}
	for steps := 0; steps < 4 && h != sentence.Root && !t.IsVerb(h); steps++ {
		if t.XPOS(h) == "NNS" {
			return h
		}
		h = t.heads[h]
	}
	return -1
}

// beforeColon returns the noun that ends at the colon directly before phrase i,
// or -1.
func (t *Tree) beforeColon(i int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from < 2 || t.Form(from-1) != ":" {
		return -1
	}
	n := from - 2
	for t.heads[n] != sentence.Root && t.heads[n] < from-1 && !t.IsVerb(t.heads[n]) {
		n = t.heads[n]
	}
	if !t.IsNoun(n) || strings.HasPrefix(t.XPOS(n), "NNP") {
		return -1
	}
	for a := n; a != sentence.Root; a = t.heads[a] {
		if a == i {
			return -1
		}
	}
	return n
}
