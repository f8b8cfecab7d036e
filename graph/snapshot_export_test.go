package graph

// With shows [Snapshot.with] to the benchmarks, which need articles of graphtest.
func (s *Snapshot) With(revision uint64, add ...*Extraction) *Snapshot {
	return s.with(revision, add, nil)
}

// StoreOf returns a store without a backend that shows v, whose articles came with
// the given revisions.
func StoreOf(v *Snapshot, came map[ID]uint64) *Store {
	s := &Store{open: true, articles: came, past: past{lock: make(chan struct{}, 1)}}
	s.snap.Store(v)
	return s
}

// Forget drops the earlier snapshots that s keeps.
func (s *Store) Forget() { s.past.forget() }
