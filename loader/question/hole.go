package question

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// holeID is the id of what stands in the place of the question word.
const holeID graph.ID = "person/the-one-asked-for"

// hole is the question word with the noun that belongs to it.
type hole struct {
	kind     holeKind
	tok      int // its head: "who", the "states" of "which states"
	from, to int // tokens, half open
	typ      graph.Type
	event    bool // the noun is an event's: "which talks"
}

type holeKind uint8

const (
	noHole holeKind = iota
	who
	which // which or what or whose with a noun
	what
	where
	when
)

// findHole returns the first question word of the sentence, which stands at its
// beginning or behind a preposition there.
func (r *reading) findHole() hole {
	t := r.t
	for i := 0; i < t.Len() && i < 4; i++ {
		h := hole{tok: i, from: i, to: i + 1}
		switch t.Form(i) {
		case "who", "whom":
			h.kind, h.typ = who, graph.Person
			return h
		case "where":
			h.kind = where
			return h
		case "when":
			h.kind = when
			return h
		case "which", "what", "whose":
			return r.nounHole(h)
		}
	}
	return hole{}
}

// nounHole returns the hole that begins with the "which", "what" or "whose" of h.
func (r *reading) nounHole(h hole) hole {
	t, i := r.t, h.tok
	h.kind = what
	n := -1
	for j := i + 1; j < t.Len() && j < i+5 && (t.UPOS(j) == "ADJ" || t.IsNoun(j) && t.UPOS(j) != "PRON"); j++ {
		if t.IsNoun(j) {
			n = j
		}
	}
	if n < 0 {
		return h
	}
	switch t.Lemma(n) {
	case "day", "date", "year", "month", "time":
		h.kind, h.to = when, n+1
		return h
	case "place", "city", "town", "venue", "location", "capital", "village", "building":
		h.kind, h.to = where, n+1
		return h
	}
	h.kind, h.tok, h.to = which, n, n+1
	h.typ = nounType(t.Lemma(n))
	return h
}

// mend repairs what the parser, which has read few questions, gets wrong in them:
// the noun behind "which" taken for a verb, a fronted object taken for a second
// subject, the passive behind "by whom".
func mend(s *sentence.Sentence) {
	mendNoun(s)
	toks := s.Tokens
	for i := range toks {
		switch t := &toks[i]; {
		case i > 3:
			return
		case t.Rel == "nsubj" && t.Head > i && hasAuxiliary(s, i) && secondSubject(s, i):
			t.Rel = "obj" // "which agreements did Sudan sign"
		case i > 0 && t.Head > i && strings.EqualFold(toks[i-1].Form, "by") && strings.EqualFold(t.Form, "whom"):
			t.Rel = "obl:agent"
			for k := range toks {
				switch c := &toks[k]; {
				case c.Head != t.Head:
				case c.Rel == "nsubj":
					c.Rel = "nsubj:pass"
				case c.Rel == "cop" || c.Rel == "aux":
					c.Rel = "aux:pass"
				}
			}
		}
	}
}

// hasAuxiliary reports whether "did" or the like follows the phrase headed by token i.
func hasAuxiliary(s *sentence.Sentence, i int) bool {
	return i+1 < len(s.Tokens) && s.Tokens[i+1].UPOS == "AUX" && s.Tokens[i+1].Lemma != "be"
}

// secondSubject reports whether the head of token i has another subject behind it.
func secondSubject(s *sentence.Sentence, i int) bool {
	for k := i + 1; k < len(s.Tokens); k++ {
		if s.Tokens[k].Head == s.Tokens[i].Head && s.Tokens[k].Rel == "nsubj" {
			return true
		}
	}
	return false
}

