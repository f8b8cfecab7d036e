package queries

import (
	"context"
	"slices"

	"parley/graph"
)

// Positions answers who held which post, led, represented or spoke for whom: a
// row for each statement. It takes actor, either end of one.
func Positions(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return relations(ctx, s, "positions", p, graph.HoldsPosition, graph.Leads, graph.Represents, graph.SpokespersonFor)
}

// Memberships answers who is a member or a part of what: a row for each
// statement. It takes actor, either end of one.
func Memberships(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return relations(ctx, s, "memberships", p, graph.MemberOf, graph.PartOf)
}

// Meetings answers who met or spoke with whom: a row for each pair, with the
// number of articles and outlets that say so. It takes actor; of two, the
// meetings with each other.
func Meetings(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return relations(ctx, s, "meetings", p, graph.MetWith, graph.SpokeWith)
}

// relations asks a question whose rows are statements with certain predicates.
func relations(ctx context.Context, s *graph.Snapshot, name string, p Params, predicates ...graph.Predicate) (*Answer, error) {
	a, err := ask(s, name, &p)
	if err != nil {
		return nil, err
	}
	a.counted = true
	a.confine(false)
	if a.empty {
		return a.answer, nil
	}
	actors := a.things("actor", p.Actor, true)
	if len(actors) == 0 {
		return a.statementPage(ctx, a.tableOfAll(name, predicates))
	}
	var claims []seen
	for _, n := range actors[0] {
		for _, e := range slices.Concat(s.Out(n, predicates...), s.In(n, predicates...)) {
			claims = append(claims, seen{e, n})
		}
	}
	claims = slices.DeleteFunc(claims, func(c seen) bool {
		subject, object := s.Ends(c.edge)
		return c.node != subject && actors[0].has(subject) || // met as the subject's already
			slices.ContainsFunc(actors[1:], func(set nodeSet) bool { return !set.has(subject) && !set.has(object) })
	})
	return a.statementRows(ctx, claims)
}

// allStatements is the key of the statements that the question of that name is
// about; allInOrder that of their table, without a filter, under an order.
type (
	allStatements string
	allInOrder    struct{ question, sort string }
)

// tableOfAll returns the statements with the predicates of a question, worked out
// once for each snapshot.
func (a *asking) tableOfAll(name string, predicates []graph.Predicate) *statementTable {
	grouped := func() []keyedStatement { // in the usual order, so that it is found again quickly
		usual := &asking{s: a.s, p: &Params{}}
		var list []keyedStatement
		for _, st := range a.statements(a.everywhere(predicates)) {
			list = append(list, keyedStatement{usual.keyOfStatement(st), *st})
		}
		slices.SortFunc(list, func(x, y keyedStatement) int { return x.key.compare(y.key) })
		return list
	}
	if !a.plain || !a.event.isOpen() {
		return a.tableOf(graph.Derived(a.s, allStatements(name), grouped))
	}
	return graph.Derived(a.s, allInOrder{name, a.p.Sort}, func() *statementTable {
		return a.tableOf(graph.Derived(a.s, allStatements(name), grouped))
	})
}

// everywhere returns all claims with the predicates.
func (a *asking) everywhere(predicates []graph.Predicate) []seen {
	var claims []seen
	for _, p := range predicates {
		info, _ := p.Info()
		left := a.s.CountOf(p)
		for _, t := range info.From {
			for _, n := range a.s.Nodes(t) {
				if left == 0 {
					break
				}
				for _, e := range a.s.Out(n, p) {
					claims = append(claims, seen{e, n})
					left--
				}
			}
		}
	}
	return claims
}

// Statements answers what an actor said, and what it demanded, proposed, accused
// and so on: a row for each statement. It takes actor, which must be given, and
// predicate. What the actor denied stands apart, unless the polarity asks for it.
func Statements(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "statements", &p)
	if err != nil {
		return nil, err
	}
	if err := required(Parameter{Name: "actor", Help: "who said it"}, p.Actor); err != nil {
		return nil, err
	}
	a.counted = true
	a.confine(false)
	sets := a.things("actor", p.Actor, false)
	var claims []seen
	for _, n := range sets[0] {
		for _, e := range s.Says(n) {
			claims = append(claims, seen{e, n})
		}
		for _, e := range s.Out(n, graph.Demanded, graph.Proposed, graph.Accepted, graph.Rejected, graph.Considered, graph.Refused,
			graph.Supported, graph.Accused, graph.Threatened) {
			if !slices.Contains(s.ClaimOf(e).AttributedTo, s.ID(n)) { // else it is among what it says
				claims = append(claims, seen{e, n})
			}
		}
	}
	if len(p.Predicate) > 0 {
		claims = slices.DeleteFunc(claims, func(c seen) bool { return !slices.Contains(p.Predicate, string(c.edge.Predicate())) })
	}
	return a.statementRows(ctx, claims)
}

