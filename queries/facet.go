package queries

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"parley/graph"
)

// maxFacetValues is how many values of a facet are shown.
const maxFacetValues = 20

// facets counts the players of the roles asked for over all rows.
func (a *asking) facets(sh shape, rows []graph.Node) error {
	for _, name := range a.p.Facets {
		i := slices.IndexFunc(sh.roles, func(r role) bool { return r.name == name })
		if i < 0 && name != "outlet" && name != "year" {
			return &ParameterError{"facets", name, "outlet, year or a role of the question: " + strings.Join(sh.names(), ", ")}
		}
		counts := map[FacetValue]int{}
		for _, n := range rows {
			for v := range a.facetValues(n, sh, i, name) {
				counts[v]++
			}
		}
		a.answer.Facets = append(a.answer.Facets, a.facet(name, counts))
	}
	return nil
}

// facetValues returns what row n counts for under a facet.
func (a *asking) facetValues(n graph.Node, sh shape, i int, name string) map[FacetValue]bool {
	seen := map[FacetValue]bool{}
	if name == "year" {
		if d := a.dateOf(n); len(d) >= 4 {
			seen[FacetValue{Node: graph.NoNode, Text: d[:4]}] = true
		}
		return seen
	}
	roles := sh.roles
	if i >= 0 {
		roles = roles[i : i+1]
	}
	for _, r := range roles {
		for _, e := range r.edges(a.s, n) {
			switch {
			case !a.admits(e):
			case i < 0:
				seen[FacetValue{Node: graph.NoNode, Text: a.s.ArticleOf(e).Outlet}] = true
			case e.Other == graph.NoNode:
				seen[FacetValue{Node: e.Other, Text: a.s.ClaimOf(e).Object.Value}] = true
			default:
				seen[FacetValue{Node: e.Other}] = true
			}
		}
	}
	return seen
}

func (a *asking) facet(name string, counts map[FacetValue]int) Facet {
	f := Facet{Name: name}
	for v, n := range counts {
		v.Count = n
		f.Values = append(f.Values, v)
	}
	slices.SortFunc(f.Values, func(v, w FacetValue) int {
		return cmp.Or(cmp.Compare(w.Count, v.Count), cmp.Compare(a.facetKey(v), a.facetKey(w)))
	})
	if len(f.Values) > maxFacetValues {
		f.More = len(f.Values) - maxFacetValues
		f.Values = f.Values[:maxFacetValues]
	}
	return f
}

func (a *asking) facetKey(v FacetValue) string {
	if v.Node == graph.NoNode {
		return v.Text
	}
	return string(a.s.ID(v.Node))
}

func (sh shape) names() []string {
	var names []string
	for _, r := range sh.roles {
		names = append(names, r.name)
	}
	return names
}

// The facets of questions whose rows are statements, and of those whose rows are
// things that something links to another one.
var (
	statementFacets = []string{"outlet", "year", "predicate", "subject", "object", "speaker"}
	linkFacets      = []string{"type", "predicate", "outlet"}
)

// facetOfStatement returns what a statement counts for under a facet.
func (a *asking) facetOfStatement(st *statement, name string) map[FacetValue]bool {
	seen := make(map[FacetValue]bool)
	text := func(v string) { seen[FacetValue{Node: graph.NoNode, Text: v}] = true }
	switch name {
	case "year":
		if d := a.dateOfStatement(st); len(d) >= 4 {
			text(d[:4])
		}
	case "predicate":
		text(string(st.predicate))
	case "subject":
		seen[FacetValue{Node: st.subject}] = true
	case "object":
		if st.object != graph.NoNode {
			seen[FacetValue{Node: st.object}] = true
		} else {
			text(st.literal.Value)
		}
	case "outlet":
		for _, e := range st.facts {
			text(a.s.ArticleOf(e).Outlet)
		}
	case "speaker":
		for _, e := range st.facts {
			for _, id := range a.s.ClaimOf(e).AttributedTo {
				if n, ok := a.s.Node(id); ok {
					seen[FacetValue{Node: n}] = true
				}
			}
		}
	}
	return seen
}

// facetOfDispute returns what a dispute counts for under a facet, by the claims of
// both sides, or of all versions.
func (a *asking) facetOfDispute(d *dispute, name string) map[FacetValue]bool {
	both := d.statement
	both.facts = slices.Concat(d.facts, d.apart)
	if !d.versions || name != "object" {
		return a.facetOfStatement(&both, name)
	}
	seen := make(map[FacetValue]bool)
	for _, e := range both.facts {
		seen[FacetValue{Node: graph.NoNode, Text: a.s.ClaimOf(e).Object.Value}] = true
	}
	return seen
}

// mediatorFacets are what mediators can be counted by: their type, their outlets, and the
// years and roles of the talks and agreements that they mediated.
var mediatorFacets = append([]string{"type", "outlet", "year"}, mediationShape.names()[1:]...)

// facetOfMediator returns what a mediator counts for under a facet; claims are one
// for each of the talks and agreements.
func (a *asking) facetOfMediator(n graph.Node, claims []graph.Edge, name string) map[FacetValue]bool {
	seen := make(map[FacetValue]bool)
	i := slices.IndexFunc(mediationShape.roles, func(r role) bool { return r.name == name })
	for _, e := range claims {
		_, event := a.s.Ends(e)
		switch name {
		case "type":
			return a.facetOfLinks(n, nil, name)
		case "outlet":
			for _, said := range mediators.edges(a.s, event) {
				if said.Other == n && a.admits(said) {
					seen[FacetValue{Node: graph.NoNode, Text: a.s.ArticleOf(said).Outlet}] = true
				}
			}
		default:
			maps.Copy(seen, a.facetValues(event, mediationShape, i, name))
		}
	}
	return seen
}

// facetOfLinks returns what a thing counts for under a facet, by the claims that
// link it.
func (a *asking) facetOfLinks(n graph.Node, links []graph.Edge, name string) map[FacetValue]bool {
	seen := make(map[FacetValue]bool)
	text := func(v string) { seen[FacetValue{Node: graph.NoNode, Text: v}] = true }
	if name == "type" {
		text(string(a.s.ID(n).Type()))
		return seen
	}
	for _, e := range links {
		if name == "predicate" {
			text(string(e.Predicate()))
		} else {
			text(a.s.ArticleOf(e).Outlet)
		}
	}
	return seen
}

// countFacets counts, for each facet asked for, what rows count for; known are those
// that the question has.
func (a *asking) countFacets(known []string, rows int, of func(row int, facet string) map[FacetValue]bool) error {
	for _, name := range a.p.Facets {
		if !slices.Contains(known, name) {
			return &ParameterError{"facets", name, "some of " + strings.Join(known, ", ")}
		}
		counts := map[FacetValue]int{}
		for i := range rows {
			for v := range of(i, name) {
				counts[v]++
			}
		}
		a.answer.Facets = append(a.answer.Facets, a.facet(name, counts))
	}
	return nil
}
