package grammar

import (
	"strings"

	"parley/loader/sentence"
)

// The functions that are not named by a preposition.
const (
	Subject    = "subject"    // who does it, whatever the voice; what a noun is said of
	Object     = "object"     // to whom or what it is done, whatever the voice
	Recipient  = "recipient"  // "him" in "gave him the draft"
	Possessor  = "possessor"  // "Egypt" in "Egypt's proposal"
	Modifier   = "modifier"   // "peace" in "peace talks", "Egyptian" in "Egyptian mediation"
	Prefix     = "prefix"     // "EU" in "EU-brokered"
	Noun       = "noun"       // "deal" in "EU-brokered deal"
	Complement = "complement" // the verb of a clause that completes this one
	Apposition = "apposition" // "Annan" in "the mediator, Kofi Annan"
	Unmarked   = "unmarked"   // a phrase without preposition: "Friday"
)

// Arg is one filler of one function of a verb or noun.
type Arg struct {
	Func  string  // a constant of this package, or a preposition: "between", "on behalf of", "under mediation of"
	Tok   int     // head token of the filler
	Path  string  // how it was reached, for people: "nsubj<xcomp"
	Steps int     // edges walked
	Score float64 // product of the parser's probabilities along the way
}

// maxDepth bounds how far subjects are inherited.
const maxDepth = 6

// Args returns what fills the functions of token i, in the order of the
// functions found: its own dependents first, what it inherits after. The slice is
// the tree's and must not be changed.
func (t *Tree) Args(i int) []Arg {
	if t.memo == nil {
		t.memo = make([][]Arg, t.Len())
	}
	if t.memo[i] == nil {
		args := t.args(i, 0)
		t.memo[i] = args[:len(args):len(args)]
		if args == nil {
			t.memo[i] = []Arg{}
		}
	}
	return t.memo[i]
}

func (t *Tree) args(i, depth int) []Arg {
	if depth > maxDepth {
		return nil
	}
	var out []Arg
	for _, k := range t.kids[i] {
		out = t.direct(out, i, k)
	}
	if t.IsVerb(i) {
		if !has(out, Subject) && t.IsPassive(i) {
			out = t.straying(out, i)
		}
		out = t.inherit(out, i, depth)
	} else {
		out = t.nominal(out, i, depth)
	}
	out = t.echoes(out, i)
	return t.relatives(out, i)
}

// add appends the conjuncts of k as fillers of function f.
func (t *Tree) add(out []Arg, f string, k int, path string) []Arg {
	all := t.Conjuncts(k)
	if len(all) > 1 && all[0] == k && t.isNotBut(k, all[1]) {
		all = all[1:]
	}
	for _, c := range all {
		if c != k && (!t.IsNoun(c) && t.IsNoun(k) || t.isExcepted(c)) {
			continue
		}
		steps, score := 1, t.score(k)
		if c != k {
			steps, score = 2, score*t.score(c)
		}
		out = append(out, Arg{Func: f, Tok: c, Path: path, Steps: steps, Score: score})
	}
	return out
}

// isNotBut reports whether k and c are "not Kenya but Uganda".
func (t *Tree) isNotBut(k, c int) bool {
	not := t.Kid(k, "advmod", "cc")
	return not >= 0 && not < k && t.Form(not) == "not" && t.hasBut(c)
}

func (t *Tree) hasBut(c int) bool {
	from, _ := t.Span(c, func(k int) bool { return t.Base(k) == "cc" || t.Base(k) == "punct" })
	return from > 0 && t.Form(from-1) == "but"
}

// isExcepted reports whether conjunct c is named as one left out: "all but Kenya",
// "Uganda, not Kenya".
func (t *Tree) isExcepted(c int) bool {
	for _, k := range t.kids[c] {
		switch f := t.Form(k); {
		case k > c:
		case f == "not" && (t.Form(k+1) == "just" || t.Form(k+1) == "only" || t.Form(k+1) == "merely"):
		case f == "not" || f == "except" || f == "excluding":
			return true
		case f == "but" && k > 0 && (t.Form(k-1) == "all" || t.Form(k-1) == "everyone" || t.Form(k-1) == "everybody" || t.Form(k-1) == "none" || t.Form(k-1) == "nobody"):
			return true
		}
	}
	return false
}

