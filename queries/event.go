package queries

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"
	"strings"

	"parley/graph"
)

// role is a part that other things, or literals, play for the thing of a row:
// the other ends of its claims with one of the predicates.
type role struct {
	name       string
	in         bool // the thing is the object of these claims
	predicates []graph.Predicate
}

func (r role) edges(s *graph.Snapshot, n graph.Node) []graph.Edge {
	if r.in {
		return s.In(n, r.predicates...)
	}
	return s.Out(n, r.predicates...)
}

// back returns the claims that lead from the player n of the role to rows.
func (r role) back(s *graph.Snapshot, n graph.Node) []graph.Edge {
	if r.in {
		return s.Out(n, r.predicates...)
	}
	return s.In(n, r.predicates...)
}

// The roles of talks, agreements and proposals.
var (
	mediators    = role{"mediators", true, []graph.Predicate{graph.Mediated}}
	participants = role{"participants", true, []graph.Predicate{graph.ParticipatedIn}}
	hosts        = role{"hosts", true, []graph.Predicate{graph.Hosted}}
	invited      = role{"invited", true, []graph.Predicate{graph.InvitedTo}}
	guarantors   = role{"guarantors", true, []graph.Predicate{graph.Guaranteed}}
	observers    = role{"observers", true, []graph.Predicate{graph.Observed}}
	signatories  = role{"signatories", true, []graph.Predicate{graph.Signed}}
	agreed       = role{"agreed", true, []graph.Predicate{graph.AgreedTo}}
	refusers     = role{"refusers", true, []graph.Predicate{graph.Refused}}
	violators    = role{"violators", true, []graph.Predicate{graph.Violated}}
	withdrew     = role{"withdrew", true, []graph.Predicate{graph.WithdrewFrom}}
	suspenders   = role{"suspended_by", true, []graph.Predicate{graph.Suspended}}
	proposers    = role{"proposers", true, []graph.Predicate{graph.Proposed}}
	addressees   = role{"addressees", false, []graph.Predicate{graph.ProposedTo}}
	accepters    = role{"accepted_by", true, []graph.Predicate{graph.Accepted}}
	rejecters    = role{"rejected_by", true, []graph.Predicate{graph.Rejected}}
	considerers  = role{"considered_by", true, []graph.Predicate{graph.Considered}}
	demanders    = role{"demanded_by", true, []graph.Predicate{graph.Demanded}}
	supporters   = role{"supporters", true, []graph.Predicate{graph.Supported}}
	leaders      = role{"leaders", true, []graph.Predicate{graph.Leads}}
	places       = role{"places", false, []graph.Predicate{graph.HeldIn, graph.SignedIn}}
	dates        = role{"dates", false, []graph.Predicate{graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn, graph.EffectiveOn, graph.ExpiresOn}}
	outcomes     = role{"outcomes", false, []graph.Predicate{graph.Outcome}}
	results      = role{"agreements", false, []graph.Predicate{graph.LedTo}}
	origins      = role{"talks", true, []graph.Predicate{graph.LedTo}}
	subjects     = role{"concerns", false, []graph.Predicate{graph.Concerns}}
	provisions   = role{"provides", false, []graph.Predicate{graph.Provides}}
	wholes       = role{"part_of", false, []graph.Predicate{graph.PartOf}}
	parts        = role{"parts", true, []graph.Predicate{graph.PartOf}}
)

// partyRoles are the parts that make an actor a party to talks or an agreement.
var partyRoles = []role{participants, signatories, agreed}

// actorRoles are all parts of actors.
var actorRoles = []role{mediators, participants, hosts, invited, guarantors, observers, signatories, agreed, refusers,
	violators, withdrew, suspenders, proposers, addressees, accepters, rejecters, considerers, demanders, supporters, leaders}

// shape is a question whose rows are things of a few types with their roles.
type shape struct {
	types []graph.Type
	key   []role // a thing is a row only if one of these is played
	roles []role // what a row shows
}

