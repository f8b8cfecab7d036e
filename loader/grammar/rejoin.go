package grammar

import "parley/loader/sentence"

// rejoin hangs word i, whose head is h, where it belongs if it is one of those that
// parsers join to what stands nearest: the second verb behind an infinitive, the subject
// behind a semicolon, one more of a list, a list that spells out a number. It reports
// whether it did.
func (t *Tree) rejoin(i, h int) bool {
	switch base := t.Base(i); {
	case base == "conj" && t.isFinite(i) && t.overInfinitive(i, h) >= 0:
		t.heads[i] = t.overInfinitive(i, h)
	case base == "appos" && t.isSplitSubject(i):
		t.heads[i], t.rels[i] = t.verbBehind(i), "nsubj"
	case base == "appos" && t.repeatsCase(i, h):
		t.rels[i] = "conj"
	case base == "advcl" && t.isLateAgent(i, h):
		t.rels[i] = "obl:agent"
	case (base == "appos" || base == "dep") && t.counted(i, h) >= 0:
		t.heads[i], t.rels[i] = t.counted(i, h), "appos"
	default:
		return false
	}
	return true
}

// overInfinitive returns the finite verb over the infinitive h that hangs on a noun,
// which the finite verb i joined to h goes on: "gave" in "gave up its effort to soften
// the text and withdrew". It is -1 if there is none.
func (t *Tree) overInfinitive(i, h int) int {
	if t.Base(h) != "acl" || t.XPOS(h) != "VB" || t.Form(i) == t.Lemma(i) || t.Kid(i, "nsubj") >= 0 {
		return -1
	}
	for steps := 0; steps < 4 && t.heads[h] != sentence.Root; steps++ {
		if h = t.heads[h]; t.isFinite(h) {
			return h
		}
	}
	return -1
}

// isSplitSubject reports whether the noun phrase i, which follows a semicolon, is the
// subject of the verb right behind it: "Nanda was sworn in as premier; the Sangh, which
// had opposed any withdrawal, denounced the declaration".
func (t *Tree) isSplitSubject(i int) bool {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from < 1 || t.Form(from-1) != ";" || t.Kid(i, "case", "cc") >= 0 {
		return false
	}
	v := t.verbBehind(i)
	return v >= 0 && t.isFinite(v) && t.Base(v) == "conj" && t.heads[v] < from && t.Kid(v, "nsubj", "cc") < 0
}

// verbBehind returns the verb that stands right behind phrase i and a comma, or -1.
func (t *Tree) verbBehind(i int) int {
	_, to := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	for to < t.Len() && t.Form(to) == "," {
		to++
	}
	if to == t.Len() || !t.IsVerb(to) {
		return -1
	}
	return to
}

// repeatsCase reports whether phrase i repeats the preposition of h, to which it is one
// more and no apposition: "the names of the minister; of A, who headed the masters".
func (t *Tree) repeatsCase(i, h int) bool {
	c := t.Kid(i, "case")
	return c > 0 && t.Form(c) == t.Case(h) && (t.Form(c-1) == ";" || t.Form(c-1) == ",")
}

// isLateAgent reports whether name i behind "by", taken for a clause, is one more of
// those who do what the passive verb h says.
func (t *Tree) isLateAgent(i, h int) bool {
	return t.UPOS(i) == "PROPN" && t.Case(i) == "by" && t.IsVerb(h) && t.IsPassive(h) && t.Kid(h, "obl:agent") >= 0
}

// counted returns the noun whose number the names of list i behind a colon make up,
// if the parser hung the list on another word: "three ministers did so for France: A,
// B and C". It is -1 if there is none.
func (t *Tree) counted(i, h int) int {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if t.UPOS(i) != "PROPN" || from < 2 || t.Form(from-1) != ":" {
		return -1
	}
	n := len(t.Conjuncts(i))
	if n < 2 || n >= len(numerals) || t.Kid(h, "nummod") >= 0 {
		return -1
	}
	for v := h; v != sentence.Root; v = t.heads[v] {
		if !t.IsVerb(v) {
			continue
		}
		for _, k := range t.kids[v] {
			num := t.Kid(k, "nummod")
			if b := t.Base(k); k < from && (b == "nsubj" || b == "obj") && num >= 0 && t.UPOS(k) == "NOUN" && t.Form(num) == numerals[n] {
				return k
			}
		}
	}
	return -1
}

// numerals are the words for numbers of people that are named one by one.
var numerals = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
