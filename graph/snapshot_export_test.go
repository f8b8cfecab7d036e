package graph

// With shows [Snapshot.with] to the benchmarks, which need articles of graphtest.
func (s *Snapshot) With(revision uint64, add ...*Extraction) *Snapshot {
	return s.with(revision, add, nil)
}