func (t *Tree) score(k int) float64 {
	if s := t.S.Tokens[k].HeadScore; s > 0 {
		return float64(s)
	}
	return 1
}

// direct appends what dependent k fills of i.
func (t *Tree) direct(out []Arg, i, k int) []Arg {
	rel := t.Rel(k)
	switch base := t.Base(k); base {
	case "nsubj":
		if rel == "nsubj:outer" {
			return out
		}
		if prep := t.Stranded(i); prep != "" && rel == "nsubj:pass" {
			return t.add(out, prep, k, rel+"("+prep+")")
		}
		if rel == "nsubj:pass" || t.IsVerb(i) && t.IsPassive(i) {
			return t.add(out, Object, k, rel)
		}
		return t.add(out, Subject, k, rel)
	case "obj":
		for _, g := range t.kids[k] {
			if t.Base(g) == "nmod" && isCompany(t.Case(g)) && t.IsVerb(i) {
				out = t.add(out, Subject, g, rel+"<nmod("+t.Case(g)+")")
			}
		}
		return t.add(out, Object, k, rel)
	case "iobj":
		return t.add(out, Recipient, k, rel)
	case "obl", "nmod":
		return t.oblique(out, i, k, rel)
	case "amod", "compound", "flat":
		if rel == "compound:prt" {
			return out
		}
		if t.hyphenated(k, i) {
			return t.add(out, Prefix, k, rel)
		}
		return t.add(out, Modifier, k, rel)
	case "appos":
		return t.add(out, Apposition, k, rel)
	case "xcomp", "ccomp":
		return t.add(out, Complement, k, rel)
	case "acl":
		if m := t.Mark(k); t.IsNoun(i) && (m == "to" || m == "that") {
			return t.add(out, Complement, k, rel) // "his refusal to make a commitment"
		}
	case "advcl":
		if t.Mark(k) == "to" || strings.HasSuffix(t.XPOS(k), "VBG") && t.Mark(k) != "" {
			return t.add(out, Complement, k, rel)
		}
	}
	return out
}

// Stranded returns the preposition that passive verb i has left behind in front of its
// agent, so that its subject is what the preposition governs: "Chile was spoken for by A".
func (t *Tree) Stranded(i int) string {
	if i+2 < t.Len() && t.IsVerb(i) && t.Form(i+1) == "for" && t.Form(i+2) == "by" {
		return "for"
	}
	return ""
}

// oblique appends the prepositional phrase k of i, and through nouns such as
// "behalf" and "mediation" what depends on them: "on behalf of".
func (t *Tree) oblique(out []Arg, i, k int, rel string) []Arg {
	prep := t.Case(k)
	switch {
	case t.isConceded(k):
		return out // "by Tonga, though not by Samoa"
	case rel == "nmod:poss":
		return t.add(out, Possessor, k, rel)
	case t.hyphenated(k, i):
		return t.add(out, Prefix, k, rel)
	case rel == "obl:agent" || prep == "by" && t.IsVerb(i) && t.IsPassive(i):
		return t.add(out, Subject, k, "obl:agent")
	case t.IsVerb(i) && (isCompany(prep) || prep == "with" && t.isTogether(k)):
		return t.add(out, Subject, k, rel+"("+prep+")")
	case prep == "" && t.IsNoun(i):
		return t.add(out, Modifier, k, rel)
	case prep == "":
		prep = Unmarked
	case prep == "as" && t.accompanied(k) >= 0:
		return out // "signed with Norway as witness" says nothing of who signed
	}
	for _, c := range t.Conjuncts(k) {
		if c != k && (t.isConceded(c) || t.isExcepted(c)) {
			continue
		}
		f := prep
		if own := t.Case(c); c != k && own != "" {
			f = own
			if own == "by" && t.IsVerb(i) && t.IsPassive(i) {
				f = Subject // "signed for the government and by X"
			}
		}
		out = append(out, Arg{Func: f, Tok: c, Path: rel + "(" + f + ")", Steps: 1, Score: t.score(k)})
	}
	for _, g := range t.kids[k] {
		inner := t.Case(g)
		switch t.Base(g) {
		case "nmod":
			if inner == "of" || t.Rel(g) == "nmod:poss" || inner == "" {
				out = t.add(out, prep+" "+t.Lemma(k)+" of", g, rel+"<"+t.Rel(g))
			}
		case "amod", "compound":
			out = t.add(out, prep+" "+t.Lemma(k)+" of", g, rel+"<"+t.Rel(g))
		}
	}
	return out
}

