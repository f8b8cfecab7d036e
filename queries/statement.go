package queries

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/graph"
)

// statement is what any number of claims say alike: subject, predicate, object.
type statement struct {
	subject, object graph.Node
	literal         graph.Object // if object is NoNode
	predicate       graph.Predicate
	claims          []graph.Edge // all of them
	facts, apart    []graph.Edge // those that count, and those that stand apart
}

// statementKey is the order of statements: under the sort asked for, then by
// predicate in the order of the model, object and subject.
type statementKey struct {
	sort, predicate, object, subject string
}

func (k statementKey) compare(l statementKey) int {
	return cmp.Or(cmp.Compare(k.sort, l.sort), cmp.Compare(k.predicate, l.predicate), cmp.Compare(k.object, l.object), cmp.Compare(k.subject, l.subject))
}

// seen is a claim with the thing from which it was found.
type seen struct {
	edge graph.Edge
	node graph.Node
}

// statements groups claims that say the same. A symmetric one is turned so that
// the end with the smaller id is the subject.
func (a *asking) statements(claims []seen) []*statement {
	type triple struct {
		subject, object graph.Node
		predicate       graph.Predicate
		literal         graph.Object
	}
	groups := make(map[triple]*statement, len(claims))
	var list []*statement
	for _, c := range claims {
		t := triple{predicate: c.edge.Predicate()}
		t.subject, t.object = a.s.Ends(c.edge)
		if t.object == graph.NoNode {
			t.literal = a.s.ClaimOf(c.edge).Object
		} else if info, _ := t.predicate.Info(); info.Symmetric && a.s.ID(t.object) < a.s.ID(t.subject) {
			t.subject, t.object = t.object, t.subject
		}
		g := groups[t]
		if g == nil {
			g = &statement{subject: t.subject, object: t.object, literal: t.literal, predicate: t.predicate}
			groups[t], list = g, append(list, g)
		}
		g.claims = append(g.claims, c.edge)
	}
	return list
}

// weighed returns st with those of its claims that count, and those that stand
// apart, as they are asked for.
func (a *asking) weighed(st *statement) statement {
	w := *st
	if a.plain && a.event.isOpen() && !slices.ContainsFunc(st.claims, func(e graph.Edge) bool { return !e.IsFact() }) {
		w.facts = st.claims
		return w
	}
	w.facts = subset(st.claims, func(e graph.Edge) bool { return a.admits(e) && (a.event.isOpen() || a.isTimed(e)) })
	w.apart = subset(st.claims, func(e graph.Edge) bool { return a.admitsApart(e) && (a.event.isOpen() || a.isTimed(e)) })
	return w
}

// subset returns the edges that keep holds of: a part of the slice itself where they
// stand together, else a new one.
func subset(edges []graph.Edge, keep func(graph.Edge) bool) []graph.Edge {
	from := slices.IndexFunc(edges, keep)
	if from < 0 {
		return nil
	}
	to := from + 1
	for to < len(edges) && keep(edges[to]) {
		to++
	}
	run := edges[from:to:to] // whoever appends to it gets a slice of its own
	for _, e := range edges[min(to+1, len(edges)):] {
		if keep(e) {
			run = append(run, e)
		}
	}
	return run
}

// statementTable is statements in the order asked for: those with a claim that
// counts, and those that stand apart.
type statementTable struct{ facts, apart []keyedStatement }

type keyedStatement struct {
	key statementKey
	statement
}

func (a *asking) table(list []*statement) *statementTable {
	var t statementTable
	for _, st := range list {
		w := a.weighed(st)
		if len(w.facts) > 0 {
			t.facts = append(t.facts, keyedStatement{a.keyOfStatement(&w), w})
		} else if len(w.apart) > 0 {
			t.apart = append(t.apart, keyedStatement{a.keyOfStatement(&w), w})
		}
	}
	order := a.statementOrder()
	byKey := func(x, y keyedStatement) int { return order(x.key, y.key) }
	slices.SortFunc(t.facts, byKey)
	slices.SortFunc(t.apart, byKey)
	return &t
}

