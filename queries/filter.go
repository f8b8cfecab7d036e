package queries

import (
	"fmt"
	"slices"
	"strings"

	"parley/graph"
)

// asking is one question being answered: the graph, what was asked, and the
// answer as it grows.
type asking struct {
	s        *graph.Snapshot
	p        *Params
	answer   *Answer
	plain    bool // no claim need be looked at: a fact is a fact
	outlets  []string
	speakers nodeSet
	printed  period
	event    period
	weights  map[graph.Node][]graph.Edge // the claims that count for a row, if not all about it
	spots    []nodeSet                   // places that a claim must be about
	parties  []nodeSet                   // actors likewise
	counted  bool                        // statements show when, by whom, and by how many articles and outlets they are made
	empty    bool                        // a name is unknown, so there is no answer
	times    [][2][]period               // what has been kept with the graph, once asked for: times of events,
	dates    []string                    // their first dates,
	ends     []uint8                     // and their outcomes, by node
}

// nodeSet is a set of things; nil stands for any thing.
type nodeSet []graph.Node

func (set nodeSet) has(n graph.Node) bool {
	if set == nil {
		return true
	}
	if len(set) <= 8 {
		return slices.Contains(set, n)
	}
	_, found := slices.BinarySearch(set, n)
	return found
}

// ask begins the answer to a question. It refuses parameters that are out of range.
func ask(s *graph.Snapshot, question string, p *Params) (*asking, error) {
	if err := p.valid(); err != nil {
		return nil, err
	}
	if p.AsOf != 0 && p.AsOf != s.Revision() {
		return nil, &ParameterError{"as_of", fmt.Sprint(p.AsOf), fmt.Sprintf("%d, the revision of the graph that is asked", s.Revision())}
	}
	a := &asking{s: s, p: p, answer: &Answer{Question: question, Revision: s.Revision(), snapshot: s}}
	a.printed = newPeriod(p.PublishedSince, p.PublishedUntil)
	a.event = newPeriod(p.Since, p.Until)
	for _, o := range p.Outlet {
		a.outlets = append(a.outlets, graph.Fold(strings.TrimPrefix(o, "outlet/")))
	}
	if len(p.Speaker) > 0 {
		a.speakers = nodeSet{}
		for _, set := range a.things("speaker", p.Speaker, false) {
			a.speakers = append(a.speakers, set...)
		}
		slices.Sort(a.speakers)
	}
	a.plain = a.isFactual() && p.MinConfidence == 0 && a.printed.isOpen() && len(a.outlets) == 0 && a.speakers == nil
	return a, nil
}

// isFactual reports whether facts are asked for, and not denials or plans.
func (a *asking) isFactual() bool {
	return (a.p.Polarity == "" || a.p.Polarity == string(graph.Asserted)) && (a.p.Modality == "" || a.p.Modality == string(graph.Actual))
}

// admits reports whether the claim counts: it has the polarity, modality,
// confidence, outlet, speaker and date of publication that were asked for.
func (a *asking) admits(e graph.Edge) bool {
	if a.plain {
		return e.IsFact()
	}
	c := a.s.ClaimOf(e)
	return wants(a.p.Polarity, string(graph.Asserted), string(c.Polarity)) &&
		wants(a.p.Modality, string(graph.Actual), string(c.Modality)) && a.isSourced(e, c)
}

// admitsApart reports whether the claim would count if it were a fact.
func (a *asking) admitsApart(e graph.Edge) bool {
	return !e.IsFact() && a.isFactual() && (a.plain || a.isSourced(e, a.s.ClaimOf(e)))
}

// admitsEither reports whether the claim counts or stands apart.
func (a *asking) admitsEither(e graph.Edge) bool { return a.admits(e) || a.admitsApart(e) }

func wants(asked, standard, got string) bool {
	if asked == "" {
		asked = standard
	}
	return asked == "any" || asked == got
}

// isSourced reports whether the claim has the source and confidence asked for.
func (a *asking) isSourced(e graph.Edge, c *graph.Claim) bool {
	if c.Confidence < a.p.MinConfidence || len(a.spots)+len(a.parties) > 0 && !a.isConfined(c) {
		return false
	}
	if a.speakers != nil && !slices.ContainsFunc(c.AttributedTo, func(id graph.ID) bool {
		n, ok := a.s.Node(id)
		return ok && a.speakers.has(n)
	}) {
		return false
	}
	if len(a.outlets) == 0 && a.printed.isOpen() {
		return true
	}
	article := a.s.ArticleOf(e)
	if len(a.outlets) > 0 && !slices.Contains(a.outlets, graph.Fold(article.Outlet)) {
		return false
	}
	return a.printed.isOpen() || a.printed.meets(article.Published, "")
}

// things returns, for each value, the things that it names, of the given types
// if any are given. With sides, a Group that is part of one of them counts as
// well; for a place, a place that lies in it. What each name was read as is noted in
// the answer.
func (a *asking) things(parameter string, values []string, sides bool, types ...graph.Type) []nodeSet {
	sets := make([]nodeSet, 0, len(values))
	for _, v := range values {
		nodes := a.named(v, types)
		a.answer.Readings = append(a.answer.Readings, Reading{parameter, v, nodes})
		switch {
		case len(nodes) == 0:
			a.empty = true
			a.answer.Notes = append(a.answer.Notes, fmt.Sprintf("%s: nothing in the graph is called %q", parameter, v))
		case len(nodes) > 1:
			var names []string
			for _, n := range nodes {
				names = append(names, fmt.Sprintf("%s (%s)", a.s.At(n).Label, a.s.ID(n)))
			}
			a.answer.Notes = append(a.answer.Notes, fmt.Sprintf("%s: %q was read as any of %s", parameter, v, strings.Join(names, ", ")))
		}
		set := slices.Clone(nodeSet(nodes))
		if sides {
			part := graph.Group
			if parameter == "place" {
				part = graph.Place
			}
			set = a.withParts(set, part)
		}
		slices.Sort(set)
		sets = append(sets, slices.Compact(append(nodeSet{}, set...)))
	}
	return sets
}

func (a *asking) named(v string, types []graph.Type) []graph.Node {
	if n, ok := a.s.Node(graph.ID(v)); ok {
		return []graph.Node{n}
	}
	nodes := a.s.Named(v)
	if len(types) == 0 {
		return nodes
	}
	return slices.DeleteFunc(nodes, func(n graph.Node) bool { return !slices.Contains(types, a.s.ID(n).Type()) })
}

// withParts adds to set the things of type part that are part of its members or
// lie in them, at any depth: the Groups on an actor's side, the places in a state.
func (a *asking) withParts(set nodeSet, part graph.Type) nodeSet {
	there := make(map[graph.Node]bool, len(set))
	for _, n := range set {
		there[n] = true
	}
	for i := 0; i < len(set); i++ {
		for _, e := range a.s.In(set[i], graph.PartOf, graph.LocatedIn) {
			if e.IsFact() && !there[e.Other] && a.s.ID(e.Other).Type() == part {
				there[e.Other] = true
				set = append(set, e.Other)
			}
		}
	}
	return set
}
