package frames

import (
	"math"
	"slices"
	"strings"

	"parley/graph"
)

// actsOfOffice are the predicates in which who leads or represents a side acts for
// it.
var actsOfOffice = []graph.Predicate{graph.ParticipatedIn, graph.AgreedTo}

// offices drafts that a state or an organisation does through those who lead or
// represent it what they do as parties: if the president takes part in talks, his state does.
// The claim follows from theirs. Who is said to mediate, observe, guarantee or host
// acts for nobody's side; an envoy who mediates does so for who sent him, unless
// that is a party.
func (m *matcher) offices() {
	neutral := map[int]bool{}
	sides := map[int][]int{}
	senders := map[int][]int{}
	party := map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		if d.stance.IsFact() && (d.predicate == graph.ParticipatedIn || d.predicate == graph.Signed || d.predicate == graph.AgreedTo) {
			party[d.subject.entity] = true
		}
		if d.subject.entity < 0 || m.typeOf(d.subject) != graph.Person || !d.stance.IsFact() {
			continue
		}
		switch d.predicate {
		case graph.Mediated, graph.Observed, graph.Guaranteed, graph.Hosted:
			neutral[d.subject.entity] = true
		case graph.Leads, graph.Represents:
			if of := d.object.entity; d.predicate == graph.Represents && of >= 0 && m.typeOf(d.object) != graph.Person && m.conf(d) >= 0.6 && !slices.Contains(senders[d.subject.entity], of) {
				senders[d.subject.entity] = append(senders[d.subject.entity], of)
			}
			if d.object.entity >= 0 && m.typeOf(d.object) != graph.Person && m.conf(d) >= 0.6 && !slices.Contains(sides[d.subject.entity], d.object.entity) {
				sides[d.subject.entity] = append(sides[d.subject.entity], d.object.entity)
			}
		}
	}
	for i := range len(m.claims) {
		d := m.claims[i]
		if of := senders[d.subject.entity]; d.predicate == graph.Mediated && d.stance.IsFact() && len(of) == 1 && of[0] != d.object.entity && m.conf(&d) >= 0.5 {
			if !party[of[0]] && !strings.HasPrefix(d.rule, "mediating/co-chair") && !strings.HasPrefix(d.rule, "learned/") {
				m.byOffice(i, of[0]) // an envoy mediates for who sent him; a co-chairman may be of a party
			}
			continue
		}
		if !slices.Contains(actsOfOffice, d.predicate) || !d.stance.IsFact() || neutral[d.subject.entity] || m.conf(&d) < 0.5 {
			continue
		}
		if of := m.sideOf(sides[d.subject.entity]); of >= 0 && of != d.object.entity {
			m.byOffice(i, of)
		}
	}
}

// byOffice drafts that entity of does what claim i says of who acts for it.
func (m *matcher) byOffice(i, of int) {
	c := m.claims[i]
	c.fixed = math.Round(m.conf(&c)*850) / 1000
	c.subject.entity, c.subject.link = of, m.nameLink(of, "office")
	c.via, c.rule = i, "office/"+c.rule
	m.claims = append(m.claims, c)
}

// sideOf returns the state among the sides that a person acts for, or the
// organisation if he acts for nothing else: a party's head who leads a delegation
// of several acts for the delegation. It is -1 if there is none or more than one.
func (m *matcher) sideOf(sides []int) int {
	of := -1
	for _, s := range sides {
		switch m.doc.Entities[s].Thing.Type {
		case graph.State:
			if of >= 0 {
				return -1
			}
			of = s
		case graph.Organisation:
			if len(sides) == 1 {
				of = s
			}
		}
	}
	return of
}
