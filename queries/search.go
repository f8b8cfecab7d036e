package queries

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/graph"
)

// Searcher finds things by name. It keeps an index of the words of all names and
// brings it up to date when the graph has grown by enough; names that came since
// are looked through one by one, so that nothing is ever missing, and names that
// things no longer have are never found. The zero value is ready to use and safe
// for concurrent use.
type Searcher struct {
	mu    sync.Mutex
	index *nameIndex
}

// Hit is a thing that was found.
type Hit struct {
	Node   graph.Node
	Name   string // the label or alias that matched
	Typos  int    // letters by which it differs from what was looked for
	Claims int    // number of claims about the thing
}

// Hits is the answer to a search, best hits first: fewer typos, then whole names
// before beginnings of words, then more claims.
type Hits struct {
	Query     string
	Revision  uint64
	List      []Hit
	Total     int  // number of things found, shown or not
	AtLeast   bool // there may be more than Total: of one or two letters only the things with most claims are looked at
	Truncated bool // there are more than are shown
	snapshot  *graph.Snapshot
}

// The bounds of a search.
const (
	DefaultHits = 10
	MaxHits     = 100
	maxTail     = 2000 // names that may be unknown to the index before it is made anew
)

// Search finds things one of whose names has all words of q, or words that begin
// with them, or that differ from them by a typo: one letter for a word of four to
// seven letters, two for a longer one. Of the types given, or any; limit is at
// most MaxHits, 0 for DefaultHits.
func (x *Searcher) Search(ctx context.Context, s *graph.Snapshot, q string, types []string, limit int) (*Hits, error) {
	return x.find(ctx, s, q, types, limit, true)
}

// Suggest finds things one of whose names has all words of prefix, the last of
// which may be unfinished. It is quicker than [Searcher.Search] and forgives no typos.
func (x *Searcher) Suggest(ctx context.Context, s *graph.Snapshot, prefix string, types []string, limit int) (*Hits, error) {
	return x.find(ctx, s, prefix, types, limit, false)
}

func (x *Searcher) find(ctx context.Context, s *graph.Snapshot, q string, types []string, limit int, typos bool) (*Hits, error) {
	if limit < 0 || limit > MaxHits {
		return nil, &ParameterError{"limit", strconv.Itoa(limit), fmt.Sprintf("a whole number from 1 to %d", MaxHits)}
	}
	if limit == 0 {
		limit = DefaultHits
	}
	f := &Hits{Query: q, Revision: s.Revision(), snapshot: s}
	words := strings.FieldsFunc(graph.Fold(q), func(r rune) bool { return r == '-' || r == ' ' })
	if len(words) == 0 {
		return f, nil
	}
	x.mu.Lock()
	if x.index == nil || !x.index.covers(s.Names()) {
		x.index = newNameIndex(s)
	}
	index := x.index
	x.mu.Unlock()
	wanted := typesOf(types)
	if first, ok := index.top[words[0]]; ok && len(words) == 1 && len(wanted) == 0 && !typos {
		f.AtLeast = true
		f.choose(index.among(s.Names(), first, words[0]), words[0], nil, limit)
		return f, nil
	}
	hits := index.find(s.Names(), words, typos)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f.choose(hits, strings.Join(words, "-"), wanted, limit)
	return f, nil
}

