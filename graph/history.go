package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// A graph remembers at which revision each article came and each decision was
// made, so the graph of an earlier revision can be shown again: today's without
// the articles that came later, ruled by the decisions made by then. What a
// backend keeps of this is a list of changes; see [moved].
//
// Two things are beyond recall. What changed before a graph began to keep the list
// (files of early versions of parley) counts as there from the start. And what
// [Store.Remove] takes out is gone from earlier revisions too, so none before the
// removal can be shown.

// pastKept is how many earlier snapshots a store keeps for those who ask again.
const pastKept = 4

// RevisionError says that the graph of a revision cannot be shown.
type RevisionError struct {
	Asked       uint64
	First, Last uint64 // the revisions that can
}

// Error names the revision and those that can be shown.
func (e *RevisionError) Error() string {
	return fmt.Sprintf("revision %d cannot be shown, only %d to %d", e.Asked, e.First, e.Last)
}

// past keeps the earlier snapshots asked for last.
type past struct {
	lock chan struct{} // held by whoever makes one; they take time and memory
	mu   sync.Mutex
	kept []*Snapshot // the one asked for last comes last
}

// Revisions returns the first and the last revision that [Store.AsOf] can show.
func (s *Store) Revisions() (first, last uint64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.first, s.Revision()
}

// AsOf returns the graph as it was at an earlier revision: answers asked of it are
// those that were given then. The last few are kept; another one takes about as
// long as half of it takes to read. The error is a [RevisionError], or ctx's.
func (s *Store) AsOf(ctx context.Context, revision uint64) (*Snapshot, error) {
	now := s.snap.Load()
	first, _ := s.Revisions()
	switch {
	case revision == now.Revision():
		return now, nil
	case revision < first || revision > now.Revision():
		return nil, &RevisionError{revision, first, now.Revision()}
	}
	if v := s.past.find(revision); v != nil {
		return v, nil
	}
	select {
	case s.past.lock <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.past.lock }()
	if v := s.past.find(revision); v != nil {
		return v, nil
	}
	v, err := s.makePast(ctx, revision)
	if err != nil {
		return nil, err
	}
	if first, last := s.Revisions(); revision < first { // an article was removed meanwhile
		return nil, &RevisionError{revision, first, last}
	}
	s.past.keep(v)
	return v, nil
}

// find returns the snapshot of the revision if it is kept.
func (p *past) find(revision uint64) *Snapshot {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.kept, func(v *Snapshot) bool { return v.Revision() == revision })
	if i < 0 {
		return nil
	}
	v := p.kept[i]
	p.kept = append(slices.Delete(p.kept, i, i+1), v)
	return v
}

func (p *past) keep(v *Snapshot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept = append(p.kept, v); len(p.kept) > pastKept {
		p.kept = slices.Delete(p.kept, 0, 1)
	}
}

// forget drops what is kept: an article is gone from all of it.
func (p *past) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = nil
}

// makePast makes the snapshot of an earlier revision out of today's.
func (s *Store) makePast(ctx context.Context, revision uint64) (*Snapshot, error) {
	now, r, fresh, gone, err := s.until(ctx, revision)
	if err != nil {
		return nil, err
	}
	var v *Snapshot
	if len(gone) > len(now.artList)/4 { // to take out many costs more than to put in the rest
		v, err = now.only(ctx, revision, fresh, gone)
	} else {
		v = now.fork().with(revision, fresh, gone)
	}
	if err != nil {
		return nil, err
	}
	v.rulings = r
	return v, ctx.Err()
}

// until returns today's snapshot, what the decisions made by the revision come to,
// the articles that they show otherwise, and those that are not to be shown.
func (s *Store) until(ctx context.Context, revision uint64) (now *Snapshot, r *rulings, fresh []*Extraction, gone []ID, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.open {
		return nil, nil, nil, nil, ErrClosed
	}
	now = s.snap.Load()
	late := make(map[ID]bool)
	for id, came := range s.articles {
		if came > revision {
			late[id] = true
		}
	}
	made := slices.IndexFunc(s.decided, func(at uint64) bool { return at > revision })
	if made < 0 {
		made = len(s.decisions)
	}
	rules := rule(s.decisions[:made])
	if fresh, gone, err = s.shownBy(ctx, now, rules, late); err != nil {
		return nil, nil, nil, nil, err
	}
	if made > 0 {
		r = rules
	}
	for id := range late {
		gone = append(gone, id)
	}
	return now, r, fresh, gone, nil
}

// only returns a new snapshot of the articles of s that are not in gone, with fresh
// in the place of those of the same id.
func (s *Snapshot) only(ctx context.Context, revision uint64, fresh []*Extraction, gone []ID) (*Snapshot, error) {
	left := make(map[ID]bool, len(gone)+len(fresh))
	for _, id := range gone {
		left[id] = true
	}
	b := newSnapshotBuilder(revision)
	for _, x := range fresh {
		left[x.Article.ID] = true
		b.add(x)
	}
	for i, number := range s.artList {
		rec := s.articles.at(number)
		if left[rec.article.ID] {
			continue
		}
		x := &Extraction{Article: *rec.article}
		for _, c := range rec.things {
			x.Things = append(x.Things, *c.thing)
		}
		for _, n := range rec.claims {
			x.Claims = append(x.Claims, *s.claims.at(n).claim)
		}
		b.add(x)
		if i%256 == 255 && ctx.Err() != nil {
			break
		}
	}
	return b.snapshot(), ctx.Err()
}

// remember takes over what a backend tells of its changes. The caller holds mu or
// has the store to itself.
func (s *Store) remember(first uint64, changes []moved) {
	s.first = max(s.first, first)
	for _, m := range changes {
		switch {
		case m.gone:
			s.first = max(s.first, m.revision)
		case isDecision(m.article):
		default:
			if _, there := s.articles[m.article]; there {
				s.articles[m.article] = m.revision
			}
		}
	}
	s.decided = make([]uint64, len(s.decisions))
	at := make(map[ID]uint64)
	for _, m := range changes {
		at[m.article] = m.revision
	}
	for i, d := range s.decisions {
		s.decided[i] = at[decisionID(d.Number)]
	}
}
