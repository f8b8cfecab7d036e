package search

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"sync"

	"parley/graph"
)

// Beginnings of names are looked up in a sorted list of words rather than in
// bleve: what a letter or two begin is most of the graph, and bleve, which walks
// over every term and every thing behind it, takes 30 to 300 ms where this takes a
// fraction of one. See doc/queries.md.

// maxTail is how many names may be unknown to the list before it is made anew;
// until then they are looked through one by one.
const maxTail = 2000

// prefixes follows the names of the graph.
type prefixes struct {
	mu    sync.Mutex
	index *prefixIndex
}

// of returns a list that covers the names of s.
func (p *prefixes) of(s *graph.Snapshot) *prefixIndex {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.index == nil || !p.index.covers(s.Names()) {
		p.index = newPrefixIndex(s)
	}
	return p.index
}

// Suggest finds things one of whose names has all words of prefix, the last of
// which may be unfinished, best first: whole names, then beginnings of names, then
// more claims. It forgives no typos and needs no [Index.Follow].
func (x *Index) Suggest(ctx context.Context, s *graph.Snapshot, prefix string, types []graph.Type, limit int) (*Hits, error) {
	f := &Hits{Query: prefix, Revision: s.Revision(), snapshot: s}
	words := wordsOf(prefix)
	if len(words) == 0 {
		return f, nil
	}
	index := x.prefixes.of(s)
	names, most := index.find(s.Names(), words, types)
	f.AtLeast = most
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	best := make(map[graph.Node]Hit, len(names))
	all := s.Names()
	for i := range names {
		n := all[i]
		if t := s.At(n.Node); t == nil || len(types) > 0 && !slices.Contains(types, t.Type) || !s.HasName(n.Node, n.Key) {
			continue
		}
		h := Hit{Node: n.Node, key: n.Key, rank: rankOf(n.Key, strings.Join(words, "-"))}
		if b, ok := best[n.Node]; !ok || h.compareName(b) < 0 {
			best[n.Node] = h
		}
	}
	f.choose(best, limit)
	return f, nil
}

// prefixIndex has the words of the first names of a graph, sorted, each with the
// names that have it.
type prefixIndex struct {
	size   int
	last   graph.Name // the last name in it
	words  []string
	starts []uint32 // where each word's names begin in places
	places []uint32
	top    map[common][]uint32 // the names with most claims, by beginnings of words that very many have
}

// common is a beginning of words that more than maxCommon names have, or names of
// things of one type. It is answered from the topCommon of them with most claims.
type common struct {
	prefix string
	kind   graph.Type // "" for any
}

const (
	maxCommon = 400
	topCommon = 256
	maxPrefix = 16 // letters of a common beginning that is looked for
)

func newPrefixIndex(s *graph.Snapshot) *prefixIndex {
	names := s.Names()
	x := &prefixIndex{size: len(names)}
	if len(names) > 0 {
		x.last = names[len(names)-1]
	}
	of := make(map[string][]uint32)
	for i, n := range names {
		for w := range strings.SplitSeq(n.Key, "-") {
			if list := of[w]; len(list) == 0 || list[len(list)-1] != uint32(i) {
				of[w] = append(list, uint32(i))
			}
		}
	}
	for w := range of {
		x.words = append(x.words, w)
	}
	slices.Sort(x.words)
	for _, w := range x.words {
		x.starts = append(x.starts, uint32(len(x.places)))
		x.places = append(x.places, of[w]...)
	}
	x.starts = append(x.starts, uint32(len(x.places)))
	x.top = make(map[common][]uint32)
	x.rank(s, 0, len(x.words), 1)
	return x
}

