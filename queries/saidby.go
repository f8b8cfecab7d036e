package queries

import (
	"cmp"
	"context"
	"slices"

	"parley/graph"
)

// SaidBy answers who said what: a row for each statement that an article
// attributes to someone, with those who say it under said_by. It takes thing, to
// ask what is said about one, actor and predicate; speaker asks for those who say it.
func SaidBy(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "said-by", &p)
	if err != nil {
		return nil, err
	}
	a.counted = true
	a.confine(true)
	about := a.things("thing", p.Thing, true)
	if a.empty {
		return a.answer, nil
	}
	var claims []seen
	for i, n := range a.talking() {
		if i%1024 == 1023 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, e := range s.Says(n) {
			subject, object := s.Ends(e)
			if slices.ContainsFunc(about, func(set nodeSet) bool { return !set.has(subject) && (object == graph.NoNode || !set.has(object)) }) ||
				len(p.Predicate) > 0 && !slices.Contains(p.Predicate, string(e.Predicate())) {
				continue
			}
			if c := s.ClaimOf(e); c.AttributedTo[0] == s.ID(n) { // each claim once, however many say it
				claims = append(claims, seen{e, n})
			}
		}
	}
	return a.statementRows(ctx, claims)
}

// talking returns those who may say something.
func (a *asking) talking() []graph.Node {
	var all []graph.Node
	for _, t := range graph.Types() {
		all = append(all, a.s.Nodes(t)...)
	}
	return slices.DeleteFunc(all, func(n graph.Node) bool { return len(a.s.Says(n)) == 0 })
}

// speakersOf returns who says a statement, each with its claims.
func (a *asking) speakersOf(facts []graph.Edge) Role {
	var turned []graph.Edge
	for _, e := range facts {
		for _, id := range a.s.ClaimOf(e).AttributedTo {
			if n, ok := a.s.Node(id); ok {
				e.Other = n
				turned = append(turned, e)
			}
		}
	}
	values, count := a.values(turned)
	return Role{"said_by", values, count}
}

// timesOf returns the times that are told of a statement, each with its claims, in
// order.
func (a *asking) timesOf(facts []graph.Edge) Role {
	var values []Value
	for _, e := range facts {
		c := a.s.ClaimOf(e)
		if c.When == nil || c.When.Start == "" {
			continue
		}
		time := graph.DateObject(c.When.Start)
		i := slices.IndexFunc(values, func(v Value) bool { return v.Literal == time })
		if i < 0 {
			i = len(values)
			values = append(values, Value{Node: graph.NoNode, Literal: time})
		}
		if values[i].Count++; values[i].Count <= a.p.evidence() {
			values[i].Claims = append(values[i].Claims, e)
		}
	}
	slices.SortFunc(values, func(v, w Value) int { return cmp.Compare(v.Literal.Value, w.Literal.Value) })
	return Role{"when", values[:min(len(values), a.p.values())], len(values)}
}

// confine makes only those claims count that are about the places asked for or,
// with actors, about the actors: one of their ends, or talks, an agreement or a proposal at
// one of their ends, is or was there, or the actor has a part in it.
func (a *asking) confine(actors bool) {
	a.spots = a.things("place", a.p.Place, true, graph.Place, graph.State)
	if actors {
		a.parties = a.things("actor", a.p.Actor, true)
	}
	a.plain = a.plain && len(a.spots) == 0 && len(a.parties) == 0
}

// isConfined reports whether the claim is about the places and actors asked for.
func (a *asking) isConfined(c *graph.Claim) bool {
	var ends []graph.Node
	for _, id := range []graph.ID{c.Subject, c.Object.ID} {
		if n, ok := a.s.Node(id); ok {
			ends = append(ends, n)
		}
	}
	for _, set := range a.spots {
		if !slices.ContainsFunc(ends, func(n graph.Node) bool { return set.has(n) || a.isIn(n, set) }) {
			return false
		}
	}
	for _, set := range a.parties {
		if !slices.ContainsFunc(ends, func(n graph.Node) bool {
			return set.has(n) || slices.ContainsFunc(actorRoles, func(r role) bool { return set.reached(r.edges(a.s, n)) })
		}) {
			return false
		}
	}
	return true
}

// isIn reports whether n is or was in a place of set.
func (a *asking) isIn(n graph.Node, set nodeSet) bool {
	return set.reached(a.s.Out(n, graph.HeldIn, graph.SignedIn, graph.LocatedIn, graph.BasedIn))
}

// reached reports whether a fact among edges leads to a member of set.
func (set nodeSet) reached(edges []graph.Edge) bool {
	return slices.ContainsFunc(edges, func(e graph.Edge) bool { return e.IsFact() && e.Other != graph.NoNode && set.has(e.Other) })
}