// mendNoun makes a noun of the word behind "which" where the tagger took it for a
// verb, as in "which states hosted the talks", and the subject of the next verb.
func mendNoun(s *sentence.Sentence) {
	for i := 0; i+2 < len(s.Tokens) && i < 3; i++ {
		w, n := &s.Tokens[i], &s.Tokens[i+1]
		if f := strings.ToLower(w.Form); f != "which" && f != "what" {
			continue
		}
		noun := strings.TrimSuffix(strings.ToLower(n.Form), "s")
		if _, ok := coref.NounType(noun); !ok || n.UPOS != "AUX" && n.UPOS != "VERB" {
			return
		}
		v := n.Head
		if v < 0 || v <= i+1 {
			for v = i + 2; v < len(s.Tokens) && s.Tokens[v].UPOS != "VERB"; v++ {
			}
		}
		if v >= len(s.Tokens) {
			return
		}
		if n.Head == sentence.Root {
			s.Tokens[v].Head, s.Tokens[v].Rel = sentence.Root, "root"
		}
		for k := range s.Tokens {
			if s.Tokens[k].Head == i+1 && k != v {
				s.Tokens[k].Head = v
			}
		}
		n.UPOS, n.XPOS, n.Lemma, n.Head, n.Rel = "NOUN", "NNS", noun, v, "nsubj"
		w.UPOS, w.XPOS, w.Head, w.Rel = "DET", "WDT", i+1, "det"
		return
	}
}

// nounType returns the type of what the noun of a "which" asks for.
func nounType(lemma string) graph.Type {
	switch lemma {
	case "country", "state", "nation", "government", "power":
		return graph.State
	case "person", "politician", "mediator", "leader":
		return graph.Person
	}
	if t, ok := coref.NounType(lemma); ok {
		return t
	}
	if len(coref.PostPredicates(lemma)) > 0 {
		return graph.Person
	}
	return graph.Organisation
}

// place makes the hole stand for a thing, so that the frames fill their roles
// with it, and says in the pattern what is asked for.
func (r *reading) place() {
	h, t := &r.hole, r.t
	hole := &r.p.Hole
	if h.kind == noHole {
		return
	}
	r.p.Form = graph.AsksThings
	hole.Word = strings.ToLower(r.words(h.from, h.to))
	for i := h.from; i < h.to; i++ {
		r.used[i] = true
	}
	switch h.kind {
	case who:
		hole.Types = []graph.Type{graph.Person, graph.Organisation, graph.State, graph.Group}
		hole.Person = true
	case where:
		hole.Types = []graph.Type{graph.Place, graph.State}
		return
	case when:
		hole.Datatype = "date"
		return
	case what:
		return
	case which:
		hole.Types = typesFor(h.typ)
		hole.Person = h.typ == graph.Person
	}
	if h.kind == which {
		if isEventNoun(t, h.tok) {
			h.event = true
			hole.Types = []graph.Type{graph.Talks, graph.Agreement, graph.Proposal}
			return
		}
	}
	typ := h.typ
	if typ == graph.Place {
		typ = graph.State
	}
	thing := graph.Thing{ID: holeID, Type: typ, Label: hole.Word}
	r.d.Place(coref.Mention{Sentence: r.sent, From: h.from, To: h.to, Head: h.tok, Kind: coref.Name, Type: typ}, thing)
	r.p.Terms[0].Type = typ
}

// typesFor returns the types that may answer for a noun of type t.
func typesFor(t graph.Type) []graph.Type {
	switch t {
	case graph.Person:
		return []graph.Type{graph.Person, graph.Group}
	case graph.State:
		return []graph.Type{graph.State}
	case graph.Place:
		return []graph.Type{graph.Place, graph.State}
	}
	return []graph.Type{graph.Organisation, graph.Group}
}

// eventNouns name talks, agreements and proposals in "which talks".
var eventNouns = []string{"talk", "negotiation", "meeting", "summit", "conference", "round", "dialogue", "discussion", "process", "mediation",
	"agreement", "accord", "deal", "treaty", "pact", "ceasefire", "truce", "declaration", "protocol", "settlement", "memorandum", "armistice",
	"proposal", "plan", "offer", "draft", "initiative", "document", "text", "package", "compromise"}

func isEventNoun(t *grammar.Tree, tok int) bool {
	return slices.Contains(eventNouns, t.Lemma(tok)) || slices.Contains(eventNouns, strings.TrimSuffix(t.Form(tok), "s"))
}

// words returns the question's words from token from up to token to.
func (r *reading) words(from, to int) string {
	toks := r.d.Sentences[r.sent].Tokens
	return r.d.Article.Text[toks[from].Start:toks[to-1].End]
}