// tableOf makes the table of statements that are in the usual order, with their keys
// there.
func (a *asking) tableOf(list []keyedStatement) *statementTable {
	if a.p.Sort != "" && a.p.Sort != "id" {
		all := make([]*statement, len(list))
		for i := range list {
			all[i] = &list[i].statement
		}
		return a.table(all)
	}
	var t statementTable
	for i := range list {
		w := a.weighed(&list[i].statement)
		if len(w.facts) > 0 {
			t.facts = append(t.facts, keyedStatement{list[i].key, w})
		} else if len(w.apart) > 0 {
			t.apart = append(t.apart, keyedStatement{list[i].key, w})
		}
	}
	return &t
}

func (a *asking) keyOfStatement(st *statement) statementKey {
	k := statementKey{predicate: predicateOrder(st.predicate), object: st.literal.Value, subject: string(a.s.ID(st.subject))}
	if st.object != graph.NoNode {
		k.object = string(a.s.ID(st.object))
	}
	switch strings.TrimPrefix(a.p.Sort, "-") {
	case "label":
		k.sort = strings.ToLower(a.s.At(st.subject).Label)
	case "claims":
		k.sort = strconv.Itoa(1e9 + len(st.facts))
	case "date":
		k.sort = a.dateOfStatement(st)
	}
	return k
}

// dateOfStatement returns the first time that is told of st, ISO 8601, or "".
func (a *asking) dateOfStatement(st *statement) string {
	first := ""
	for _, list := range [][]graph.Edge{st.facts, st.apart} {
		for _, e := range list {
			if c := a.s.ClaimOf(e); c.When != nil && (first == "" || c.When.Start < first) {
				first = c.When.Start
			}
		}
	}
	if first != "" || st.literal.Datatype == "date" {
		return cmp.Or(first, st.literal.Value)
	}
	for _, n := range []graph.Node{st.object, st.subject} {
		if n != graph.NoNode && isEvent(a.s.ID(n)) {
			return a.dateOf(n)
		}
	}
	return ""
}

// isEvent reports whether id is that of talks or of an agreement. It is asked of very
// many ids.
func isEvent(id graph.ID) bool {
	return strings.HasPrefix(string(id), "talks/") || strings.HasPrefix(string(id), "agreement/")
}

// predicateOrder returns a text that sorts like p's place in the model.
func predicateOrder(p graph.Predicate) string { return predicatePlaces()[p] }

var predicatePlaces = sync.OnceValue(func() map[graph.Predicate]string {
	places := make(map[graph.Predicate]string)
	for i, info := range graph.Predicates() {
		places[info.Predicate] = strconv.Itoa(100 + i)
	}
	return places
})

// statementRows turns the claims into the answer: a row a statement.
func (a *asking) statementRows(ctx context.Context, claims []seen) (*Answer, error) {
	if a.empty {
		return a.answer, nil
	}
	return a.statementPage(ctx, a.table(a.statements(claims)))
}

// statementPage shows the part of the table that is asked for.
func (a *asking) statementPage(ctx context.Context, t *statementTable) (*Answer, error) {
	out := a.answer
	out.Total, out.ApartAll = len(t.facts), len(t.apart)
	facet := func(i int, name string) map[FacetValue]bool { return a.facetOfStatement(&t.facts[i].statement, name) }
	if err := a.countFacets(statementFacets, len(t.facts), facet); err != nil {
		return nil, err
	}
	start := 0
	if a.p.Next != "" {
		key, err := decodeStatementKey(a.p.Next)
		if err != nil {
			return nil, err
		}
		order, found := a.statementOrder(), false
		if start, found = slices.BinarySearchFunc(t.facts, key, func(st keyedStatement, k statementKey) int { return order(st.key, k) }); found {
			start++
		}
	}
	end := min(start+a.p.limit(), len(t.facts))
	if end < len(t.facts) {
		out.Truncated, out.Next = true, t.facts[end-1].key.encode()
	}
	for i := range t.facts[start:end] {
		out.Rows = append(out.Rows, a.statementRow(&t.facts[start+i].statement))
	}
	if a.p.Next == "" {
		for i := range t.apart[:min(len(t.apart), a.p.limit())] {
			out.Apart = append(out.Apart, a.statementRow(&t.apart[i].statement))
		}
	}
	return out, ctx.Err()
}

