package queries

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"parley/graph"
)

// Profile is all that is claimed about one thing, ordered for reading: its
// statements by predicate, what is disputed, and how much there is of it.
type Profile struct {
	Node     graph.Node
	Groups   []Group // in the order of the model, as subject before as object
	Disputes []Row   // statements about the thing that others deny, and what different versions are told of
	Claims   int     // about the thing, as subject or object
	Facts    int     // of Claims
	Said     int     // claims that are attributed to the thing
	Articles int     // that make Claims
	Outlets  int     // that printed Articles
}

// Group is what is claimed of a thing with one predicate, in one direction.
type Group struct {
	Predicate graph.Predicate
	Inverse   bool  // the thing is the object
	Rows      []Row // statements that are facts, most claims first
	Total     int   // number of such statements; Rows has fewer if they were limited
	Apart     []Row // statements that are only denied, planned, conditional or possible
	ApartAll  int
}

// Other returns the end of a statement of g that is not the thing it is about.
func (g *Group) Other(r *Row) Value {
	if g.Inverse {
		return Value{Node: r.Thing, Claims: r.Object.Claims, Count: r.Object.Count}
	}
	return *r.Object
}

// ProfileOf returns the profile of n. The limit of p bounds the statements of a
// group, its evidence the claims of a statement; nothing else of p is looked at.
func ProfileOf(ctx context.Context, s *graph.Snapshot, n graph.Node, p Params) (*Profile, error) {
	p = Params{Limit: p.Limit, Evidence: p.Evidence}
	a, err := ask(s, "about", &p)
	if err != nil {
		return nil, err
	}
	f := &Profile{Node: n, Said: len(s.Says(n))}
	articles, outlets := make(map[*graph.Article]bool), make(map[string]bool)
	for inverse, edges := range [][]graph.Edge{s.Out(n), s.In(n)} {
		for i := 0; i < len(edges); { // sorted by predicate
			from := i
			for ; i < len(edges) && edges[i].Predicate() == edges[from].Predicate(); i++ {
				f.Claims++
				if edges[i].IsFact() {
					f.Facts++
				}
				article := s.ArticleOf(edges[i])
				articles[article], outlets[article.Outlet] = true, true
			}
			f.Groups = a.group(f.Groups, n, edges[from:i], inverse == 1)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	slices.SortStableFunc(f.Groups, func(g, h Group) int { return cmp.Compare(predicateOrder(g.Predicate), predicateOrder(h.Predicate)) })
	f.Articles, f.Outlets = len(articles), len(outlets)
	f.Disputes = a.disputesOf(n)
	return f, nil
}

// group adds to groups the statements that claims of one predicate make about n.
// Both directions of a symmetric predicate are one group.
func (a *asking) group(groups []Group, n graph.Node, edges []graph.Edge, inverse bool) []Group {
	g := Group{Predicate: edges[0].Predicate(), Inverse: inverse}
	info, _ := g.Predicate.Info()
	claims := make([]seen, 0, len(edges))
	if info.Symmetric {
		if inverse && len(a.s.Out(n, g.Predicate)) > 0 {
			return groups // shown with the claims as subject
		}
		g.Inverse = false
		edges = slices.Concat(a.s.Out(n, g.Predicate), a.s.In(n, g.Predicate))
	}
	for _, e := range edges {
		claims = append(claims, seen{e, n})
	}
	var facts, apart []*statement
	for _, st := range a.statements(claims) {
		*st = a.weighed(st)
		if info.Symmetric && st.object == n {
			st.subject, st.object = st.object, st.subject
		}
		if len(st.facts) > 0 {
			facts = append(facts, st)
		} else {
			apart = append(apart, st)
		}
	}
	g.Rows, g.Total = a.mostClaims(facts), len(facts)
	g.Apart, g.ApartAll = a.mostClaims(apart), len(apart)
	return append(groups, g)
}

// mostClaims returns rows for those of the statements that most claims make, as
// many as the limit allows.
func (a *asking) mostClaims(list []*statement) []Row {
	slices.SortStableFunc(list, func(x, y *statement) int {
		return cmp.Compare(len(y.facts)+len(y.apart), len(x.facts)+len(x.apart))
	})
	rows := make([]Row, 0, min(len(list), a.p.limit()))
	for _, st := range list[:min(len(list), a.p.limit())] {
		row := a.statementRow(st)
		row.Date = a.dateOfStatement(st)
		rows = append(rows, row)
	}
	return rows
}

// disputesOf returns what is disputed about n, as subject or object.
func (a *asking) disputesOf(n graph.Node) []Row {
	found := slices.Concat(a.denied(n), a.versions(n), a.deniedOf(n))
	var rows []Row
	for _, d := range found[:min(len(found), a.p.limit())] {
		rows = append(rows, a.disputeRow(d))
	}
	return rows
}

// deniedOf returns the statements about n, as object, that are both asserted and
// denied, sorted by predicate in the order of the model and by subject.
func (a *asking) deniedOf(n graph.Node) []*dispute {
	type key struct {
		predicate graph.Predicate
		subject   graph.Node
	}
	found := make(map[key]*dispute)
	for _, e := range a.s.In(n) {
		if e.IsFact() || a.s.ClaimOf(e).Polarity != graph.Denied {
			continue
		}
		k := key{e.Predicate(), e.Other}
		d := found[k]
		if d == nil {
			d = &dispute{statement: statement{subject: e.Other, object: n, predicate: k.predicate}}
			found[k] = d
		}
		d.apart = append(d.apart, e)
	}
	if len(found) == 0 {
		return nil
	}
	for _, e := range a.s.In(n) {
		if d := found[key{e.Predicate(), e.Other}]; d != nil && e.IsFact() {
			d.facts = append(d.facts, e)
		}
	}
	list := slices.DeleteFunc(slices.Collect(maps.Values(found)), func(d *dispute) bool { return !a.opposed(d) })
	a.order(list)
	return list
}

// EventOf returns n, talks, an agreement or a proposal, with everybody's part in
// it, as the questions talks, agreements and proposals have it; nil if n is
// something else. The values and the evidence of p bound what is shown.
func EventOf(s *graph.Snapshot, n graph.Node, p Params) (*Row, error) {
	var sh shape
	switch s.ID(n).Type() {
	case graph.Talks:
		sh = talksShape
	case graph.Agreement:
		sh = agreementShape
	case graph.Proposal:
		sh = proposalShape
	default:
		return nil, nil
	}
	p = Params{Values: p.Values, Evidence: p.Evidence}
	a, err := ask(s, "about", &p)
	if err != nil {
		return nil, err
	}
	row := a.row(n, sh.roles, false)
	row.Date = a.dateOf(n)
	return &row, nil
}

// Newest returns the articles that were published last, newest first, at most
// limit of them. Those without a date are the oldest.
func Newest(s *graph.Snapshot, limit int) []*graph.Article {
	order := func(a, b *graph.Article) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(a.ID, b.ID))
	}
	list := make([]*graph.Article, 0, limit+1)
	for a := range s.Articles() {
		if len(list) == limit && order(a, list[limit-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, a, order)
		list = slices.Insert(list, at, a)[:min(len(list)+1, limit)]
	}
	return list
}
