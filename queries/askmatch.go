package queries

import (
	"cmp"
	"context"
	"slices"

	"parley/graph"
)

// matching is one pattern being matched on one graph.
type matching struct {
	ctx      context.Context // for the loops inside the weighing of one candidate
	s        *graph.Snapshot
	p        *graph.Pattern
	asked    *graph.ClaimPattern
	nodes    []nodeSet    // by term: what it may be, parts of it included
	exact    []nodeSet    // by term: likewise without its parts
	names    [][][]string // by term: stems of each of its names
	named    int          // number of named things in the question
	articles map[graph.ID]*wordBag
	events   map[graph.Node]*wordBag
}

// candidate is a claim that may answer.
type candidate struct {
	answer  graph.Node
	literal graph.Object // if answer is NoNode
	other   graph.Node   // the claim's other end
	edge    graph.Edge
	standIn bool    // it says only whom the answer stands for
	later   bool    // its predicate is not the likeliest of those that were asked for
	near    float64 // what it costs that the predicate is only a related one
	cost    float64
	firm    int // how many of the question's telling words its own claim or event bears out
	relaxed []string
}

func newMatching(ctx context.Context, s *graph.Snapshot, p *graph.Pattern) (*matching, error) {
	a, err := ask(s, "", &Params{})
	if err != nil {
		return nil, err
	}
	m := &matching{ctx: ctx, s: s, p: p, asked: p.Asked(), articles: map[graph.ID]*wordBag{}, events: map[graph.Node]*wordBag{},
		nodes: make([]nodeSet, len(p.Terms)), exact: make([]nodeSet, len(p.Terms)), names: make([][][]string, len(p.Terms))}
	for i := range p.Terms {
		if p.Terms[i].Kind == graph.ThingTerm {
			m.named++
			m.resolve(a, i)
		}
	}
	return m, nil
}

// resolve finds what term i may be.
func (m *matching) resolve(a *asking, i int) {
	t := &m.p.Terms[i]
	texts := append([]string{t.Text}, t.Names...)
	var found nodeSet
	if n, ok := m.s.Node(t.ID); ok {
		found = append(found, n)
	}
	if t.Type != graph.Group {
		for _, name := range texts {
			for _, n := range m.s.Named(name) {
				if k := m.s.ID(n).Type(); (k.IsActor() || k == graph.Place) && k != graph.Group && !slices.Contains(found, n) {
					found = append(found, n)
				}
			}
		}
	}
	for _, n := range found {
		x := m.s.At(n)
		texts = append(texts, x.Label)
		texts = append(texts, x.Aliases...)
	}
	texts = append(texts, t.Forms...)
	for _, text := range texts {
		if ws := stems(text); len(ws) > 0 && !slices.ContainsFunc(m.names[i], func(o []string) bool { return slices.Equal(o, ws) }) {
			m.names[i] = append(m.names[i], ws)
		}
	}
	m.exact[i] = slices.Clone(found)
	m.nodes[i] = a.withParts(a.withParts(found, graph.Group), graph.Place)
}

