package queries

import (
	"context"
	"slices"
	"strings"

	"parley/graph"
)

// Mediators answers who mediated most: a row for each mediator, with the number
// of talks and agreements and of the outcomes of the talks, most first. It takes
// what [Mediations] takes; only the talks and agreements that meet it count.
func Mediators(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	if p.Sort == "" {
		p.Sort = "-claims"
	}
	a, err := ask(s, "mediators", &p)
	if err != nil {
		return nil, err
	}
	conditions := append(a.eventConditions(mediationShape), condition{roles: mediationShape.key})
	if a.empty {
		return a.answer, nil
	}
	events, _, err := a.match(ctx, mediationShape, conditions)
	if err != nil {
		return nil, err
	}
	a.weights = make(map[graph.Node][]graph.Edge) // one claim an event
	var all []graph.Node
	last := make(map[graph.Node]graph.Node) // the event that a mediator was last met in
	for _, event := range events {
		for _, e := range mediators.edges(s, event) {
			at, met := last[e.Other]
			if !a.admits(e) || met && at == event {
				continue
			}
			if last[e.Other] = event; !met {
				all = append(all, e.Other)
			}
			a.weights[e.Other] = append(a.weights[e.Other], e)
		}
	}
	a.sortByID(all)
	a.answer.Total = len(all)
	page, err := a.page(all)
	if err != nil {
		return nil, err
	}
	for _, n := range page {
		a.answer.Rows = append(a.answer.Rows, a.mediatorRow(n))
	}
	return a.answer, ctx.Err()
}

// mediatorRow counts the events of a mediator and cites one claim for each.
func (a *asking) mediatorRow(n graph.Node) Row {
	claims := a.weights[n]
	row := Row{Thing: n, AllClaims: len(claims), Counts: []Count{{"talks", 0}, {"agreements", 0}}}
	ended := make(map[string]int)
	role := Role{Name: "mediated", Count: len(claims)}
	for _, e := range claims {
		_, event := a.s.Ends(e)
		if a.s.ID(event).Type() == graph.Talks {
			row.Counts[0].N++
		} else {
			row.Counts[1].N++
		}
		seen := make(map[string]bool)
		for _, o := range outcomes.edges(a.s, event) {
			if v := a.s.ClaimOf(o).Object.Value; a.admits(o) && !seen[v] {
				seen[v] = true
				ended[v]++
			}
		}
		if len(role.Values) < a.p.values() {
			role.Values = append(role.Values, Value{Node: event, Claims: []graph.Edge{e}, Count: 1})
		}
	}
	for _, outcome := range outcomeParam.Values {
		if ended[outcome] > 0 {
			row.Counts = append(row.Counts, Count{"outcome_" + strings.ReplaceAll(outcome, " ", "_"), ended[outcome]})
		}
	}
	row.Roles = []Role{role}
	row.cite()
	return row
}

// single are the predicates of which a thing has one value, so that two values
// are two versions.
var single = []graph.Predicate{graph.Outcome, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn, graph.EffectiveOn, graph.ExpiresOn}

// Disputes answers what some assert and others deny, and of which talks and
// agreements different outcomes or dates are told: a row for each, with the
// number of outlets on each side and no verdict. It takes thing, to ask about
// one thing only, and actor. Claims of every polarity count here.
func Disputes(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	a, err := ask(s, "disputes", &p)
	if err != nil {
		return nil, err
	}
	sets := append(a.things("thing", p.Thing, true), a.things("actor", p.Actor, true)...)
	if a.empty {
		return a.answer, nil
	}
	var found []*dispute
	for _, t := range graph.Types() {
		for i, n := range s.Nodes(t) {
			if i%1024 == 1023 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			found = append(append(found, a.denied(n)...), a.versions(n)...)
		}
	}
	found = slices.DeleteFunc(found, func(d *dispute) bool {
		return slices.ContainsFunc(sets, func(set nodeSet) bool {
			return !set.has(d.subject) && (d.object == graph.NoNode || !set.has(d.object))
		})
	})
	return a.disputePage(found)
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
	return slices.DeleteFunc(list, func(d *dispute) bool { return len(d.facts) == 0 })
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

func (a *asking) differ(claims []graph.Edge) bool {
	first := a.s.ClaimOf(claims[0]).Object
	return slices.ContainsFunc(claims[1:], func(e graph.Edge) bool {
		o := a.s.ClaimOf(e).Object
		if o.Datatype == "date" {
			return !newPeriod(first.Value, first.Value).meets(o.Value, "")
		}
		return o.Value != first.Value
	})
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
	for _, d := range list {
		d.key = a.keyOfStatement(&d.statement)
	}
	order := a.statementOrder()
	slices.SortFunc(list, func(x, y *dispute) int { return order(x.key, y.key) })
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