// isConceded reports whether phrase k is named as one of whom the clause does not hold:
// "though not by Samoa", "but not for the rebels".
func (t *Tree) isConceded(k int) bool {
	not := t.Kid(k, "advmod")
	if not < 1 || not > k || t.Form(not) != "not" {
		return false
	}
	switch t.Form(not - 1) {
	case "though", "although", "but", "if":
		return true
	}
	return false
}

// isTogether reports whether "together" or "along" stands before "with" of k.
func (t *Tree) isTogether(k int) bool {
	c := t.Kid(k, "case")
	return c > 0 && (t.Form(c-1) == "together" || t.Form(c-1) == "along")
}

// straying appends the agents of passive verb i that the parser hung on another
// phrase of the clause: "was accepted, with misgivings, by the Union".
func (t *Tree) straying(out []Arg, i int) []Arg {
	for _, k := range t.kids[i] {
		if t.Base(k) != "obl" || k < i {
			continue
		}
		for _, g := range t.kids[k] {
			if t.Base(g) == "nmod" && t.Case(g) == "by" {
				out = t.add(out, Subject, g, "obl/nmod(by)")
			}
		}
	}
	return out
}

// isCompany reports whether prep adds somebody to the subject.
func isCompany(prep string) bool {
	switch prep {
	case "alongside", "along with", "together with":
		return true
	}
	return false
}

// hyphenated reports whether k is joined to i by a hyphen, as "EU" in "EU-brokered".
func (t *Tree) hyphenated(k, i int) bool {
	if k >= i || i-k > 3 {
		return false
	}
	hyphen := false
	for j := k; j < i; j++ {
		if t.S.Tokens[j].Spaced {
			return false
		}
		hyphen = hyphen || strings.HasPrefix(t.S.Tokens[j].Form, "-") || t.S.Tokens[j].Form == "–"
	}
	return hyphen
}

// relatives replaces relative pronouns among the fillers by what they stand for.
func (t *Tree) relatives(out []Arg, i int) []Arg {
	for j := range out {
		rel := out[j].Tok
		if !t.IsRelative(rel) {
			continue
		}
		a := t.Antecedent(i)
		if a < 0 || a == rel {
			continue
		}
		out[j].Tok = a
		out[j].Path += "<relcl"
		out[j].Steps++
		for _, c := range t.Conjuncts(a)[1:] { // "Iraq and Oman, which hosted"
			if c < rel && t.IsNoun(c) && t.UPOS(c) == t.UPOS(a) {
				more := out[j]
				more.Tok, more.Score = c, more.Score*t.score(c)
				out = append(out, more)
			}
		}
	}
	return out
}

// IsRelative reports whether token k is a relative pronoun.
func (t *Tree) IsRelative(k int) bool {
	switch t.Form(k) {
	case "who", "whom", "which", "whose":
		return true
	case "that":
		return t.UPOS(k) == "PRON" && (t.XPOS(k) == "WDT" || t.Base(k) == "nsubj" || t.Base(k) == "obj" || t.Rel(k) == "nsubj:pass")
	}
	return false
}

// Antecedent returns the noun that the relative clause around token i modifies,
// or -1.
func (t *Tree) Antecedent(i int) int {
	for j := i; j != sentence.Root; j = t.heads[j] {
		if t.Rel(j) == "acl:relcl" {
			return t.heads[j]
		}
		if j != i && t.Base(j) == "root" {
			break
		}
	}
	return -1
}