// condition holds of a thing if one of the players of one of the roles is in
// set, and the claim that says so is as wanted.
type condition struct {
	set     nodeSet
	roles   []role
	literal func(graph.Edge) bool // nil for any claim
}

// rowsOf gives the rows of the shape that meet every condition.
func (a *asking) rowsOf(ctx context.Context, sh shape, conditions []condition) (*Answer, error) {
	if a.empty {
		return a.answer, nil
	}
	found, err := a.matched(ctx, sh, conditions)
	if err != nil {
		return nil, err
	}
	out := a.answer
	out.Total, out.ApartAll = len(found.facts.nodes), len(found.apart)
	if err := a.facets(sh, found.facts.nodes); err != nil {
		return nil, err
	}
	page, err := a.page(found.facts)
	if err != nil {
		return nil, err
	}
	for _, n := range page {
		out.Rows = append(out.Rows, a.row(n, sh.roles, false))
	}
	if a.p.Next == "" {
		for _, n := range found.apart[:min(len(found.apart), a.p.limit())] {
			out.Apart = append(out.Apart, a.row(n, sh.roles, true))
		}
	}
	return out, ctx.Err()
}

// matches is the rows of a question in the order asked for, and those that there
// would be if denied, planned, conditional and possible claims counted.
type matches struct {
	facts *ranking
	apart []graph.Node
}

// allMatches is the key of the rows of a question, without a filter, under an order.
type allMatches struct{ question, sort string }

// matched returns the things of the shape that meet every condition. Without any
// they are worked out once for each snapshot.
func (a *asking) matched(ctx context.Context, sh shape, conditions []condition) (*matches, error) {
	find := func(ctx context.Context) (*matches, error) {
		facts, apart, err := a.match(ctx, sh, append(conditions, condition{roles: sh.key}))
		if err != nil {
			return nil, err
		}
		return &matches{a.ranked(facts), apart}, nil
	}
	if !a.plain || !a.event.isOpen() || len(conditions) > 0 {
		return find(ctx)
	}
	return graph.Derived(a.s, allMatches{a.answer.Question, a.p.Sort}, func() *matches {
		m, _ := find(context.WithoutCancel(ctx)) // it only fails if its context ends
		return m
	}), nil
}

// match returns the things that meet the conditions by what counts, and those
// that would if denied, planned, conditional and possible claims counted; both
// sorted by id.
func (a *asking) match(ctx context.Context, sh shape, conditions []condition) (facts, apart []graph.Node, err error) {
	for i, n := range a.candidates(sh, conditions) {
		if i%1024 == 1023 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if a.isDuring(n, false) && a.meets(n, conditions, a.admits) {
			facts = append(facts, n)
			continue
		}
		if !a.isFactual() {
			continue
		}
		if a.isDuring(n, true) && a.meets(n, conditions, a.admitsEither) {
			apart = append(apart, n)
		}
	}
	return facts, apart, nil
}

// candidates returns things of the shape's types among which are all that meet
// the conditions, sorted by id: the players' neighbours of the condition that
// leaves the fewest, or else all.
func (a *asking) candidates(sh shape, conditions []condition) []graph.Node {
	best, bestCost := -1, 0
	for _, t := range sh.types {
		bestCost += len(a.s.Nodes(t))
	}
	for i, c := range conditions {
		if c.set == nil {
			continue
		}
		cost := 0
		for _, r := range c.roles {
			for _, n := range c.set {
				cost += len(r.back(a.s, n))
			}
		}
		if cost < bestCost {
			best, bestCost = i, cost
		}
	}
	if years := a.eventsOfPeriod(sh); years != nil && len(years) < bestCost {
		return years
	}
	if best < 0 {
		types := slices.SortedFunc(slices.Values(sh.types), func(t, u graph.Type) int { return cmp.Compare(strings.ToLower(string(t)), strings.ToLower(string(u))) })
		var all []graph.Node // in the order of ids, which begin with the type
		for _, t := range types {
			all = append(all, a.s.Nodes(t)...)
		}
		return all
	}
	nodes := make([]graph.Node, 0, bestCost)
	for _, r := range conditions[best].roles {
		for _, n := range conditions[best].set {
			for _, e := range r.back(a.s, n) {
				if e.Other != graph.NoNode && slices.Contains(sh.types, a.s.ID(e.Other).Type()) {
					nodes = append(nodes, e.Other)
				}
			}
		}
	}
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	a.sortByID(nodes)
	return nodes
}

