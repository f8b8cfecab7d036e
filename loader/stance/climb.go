package stance

import (
	"slices"
	"strings"

	"parley/loader/grammar"
	"parley/loader/sentence"
)

// climb gathers what the clauses above i do to it.
func (s *Stance) climb(t *grammar.Tree, i int) {
	s.attributed(t, i)
	for steps := 0; steps < t.Len(); steps++ {
		h := t.Head(i)
		if h == sentence.Root {
			return
		}
		contradicted(s, t, i, h)
		if !s.step(t, i, h) {
			return
		}
		i = h
		s.attributed(t, i)
	}
}

// contradicted denies the statement if a clause beside its reporter h does: "the
// site wrote that Kenya had signed; it had not".
func contradicted(s *Stance, t *grammar.Tree, i, h int) {
	for _, k := range t.Kids(i) {
		if t.Rel(k) == "advcl:relcl" && k > i && slices.Contains([]string{"deny", "dispute", "refute", "contradict", "reject"}, t.Lemma(k)) {
			s.raise(possible, t.Lemma(k)) // "had signed, which Kenya denied"
		}
	}
	for _, k := range t.Kids(h) {
		if b := t.Base(k); k <= i || b != "parataxis" && b != "conj" || !t.IsVerb(k) || !isNegated(t, k) {
			continue
		}
		switch t.Lemma(k) {
		case "do", "have", "be":
			if n := t.Kid(k, "nsubj"); n >= 0 && t.UPOS(n) == "PRON" && t.Kid(k, "obj", "xcomp", "ccomp", "obl") < 0 {
				s.deny("it did not")
			}
		}
	}
}

// step gathers what h does to its dependent clause i, and reports whether what
// is above h bears on i as well.
func (s *Stance) step(t *grammar.Tree, i, h int) bool {
	mark := t.Mark(i)
	switch t.Base(i) {
	case "xcomp", "ccomp", "csubj":
		if t.Base(i) == "csubj" && isCleft(t, i, h) {
			return true
		}
		if b := t.Base(h); slices.Contains(rumours, t.Lemma(h)) && (b == "obj" || t.Rel(h) == "nsubj:pass") {
			return s.rumour(t, h) // "denied reports that", with "reports" taken for a verb
		}
		s.complement(t, i, h, mark)
		return true
	case "conj":
		return s.conjunct(t, i, h)
	case "acl":
		if t.Rel(i) == "acl:relcl" {
			return s.relative(t, i, h)
		}
		if mark == "to" && isRanked(t, h) {
			return true // "the ninth state to sign"
		}
		if mark == "to" {
			s.apply(t, h, governor(t.Lemma(h), "n", "to"), false)
			return false
		}
		if mark == "that" {
			if e := governor(t.Lemma(h), "n", "that"); e.known {
				s.apply(t, h, e, false)
				return false
			}
		}
		if n := rumourOf(t, h); mark == "that" && n >= 0 {
			return s.rumour(t, n)
		}
		if t.IsVerb(i) && t.IsNoun(h) && mark != "" && t.XPOS(i) == "VBG" {
			s.apply(t, h, governor(t.Lemma(h), "n", "ing"), false)
		}
		return false
	case "advcl":
		if t.Rel(i) == "advcl:relcl" {
			return s.relative(t, i, h)
		}
		if mark == "that" && t.Base(h) == "advcl" && t.Head(h) != sentence.Root {
			s.complement(t, i, t.Head(h), mark) // "it is untrue, as a paper has it, that"
			return false
		}
		return s.adverbial(t, i, h, mark)
	case "parataxis":
		return false
	case "appos", "nsubj", "obj", "obl", "nmod":
		return false
	}
	return false
}

// isCleft reports whether clause i says what the noun h before it is picked out for: "it
// was his plan that India accepted".
func isCleft(t *grammar.Tree, i, h int) bool {
	it := t.Kid(h, "nsubj", "expl")
	return it >= 0 && t.Form(it) == "it" && t.IsNoun(h) && t.Kid(h, "cop") >= 0 && i > h && t.Mark(i) == "" &&
		slices.ContainsFunc(t.Kids(i), t.IsRelative)
}

// isRanked reports whether noun h is one of those that have done so far what is said
// of it: "the first to sign", "the only state to sign".
func isRanked(t *grammar.Tree, h int) bool {
	for _, k := range append([]int{h}, t.Kids(h)...) {
		switch f := t.Form(k); f {
		case "first", "last", "only", "latest", "second", "third":
			return true
		default:
			if t.Base(k) == "amod" && (strings.HasSuffix(f, "th") || strings.HasSuffix(f, "st") && f != "best") && t.UPOS(k) == "ADJ" && t.XPOS(k) != "JJS" {
				return true
			}
		}
	}
	return false
}

