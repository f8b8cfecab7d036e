package queries

import (
	"context"
	"slices"
	"strings"

	"parley/graph"
)

// single are the predicates of which a thing has one value, so that two values
// are two versions.
var single = []graph.Predicate{graph.Outcome, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn, graph.EffectiveOn, graph.ExpiresOn}

// Disputes answers what some assert and others deny, and of which talks and
// agreements different outcomes or dates are told: a row for each, with the
// number of outlets on each side and no verdict. It takes thing, to ask about
// one thing only, and actor. Claims of every polarity count here.
//
// It takes two to dispute: what one article says in its own words, or quotes of
// one speaker, and what it says elsewhere of the same is a course of events ("did
// not sign, then signed") or a slip of reading, and not shown.
func Disputes(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "disputes", &p)
	if err != nil {
		return nil, err
	}
	a.confine(false)
	sets := append(a.things("thing", p.Thing, true), a.things("actor", p.Actor, true)...)
	if a.empty {
		return a.answer, nil
	}
	list := graph.Derived(s, allDisputes(p.Sort), func() []*dispute { return disputes(s, p.Sort) })
	if !a.plain || !a.event.isOpen() {
		list = a.again(list)
	}
	if len(sets) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(d *dispute) bool {
			return slices.ContainsFunc(sets, func(set nodeSet) bool {
				return !set.has(d.subject) && (d.object == graph.NoNode || !set.has(d.object))
			})
		})
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	facet := func(i int, name string) map[FacetValue]bool { return a.facetOfDispute(list[i], name) }
	if err := a.countFacets(statementFacets, len(list), facet); err != nil {
		return nil, err
	}
	return a.disputePage(list)
}

// allDisputes is the key of the disputes, without a filter, under an order.
type allDisputes string

// disputes returns every dispute of s in the order of sort.
func disputes(s *graph.Snapshot, sort string) []*dispute {
	a := &asking{s: s, p: &Params{Sort: sort}, plain: true}
	var list []*dispute
	for _, t := range graph.Types() {
		for _, n := range s.Nodes(t) {
			list = append(append(list, a.denied(n)...), a.versions(n)...)
		}
	}
	a.order(list)
	return list
}

// again returns what is left of the disputes under the filters asked for. A filter
// only takes claims away and two versions differ whatever others there are, so there
// is none that list does not have.
func (a *asking) again(list []*dispute) []*dispute {
	var left []*dispute
	for _, d := range list {
		n := *d
		if n.facts = subset(d.facts, a.isCounted); len(n.facts) == 0 {
			continue
		}
		n.apart = subset(d.apart, a.isCounted)
		if d.versions && a.differ(n.facts) || a.opposed(&n) {
			left = append(left, &n)
		}
	}
	if strings.HasSuffix(a.p.Sort, "claims") || strings.HasSuffix(a.p.Sort, "date") { // else no key has changed
		a.order(left)
	}
	return left
}

// order gives disputes their keys and sorts them as asked for.
func (a *asking) order(list []*dispute) {
	for _, d := range list {
		d.key = a.keyOfStatement(&d.statement)
	}
	order := a.statementOrder()
	slices.SortFunc(list, func(x, y *dispute) int { return order(x.key, y.key) })
}

// dispute is a statement that is asserted and denied; or, with versions set, a
// predicate of a thing of which different values are told.
type dispute struct {
	statement
	versions bool
	key      statementKey
}

// denied returns the statements about n, as subject, that are both asserted and denied.
func (a *asking) denied(n graph.Node) []*dispute {
	type triple struct {
		predicate graph.Predicate
		object    graph.Node
		literal   graph.Object
	}
	of := func(e graph.Edge) triple {
		t := triple{e.Predicate(), e.Other, graph.Object{}}
		if e.Other == graph.NoNode {
			t.literal = a.s.ClaimOf(e).Object
		}
		return t
	}
	out := a.s.Out(n)
	var list []*dispute
	var places map[triple]int
	for _, e := range out {
		if c := a.s.ClaimOf; e.IsFact() || c(e).Polarity != graph.Denied || !a.isCounted(e) {
			continue
		}
		t := of(e)
		i, ok := places[t]
		if !ok {
			if places == nil {
				places = make(map[triple]int)
			}
			i = len(list)
			places[t] = i
			list = append(list, &dispute{statement: statement{subject: n, object: t.object, literal: t.literal, predicate: t.predicate}})
		}
		list[i].apart = append(list[i].apart, e)
	}
	if len(list) == 0 {
		return nil
	}
	for _, e := range out {
		if !e.IsFact() {
			continue
		}
		if i, ok := places[of(e)]; ok && a.isCounted(e) {
			list[i].facts = append(list[i].facts, e)
		}
	}
	return slices.DeleteFunc(list, func(d *dispute) bool { return !a.opposed(d) })
}

