package candidates

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/graph"
)

// candidateBlock is how many things of one name are compared with each other, the
// most often named ones.
const candidateBlock = 32

// block is things that share a key.
type block struct {
	key   string
	nodes []graph.Node
}

// blocks groups things by their keys, in the order in which keys come up.
type blocks struct {
	list []block
	at   map[string]int
}

func (b *blocks) add(key string, n graph.Node) {
	if b.at == nil {
		b.at = make(map[string]int)
	}
	i, ok := b.at[key]
	if !ok {
		i = len(b.list)
		b.at[key] = i
		b.list = append(b.list, block{key: key})
	}
	if nodes := b.list[i].nodes; !slices.Contains(nodes[max(0, len(nodes)-1):], n) {
		b.list[i].nodes = append(nodes, n)
	}
}

// person is a person as far as identity is concerned.
type person struct {
	node  graph.Node
	lone  bool     // known by a surname only, in one article
	posts []string // folded
}

// persons adds the candidates of surnames that stand alone.
func (m *pairing) persons(ctx context.Context) error {
	var by blocks
	for i, n := range m.s.Nodes(graph.Person) {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		slug, _ := unmarked(m.s.ID(n))
		surname := slug[strings.LastIndexByte(slug, '-')+1:]
		for _, post := range m.posts(n) {
			by.add(surname+" post "+post, n)
		}
		for _, side := range m.sides(n) {
			by.add(surname+" side "+string(m.s.ID(side)), n)
		}
	}
	start := len(m.found)
	for _, b := range by.list {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		m.comparePersons(b.nodes)
	}
	m.warnOfNamesakes(start)
	return nil
}

