// Package search finds things by name and sentences by words.
//
// An [Index] has two full-text indexes in memory, kept by bleve: one of the names,
// acronyms and posts of things, one of the sentences that are evidence. They are
// made from a snapshot of the graph and follow it: what is asked of a snapshot is
// first brought up to it, so a commit is searched as soon as it is seen, and what
// is found is looked up in the snapshot, so nothing is shown that it does not
// have. While an index is first made, searches give an [IndexingError] and never
// an empty answer.
package search

import (
	"context"
	"fmt"
	"time"

	"parley/graph"
)

// Index finds things and sentences. It is safe for concurrent use.
type Index struct {
	prefixes prefixes
	names    *table
	quotes   *table
}

// New returns an index that has nothing yet. It reads the graph when it is first
// searched, or in the background under [Index.Follow].
func New() *Index {
	return &Index{names: newTable(nameMapping, nameChanges), quotes: newTable(quoteMapping, quoteChanges)}
}

// IndexingError says that an index is still being made.
type IndexingError struct {
	Done int64 // things or articles that it has so far
}

// Error says how far it is.
func (e *IndexingError) Error() string {
	return fmt.Sprintf("the index is still being made: it has %d things or articles so far", e.Done)
}

// A QueryError says what is wrong with the text of a search.
type QueryError struct {
	Parameter string // "q", "sort", "facets" or "next"
	Text      string
	Want      string
}

// Error returns the text and what was wanted.
func (e *QueryError) Error() string {
	return fmt.Sprintf("parameter %s is %q, want %s", e.Parameter, e.Text, e.Want)
}

// followEvery is how often Follow looks whether there is something to do.
const followEvery = time.Second

// Follow makes the indexes of the graph that snapshot returns as soon as it is not
// nil, keeps them up with it, and makes them anew when many changes have left
// them in many pieces. It returns nil when ctx ends.
func (x *Index) Follow(ctx context.Context, snapshot func() *graph.Snapshot) error {
	x.names.building.Store(true) // until the first look
	x.quotes.building.Store(true)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		if s := snapshot(); s != nil {
			x.prefixes.of(s)
			for _, t := range []*table{x.names, x.quotes} {
				if err := t.follow(ctx, s); err != nil && ctx.Err() == nil {
					return err
				}
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Ready reports whether both indexes can be searched.
func (x *Index) Ready() bool {
	return x.names.current.Load() != nil && x.quotes.current.Load() != nil
}
