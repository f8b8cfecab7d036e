package queries

import (
	"slices"
	"strings"

	"parley/graph"
)

// eventCost returns how far the other end of v is from the event of term i.
func (m *matching) eventCost(v *view, i int) float64 {
	t := &m.p.Terms[i]
	cost := 0.0
	if v.other != graph.NoNode && m.asked != nil && m.asked.Has(i) && m.s.ID(v.other).Type() != t.Type {
		cost += costQuote
	}
	words := t.Words
	if len(t.Names) > 0 {
		d, found := m.nameCost(v, t.Names)
		if cost += d; found {
			return cost
		}
		if len(words) == 0 {
			words = strings.Fields(t.Names[0])
		}
	}
	for _, w := range words {
		for _, st := range stems(w) {
			cost += min(v.wordCost(st), costArticle+costLabel)
		}
	}
	for _, k := range t.Kinds {
		switch st := stem(graph.Slug(k)); {
		case v.label.has(st) || v.quote.has(st):
		case isPlainKind(st):
			cost += costKind
		default:
			cost += 4 * costKind
		}
	}
	return cost
}

// nameCost returns how far the other end of v is from bearing one of the proper
// names; found is false if only their words may be there.
func (m *matching) nameCost(v *view, names []string) (cost float64, found bool) {
	var all [][]string
	for _, n := range names {
		all = append(all, stems(n))
	}
	switch {
	case v.label.hasName(all) && m.isWritten(v, names):
		return 0, true
	case v.label.hasName(all):
		return costKind, true // "comprehensive peace accord" need not be the Comprehensive Peace Accord
	case v.quote.hasName(all):
		return costQuote, true
	case v.article().hasName(all):
		return costArticle, true
	}
	return costArticle / 2, false
}

// isPlainKind reports whether a stem is one of the words by which reports call any
// event of its type.
func isPlainKind(st string) bool {
	switch st {
	case "talk", "negotiation", "agreement", "accord", "deal", "settlement", "pact", "meet", "round", "session", "process", "dialogu",
		"discussion", "effort", "mediation", "proposal", "offer", "document", "text", "ceremony":
		return true
	}
	return false
}

// isWritten reports whether one of the names stands, capitals and all, in one of
// those of v's other end or in the quote.
func (m *matching) isWritten(v *view, names []string) bool {
	texts := []string{v.claim.Evidence.Quote}
	if v.other != graph.NoNode {
		t := m.s.At(v.other)
		texts = append(append(texts, t.Label), t.Aliases...)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, name) })
	})
}

// isSideOnly reports whether term i is only there as the side of a group, whose
// words already say it.
func (m *matching) isSideOnly(i int) bool {
	for j := range m.p.Terms {
		if m.p.Terms[j].Kind == graph.ThingTerm && slices.Contains(m.p.Terms[j].Sides, i) {
			return !slices.ContainsFunc(m.p.Claims, func(c graph.ClaimPattern) bool { return c.Has(i) })
		}
	}
	return false
}

// thingCost returns how far v is from the thing of term i; ok is false if nothing
// in the article speaks of it.
func (m *matching) thingCost(v *view, i int) (float64, bool) {
	if m.isDescribed(i) {
		return m.groupCost(v, i)
	}
	if v.other != graph.NoNode && slices.Contains(m.nodes[i], v.other) {
		if q := v.claim.Evidence; isStanding(v.claim.Predicate) && bagOf(q.Quote).hasName(m.names[i]) && !isNear(q.Quote, q.SubjectText, m.names[i]) {
			return costQuote, true // as likely another leader's of whom the sentence tells
		}
		return 0, true
	}
	asked := m.asked != nil && m.asked.Has(i)
	if asked && v.other == graph.NoNode && v.answer != graph.NoNode {
		return m.standing(v, i)
	}
	if v.label.hasName(m.names[i]) {
		return costLabel, true
	}
	if asked && v.other != graph.NoNode && m.isEvent(v.other) {
		return 0, m.isLinked(v.other, i)
	}
	if asked && v.other != graph.NoNode {
		return costQuote, m.isPartOf(v.other, i)
	}
	switch {
	case m.isLinked(v.other, i):
		return 0, true
	case v.quote.hasName(m.names[i]):
		return costQuote, true
	case asked:
		return 0, false
	case v.event().hasName(m.names[i]):
		return costEvent, true
	case v.article().hasName(m.names[i]) || m.isIn(v.claim.Article, i):
		return costArticle, true
	}
	return 0, false
}

