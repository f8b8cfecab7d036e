package grammar

import (
	"slices"
	"strings"

	"parley/loader/sentence"
)

// objectControl are verbs whose object does what their infinitive says. After
// the guidelines of Universal Dependencies for xcomp.
var objectControl = strings.Fields(`allow appoint ask authorise authorize beg cause challenge choose command compel
	convince direct enable encourage expect force get help implore instruct invite lead mandate name nominate oblige
	order permit persuade press pressure prompt push request require select send dispatch summon take task teach tell tempt
	urge want warn see hear let make have`)

// judging are verbs whose object does what the gerund behind their preposition
// says: "thanked Kenya for mediating", "talked Kenya into signing".
var judging = strings.Fields(`thank praise applaud credit commend congratulate blame criticise criticize condemn accuse suspect
	prevent stop bar keep dissuade discourage deter prohibit ban block talk coax push pressure lure trick force reward
	honour honor fault rebuke fine jail punish convict acquit exclude`)

// naming are verbs whose object is what the noun behind "as" says: "rejected Kenya as
// mediator".
var naming = strings.Fields(`reject veto propose suggest accept see describe regard view treat use recognise recognize dismiss hail
	know prefer favour favor back trust hire engage elect moot float tip tout mention drop exclude retain confirm replace`)

func has(args []Arg, f string) bool {
	return slices.ContainsFunc(args, func(a Arg) bool { return a.Func == f })
}

// inherit appends to the functions of verb i the subject, or in the passive the
// object, that it shares with another clause.
func (t *Tree) inherit(out []Arg, i, depth int) []Arg {
	h := t.heads[i]
	if h == sentence.Root {
		return out
	}
	if c := t.cleft(i, h); c != "" {
		out = append(out, Arg{Func: c, Tok: h, Path: "cleft(" + c + ")", Steps: 2, Score: t.score(i)})
	}
	want := Subject
	if t.IsPassive(i) {
		want = Object
	}
	if !has(out, want) {
		out = append(out, t.unsaid(i, h, want, depth)...)
	}
	if t.Rel(i) == "acl:relcl" && !t.hasRelative(i) {
		switch {
		case !has(out, Subject):
			out = append(out, t.filler(Subject, h, "relcl", i)...)
		case !has(out, Object) && !t.IsPassive(i):
			out = append(out, t.filler(Object, h, "relcl", i)...)
		}
	}
	if !t.IsPassive(i) && !has(out, Object) {
		out = append(out, t.sharedObject(i, h, depth)...)
	}
	if t.Base(i) == "amod" || t.Base(i) == "acl" {
		out = append(out, Arg{Func: Noun, Tok: h, Path: t.Rel(i), Steps: 1, Score: t.score(i)})
	}
	return out
}

// cleft returns the preposition of h in "it was in Kampala that they met", i being
// "met", or "".
func (t *Tree) cleft(i, h int) string {
	it := t.Kid(h, "nsubj", "expl")
	if it < 0 || it > h || t.Form(it) != "it" || t.Kid(h, "cop") < 0 || i < h || !t.IsNoun(h) {
		return ""
	}
	return t.Case(h)
}

func (t *Tree) filler(f string, k int, path string, via int) []Arg {
	out := t.add(nil, f, k, path)
	for j := range out {
		out[j].Score *= t.score(via)
	}
	return out
}