func (a *asking) sortByID(nodes []graph.Node) {
	sort.Slice(nodes, func(i, j int) bool { return a.s.ID(nodes[i]) < a.s.ID(nodes[j]) })
}

func (a *asking) meets(n graph.Node, conditions []condition, admits func(graph.Edge) bool) bool {
	for _, c := range conditions {
		if !a.plays(n, c, admits) {
			return false
		}
	}
	return true
}

func (a *asking) plays(n graph.Node, c condition, admits func(graph.Edge) bool) bool {
	for _, r := range c.roles {
		for _, e := range r.edges(a.s, n) {
			if c.set.has(e.Other) && (c.literal == nil || c.literal(e)) && admits(e) {
				return true
			}
		}
	}
	return false
}

// isDuring reports whether n happened in the period asked for: whether a date
// that is claimed of it, or the time of a claim about it, has a day in it. With apart
// the claims that are no facts count as well.
func (a *asking) isDuring(n graph.Node, apart bool) bool {
	switch {
	case a.event.isOpen():
		return true
	case a.plain && isEvent(a.s.ID(n)):
		times := &a.eventTimes()[n]
		return slices.ContainsFunc(times[0], a.event.overlaps) || apart && slices.ContainsFunc(times[1], a.event.overlaps)
	}
	admits := a.admits
	if apart {
		admits = a.admitsEither
	}
	for t, e := range timesOf(a.s, n) {
		if a.event.meets(t.from, t.to) && admits(e) {
			return true
		}
	}
	return false
}

// eventTimes returns the times of talks and agreements, by node.
func (a *asking) eventTimes() [][2][]period {
	if a.times == nil {
		a.times = graph.Derived(a.s, eventTimes{}, func() [][2][]period { return timesOfEvents(a.s) })
	}
	return a.times
}

// eventTimes is the key of the times of talks and agreements, by node: those by
// facts, and those by other claims.
type eventTimes struct{}

func timesOfEvents(s *graph.Snapshot) [][2][]period {
	all := make([][2][]period, s.Size())
	for _, kind := range []graph.Type{graph.Talks, graph.Agreement} {
		for _, n := range s.Nodes(kind) {
			var times [2][]period
			for t, e := range timesOf(s, n) {
				i := 1
				if e.IsFact() {
					i = 0
				}
				times[i] = append(times[i], newPeriod(t.from, cmp.Or(t.to, t.from)))
			}
			for i := range times {
				slices.SortFunc(times[i], func(t, u period) int { return cmp.Or(cmp.Compare(t.from, u.from), cmp.Compare(t.to, u.to)) })
				all[n][i] = slices.Clip(slices.Compact(times[i]))
			}
		}
	}
	return all
}

// timesOf yields the dates that are claimed of n and the times of claims about it, as
// they are told, with the claims.
func timesOf(s *graph.Snapshot, n graph.Node) iter.Seq2[period, graph.Edge] {
	return func(yield func(period, graph.Edge) bool) {
		for _, e := range dates.edges(s, n) {
			if !yield(period{s.ClaimOf(e).Object.Value, ""}, e) {
				return
			}
		}
		for _, list := range [][]graph.Edge{s.In(n), s.Out(n)} {
			for _, e := range list {
				if c := s.ClaimOf(e); c.When != nil && !yield(period{c.When.Start, c.When.End}, e) {
					return
				}
			}
		}
	}
}

// manyClaims is how many claims a thing has whose rows are kept.
const manyClaims = 200

// keptRow is the key of the row of a thing with many claims, under no filter and the
// usual bounds.
type keptRow struct {
	question string
	thing    graph.Node
	apart    bool
}

