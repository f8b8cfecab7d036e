package graph

import (
	"hash/maphash"
	"sync/atomic"
)

// The parts that a snapshot and its descendants share. They only ever grow, by
// one writer at a time; a snapshot remembers how long they were when it was made
// and does not look at what came later, so its readers need no lock.

// hashIndex maps hashes to numbers, several a hash if need be. A slot holds the
// hash in its high half and the number plus one in its low half; 0 is empty.
// One writer may insert while others look up.
type hashIndex struct {
	slots []uint64 // length a power of two
	used  int
}

func newHashIndex(capacity int) *hashIndex {
	size := 16
	for size < capacity*2 {
		size *= 2
	}
	return &hashIndex{slots: make([]uint64, size)}
}

// find calls match with every number under hash, until match returns true.
func (x *hashIndex) find(hash uint32, match func(n uint32) bool) {
	mask := uint32(len(x.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := atomic.LoadUint64(&x.slots[i])
		if slot == 0 {
			return
		}
		if uint32(slot>>32) == hash && match(uint32(slot)-1) {
			return
		}
	}
}

// insert adds n under hash. It returns x, or a larger copy of x if x was full;
// x itself is then left as it was for those who still read it.
func (x *hashIndex) insert(hash, n uint32) *hashIndex {
	if (x.used+1)*4 > len(x.slots)*3 {
		grown := newHashIndex(len(x.slots))
		for _, slot := range x.slots {
			if slot != 0 {
				grown.put(slot)
			}
		}
		x = grown
	}
	x.put(uint64(hash)<<32 | uint64(n+1))
	return x
}

func (x *hashIndex) put(slot uint64) {
	mask := uint32(len(x.slots) - 1)
	i := uint32(slot>>32) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	atomic.StoreUint64(&x.slots[i], slot)
	x.used++
}

// symbols numbers ids from 0 in the order in which they came.
type symbols struct {
	ids   []ID
	index *hashIndex
	seed  maphash.Seed
}

func newSymbols(seed maphash.Seed, capacity int) symbols {
	return symbols{ids: make([]ID, 0, capacity), index: newHashIndex(capacity), seed: seed}
}

func hashOf(seed maphash.Seed, s string) uint32 { return uint32(maphash.String(seed, s)) }

// number returns the number of id.
func (t *symbols) number(id ID) (n uint32, ok bool) {
	t.index.find(hashOf(t.seed, string(id)), func(m uint32) bool {
		if int(m) < len(t.ids) && t.ids[m] == id {
			n, ok = m, true
		}
		return ok
	})
	return n, ok
}

// add returns the number of id and gives it the next one if it has none.
func (t *symbols) add(id ID) uint32 {
	if n, ok := t.number(id); ok {
		return n
	}
	n := uint32(len(t.ids))
	t.ids = append(t.ids, id)
	t.index = t.index.insert(hashOf(t.seed, string(id)), n)
	return n
}

// clone returns a copy of t that shares nothing that grows.
func (t *symbols) clone() symbols {
	c := newSymbols(t.seed, len(t.ids))
	for _, id := range t.ids {
		c.add(id)
	}
	return c
}

const pageSize = 64

// pages is a list whose versions share the pages they have in common.
type pages[T any] struct {
	list []*[pageSize]T
}

// at returns the i-th element, or nil if there is none. It must not be written to.
func (v *pages[T]) at(i uint32) *T {
	if p := int(i / pageSize); p < len(v.list) {
		return &v.list[p][i%pageSize]
	}
	return nil
}

// pagesEdit is the next version of a list while it is made.
type pagesEdit[T any] struct {
	pages[T]
	owned []bool // which pages are this version's own
}

func (v pages[T]) edit() pagesEdit[T] {
	e := pagesEdit[T]{owned: make([]bool, len(v.list))}
	e.list = append(make([]*[pageSize]T, 0, len(v.list)+1), v.list...)
	return e
}

// edit returns the i-th element for writing; elements up to it are made as needed.
func (e *pagesEdit[T]) edit(i uint32) *T {
	p := int(i / pageSize)
	for p >= len(e.list) {
		e.list = append(e.list, new([pageSize]T))
		e.owned = append(e.owned, true)
	}
	if !e.owned[p] {
		page := *e.list[p]
		e.list[p], e.owned[p] = &page, true
	}
	return &e.list[p][i%pageSize]
}
