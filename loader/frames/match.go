package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
	"parley/loader/sentence"
	"parley/loader/stance"
)

// sentenceClaims matches every frame against sentence sent.
func (m *matcher) sentenceClaims(sent int) {
	t := m.ev.Trees[sent]
	for tok := range m.doc.Sentences[sent].Tokens {
		for _, b := range m.triggered(t, sent, tok) {
			m.match(&site{t: t, sent: sent, tok: tok, block: b})
		}
		if v := echoOf(t, tok); v >= 0 {
			for _, b := range m.triggered(t, sent, v) {
				m.match(&site{t: t, sent: sent, tok: v, block: b, echo: tok})
			}
		}
	}
}

// triggered returns the blocks that token tok triggers.
func (m *matcher) triggered(t *grammar.Tree, sent, tok int) []*block {
	var out []*block
	add := func(key string) {
		for _, e := range m.lex.entries[key] {
			if (e.with == "" || hasWith(t, tok, e.with)) && !slices.Contains(out, e.block) {
				out = append(out, e.block)
			}
		}
	}
	lemma := t.Lemma(tok)
	if t.IsVerb(tok) && t.UPOS(tok) != "AUX" {
		if isSuffix(t, tok) {
			add(t.Form(tok) + ".suffix")
			return out
		}
		add(m.lex.lemmaOf(t, tok, "verb") + ".verb")
	}
	if k := m.ev.At(sent, tok); k >= 0 && !m.ev.Mentions[k].Verb && !m.ev.Mentions[k].Created && m.ev.Mentions[k].Tok == tok {
		add(strings.ToLower(string(m.ev.Mentions[k].Type)) + ".event")
	}
	if tok+2 < t.Len() && t.Form(tok+1) == "-" && !t.S.Tokens[tok].Spaced && !t.S.Tokens[tok+1].Spaced {
		add(t.Form(tok) + "-" + t.Form(tok+2) + ".noun") // "go-between"
	}
	if t.IsNoun(tok) {
		add(m.lex.lemmaOf(t, tok, "noun") + ".noun")
	}
	if t.UPOS(tok) == "ADJ" || t.UPOS(tok) == "VERB" {
		add(lemma + ".adj")
		add(t.Form(tok) + ".adj")
	}
	if _, suffix, ok := strings.Cut(t.Form(tok), "-"); ok && !t.IsVerb(tok) || ok && t.Base(tok) == "amod" {
		add(suffix + ".suffix")
	}
	return out
}

// isSuffix reports whether participle tok is joined to the word before it by a
// hyphen.
func isSuffix(t *grammar.Tree, tok int) bool {
	return tok >= 2 && t.Form(tok-1) == "-" && !t.S.Tokens[tok-1].Spaced && !t.S.Tokens[tok-2].Spaced
}

// match fills the roles of s.block and drafts its claims.
func (m *matcher) match(s *site) {
	s.args = s.t.Args(s.tok)
	if s.echo > 0 {
		s.args = echoed(s.t, s.args, s.echo)
	}
	b := s.block
	if isHyphenated(s.t.S.Tokens[s.tok].Form) && b.class == "suffix" {
		s.args = append(s.args, prefixed(s.t, s.tok)...)
	}
	if b.class == "event" {
		s.args = slices.Concat(s.args, outerArgs(s.t, s.tok), innerArgs(s.t, s.tok))
		s.args = append(s.args, m.strayArgs(s.sent, s.args)...)
		s.args = append(s.args, m.placeBehind(s)...)
	}
	if b.class == "suffix" {
		s.args = append(s.args, splitPrefix(s.t, s.tok)...)
	}
	if b.class == "verb" {
		m.active(s)
	}
	if len(b.needs) > 0 && !m.supported(s) {
		return
	}
	if !m.permitted(s) {
		return
	}
	gaps := m.gaps(s)
	m.complete(s)
	for _, g := range gaps {
		m.complete(g)
	}
}

// complete fills the roles of s from its functions and drafts its claims.
func (m *matcher) complete(s *site) {
	b := s.block
	roles := map[string][]filler{}
	for _, f := range b.fillings {
		r, _ := b.frame.role(f.role)
		roles[f.role] = distinct(append(roles[f.role], m.fill(s, r, f)...))
	}
	m.onBehalf(s, roles)
	for _, name := range b.require {
		if len(roles[name]) == 0 {
			return
		}
	}
	st := m.stanceOf(s)
	if b.class == "noun" {
		st.Doubt(s.t, s.tok)
	}
	if b.denied {
		if !st.Denied || b.failed != st.HasFailed() {
			return
		}
		st = stance.Stance{Speakers: st.Speakers}
	}
	if b.frame.name == "proposing" && b.class == "event" && !st.Denied {
		st = stance.Stance{Speakers: st.Speakers} // a "proposed plan" has been proposed
	}
	if st.IsAttempt() && b.frame.name == "mediating" {
		st = stance.Stance{Speakers: st.Speakers}
	}
	if b.class == "event" && st.Denied && !hasNo(s.t, s.tok) {
		return // "refused to sign a pact with Israel" denies nothing of Israel
	}
	m.draft(s, roles, st)
}

