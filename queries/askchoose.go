package queries

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"parley/graph"
)

// How much farther than the best candidate another may be from the question and
// still answer it. Tuned on the project's labelled questions.
const (
	marginEvent   = 0.5  // with the same other end
	marginArticle = 0.25 // in the same article
	marginOther   = 0.1
	marginVague   = 0.35 // likewise, if nothing that the question says tells that the best is meant
	marginNear    = 0.25 // in the same article, of what a related predicate costs
)

// choose returns those of cs, which are sorted by cost, that answer; why says,
// if need be, why there are none.
func (m *matching) choose(ctx context.Context, cs []candidate) (kept []candidate, why string, err error) {
	cs = m.firstLeaders(slices.DeleteFunc(cs, m.isNobody))
	if len(cs) == 0 {
		return nil, "", ctx.Err()
	}
	best := cs[0].cost
	if best >= m.limit() {
		return nil, "what is known is too far from the question", ctx.Err()
	}
	for _, c := range cs {
		margin, near := marginOther, marginOther
		if cs[0].firm == 0 && !m.namesActor() {
			margin, near = marginVague, marginVague
		}
		if m.s.ArticleOf(c.edge) == m.s.ArticleOf(cs[0].edge) {
			margin, near = marginArticle, marginNear
		}
		if c.other == cs[0].other && c.other != graph.NoNode {
			margin = marginEvent
		}
		if c.cost <= best+margin && c.near <= cs[0].near+near {
			kept = append(kept, c)
		}
	}
	if first := kept[0]; !first.later { // "went between" them: who mediated, not who took part
		kept = slices.DeleteFunc(kept, func(c candidate) bool {
			return c.later && c.edge.Predicate() != first.edge.Predicate() && m.s.ArticleOf(c.edge) == m.s.ArticleOf(first.edge)
		})
	}
	if kept, err = m.persons(ctx, kept); err != nil {
		return nil, "", err
	}
	if by := m.byArticle(kept); len(by) > 1 && isVague(kept) {
		return nil, fmt.Sprintf("the question fits %d reports that answer differently (%s); say which talks or agreement is meant",
			len(by), strings.Join(m.titles(by), "; ")), ctx.Err()
	}
	return kept, "", ctx.Err()
}

// namesActor reports whether the question names an actor that is no mere group.
func (m *matching) namesActor() bool {
	return slices.ContainsFunc(m.p.Terms, func(t graph.Term) bool {
		return t.Kind == graph.ThingTerm && t.Type != graph.Group && t.Type.IsActor()
	})
}

// limit returns the cost at which a candidate is no answer.
func (m *matching) limit() float64 { return enough + enoughNamed*float64(min(m.named, 3)) }

// isVague reports whether there is a candidate of which nothing that the question
// says tells that it is the one that is meant.
func isVague(kept []candidate) bool {
	return slices.ContainsFunc(kept, func(c candidate) bool { return c.firm == 0 || len(c.relaxed) > 0 })
}

// byArticle returns the articles of the candidates, the best first, leaving out
// those whose answers an earlier one has all given.
func (m *matching) byArticle(cs []candidate) []graph.ID {
	answers := map[graph.ID][]graph.Node{}
	var order []graph.ID
	for i := range cs {
		id := m.s.ClaimOf(cs[i].edge).Article
		if answers[id] == nil {
			order = append(order, id)
		}
		answers[id] = append(answers[id], cs[i].answer)
	}
	seen := map[graph.Node]bool{}
	var out []graph.ID
	for _, id := range order {
		if slices.ContainsFunc(answers[id], func(n graph.Node) bool { return !seen[n] }) {
			out = append(out, id)
		}
		for _, n := range answers[id] {
			seen[n] = true
		}
	}
	return out
}

func (m *matching) titles(ids []graph.ID) []string {
	var out []string
	for _, id := range ids[:min(len(ids), 4)] {
		if a, ok := m.s.Article(id); ok {
			out = append(out, a.Title)
		}
	}
	return out
}

// persons leaves out, where a person is asked for and there is one, groups
// without a name, and the states and bodies that are only said to have done it
// through a person or a group.
func (m *matching) persons(ctx context.Context, cs []candidate) ([]candidate, error) {
	persons := map[graph.Node]bool{}
	named := false
	for i := range cs {
		if cs[i].answer == graph.NoNode {
			return cs, nil
		}
		switch m.s.ID(cs[i].answer).Type() {
		case graph.Person:
			persons[cs[i].answer] = true
		case graph.Organisation, graph.State:
			named = true
		}
	}
	through := map[graph.Node]bool{} // whom one of the persons stands for
	for p := range persons {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, e := range m.s.Out(p, graph.Represents, graph.Leads, graph.MemberOf, graph.SpokespersonFor) {
			through[e.Other] = through[e.Other] || e.IsFact()
		}
	}
	return slices.DeleteFunc(cs, func(c candidate) bool {
		switch m.s.ID(c.answer).Type() {
		case graph.Person:
			return false
		case graph.Group:
			return len(persons) > 0 || named
		}
		if !m.p.Hole.Person || len(persons) == 0 {
			return false
		}
		switch c.edge.Predicate() {
		case graph.Signed, graph.AgreedTo, graph.Refused, graph.Rejected, graph.Accepted:
			return true // they did it through their people
		}
		return m.s.ClaimOf(c.edge).Via != "" || through[c.answer]
	}), nil
}

