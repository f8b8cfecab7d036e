package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/events"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// filler is what fills one role of a match.
type filler struct {
	entity  int    // index into coref.Doc.Entities, or -1
	event   int    // index into events.Doc.Events, or -1
	text    string // a literal
	when    *graph.When
	surface string      // the words of the sentence that name it
	link    *graph.Link // how they came to name it
	mention *coref.Mention
	tok     int
	fn      string
	path    string
	steps   int
	score   float64 // the parser's probability along the path
	prior   float64 // how sure the frame file is of the function
	salient bool
	parent  int // entity of the group that this filler is a member of, or -1
	partner int // 1 + the entity that alone this filler goes with, or 0
}

// matcher reads one article.
type matcher struct {
	lex    *lexicon
	doc    *coref.Doc
	ev     *events.Doc
	claims []draft
	made   int // the talks that led to the agreement of the lead, or -1

	reading *reading // what the model of roles says, or nil
}

// site is where a trigger stands.
type site struct {
	t     *grammar.Tree
	sent  int
	tok   int
	verb  int // of a noun that needs one: where that verb stands
	block *block
	args  []grammar.Arg
	echo  int // token of "did" in "A signed, B did not", whose subject it is about, or 0
}

// candidates returns the tokens that function fn of s finds.
func (m *matcher) candidates(s *site, fn string) []grammar.Arg {
	switch fn {
	case "self":
		return []grammar.Arg{{Func: fn, Tok: s.tok, Path: "self", Score: 1}}
	case "holder":
		if slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == "between" }) {
			return nil // who holds talks between others is no party
		}
		return m.governing(s, []string{"obj"}, holders, nil)
	case "goer":
		if !slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == "with" }) {
			return nil
		}
		return m.governing(s, []string{"obl"}, nil, []string{"for", "after", "following", "during"})
	case "doer":
		return m.doer(s)
	case "future":
		return futures(s)
	case "inside":
		return m.inside(s)
	case "bearer":
		return bearers(s)
	case "one":
		return oneOf(s)
	case "besides one":
		return besideOne(s)
	case "governor":
		return m.governors(s)
	}
	switch fn {
	case "underclause":
		return m.underClause(s)
	case "predicate":
		h := s.t.Head(s.tok)
		if s.t.Base(s.tok) != "nsubj" || h == sentence.Root || s.t.Kid(h, "cop") < 0 {
			return nil
		}
		return []grammar.Arg{{Func: fn, Tok: h, Path: "cop", Steps: 1, Score: 1}} // "the signatures were those of"
	case "with next":
		return m.withNext(s)
	case "nested between":
		return m.nestedBetween(s)
	case "subjunctive":
		return m.subjunctive(s)
	}
	if outer, inner, ok := strings.Cut(fn, ">"); ok {
		var out []grammar.Arg
		for _, a := range m.candidates(s, outer) {
			for _, b := range s.t.Args(a.Tok) {
				if b.Func == inner {
					b.Path, b.Steps, b.Score = a.Path+"/"+b.Path, a.Steps+b.Steps, a.Score*b.Score
					out = append(out, b)
				}
			}
		}
		return out
	}
	var out []grammar.Arg
	for _, a := range s.args {
		if a.Func == fn && !(fn == grammar.Complement && len(out) > 0 && s.t.Mark(a.Tok) == "" && s.t.Kid(a.Tok, "nsubj") >= 0 && s.t.Mark(out[0].Tok) == "that") {
			out = append(out, a)
		}
	}
	if fn == "under" && len(out) == 0 && s.block.class == "noun" && s.tok+2 < s.t.Len() && s.t.Form(s.tok+1) == "under" {
		for j := s.tok + 2; j < s.t.Len() && j < s.tok+7; j++ { // "by the team under X": hung on the verb
			if k := m.doc.At(s.sent, j); k >= 0 && m.doc.Mentions[k].From == s.tok+2 {
				return []grammar.Arg{{Func: fn, Tok: j, Path: "under", Steps: 1, Score: 0.9}}
			}
		}
	}
	return out
}

