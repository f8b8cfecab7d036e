package queries

import (
	"net/url"

	"parley/graph"
)

// url returns the path and query of the named question that comes nearest to the
// pattern, or "".
func (m *matching) url() string {
	switch m.p.Form {
	case graph.AsksLink:
		if len(m.nodes[1]) == 0 || len(m.nodes[2]) == 0 {
			return ""
		}
		return "/v1/paths?" + url.Values{"from": {string(m.s.ID(m.nodes[1][0]))}, "to": {string(m.s.ID(m.nodes[2][0]))}}.Encode()
	case graph.AsksAbout:
		return m.aboutURL(1, "")
	}
	c := &m.p.Claims[0]
	if m.asked != nil {
		c = m.asked
	}
	if q, err := Find(namedQuestion(c.Predicates[0])); err == nil {
		return m.questionURL(q)
	}
	for _, i := range []int{c.Subject, c.Object} {
		if u := m.aboutURL(i, c.Predicates[0]); u != "" {
			return u
		}
	}
	for i := range m.p.Terms {
		if u := m.aboutURL(i, ""); u != "" {
			return u
		}
	}
	return ""
}

// questionURL returns the address of q with the pattern's things and time as
// parameters.
func (m *matching) questionURL(q *Question) string {
	values := url.Values{}
	for i := range m.p.Terms {
		t := &m.p.Terms[i]
		if t.Kind != graph.ThingTerm || len(m.nodes[i]) == 0 || m.isSideOnly(i) {
			continue
		}
		key := "actor"
		if t.Type == graph.Place || m.isVenue(i) {
			key = "place"
		}
		if _, ok := q.Parameter(key); ok {
			values.Add(key, string(m.s.ID(m.nodes[i][0])))
		}
	}
	if m.p.When != nil {
		values.Set("since", m.p.When.Start)
		values.Set("until", max(m.p.When.End, m.p.When.Start))
	}
	if len(values) == 0 {
		return "/v1/questions/" + q.Name
	}
	return "/v1/questions/" + q.Name + "?" + values.Encode()
}

// isVenue reports whether the question says that something was held or signed in
// the thing of term i.
func (m *matching) isVenue(i int) bool {
	for _, c := range m.p.Claims {
		if c.Object == i && (c.Predicates[0] == graph.HeldIn || c.Predicates[0] == graph.SignedIn) {
			return true
		}
	}
	return false
}

func (m *matching) aboutURL(i int, p graph.Predicate) string {
	if i <= 0 || i >= len(m.nodes) || len(m.nodes[i]) == 0 {
		return ""
	}
	values := url.Values{"thing": {string(m.s.ID(m.nodes[i][0]))}}
	if p != "" {
		values.Set("predicate", string(p))
	}
	return "/v1/questions/about?" + values.Encode()
}

// namedQuestion returns the name of the question of the catalogue whose rows show
// claims with predicate p, or "".
func namedQuestion(p graph.Predicate) string {
	switch p {
	case graph.Mediated:
		return "mediations"
	case graph.ParticipatedIn, graph.Hosted, graph.Observed, graph.InvitedTo, graph.HeldIn, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.Outcome:
		return "talks"
	case graph.Signed, graph.AgreedTo, graph.Refused, graph.Guaranteed, graph.SignedIn, graph.SignedOn, graph.AgreedOn, graph.Violated,
		graph.WithdrewFrom, graph.EffectiveOn, graph.ExpiresOn:
		return "agreements"
	case graph.Proposed, graph.Accepted, graph.Rejected, graph.Considered, graph.ProposedTo:
		return "proposals"
	}
	return ""
}
