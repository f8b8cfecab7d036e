package stance

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// Stance is how a text stands to one statement.
type Stance struct {
	Denied   bool
	Refusal  bool     // denied because somebody would not do it
	Hearsay  bool     // left open because others are said to claim it: "reports that"
	Speakers []int    // tokens that name who says so, outermost first
	Why      []string // the words that made it so, innermost first
	level    level
}

// level orders modalities by how far they are from a fact.
type level uint8

const (
	actual level = iota
	planned
	possible
	conditional
)

// Modality returns whether the statement tells what has happened.
func (s *Stance) Modality() graph.Modality {
	return [...]graph.Modality{graph.Actual, graph.Planned, graph.Possible, graph.Conditional}[s.level]
}

// Polarity returns whether the statement is asserted or denied.
func (s *Stance) Polarity() graph.Polarity {
	if s.Denied {
		return graph.Denied
	}
	return graph.Asserted
}

// IsFact reports whether the text tells the statement as having happened.
func (s *Stance) IsFact() bool { return !s.Denied && s.level == actual }

// attempts are words for trying; who tries to mediate mediates.
var attempts = []string{"try", "attempt", "work", "seek", "strive", "struggle", "effort", "bid", "labour", "labor", "help", "fight"}

// IsAttempt reports whether the statement is open only because it tells of
// somebody trying.
func (s *Stance) IsAttempt() bool {
	return !s.Denied && s.level == possible && !slices.ContainsFunc(s.Why, func(w string) bool { return !slices.Contains(attempts, w) })
}

// HasFailed reports whether the statement is denied because somebody could not do it.
func (s *Stance) HasFailed() bool {
	return s.Denied && slices.ContainsFunc(s.Why, func(w string) bool {
		return w == "fail" || w == "unable" || w == "failure" || w == "inability"
	})
}

func (s *Stance) raise(l level, why string) {
	if l > s.level {
		s.level = l
		s.Why = append(s.Why, why)
	}
}

// Open leaves the statement open, because of the word why.
func (s *Stance) Open(why string) { s.raise(possible, why) }

// deny negates the statement. Two negations leave it open.
func (s *Stance) deny(why string) {
	if s.Denied {
		s.Denied, s.Refusal = false, false
		s.raise(possible, why)
		return
	}
	s.Denied = true
	s.Why = append(s.Why, why)
}

// Of returns how t stands to what verb i says. A nominal predicate ("was the
// mediator") is asked for in the same way.
func Of(t *grammar.Tree, i int) Stance {
	var s Stance
	s.clause(t, i)
	s.climb(t, i)
	slices.Reverse(s.Speakers)
	return s
}

// OfNoun returns how t stands to there being the event that noun i names. Nouns
// are taken to name what there is unless the words around deny or plan it.
func OfNoun(t *grammar.Tree, i int) Stance {
	var s Stance
	if no := t.Kid(i, "det"); no >= 0 && isNegative(t.Form(no)) {
		s.deny(t.Form(no))
	}
	if t.Case(i) == "without" {
		s.deny("without")
	}
	for _, k := range t.Kids(i) {
		if t.Base(k) == "amod" && slices.Contains([]string{"possible", "planned", "proposed", "future", "next", "upcoming", "potential", "further", "forthcoming", "would-be", "draft"}, t.Form(k)) {
			s.raise(planned, t.Form(k))
		}
	}
	s.climbNoun(t, i)
	slices.Reverse(s.Speakers)
	return s
}

// Light are verbs that add nothing to the event noun they govern but time and
// polarity: "hold talks".
var light = strings.Fields(`hold have conduct host begin start open resume take reach strike sign conclude make
	broker mediate seal clinch launch stage attend join finish end break happen occur close convene do enter
	complete continue initial be chair lead facilitate produce yield achieve give lend put`)

// existing are the light verbs whose subject is there only if they are true.
var existing = strings.Fields("begin start open resume take happen occur convene do be reach")

// joined are the light verbs of what somebody may do or not do at an event that
// there is all the same.
var joined = strings.Fields("attend join mediate chair lead facilitate")

