package queries

import (
	"context"
	"math/bits"
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
	conditions := a.eventConditions(mediationShape)
	if a.empty {
		return a.answer, nil
	}
	var met *mediated
	if a.plain && a.event.isOpen() && len(conditions) == 0 {
		met = graph.Derived(s, allMediated(p.Sort), func() *mediated {
			m, _ := a.mediated(context.WithoutCancel(ctx), nil) // it only fails if its context ends
			return m
		})
	} else if met, err = a.mediated(ctx, conditions); err != nil {
		return nil, err
	}
	a.weights = met.claims
	a.answer.Total = len(met.order.nodes)
	page, err := a.page(met.order)
	if err != nil {
		return nil, err
	}
	for _, n := range page {
		a.answer.Rows = append(a.answer.Rows, a.mediatorRow(n))
	}
	return a.answer, ctx.Err()
}

// mediated is who mediated what.
type mediated struct {
	order  *ranking                    // the mediators
	claims map[graph.Node][]graph.Edge // of each, one claim an event
}

// allMediated is the key of what was mediated, without a filter, under an order.
type allMediated string

// mediated returns who mediated the talks and agreements that meet the conditions.
func (a *asking) mediated(ctx context.Context, conditions []condition) (*mediated, error) {
	events, _, err := a.match(ctx, mediationShape, append(conditions, condition{roles: mediationShape.key}))
	if err != nil {
		return nil, err
	}
	m := &mediated{claims: make(map[graph.Node][]graph.Edge)}
	var nodes []graph.Node
	last := make(map[graph.Node]graph.Node) // the event that a mediator was last met in
	for _, event := range events {
		for _, e := range mediators.edges(a.s, event) {
			at, met := last[e.Other]
			if !a.admits(e) || met && at == event {
				continue
			}
			if last[e.Other] = event; !met {
				nodes = append(nodes, e.Other)
			}
			m.claims[e.Other] = append(m.claims[e.Other], e)
		}
	}
	a.sortByID(nodes)
	a.weights = m.claims
	m.order = a.ranked(nodes)
	return m, nil
}

// mediatorRow counts the events of a mediator and cites one claim for each.
func (a *asking) mediatorRow(n graph.Node) Row {
	claims := a.weights[n]
	row := Row{Thing: n, AllClaims: len(claims), Counts: []Count{{"talks", 0}, {"agreements", 0}}}
	var ended [8]int // by outcome, in the order of the parameter
	role := Role{Name: "mediated", Count: len(claims)}
	for _, e := range claims {
		_, event := a.s.Ends(e)
		if a.s.ID(event).Type() == graph.Talks {
			row.Counts[0].N++
		} else {
			row.Counts[1].N++
		}
		for left := a.outcomes(event); left != 0; left &= left - 1 {
			ended[bits.TrailingZeros8(left)]++
		}
		if len(role.Values) < a.p.values() {
			role.Values = append(role.Values, Value{Node: event, Claims: []graph.Edge{e}, Count: 1})
		}
	}
	for i, outcome := range outcomeParam.Values {
		if ended[i] > 0 {
			row.Counts = append(row.Counts, Count{"outcome_" + strings.ReplaceAll(outcome, " ", "_"), ended[i]})
		}
	}
	row.Roles = []Role{role}
	row.cite()
	return row
}

// allOutcomes is the key of the outcomes of every event, by node.
type allOutcomes struct{}

// outcomes returns the outcomes of event that count, a bit for each in the order of
// the parameter's values.
func (a *asking) outcomes(event graph.Node) uint8 {
	if !a.plain {
		return a.outcomesOf(event)
	}
	if a.ends == nil {
		a.ends = graph.Derived(a.s, allOutcomes{}, func() []uint8 {
			all := make([]uint8, a.s.Size())
			for _, n := range a.s.Nodes(graph.Talks) {
				all[n] = a.outcomesOf(n)
			}
			return all
		})
	}
	return a.ends[event]
}

func (a *asking) outcomesOf(event graph.Node) (set uint8) {
	for _, o := range outcomes.edges(a.s, event) {
		if i := slices.Index(outcomeParam.Values, a.s.ClaimOf(o).Object.Value); i >= 0 && a.admits(o) {
			set |= 1 << i
		}
	}
	return set
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
	counted := func(edges []graph.Edge) []graph.Edge {
		var left []graph.Edge
		for _, e := range edges {
			if a.isCounted(e) {
				left = append(left, e)
			}
		}
		return left
	}
	var left []*dispute
	for _, d := range list {
		n := *d
		if n.facts = counted(d.facts); len(n.facts) == 0 {
			continue
		}
		n.apart = counted(d.apart)
		if d.versions && a.differ(n.facts) || len(n.apart) > 0 {
			left = append(left, &n)
		}
	}
	a.order(left)
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

// differ reports whether two of the claims tell different outcomes, or dates that
// have no day in common: of periods every two meet if and only if the last to begin
// begins before the first to end has ended.
func (a *asking) differ(claims []graph.Edge) bool {
	first := a.s.ClaimOf(claims[0]).Object
	if first.Datatype != "date" {
		return slices.ContainsFunc(claims[1:], func(e graph.Edge) bool { return a.s.ClaimOf(e).Object.Value != first.Value })
	}
	begins, ends := firstDay(first.Value), lastDay(first.Value)
	for _, e := range claims[1:] {
		date := a.s.ClaimOf(e).Object.Value
		begins, ends = max(begins, firstDay(date)), min(ends, lastDay(date))
	}
	return begins > ends
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
