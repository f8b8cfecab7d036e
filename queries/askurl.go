package queries

import (
	"net/url"
	"slices"
	"strings"

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

// showingURL returns an address whose rows rest on claims of every one of the
// answers: u if it does, else the statements about what they have in common.
func (m *matching) showingURL(u string, answers []Found) string {
	if len(answers) == 0 || m.p.Form == graph.AsksAbout || m.p.Form == graph.AsksLink || m.shows(u, answers) {
		return u
	}
	var shared []graph.ID
	values := url.Values{}
	for i := range answers {
		var ends []graph.ID
		for _, e := range answers[i].Claims {
			c := m.s.ClaimOf(e)
			ends = append(ends, c.Subject, c.Object.ID)
			if !slices.Contains(values["predicate"], string(c.Predicate)) {
				values.Add("predicate", string(c.Predicate))
			}
			if c.Polarity == graph.Denied {
				values.Set("polarity", "any")
			}
		}
		if shared = append(shared, ends...); i > 0 {
			shared = slices.DeleteFunc(shared, func(id graph.ID) bool { return !slices.Contains(ends, id) })
		}
		shared = slices.DeleteFunc(shared, func(id graph.ID) bool { return id == "" || len(answers) > 1 && m.isAnswer(id, answers) })
	}
	for _, id := range shared {
		values.Set("thing", string(id))
		if about := "/v1/questions/about?" + values.Encode(); m.shows(about, answers) {
			return about
		}
	}
	return u
}

func (m *matching) isAnswer(id graph.ID, answers []Found) bool {
	n, ok := m.s.Node(id)
	return ok && slices.ContainsFunc(answers, func(f Found) bool { return f.Node == n })
}

// shows reports whether the first rows at u, which asks for something in
// particular, rest on a claim of each of the answers.
func (m *matching) shows(u string, answers []Found) bool {
	path, query, _ := strings.Cut(u, "?")
	name, ok := strings.CutPrefix(path, "/v1/questions/")
	values, err := url.ParseQuery(query)
	if !ok || err != nil || len(values) == 0 {
		return false
	}
	a, err := Run(m.ctx, m.s, name, values)
	if err != nil {
		return false
	}
	shown := map[graph.ID]bool{}
	for i := range a.Rows {
		for _, e := range a.Rows[i].Claims {
			shown[m.s.ClaimOf(e).ID] = true
		}
	}
	for i := range a.Apart {
		for _, e := range slices.Concat(a.Apart[i].Claims, a.Apart[i].Apart) {
			shown[m.s.ClaimOf(e).ID] = true
		}
	}
	return !slices.ContainsFunc(answers, func(f Found) bool {
		return !slices.ContainsFunc(f.Claims, func(e graph.Edge) bool { return shown[m.s.ClaimOf(e).ID] })
	})
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