// opposed reports whether somebody asserts the statement of d and somebody else
// denies it.
func (a *asking) opposed(d *dispute) bool {
	if len(d.facts) == 0 || len(d.apart) == 0 {
		return false
	}
	first := a.voice(d.facts[0])
	another := func(e graph.Edge) bool { return a.voice(e) != first }
	return slices.ContainsFunc(d.facts, another) || slices.ContainsFunc(d.apart, another)
}

// voice returns who says the claim: the speaker it is attributed to, the innermost
// of several, or else its article.
func (a *asking) voice(e graph.Edge) graph.ID {
	if by := a.s.ClaimOf(e).AttributedTo; len(by) > 0 {
		return by[len(by)-1]
	}
	return a.s.ArticleOf(e).ID
}

// isCounted reports whether the claim has the source and the time asked for,
// whatever its polarity.
func (a *asking) isCounted(e graph.Edge) bool {
	return (a.plain || a.isSourced(e, a.s.ClaimOf(e))) && (a.event.isOpen() || a.isTimed(e))
}

// versions returns the outcomes and dates of n of which different ones are told.
// Dates that only differ in how precise they are agree.
func (a *asking) versions(n graph.Node) []*dispute {
	if !isEvent(a.s.ID(n)) {
		return nil
	}
	var list []*dispute
	for _, p := range single {
		var claims []graph.Edge
		for _, e := range a.s.Out(n, p) {
			if e.IsFact() && a.isCounted(e) {
				claims = append(claims, e)
			}
		}
		if len(claims) > 1 && a.differ(claims) {
			list = append(list, &dispute{statement: statement{subject: n, object: graph.NoNode, predicate: p, facts: claims}, versions: true})
		}
	}
	return list
}

// differ reports whether two of the claims, of different voices, tell what cannot
// both be so.
func (a *asking) differ(claims []graph.Edge) bool {
	for i, e := range claims {
		for _, f := range claims[:i] {
			if contradict(a.s.ClaimOf(e).Object, a.s.ClaimOf(f).Object) && a.voice(e) != a.voice(f) {
				return true
			}
		}
	}
	return false
}

// contradict reports whether two outcomes exclude each other, or two dates have no
// day in common. Talks that were ongoing may have ended in any way since, and that
// there was no agreement is also true of those that collapsed or were put off.
func contradict(x, y graph.Object) bool {
	if x.Datatype == "date" {
		return firstDay(x.Value) > lastDay(y.Value) || firstDay(y.Value) > lastDay(x.Value)
	}
	if x.Value == y.Value || x.Value == "ongoing" || y.Value == "ongoing" {
		return false
	}
	return x.Value == "agreement" || y.Value == "agreement" || x.Value != "no agreement" && y.Value != "no agreement"
}

// disputeRow shows both sides, or all versions, with the number of outlets.
func (a *asking) disputeRow(d *dispute) Row {
	if !d.versions {
		row := a.statementRow(&d.statement)
		outlet := func(e graph.Edge) string { return a.s.ArticleOf(e).Outlet }
		row.Counts = []Count{{"asserted_by_outlets", a.distinct(d.facts, outlet)}, {"denied_by_outlets", a.distinct(d.apart, outlet)}}
		return row
	}
	values, count := a.values(d.facts)
	row := Row{Thing: d.subject, Predicate: d.predicate, AllClaims: len(d.facts), Counts: []Count{{"versions", count}},
		Roles: []Role{{"versions", values, count}}}
	row.cite()
	return row
}

// disputePage shows the part of list that was asked for, in the order of
// statements.
func (a *asking) disputePage(list []*dispute) (*Answer, error) {
	order := a.statementOrder()
	a.answer.Total = len(list)
	start := 0
	if a.p.Next != "" {
		key, err := decodeStatementKey(a.p.Next)
		if err != nil {
			return nil, err
		}
		found := false
		if start, found = slices.BinarySearchFunc(list, key, func(d *dispute, k statementKey) int { return order(d.key, k) }); found {
			start++
		}
	}
	end := min(start+a.p.limit(), len(list))
	if end < len(list) {
		a.answer.Truncated, a.answer.Next = true, list[end-1].key.encode()
	}
	for _, d := range list[start:end] {
		a.answer.Rows = append(a.answer.Rows, a.disputeRow(d))
	}
	return a.answer, nil
}