// holders are verbs whose subject is a party to the talks that are their object.
var holders = strings.Fields("hold have conduct resume begin start open continue renew break enter reopen restart end conclude finish wrap close complete adjourn")

// governing returns the surface subject of the verb that governs the trigger
// noun by one of rels, if the verb is one of lemmas and the case one of cases.
func (m *matcher) governing(s *site, rels, lemmas, cases []string) []grammar.Arg {
	t, i := s.t, s.tok
	for (t.Base(i) == "conj" || t.Base(i) == "nmod" && t.Case(i) == "of") && t.Head(i) != sentence.Root {
		i = t.Head(i) // "a round of talks"
	}
	h := t.Head(i)
	if h == sentence.Root || !t.IsVerb(h) || !slices.Contains(rels, t.Base(i)) {
		return nil
	}
	if lemmas != nil && !slices.Contains(lemmas, t.Lemma(h)) || cases != nil && !slices.Contains(cases, t.Case(i)) {
		return nil
	}
	want := grammar.Subject
	if t.IsPassive(h) && rels[0] == "obl" {
		want = grammar.Object
	}
	var out []grammar.Arg
	for _, a := range t.Args(h) {
		if a.Func == want {
			a.Path += "<" + t.Lemma(h)
			a.Steps++
			out = append(out, a)
		}
	}
	return out
}

// bearers returns of whom the phrase of token tok is said: the noun it hangs on, or the
// subject of the verb it hangs on. "A, at the head of B", "under X, A agreed".
func bearers(s *site) []grammar.Arg {
	t, tok := s.t, s.tok
	i := t.First(tok)
	h := t.Head(i)
	if h == sentence.Root || t.Base(i) != "nmod" && t.Base(i) != "obl" && t.Base(i) != "advcl" {
		if t.Kid(i, "cop") >= 0 {
			return subjects(t, i, "cop")
		}
		return nil
	}
	if t.IsNoun(h) && t.Kid(h, "cop") < 0 {
		var out []grammar.Arg
		for _, c := range t.Conjuncts(h) {
			if c < tok && t.IsNoun(c) {
				out = append(out, grammar.Arg{Func: "bearer", Tok: c, Path: "bearer", Steps: 1, Score: 0.9})
			}
		}
		return out
	}
	if s.block.class == "event" && t.IsVerb(h) && !slices.Contains([]string{"be", "remain", "stay"}, t.Lemma(h)) {
		return nil // "took part in the talks": the verb says in what way
	}
	return subjects(t, h, t.Lemma(h))
}

// subjects returns the surface subjects of verb or predicate i.
func subjects(t *grammar.Tree, i int, path string) []grammar.Arg {
	want := grammar.Subject
	if t.IsVerb(i) && t.IsPassive(i) {
		want = grammar.Object
	}
	var out []grammar.Arg
	for _, a := range t.Args(i) {
		if a.Func == want {
			a.Path, a.Steps = a.Path+"<"+path, a.Steps+1
			out = append(out, a)
		}
	}
	return out
}

// governors returns the event that the trigger's phrase hangs on, or that the verb it
// hangs on is or tells of: "reached an agreement under the eye of X".
func (m *matcher) governors(s *site) []grammar.Arg {
	t := s.t
	for i, steps := t.First(s.tok), 1; steps < 4; steps++ {
		h := t.Head(i)
		if h == sentence.Root {
			return nil
		}
		if m.ev.At(s.sent, h) >= 0 {
			return []grammar.Arg{{Func: "governor", Tok: h, Path: "governor", Steps: steps, Score: 0.9}}
		}
		if t.IsVerb(h) {
			for _, a := range t.Args(h) {
				if (a.Func == grammar.Object || a.Func == grammar.Subject || a.Func == "to" || a.Func == "on") && m.ev.At(s.sent, a.Tok) >= 0 {
					a.Path, a.Steps = "governor/"+a.Path, a.Steps+steps
					return []grammar.Arg{a}
				}
			}
			return nil
		}
		i = t.First(h)
	}
	return nil
}