// isDescribed reports whether term i is a group that is described and not named:
// "the Egyptian delegation".
func (m *matching) isDescribed(i int) bool {
	t := &m.p.Terms[i]
	if t.Type == graph.Group {
		return true
	}
	f := strings.Fields(t.Text)
	return len(m.nodes[i]) == 0 && len(f) > 1 && t.Type == graph.Organisation && f[len(f)-1] == strings.ToLower(f[len(f)-1])
}

// groupCost returns how far v is from the group of term i, "the Egyptian
// delegation": its side must be said, and the word for what it is.
func (m *matching) groupCost(v *view, i int) (float64, bool) {
	t := &m.p.Terms[i]
	cost, ok := m.sidesCost(v, t)
	if !ok {
		return 0, false
	}
	found := len(t.Sides) > 0
	words := strings.Fields(t.Text)
	for _, w := range words {
		name := w != strings.ToLower(w)
		if name && len(t.Sides) > 0 {
			continue
		}
		for _, st := range stems(w) {
			switch {
			case v.label.words[st]:
				found = true
			case name && isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, [][]string{{st}}):
				cost += costQuote
				found = true
			case name:
				return 0, false
			default:
				cost += 0.5 * v.wordCost(st)
			}
		}
	}
	if len(words) == 0 {
		return cost, found
	}
	if head := stem(graph.Slug(words[len(words)-1])); !v.label.has(head) && !v.quote.has(head) {
		if v.other == graph.NoNode || m.s.ID(v.other).Type() != graph.Group {
			return 0, false // who leads a body does not lead its team
		}
		cost += costQuote
	} else if len(t.Sides) == 0 && !v.label.hasAll(stems(t.Text)) {
		return 0, false // "the negotiating group": no body of another name
	}
	return cost, found
}

// sidesCost returns how far v is from being about the sides of the group t.
func (m *matching) sidesCost(v *view, t *graph.Term) (cost float64, ok bool) {
	for _, j := range t.Sides {
		switch {
		case v.other != graph.NoNode && slices.Contains(m.exact[j], v.other):
			cost += costStandIn // the whole, not the group of it
		case v.label.hasName(m.names[j]) || v.other != graph.NoNode && (slices.Contains(m.nodes[j], v.other) || m.isPartOf(v.other, j)):
		case isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, m.names[j]):
			cost += costQuote
		default:
			return 0, false
		}
	}
	return cost, true
}

// isLinked reports whether a fact links n, talks or an agreement, to the thing of
// term i.
func (m *matching) isLinked(n graph.Node, i int) bool {
	if n == graph.NoNode || len(m.nodes[i]) == 0 {
		return false
	}
	for _, e := range slices.Concat(m.s.In(n), m.s.Out(n)) {
		if e.IsFact() && slices.Contains(m.nodes[i], e.Other) {
			return true
		}
	}
	return false
}

// isIn reports whether a claim of the article is about the thing of term i.
func (m *matching) isIn(article graph.ID, i int) bool {
	for _, c := range m.s.ClaimsIn(article) {
		for _, id := range []graph.ID{c.Subject, c.Object.ID} {
			if n, ok := m.s.Node(id); ok && slices.Contains(m.nodes[i], n) {
				return true
			}
		}
	}
	return false
}