// rumours are nouns for what others say: "reports that …".
var rumours = []string{"report", "claim", "suggestion", "allegation", "rumour", "rumor", "accusation", "charge", "assertion", "speculation", "story",
	"evidence", "indication", "sign", "statement", "idea", "notion", "myth", "lie", "fiction", "gossip", "insinuation", "hint"}

// rumourOf returns h if it is a noun for what others say, or the one that it hangs
// on ("a claim by the paper that …", where parsers join the clause to "paper"), or -1.
func rumourOf(t *grammar.Tree, h int) int {
	if slices.Contains(rumours, t.Lemma(h)) {
		return h
	}
	if n := t.Head(h); t.Base(h) == "nmod" && n != sentence.Root && slices.Contains(rumours, t.Lemma(n)) {
		return n
	}
	return -1
}

// rumour gathers what is done to the report h that tells the statement: who denies
// it denies the statement; else it is left open. It reports whether the clause
// around h bears on the statement.
func (s *Stance) rumour(t *grammar.Tree, h int) bool {
	if no := t.Kid(h, "det"); no >= 0 && t.Form(no) == "no" {
		s.deny("no " + t.Lemma(h)) // "no evidence that"
		return false
	}
	v := t.Head(h)
	if v == sentence.Root || !t.IsVerb(v) || t.Base(h) != "obj" && t.Rel(h) != "nsubj:pass" {
		s.raise(possible, t.Lemma(h))
		s.Hearsay = true
		return false
	}
	switch t.Lemma(v) {
	case "deny", "reject", "dismiss", "refute", "dispute", "rebut", "contradict", "disown":
		s.level = actual // what was denied is the whole of it: "denied reports that it was willing"
		s.apply(t, v, effect{denied: true, said: true, known: true}, isNegated(t, v))
	default:
		s.raise(possible, t.Lemma(h))
		s.Hearsay = true
	}
	return false
}

func (s *Stance) complement(t *grammar.Tree, i, h int, mark string) {
	construction := "that"
	switch {
	case mark == "to" || hasFormBefore(t, i, "to"):
		construction = "to"
	case isGerund(t, i):
		construction = "ing"
	case t.Base(i) == "xcomp" && t.XPOS(i) == "VB":
		construction = "to"
	case t.Base(i) == "xcomp":
		construction = "state"
	}
	pos := "v"
	if t.UPOS(h) == "ADJ" {
		pos = "a"
	} else if !t.IsVerb(h) {
		pos = "n"
	}
	if strings.HasPrefix(mark, "if") || mark == "whether" {
		s.raise(possible, mark)
	}
	if x := t.Kid(h, "xcomp"); construction == "to" && x >= 0 && x != i && t.IsNoun(x) && isRanked(t, x) {
		return // "became the ninth state to sign"
	}
	if construction == "to" && (hasForm(t, h, "advmod", "yet") || t.Lemma(h) == "have" && hasForm(t, h, "advmod", "still")) {
		s.deny("yet") // "has yet to sign", "has still to sign"
		return
	}
	s.apply(t, h, governor(t.Lemma(h), pos, construction), isNegated(t, h))
	s.Hearsay = s.Hearsay || construction == "to" && governor(t.Lemma(h), "v", "that").said // "is reported to have"
	for _, k := range t.Kids(h) {
		if t.Base(k) == "aux" && slices.Contains([]string{"will", "shall", "may", "might", "could", "should", "must", "would"}, t.Lemma(k)) {
			s.raise(planned, t.Form(k))
		}
	}
}

// hasForm reports whether i has a dependent form by relation rel.
func hasForm(t *grammar.Tree, i int, rel, form string) bool {
	return slices.ContainsFunc(t.Kids(i), func(k int) bool { return t.Base(k) == rel && t.Form(k) == form })
}

// isGerund reports whether clause i is "signing" or "having signed".
func isGerund(t *grammar.Tree, i int) bool {
	if cop := t.Kid(i, "cop"); cop >= 0 && t.Form(cop) == "being" {
		return true
	}
	aux := t.Kid(i, "aux")
	return t.XPOS(i) == "VBG" && aux < 0 || aux >= 0 && t.Form(aux) == "having"
}

func hasFormBefore(t *grammar.Tree, i int, form string) bool {
	return i > 0 && t.Form(i-1) == form && t.Head(i-1) == i
}

