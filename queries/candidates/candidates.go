// Package candidates finds pairs of things that may be one although the graph
// keeps them apart, for people to decide upon. [Find] lists them with what speaks
// for each and a quote of either side; nothing is merged here.
package candidates

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"parley/graph"
)

// Params says which candidates [Find] returns. The zero value
// asks for all.
type Params struct {
	Type      graph.Type       // of the things; "" for every type that has candidates
	Limit     int              // most pairs to return; 0 for all
	Decisions []graph.Decision // the log: two things that a decision of it names are not offered again
}

// Candidate is two things of one type that may be one, offered to whoever may
// merge them.
type Candidate struct {
	Thing   Side     // the one that would go
	Into    Side     // the one that would stay
	Score   float64  // in [0, 1], for the order of the list; no probability
	Reasons []string // what speaks for it, in words
}

// Side is one of the two things of a [Candidate].
type Side struct {
	Thing *graph.Thing
	Claim *graph.Claim // one that shows what the candidate rests on
	From  *graph.Article
}

// Types returns the types that [Find] looks at.
func Types() []graph.Type {
	return []graph.Type{graph.Person, graph.Organisation, graph.Talks, graph.Agreement}
}

// Find returns pairs of things that may be one although they have two ids,
// best first, of equals by id, and how many there are with those beyond the
// limit. Talks and agreements pair if different articles tell of them with the
// same parties and nothing of place and time is against it; a surname alone with
// a person of that surname who has its post or side; an organisation with another
// of its acronym or alias.
//
// Things are compared only with those that share such a key, and under a key that
// very many share each with its neighbours in time or with the most often named
// ones only, so the work grows about as the graph does. The error is ctx's.
func Find(ctx context.Context, s *graph.Snapshot, p Params) (list []Candidate, total int, err error) {
	m := newPairing(s, p.Decisions)
	for _, t := range Types() {
		if p.Type != "" && p.Type != t {
			continue
		}
		switch t {
		case graph.Person:
			err = m.persons(ctx)
		case graph.Organisation:
			err = m.organisations(ctx)
		default:
			err = m.events(ctx, t)
		}
		if err != nil {
			return nil, 0, err
		}
	}
	slices.SortFunc(m.found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Thing.Thing.ID, b.Thing.Thing.ID), cmp.Compare(a.Into.Thing.ID, b.Into.Thing.ID))
	})
	total = len(m.found)
	if p.Limit > 0 && total > p.Limit {
		m.found = m.found[:p.Limit]
	}
	return m.found, total, ctx.Err()
}

// pairing is a search for candidates.
type pairing struct {
	s       *graph.Snapshot
	decided map[[2]graph.ID]bool
	tried   map[[2]graph.Node]bool
	sided   map[graph.Node][]graph.Node
	named   map[graph.Node][]graph.ID
	found   []Candidate
}

func newPairing(s *graph.Snapshot, decisions []graph.Decision) *pairing {
	m := &pairing{s: s, decided: make(map[[2]graph.ID]bool), tried: make(map[[2]graph.Node]bool),
		sided: make(map[graph.Node][]graph.Node), named: make(map[graph.Node][]graph.ID)}
	for _, d := range decisions {
		if d.Kind == graph.MergeThings || d.Kind == graph.SplitThing {
			m.decided[ordered(s.Canonical(d.Thing), s.Canonical(d.Into))] = true
		}
	}
	return m
}

// ordered returns a and b with the smaller one first.
func ordered[T cmp.Ordered](a, b T) [2]T { return [2]T{min(a, b), max(a, b)} }

// isOpen reports, the first time it is asked for a and b, whether they may pair:
// they are two, no decision names both, and neither is part of the other.
func (m *pairing) isOpen(a, b graph.Node) bool {
	key := ordered(a, b)
	if a == b || m.tried[key] {
		return false
	}
	m.tried[key] = true
	if m.decided[ordered(m.s.ID(a), m.s.ID(b))] {
		return false
	}
	return !slices.Contains(m.sides(a), b) && !slices.Contains(m.sides(b), a)
}

// add enters a candidate. The one that fewer articles name goes, of equals the
// later id. A pair that lacks a quote is not offered.
func (m *pairing) add(a, b graph.Node, score float64, reasons []string, quote func(graph.Node) (graph.Edge, bool)) {
	order := cmp.Or(cmp.Compare(len(m.articles(b)), len(m.articles(a))), cmp.Compare(m.s.ID(a), m.s.ID(b)))
	if order < 0 {
		a, b = b, a
	}
	m.addInto(a, b, score, reasons, quote)
}

