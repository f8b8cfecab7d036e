package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/events"
	"parley/loader/grammar"
	"parley/loader/stance"
)

// journey says which of a traveller's places is that of talks which a
// preposition joins to the verb: who leaves a place after talks talked there,
// who arrives somewhere after talks did not.
type journey struct {
	verbs  []string // lemmas
	places []string // functions of the place, "object" or a preposition
	joins  []string // prepositions before the talks
}

// journeys returns the ways to tell of talks by telling of a journey.
func journeys() []journey {
	return []journey{
		{strings.Fields("visit tour"), []string{grammar.Object}, strings.Fields("after following for during amid")},
		{strings.Fields("leave depart exit quit"), []string{grammar.Object, "from"}, strings.Fields("after following")},
		{strings.Fields("return fly head travel"), []string{"from"}, strings.Fields("after following")},
		{strings.Fields("arrive land"), []string{"in", "at"}, strings.Fields("for before during amid")},
		{strings.Fields("travel fly go come head return journey"), []string{"to"}, strings.Fields("for during")},
		{strings.Fields("reach enter"), []string{grammar.Object}, strings.Fields("for")},
		{gatherings, []string{"in", "at"}, strings.Fields("for during")},
	}
}

// gatherings are verbs for coming together: talks are then when it was.
var gatherings = strings.Fields("gather assemble convene reconvene congregate")

// visits drafts that talks were held where a party went for them or left after
// them, if no words say where they were.
func (m *matcher) visits() {
	for i := range m.ev.Mentions {
		em := &m.ev.Mentions[i]
		if em.Type != graph.Talks || em.Verb || em.Ceremony || em.Created || m.placed(em.Event) {
			continue
		}
		t := m.ev.Trees[em.Sentence]
		join := before(t, em)
		if join < 1 {
			continue
		}
		for v := join - 1; v >= 0; v-- {
			if !t.IsVerb(v) || t.UPOS(v) == "AUX" || t.UPOS(v) == "ADP" {
				continue
			}
			if !isTravel(t.Lemma(v)) || !m.visit(em, t, v, t.Form(join)) {
				if isTravel(t.Lemma(v)) {
					continue // "visited Cairo departed … after talks"
				}
			}
			break
		}
	}
}

func isTravel(lemma string) bool {
	return slices.ContainsFunc(journeys(), func(j journey) bool { return slices.Contains(j.verbs, lemma) })
}

// before returns the token of the preposition directly before the noun phrase of
// em, over "a round of" and its like, or -1.
func before(t *grammar.Tree, em *events.Mention) int {
	for i := em.Tok - 1; i >= 0 && i > em.Tok-10; i-- {
		switch t.UPOS(i) {
		case "DET", "ADJ", "NUM", "NOUN", "PROPN", "PUNCT", "PRON", "PART":
			if t.UPOS(i) == "PUNCT" && t.Form(i) != "-" {
				return -1
			}
			continue
		}
		if t.Form(i) == "of" {
			continue
		}
		if t.IsVerb(i) && t.Base(i) == "amod" {
			continue
		}
		return i
	}
	return -1
}

// visit drafts that the talks em were held where the traveller of verb v went or
// came from, and reports whether the words say so.
func (m *matcher) visit(em *events.Mention, t *grammar.Tree, v int, join string) bool {
	st := stance.Of(t, v)
	if st.Denied {
		return false
	}
	args := t.Args(v)
	if !slices.ContainsFunc(args, func(a grammar.Arg) bool {
		return a.Func == grammar.Subject && len(m.actors(em.Sentence, a.Tok, "actor")) > 0
	}) {
		return false
	}
	for _, j := range journeys() {
		if !slices.Contains(j.verbs, t.Lemma(v)) || !slices.Contains(j.joins, join) {
			continue
		}
		for _, a := range args {
			if !slices.Contains(j.places, a.Func) || a.Tok > em.Tok {
				continue
			}
			for _, p := range m.places(&site{t: t, sent: em.Sentence, tok: v}, a) {
				d := draft{predicate: graph.HeldIn, object: p, stance: st, sent: em.Sentence, tok: em.Tok, via: -1}
				d.subject = filler{entity: -1, event: em.Event, surface: m.words(em.Sentence, em.From, em.To), tok: em.Tok, path: "visit", prior: 0.85, score: 1, parent: -1}
				d.rule, d.fixed = "visit/"+t.Lemma(v)+"."+join, visitConfidence
				m.eventStance(&d)
				d.speakers = m.speakers(em.Sentence, d.stance.Speakers)
				if info, _ := d.predicate.Info(); m.allowed(info, d.subject, d.object) {
					m.claims = append(m.claims, d)
					return true
				}
			}
		}
	}
	return false
}

// visitConfidence is how sure it is that talks were held where somebody went for
// them: he may have met some of those concerned elsewhere.
const visitConfidence = 0.75