// choose puts the best of the names found into f, each thing once.
func (f *Hits) choose(names map[uint32]int, whole string, types []graph.Type, limit int) {
	type candidate struct {
		Hit
		key   string
		rank  int // 0 for the whole name, 1 for its beginning, 2 for words in it
		label string
	}
	best := make(map[graph.Node]candidate, len(names))
	s := f.snapshot
	all := s.Names()
	for i, typos := range names {
		n := all[i]
		t := s.At(n.Node)
		if t == nil || len(types) > 0 && !slices.Contains(types, t.Type) {
			continue
		}
		c := candidate{Hit: Hit{Node: n.Node, Typos: typos}, key: n.Key, rank: 2}
		if n.Key == whole {
			c.rank = 0
		} else if strings.HasPrefix(n.Key, whole) {
			c.rank = 1
		}
		if b, ok := best[n.Node]; ok && cmp.Or(cmp.Compare(b.Typos, c.Typos), cmp.Compare(b.rank, c.rank), cmp.Compare(len(b.key), len(c.key)), cmp.Compare(b.key, c.key)) <= 0 {
			continue
		}
		if !s.HasName(n.Node, n.Key) {
			continue
		}
		best[n.Node] = c
	}
	list := make([]candidate, 0, len(best))
	for n, c := range best {
		c.Claims, c.label = len(s.Out(n))+len(s.In(n)), s.At(n).Label
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.Typos, b.Typos), cmp.Compare(a.rank, b.rank), cmp.Compare(b.Claims, a.Claims),
			cmp.Compare(a.label, b.label), cmp.Compare(s.ID(a.Node), s.ID(b.Node)))
	})
	f.Total = len(list)
	f.Truncated = f.AtLeast || len(list) > limit
	for _, c := range list[:min(len(list), limit)] {
		t := s.At(c.Node)
		c.Name = t.Label
		if graph.Fold(t.Label) != c.key {
			if i := slices.IndexFunc(t.Aliases, func(a string) bool { return graph.Fold(a) == c.key }); i >= 0 {
				c.Name = t.Aliases[i]
			}
		}
		f.List = append(f.List, c.Hit)
	}
}

// nameIndex has the words of the first names of a graph, sorted, each with the
// names that have it.
type nameIndex struct {
	size    int
	last    graph.Name // the last name in it
	words   []string
	letters []uint64 // which letters a word has
	starts  []uint32 // where each word's names begin in places
	places  []uint32
	top     map[string][]uint32 // the names with most claims, by beginnings of words that very many have
}

// A beginning of one or two letters that more than maxCommon names have is
// answered from the topCommon of them with most claims.
const (
	maxCommon = 2000
	topCommon = 256
)

func newNameIndex(s *graph.Snapshot) *nameIndex {
	names := s.Names()
	x := &nameIndex{size: len(names)}
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
		x.letters = append(x.letters, lettersOf(w))
		x.starts = append(x.starts, uint32(len(x.places)))
		x.places = append(x.places, of[w]...)
	}
	x.starts = append(x.starts, uint32(len(x.places)))
	x.rank(s, names)
	return x
}

// rank fills x.top.
func (x *nameIndex) rank(s *graph.Snapshot, names []graph.Name) {
	x.top = make(map[string][]uint32)
	claims := func(place uint32) int { n := names[place].Node; return len(s.Out(n)) + len(s.In(n)) }
	for size := 1; size <= 2; size++ {
		for i := 0; i < len(x.words); {
			from := i
			for i < len(x.words) && begin(x.words[i], size) == begin(x.words[from], size) {
				i++
			}
			places := slices.Clone(x.places[x.starts[from]:x.starts[i]])
			if len(places) <= maxCommon || len(x.words[from]) < size {
				continue
			}
			slices.Sort(places)
			places = slices.Compact(places)
			slices.SortFunc(places, func(a, b uint32) int {
				return cmp.Or(cmp.Compare(claims(b), claims(a)), cmp.Compare(names[a].Key, names[b].Key), cmp.Compare(names[a].Node, names[b].Node))
			})
			x.top[begin(x.words[from], size)] = slices.Clone(places[:min(len(places), topCommon)])
		}
	}
}

// begin returns the first n bytes of w, which is ASCII unless it has no letters.
func begin(w string, n int) string { return w[:min(len(w), n)] }

// among returns first and those names that x does not know yet and that have a
// word that begins with prefix.
func (x *nameIndex) among(names []graph.Name, first []uint32, prefix string) map[uint32]int {
	found := make(map[uint32]int, len(first))
	for _, place := range first {
		found[place] = 0
	}
	for place := x.size; place < len(names); place++ {
		for w := range strings.SplitSeq(names[place].Key, "-") {
			if strings.HasPrefix(w, prefix) {
				found[uint32(place)] = 0
			}
		}
	}
	return found
}

