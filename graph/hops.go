package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley"
	"github.com/cayleygraph/quad"
)

// Hop is one step along the facts of a predicate.
type Hop struct {
	Predicate Predicate
	Back      bool // from object to subject
}

// Hops follows the facts of the graph step by step from a thing and returns the
// things it comes to, sorted, at most limit of them. Literals are not followed
// and not returned.
//
// It asks the store and not the snapshot, for graphs that are larger than memory;
// on PostgreSQL the steps are one join. Questions about sources, time and
// confidence need claims, and so the snapshot.
func (s *Store) Hops(ctx context.Context, from ID, limit int, hops ...Hop) ([]ID, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.open {
		return nil, ErrClosed
	}
	qs := s.b.cayley()
	p := cayley.StartPath(qs, iri(from))
	for _, h := range hops {
		if via := quad.IRI(scheme + string(h.Predicate)); h.Back {
			p = p.In(via)
		} else {
			p = p.Out(via)
		}
	}
	// Cayley gives one result for each way and each label, and its own Unique,
	// Count and Order do not look at the context.
	inner, stop := context.WithCancel(ctx)
	defer stop()
	found := make(map[ID]struct{})
	err := p.Iterate(inner).Paths(false).EachValue(qs, func(v quad.Value) {
		if id := idOf(v); id != "" {
			found[id] = struct{}{}
		}
		if len(found) >= limit {
			stop()
		}
	})
	if ctx.Err() != nil { // then the answer may be cut short
		err = ctx.Err()
	} else if inner.Err() != nil {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("hops from %s: %w", from, err)
	}
	ids := make([]ID, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, nil
}
