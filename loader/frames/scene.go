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

// What is told without a word for talks is of the talks of which the article last spoke,
// unless its clause looks back: "six years ago, at Tashkent, it
// was Kosygin who brought them together" is not of the talks that are the news.

// lookBack returns the year of which the clauses over token tok of sentence sent tell,
// if the article looks back to it and event e was in another, or 0.
func (m *matcher) lookBack(sent, tok, e int) int {
	t := m.ev.Trees[sent]
	for i := range m.ev.Dates {
		x := &m.ev.Dates[i]
		year := events.YearOf(x.When.Start)
		if x.Sentence != sent || year == 0 || !m.ev.LooksBack(x.When.Start) || m.isOf(e, sent, year) {
			continue
		}
		top := topOf(t, x.From, x.To)
		clause := clauseOf(t, top)
		begins := slices.Contains(beginnings, t.Lemma(clause)) && year > events.YearOf(m.ev.Story)-longTalks
		if isOn(t.Case(top)) && isOver(t, clause, tok) && !begins {
			return year
		}
	}
	return 0
}

// beginnings are verbs for the start of what goes on: who "opened a channel in January" may
// have opened the talks that ended in autumn. longTalks is how many years they may last.
var beginnings = []string{"begin", "start", "open", "launch", "commence", "initiate"}

const longTalks = 2

// clauseOf returns the head of the clause that token tok of t stands in: the next verb
// over it, or the top of t.
func clauseOf(t *grammar.Tree, tok int) int {
	for !t.IsVerb(tok) && t.Head(tok) != sentence.Root {
		tok = t.Head(tok)
	}
	return tok
}

// isOver reports whether token over of t governs token tok, or is it.
func isOver(t *grammar.Tree, over, tok int) bool {
	for i := tok; i != sentence.Root; i = t.Head(i) {
		if i == over {
			return true
		}
	}
	return false
}

// isOf reports whether event e may be of the given year, of which sentence sent tells: it
// is spoken of nowhere else, or there with that year.
func (m *matcher) isOf(e, sent, year int) bool {
	elsewhere := false
	for _, k := range m.ev.Events[e].Mentions {
		at := m.ev.Mentions[k].Sentence
		if at == sent {
			continue
		}
		elsewhere = true
		if slices.ContainsFunc(m.ev.Dates, func(x dates.Expr) bool {
			return x.Sentence == at && events.YearOf(x.When.Start) == year && m.ev.LooksBack(x.When.Start)
		}) {
			return true
		}
	}
	return !elsewhere
}

// aside returns the event of type typ and the given year that the article looks back
// to; if it has not done so before, sentence sent makes one of what token tok tells of.
func (m *matcher) aside(sent, tok, year int, typ graph.Type) (filler, bool) {
	e := slices.IndexFunc(m.ev.Events, func(ev events.Event) bool { return ev.Aside == year && ev.Type == typ })
	if e >= 0 {
		return m.inContext(sent, tok, e), true
	}
	x, ok := m.newEvent(sent, verbOf(m.ev.Trees[sent], tok), typ)
	if ok {
		m.ev.Events[x.event].Aside = year
	}
	return x, ok
}

// toTalks moves what the model reads of an agreement's table to the talks that led to it:
// who sat there took part in the talks.
func (m *matcher) toTalks() {
	for i := range m.claims {
		d := &m.claims[i]
		switch d.predicate {
		case graph.ParticipatedIn, graph.Mediated, graph.Hosted, graph.Observed:
		default:
			continue
		}
		if d.object.event < 0 || m.typeOf(d.object) != graph.Agreement || !strings.HasPrefix(d.rule, "learned/") {
			continue
		}
		if talks := m.talksBefore(d.object.event); talks >= 0 {
			d.object.event, d.object.link, d.object.salient = talks, m.contextLink(talks, "context"), true
		}
	}
}

// talksBefore returns the only talks that led to agreement e, or -1.
func (m *matcher) talksBefore(e int) int {
	talks := -1
	for i := range m.claims {
		if d := &m.claims[i]; d.predicate == graph.LedTo && d.object.event == e && d.stance.IsFact() && d.subject.event != talks {
			if talks >= 0 {
				return -1
			}
			talks = d.subject.event
		}
	}
	return talks
}