// rank fills x.top for the beginnings, of so many letters or more, of the words
// from one place in the list to another.
func (x *prefixIndex) rank(s *graph.Snapshot, from, to, letters int) {
	for i := from; i < to; {
		start := i
		for i < to && begin(x.words[i], letters) == begin(x.words[start], letters) {
			i++
		}
		places := slices.Clone(x.places[x.starts[start]:x.starts[i]])
		if len(places) <= maxCommon || len(x.words[start]) < letters || letters > maxPrefix {
			continue
		}
		slices.Sort(places)
		byType := make(map[graph.Type][]uint32)
		for _, place := range slices.Compact(places) {
			byType[""] = append(byType[""], place)
			kind := s.ID(s.Names()[place].Node).Type()
			byType[kind] = append(byType[kind], place)
		}
		for kind, list := range byType {
			if len(list) > maxCommon {
				x.top[common{begin(x.words[start], letters), kind}] = mostClaims(s, list)
			}
		}
		x.rank(s, start, i, letters+1)
	}
}

// mostClaims returns the topCommon of the names at places whose things have most claims.
func mostClaims(s *graph.Snapshot, places []uint32) []uint32 {
	names := s.Names()
	claims := func(place uint32) int { n := names[place].Node; return len(s.Out(n)) + len(s.In(n)) }
	slices.SortFunc(places, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(claims(b), claims(a)), cmp.Compare(names[a].Key, names[b].Key), cmp.Compare(names[a].Node, names[b].Node))
	})
	return slices.Clone(places[:min(len(places), topCommon)])
}

// begin returns the first n bytes of w, which is ASCII unless it has no letters.
func begin(w string, n int) string { return w[:min(len(w), n)] }

// covers reports whether x is of the same names as far as it goes, and lacks few.
func (x *prefixIndex) covers(names []graph.Name) bool {
	return len(names) >= x.size && len(names)-x.size <= max(maxTail, x.size/20) && (x.size == 0 || names[x.size-1] == x.last)
}

// find returns the names that have all words, the last of which may be unfinished;
// some says that these are only those with most claims.
func (x *prefixIndex) find(names []graph.Name, words []string, types []graph.Type) (found map[uint32]bool, some bool) {
	found = make(map[uint32]bool)
	last := len(words) - 1
	first, size := 0, -1 // the word that the fewest names have
	for i, w := range words {
		from, to := x.span(w, i == last)
		if n := int(x.starts[to] - x.starts[from]); size < 0 || n < size {
			first, size = i, n
		}
	}
	if list, ok := x.most(words, types); ok {
		some = true
		for _, place := range list {
			found[place] = true
		}
	} else {
		from, to := x.span(words[first], first == last)
		for _, place := range x.places[x.starts[from]:x.starts[to]] {
			if last == 0 || hasWords(names[place].Key, words) {
				found[place] = true
			}
		}
	}
	for place := x.size; place < len(names); place++ {
		if hasWords(names[place].Key, words) {
			found[uint32(place)] = true
		}
	}
	return found, some
}

// most returns the names with most claims that have the one word, if very many
// names of each type have it.
func (x *prefixIndex) most(words []string, types []graph.Type) (list []uint32, ok bool) {
	if len(words) != 1 || len(words[0]) > maxPrefix {
		return nil, false
	}
	if len(types) == 0 {
		types = []graph.Type{""}
	}
	for _, t := range types {
		one, ok := x.top[common{words[0], t}]
		if !ok {
			return nil, false
		}
		list = append(list, one...)
	}
	return list, true
}

// span returns from where to where in the list words are w, or begin with it.
func (x *prefixIndex) span(w string, begun bool) (from, to int) {
	from, _ = slices.BinarySearch(x.words, w)
	to = from
	if begun {
		to += sort.Search(len(x.words)-from, func(i int) bool { return !strings.HasPrefix(x.words[from+i], w) })
	} else if from < len(x.words) && x.words[from] == w {
		to++
	}
	return from, to
}

// hasWords reports whether a folded name has all words, the last one perhaps unfinished.
func hasWords(key string, words []string) bool {
	for i, w := range words {
		there := false
		for other := range strings.SplitSeq(key, "-") {
			if other == w || i == len(words)-1 && strings.HasPrefix(other, w) {
				there = true
				break
			}
		}
		if !there {
			return false
		}
	}
	return true
}
