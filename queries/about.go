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
	claims, err := a.around()
	if err != nil {
		return nil, err
	}
	return a.statementRows(ctx, claims)
}

// Timeline answers what happened to one thing in the order of time: a row for
// each statement about it whose time is told, or that is about talks or an
// agreement whose date is. It takes what [About] takes.
func Timeline(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	if p.Sort == "" {
		p.Sort = "date"
	}
	a, err := ask(s, "timeline", &p)
	if err != nil {
		return nil, err
	}
	claims, err := a.around()
	if err != nil {
		return nil, err
	}
	return a.statementRows(ctx, a.dated(claims))
}

// dated returns those claims whose time is told, or that are about talks or an
// agreement whose date is.
func (a *asking) dated(claims []seen) []seen {
	return slices.DeleteFunc(claims, func(c seen) bool {
		if claim := a.s.ClaimOf(c.edge); claim.When != nil || claim.Object.Datatype == "date" {
			return false
		}
		for _, n := range []graph.Node{c.node, c.edge.Other} {
			if n != graph.NoNode && isEvent(a.s.ID(n)) && a.dateOf(n) != "" {
				return false
			}
		}
		return true
	})
}

// around returns the claims about the thing asked about.
func (a *asking) around() ([]seen, error) {
	if err := required(thingParam, a.p.Thing); err != nil {
		return nil, err
	}
	a.confine(true)
	var set nodeSet
	for _, t := range a.things("thing", a.p.Thing, false) {
		set = append(set, t...)
	}
	others := a.things("with", a.p.With, true)
	var claims []seen
	for _, n := range set {
		for _, e := range a.s.Out(n) {
			claims = append(claims, seen{e, n})
		}
		for _, e := range a.s.In(n) {
			if !slices.Contains(set, e.Other) { // else it was met as that one's
				claims = append(claims, seen{e, n})
			}
		}
	}
	types := typesOf(a.p.Type)
	return slices.DeleteFunc(claims, func(c seen) bool {
		other := c.edge.Other
		return len(a.p.Predicate) > 0 && !slices.Contains(a.p.Predicate, string(c.edge.Predicate())) ||
			len(types) > 0 && (other == graph.NoNode || !slices.Contains(types, a.s.ID(other).Type())) ||
			slices.ContainsFunc(others, func(set nodeSet) bool { return !set.has(other) })
	}), nil
}

// Neighbours answers what one thing is linked to by facts: a row for each thing
// at the other end, with the number of claims by predicate, most claims first.
// It takes what [About] takes.
func Neighbours(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	if p.Sort == "" {
		p.Sort = "-claims"
	}
	a, err := ask(s, "neighbours", &p)
	if err != nil {
		return nil, err
	}
	claims, err := a.around()
	if err != nil || a.empty {
		return a.answer, err
	}
	links, apart := make(map[graph.Node][]graph.Edge), make(map[graph.Node][]graph.Edge)
	for _, c := range claims {
		switch n := c.edge.Other; {
		case n == graph.NoNode || !a.event.isOpen() && !a.isTimed(c.edge):
		case a.admits(c.edge):
			links[n] = append(links[n], c.edge)
		case a.admitsApart(c.edge):
			apart[n] = append(apart[n], c.edge)
		}
	}
	nodes := make([]graph.Node, 0, len(links))
	var only []graph.Node // linked by nothing that is a fact
	for n := range links {
		nodes = append(nodes, n)
	}
	for n := range apart {
		if links[n] == nil {
			only = append(only, n)
		}
	}
	a.sortByID(nodes)
	a.sortByID(only)
	a.weights = links
	a.answer.Total, a.answer.ApartAll = len(nodes), len(only)
	facet := func(i int, name string) map[FacetValue]bool { return a.facetOfLinks(nodes[i], links[nodes[i]], name) }
	if err := a.countFacets(linkFacets, len(nodes), facet); err != nil {
		return nil, err
	}
	page, err := a.page(a.ranked(nodes))
	if err != nil {
		return nil, err
	}
	for _, n := range page {
		a.answer.Rows = append(a.answer.Rows, a.neighbourRow(n, links[n], apart[n]))
	}
	if p.Next == "" {
		for _, n := range only[:min(len(only), p.limit())] {
			a.answer.Apart = append(a.answer.Apart, a.neighbourRow(n, nil, apart[n]))
		}
	}
	return a.answer, ctx.Err()
}

// neighbourRow returns what links n to the thing asked about, by predicate.
func (a *asking) neighbourRow(n graph.Node, links, apart []graph.Edge) Row {
	row := Row{Thing: n, AllClaims: len(links) + len(apart), Apart: apart}
	for _, info := range graph.Predicates() {
		count := 0
		for _, e := range links {
			if e.Predicate() == info.Predicate {
				count++
			}
		}
		if count > 0 {
			row.Counts = append(row.Counts, Count{string(info.Predicate), count})
		}
	}
	row.Claims = links[:min(len(links), a.p.evidence())]
	row.Apart = row.Apart[:min(len(row.Apart), a.p.evidence())]
	return row
}