// isLeftOut reports whether verb h only says that somebody had no part in the event
// that noun i names as known: "did not mediate the talks".
func isLeftOut(t *grammar.Tree, i, h int) bool {
	isKnown := func(k int) bool {
		return t.Base(k) == "det" && slices.Contains([]string{"the", "these", "those"}, t.Form(k)) || t.Rel(k) == "nmod:poss"
	}
	if !slices.Contains(joined, t.Lemma(h)) || !slices.ContainsFunc(t.Kids(i), isKnown) {
		return false
	}
	return Of(t, h).Denied
}

// isBareTalks reports whether noun i is "talks" without article or possessor, of
// which nothing says that they were held.
func isBareTalks(t *grammar.Tree, i int) bool {
	if t.Lemma(i) == "mediation" || t.Lemma(i) == "facilitation" {
		return true // who rejects it leaves open whether there is any
	}
	return slices.Contains([]string{"talk", "negotiation", "dialogue", "contact", "meeting"}, t.Lemma(i)) &&
		!slices.ContainsFunc(t.Kids(i), func(k int) bool { return t.Base(k) == "det" && t.Form(k) != "any" || t.Rel(k) == "nmod:poss" })
}

// shares are nouns for parts of an agreement: what becomes of one does not become
// of the whole.
var shares = []string{"phase", "annex", "chapter", "provision"}

