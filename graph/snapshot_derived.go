package graph

import "sync"

// derived holds what was worked out about one snapshot: one value a key, each made
// once, by whoever asks first, while the others wait.
type derived struct{ values sync.Map } // of key to func() any

// Derived returns what the function made the first time that key was asked for of
// s; later calls get the same value, which must not be changed. The key is of a type
// of the caller's own. What is derived lives as long as s: a commit makes a new
// snapshot, of which nothing is derived yet.
func Derived[T any](s *Snapshot, key any, make func() T) T {
	f, ok := s.derived.values.Load(key)
	if !ok {
		f, _ = s.derived.values.LoadOrStore(key, sync.OnceValue(func() any { return make() }))
	}
	return f.(func() any)().(T)
}