// isTimed reports whether the time of the claim, or the date it states, or the
// date of the talks or agreement it is about, lies in the period asked for.
func (a *asking) isTimed(e graph.Edge) bool {
	c := a.s.ClaimOf(e)
	if c.When != nil && c.When.Start != "" {
		return a.event.meets(c.When.Start, c.When.End)
	}
	if c.Object.Datatype == "date" {
		return a.event.meets(c.Object.Value, "")
	}
	for _, id := range []graph.ID{c.Subject, c.Object.ID} {
		if n, ok := a.s.Node(id); ok && isEvent(id) && a.isDuring(n, false) {
			return true
		}
	}
	return false
}

func (a *asking) statementRow(st *statement) Row {
	facts := st.facts
	if info, _ := st.predicate.Info(); info.Symmetric { // met from both sides
		facts = inOrder(a.s, facts)
	}
	limit := a.p.evidence()
	v := Value{Node: st.object, Literal: st.literal, Count: len(facts), Claims: facts[:min(len(facts), limit)]}
	row := Row{Thing: st.subject, Predicate: st.predicate, Object: &v, Apart: st.apart}
	if a.counted {
		row.Counts = []Count{{"articles", a.distinct(facts, func(e graph.Edge) string { return string(a.s.ArticleOf(e).ID) })},
			{"outlets", a.distinct(facts, func(e graph.Edge) string { return a.s.ArticleOf(e).Outlet })}}
	}
	if strings.HasSuffix(a.p.Sort, "date") {
		row.Date = a.dateOfStatement(st)
	}
	row.cite()
	if a.counted {
		for _, role := range []Role{a.timesOf(facts), a.speakersOf(facts)} {
			if role.Count > 0 {
				row.Roles = append(row.Roles, role)
				for _, v := range role.Values {
					row.Claims = append(row.Claims, v.Claims...)
				}
			}
		}
		row.Claims = inOrder(a.s, row.Claims)
	}
	row.AllClaims = len(facts) + len(row.Apart)
	row.Apart = row.Apart[:min(len(row.Apart), limit)]
	return row
}

// statementOrder returns the order asked for. Equals under a sort stay in their
// usual order if it is turned round.
func (a *asking) statementOrder() func(x, y statementKey) int {
	switch {
	case a.p.Sort == "-id":
		return func(x, y statementKey) int { return y.compare(x) }
	case strings.HasPrefix(a.p.Sort, "-"):
		return func(x, y statementKey) int { return cmp.Or(cmp.Compare(y.sort, x.sort), x.compare(y)) }
	}
	return statementKey.compare
}

// distinct returns how many different texts of gives for the claims.
func (a *asking) distinct(edges []graph.Edge, of func(graph.Edge) string) int {
	seen := make(map[string]bool)
	for _, e := range edges {
		seen[of(e)] = true
	}
	return len(seen)
}

func (k statementKey) encode() string {
	return encodeToken(strings.Join([]string{k.sort, k.predicate, k.object}, "\x01"), graph.ID(k.subject))
}

func decodeStatementKey(token string) (statementKey, error) {
	key, id, err := decodeToken(token)
	if err != nil {
		return statementKey{}, err
	}
	parts := strings.Split(key, "\x01")
	if len(parts) != 3 {
		return statementKey{}, &ParameterError{"next", token, "what an earlier answer to this question gave as next"}
	}
	return statementKey{parts[0], parts[1], parts[2], string(id)}, nil
}
