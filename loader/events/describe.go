package events

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// keyWords set one event apart from another of its kind.
var keyWords = strings.Fields(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth last final next previous earlier
	past later another other separate parallel new preliminary follow-up subsequent original initial revised future
	further two three both`)

// describe sets what m's own words say of it: its span, keys, places, times,
// parties.
func (d *Doc) describe(m *Mention, t *grammar.Tree) {
	if !m.Verb {
		for _, k := range t.Kids(m.Tok) {
			switch t.Base(k) {
			case "det":
				m.definite = m.definite || slices.Contains([]string{"the", "this", "these", "that", "those", "both"}, t.Form(k))
			case "nmod":
				if t.Rel(k) == "nmod:poss" {
					m.definite = true
				}
			}
			if o := ordinalOf(t.Form(k)); o != "" && k == m.Tok+1 && m.kind == part {
				m.keys = append(m.keys, o) // "phase two"
			}
			if k < m.Tok && slices.Contains(keyWords, t.Form(k)) {
				m.keys = append(m.keys, t.Form(k))
			}
		}
		if m.Name == "" {
			m.From = d.descriptionStart(t, m.Tok)
			m.To = m.Tok + 1
			if end := d.understandingEnd(t, m.Tok); end > 0 {
				m.To = end
			}
		}
		d.quotedName(m, t)
		m.Aliases = append(m.Aliases, acronyms(t, m.Tok)...)
	}
	if m.Verb && m.Type == graph.Talks && slices.ContainsFunc(t.Kids(m.Tok), func(k int) bool { return k < m.Tok && t.Form(k) == "first" && t.Base(k) == "advmod" }) {
		m.keys = append(m.keys, "first") // "had first met"
	}
	d.circumstances(m, t, m.Tok)
	if h := t.Head(m.Tok); !m.Verb && h != sentence.Root && t.IsVerb(h) {
		switch t.Base(m.Tok) {
		case "obj", "nsubj":
			d.circumstances(m, t, h)
		}
	}
	for _, k := range t.Kids(m.Tok) {
		if t.Base(k) == "acl" && (t.IsPassive(k) || m.Type == graph.Talks && isHolding(t, k)) {
			d.circumstances(m, t, k) // "held in Oslo", "which sat at Washington two years ago"
		}
	}
	for _, k := range t.Kids(m.Tok) {
		if c := t.Case(k); t.Base(k) == "nmod" && k > m.Tok && (c == "on" || c == "about" || c == "over") && d.DateAt(m.Sentence, k) < 0 {
			m.topic = t.Lemma(k)
		}
	}
	d.findParties(m, t)
}

// isHolding reports whether clause k says of talks that they were held.
func isHolding(t *grammar.Tree, k int) bool {
	switch t.Lemma(k) {
	case "sit", "meet", "gather", "convene", "open", "begin", "start", "take", "end", "close", "last", "run":
		return t.Kid(k, "nsubj") >= 0 && t.XPOS(k) == "VBD"
	}
	return false
}

// descriptionStart returns the first token of the modifiers before noun tok.
func (d *Doc) descriptionStart(t *grammar.Tree, tok int) int {
	from := tok
	for _, k := range t.Kids(tok) {
		if k >= tok {
			break
		}
		switch t.Base(k) {
		case "amod", "compound", "nummod", "nmod":
			if t.Rel(k) == "nmod:poss" {
				continue
			}
			f, _ := t.Span(k, nil)
			from = min(from, f)
		}
	}
	return from
}

// understandingEnd returns the token behind "of understanding" and the like,
// which belong to the word before them, or 0.
func (d *Doc) understandingEnd(t *grammar.Tree, tok int) int {
	if tok+2 >= t.Len() || t.Form(tok+1) != "of" {
		return 0
	}
	switch t.Form(tok + 2) {
	case "understanding", "principles", "measures", "intent", "conduct", "cooperation", "friendship", "alliance", "surrender", "peace":
		return tok + 3
	}
	return 0
}

// quotedName takes a title in quotation marks that stands in apposition.
func (d *Doc) quotedName(m *Mention, t *grammar.Tree) {
	if m.Name != "" {
		return
	}
	for i := m.Tok + 1; i < t.Len() && i <= m.Tok+3; i++ {
		if f := t.S.Tokens[i].Form; f != "\"" && f != "“" && f != "''" && f != "``" {
			continue
		}
		for j := i + 1; j < t.Len(); j++ {
			if f := t.S.Tokens[j].Form; f == "\"" || f == "”" || f == "''" {
				if j-i > 2 && j-i < 14 && capital(t.S.Tokens[i+1].Form) && capital(t.S.Tokens[j-1].Form) {
					m.Name = strings.TrimRight(d.text(m.Sentence, i+1, j), ",.")
				}
				return
			}
		}
	}
}

// acronyms returns the capitals in brackets behind token tok's phrase.
func acronyms(t *grammar.Tree, tok int) []string {
	toks := t.S.Tokens
	for i := tok + 1; i+2 < len(toks) && i < tok+6; i++ {
		f := toks[i+1].Form
		if toks[i].Form == "(" && toks[i+2].Form == ")" && len(f) >= 2 && len(f) <= 8 && f == strings.ToUpper(f) && capital(f) {
			return []string{f}
		}
		if toks[i].Form == "," || t.IsVerb(i) {
			break
		}
	}
	return nil
}

// venuePrepositions stand before places.
var venuePrepositions = []string{"in", "at", "inside", "outside", "near", "on", "aboard"}

// circumstances adds the places and times that depend on token i.
func (d *Doc) circumstances(m *Mention, t *grammar.Tree, i int) {
	for _, a := range t.Args(i) {
		if w := d.DateAt(m.Sentence, a.Tok); w >= 0 && a.Func != grammar.Subject && a.Func != grammar.Object {
			if !slices.Contains(m.whens, w) {
				m.whens = append(m.whens, w)
			}
			continue
		}
		ok := slices.Contains(venuePrepositions, a.Func) || a.Func == grammar.Modifier && i == m.Tok
		if p, found := d.PlaceAt(m.Sentence, a.Tok); ok && found {
			if a.Func == grammar.Modifier && p.Type != graph.Place {
				continue
			}
			pl := place{id: p.Thing.ID, text: p.Thing.Label, prep: a.Func}
			if a.Func == grammar.Modifier {
				pl.prep = "in"
			}
			if !slices.ContainsFunc(m.places, func(q place) bool { return q.id == pl.id }) {
				m.places = append(m.places, pl)
			}
		}
	}
	for _, k := range t.Kids(i) {
		if w := d.DateAt(m.Sentence, k); w >= 0 && t.Base(k) != "nsubj" && t.Base(k) != "obj" && !slices.Contains(m.whens, w) {
			m.whens = append(m.whens, w)
		}
	}
}

// Located is a place that words name.
type Located struct {
	Thing   graph.Thing
	Type    graph.Type
	Entity  int // index into Coref.Entities
	Mention int // index into Coref.Mentions
}

// PlaceAt returns the place or state that the phrase headed by token tok names.
func (d *Doc) PlaceAt(sent, tok int) (Located, bool) {
	k := d.Coref.At(sent, tok)
	if k < 0 {
		k = d.Coref.Covering(sent, tok)
	}
	if k < 0 {
		return Located{}, false
	}
	m := &d.Coref.Mentions[k]
	if m.Entity == coref.Unresolved && m.Type == graph.Place && m.Kind == coref.Nominal {
		return d.describedPlace(sent, m)
	}
	if m.Entity == coref.Unresolved || m.Kind == coref.Demonym || m.Kind == coref.Pronoun {
		return Located{}, false
	}
	e := &d.Coref.Entities[m.Entity]
	if e.Thing.Type != graph.Place && e.Thing.Type != graph.State {
		return Located{}, false
	}
	return Located{Thing: e.Thing, Type: e.Thing.Type, Entity: m.Entity, Mention: k}, true
}

// towns are nouns for places that an article names once, often in its dateline.
var towns = []string{"town", "city", "village", "resort", "port", "suburb", "capital"}

// describedPlace returns the place that a description names: "the chateau of
// Rambouillet"; "the seaside town" is that of the dateline.
func (d *Doc) describedPlace(sent int, m *coref.Mention) (Located, bool) {
	t := d.Trees[sent]
	for _, k := range t.Kids(m.Head) {
		if t.Base(k) == "nmod" && t.Case(k) == "of" || t.Base(k) == "appos" {
			if j := d.Coref.At(sent, k); j >= 0 && d.Coref.Mentions[j].Kind == coref.Name && d.Coref.Mentions[j].Entity >= 0 {
				e := &d.Coref.Entities[d.Coref.Mentions[j].Entity]
				if e.Thing.Type == graph.Place {
					return Located{Thing: e.Thing, Type: graph.Place, Entity: d.Coref.Mentions[j].Entity, Mention: j}, true
				}
			}
		}
	}
	if slices.Contains(towns, t.Lemma(m.Head)) && t.Kid(m.Head, "det") >= 0 && t.Form(t.Kid(m.Head, "det")) == "the" {
		return d.Dateline()
	}
	return Located{}, false
}

// Dateline returns the place in which the article was filed, as its first
// words say: "NAIROBI (ENS) -".
func (d *Doc) Dateline() (Located, bool) {
	for i := range d.Coref.Sentences {
		s := &d.Coref.Sentences[i]
		if s.Headline {
			continue
		}
		end := datelineEnd(s)
		for k := range d.Coref.Mentions {
			m := &d.Coref.Mentions[k]
			if m.Sentence == i && m.To <= end && m.From == 0 && m.Entity >= 0 && d.Coref.Entities[m.Entity].Thing.Type == graph.Place {
				return Located{Thing: d.Coref.Entities[m.Entity].Thing, Type: graph.Place, Entity: m.Entity, Mention: k}, true
			}
		}
		return Located{}, false
	}
	return Located{}, false
}

// datelineEnd returns the token of the dash or colon that ends the dateline at
// the beginning of s, or 0 if there is none.
func datelineEnd(s *sentence.Sentence) int {
	for j := 1; j < len(s.Tokens) && j < 14; j++ {
		switch f := s.Tokens[j].Form; f {
		case "-", "–", "—", "--":
			if j+1 == len(s.Tokens) || s.Tokens[j].Spaced && s.Tokens[j-1].Spaced {
				return j
			}
		case ":":
			if s.Tokens[0].Form == strings.ToUpper(s.Tokens[0].Form) {
				return j
			}
		default:
			if s.Tokens[j].UPOS == "VERB" || s.Tokens[j].UPOS == "AUX" {
				return 0
			}
		}
	}
	return 0
}

// partyFunctions are the functions of an event noun that name its parties.
var partyFunctions = []string{"between", "with", "among", grammar.Subject, grammar.Prefix}

func (d *Doc) findParties(m *Mention, t *grammar.Tree) {
	args := t.Args(m.Tok)
	if h := t.Head(m.Tok); !m.Verb && h != sentence.Root && t.IsVerb(h) && t.Base(m.Tok) == "obj" {
		args = append(args, t.Args(h)...)
	}
	for _, a := range args {
		if !slices.Contains(partyFunctions, a.Func) {
			continue
		}
		k := d.Coref.At(m.Sentence, a.Tok)
		if k < 0 || d.Coref.Mentions[k].Entity < 0 || !d.Coref.Mentions[k].Type.IsActor() {
			continue
		}
		if id := d.Coref.Entities[d.Coref.Mentions[k].Entity].Thing.ID; !slices.Contains(m.parties, id) {
			m.parties = append(m.parties, id)
		}
	}
}

// ordinalOf returns the ordinal of a number behind "phase" or "annex", or "".
func ordinalOf(form string) string {
	ordinals := strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth")
	for _, list := range []string{"one two three four five six seven eight nine ten", "1 2 3 4 5 6 7 8 9 10", "i ii iii iv v vi vii viii ix x"} {
		if i := slices.Index(strings.Fields(list), form); i >= 0 {
			return ordinals[i]
		}
	}
	return ""
}
