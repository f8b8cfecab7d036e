package question

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/facts"
)

// describe makes terms of the things and events that the question names.
func (r *reading) describe() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Sentence != r.sent || m.Entity < 0 || r.d.Entities[m.Entity].Thing.ID == holeID {
			continue
		}
		switch m.Kind {
		case coref.Name, coref.Demonym, coref.Nominal:
			if !r.overlapsHole(m.From, m.To) {
				r.thing(m.Entity)
			}
		}
	}
	for i := range r.ev.Mentions {
		m := &r.ev.Mentions[i]
		if m.Sentence == r.sent && !m.Verb && m.Event >= 0 && !(r.hole.event && m.Tok == r.hole.tok) {
			r.eventTerm(m.Event)
		}
	}
}

func (r *reading) overlapsHole(from, to int) bool {
	return r.hole.kind != noHole && from < r.hole.to && to > r.hole.from
}

// thing returns the term of entity e.
func (r *reading) thing(e int) int {
	x := &r.d.Entities[e]
	if i, ok := r.terms[x.Thing.ID]; ok {
		return i
	}
	i := len(r.p.Terms)
	r.terms[x.Thing.ID] = i
	term := graph.Term{Kind: graph.ThingTerm, Type: x.Thing.Type, ID: x.Thing.ID, Text: x.Thing.Label, Names: slices.Clone(x.Thing.Aliases)}
	if e := facts.Default().Named(x.Thing.Label); e != nil && x.Thing.Type == graph.State {
		term.Forms = slices.Concat(e.Demonyms, e.Capitals)
	}
	if state := facts.Default().CapitalOf(x.Thing.Label); state != nil && x.Thing.Type == graph.Place {
		for _, of := range append([]string{state.Label + "'s"}, state.Demonyms...) {
			term.Forms = append(term.Forms, of+" capital") // "in the Armenian capital"
		}
	}
	r.p.Terms = append(r.p.Terms, term)
	var sides []int
	for _, s := range slices.Concat(x.Sides, x.Members) {
		if s >= 0 && s < len(r.d.Entities) && s != e {
			sides = append(sides, r.thing(s))
		}
	}
	r.p.Terms[i].Sides = sides
	for _, k := range x.Mentions {
		m := &r.d.Mentions[k]
		if m.Sentence != r.sent {
			continue
		}
		words := r.words(m.From, m.To)
		r.p.Terms[i].Definite = r.p.Terms[i].Definite || strings.HasPrefix(strings.ToLower(words), "the ")
		if text := strings.TrimPrefix(words, "the "); text != term.Text && !slices.Contains(r.p.Terms[i].Names, text) {
			r.p.Terms[i].Names = append(r.p.Terms[i].Names, text)
		}
		if m.Kind == coref.Nominal {
			r.p.Terms[i].Words = r.telling(m.From, m.To)
		}
		for tok := m.From; tok < m.To; tok++ {
			r.used[tok] = true
		}
	}
	return i
}

// eventTerm returns the term of event e.
func (r *reading) eventTerm(e int) int {
	if i, ok := r.event[e]; ok {
		return i
	}
	ev := &r.ev.Events[e]
	i := len(r.p.Terms)
	r.event[e] = i
	term := graph.Term{Kind: graph.EventTerm, Type: ev.Type, Text: ev.Name}
	for _, k := range ev.Mentions {
		m := &r.ev.Mentions[k]
		if m.Sentence != r.sent || m.Verb {
			continue
		}
		if term.Text == "" {
			term.Text = r.words(m.From, m.To)
		}
		if m.Name != "" {
			name := r.withoutPrincipal(m.Name, m.From)
			term.Names = append(term.Names, name)
			if term.Text == m.Name || term.Text == ev.Name {
				term.Text = name
			}
		}
		if det := r.t.Kid(m.Tok, "det"); det >= 0 && r.t.Form(det) == "the" {
			term.Definite = true
		}
		if k := r.t.Form(m.Tok); m.Name == "" && !slices.Contains(term.Kinds, k) {
			term.Kinds = append(term.Kinds, k)
		}
		for _, w := range r.telling(m.From, m.To) {
			if !slices.Contains(term.Words, w) && !slices.Contains(term.Kinds, w) {
				term.Words = append(term.Words, w)
			}
		}
		for tok := m.From; tok < m.To; tok++ {
			r.used[tok] = true
		}
	}
	if term.Text == "" {
		term.Text = strings.ToLower(string(ev.Type))
	}
	r.p.Terms = append(r.p.Terms, term)
	return i
}

// withoutPrincipal cuts from the name of an agreement, which begins at token
// from, the "for the PLO" that says for whom somebody signed it.
func (r *reading) withoutPrincipal(name string, from int) string {
	before, _, found := strings.Cut(name, " for ")
	if !found {
		return name
	}
	for i := from; i+1 < r.t.Len(); i++ {
		if r.t.Form(i) != "for" {
			continue
		}
		if r.t.UPOS(i+1) == "DET" {
			i++
		}
		if k := r.d.Covering(r.sent, i+1); k >= 0 && r.d.Mentions[k].Entity >= 0 && r.d.Mentions[k].Type.IsActor() {
			return before
		}
		break
	}
	return name
}

// telling returns the words of tokens from up to to that tell one thing from
// another, those of names left out.
func (r *reading) telling(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		if w := r.content(i); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// content returns token i as a telling word, or "" if it is a word of grammar, of
// a name, or one that every question about talks has.
func (r *reading) content(i int) string {
	t := r.t
	switch t.UPOS(i) {
	case "NOUN", "PROPN", "ADJ", "NUM", "VERB":
	case "X":
	default:
		if !strings.HasPrefix(t.XPOS(i), "NN") {
			return ""
		}
	}
	if k := r.d.Covering(r.sent, i); k >= 0 {
		m := &r.d.Mentions[k]
		if m.Entity >= 0 && (m.Kind == coref.Name || m.Kind == coref.Demonym) {
			return ""
		}
	}
	if slices.Contains(plainWords, t.Lemma(i)) || slices.Contains(plainWords, t.Form(i)) || len(t.Form(i)) < 2 {
		return ""
	}
	return t.Form(i)
}

// softWords set things apart in time and in the speaker's mind, and are seldom
// in the report itself.
var softWords = strings.Fields(`earlier previous former recent last latest several own current then main final initial further past
	later next more most secret`)

// plainWords are in so many questions that they narrow none.
var plainWords = strings.Fields(`talk talks negotiation negotiations agreement accord deal settlement pact meeting round session
	be have do make take part give hold say get go member party side country state group people person one
	mediate mediation mediator sign signing reject refuse accept host lead head chair broker propose agree
	process effort discussion dialogue deal peace between their his her other new dispute conflict row feud crisis`)
