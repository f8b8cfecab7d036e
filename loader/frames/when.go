package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/dates"
	"parley/loader/events"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// sceneConfidence is how sure it is that a signing was on the day of the scene in
// which it is told. Counted on the project's labelled articles.
const sceneConfidence = 0.7

// sceneDates drafts when an agreement was signed from the scene in which the
// signing is told, if no words of its own say when: the clause over it ("ended on
// Thursday at the palace, where they signed"), the sentence before that speaks of
// the same agreement, or the lead.
func (m *matcher) sceneDates() {
	lead := m.leadDate()
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.predicate != graph.Signed && d.predicate != graph.AgreedTo || !d.stance.IsFact() || d.when != nil || d.via >= 0 || d.object.event < 0 || m.conf(&d) < 0.5 || m.isDated(d.object.event) {
			continue
		}
		w := m.sceneDate(&d)
		if w < 0 && lead >= 0 && d.predicate == graph.Signed && m.isScene(&d) {
			w = lead
		}
		if w < 0 {
			continue
		}
		e := &m.ev.Dates[w]
		when := e.When
		c := d
		c.predicate, c.subject, c.when, c.via = graph.SignedOn, d.object, &when, i
		if d.predicate == graph.AgreedTo {
			c.predicate = graph.AgreedOn
		}
		c.rule, c.fixed = "scene/"+d.rule, sceneConfidence
		c.object = filler{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: d.tok, parent: -1}
		if e.Sentence != d.sent {
			c.object.link = m.link("context", e.Sentence, e.From, e.To)
			c.object.surface = m.form(d.sent, d.tok)
		}
		m.claims = append(m.claims, c)
	}
}

// isDated reports whether a claim says when agreement e was signed or agreed.
func (m *matcher) isDated(e int) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return (d.predicate == graph.SignedOn || d.predicate == graph.AgreedOn) && d.subject.event == e && !d.stance.Denied
	})
}

// dayOf returns the time expression that says on which day verb v of sentence sent
// was, or -1.
func (m *matcher) dayOf(sent, v int) int {
	t := m.ev.Trees[sent]
	for _, k := range t.Kids(v) {
		switch t.Base(k) {
		case "obl", "advmod", "nmod":
		default:
			continue
		}
		if w := m.ev.DateAt(sent, k); w >= 0 && len(m.ev.Dates[w].When.Start) == len("2005-01-27") && isOn(t.Case(k)) {
			return w
		}
	}
	return -1
}

// monthOrDayOf returns the time expression that says in which month or on which day
// verb v of sentence sent was, or -1.
func (m *matcher) monthOrDayOf(sent, v int) int {
	t := m.ev.Trees[sent]
	for _, k := range t.Kids(v) {
		if w := m.ev.DateAt(sent, k); w >= 0 && len(m.ev.Dates[w].When.Start) >= len("2005-01") && isOn(t.Case(k)) {
			return w
		}
	}
	return -1
}

// isOn reports whether preposition prep before a time says when something was, and
// not since when or until when.
func isOn(prep string) bool {
	switch prep {
	case "", "on", "in", "at", "late on", "early on", "during", "with":
		return true
	}
	return false
}

// sceneDate returns the time expression of the clause over that of d, or of the
// clause in the sentence before that speaks of the same agreement, or -1.
func (m *matcher) sceneDate(d *draft) int {
	t := m.ev.Trees[d.sent]
	for i := d.tok; t.Head(i) != sentence.Root; i = t.Head(i) {
		switch t.Base(i) {
		case "acl", "conj":
		case "advcl":
			if slices.Contains(apart, t.Mark(i)) {
				return -1 // "on Friday, a day after they signed"
			}
		default:
			continue
		}
		for h := t.Head(i); h != sentence.Root; h = t.Head(h) {
			if t.IsVerb(h) {
				if w := m.dayOf(d.sent, h); w >= 0 {
					return w
				}
				break
			}
		}
	}
	for k := len(m.ev.Mentions) - 1; k >= 0; k-- {
		em := &m.ev.Mentions[k]
		if em.Event != d.object.event || em.Sentence != d.sent-1 || m.doc.Sentences[em.Sentence].Headline {
			continue
		}
		if w := m.dayOver(em); w >= 0 {
			return w
		}
	}
	return -1
}

// apart are conjunctions whose clause is at another time than the one over it.
var apart = []string{"after", "before", "since", "until", "till", "if", "unless", "once"}

// dayOver returns the day of the nearest clause over mention em that has one, or -1.
func (m *matcher) dayOver(em *events.Mention) int {
	t := m.ev.Trees[em.Sentence]
	for i := em.Tok; i != sentence.Root; i = t.Head(i) {
		if t.IsVerb(i) {
			if w := m.dayOf(em.Sentence, i); w >= 0 {
				return w
			}
		}
	}
	return -1
}

// leadDate returns the time expression that says on which day the act of the
// article's lead was, or -1.
func (m *matcher) leadDate() int {
	for i := range m.doc.Sentences {
		if m.doc.Sentences[i].Headline {
			continue
		}
		t := m.ev.Trees[i]
		for v := range t.Len() {
			if t.Base(v) != "root" || t.Kid(v, "aux") >= 0 && !t.IsPassive(v) {
				continue
			}
			if w := m.dayOf(i, v); w >= 0 {
				return w
			}
		}
		if len(m.doc.Sentences[i].Tokens) > 12 { // what is shorter may be the dateline
			break
		}
	}
	return -1
}