// inside returns the events spoken of in the clause that completes the trigger.
func (m *matcher) inside(s *site) []grammar.Arg {
	var out []grammar.Arg
	seen := map[int]bool{}
	var walk func(c int, path string, depth int)
	walk = func(c int, path string, depth int) {
		for _, a := range s.t.Args(c) {
			switch {
			case m.ev.At(s.sent, a.Tok) >= 0 && a.Func != grammar.Subject && !seen[a.Tok]:
				seen[a.Tok] = true
				a.Path, a.Steps = path+"/"+a.Path, a.Steps+1
				out = append(out, a)
			case a.Func == grammar.Complement && depth < 2:
				walk(a.Tok, path+"/complement", depth+1)
			}
		}
	}
	for _, a := range s.args {
		if a.Func == grammar.Complement {
			walk(a.Tok, "complement", 0)
		}
	}
	return out
}

// fill returns what fills the role of f.
func (m *matcher) fill(s *site, r role, f filling) []filler {
	var out []filler
	for _, src := range f.sources {
		if src.fallback && len(out) > 0 {
			continue
		}
		if r.typ == "date" {
			out = append(out, m.times(s, src)...)
			continue
		}
		if r.typ == "place" && src.fn == "in" {
			out = append(out, m.nested(s, out)...)
			out = append(out, m.settings(s)...)
		}
		var found []filler
		for _, a := range m.candidates(s, src.fn) {
			for _, x := range m.resolve(s, r, a) {
				x.fn, x.path, x.steps, x.score, x.prior = src.fn, a.Path, a.Steps, a.Score, src.prior
				found = append(found, x)
			}
		}
		if src.pair && len(found) < 2 {
			continue
		}
		out = append(out, found...)
	}
	return out
}

// resolve returns the things or texts that a stands for in role r.
func (m *matcher) resolve(s *site, r role, a grammar.Arg) []filler {
	switch r.typ {
	case "actor", "person", "body":
		return m.withListed(s, a, m.actors(s.sent, a.Tok, r.typ), r.typ)
	case "place":
		return m.places(s, a)
	case "text":
		if x, ok := m.textOf(s, a); ok {
			return []filler{x}
		}
		return nil
	case "target":
		if xs := m.actors(s.sent, a.Tok, "actor"); len(xs) > 0 {
			return xs
		}
		if x, ok := m.textOf(s, a); ok && m.ev.At(s.sent, a.Tok) < 0 {
			return []filler{x}
		}
		return nil
	case "thing":
		if xs := m.actors(s.sent, a.Tok, "actor"); len(xs) > 0 {
			return xs
		}
		if x, ok := m.eventOf(s, a, eventTypes("any")); ok {
			return []filler{x}
		}
		if x, ok := m.textOf(s, a); ok {
			return []filler{x}
		}
		return nil
	}
	if x, ok := m.eventOf(s, a, eventTypes(r.typ)); ok {
		return []filler{x}
	}
	if r.create {
		return m.created(s, a)
	}
	return nil
}

func eventTypes(t roleType) []graph.Type {
	switch t {
	case "talks":
		return []graph.Type{graph.Talks}
	case "agreement":
		return []graph.Type{graph.Agreement}
	case "proposal":
		return []graph.Type{graph.Proposal}
	case "event":
		return []graph.Type{graph.Talks, graph.Agreement}
	case "deal":
		return []graph.Type{graph.Agreement, graph.Proposal}
	}
	return []graph.Type{graph.Talks, graph.Agreement, graph.Proposal}
}

