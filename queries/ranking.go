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
	nodes := met.order.nodes
	a.answer.Total = len(nodes)
	facet := func(i int, name string) map[FacetValue]bool {
		return a.facetOfMediator(nodes[i], met.claims[nodes[i]], name)
	}
	if err := a.countFacets(mediatorFacets, len(nodes), facet); err != nil {
		return nil, err
	}
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