// isScene reports whether d is told as a part of the scene of the lead: near it, in
// the plain past, and without any other time.
func (m *matcher) isScene(d *draft) bool {
	t := m.ev.Trees[d.sent]
	if d.sent > 2*leadSentences || t.XPOS(verbOf(t, d.tok)) != "VBD" && !isPlainPassive(t, verbOf(t, d.tok)) {
		return false
	}
	if m.ev.Events[d.object.event].PartOf >= 0 || slices.ContainsFunc(m.ev.Events[d.object.event].Keys, func(k string) bool {
		return k == "earlier" || k == "previous" || k == "past" || k == "first" || k == "original" || k == "separate"
	}) {
		return false
	}
	return !slices.ContainsFunc(m.ev.Dates, func(e dates.Expr) bool { return e.Sentence == d.sent && e.When.Start != "" })
}

// verbOf returns tok, or the verb that governs it if it is a noun.
func verbOf(t *grammar.Tree, tok int) int {
	for i := tok; i != sentence.Root; i = t.Head(i) {
		if t.IsVerb(i) {
			return i
		}
	}
	return tok
}

// isPlainPassive reports whether v is "was signed", and not "had been signed".
func isPlainPassive(t *grammar.Tree, v int) bool {
	if !t.IsPassive(v) {
		return false
	}
	return !slices.ContainsFunc(t.Kids(v), func(k int) bool { return t.Base(k) == "aux" && t.Rel(k) != "aux:pass" })
}

// untilTimes returns the time until which the act of the trigger goes on.
func (m *matcher) untilTimes(s *site, src source) []filler {
	for _, k := range s.t.Kids(s.tok) {
		w := m.ev.DateAt(s.sent, k)
		if c := s.t.Case(k); w < 0 || c != "until" && c != "till" && c != "to" && c != "through" {
			continue
		}
		if e := &m.ev.Dates[w]; e.When.Start != "" {
			when := e.When
			return []filler{{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: k, path: s.t.Rel(k), fn: src.fn, steps: 1, score: 1, prior: src.prior, parent: -1}}
		}
	}
	return nil
}

// goings are verbs for coming to talks: the day of the one is that of the other.
var goings = strings.Fields("fly come travel go arrive return head gather assemble sit attend journey convene troop drive")

// nextTimes returns the time right behind an event noun that the parser hung on the
// verb: "flew here for the opening round on July 9", "led to the first meeting, in
// Lima last June". Where no place stands between, only verbs for coming there count:
// who quit the talks on Monday says nothing of when they were.
func (m *matcher) nextTimes(s *site, src source) []filler {
	k := m.ev.At(s.sent, s.tok)
	if k < 0 || m.ev.Mentions[k].Verb {
		return nil
	}
	t := s.t
	from := m.ev.Mentions[k].To
	w, placed := m.timeBehind(s.sent, from)
	h := t.Head(s.tok)
	if h >= 0 && w < 0 && t.Base(s.tok) == "obl" && t.Case(s.tok) == "for" && slices.Contains(gatherings, t.Lemma(h)) {
		w, placed = m.monthOrDayOf(s.sent, h), true // "in June they gathered in Sirte for a session"
	}
	if w < 0 {
		return nil
	}
	if !placed && (t.Base(s.tok) != "obl" || h == sentence.Root || !slices.Contains(goings, t.Lemma(h))) {
		return nil
	}
	when := m.ev.Dates[w].When
	return []filler{{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: m.ev.Dates[w].From, path: "next", fn: src.fn, steps: 2, score: 0.9, prior: src.prior, parent: -1}}
}

// isApart reports whether the phrase that ends at token i may be at another time than
// what the sentence tells: "after the talks, on Monday, he left".
func isApart(t *grammar.Tree, i int) bool {
	for ; i >= 0 && t.IsNoun(i); i = t.Head(i) {
		switch t.Case(i) {
		case "after", "before", "since", "until", "following", "ahead of", "despite", "without", "for", "from":
			return true
		}
	}
	return false
}

// timeBehind returns the time expression that begins at token i of sentence sent, or
// behind a preposition or the name of a place there, and whether such a name stands
// between; -1 if there is none.
func (m *matcher) timeBehind(sent, i int) (w int, placed bool) {
	t := m.ev.Trees[sent]
	for j := i; j < t.Len() && j < i+7; j++ {
		if w := slices.IndexFunc(m.ev.Dates, func(e dates.Expr) bool {
			return e.Sentence == sent && e.From <= j && j < e.To && len(e.When.Start) >= len("2005-01")
		}); w >= 0 {
			return w, placed
		}
		switch f := t.Form(j); {
		case f == "," && !isApart(t, i-1):
			placed = true // "the first meeting, on June 18,"
		case f == "here" || f == "there":
			placed = true
		case f == "," || f == "on" || f == "in" || f == "at" || t.UPOS(j) == "DET":
		case t.UPOS(j) == "PROPN":
			if _, ok := m.ev.PlaceAt(sent, j); !ok && !placed {
				return -1, false
			}
			placed = true
		default:
			return -1, false
		}
	}
	return -1, false
}