// firstLeaders leaves out of cs those of whom a sentence says that they lead
// something, if it says so of another who stands nearer before it: "Ali, who heads
// the team, and Omar signed".
func (m *matching) firstLeaders(cs []candidate) []candidate {
	type said struct {
		other graph.Node
		quote string
	}
	const behind = 1 << 20
	far := func(c *candidate) (said, int) {
		e := m.s.ClaimOf(c.edge).Evidence
		name := e.SubjectText
		if e.SubjectLink != nil {
			name = e.SubjectLink.Text // "who" is nearer than the one it was taken for
		}
		who, what := strings.Index(e.Quote, name), strings.Index(e.Quote, e.ObjectText)
		switch {
		case c.edge.Predicate() != graph.Leads || who < 0 || what < 0:
			return said{}, 0
		case who < what && sharedLead().MatchString(e.Quote[who:what]):
			return said{}, 0
		case who > what && strings.Contains(e.Quote[what:who], " by "):
			return said{}, 0
		case who > what:
			return said{c.other, e.Quote}, behind
		}
		return said{c.other, e.Quote}, what - who
	}
	nearest := map[said]int{}
	for i := range cs {
		if k, d := far(&cs[i]); d > 0 && (nearest[k] == 0 || d < nearest[k]) {
			nearest[k] = d
		}
	}
	return slices.DeleteFunc(cs, func(c candidate) bool {
		k, d := far(&c)
		return d > nearest[k]
	})
}

// sharedLead finds that several lead together.
var sharedLead = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:leaders|heads of|chairs|chairmen|presidents|joint|jointly|together|co-[a-z]+)\b`)
})

// isNobody reports whether the answer of c does not tell who it is: "the
// mediators mediated", "his officials", "the government".
func (m *matching) isNobody(c candidate) bool {
	if c.answer == graph.NoNode {
		return false
	}
	label := m.s.At(c.answer).Label
	if m.s.ID(c.answer).Type() != graph.Group {
		return isCommon(label)
	}
	return !isBody(label) || sameRoot(strings.ToLower(label), strings.ToLower(string(c.edge.Predicate())))
}

// isBody reports whether a group's label tells who it is: several, or a body, and
// not by pointing to somebody only ("whose officials").
func isBody(label string) bool {
	ws := strings.Fields(strings.ToLower(label))
	if len(ws) == 0 {
		return false
	}
	switch ws[0] {
	case "whose", "his", "her", "its", "their", "this", "that", "these", "those", "other", "others", "such":
		return false
	}
	last := ws[len(ws)-1]
	if len(ws) == 1 && isRole(last) {
		return false
	}
	if strings.HasSuffix(last, "s") || strings.Contains(strings.Join(ws, " "), "s of ") {
		return true
	}
	switch last {
	case "delegation", "team", "side", "board", "opposition", "party", "leadership", "government", "group", "movement", "faction", "coalition",
		"alliance", "panel", "committee", "commission", "council", "union", "wing", "camp", "mission", "army", "militia", "people", "public":
		return true
	}
	return false
}

// isRole reports whether a word says only what several did or were there.
func isRole(w string) bool {
	switch w {
	case "officials", "mediators", "negotiators", "diplomats", "envoys", "delegates", "facilitators", "signatories", "observers", "groups", "parties",
		"sides", "states", "countries", "governments", "aides", "leaders", "representatives", "delegations", "teams", "people", "others", "both":
		return true
	}
	return false
}

// isCommon reports whether a label is one word that many bear: "Government".
func isCommon(label string) bool {
	switch strings.ToLower(label) {
	case "government", "ministry", "minister", "president", "board", "parliament", "cabinet", "opposition leader", "party", "union", "company":
		return true
	}
	return false
}

// gather puts the candidates of one answer together, the best answer first.
func (m *matching) gather(ctx context.Context, cs []candidate) ([]Found, error) {
	var out []Found
	at := map[string]int{} // index into out
	key := func(n graph.Node, o graph.Object) string {
		if n == graph.NoNode {
			return "=" + o.Value
		}
		return string(m.s.ID(n))
	}
	for i := range cs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &cs[i]
		k := key(c.answer, c.literal)
		j, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, Found{Node: c.answer, Literal: c.literal, Claims: []graph.Edge{c.edge}, Cost: c.cost, Relaxed: c.relaxed})
			continue
		}
		out[j].Claims = append(out[j].Claims, c.edge)
	}
	for i := range out {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i].Claims = inOrder(m.s, out[i].Claims)
	}
	slices.SortStableFunc(out, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(len(b.Claims), len(a.Claims)), cmp.Compare(key(a.Node, a.Literal), key(b.Node, b.Literal)))
	})
	return out, ctx.Err()
}
