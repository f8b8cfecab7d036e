package frames

import (
	"slices"
	"strings"

	"parley/graph"
)

// decisions are the predicates that "both sides" have in common with each of the two
// sides of an article.
var decisions = []graph.Predicate{graph.Signed, graph.AgreedTo, graph.Accepted, graph.Rejected, graph.Refused}

// both says of each of the two sides of the article what is said of "both" or "the two
// sides" where no words nearby name them. An article of one side, or of three, has no
// such sides.
func (m *matcher) both() {
	sides := m.twoSides()
	if sides == nil {
		return
	}
	for i := range len(m.claims) {
		if d := m.claims[i]; d.via >= 0 || !slices.Contains(decisions, d.predicate) || !m.isBoth(d.subject) {
			continue
		}
		for _, side := range sides {
			c := m.claims[i]
			c.subject.entity, c.via, c.rule = side, i, "both/"+c.rule
			c.subject.link = m.nameLink(side, "group")
			m.claims = append(m.claims, c)
		}
	}
}

// isBoth reports whether x is "both", "both sides" or "the two sides", of which nothing
// is known.
func (m *matcher) isBoth(x filler) bool {
	if x.mention == nil || x.entity < 0 {
		return false
	}
	e := &m.doc.Entities[x.entity]
	if e.Thing.Type != graph.Group || len(e.Members) > 0 || len(e.Sides) > 0 {
		return false
	}
	switch strings.ToLower(m.words(x.mention.Sentence, x.mention.From, x.mention.To)) {
	case "both", "both sides", "both parties", "both governments", "both delegations", "both countries", "both states", "both camps", "both teams",
		"the two sides", "the two parties", "the two governments", "the two delegations", "the two countries", "the two states", "the two camps":
		return true
	}
	return false
}

// twoSides returns the two states or organisations that signed, or if not just two did,
// those that took part and had no other part, if there are two of them.
func (m *matcher) twoSides() []int {
	for _, p := range []graph.Predicate{graph.Signed, graph.ParticipatedIn} {
		if sides := m.bodiesThat(p); len(sides) == 2 {
			return sides
		}
	}
	return nil
}

// bodiesThat returns the states and organisations of which p is said and nothing that
// would make them less than a side.
func (m *matcher) bodiesThat(p graph.Predicate) []int {
	var out []int
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate != p || !d.stance.IsFact() || d.subject.entity < 0 || m.conf(d) < 0.6 {
			continue
		}
		t := m.typeOf(d.subject)
		if t != graph.State && t != graph.Organisation || slices.Contains(out, d.subject.entity) || m.hasOtherPart(d.subject.entity) {
			continue
		}
		out = append(out, d.subject.entity)
	}
	return out
}

// hasOtherPart reports whether entity e is said to be at the talks as anything but a
// party, or to be part of another body.
func (m *matcher) hasOtherPart(e int) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return d.subject.entity == e && slices.Contains([]graph.Predicate{graph.Mediated, graph.Observed, graph.Guaranteed, graph.Hosted, graph.MemberOf, graph.PartOf}, d.predicate)
	})
}
