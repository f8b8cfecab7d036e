package frames

import (
	"slices"
	"strings"
	"time"

	"parley/graph"
)

// endConfidence is how sure it is that talks ended on the day on which the article
// says that their agreement was made or that they failed.
const endConfidence = 0.7

// endings drafts on which day talks ended, if no words say so: that on which the
// parties agreed to what the talks led to, or that on which the lead says they failed.
func (m *matcher) endings() {
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.predicate != graph.Outcome || !d.stance.IsFact() || d.subject.event < 0 || m.conf(&d) < 0.5 || m.isPluperfect(&d) || m.hasEnd(d.subject.event) {
			continue
		}
		w := -1
		switch d.object.text {
		case graph.OutcomeAgreement:
			w = m.dealDay(d.subject.event)
		case graph.OutcomeCollapsed, graph.OutcomeNoAgreement:
			w = m.failureDay(&d)
		}
		if w >= 0 && m.mayEnd(d.subject.event, m.ev.Dates[w].When.Start) {
			m.claims = append(m.claims, m.endOn(i, w))
		}
	}
}

// endOn returns the claim that the talks whose outcome claim i tells ended at the
// time expression w.
func (m *matcher) endOn(i, w int) draft {
	c := m.claims[i]
	e := &m.ev.Dates[w]
	when := e.When
	c.predicate, c.when, c.via, c.rule, c.fixed = graph.EndedOn, &when, i, "end/"+c.rule, endConfidence
	c.object = filler{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: c.tok, parent: -1}
	if e.Sentence != c.sent {
		c.object.link = m.link("context", e.Sentence, e.From, e.To)
		c.object.surface = m.form(c.sent, c.tok)
	}
	return c
}

// hasEnd reports whether a claim says when talks e ended.
func (m *matcher) hasEnd(e int) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return d.predicate == graph.EndedOn && d.subject.event == e && !d.stance.Denied
	})
}

// longestTalks is for how long talks of which the article has a date may have gone
// on for their end to be the end of the same talks.
const longestTalks = 100 * 24 * time.Hour

// mayEnd reports whether talks e may have ended on day: nothing that the article
// says of their time speaks against it.
func (m *matcher) mayEnd(e int, day string) bool {
	end, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(m.claims, func(d draft) bool {
		if d.subject.event != e || d.predicate != graph.HeldOn && d.predicate != graph.StartedOn || d.object.when == nil || d.stance.Denied {
			return false
		}
		start := d.object.when.Start
		if len(start) < len("2005-01") {
			return start != day[:len(start)]
		}
		first, err := time.Parse(time.DateOnly, (start + "-01")[:len(day)])
		return err == nil && (first.After(end) || end.Sub(first) > longestTalks)
	})
}

// dealDay returns the time expression of the day on which the parties agreed to
// what talks e led to, or -1. A signature is put at the table only where the same
// sentence speaks of the talks and no other place is said to have seen them.
func (m *matcher) dealDay(e int) int {
	best := -1
	for i := range m.claims {
		l := &m.claims[i]
		if l.predicate != graph.LedTo || l.subject.event != e || !l.stance.IsFact() {
			continue
		}
		for k := range m.claims {
			d := &m.claims[k]
			if d.subject.event != l.object.event || !d.stance.IsFact() || d.object.when == nil || m.conf(d) < 0.5 {
				continue
			}
			if !m.isBargained(d) && (d.predicate != graph.SignedOn || !m.atTable(d, e)) {
				continue
			}
			w := m.dateOfClaim(d)
			if w >= 0 && (best < 0 || m.ev.Dates[w].When.Start < m.ev.Dates[best].When.Start) {
				best = w
			}
		}
	}
	return best
}

// isBargained reports whether d says on which day those at a table came to terms or
// put their initials to them. What voters or a parliament approve is no more talked about.
func (m *matcher) isBargained(d *draft) bool {
	if d.predicate == graph.SignedOn {
		return strings.Contains(d.rule, "initial")
	}
	return d.predicate == graph.AgreedOn && slices.Contains(dealing, m.ev.Trees[d.sent].Lemma(d.tok))
}

// dateOfClaim returns the day that d says something was on as a time expression of
// the text, or -1.
func (m *matcher) dateOfClaim(d *draft) int {
	best := -1
	for w := range m.ev.Dates {
		e := &m.ev.Dates[w]
		if e.When != *d.object.when || len(e.When.Start) != len(time.DateOnly) {
			continue
		}
		if best < 0 || e.Sentence == d.sent {
			best = w
		}
	}
	return best
}

// atTable reports whether the signing that d dates was at the table of talks e.
func (m *matcher) atTable(d *draft, e int) bool {
	t := m.ev.Trees[d.sent]
	if slices.ContainsFunc(t.Kids(d.tok), func(k int) bool { return t.Form(k) == "formally" || t.Form(k) == "officially" }) {
		return false
	}
	near := false
	for i := range m.ev.Mentions {
		em := &m.ev.Mentions[i]
		near = near || em.Event == e && em.Sentence == d.sent && !em.Created
		if em.Ceremony && em.Stance.IsFact() {
			return false
		}
	}
	signed, held := m.named(d.subject.event, graph.SignedIn, 2), m.named(e, graph.HeldIn, 2)
	return near && (len(signed) == 0 || len(held) == 0 || slices.Equal(signed, held))
}

// failureDay returns the time expression of the day on which talks failed: that of
// the clause of d, or of the lead if it speaks of them and d stands there.
func (m *matcher) failureDay(d *draft) int {
	t := m.ev.Trees[d.sent]
	if v := verbOf(t, d.tok); t.IsVerb(v) {
		if w := m.dayOf(d.sent, v); w >= 0 {
			return w
		}
	}
	w := m.leadDate()
	if w < 0 || d.sent > m.ev.Dates[w].Sentence+1 {
		return -1
	}
	for i := range m.ev.Mentions {
		if em := &m.ev.Mentions[i]; em.Event == d.subject.event && em.Sentence == m.ev.Dates[w].Sentence {
			return w
		}
	}
	return -1
}
