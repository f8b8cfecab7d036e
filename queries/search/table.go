package search

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"parley/graph"
)

// batchEntries is how many entries go into an index at once; maxPieces after how
// many batches of changes it is made anew, since pieces of an index in memory are
// never joined.
const (
	batchEntries = 5000
	maxPieces    = 256
)

// entry is one document of an index.
type entry struct {
	id     string
	fields map[string]any
}

// group is entries that come and go together: those of an article, or of a thing.
type group struct {
	key     string
	mark    any // compares equal as long as the entries are the same
	entries func() []entry
}

// changes calls yield for every group of s.
type changes func(s *graph.Snapshot, yield func(group) bool)

// table is an index that follows the graph.
type table struct {
	mapping  func() mapping.IndexMapping
	groups   changes
	lock     chan struct{} // held by who brings current up to date
	current  atomic.Pointer[version]
	building atomic.Bool  // someone makes the first version
	done     atomic.Int64 // groups looked at
}

// version is one bleve index and what is in it.
type version struct {
	index  bleve.Index
	at     *graph.Snapshot
	held   map[string]*held // by the key of the group; under the table's lock
	round  int              // of updates
	pieces int
}

// held is a group that is in the index.
type held struct {
	mark  any
	ids   []string
	round int // in which the group was last seen
}

func newTable(m func() mapping.IndexMapping, groups changes) *table {
	return &table{mapping: m, groups: groups, lock: make(chan struct{}, 1)}
}

// ready returns the index brought up to s, or, if it is ahead of s, as it is.
func (t *table) ready(ctx context.Context, s *graph.Snapshot) (bleve.Index, error) {
	if v := t.current.Load(); v != nil && v.at == s {
		return v.index, nil
	} else if v == nil && t.building.Load() {
		return nil, &IndexingError{t.done.Load()}
	}
	select {
	case t.lock <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-t.lock }()
	v := t.current.Load()
	if v == nil {
		var err error
		if v, err = t.build(ctx, s); err != nil {
			return nil, err
		}
		t.current.Store(v)
	}
	if v.at != s && s.Revision() >= v.at.Revision() {
		next, err := t.update(ctx, v, s)
		if err != nil {
			return nil, err
		}
		t.current.Store(next)
	}
	return v.index, nil
}

// follow makes the first version, or a new one instead of one of many pieces, or
// brings the one there is up to s.
func (t *table) follow(ctx context.Context, s *graph.Snapshot) error {
	if v := t.current.Load(); v != nil && v.pieces < maxPieces {
		_, err := t.ready(ctx, s)
		return err
	}
	v, err := t.build(ctx, s)
	if err != nil {
		return err
	}
	t.lock <- struct{}{}
	t.current.Store(v)
	<-t.lock
	t.building.Store(false)
	return nil
}

// build makes a version of s.
func (t *table) build(ctx context.Context, s *graph.Snapshot) (*version, error) {
	index, err := bleve.NewUsing("", t.mapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index: %w", err)
	}
	t.done.Store(0)
	v, err := t.update(ctx, &version{index: index, held: make(map[string]*held)}, s)
	if err != nil {
		return nil, err
	}
	v.pieces = 0
	return v, nil
}

// update writes into v's index what s has otherwise, and returns v as of s. After
// an error v can still be searched, and updated again.
func (t *table) update(ctx context.Context, v *version, s *graph.Snapshot) (*version, error) {
	v.round++
	w := &writer{v: v, batch: v.index.NewBatch(), pending: make(map[string]*held)}
	t.groups(s, func(g group) bool {
		t.done.Add(1)
		old := v.held[g.key]
		if old != nil && old.mark == g.mark {
			old.round = v.round
			return true
		}
		w.replace(old, g)
		return w.flush(ctx, batchEntries)
	})
	for key, old := range v.held {
		if w.err == nil && old.round != v.round && w.pending[key] == nil {
			w.replace(old, group{key: key})
			w.flush(ctx, batchEntries)
		}
	}
	if w.err != nil || !w.flush(ctx, 1) {
		return nil, w.err
	}
	return &version{v.index, s, v.held, v.round, v.pieces + 1}, nil
}

// writer changes an index batch by batch.
type writer struct {
	v       *version
	batch   *bleve.Batch
	pending map[string]*held // what will be held once the batch is written; nil entries for what goes
	err     error
}

// replace puts the entries of g in the place of the old ones, which may be nil.
func (w *writer) replace(old *held, g group) {
	if old != nil {
		for _, id := range old.ids {
			w.batch.Delete(id)
		}
	}
	h := &held{mark: g.mark, round: w.v.round}
	if g.entries != nil {
		for _, e := range g.entries() {
			if w.err == nil {
				w.err = w.batch.Index(e.id, e.fields)
			}
			h.ids = append(h.ids, e.id)
		}
	}
	w.pending[g.key] = h
}

// flush writes the batch if it has so many entries; it reports whether all is well.
func (w *writer) flush(ctx context.Context, least int) bool {
	if w.err == nil {
		w.err = ctx.Err()
	}
	if w.err != nil || w.batch.Size() < least {
		return w.err == nil
	}
	if w.err = w.v.index.Batch(w.batch); w.err != nil {
		return false
	}
	w.batch = w.v.index.NewBatch() // bleve may still be reading the one written
	for key, h := range w.pending {
		if h.mark == nil {
			delete(w.v.held, key)
		} else {
			w.v.held[key] = h
		}
	}
	clear(w.pending)
	return true
}