func hasNo(t *grammar.Tree, tok int) bool {
	d := t.Kid(tok, "det")
	return d >= 0 && t.Form(d) == "no"
}

// outerArgs returns the phrases that hang on the noun over an event noun and not on
// itself: "four years of talks in the capital".
func outerArgs(t *grammar.Tree, tok int) []grammar.Arg {
	h := t.Head(tok)
	if h != sentence.Root && t.Base(tok) == "nsubj" {
		return afterPredicate(t, tok, h)
	}
	if h == sentence.Root || t.Base(tok) != "nmod" || t.Case(tok) != "of" || !t.IsNoun(h) {
		return nil
	}
	var out []grammar.Arg
	for _, a := range t.Args(h) {
		switch a.Func {
		case "in", "at", "inside", "between", "with", "among":
			if a.Tok != tok {
				a.Path, a.Steps = "of/"+a.Path, a.Steps+1
				out = append(out, a)
			}
		}
	}
	return out
}

// afterPredicate returns the parties that stand behind the predicate h of an event
// noun: "negotiations are under way between A and B", "talks resumed between A and B".
func afterPredicate(t *grammar.Tree, tok, h int) []grammar.Arg {
	var out []grammar.Arg
	for _, a := range t.Args(h) {
		if (a.Func == "between" || a.Func == "among") && a.Tok > h {
			a.Path, a.Steps = t.Rel(tok)+"/"+a.Path, a.Steps+1
			out = append(out, a)
		}
	}
	return out
}

// active adds as subjects the people that the parser took for the object of a
// bare participle, where the frame takes no people as objects: nobody is signed.
func (m *matcher) active(s *site) {
	if s.t.XPOS(s.tok) != "VBN" || s.t.Kid(s.tok, "aux:pass") >= 0 {
		return
	}
	for _, f := range s.block.fillings {
		r, _ := s.block.frame.role(f.role)
		for _, src := range f.sources {
			if src.fn == grammar.Object && (r.typ == "actor" || r.typ == "person" || r.typ == "body" || r.typ == "thing" || r.typ == "target" || r.typ == "text") {
				return
			}
		}
	}
	for _, a := range s.args {
		if a.Func == grammar.Subject {
			return
		}
	}
	for _, a := range slices.Clone(s.args) {
		if a.Func == grammar.Object && len(m.actors(s.sent, a.Tok, "person")) > 0 {
			a.Func, a.Path, a.Score = grammar.Subject, a.Path+"(active)", a.Score*0.8
			s.args = append(s.args, a)
		}
	}
}

// roleNouns are seen through between a verb and the noun that names what somebody
// does: "shared the role of mediator".
var roleNouns = strings.Fields("role part function job task duty position work burden")

// supported reports whether the trigger noun is the object of one of the verbs
// it needs, and if so adds the verb's functions.
func (m *matcher) supported(s *site) bool {
	t, i := s.t, s.t.First(s.tok)
	if o := t.Head(i); o != sentence.Root && t.Base(i) == "nmod" && slices.Contains(roleNouns, t.Lemma(o)) && (t.Case(i) == "of" || t.Case(i) == "as") {
		i = t.First(o)
	}
	h := t.Head(i)
	if h == sentence.Root || !t.IsVerb(h) || !slices.Contains(s.block.needs, t.Lemma(h)) {
		return false
	}
	if b := t.Base(i); b != "obj" && b != "xcomp" && b != "nsubj" && !(b == "obl" && t.Case(i) == "as") {
		return false
	}
	s.verb = h
	for _, a := range t.Args(h) {
		if a.Tok != s.tok && a.Tok != i {
			s.args = append(s.args, a)
		}
	}
	return true
}

func isHyphenated(form string) bool { return strings.Contains(form, "-") }

// prefixed returns the functions of "EU-brokered" written as one word.
func prefixed(t *grammar.Tree, tok int) []grammar.Arg {
	out := []grammar.Arg{{Func: grammar.Prefix, Tok: tok, Path: "prefix", Score: 1, Steps: 1}}
	if h := t.Head(tok); h != sentence.Root {
		out = append(out, grammar.Arg{Func: grammar.Noun, Tok: h, Path: t.Rel(tok), Score: 1, Steps: 1})
	}
	return out
}