// addInto enters a candidate of which a goes.
func (m *pairing) addInto(a, b graph.Node, score float64, reasons []string, quote func(graph.Node) (graph.Edge, bool)) {
	var sides [2]Side
	for i, n := range [2]graph.Node{a, b} {
		e, ok := quote(n)
		if !ok {
			if e, ok = m.anyClaim(n); !ok {
				return
			}
		}
		sides[i] = Side{m.s.At(n), m.s.ClaimOf(e), m.s.ArticleOf(e)}
	}
	score = math.Round(min(max(score, 0), 1)*100) / 100
	m.found = append(m.found, Candidate{sides[0], sides[1], score, reasons})
}

// anyClaim returns a claim that names n.
func (m *pairing) anyClaim(n graph.Node) (graph.Edge, bool) {
	for _, list := range [][]graph.Edge{m.s.Out(n), m.s.In(n), m.s.Says(n)} {
		if len(list) > 0 {
			return list[0], true
		}
	}
	return graph.Edge{}, false
}

// articles returns the articles that name n, sorted.
func (m *pairing) articles(n graph.Node) []graph.ID {
	if list, ok := m.named[n]; ok {
		return list
	}
	var list []graph.ID
	for _, edges := range [][]graph.Edge{m.s.Out(n), m.s.In(n), m.s.Says(n)} {
		for _, e := range edges {
			list = append(list, m.s.ArticleOf(e).ID)
		}
	}
	slices.Sort(list)
	m.named[n] = slices.Compact(list)
	return m.named[n]
}

// isApart reports whether no article names both a and b. One that does, and still
// tells them apart, knows better.
func (m *pairing) isApart(a, b graph.Node) bool {
	x, y := m.articles(a), m.articles(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return !slices.ContainsFunc(x, func(id graph.ID) bool { _, ok := slices.BinarySearch(y, id); return ok })
}

// sidePredicates lead from an actor to whom it belongs to or acts for.
var sidePredicates = []graph.Predicate{graph.PartOf, graph.Leads, graph.MemberOf, graph.Represents, graph.SpokespersonFor}

// sides returns whom or what n is asserted to belong to or act for, sorted by id.
func (m *pairing) sides(n graph.Node) []graph.Node {
	if list, ok := m.sided[n]; ok {
		return list
	}
	m.sided[n] = m.others(m.s.Out(n, sidePredicates...))
	return m.sided[n]
}

// others returns the things at the other end of asserted claims, sorted by id.
func (m *pairing) others(edges []graph.Edge) []graph.Node {
	var list []graph.Node
	for _, e := range edges {
		if e.Other != graph.NoNode && m.isAsserted(e) {
			list = append(list, e.Other)
		}
	}
	return m.unique(list)
}

func (m *pairing) isAsserted(e graph.Edge) bool {
	return e.IsFact() || m.s.ClaimOf(e).Polarity == graph.Asserted
}

// unique returns list sorted by id without repetitions.
func (m *pairing) unique(list []graph.Node) []graph.Node {
	slices.Sort(list)
	list = slices.Compact(list)
	slices.SortFunc(list, func(a, b graph.Node) int { return cmp.Compare(m.s.ID(a), m.s.ID(b)) })
	return list
}

// common returns what both lists have, in the order of a.
func common[T comparable](a, b []T) []T {
	var both []T
	for _, v := range a {
		if slices.Contains(b, v) {
			both = append(both, v)
		}
	}
	return both
}

// listed returns the labels of nodes as a reader would list them.
func (m *pairing) listed(nodes []graph.Node) string {
	labels := make([]string, len(nodes))
	for i, n := range nodes {
		labels[i] = m.s.At(n).Label
	}
	if len(labels) > 5 {
		labels = append(labels[:5], fmt.Sprintf("%d more", len(nodes)-5))
	}
	if len(labels) < 2 {
		return strings.Join(labels, "")
	}
	return strings.Join(labels[:len(labels)-1], ", ") + " and " + labels[len(labels)-1]
}

// popular sorts nodes, the most often claimed about first, of equals by id, and
// returns the first n.
func (m *pairing) popular(nodes []graph.Node, n int) []graph.Node {
	weight := func(n graph.Node) int { return len(m.s.Out(n)) + len(m.s.In(n)) }
	slices.SortFunc(nodes, func(a, b graph.Node) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), cmp.Compare(m.s.ID(a), m.s.ID(b)))
	})
	return nodes[:min(len(nodes), n)]
}

// markLength is the length of the mark behind the ids of things that one article
// alone knows: six hexadecimal digits.
const markLength = 6

// unmarked returns the slug of id without an article's mark; marked is false if
// it has none.
func unmarked(id graph.ID) (slug string, marked bool) {
	words := strings.Split(id.Slug(), "-")
	isMark := func(w string) bool { return len(w) == markLength && strings.Trim(w, "0123456789abcdef") == "" }
	for i := len(words) - 1; i > 0 && i >= len(words)-2; i-- { // a namesake has a number behind the mark
		if isMark(words[i]) {
			return strings.Join(words[:i], "-"), true
		}
	}
	return id.Slug(), false
}
