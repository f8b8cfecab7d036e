package queries

import (
	"context"
	"slices"

	"parley/graph"
)

// About answers what is claimed about one thing, as subject or object: a row for
// each statement. It takes thing, with, predicate and type, the latter two for
// the kind of statement and of the thing at its other end.
func About(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "about", &p)
	if err != nil {
		return nil, err
	}
	if err := required(thingParam, p.Thing); err != nil {
		return nil, err
	}
	var set nodeSet
	for _, t := range a.things("thing", p.Thing, false) {
		set = append(set, t...)
	}
	others := a.things("with", p.With, true)
	var claims []seen
	for _, n := range set {
		for _, e := range s.Out(n) {
			claims = append(claims, seen{e, n, true})
		}
		for _, e := range s.In(n) {
			if !slices.Contains(set, e.Other) { // else it was met as that one's
				claims = append(claims, seen{e, n, false})
			}
		}
	}
	types := typesOf(p.Type)
	claims = slices.DeleteFunc(claims, func(c seen) bool {
		other := c.edge.Other
		return len(p.Predicate) > 0 && !slices.Contains(p.Predicate, string(c.edge.Predicate())) ||
			len(types) > 0 && (other == graph.NoNode || !slices.Contains(types, s.ID(other).Type())) ||
			slices.ContainsFunc(others, func(set nodeSet) bool { return !set.has(other) })
	})
	return a.statementRows(ctx, claims)
}