// Evolution answers how talks developed: what happened in them, in their parts,
// and to the agreements they led to, in the order of time. It takes thing.
func Evolution(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	if p.Sort == "" {
		p.Sort = "date"
	}
	a, err := ask(s, "evolution", &p)
	if err != nil {
		return nil, err
	}
	if err := required(thingParam, p.Thing); err != nil {
		return nil, err
	}
	a.confine(true)
	var process nodeSet
	for _, set := range a.things("thing", p.Thing, false) {
		process = append(process, set...)
	}
	belongs := make(map[graph.Node]bool)
	for _, n := range process {
		belongs[n] = true
	}
	for i := 0; i < len(process); i++ {
		n := process[i]
		for _, e := range slices.Concat(s.Out(n, graph.LedTo), s.In(n, graph.PartOf)) {
			if !e.IsFact() || e.Other == graph.NoNode || belongs[e.Other] {
				continue
			}
			if id := s.ID(e.Other); isEvent(id) || id.Type() == graph.Proposal {
				belongs[e.Other] = true
				process = append(process, e.Other)
			}
		}
	}
	var claims []seen
	for _, n := range process {
		for _, e := range s.Out(n) {
			claims = append(claims, seen{e, n})
		}
		for _, e := range s.In(n) {
			if !belongs[e.Other] { // else it was met as that one's
				claims = append(claims, seen{e, n})
			}
		}
	}
	return a.statementRows(ctx, a.dated(claims))
}

// Common answers what two things share: a row for each thing that facts link to
// both, with the claims of each side. It takes thing and with, which must be
// given, and type.
func Common(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "common", &p)
	if err != nil {
		return nil, err
	}
	if err := required(thingParam, p.Thing); err != nil {
		return nil, err
	}
	if err := required(withParam, p.With); err != nil {
		return nil, err
	}
	a.confine(true)
	sides := append(a.things("thing", p.Thing, true), a.things("with", p.With, true)...)
	if a.empty {
		return a.answer, nil
	}
	links := make([]map[graph.Node][]graph.Edge, len(sides))
	for i, set := range sides {
		links[i] = a.linked(set, typesOf(p.Type))
	}
	var shared []graph.Node
	a.weights = make(map[graph.Node][]graph.Edge)
	for n := range links[0] {
		if slices.ContainsFunc(sides, func(set nodeSet) bool { return slices.Contains(set, n) }) ||
			slices.ContainsFunc(links, func(m map[graph.Node][]graph.Edge) bool { return m[n] == nil }) {
			continue
		}
		shared = append(shared, n)
		for _, m := range links {
			a.weights[n] = append(a.weights[n], m[n]...)
		}
	}
	a.sortByID(shared)
	a.answer.Total = len(shared)
	facet := func(i int, name string) map[FacetValue]bool {
		return a.facetOfLinks(shared[i], a.weights[shared[i]], name)
	}
	if err := a.countFacets(linkFacets, len(shared), facet); err != nil {
		return nil, err
	}
	page, err := a.page(a.ranked(shared))
	if err != nil {
		return nil, err
	}
	for _, n := range page {
		row := Row{Thing: n, AllClaims: len(a.weights[n])}
		for i, m := range links {
			name := "thing"
			if i > 0 {
				name = "with"
			}
			values, count := a.values(m[n])
			row.Roles = append(row.Roles, Role{name, values, count})
		}
		row.cite()
		a.answer.Rows = append(a.answer.Rows, row)
	}
	return a.answer, ctx.Err()
}

// linked returns what facts link to one of set, of the types if any are given,
// with the claims turned so that their other end is the member of set.
func (a *asking) linked(set nodeSet, types []graph.Type) map[graph.Node][]graph.Edge {
	links := make(map[graph.Node][]graph.Edge)
	for _, n := range set {
		for _, list := range [][]graph.Edge{a.s.Out(n), a.s.In(n)} {
			for _, e := range list {
				far := e.Other
				if far == graph.NoNode || !a.admits(e) || len(types) > 0 && !slices.Contains(types, a.s.ID(far).Type()) ||
					!a.event.isOpen() && !a.isTimed(e) {
					continue
				}
				e.Other = n
				links[far] = append(links[far], e)
			}
		}
	}
	return links
}
