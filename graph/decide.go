package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Decisions returns the log of decisions, oldest first, with those undone.
func (s *Store) Decisions() []Decision {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.decisions)
}

// Holds reports whether the decision with that number is there and not undone.
func (s *Store) Holds(number int) bool {
	r := s.snap.Load().rulings
	return r != nil && r.holds[number]
}

// Decide enters d into the log and shows the graph accordingly, before it
// returns. It gives d its number and, unless d has one, its time. d is refused if
// it names a thing or article that is not there ([ErrNotFound]), merges things of
// two types, or decides what is so already.
func (s *Store) Decide(ctx context.Context, d Decision) (Decision, error) {
	s.writer.Lock()
	defer s.writer.Unlock()
	if d.At == "" {
		d.At = time.Now().UTC().Format(time.RFC3339)
	}
	for {
		d.Number = len(s.decisions) + 1
		err := s.checkDecision(d)
		if err == nil {
			err = s.decide(ctx, d)
		}
		if errors.Is(err, errMoved) {
			if err = s.catchUp(ctx); err == nil {
				continue
			}
		}
		if err != nil {
			return Decision{}, fmt.Errorf("%s: %w", d.Kind, err)
		}
		return d, nil
	}
}

// checkDecision reports why d cannot be decided.
func (s *Store) checkDecision(d Decision) error {
	v := s.snap.Load()
	switch d.Kind {
	case MergeThings:
		return checkMerge(v, d)
	case SplitThing:
		return s.checkSplit(v, d)
	case RetractArticles, RestoreArticles:
		return s.checkRetraction(v, d)
	case UndoDecision:
		if d.Undoes < 1 || d.Undoes > len(s.decisions) {
			return fmt.Errorf("decision %d: %w", d.Undoes, ErrNotFound)
		}
		if !v.rulings.holds[d.Undoes] {
			return fmt.Errorf("decision %d is undone already", d.Undoes)
		}
		return nil
	}
	return fmt.Errorf("no such kind of decision")
}

func checkMerge(v *Snapshot, d Decision) error {
	if to := v.Canonical(d.Thing); to != d.Thing {
		return fmt.Errorf("%s is %s already", d.Thing, to)
	}
	for _, id := range []ID{d.Thing, d.Into} {
		if _, ok := v.Node(id); !ok {
			return fmt.Errorf("%s: %w", id, ErrNotFound)
		}
	}
	switch {
	case d.Thing == v.Canonical(d.Into):
		return fmt.Errorf("%s is the same thing", d.Thing)
	case d.Thing.Type() != d.Into.Type():
		return fmt.Errorf("%s and %s are of two types", d.Thing, d.Into)
	}
	return nil
}

func (s *Store) checkSplit(v *Snapshot, d Decision) error {
	switch {
	case d.Into.Slug() == "" || d.Into.Type() != d.Thing.Type():
		return fmt.Errorf("%q is no id of a %s", d.Into, d.Thing.Type())
	case d.Into == d.Thing:
		return fmt.Errorf("%s is the same thing", d.Thing)
	case len(d.Articles) == 0:
		return fmt.Errorf("which articles mean %s is not said", d.Into)
	}
	in := mentions(v, v.Canonical(d.Thing))
	for _, a := range d.Articles {
		if !in[a] {
			return fmt.Errorf("%s in %s: %w", d.Thing, a, ErrNotFound)
		}
	}
	return nil
}

func (s *Store) checkRetraction(v *Snapshot, d Decision) error {
	if len(d.Articles) == 0 {
		return fmt.Errorf("no article is named")
	}
	for _, a := range d.Articles {
		if _, there := s.articles[a]; !there {
			return fmt.Errorf("%s: %w", a, ErrNotFound)
		}
		if _, gone := v.Retraction(a); gone != (d.Kind == RestoreArticles) {
			return fmt.Errorf("%s is so already", a)
		}
	}
	return nil
}

// decide commits d. Everything that can fail in showing it comes before the commit.
func (s *Store) decide(ctx context.Context, d Decision) error {
	if s.opts.ReadOnly {
		return ErrReadOnly
	}
	quads, err := encodeDecision(d)
	if err != nil {
		return err
	}
	decisions := append(slices.Clip(s.decisions), d)
	base := s.snap.Load()
	s.mu.RLock()
	if !s.open {
		s.mu.RUnlock()
		return ErrClosed
	}
	next, err := s.ruled(ctx, base, base.Revision()+1, rule(decisions))
	s.mu.RUnlock()
	if err != nil {
		return err
	}
	return s.write(ctx, change{add: quads, labels: []ID{decisionID(d.Number)}}, func(revision uint64) {
		s.decisions, s.decided = decisions, append(slices.Clip(s.decided), revision)
		s.snap.Store(next)
	})
}

// ruled returns the snapshot v shown by r instead of by its own rulings. The
// caller holds mu.
func (s *Store) ruled(ctx context.Context, v *Snapshot, revision uint64, r *rulings) (*Snapshot, error) {
	fresh, gone, err := s.shownBy(ctx, v, r, nil)
	if err != nil {
		return nil, err
	}
	next := v.with(revision, fresh, gone)
	next.rulings = r
	return next, nil
}

// shownBy returns the articles that r shows otherwise than v does, and those that it
// does not show, but for those to be skipped. The caller holds mu.
func (s *Store) shownBy(ctx context.Context, v *Snapshot, r *rulings, skip map[ID]bool) (fresh []*Extraction, gone []ID, err error) {
	for _, a := range slices.Sorted(maps.Keys(affected(v, r))) {
		if _, stored := s.articles[a]; !stored || skip[a] {
			continue // decided upon and removed since
		}
		quads, err := s.b.quads(ctx, iri(a))
		if err == nil {
			err = ctx.Err() // Cayley ends early and without an error
		}
		if err != nil {
			return nil, nil, err
		}
		x, err := decode(a, quads, false)
		if err != nil {
			return nil, nil, err
		}
		if x, shown := r.view(x); shown {
			fresh = append(fresh, x)
		} else {
			gone = append(gone, a)
		}
	}
	return fresh, gone, nil
}

// affected returns the articles that r may show otherwise than v does.
func affected(v *Snapshot, r *rulings) map[ID]bool {
	old := v.rulings
	if old == nil {
		old = rule(nil)
	}
	articles := make(map[ID]bool)
	for _, a := range []*rulings{old, r} {
		for id := range a.into {
			if shown := old.canonical(id); shown != r.canonical(id) {
				maps.Copy(articles, mentions(v, shown))
			}
		}
		for id := range a.parts {
			if !maps.Equal(old.parts[id], r.parts[id]) {
				articles[id] = true
			}
		}
		for id := range a.retracted {
			if old.retracted[id].Number != r.retracted[id].Number {
				articles[id] = true
			}
		}
	}
	return articles
}

// mentions returns the articles that name a thing.
func mentions(v *Snapshot, id ID) map[ID]bool {
	articles := make(map[ID]bool)
	n, ok := v.Node(id)
	if !ok {
		return articles
	}
	for _, number := range v.artList {
		r := v.articles.at(number)
		if slices.ContainsFunc(r.things, func(c contribution) bool { return c.node == n }) {
			articles[r.article.ID] = true
		}
	}
	return articles
}