// covers reports whether x is of the same names as far as it goes, and lacks few.
func (x *nameIndex) covers(names []graph.Name) bool {
	return len(names) >= x.size && len(names)-x.size <= max(maxTail, x.size/20) && (x.size == 0 || names[x.size-1] == x.last)
}

// find returns the names that have all words, with the number of typos.
func (x *nameIndex) find(names []graph.Name, words []string, typos bool) map[uint32]int {
	var found map[uint32]int
	for i, w := range words {
		last := i == len(words)-1
		of := make(map[uint32]int)
		note := func(place uint32, n int) {
			if found != nil {
				before, ok := found[place]
				if !ok {
					return
				}
				n += before
			}
			if have, ok := of[place]; !ok || n < have {
				of[place] = n
			}
		}
		x.match(w, last || typos, typos, func(word, n int) {
			for _, place := range x.places[x.starts[word]:x.starts[word+1]] {
				note(place, n)
			}
		})
		for place := x.size; place < len(names); place++ {
			for other := range strings.SplitSeq(names[place].Key, "-") {
				if n, ok := alike(w, other, last || typos, typos); ok {
					note(uint32(place), n)
				}
			}
		}
		found = of
	}
	return found
}

// match calls visit with each word that is w, begins with it, or is it with typos.
func (x *nameIndex) match(w string, prefix, typos bool, visit func(word, typos int)) {
	at, _ := slices.BinarySearch(x.words, w)
	for i := at; i < len(x.words) && strings.HasPrefix(x.words[i], w); i++ {
		if prefix || len(x.words[i]) == len(w) {
			visit(i, 0)
		}
	}
	most := forgiven(w)
	if !typos || most == 0 {
		return
	}
	letters := lettersOf(w)
	for i, other := range x.words {
		if bits.OnesCount64(letters^x.letters[i]) > 2*most || len(other) > len(w)+most || len(other) < len(w)-most {
			continue
		}
		if n := distance(w, other, most); n > 0 && n <= most {
			visit(i, n)
		}
	}
}

// alike reports whether other is w, begins with it if prefix is set, or is it
// with as many typos as are forgiven.
func alike(w, other string, prefix, typos bool) (n int, ok bool) {
	if w == other || prefix && strings.HasPrefix(other, w) {
		return 0, true
	}
	most := forgiven(w)
	if !typos || most == 0 {
		return 0, false
	}
	n = distance(w, other, most)
	return n, n <= most
}

// forgiven returns how many typos a word may have.
func forgiven(w string) int {
	switch {
	case len(w) < 4:
		return 0
	case len(w) < 8:
		return 1
	}
	return 2
}

func lettersOf(w string) uint64 {
	var set uint64
	for i := range len(w) {
		set |= 1 << (w[i] & 63)
	}
	return set
}

// distance returns how many letters must be put in, taken out, changed, or
// swapped with their neighbour to make b of a, or more than most.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][64]int
	if len(b) >= len(rows[0]) || len(a) >= len(rows[0]) {
		return most + 1
	}
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above, two := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
	}
	return rows[len(a)%3][len(b)]
}

// AppendJSON appends f to buf as a JSON object.
func (f *Hits) AppendJSON(buf []byte) []byte {
	e := newEncoder(buf, f.snapshot)
	e.open('{')
	e.text("query", f.Query)
	e.int("revision", int(f.Revision))
	e.total("total", f.Total, f.AtLeast)
	e.bool("truncated", f.Truncated)
	e.key("things")
	e.open('[')
	for _, h := range f.List {
		e.comma()
		e.thing(f.snapshot.At(h.Node))
		e.buf = e.buf[:len(e.buf)-1] // the object goes on
		e.text("matched", h.Name)
		e.int("typos", h.Typos)
		e.int("claims_total", h.Claims)
		e.close('}')
	}
	e.close(']')
	e.close('}')
	return append(e.buf, '\n')
}