// row returns what the roles of n are, by what counts; apart says that n is no
// row by facts alone, so that everything it shows stands apart.
func (a *asking) row(n graph.Node, roles []role, apart bool) Row {
	if !a.plain || a.p.values() != DefaultValues || a.p.evidence() != DefaultEvidence || len(a.s.In(n))+len(a.s.Out(n)) < manyClaims {
		return a.newRow(n, roles, apart)
	}
	return graph.Derived(a.s, keptRow{a.answer.Question, n, apart}, func() Row { return a.newRow(n, roles, apart) })
}

func (a *asking) newRow(n graph.Node, roles []role, apart bool) Row {
	row := Row{Thing: n}
	if strings.HasSuffix(a.p.Sort, "date") {
		row.Date = a.dateOf(n)
	}
	for _, r := range roles {
		var admitted []graph.Edge
		for _, e := range r.edges(a.s, n) {
			switch {
			case a.admits(e):
				admitted = append(admitted, e)
			case a.admitsApart(e):
				row.Apart = append(row.Apart, e)
			}
		}
		if len(admitted) > 0 {
			row.AllClaims += len(admitted)
			values, count := a.values(admitted)
			row.Roles = append(row.Roles, Role{r.name, values, count})
		}
	}
	row.cite()
	if limit := a.p.evidence(); !apart && len(row.Apart) > limit {
		row.AllClaims += len(row.Apart) - limit
		row.Apart = row.Apart[:limit]
	}
	row.AllClaims = max(row.AllClaims, len(row.Claims)+len(row.Apart))
	return row
}

// values groups claims by their other end. It returns the first of the groups, as
// many as are to be shown: most claims first, then by label or text; and how
// many there are.
func (a *asking) values(edges []graph.Edge) (values []Value, count int) {
	all := make([]Value, 0, min(len(edges), 16))
	things, literals := make(map[graph.Node]int), map[graph.Object]int(nil)
	for _, e := range edges {
		v := Value{Node: e.Other}
		var i int
		var ok bool
		if e.Other != graph.NoNode {
			i, ok = things[e.Other]
		} else {
			v.Literal = a.s.ClaimOf(e).Object
			i, ok = literals[v.Literal]
		}
		if !ok {
			i = len(all)
			all = append(all, v)
			if e.Other != graph.NoNode {
				things[e.Other] = i
			} else {
				if literals == nil {
					literals = make(map[graph.Object]int)
				}
				literals[v.Literal] = i
			}
		}
		all[i].Count++
	}
	first := a.first(all, a.p.values())
	left := len(first) * a.p.evidence() // claims still to be found
	for _, e := range edges {
		if left == 0 {
			break
		}
		for i := range first {
			v := &first[i]
			if v.Node != e.Other || e.Other == graph.NoNode && v.Literal != a.s.ClaimOf(e).Object {
				continue
			}
			if len(v.Claims) < a.p.evidence() {
				v.Claims = append(v.Claims, e)
				left--
			}
			break
		}
	}
	return first, len(all)
}

// first returns the first n of the values in the order in which they are shown.
func (a *asking) first(all []Value, n int) []Value {
	order := func(v, w Value) int {
		if c := cmp.Compare(w.Count, v.Count); c != 0 {
			return c
		}
		if c := cmp.Compare(a.keyOf(v), a.keyOf(w)); c != 0 || v.Node == graph.NoNode || w.Node == graph.NoNode {
			return c
		}
		return cmp.Compare(a.s.ID(v.Node), a.s.ID(w.Node))
	}
	if len(all) <= 2*n {
		slices.SortFunc(all, order)
		return all[:min(len(all), n)]
	}
	best := make([]Value, 0, n+1)
	for _, v := range all {
		if len(best) == n && order(v, best[n-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, v, order)
		best = slices.Insert(best, at, v)[:min(len(best)+1, n)]
	}
	return best
}

func (a *asking) keyOf(v Value) string {
	if v.Node == graph.NoNode {
		return v.Literal.Value
	}
	return a.s.At(v.Node).Label
}