// eventOf returns the event that a's words name.
func (m *matcher) eventOf(s *site, a grammar.Arg, types []graph.Type) (filler, bool) {
	k := m.ev.At(s.sent, a.Tok)
	if k < 0 && a.Func != "self" {
		if slices.Contains(aspects, s.t.Lemma(a.Tok)) {
			for _, b := range s.t.Args(a.Tok) {
				if b.Func == "of" || b.Func == grammar.Possessor {
					if x, ok := m.eventOf(s, b, types); ok {
						return x, true
					}
				}
			}
		}
		if i := m.relativeEvent(s, a, types); i >= 0 {
			a.Tok = i
			return m.eventOf(s, a, types)
		}
		return m.eventPronoun(s, a, types)
	}
	if k < 0 {
		return filler{}, false
	}
	em := &m.ev.Mentions[k]
	if !slices.Contains(types, em.Type) {
		if em.Ceremony && a.Func != "self" { // "with the signing of a treaty"
			for _, b := range s.t.Args(a.Tok) {
				if x, ok := m.eventOf(s, b, types); ok && b.Func == "of" {
					return x, true
				}
			}
		}
		return filler{}, false
	}
	return filler{entity: -1, event: em.Event, tok: a.Tok, surface: m.surfaceOf(em), parent: -1}, true
}

// aspects are nouns that stand for the paper they are an aspect of.
var aspects = []string{"outline", "term", "text", "detail", "draft", "version", "wording", "provision", "content", "outcome", "signing",
	"conclusion", "copy", "part", "core", "body", "resumption", "opening", "start", "end", "close"}

// eventPronoun resolves "it", "which" and "them" to the event last spoken of.
func (m *matcher) eventPronoun(s *site, a grammar.Arg, types []graph.Type) (filler, bool) {
	switch s.t.Form(a.Tok) {
	case "it", "they", "this", "that", "which", "them", "one", "so":
		if isExpletive(s.t, a.Tok) {
			return filler{}, false
		}
	default:
		return filler{}, false
	}
	if k := m.doc.At(s.sent, a.Tok); k >= 0 && m.doc.Mentions[k].Entity >= 0 && (s.t.Form(a.Tok) == "they" || s.t.Form(a.Tok) == "them") {
		return filler{}, false
	}
	e := m.ev.Salient(s.sent, a.Tok, types...)
	if e < 0 {
		return filler{}, false
	}
	return filler{entity: -1, event: e, tok: a.Tok, surface: m.form(s.sent, a.Tok), link: m.contextLink(e, "pronoun"), parent: -1, salient: true}, true
}

// created returns a new proposal made of a noun phrase or clause that is no known
// event: what somebody rejects is something that was proposed.
func (m *matcher) created(s *site, a grammar.Arg) []filler {
	clause := a.Func == grammar.Complement || a.Func == "subjunctive"
	if !clause && (!s.t.IsNoun(a.Tok) || s.t.UPOS(a.Tok) == "PRON") || len(m.actors(s.sent, a.Tok, "actor")) > 0 && !m.isNewBody(s, a.Tok) {
		return nil
	}
	x, ok := m.textOf(s, a)
	if !ok || len(x.text) < 4 {
		return nil
	}
	x.event = m.ev.Create(s.sent, a.Tok, graph.Proposal, x.text)
	x.surface, x.text = x.text, ""
	return []filler{x}
}

// isNewBody reports whether token tok names a body that the trigger proposes: "a joint
// commission".
func (m *matcher) isNewBody(s *site, tok int) bool {
	k := m.doc.At(s.sent, tok)
	det := s.t.Kid(tok, "det")
	return s.block.frame.name == "proposing" && k >= 0 && m.doc.Mentions[k].Kind == coref.Nominal && det >= 0 && (s.t.Form(det) == "a" || s.t.Form(det) == "an")
}

// form returns token tok as written.
func (m *matcher) form(sent, tok int) string { return m.doc.Sentences[sent].Tokens[tok].Form }

// words returns the article's text from token from up to token to.
func (m *matcher) words(sent, from, to int) string {
	toks := m.doc.Sentences[sent].Tokens
	return strings.Join(strings.Fields(m.doc.Article.Text[toks[from].Start:toks[to-1].End]), " ")
}