// posts returns the posts that n is asserted to hold, folded and sorted.
func (m *pairing) posts(n graph.Node) []string {
	var list []string
	for _, e := range m.s.Out(n, graph.HoldsPosition) {
		if m.isAsserted(e) {
			list = append(list, graph.Fold(m.s.ClaimOf(e).Object.Value))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// comparePersons compares each lone surname among nodes with the persons of a
// full name that are named most, and with the next lone ones.
func (m *pairing) comparePersons(nodes []graph.Node) {
	var full, lone []person
	for _, n := range nodes {
		p := person{node: n, posts: m.posts(n)}
		if _, p.lone = unmarked(m.s.ID(n)); p.lone {
			lone = append(lone, p)
		}
	}
	for _, n := range m.popular(nodes, len(nodes)) {
		if _, isLone := unmarked(m.s.ID(n)); !isLone && len(full) < candidateBlock {
			full = append(full, person{node: n, posts: m.posts(n)})
		}
	}
	for i, a := range lone {
		for _, b := range full {
			m.comparePerson(a, b)
		}
		for _, b := range lone[i+1 : min(len(lone), i+1+candidateBlock)] {
			m.comparePerson(a, b)
		}
	}
}

// comparePerson adds a, a surname that stands alone, and b if they may be one:
// they have a side in common, or a post and no different sides.
func (m *pairing) comparePerson(a, b person) {
	if !m.isOpen(a.node, b.node) || !m.isApart(a.node, b.node) {
		return
	}
	posts := common(a.posts, b.posts)
	sidesA, sidesB := m.sides(a.node), m.sides(b.node)
	sides := common(sidesA, sidesB)
	if len(sides) == 0 && (len(posts) == 0 || len(sidesA) > 0 && len(sidesB) > 0) {
		return
	}
	score, reasons := 0.3, []string{fmt.Sprintf("%s is a surname alone in its article, and %s has it", m.s.At(a.node).Label, m.s.At(b.node).Label)}
	if b.lone {
		score, reasons[0] = 0.2, "the same surname stands alone in both articles"
	}
	if len(posts) > 0 {
		score, reasons = score+0.2, append(reasons, "both hold the post of "+strings.ReplaceAll(posts[0], "-", " "))
	}
	if len(sides) > 0 {
		score, reasons = score+0.3, append(reasons, "both belong to "+m.listed(sides))
	}
	quote := func(n graph.Node) (graph.Edge, bool) { return m.postClaim(n, posts, sides) }
	if b.lone {
		m.add(a.node, b.node, score, reasons, quote)
	} else {
		m.addInto(a.node, b.node, score, reasons, quote)
	}
}

// postClaim returns a claim that gives n one of the posts or sides.
func (m *pairing) postClaim(n graph.Node, posts []string, sides []graph.Node) (graph.Edge, bool) {
	for _, e := range m.s.Out(n, append([]graph.Predicate{graph.HoldsPosition}, sidePredicates...)...) {
		isPost := e.Other == graph.NoNode && slices.Contains(posts, graph.Fold(m.s.ClaimOf(e).Object.Value))
		if m.isAsserted(e) && (isPost || e.Other != graph.NoNode && slices.Contains(sides, e.Other)) {
			return e, true
		}
	}
	return graph.Edge{}, false
}

// warnOfNamesakes lowers the score of those candidates from start on in which a
// surname may be one of several persons.
func (m *pairing) warnOfNamesakes(start int) {
	bearers := make(map[graph.ID]int)
	for _, c := range m.found[start:] {
		if _, lone := unmarked(c.Into.Thing.ID); !lone {
			bearers[c.Thing.Thing.ID]++
		}
	}
	for i := start; i < len(m.found); i++ {
		c := &m.found[i]
		if n := bearers[c.Thing.Thing.ID]; n > 1 {
			c.Score /= 2
			c.Reasons = append(c.Reasons, fmt.Sprintf("but it may be any of %d persons", n))
		}
	}
}

// organisations adds the candidates among organisations.
func (m *pairing) organisations(ctx context.Context) error {
	var by blocks
	for i, n := range m.s.Nodes(graph.Organisation) {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := m.s.At(n)
		for _, name := range append([]string{t.Label}, t.Aliases...) {
			by.add(graph.Fold(name), n)
		}
	}
	for _, b := range by.list {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		nodes := m.popular(b.nodes, candidateBlock)
		for i, a := range nodes {
			for _, b2 := range nodes[:i] {
				m.compareOrganisations(a, b2, b.key)
			}
		}
	}
	return nil
}

// compareOrganisations adds a and b, which both have the name key, unless they
// have different codes or sides. What each article calls by a general name alone
// needs a side in common.
func (m *pairing) compareOrganisations(a, b graph.Node, key string) {
	if !m.isOpen(a, b) || m.codesDiffer(a, b) {
		return
	}
	sides := common(m.sides(a), m.sides(b))
	_, markedA := unmarked(m.s.ID(a))
	_, markedB := unmarked(m.s.ID(b))
	if len(sides) == 0 && (markedA || markedB || len(m.sides(a)) > 0 && len(m.sides(b)) > 0) {
		return
	}
	name := m.nameOf(a, key)
	score, reason := 0.4, "both are called "+name
	if isAcronym(name) {
		score, reason = 0.55, "both have the acronym "+name
	}
	reasons := []string{reason}
	if len(sides) > 0 {
		score, reasons = score+0.2, append(reasons, "both belong to "+m.listed(sides))
	}
	if !m.isApart(a, b) {
		score, reasons = score-0.2, append(reasons, "but an article names both")
	}
	m.add(a, b, score, reasons, func(n graph.Node) (graph.Edge, bool) { return m.nameClaim(n, key) })
}

// codesDiffer reports whether a and b have different codes of one scheme.
func (m *pairing) codesDiffer(a, b graph.Node) bool {
	codes := m.s.At(b).Codes
	for scheme, code := range m.s.At(a).Codes {
		if other, ok := codes[scheme]; ok && other != code {
			return true
		}
	}
	return false
}

// nameOf returns the name of n that folds to key.
func (m *pairing) nameOf(n graph.Node, key string) string {
	t := m.s.At(n)
	for _, name := range append([]string{t.Label}, t.Aliases...) {
		if graph.Fold(name) == key {
			return name
		}
	}
	return key
}

// isAcronym reports whether name is written as acronyms are.
func isAcronym(name string) bool {
	return len(name) > 1 && !strings.Contains(name, " ") && strings.ToUpper(name) == name && strings.ToLower(name) != name
}

// nameClaim returns a claim whose sentence calls n by the name key.
func (m *pairing) nameClaim(n graph.Node, key string) (graph.Edge, bool) {
	const most = 200 // claims of a hub; any one is evidence
	for _, e := range m.s.Out(n)[:min(most, len(m.s.Out(n)))] {
		if graph.Fold(m.s.ClaimOf(e).Evidence.SubjectText) == key {
			return e, true
		}
	}
	for _, e := range m.s.In(n)[:min(most, len(m.s.In(n)))] {
		if graph.Fold(m.s.ClaimOf(e).Evidence.ObjectText) == key {
			return e, true
		}
	}
	return graph.Edge{}, false
}
