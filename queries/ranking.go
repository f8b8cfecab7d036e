package queries

import (
	"cmp"
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
	for _, event := range events {
		var there []graph.Node
		for _, e := range mediators.edges(s, event) {
			if !a.admits(e) || slices.Contains(there, e.Other) {
				continue
			}
			if there = append(there, e.Other); a.weights[e.Other] == nil {
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
	var rows []Row
	for _, t := range graph.Types() {
		for i, n := range s.Nodes(t) {
			if i%1024 == 1023 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			rows = append(rows, a.denied(n)...)
			rows = append(rows, a.versions(n)...)
		}
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool {
		return slices.ContainsFunc(sets, func(set nodeSet) bool {
			return !set.has(r.Thing) && (r.Object == nil || r.Object.Node == graph.NoNode || !set.has(r.Object.Node))
		})
	})
	return a.rowsInPages(rows)
}

// denied returns a row for each statement about n, as subject, that is both
// asserted and denied.
func (a *asking) denied(n graph.Node) []Row {
	var rows []Row
	out := a.s.Out(n)
	var done []statement
	for _, e := range out {
		if e.IsFact() {
			continue
		}
		c := a.s.ClaimOf(e)
		st := statement{predicate: e.Predicate(), object: e.Other}
		if e.Other == graph.NoNode {
			st.literal = c.Object
		}
		if c.Polarity != graph.Denied || slices.ContainsFunc(done, func(d statement) bool {
			return d.predicate == st.predicate && d.object == st.object && d.literal == st.literal
		}) {
			continue
		}
		done = append(done, st)
		for _, f := range a.s.Out(n, st.predicate) {
			d := a.s.ClaimOf(f)
			switch {
			case f.Other != st.object || f.Other == graph.NoNode && d.Object != st.literal || !a.isSourced(f, d) || !a.event.isOpen() && !a.isTimed(f):
			case f.IsFact():
				st.facts = append(st.facts, f)
			case d.Polarity == graph.Denied:
				st.apart = append(st.apart, f)
			}
		}
		if len(st.facts) == 0 || len(st.apart) == 0 {
			continue
		}
		st.subject = n
		row := a.statementRow(&st)
		outlet := func(e graph.Edge) string { return a.s.ArticleOf(e).Outlet }
		row.Counts = []Count{{"asserted_by_outlets", a.distinct(st.facts, outlet)}, {"denied_by_outlets", a.distinct(st.apart, outlet)}}
		rows = append(rows, row)
	}
	return rows
}

// versions returns a row for each outcome or date of n of which different ones
// are told. Dates that only differ in how precise they are agree.
func (a *asking) versions(n graph.Node) []Row {
	if !isEvent(a.s.ID(n)) {
		return nil
	}
	var rows []Row
	for _, p := range single {
		var claims []graph.Edge
		for _, e := range a.s.Out(n, p) {
			if e.IsFact() && a.isSourced(e, a.s.ClaimOf(e)) {
				claims = append(claims, e)
			}
		}
		if len(claims) < 2 || !a.differ(claims) || !a.event.isOpen() && !a.isDuring(n, a.admits) {
			continue
		}
		row := Row{Thing: n, Predicate: p, AllClaims: len(claims)}
		values := a.values(claims)
		row.Roles = []Role{{"versions", values[:min(len(values), a.p.values())], len(values)}}
		row.Counts = []Count{{"versions", len(values)}}
		row.cite()
		rows = append(rows, row)
	}
	return rows
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

// rowsInPages shows a part of rows, which are made already, in the order of
// predicate, thing and object.
func (a *asking) rowsInPages(rows []Row) (*Answer, error) {
	keys := make([]statementKey, len(rows))
	order := make([]int, len(rows))
	for i := range rows {
		order[i] = i
		st := statement{subject: rows[i].Thing, object: graph.NoNode, predicate: rows[i].Predicate}
		if o := rows[i].Object; o != nil {
			st.object, st.literal = o.Node, o.Literal
		}
		st.facts = rows[i].Claims
		keys[i] = a.keyOfStatement(&st)
	}
	compare := func(x, y statementKey) int {
		if strings.HasPrefix(a.p.Sort, "-") && a.p.Sort != "-id" {
			return cmp.Or(cmp.Compare(y.sort, x.sort), x.compare(y))
		}
		if a.p.Sort == "-id" {
			return y.compare(x)
		}
		return x.compare(y)
	}
	slices.SortFunc(order, func(i, j int) int { return compare(keys[i], keys[j]) })
	a.answer.Total = len(rows)
	start := 0
	if a.p.Next != "" {
		key, err := decodeStatementKey(a.p.Next)
		if err != nil {
			return nil, err
		}
		found := false
		if start, found = slices.BinarySearchFunc(order, key, func(i int, k statementKey) int { return compare(keys[i], k) }); found {
			start++
		}
	}
	end := min(start+a.p.limit(), len(order))
	if end < len(order) {
		a.answer.Truncated, a.answer.Next = true, keys[order[end-1]].encode()
	}
	for _, i := range order[start:end] {
		a.answer.Rows = append(a.answer.Rows, rows[i])
	}
	return a.answer, nil
}