// splitPrefix returns the functions of "EU-brokered" written as three tokens.
func splitPrefix(t *grammar.Tree, tok int) []grammar.Arg {
	if !isSuffix(t, tok) {
		return nil
	}
	out := []grammar.Arg{{Func: grammar.Prefix, Tok: tok - 2, Path: "prefix", Score: 1, Steps: 1}}
	if h := t.Head(tok); h != sentence.Root {
		out = append(out, grammar.Arg{Func: grammar.Noun, Tok: h, Path: t.Rel(tok), Score: 1, Steps: 1})
	}
	return out
}

// stanceOf returns how the text stands to the trigger.
func (m *matcher) stanceOf(s *site) stance.Stance {
	t := s.t
	switch {
	case s.echo > 0:
		return stance.Of(t, s.echo)
	case s.block.class == "verb":
		return stance.Of(t, s.tok)
	case s.block.class == "event":
		return m.ev.Mentions[m.ev.At(s.sent, s.tok)].Stance
	case len(s.block.needs) > 0:
		return stance.Of(t, s.verb)
	case s.block.class == "suffix":
		if h := t.Head(s.tok); h != sentence.Root && t.IsNoun(h) {
			return stance.OfNoun(t, h)
		}
		return stance.Of(t, s.tok)
	case s.block.class == "noun" && t.Base(s.tok) == "xcomp" && t.Head(s.tok) != sentence.Root && t.Kid(s.tok, "cop") < 0:
		return stance.Of(t, t.Head(s.tok)) // "acted as go-between", "became the mediator"
	case s.block.class == "adj" && t.Base(s.tok) == "amod" && t.Head(s.tok) != sentence.Root:
		return stance.OfNoun(t, t.Head(s.tok))
	case t.Base(s.tok) == "conj" && t.Head(s.tok) != sentence.Root && t.Kid(t.Head(s.tok), "cop") >= 0:
		return stance.Of(t, s.tok) // "is a guarantor and not a mediator"
	case s.block.class == "adj" || t.Kid(s.tok, "cop") >= 0 || t.Base(s.tok) == "xcomp":
		return stance.Of(t, s.tok)
	case t.Base(s.tok) == "obl" && t.Case(s.tok) == "as":
		return stance.OfRole(t, s.tok)
	}
	st := stance.OfNoun(t, s.tok)
	if b := t.Base(s.tok); (b == "obj" || b == "nsubj" && t.Rel(s.tok) == "nsubj:pass") && isUnnamed(t, s.tok) {
		sent := stance.Of(t, t.Head(s.tok)) // "may send a mediator": there is none yet
		sent.Denied = false
		st.Weaken(&sent)
	}
	return st
}

// isUnnamed reports whether the phrase of noun i is just "a mediator" or "mediators".
func isUnnamed(t *grammar.Tree, i int) bool {
	return !slices.ContainsFunc(t.Kids(i), func(k int) bool {
		return k < i && !(t.Base(k) == "det" && (t.Form(k) == "a" || t.Form(k) == "an" || t.Form(k) == "another" || t.Form(k) == "no"))
	})
}

// distinct drops fillers that say the same as an earlier one.
func distinct(xs []filler) []filler {
	var out []filler
	for _, x := range xs {
		same := func(y filler) bool {
			return x.entity == y.entity && x.event == y.event && x.text == y.text && (x.tok == y.tok || x.entity >= 0 || x.event >= 0)
		}
		if !slices.ContainsFunc(out, same) {
			out = append(out, x)
		}
	}
	return out
}

// salientFor returns the event that fills r though the sentence does not say it.
func (m *matcher) salientFor(s *site, r role) []filler {
	types := eventTypes(r.typ)
	if r.typ == "event" {
		types = []graph.Type{graph.Talks}
	}
	e := m.ev.Salient(s.sent, s.tok, types...)
	if e < 0 && r.typ == "event" {
		e = m.ev.Salient(s.sent, s.tok, graph.Agreement)
	}
	if e < 0 && slices.Contains(s.block.imply, r.name) {
		return m.implied(s, r)
	}
	if e < 0 {
		return nil
	}
	if year := m.lookBack(s.sent, s.tok, e); year != 0 && m.ev.Events[e].Type != graph.Proposal {
		x, ok := m.aside(s.sent, s.tok, year, m.ev.Events[e].Type)
		if !ok {
			return nil
		}
		return []filler{x}
	}
	x := m.inContext(s.sent, s.tok, e)
	x.fn, x.steps = "salient", 3
	return []filler{x}
}

// implied returns the event that the trigger tells of though neither it nor any
// other word of the article names it: "shuttled between the two camps".
func (m *matcher) implied(s *site, r role) []filler {
	x, ok := m.newEvent(s.sent, s.tok, eventTypes(r.typ)[0])
	if !ok {
		return nil
	}
	return []filler{x}
}