// unsaid returns the fillers of verb i's surface subject that stands elsewhere.
func (t *Tree) unsaid(i, h int, want string, depth int) []Arg {
	to := t.Mark(i) == "to"
	if k := t.asked(i, h); to && k >= 0 {
		return t.filler(want, k, "obl", i)
	}
	switch base := t.Base(i); base {
	case "conj":
		if t.IsVerb(h) {
			return t.surface(h, want, "conj", i, depth)
		}
		if t.Kid(h, "cop") >= 0 {
			return t.surface(h, want, "conj", i, depth)
		}
	case "xcomp", "ccomp":
		if aux := t.Kid(i, "aux"); base == "ccomp" && !to && t.XPOS(i) != "VBG" && !(aux >= 0 && t.Form(aux) == "having") {
			return nil
		}
		return t.controlled(i, h, want, depth)
	case "advcl":
		if p := t.heads[h]; to && p != sentence.Root && i > h && p > i && isRank(t.Form(h)) && t.IsNoun(p) && t.copulaBetween(i, p) {
			return t.filler(want, p, "rank", i) // "last to sign was the sheikh"
		}
		if to && t.IsVerb(h) && (t.Lemma(h) == "call" || t.Lemma(h) == "prevail" || t.Lemma(h) == "appeal") {
			for _, a := range t.args(h, depth+1) {
				if (a.Func == "on" || a.Func == "upon" || a.Func == "to") && a.Tok < i {
					return t.filler(want, a.Tok, "advcl", i) // "called on A and B to negotiate"
				}
			}
		}
		if to && t.IsVerb(h) && !t.IsPassive(h) && i > h && slices.Contains(objectControl, t.Lemma(h)) && t.Kid(h, "obj") > h && t.Kid(h, "obj") < i {
			return t.controlled(i, h, want, depth) // "got A and B to shake hands"
		}
		if prep := t.Mark(i); t.IsVerb(h) && !t.IsPassive(h) && t.XPOS(i) == "VBG" && i > h && (prep == "for" || prep == "of" || prep == "from" || prep == "into") && slices.Contains(judging, t.Lemma(h)) {
			if out := t.renamed(t.args(h, depth+1), Object, want, "advcl", i); len(out) > 0 {
				return out // "thanked Kenya for mediating"
			}
		}
		if t.IsVerb(h) && (to || t.XPOS(i) == "VBG" || t.XPOS(i) == "VBN") {
			return t.surface(h, want, "advcl", i, depth)
		}
	case "acl":
		if t.Rel(i) == "acl:relcl" {
			return nil
		}
		if !to {
			return t.filler(want, h, t.Rel(i), i)
		}
		return t.holder(i, h, want, depth)
	case "appos":
		if t.XPOS(i) == "VBG" {
			return t.filler(want, h, "appos", i) // ", the bishop presiding"
		}
	case "csubj", "nsubj":
		if t.XPOS(i) == "VBG" && t.IsNoun(h) && t.copulaBetween(i, h) {
			return t.filler(want, h, "csubj", i) // "signing for the union was Mary Hale"
		}
	case "amod":
		return t.filler(want, h, "amod", i)
	}
	return nil
}

// isRank reports whether form is a word for one's place among those who do something.
func isRank(form string) bool {
	switch form {
	case "first", "last", "next", "second", "third":
		return true
	}
	return false
}

// copulaBetween reports whether a form of "be" that is no auxiliary stands after i and
// before what h is the head of.
func (t *Tree) copulaBetween(i, h int) bool {
	from, _ := t.Span(h, func(k int) bool { return k <= i || t.Base(k) == "cop" || t.Base(k) == "csubj" })
	for k := i + 1; k < h; k++ {
		if t.Base(k) == "cop" && k >= from-1 {
			return true
		}
	}
	return false
}

// asked returns the phrase before infinitive i that says who is to do it, where
// verb h has it behind a preposition: "called on X to sign", "it fell to X to sign".
func (t *Tree) asked(i, h int) int {
	preps, ok := askers[t.Lemma(h)]
	if !ok {
		return -1
	}
	for _, k := range t.kids[h] {
		if t.Base(k) == "obl" && k < i && slices.Contains(strings.Fields(preps), t.Case(k)) {
			return k
		}
	}
	return -1
}

// askers are verbs with the prepositions before those whom they want to do something.
var askers = map[string]string{"fall": "to", "call": "on upon", "lean": "on", "prevail": "on upon", "appeal": "to", "plead": "with",
	"count": "on", "rely": "on", "depend": "on", "wait": "for", "look": "to", "press": "for", "push": "for", "arrange": "for"}

// surface returns the fillers of clause h's surface subject as fillers of want.
func (t *Tree) surface(h int, want, why string, i, depth int) []Arg {
	from := Subject
	if t.IsVerb(h) && t.IsPassive(h) {
		from = Object
	}
	return t.renamed(t.args(h, depth+1), from, want, why, i)
}

func (t *Tree) renamed(args []Arg, from, want, why string, via int) []Arg {
	var out []Arg
	for _, a := range args {
		if a.Func == from {
			a.Func, a.Path, a.Steps, a.Score = want, a.Path+"<"+why, a.Steps+1, a.Score*t.score(via)
			out = append(out, a)
		}
	}
	return out
}

// controlled returns the controller of the open complement i of h.
func (t *Tree) controlled(i, h int, want string, depth int) []Arg {
	if t.IsVerb(h) && !t.IsPassive(h) && slices.Contains(objectControl, t.Lemma(h)) {
		args := t.args(h, depth+1)
		if out := t.renamed(args, Object, want, "xcomp", i); len(out) > 0 {
			return out
		}
		if out := t.renamed(args, Recipient, want, "xcomp", i); len(out) > 0 {
			return out
		}
	}
	return t.surface(h, want, "xcomp", i, depth)
}

