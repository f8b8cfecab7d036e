package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"parley/graph/nquads"
)

// IsDump reports whether q, any statement of a file, is as [Store.Dump] writes
// them: of an article or a decision, with a property of the stored layout.
func IsDump(q nquads.Quad) bool {
	label := idOf(quad.IRI(q.Graph.Value))
	return (label.Type() == ArticleType || isDecision(label)) && strings.HasPrefix(q.Predicate.Value, scheme)
}

// Restore puts what [Store.Dump] wrote into s: the articles that it does not have,
// and the decisions. The lines of an article must stand together, as Dump writes
// them. It stops at the first error; what it says it added is added. A log of
// decisions is only restored into a graph that has none.
func (s *Store) Restore(ctx context.Context, dump iter.Seq2[nquads.Quad, error]) (Added, error) {
	var decisions []Decision
	added, err := s.AddBulk(ctx, extractionsOf(dump, &decisions))
	if err != nil {
		return added, err
	}
	slices.SortFunc(decisions, func(a, b Decision) int { return a.Number - b.Number })
	return added, s.Enter(ctx, decisions...)
}

// Enter writes decisions that were made elsewhere into the log, in their order. They
// may name things and articles that are not there. They are refused if s has
// decisions of its own, whose numbers they would not fit.
func (s *Store) Enter(ctx context.Context, decisions ...Decision) error {
	if len(decisions) == 0 {
		return nil
	}
	s.writer.Lock()
	defer s.writer.Unlock()
	if len(s.decisions) > 0 {
		return errors.New("restore decisions: the graph has decisions of its own, want one without")
	}
	for i, d := range decisions {
		d.Number = i + 1
		if err := s.decide(ctx, d); err != nil {
			return fmt.Errorf("restore decision %d: %w", d.Number, err)
		}
	}
	return nil
}

// extractionsOf yields the articles of a dump and collects its decisions.
func extractionsOf(dump iter.Seq2[nquads.Quad, error], decisions *[]Decision) iter.Seq2[*Extraction, error] {
	return func(yield func(*Extraction, error) bool) {
		var label ID
		var quads []quad.Quad
		seen := make(map[ID]bool)
		finish := func() bool {
			switch {
			case isDecision(label):
				d, err := decodeDecision(label, quads)
				*decisions = append(*decisions, d)
				return err == nil || yield(nil, err)
			case label == "":
				return true
			}
			x, err := decode(label, quads, true)
			return yield(x, err) && err == nil
		}
		for q, err := range dump {
			if err == nil && !IsDump(q) {
				err = fmt.Errorf("<%s> <%s> is no statement of a copy of a graph", q.Subject.Value, q.Predicate.Value)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if next := idOf(quad.IRI(q.Graph.Value)); next != label {
				if !finish() {
					return
				}
				if seen[next] {
					yield(nil, fmt.Errorf("the lines of %s do not stand together", next))
					return
				}
				seen[next] = true
				label, quads = next, nil
			}
			quads = append(quads, storedQuad(q))
		}
		finish()
	}
}

func storedQuad(q nquads.Quad) quad.Quad {
	return quad.Quad{Subject: valueOf(q.Subject), Predicate: valueOf(q.Predicate), Object: valueOf(q.Object), Label: valueOf(q.Graph)}
}

func valueOf(t nquads.Term) quad.Value {
	switch {
	case t.Kind != nquads.Literal:
		return quad.IRI(t.Value)
	case t.Datatype != "":
		return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(t.Datatype)}
	}
	return quad.String(t.Value)
}
