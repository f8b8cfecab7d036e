package graph

import (
	"context"
	"fmt"

	cgraph "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/memstore" // registers "memstore"
	"github.com/cayleygraph/quad"
)

// memory keeps quads in Cayley's memstore, which is safe only because Store
// never lets a commit run beside anything else.
type memory struct {
	qs  cgraph.QuadStore
	now uint64
	all []moved // every change
}

func openMemory() (*memory, error) {
	qs, err := cgraph.NewQuadStore("memstore", "", nil)
	if err != nil {
		return nil, err
	}
	return &memory{qs: qs}, nil
}

func (m *memory) revision(context.Context) (uint64, error) { return m.now, nil }

// each has nothing to tell: a store in memory is empty when it is opened, and a
// failed commit of it is not undone.
func (m *memory) each(context.Context, func(quad.Quad) error) error { return nil }

func (m *memory) quads(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return quadsOf(ctx, m.qs, label)
}

func (m *memory) commit(_ context.Context, _ uint64, c change) (uint64, error) {
	if err := apply(m.qs, c); err != nil {
		return 0, err
	}
	m.now++
	m.all = append(m.all, c.moved(m.now)...)
	return m.now, nil
}

func (m *memory) since(_ context.Context, revision uint64) (uint64, []moved, error) {
	return revision, nil, nil
}

func (m *memory) history(context.Context) (uint64, []moved, error) { return 0, m.all, nil }

func (m *memory) size(ctx context.Context) (int64, error) {
	st, err := m.qs.Stats(ctx, false)
	return st.Quads.Size, err
}

func (m *memory) cayley() cgraph.QuadStore { return m.qs }

func (m *memory) reopen(context.Context) error {
	return fmt.Errorf("a graph in memory cannot be reopened")
}

func (m *memory) close() error { return m.qs.Close() }

// apply makes one change through Cayley. Duplicates and what is missing are
// ignored, since an error here leaves Cayley's memory and its data apart.
func apply(qs cgraph.QuadStore, c change) error {
	deltas := make([]cgraph.Delta, 0, len(c.add)+len(c.remove))
	for _, q := range c.add {
		deltas = append(deltas, cgraph.Delta{Quad: q, Action: cgraph.Add})
	}
	for _, q := range c.remove {
		deltas = append(deltas, cgraph.Delta{Quad: q, Action: cgraph.Delete})
	}
	return qs.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// quadsOf returns the quads of one label. If ctx ends first they are not all
// there and there is no error: the caller asks ctx.
func quadsOf(ctx context.Context, qs cgraph.QuadStore, label quad.IRI) ([]quad.Quad, error) {
	ref := qs.ValueOf(label)
	if ref == nil {
		return nil, nil
	}
	it := qs.QuadIterator(quad.Label, ref)
	defer it.Close()
	var quads []quad.Quad
	for it.Next(ctx) {
		quads = append(quads, qs.Quad(it.Result()))
	}
	return quads, it.Err()
}