// holder returns whose noun h is, of which infinitive i says what it is to do:
// "Egypt's offer to host", "Egypt made an offer to host".
func (t *Tree) holder(i, h int, want string, depth int) []Arg {
	args := t.args(h, depth+1)
	if out := t.renamed(args, Possessor, want, "acl", i); len(out) > 0 {
		return out
	}
	v := t.heads[h]
	if t.Kid(h, "cop") >= 0 {
		return t.surface(h, want, "acl", i, depth) // "was the ninth state to sign"
	}
	if v != sentence.Root && t.Base(h) == "xcomp" && t.Lemma(v) == "become" {
		return t.surface(v, want, "acl", i, depth)
	}
	if v != sentence.Root && t.IsVerb(v) && (t.Base(h) == "obj" || t.Base(h) == "obl") {
		return t.surface(v, want, "acl", i, depth)
	}
	if t.UPOS(h) == "ADJ" || t.Lemma(h) == "one" {
		return t.filler(want, h, "acl", i)
	}
	return nil
}

// sharedObject returns the object that verb i has in common with the verb it is
// coordinated with: "drafted and signed the accord".
func (t *Tree) sharedObject(i, h, depth int) []Arg {
	if t.Base(i) == "conj" && t.IsVerb(h) && i-h <= 3 {
		var out []Arg
		for _, a := range t.renamed(t.args(h, depth+1), Object, Object, "conj", i) {
			if a.Tok > i {
				out = append(out, a)
			}
		}
		return out
	}
	return nil
}

func (t *Tree) hasRelative(i int) bool {
	for _, k := range t.kids[i] {
		if t.IsRelative(k) {
			return true
		}
		for _, g := range t.kids[k] {
			if t.IsRelative(g) {
				return true
			}
		}
	}
	return false
}

// nominal appends what noun i is said of: its apposition's head, the name it
// stands before, the subject of "served as mediator".
func (t *Tree) nominal(out []Arg, i, depth int) []Arg {
	h := t.heads[i]
	if h == sentence.Root {
		return out
	}
	if cop := t.Kid(i, "cop"); cop > i && h > cop && t.IsNoun(h) && t.Base(i) != "nsubj" {
		return append(out, t.filler(Subject, h, "cop", i)...) // "in the chair was John Roe"
	}
	if w := t.accompanied(i); w >= 0 {
		return append(out, t.filler(Subject, w, "with", i)...)
	}
	switch base := t.Base(i); base {
	case "appos":
		out = append(out, t.filler(Subject, h, "appos", i)...)
	case "compound", "nmod", "flat":
		if base == "compound" {
			out = append(out, Arg{Func: Noun, Tok: h, Path: t.Rel(i), Steps: 1, Score: t.score(i)})
		}
		if base == "nmod" && t.Case(i) == "as" && t.Kid(h, "cop") >= 0 {
			out = append(out, t.surface(h, Subject, "as", i, depth)...)
		}
		if base != "nmod" || t.Rel(i) == "nmod:desc" {
			if t.UPOS(h) == "PROPN" && t.UPOS(i) != "PROPN" {
				out = append(out, t.filler(Subject, h, t.Rel(i), i)[:1]...)
			}
		}
	case "xcomp":
		if !has(out, Subject) {
			out = append(out, t.controlled(i, h, Subject, depth)...)
		}
	case "nsubj":
		if t.IsNoun(h) && t.Kid(h, "cop") >= 0 {
			out = append(out, t.filler(Subject, h, "cop", i)...)
		}
	case "obl":
		if t.Case(i) == "as" && !t.IsVerb(h) && t.Kid(h, "cop") >= 0 {
			return append(out, t.surface(h, Subject, "as", i, depth)...)
		}
		if t.Case(i) == "as" && t.IsVerb(h) {
			if args := t.args(h, depth+1); !t.IsPassive(h) && has(args, Object) && (slices.Contains(objectControl, t.Lemma(h)) || slices.Contains(naming, t.Lemma(h))) {
				return append(out, t.renamed(args, Object, Subject, "as", i)...)
			}
			out = append(out, t.surface(h, Subject, "as", i, depth)...)
		}
	case "conj":
		if !has(out, Subject) {
			for _, a := range t.args(h, depth+1) {
				if a.Func == Subject && a.Tok != i && (t.Kid(h, "cop") >= 0 || strings.Contains(a.Path, "as") || strings.Contains(a.Path, "appos")) {
					a.Path, a.Steps = a.Path+"<conj", a.Steps+1
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// accompanied returns the head of what stands before "as" in "with Norway and Cuba
// as guarantors", of which i is the last word, or -1.
func (t *Tree) accompanied(i int) int {
	as := t.Kid(i, "case", "mark")
	if as < 1 || t.Form(as) != "as" || t.Base(i) != "nmod" && t.Base(i) != "obl" {
		return -1
	}
	for w, steps := as-1, 0; w != sentence.Root && steps < 5; w, steps = t.heads[w], steps+1 {
		if !t.IsNoun(w) {
			return -1
		}
		if c := t.Kid(w, "case"); c >= 0 && c < w && t.XPOS(c) != "POS" {
			if t.Form(c) == "with" {
				return w
			}
			return -1
		}
	}
	return -1
}