// apply adds effect e of governor h; negated says that h itself is negated.
func (s *Stance) apply(t *grammar.Tree, h int, e effect, negated bool) {
	why := t.Lemma(h)
	switch {
	case negated && e.denied:
		s.raise(possible, "not "+why)
	case negated && e.said:
		s.raise(possible, "not "+why)
	case negated:
		s.deny("not " + why)
		s.Refusal = s.Refusal || why == "want" || why == "wish" || why == "agree" || why == "intend" || why == "like"
		if e.modality == possible {
			return // "did not wish to sign": nobody signed
		}
	case e.denied:
		s.deny(why)
		s.Refusal = s.Refusal || e.refusal
	}
	s.raise(e.modality, why)
	if e.said {
		s.hearsay(t, h)
	}
	s.Hearsay = s.Hearsay || e.said && e.modality == possible
	if e.said {
		for _, a := range t.Args(h) {
			if a.Func == grammar.Subject {
				s.Speakers = append(s.Speakers, a.Tok)
			}
		}
	}
}

// media are nouns for unnamed sources in print or on air. What one of them says is
// reported by others because it is in doubt.
var media = strings.Fields(`website site newspaper paper tabloid radio station blog blogger channel daily weekly magazine broadcaster
	television press print pamphlet gazette columnist commentator programme program podcast sheet`)

// hearsay leaves open what speech verb h says if its subject is an unnamed paper or
// station, and denies it if it is said wrongly.
func (s *Stance) hearsay(t *grammar.Tree, h int) {
	for _, k := range t.Kids(h) {
		switch {
		case t.Base(k) == "advmod" && slices.Contains([]string{"wrongly", "falsely", "prematurely", "erroneously", "mistakenly", "incorrectly"}, t.Form(k)):
			s.deny(t.Form(k))
		case (t.Base(k) == "nsubj" || t.Rel(k) == "obl:agent") && t.UPOS(k) == "NOUN" && slices.Contains(media, t.Lemma(k)):
			s.raise(possible, t.Lemma(k))
			s.Hearsay = true
		}
	}
}

// conjunct gathers what clause i has in common with the one it is coordinated
// with: "will not come or sign".
func (s *Stance) conjunct(t *grammar.Tree, i, h int) bool {
	if cc := t.Kid(i, "cc"); cc >= 0 && (t.Form(cc) == "rather" || t.Form(cc) == "instead") {
		s.deny(t.Form(cc) + " than")
		return true
	}
	if t.IsVerb(i) && t.IsVerb(h) {
		own := t.Kid(i, "aux") >= 0 || t.Kid(i, "nsubj") >= 0
		shares := !own && (t.XPOS(i) == "VB" || t.XPOS(i) == t.XPOS(h) && t.XPOS(i) != "VBD" && t.XPOS(i) != "VBZ")
		if shares && !hasOnlyOwnTo(t, i) {
			negatedAlready := s.Denied
			s.clause(t, h)
			if negatedAlready && !s.Denied {
				s.Denied = true
			}
		}
	}
	return true
}

func hasOnlyOwnTo(t *grammar.Tree, i int) bool { return t.Mark(i) == "to" }

// relative reports whether a relative clause depends on what is above its noun.
// A thing that is only wished for makes its relative clause a wish as well.
func (s *Stance) relative(t *grammar.Tree, i, h int) bool {
	if no := t.Kid(h, "det"); no >= 0 && isNegative(t.Form(no)) {
		s.deny("no")
	}
	if it := t.Kid(h, "nsubj", "expl"); it >= 0 && t.Form(it) == "it" && t.Kid(h, "cop") >= 0 {
		s.clause(t, h) // "it was not Kenya that signed"
		return true
	}
	if slices.Contains([]string{"those", "one", "ones"}, t.Form(h)) && t.Kid(h, "cop") >= 0 {
		s.clause(t, h) // "was not among those who signed"
		return true
	}
	if slices.Contains(rumours, t.Lemma(h)) && saysAll(t, i) {
		return s.rumour(t, h)
	}
	return false
}

// saysAll reports whether "that" is no part of clause i, whatever the parser took it
// for: "a rumour that Kenya had signed the accord", unlike "the claim that he made".
func saysAll(t *grammar.Tree, i int) bool {
	that := slices.ContainsFunc(t.Kids(i), func(k int) bool { return t.Form(k) == "that" && t.Base(k) != "nsubj" })
	return that && t.Kid(i, "nsubj") >= 0 && !slices.Contains(telling, t.Lemma(i))
}

// telling are verbs of which a rumour may be the object.
var telling = strings.Fields("make tell spread repeat deny believe hear publish print carry start put dismiss reject issue raise cite call")