// listedMediators drafts that officials of a state whom a travelling party met
// together with mediators mediated with them: "the delegation left after talks
// with Freedonian officials and Sylvanian mediators".
func (m *matcher) listedMediators() {
	for i := range m.doc.Mentions {
		med := &m.doc.Mentions[i]
		t := m.ev.Trees[med.Sentence]
		if med.From < 2 || t.Lemma(med.Head) != "mediator" || t.Form(med.From-1) != "and" || med.Entity < 0 {
			continue
		}
		k := m.listedBefore(t, med.Sentence, med.From-1)
		if k < 0 {
			continue
		}
		off := &m.doc.Mentions[k]
		for j := range m.ev.Mentions {
			em := &m.ev.Mentions[j]
			if em.Sentence != med.Sentence || em.Type != graph.Talks || em.Tok+2 != off.From && em.Tok+1 != off.From-1 || !em.Stance.IsFact() || !m.visited(em.Event, med.Sentence) {
				continue
			}
			d := draft{predicate: graph.Mediated, sent: em.Sentence, tok: em.Tok, via: -1, rule: "listed-mediator/" + t.Lemma(off.Head), fixed: listedConfidence}
			d.subject = filler{entity: off.Entity, event: -1, surface: m.words(off.Sentence, off.From, off.To), link: off.Link, mention: off, tok: off.Head, parent: -1}
			d.object = filler{entity: -1, event: em.Event, surface: m.words(em.Sentence, em.From, em.To), tok: em.Tok, parent: -1}
			m.claims = append(m.claims, d)
			break
		}
	}
}

// listedConfidence is how sure it is that who is listed with mediators mediates.
const listedConfidence = 0.6

// listedBefore returns the mention of a state's officials that "and" at token end
// goes on from, over ", led by NAME", or -1.
func (m *matcher) listedBefore(t *grammar.Tree, sent, end int) int {
	for k := range m.doc.Mentions {
		mm := &m.doc.Mentions[k]
		if mm.Sentence != sent || mm.Entity < 0 || mm.To > end || mm.From < 1 || t.Lemma(mm.Head) != "official" || t.Form(mm.From-1) != "with" {
			continue
		}
		e := &m.doc.Entities[mm.Entity]
		if len(e.Sides) != 1 || e.Sides[0] < 0 || m.doc.Entities[e.Sides[0]].Thing.Type != graph.State {
			continue
		}
		i := mm.To
		if i+2 < end && t.Form(i) == "," && t.Form(i+1) == "led" && t.Form(i+2) == "by" {
			for i += 3; i < end && t.Form(i) != "," && !t.IsVerb(i); i++ {
			}
		}
		if i == end || i == end-1 && t.Form(i) == "," {
			return k
		}
	}
	return -1
}

// visited reports whether sentence sent puts event e where a party travelled.
func (m *matcher) visited(e, sent int) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		travel := strings.HasPrefix(d.rule, "visit/") || strings.HasPrefix(d.rule, "talking/depart") || strings.HasPrefix(d.rule, "talking/leave") || strings.HasPrefix(d.rule, "talking/visit")
		return d.predicate == graph.HeldIn && d.subject.event == e && d.sent <= sent && travel && d.stance.IsFact()
	})
}

// departures drafts that talks ended on the day on which a party left after them.
func (m *matcher) departures() {
	for i := range m.ev.Mentions {
		em := &m.ev.Mentions[i]
		t := m.ev.Trees[em.Sentence]
		if em.Type != graph.Talks || em.Verb || em.Ceremony || em.Created || !em.Stance.IsFact() {
			continue
		}
		join := before(t, em)
		if join < 1 || t.Form(join) != "after" && t.Form(join) != "following" {
			continue
		}
		for v := join - 1; v >= max(0, join-6); v-- {
			w := m.ev.DateAt(em.Sentence, v)
			if w < 0 || m.ev.Dates[w].When.Start == "" && !m.ev.Dates[w].Partial {
				continue
			}
			verb := m.ev.Dates[w].From - 1
			if verb > 0 && t.Form(verb) == "on" {
				verb--
			}
			if st := stance.Of(t, max(verb, 0)); verb < 0 || t.Lemma(verb) != "leave" && t.Lemma(verb) != "depart" || !st.IsFact() {
				break
			}
			when := m.ev.Dates[w].When
			if when.Start == "" { // no year is made up: the words stay with the place
				m.dateVisit(em, &when)
				break
			}
			d := draft{predicate: graph.EndedOn, sent: em.Sentence, tok: em.Tok, via: -1, rule: "visit/" + t.Lemma(verb) + ".date", fixed: visitConfidence, when: &when}
			d.subject = filler{entity: -1, event: em.Event, surface: m.words(em.Sentence, em.From, em.To), tok: em.Tok, parent: -1}
			d.object = filler{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: v, parent: -1}
			m.claims = append(m.claims, d)
			break
		}
	}
}

// dateVisit notes in the claim that talks em were where somebody left after them
// that this was at the time when.
func (m *matcher) dateVisit(em *events.Mention, when *graph.When) {
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate == graph.HeldIn && d.subject.event == em.Event && d.sent == em.Sentence && d.when == nil && strings.HasPrefix(d.rule, "visit/") {
			d.when = when
		}
	}
}
