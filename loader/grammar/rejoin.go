package grammar

import (
	"slices"
	"strings"

	"parley/loader/sentence"
)

// rejoin hangs word i, whose head is h, where it belongs if it is one of those that
// parsers join to what stands nearest: the second verb behind an infinitive, the subject
// behind a semicolon, one more of a list, a list that spells out a number. It reports
// whether it did.
func (t *Tree) rejoin(i, h int) bool {
	switch base := t.Base(i); {
	case base == "conj" && t.isFinite(i) && t.overInfinitive(i, h) >= 0:
		t.heads[i] = t.overInfinitive(i, h)
	case (base == "appos" || base == "conj" && t.IsVerb(h)) && t.isSplitSubject(i):
		t.heads[i], t.rels[i] = t.verbBehind(i), "nsubj"
	case base == "appos" && t.nearerNoun(i, h) >= 0:
		t.heads[i] = t.nearerNoun(i, h)
	case base == "appos" && t.repeatsCase(i, h):
		t.rels[i] = "conj"
	case base == "advcl" && t.isLateAgent(i, h):
		t.rels[i] = "obl:agent"
	case (base == "appos" || base == "dep" || base == "nsubj" && t.IsVerb(h)) && t.counted(i, h) >= 0:
		t.heads[i], t.rels[i] = t.counted(i, h), "appos"
	case base == "xcomp" && t.isPerfect(i, h):
		t.takeOver(i, h)
	case base == "obl" && t.isAgentOfFlat(i, h):
		t.heads[i] = t.heads[h]
	default:
		return t.rejoinAhead(i, h)
	}
	return true
}

// rejoinAhead is rejoin for words that belong to a verb or noun behind them, or whose
// head is to be another kind of dependent.
func (t *Tree) rejoinAhead(i, h int) bool {
	switch base := t.Base(i); {
	case base == "obj" && t.isSecondObject(i, h):
		t.rels[i] = "xcomp" // "branded the treaty a betrayal"
	case base == "conj" && t.subjectBehindPlace(i) >= 0:
		v := t.subjectBehindPlace(i)
		for _, c := range t.Conjuncts(t.First(i)) {
			if c > i && t.heads[c] == t.heads[i] {
				t.heads[c] = i
			}
		}
		t.heads[i], t.rels[i] = v, "nsubj"
	default:
		return false
	}
	return true
}

// isPerfect reports whether participle i, taken for a complement of the auxiliary h
// because of a word between them, is the verb of the clause: "have each signed".
func (t *Tree) isPerfect(i, h int) bool {
	if t.XPOS(i) != "VBN" || t.Lemma(h) != "have" || t.UPOS(h) != "AUX" || i-h != 2 {
		return false
	}
	switch t.Form(h + 1) {
	case "each", "both", "all":
		return true
	}
	return false
}

// takeOver makes i the head of the clause of its auxiliary h.
func (t *Tree) takeOver(i, h int) {
	for _, k := range t.kids[h] {
		t.heads[k] = i
	}
	t.heads[i], t.rels[i] = t.heads[h], t.rels[h]
	t.heads[h], t.rels[h] = i, "aux"
	t.heads[h+1], t.rels[h+1] = i, "advmod"
}

// isAgentOfFlat reports whether agent i hangs on "flat" of "was turned down flat by A".
func (t *Tree) isAgentOfFlat(i, h int) bool {
	v := t.heads[h]
	return t.Form(h) == "flat" && t.Case(i) == "by" && v != sentence.Root && t.IsVerb(v) && t.IsPassive(v)
}

// judgements are verbs that call their object something.
var judgements = strings.Fields("call declare deem brand consider term label pronounce find")

// isSecondObject reports whether noun i, the second object of verb h, is what the first
// one is called: "branded the treaty a betrayal".
func (t *Tree) isSecondObject(i, h int) bool {
	if !slices.Contains(judgements, t.Lemma(h)) {
		return false
	}
	o := t.Kid(h, "obj")
	return o > h && o < i && t.IsNoun(o)
}

