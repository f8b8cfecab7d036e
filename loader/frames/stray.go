package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// Parsers hang what follows a list of parties on the last of them. These
// functions find it for the event that the parties belong to.

// strayArgs returns the phrases of place that hang on a party among args, those of
// an event noun, and are the event's: "talks between Chad and Libya in Tripoli".
func (m *matcher) strayArgs(sent int, args []grammar.Arg) []grammar.Arg {
	t := m.ev.Trees[sent]
	var out []grammar.Arg
	for _, a := range args {
		if a.Func != "between" && a.Func != "with" && a.Func != "among" {
			continue
		}
		k := m.doc.At(sent, a.Tok)
		if k < 0 || m.doc.Mentions[k].Kind != coref.Name || !m.doc.Mentions[k].Type.IsActor() {
			continue
		}
		for _, g := range t.Kids(a.Tok) {
			c := t.Case(g)
			if t.Base(g) != "nmod" || c != "in" && c != "at" || m.within(sent, g, a.Tok) {
				continue
			}
			if p, ok := m.ev.PlaceAt(sent, g); ok && p.Type == graph.Place {
				out = append(out, grammar.Arg{Func: c, Tok: g, Path: a.Path + "/nmod(" + c + ")", Steps: a.Steps + 1, Score: 0.9 * a.Score})
			}
		}
	}
	return out
}

// placeBehind returns the phrase of place directly behind a noun for talks that the
// parser hung on the verb: "an accord emerged from the talks in Oslo".
func (m *matcher) placeBehind(s *site) []grammar.Arg {
	t, i := s.t, s.tok+1
	if k := m.ev.At(s.sent, s.tok); k < 0 || m.ev.Mentions[k].Type != graph.Talks || m.ev.Mentions[k].Ceremony || i+1 >= t.Len() || t.Form(i) != "in" && t.Form(i) != "at" {
		return nil
	}
	for j := i + 1; j < min(i+5, t.Len()); j++ {
		if t.Head(i) != j || t.Base(j) != "obl" || t.Head(j) != t.Head(s.tok) {
			continue
		}
		if p, ok := m.ev.PlaceAt(s.sent, j); ok && p.Type == graph.Place {
			return []grammar.Arg{{Func: t.Form(i), Tok: j, Path: "next/obl(" + t.Form(i) + ")", Steps: 3, Score: 0.5}}
		}
	}
	return nil
}

// relativeEvent returns the event noun over a's token if a relative clause was
// taken to modify a party named behind it: "the talks between Chad and Libya,
// which were held in May". It returns -1 if there is none of the given types.
func (m *matcher) relativeEvent(s *site, a grammar.Arg, types []graph.Type) int {
	if !strings.Contains(a.Path, "<relcl") {
		return -1
	}
	for i, steps := s.t.Head(a.Tok), 0; i != sentence.Root && steps < 4; i, steps = s.t.Head(i), steps+1 {
		if s.t.IsVerb(i) {
			break
		}
		if k := m.ev.At(s.sent, i); k >= 0 && slices.Contains(types, m.ev.Mentions[k].Type) {
			return i
		}
	}
	return -1
}

// doer returns the subject of the clause that the trigger noun stands in behind
// "in" or "during": "staged a hunger strike in protest".
func (m *matcher) doer(s *site) []grammar.Arg {
	t := s.t
	if c := t.Case(s.tok); c != "in" && c != "during" {
		return nil
	}
	for i := t.Head(s.tok); i != sentence.Root; i = t.Head(i) {
		if !t.IsVerb(i) {
			continue
		}
		var out []grammar.Arg
		for _, a := range t.Args(i) {
			if a.Func == grammar.Subject {
				a.Path, a.Steps = a.Path+"<"+t.Lemma(i), a.Steps+1
				out = append(out, a)
			}
		}
		return out
	}
	return nil
}

// futures returns the clauses that complete the trigger and tell of what is to
// come: "warned that it would strike", not "warned that nothing was agreed".
func futures(s *site) []grammar.Arg {
	var out []grammar.Arg
	for _, a := range s.args {
		if a.Func != grammar.Complement {
			continue
		}
		to := s.t.Mark(a.Tok) == "to" || s.t.XPOS(a.Tok) == "VBG"
		if to || slices.ContainsFunc(s.t.Kids(a.Tok), func(k int) bool {
			return s.t.Base(k) == "aux" && s.t.XPOS(k) == "MD"
		}) {
			out = append(out, a)
		}
	}
	return out
}

// natures are nouns behind "of" that say what kind of paper an agreement is.
var natures = []string{"peace", "amity", "friendship", "alliance", "understanding", "commerce", "cooperation", "principle", "intent", "agreement",
	"hostility", "non-aggression", "neutrality", "cession", "surrender", "arbitration", "settlement"}

// innerArgs returns the phrases that hang on what an agreement is of and are the
// agreement's: "a treaty of peace and amity between Chile and Bolivia".
func innerArgs(t *grammar.Tree, tok int) []grammar.Arg {
	var out []grammar.Arg
	for _, a := range t.Args(tok) {
		if a.Func != "of" || !slices.Contains(natures, t.Lemma(a.Tok)) {
			continue
		}
		for _, b := range t.Args(a.Tok) {
			switch b.Func {
			case "between", "with", "among", "on", "in", "at":
				b.Path, b.Steps = a.Path+"/"+b.Path, b.Steps+1
				out = append(out, b)
			}
		}
	}
	return out
}