// candidates returns the claims that have something in the place of the hole,
// with what each of them costs; those that contradict the question are left out.
func (m *matching) candidates(ctx context.Context) ([]candidate, error) {
	var out []candidate
	for _, n := range m.starts() {
		var err error
		if out, err = m.claimsOf(ctx, out, n); err != nil {
			return nil, err
		}
	}
	kept := out[:0]
	for i := range out {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if c := out[i]; m.weigh(&c) {
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	return kept, nil
}

// starts returns the things whose claims are looked at.
func (m *matching) starts() []graph.Node {
	if m.asked.Subject == 0 {
		var out []graph.Node
		for _, t := range graph.Types() {
			if m.p.Hole.Takes(t) {
				out = append(out, m.s.Nodes(t)...)
			}
		}
		return out
	}
	switch m.p.Terms[m.asked.Subject].Kind {
	case graph.ThingTerm:
		return m.nodes[m.asked.Subject]
	case graph.TextTerm:
		return slices.Concat(m.s.Nodes(graph.Person), m.s.Nodes(graph.Organisation), m.s.Nodes(graph.State), m.s.Nodes(graph.Group))
	}
	return slices.Concat(m.s.Nodes(graph.Talks), m.s.Nodes(graph.Agreement), m.s.Nodes(graph.Proposal))
}

// claimsOf appends the claims with subject n that may answer.
func (m *matching) claimsOf(ctx context.Context, out []candidate, n graph.Node) ([]candidate, error) {
	for _, r := range m.wanted(n) {
		edges := m.s.Out(n, r.predicate)
		if info, _ := r.predicate.Info(); info.Symmetric {
			edges = slices.Concat(edges, m.s.In(n, r.predicate))
		}
		for _, e := range edges {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if !m.isSaid(e, r.denied) {
				continue
			}
			x, ok := m.candidate(n, e)
			x.near, x.standIn, x.later = r.cost, r.standIn, r.predicate != m.asked.Predicates[0]
			if o := m.asked.Object; o > 0 && m.p.Terms[o].Kind == graph.EventTerm && isStanding(r.predicate) && !x.standIn && !m.isEvent(e.Other) {
				ok = false // "chaired the conference": not a body
			}
			if ok {
				out = append(out, x)
			}
		}
	}
	return out, ctx.Err()
}

// isSaid reports whether the claim is sure enough and a fact, or denied if that
// is what is wanted.
func (m *matching) isSaid(e graph.Edge, denied bool) bool {
	c := m.s.ClaimOf(e)
	if c.Confidence < leastConfidence {
		return false
	}
	if denied {
		return c.Polarity == graph.Denied && c.Modality == graph.Actual
	}
	return e.IsFact()
}

// wanted returns the predicates of n's claims that may answer, those that are
// asked for first.
func (m *matching) wanted(n graph.Node) []relation {
	var out []relation
	add := func(p graph.Predicate, cost float64, denied, standIn bool) {
		if !slices.ContainsFunc(out, func(r relation) bool { return r.predicate == p && r.denied == denied }) {
			out = append(out, relation{p, cost, denied, standIn})
		}
	}
	for i, p := range m.asked.Predicates {
		switch {
		case i == 0 || p != graph.Represents:
			add(p, 0, m.asked.Denied, false)
		case !m.declined(n):
			add(p, costStandIn, m.asked.Denied, true)
		}
	}
	for _, p := range m.asked.Predicates {
		if m.asked.Denied {
			if slices.Contains(refusable, p) {
				add(graph.Refused, 0, false, false)
			}
			continue
		}
		extra, standIn := 0.0, p == graph.Represents && m.asked.Predicates[0] != p
		if standIn {
			extra = costStandIn
		}
		for _, r := range related(p) {
			add(r.predicate, r.cost+extra, r.denied, standIn)
		}
	}
	return out
}

// isStanding reports whether p says whom somebody stands for.
func isStanding(p graph.Predicate) bool {
	switch p {
	case graph.Represents, graph.Leads, graph.SpokespersonFor, graph.MemberOf:
		return true
	}
	return false
}

// declined reports whether n is said not to have done what is asked.
func (m *matching) declined(n graph.Node) bool {
	for _, e := range m.s.Out(n, append(slices.Clone(m.asked.Predicates), graph.Refused)...) {
		if c := m.s.ClaimOf(e); c.Modality == graph.Actual && (c.Polarity == graph.Denied) != (c.Predicate == graph.Refused) {
			return true
		}
	}
	return false
}

// costStandIn is what it costs that somebody is only known to stand for a side
// of which the question says that they acted for it.
const costStandIn = 0.5

// leastConfidence is the confidence below which a claim answers nothing: an answer in
// words shows no doubt. Tuned on the project's labelled questions.
const leastConfidence = 0.75

// candidate returns the candidate that claim e of n makes.
func (m *matching) candidate(n graph.Node, e graph.Edge) (candidate, bool) {
	if m.asked.Subject == 0 {
		c := candidate{answer: n, other: e.Other, edge: e}
		if o := m.asked.Object; o > 0 && m.p.Terms[o].Kind == graph.ThingTerm && e.Other != graph.NoNode && !m.isOpen(o) && !m.isEvent(e.Other) && !slices.Contains(m.nodes[o], e.Other) {
			return c, false
		}
		return c, !m.isOwn(n)
	}
	c := candidate{answer: e.Other, other: n, edge: e}
	if e.Other == graph.NoNode {
		c.literal = m.s.ClaimOf(e).Object
		return c, m.p.Hole.Datatype == c.literal.Datatype || len(m.p.Hole.Types) == 0 && m.p.Hole.Datatype == ""
	}
	return c, m.p.Hole.Datatype == "" && m.p.Hole.Takes(m.s.ID(e.Other).Type()) && !m.isOwn(e.Other)
}

// isEvent reports whether n is talks, an agreement or a proposal.
func (m *matching) isEvent(n graph.Node) bool {
	if n == graph.NoNode {
		return false
	}
	switch m.s.ID(n).Type() {
	case graph.Talks, graph.Agreement, graph.Proposal:
		return true
	}
	return false
}

// isOwn reports whether the question itself names n, which then is no answer.
func (m *matching) isOwn(n graph.Node) bool {
	for i := range m.p.Terms {
		if m.p.Terms[i].Kind == graph.ThingTerm && m.p.Terms[i].Type != graph.Group && slices.Contains(m.exact[i], n) {
			return true
		}
	}
	return false
}

// isOpen reports whether term i is described rather than named, so that any other
// end whose words fit will do.
func (m *matching) isOpen(i int) bool {
	return m.p.Terms[i].Type == graph.Group || len(m.nodes[i]) == 0 || m.asked.Predicates[0] == graph.Leads
}

// relation is a predicate that says nearly what another says.
type relation struct {
	predicate graph.Predicate
	cost      float64
	denied    bool
	standIn   bool // it says only for whom somebody acted
}

// related returns the predicates that may answer for p, and what that costs.
func related(p graph.Predicate) []relation {
	switch p {
	case graph.Refused:
		return []relation{{graph.Signed, 0.2, true, false}, {graph.AgreedTo, 0.3, true, false}, {graph.Accepted, 0.4, true, false}, {graph.ParticipatedIn, 0.4, true, false}, {graph.Rejected, 0.6, false, false}}
	case graph.Rejected:
		return []relation{{graph.Refused, 0.4, false, false}, {graph.Accepted, 0.5, true, false}, {graph.AgreedTo, 0.5, true, false}}
	case graph.Accepted:
		return []relation{{graph.AgreedTo, 0.4, false, false}}
	case graph.MetWith, graph.SpokeWith:
		return []relation{{graph.ParticipatedIn, 0.3, false, false}}
	case graph.Leads:
		return []relation{{graph.HoldsPosition, 0.5, false, false}, {graph.Represents, 0.6, false, false}, {graph.Mediated, 0.9, false, false}}
	case graph.Represents:
		return []relation{{graph.Leads, 0.3, false, false}, {graph.SpokespersonFor, 0.3, false, false}, {graph.MemberOf, 0.4, false, false}}
	case graph.HoldsPosition:
		return []relation{{graph.Leads, 0.5, false, false}, {graph.Represents, 0.6, false, false}}
	case graph.MemberOf:
		return []relation{{graph.Leads, 0.6, false, false}, {graph.Represents, 0.8, false, false}}
	}
	return nil
}