// climbNoun gathers what the governor of noun i does to it.
func (s *Stance) climbNoun(t *grammar.Tree, i int) {
	h := t.Head(i)
	if h == sentence.Root {
		if t.Kid(i, "cop") >= 0 {
			s.clause(t, i)
		}
		return
	}
	if isBareTalks(t, i) && t.Base(i) != "conj" {
		pos := "v"
		if t.UPOS(h) == "ADJ" {
			pos = "a"
		}
		if e := governor(t.Lemma(h), pos, "bare"); e.known {
			s.apply(t, h, e, isNegated(t, h))
			return
		}
	}
	if x := t.Kid(h, "xcomp"); t.Base(i) == "nsubj" && x >= 0 && t.Mark(x) == "to" && hasForm(t, h, "advmod", "yet") {
		s.deny("yet") // "talks have yet to be held"
	}
	switch t.Base(i) {
	case "conj":
		s.climbNoun(t, h)
		return
	case "nmod":
		if c := t.Case(i); c == "of" || c == "for" || c == "to" {
			e := governor(t.Lemma(h), "n", "object")
			s.apply(t, h, e, false)
			if !e.known && t.Case(i) == "of" && !slices.Contains(shares, t.Lemma(h)) {
				s.climbNoun(t, h) // "a round of talks"
			}
		}
		return
	case "nsubj", "obj", "obl":
	default:
		return
	}
	if !t.IsVerb(h) {
		switch {
		case t.Base(i) == "nsubj":
			s.apply(t, h, governor(t.Lemma(h), "a", "subject"), false)
		case t.Case(i) == "to": // "opposed to mediation"
			s.apply(t, h, governor(t.Lemma(h), "a", "object"), false)
		}
		return
	}
	construction := "object"
	if t.Base(i) == "nsubj" {
		construction = "subject"
	}
	if x := t.Kid(h, "xcomp"); x >= 0 && t.UPOS(x) == "ADJ" && construction == "subject" {
		s.apply(t, h, governor(t.Lemma(x), "a", "subject"), isNegated(t, h)) // "a deal looks likely"
	}
	e := verbGovernor(t, h, construction)
	switch {
	case t.Rel(i) == "nsubj:pass" && !e.known:
		e = governor(t.Lemma(h), "v", "object")
	case t.Base(i) == "obl" && !slices.Contains([]string{"for", "to", "from", "out"}, firstWord(t.Case(i))):
		e = effect{}
	}
	if e.known {
		s.apply(t, h, e, isNegated(t, h))
		return
	}
	if t.Rel(i) == "nsubj" && !slices.Contains(existing, t.Lemma(h)) {
		return // talks that made no headway, or will produce a text, there are
	}
	into := t.Case(i) == "in" && (t.Lemma(h) == "engage" || t.Lemma(h) == "participate") || t.Case(i) == "into" && t.Lemma(h) == "enter"
	if isLeftOut(t, i, h) {
		return
	}
	if slices.Contains(light, t.Lemma(h)) && t.Base(i) != "obl" || into {
		s.clause(t, h)
		s.climb(t, h)
	}
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// arranging are verbs for what is arranged before it is told, tellers verbs for telling it.
var (
	arranging = []string{"meet", "resume", "reconvene", "convene", "reassemble", "begin", "open", "start", "hold", "continue"}
	tellers   = []string{"say", "announce", "add", "confirm", "state", "disclose", "declare"}
)

// isToldAhead reports whether "would" at verb i is the "will" of what somebody told in
// the past: "he said that the talks would resume in May", unless something must come first.
func isToldAhead(t *grammar.Tree, i int) bool {
	if !slices.Contains(arranging, t.Lemma(i)) {
		return false
	}
	teller := -1
	if h := t.Head(i); h >= 0 && t.Base(i) == "ccomp" {
		teller = h
	}
	for _, k := range t.Kids(i) {
		switch {
		case t.Base(k) == "parataxis" && teller < 0:
			teller = k
		case t.Base(k) == "advcl", t.Form(k) == "only", t.Form(k) == "never":
			return false
		}
	}
	return teller >= 0 && slices.Contains(tellers, t.Lemma(teller)) && t.XPOS(teller) == "VBD" && !isNegated(t, teller)
}

// clause gathers what stands in the clause of i itself: negation, auxiliaries.
func (s *Stance) clause(t *grammar.Tree, i int) {
	if isNegated(t, i) {
		s.deny("not")
	}
	s.nearly(t, i)
	for _, k := range t.Kids(i) {
		if t.Base(k) != "aux" {
			continue
		}
		switch t.Lemma(k) {
		case "will", "shall", "wo", "'ll":
			s.raise(planned, t.Form(k))
		case "may", "might", "could", "can", "should", "must", "ought", "would", "'d", "need":
			if t.Lemma(k) == "'d" && t.XPOS(k) != "MD" {
				continue
			}
			if t.Form(k) == "could" && s.Denied || t.Form(k) == "can" && s.Denied || t.Form(k) == "would" && s.Denied {
				continue // "could not agree", "would not sign"
			}
			if t.Lemma(k) == "would" && isToldAhead(t, i) {
				s.raise(planned, t.Form(k))
				continue
			}
			s.raise(possible, t.Form(k))
		}
	}
	if t.Lemma(i) == "be" || t.Kid(i, "cop") >= 0 {
		if t.Mark(i) == "to" && t.Base(i) == "root" {
			s.raise(planned, "is to")
		}
	}
	if isInverted(t, i) {
		s.raise(conditional, "had")
	}
	if isSubjunctive(t, i) {
		s.raise(possible, "be")
	}
	for _, k := range t.Kids(i) { // "is to sign", "is due to sign": some parsers hang both on sign
		if (t.Base(k) == "aux" || t.Base(k) == "cop" && slices.Contains([]string{"is", "are", "was", "were"}, t.Form(k))) && t.Lemma(k) == "be" && (t.Mark(i) == "to" || t.Mark(i) == "due to") {
			s.raise(planned, "is "+t.Mark(i))
		}
	}
}

// isSubjunctive reports whether clause i says what should be: "that a mediator be
// named".
func isSubjunctive(t *grammar.Tree, i int) bool {
	be := -1
	for _, k := range t.Kids(i) {
		switch b := t.Base(k); {
		case b == "aux" && t.Rel(k) != "aux:pass" || b == "mark" && t.Form(k) == "to":
			return false
		case (b == "aux" || b == "cop") && t.Form(k) == "be" && t.XPOS(k) == "VB":
			be = k
		}
	}
	return be > 0 && t.Kid(i, "nsubj", "nsubj:pass") >= 0
}

// isInverted reports whether clause i is a condition without "if": "had X signed".
func isInverted(t *grammar.Tree, i int) bool {
	n := t.Kid(i, "nsubj")
	if n < 0 || t.XPOS(i) != "VBN" {
		return false
	}
	from, _ := t.Span(n, nil)
	return from > 0 && t.Form(from-1) == "had" && (from == 1 || t.Form(from-2) == "," || t.Form(from-2) == "and")
}

// nearly leaves open what almost happened: "all but signed".
func (s *Stance) nearly(t *grammar.Tree, i int) {
	for _, k := range t.Kids(i) {
		if f := t.Form(k); t.Base(k) == "advmod" && (f == "almost" || f == "nearly" || f == "virtually" || f == "half") {
			s.raise(possible, f)
		}
	}
	if i >= 2 && t.Form(i-1) == "but" && t.Form(i-2) == "all" {
		s.raise(possible, "all but")
	}
}

// isNegated reports whether clause i is negated by one of its own words.
func isNegated(t *grammar.Tree, i int) bool {
	for _, k := range t.Kids(i) {
		switch {
		case t.Base(k) == "advmod" || t.Base(k) == "cc" || t.Base(k) == "det":
			if isNegative(t.Form(k)) || k > 0 && t.Form(k) == "longer" && t.Form(k-1) == "no" {
				return true
			}
		case t.Base(k) == "nsubj" || t.Base(k) == "obj":
			if isNegative(t.Form(k)) {
				return true
			}
			for _, g := range t.Kids(k) {
				if t.Form(g) == "not" && t.Kid(k, "conj") >= 0 {
					continue // "not Kenya but Uganda"
				}
				if isNegative(t.Form(g)) && (t.Base(g) == "det" || t.Base(g) == "cc" || t.Base(g) == "advmod") {
					return true
				}
			}
		case t.Base(k) == "obl" && (t.Form(k) == "nothing" || t.Form(k) == "none" || t.Form(k) == "neither" || t.Form(k) == "nobody"):
			return true // "put his name to nothing"
		case t.Base(k) == "aux" && isNegative(t.Form(k)):
			return true
		}
	}
	return false
}

func isNegative(form string) bool {
	switch form {
	case "not", "n't", "n’t", "never", "no", "neither", "nor", "none", "nobody", "nothing", "no-one", "hardly", "nowhere", "scarcely":
		return true
	}
	return false
}

// OfRole returns how t stands to somebody having the role that noun i names in
// "served as mediator" or "wanted him as mediator".
func OfRole(t *grammar.Tree, i int) Stance {
	h := t.Head(i)
	if h == sentence.Root {
		return Of(t, i)
	}
	s := Of(t, h)
	if e := governor(t.Lemma(h), "v", "role"); e.known {
		s.apply(t, h, e, false)
	} else if e := governor(t.Lemma(h), "v", "object"); e.known && t.Kid(h, "obj", "nsubj:pass") >= 0 {
		s.apply(t, h, e, false)
	}
	if as := t.Kid(i, "case", "mark"); as > 0 && t.Form(as-1) == "not" {
		s.deny("not as")
	}
	s.hearsay(t, h) // "which the newspapers had named as guarantor"
	return s
}

// Doubt leaves open a role whose noun i is qualified so that nobody need have it: "a
// possible mediator", "a self-styled mediator".
func (s *Stance) Doubt(t *grammar.Tree, i int) {
	for _, k := range t.Kids(i) {
		f := t.Form(k)
		if k < i && (strings.HasPrefix(f, "self-") || slices.Contains([]string{"possible", "potential", "would-be", "likely", "future",
			"prospective", "so-called", "aspiring", "styled", "proclaimed"}, f)) {
			s.raise(possible, f)
		}
	}
}

// Weaken makes s as uncertain as o, on which it rests: who hosts talks that are
// planned plans to host. A denied o denies s.
func (s *Stance) Weaken(o *Stance) {
	if o.Denied && !s.Denied {
		s.Denied = true
	}
	if o.level > s.level {
		s.level = o.level
	}
	s.Why = append(s.Why[:len(s.Why):len(s.Why)], o.Why...)
}
