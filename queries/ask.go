package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley/graph"
)

// Reply is the answer to a question asked in English.
type Reply struct {
	Question string
	Reading  string   // what the question was taken to ask, in words
	URL      string   // path and query of the named question that shows the answers' claims, or of the nearest; "" if none is near
	Answers  []Found  // best first; empty if nothing is known, or nothing that is sure
	Notes    []string // what a reader should know: what was relaxed, what is ambiguous
	Nearest  []string // questions that are understood, if this one was not
	snapshot *graph.Snapshot
}

// Found is one answer: a thing or a value, with the claims that say so.
type Found struct {
	Node    graph.Node   // NoNode for a literal
	Literal graph.Object // if Node is NoNode
	Claims  []graph.Edge // what says so, in the order of the articles' dates
	Cost    float64      // how far the question is from what the claims say; 0 is word for word
	Relaxed []string     // what of the question the claims themselves do not say
}

// Snapshot returns the graph that the nodes and edges of r belong to.
func (r *Reply) Snapshot() *graph.Snapshot { return r.snapshot }

// examples are questions that are understood.
var examples = []string{
	"Who mediated the talks between Chile and Argentina?",
	"Who signed the agreement for Iran?",
	"Which groups rejected the accord?",
	"Where were the talks held?",
	"Who led the Egyptian delegation?",
	"What did the rebels demand?",
	"Did Sudan sign the agreement?",
	"Who is Martti Ahtisaari?",
}

// nearestExamples returns the examples, those first that have the most words of q.
func nearestExamples(q string) []string {
	asked := bagOf(q)
	shared := func(example string) int {
		n := 0
		for _, w := range stems(example) {
			if asked.has(w) {
				n++
			}
		}
		return n
	}
	out := slices.Clone(examples)
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(shared(b), shared(a)) })
	return out
}

// AskPattern matches p, the reading of a question, on the snapshot. Only what articles
// assert as having happened answers, or what they deny if the question asks for
// that. What the question says beyond its claim, such as a place or a party,
// must hold of the answer's event as well; where no claim says so, the event's
// names, then the quote, then the rest of the article may, and the answer notes
// it. A question whose answers in different articles exclude each other is not
// answered. The error is ctx's if ctx ends first.
func AskPattern(ctx context.Context, s *graph.Snapshot, p *graph.Pattern) (*Reply, error) {
	r := &Reply{Question: p.Question, Reading: p.String(), snapshot: s}
	if p.IsEmpty() {
		r.Nearest = p.Parts
		if len(r.Nearest) == 0 {
			r.Nearest = nearestExamples(p.Question)
		}
		note := "the question was not understood"
		if p.Why != "" {
			note += ": " + p.Why
		}
		r.Notes = []string{note}
		return r, ctx.Err()
	}
	m, err := newMatching(ctx, s, p)
	if err != nil {
		return nil, err
	}
	r.URL = m.url()
	for i := range p.Terms {
		if t := &p.Terms[i]; t.Kind == graph.ThingTerm && len(m.nodes[i]) == 0 && len(t.Sides) == 0 && t.Type != graph.Group {
			r.Notes = append(r.Notes, fmt.Sprintf("nothing in the graph is called %q", t.Text))
		}
	}
	switch p.Form {
	case graph.AsksThings:
		err = m.things(ctx, r)
	case graph.AsksWhether:
		err = m.whether(ctx, r)
	case graph.AsksAbout:
		err = m.about(ctx, r)
	case graph.AsksLink:
		err = m.link(ctx, r)
	}
	if err != nil {
		return nil, err // never a part of the answer
	}
	r.URL = m.showingURL(r.URL, r.Answers)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r, nil
}

// things fills r with what fills the hole.
func (m *matching) things(ctx context.Context, r *Reply) error {
	cs, err := m.candidates(ctx)
	if err != nil {
		return err
	}
	kept, why, err := m.choose(ctx, cs)
	if err != nil {
		return err
	}
	if why != "" {
		r.Notes = append(r.Notes, why)
	}
	r.Answers, err = m.gather(ctx, kept)
	return err
}