// prepositional gathers what verb h does to the gerund i behind a preposition:
// "barred from signing", "accused of signing".
func (s *Stance) prepositional(t *grammar.Tree, i, h int, prep string) bool {
	e := governor(t.Lemma(h), "v", "ing")
	switch {
	case e.refusal:
		s.apply(t, h, e, isNegated(t, h)) // "abstained from signing"
	case prep == "from" && !slices.Contains(sources, t.Lemma(h)):
		s.deny("from")
	case prep == "of" && isShortOf(t, i):
		s.deny("short of")
	case e.known:
		s.apply(t, h, e, isNegated(t, h))
		s.Hearsay = s.Hearsay || prep == "of"
	case prep == "in":
		if isNegated(t, h) {
			s.deny("not")
		}
	case prep == "for" && slices.Contains(merits, t.Lemma(h)):
		return true
	default:
		s.raise(possible, prep)
	}
	return true
}

func isShortOf(t *grammar.Tree, i int) bool {
	of := t.Kid(i, "mark", "case")
	return of > 0 && t.Form(of-1) == "short"
}

// sources are verbs after which "from" denies nothing.
var sources = strings.Fields("benefit profit gain come result return stem emerge suffer learn arise derive know differ")

// merits are verbs that judge what has been done.
var merits = strings.Fields(`thank praise applaud credit commend congratulate honour honor blame criticise criticize condemn reward
	know remember admire apologise apologize forgive rebuke fault salute pay punish fine jail arrest`)

// adverbial gathers what the conjunction of an adverbial clause does.
func (s *Stance) adverbial(t *grammar.Tree, i, h int, mark string) bool {
	first := firstWord(mark)
	if slices.Contains([]string{"from", "of", "in", "for", "about", "against", "at"}, first) && isGerund(t, i) && i > h && t.IsVerb(h) {
		return s.prepositional(t, i, h, first)
	}
	switch first {
	case "if", "unless", "provided", "providing", "lest", "should":
		s.raise(conditional, mark)
		return false
	case "without", "instead", "rather":
		s.deny(mark)
		return false
	case "until", "till", "so", "whether", "for":
		s.raise(possible, mark)
		return false
	case "in":
		if strings.Contains(mark, "case") {
			s.raise(conditional, mark)
			return false
		}
	case "to":
		if t.Lemma(h) == "fall" {
			return true // "it fell to X to sign"
		}
		if e := governor(t.Lemma(h), "v", "to"); e.known && (e.denied || e.modality == possible) {
			s.apply(t, h, e, isNegated(t, h)) // "called on X to sign"
			return true
		}
		s.raise(planned, "to")
		return false
	case "before", "once", "when", "after", "as", "by", "on", "while":
		if t.XPOS(i) == "VBD" {
			return false // "will run again after both sides struck a deal"
		}
		for _, k := range t.Kids(h) {
			if t.Base(k) == "aux" && (t.Lemma(k) == "will" || t.Lemma(k) == "would") {
				s.raise(planned, mark)
			}
		}
		return false
	case "":
		if cc := t.Kid(i, "cc"); cc >= 0 && (t.Form(cc) == "rather" || t.Form(cc) == "instead") {
			s.deny(t.Form(cc) + " than")
			return false
		}
		if should := t.Kid(i, "aux"); should >= 0 && t.Form(should) == "should" && t.IsVerb(i) {
			s.raise(conditional, "should")
			return false
		}
		if t.XPOS(i) == "VBG" || t.XPOS(i) == "VBN" {
			s.clauseModality(t, h)
		}
	}
	return false
}

// clauseModality gathers the modality of clause h but not its negation.
func (s *Stance) clauseModality(t *grammar.Tree, h int) {
	was := s.Denied
	s.clause(t, h)
	s.Denied = was
}

// attributed gathers the sources that clause i names beside itself: "according
// to", and speech verbs set off by commas.
func (s *Stance) attributed(t *grammar.Tree, i int) {
	for _, k := range t.Kids(i) {
		switch {
		case t.Base(k) == "obl" && strings.HasPrefix(t.Case(k), "according"):
			if slices.Contains(media, t.Lemma(k)) && t.UPOS(k) == "NOUN" {
				s.raise(possible, t.Lemma(k))
				s.Hearsay = true
			}
			s.Speakers = append(s.Speakers, k)
		case t.Base(k) == "parataxis" && t.IsVerb(k) && governor(t.Lemma(k), "v", "that").said && t.Kid(k, "ccomp") < 0:
			for _, a := range t.Args(k) {
				if a.Func == grammar.Subject {
					s.Speakers = append(s.Speakers, a.Tok)
				}
			}
			s.citing(t, k)
		}
	}
	s.citing(t, i)
}

// citing gathers the source in "X reported, citing Y, that".
func (s *Stance) citing(t *grammar.Tree, i int) {
	for _, k := range t.Kids(i) {
		if t.Base(k) == "advcl" && (t.Form(k) == "citing" || t.Form(k) == "quoting") {
			if o := t.Kid(k, "obj"); o >= 0 {
				s.Speakers = append([]int{o}, s.Speakers...)
			}
		}
	}
}