// subjectBehindPlace returns the verb without a subject of which i is the subject,
// though the parser joined it to the place that the sentence begins with: "In a villa
// near Algiers, Niger and Mali signed". It is -1 if there is none.
func (t *Tree) subjectBehindPlace(i int) int {
	h := t.heads[i]
	if h == sentence.Root || h > i || t.Kid(i, "cc", "case") >= 0 {
		return -1
	}
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" || k > i })
	if from < 1 || t.Form(from-1) != "," || t.First(i) != h {
		return -1
	}
	for _, c := range t.Conjuncts(h) {
		if c < i && c != h {
			return -1 // "in Rome, Bonn, …": a list of places
		}
	}
	p := h
	for t.Base(p) == "nmod" && t.heads[p] != sentence.Root {
		p = t.heads[p]
	}
	v := t.heads[p]
	if t.Base(p) != "obl" || v == sentence.Root || v < i || !t.isFinite(v) || t.Kid(v, "nsubj", "expl", "csubj") >= 0 || t.IsPassive(v) {
		return -1
	}
	if start, _ := t.Span(p, nil); start != 0 {
		return -1
	}
	return v
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

// isSplitSubject reports whether the noun phrase i, which follows a semicolon or colon or
// was joined by "and" to a verb, is the subject of the verb right behind it: "Nanda was
// sworn in as premier; the Sangh, which had opposed any withdrawal, denounced the
// declaration", "refused to comply and Jim Roe, the minister, called off the talks".
func (t *Tree) isSplitSubject(i int) bool {
	from, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if from < 1 || !t.IsNoun(i) || t.Kid(i, "case", "nsubj", "cop") >= 0 {
		return false
	}
	cc := t.Kid(i, "cc")
	if cc != from && (cc >= 0 || t.Form(from-1) != ";" && t.Form(from-1) != ":") || cc < 0 && t.Base(i) != "appos" {
		return false
	}
	v := t.verbBehind(i)
	return v >= 0 && t.hasTense(v) && t.Kid(v, "nsubj", "cc") < 0 && t.Base(v) != "acl" && !t.IsPassive(v)
}

// hasTense reports whether verb v is finite by itself or by its auxiliary.
func (t *Tree) hasTense(v int) bool {
	aux := t.Kid(v, "aux")
	return t.isFinite(v) || aux >= 0 && t.isFinite(aux)
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
	if h := t.heads[to]; t.Base(to) == "aux" && h > to && t.IsVerb(h) {
		return h
	}
	return to
}

// repeatsCase reports whether phrase i repeats the preposition of h, to which it is one
// more and no apposition: "the names of the minister; of A, who headed the masters".
func (t *Tree) repeatsCase(i, h int) bool {
	c := t.Kid(i, "case")
	return c > 0 && t.Form(c) == t.Case(h) && (t.Form(c-1) == ";" || t.Form(c-1) == ",")
}

// nearerNoun returns the noun right before name i and a comma, if the parser made the
// name a second apposition of the noun h: "signed by the chairman, Rolf Eide, in the
// absence of the director, Bo Berg". It is -1 if there is none.
func (t *Tree) nearerNoun(i, h int) int {
	if t.UPOS(i) != "PROPN" || t.UPOS(h) != "NOUN" {
		return -1
	}
	n := t.beforeComma(i)
	for _, k := range t.kids[h] {
		if t.Base(k) == "appos" && t.UPOS(k) == "PROPN" && k < n && h < k && n != h {
			return n
		}
	}
	return -1
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
	n := len(t.listed(i))
	if n < 2 || n >= len(numerals) || t.Kid(h, "nummod") >= 0 {
		return -1
	}
	for v := h; v != sentence.Root; v = t.heads[v] {
		if !t.IsVerb(v) {
			continue
		}
		for _, k := range t.kids[v] {
			num := t.Kid(k, "nummod")
			b := t.Base(k)
			if k >= from || b != "nsubj" && b != "obj" || t.UPOS(k) != "NOUN" {
				continue
			}
			if num >= 0 && t.Form(num) == numerals[n] || t.hasHeads(k, numerals[n]) {
				return k
			}
		}
	}
	return -1
}

// listed returns i and the names joined to it or to its first apposition, into which
// parsers split some names.
func (t *Tree) listed(i int) []int {
	out := t.Conjuncts(i)
	if k := t.Kid(i, "appos"); len(out) == 1 && k == i+1 && t.UPOS(k) == "PROPN" {
		out = t.Conjuncts(k)
	}
	return out
}

// hasHeads reports whether noun k is a body of so many: "a three-man commission".
func (t *Tree) hasHeads(k int, number string) bool {
	from, _ := t.Span(k, nil)
	for j := from; j+2 < k; j++ {
		if t.Form(j) == number && t.Form(j+1) == "-" && slices.Contains([]string{"man", "woman", "member", "person", "strong"}, t.Form(j+2)) {
			return true
		}
	}
	return false
}

// numerals are the words for numbers of people that are named one by one.
var numerals = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// isNamedObject reports whether noun i, taken for the first part of h, is the object of
// a verb that calls it h: "called the accord unconstitutional", "declared the pact void".
func (t *Tree) isNamedObject(i, h int) bool {
	v := t.heads[h]
	if t.Base(i) != "compound" || v == sentence.Root || v > i || !slices.Contains(judgements, t.Lemma(v)) || t.Base(h) != "obj" && t.Base(h) != "xcomp" {
		return false
	}
	det := t.Kid(h, "det")
	return i == h-1 && det == i-1 && det > v && (t.UPOS(h) == "ADJ" || slices.Contains(verdicts, t.Form(h)))
}

// verdicts are nouns, or words taken for nouns, for what people call a paper that they
// would not have.
var verdicts = strings.Fields("void invalid null treason betrayal surrender dead sham")
