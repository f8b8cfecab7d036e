package queries

import (
	"slices"

	"parley/graph"
)

// Filter says which claims count under the filters of a [Params]: polarity,
// modality, confidence, outlet, speaker, both periods, predicate, and the types of
// things at both ends.
type Filter struct {
	a     *asking
	types []graph.Type
}

// NewFilter returns the filter that p asks for. The error is a [ParameterError].
func NewFilter(s *graph.Snapshot, p Params) (*Filter, error) {
	a, err := ask(s, "", &p)
	if err != nil {
		return nil, err
	}
	return &Filter{a, typesOf(p.Type)}, nil
}

// Admits reports whether the claim of e, an edge of the filter's snapshot, counts.
func (f *Filter) Admits(e graph.Edge) bool {
	if len(f.a.p.Predicate) > 0 && !slices.Contains(f.a.p.Predicate, string(e.Predicate())) {
		return false
	}
	return f.a.admits(e) && (f.a.event.isOpen() || f.a.isTimed(e))
}

// AdmitsThing reports whether n has one of the types asked for.
func (f *Filter) AdmitsThing(n graph.Node) bool {
	return len(f.types) == 0 || slices.Contains(f.types, f.a.s.ID(n).Type())
}

// Things returns the things that the values of a parameter name, sorted, each
// once, and notes in [Filter.Answer] how each was read.
func (f *Filter) Things(parameter string, values []string) []graph.Node {
	var all []graph.Node
	for _, set := range f.a.things(parameter, values, false) {
		all = append(all, set...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Answer returns an answer without rows: how names were read, and what a reader
// should know of that.
func (f *Filter) Answer() *Answer { return f.a.answer }

// SourceParameters returns the parameters that all questions take: about who says
// so, when, and how. The slice is shared and must not be changed.
func SourceParameters() []Parameter { return sourceParams }

// PredicateParameter is which kinds of claims are asked for.
func PredicateParameter() Parameter { return predicateParam }

// TypeParameter is which types of things are asked for.
func TypeParameter() Parameter { return typeParam }