// whether fills r with the claims that say, or deny, what was asked.
func (m *matching) whether(ctx context.Context, r *Reply) error {
	said, denied, err := m.saidAndDenied(ctx, &m.p.Claims[0])
	if err != nil {
		return err
	}
	switch {
	case len(said) > 0 && len(denied) > 0:
		r.Notes = append(r.Notes, "some articles say so and some deny it")
	case len(said) > 0:
		r.Notes = append(r.Notes, "yes, so it is told")
	case len(denied) > 0:
		r.Notes = append(r.Notes, "no, it is denied or was refused")
	default:
		r.Notes = append(r.Notes, "nothing is known of it")
	}
	if len(said) > 0 {
		r.Answers = append(r.Answers, Found{Node: graph.NoNode, Literal: graph.TextObject("yes"), Claims: inOrder(m.s, said)})
	}
	if len(denied) > 0 {
		r.Answers = append(r.Answers, Found{Node: graph.NoNode, Literal: graph.TextObject("no"), Claims: inOrder(m.s, denied)})
	}
	return ctx.Err()
}

// saidAndDenied returns the claims that say what c says, and those that deny it.
func (m *matching) saidAndDenied(ctx context.Context, c *graph.ClaimPattern) (said, denied []graph.Edge, err error) {
	for _, n := range m.nodes[c.Subject] {
		for _, e := range m.s.Out(n, c.Predicates...) {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			claim := m.s.ClaimOf(e)
			switch {
			case claim.Modality != graph.Actual || !m.suits(c.Object, n, e):
			case claim.Polarity == graph.Denied:
				denied = append(denied, e)
			default:
				said = append(said, e)
			}
		}
		if !slices.Contains(refusable, c.Predicates[0]) {
			continue
		}
		for _, e := range m.s.Out(n, graph.Refused) {
			if e.IsFact() && m.suits(c.Object, n, e) {
				denied = append(denied, e)
			}
		}
	}
	return said, denied, ctx.Err()
}

// refusable are the acts of which a refusal is a denial.
var refusable = []graph.Predicate{graph.Signed, graph.AgreedTo, graph.ParticipatedIn, graph.Accepted}

// suits reports whether the other end of e, a claim of n, can be the term i.
func (m *matching) suits(i int, n graph.Node, e graph.Edge) bool {
	if i <= 0 {
		return true
	}
	if m.p.Terms[i].Kind == graph.ThingTerm {
		return slices.Contains(m.nodes[i], e.Other)
	}
	c := candidate{answer: n, other: e.Other, edge: e}
	return m.weigh(&c) && c.cost < m.limit()
}

// about fills r with the posts, bodies and roles of the thing asked about.
func (m *matching) about(ctx context.Context, r *Reply) error {
	for _, n := range m.nodes[1] {
		if err := ctx.Err(); err != nil {
			return err
		}
		var edges []graph.Edge
		for _, e := range m.s.Out(n) {
			if e.IsFact() {
				edges = append(edges, e)
			}
		}
		slices.SortStableFunc(edges, func(a, b graph.Edge) int { return rankAbout(a) - rankAbout(b) })
		if len(edges) > maxAbout {
			edges = edges[:maxAbout]
		}
		if len(edges) > 0 {
			r.Answers = append(r.Answers, Found{Node: n, Claims: edges})
		}
	}
	return ctx.Err()
}

// maxAbout is the most claims that are shown of a thing asked about.
const maxAbout = 12

// rankAbout puts what a thing is before what it did.
func rankAbout(e graph.Edge) int {
	switch e.Predicate() {
	case graph.HoldsPosition:
		return 0
	case graph.Leads, graph.Represents, graph.SpokespersonFor, graph.MemberOf, graph.PartOf:
		return 1
	case graph.Mediated, graph.Signed, graph.Hosted:
		return 2
	}
	return 3
}

// link fills r with the claims that tell of both things.
func (m *matching) link(ctx context.Context, r *Reply) error {
	set := m.nodes[2]
	for _, n := range m.nodes[1] {
		if err := ctx.Err(); err != nil {
			return err
		}
		var edges []graph.Edge
		for _, e := range slices.Concat(m.s.Out(n), m.s.In(n)) {
			if e.IsFact() && slices.Contains(set, e.Other) {
				edges = append(edges, e)
			}
		}
		if len(edges) > 0 {
			r.Answers = append(r.Answers, Found{Node: n, Claims: inOrder(m.s, edges)})
		}
	}
	if len(r.Answers) == 0 && len(set) > 0 && len(m.nodes[1]) > 0 {
		r.Notes = append(r.Notes, "no claim links the two directly; the connections over others are at the address below")
	}
	return ctx.Err()
}
