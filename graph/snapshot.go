package graph

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"sync"
)

// Snapshot is an immutable view in memory of the graph at one revision. It holds
// everything but the articles' text. All of its methods are safe for concurrent
// use; what they return is shared and must not be changed.
//
// Things are numbered: a [Node] names a thing of the snapshot that gave it and
// of no other. Lists are in the order of ids unless they say otherwise, so an
// answer does not depend on the order in which articles were loaded.
type Snapshot struct {
	revision uint64
	shared   *shared
	thingIDs symbols
	claimIDs symbols
	artIDs   symbols
	names    *hashIndex // of folded names to nodes; may name nodes that no longer have the name
	nameList []Name     // likewise, in the order in which they came
	things   pages[thingRecord]
	claims   pages[claimRecord]
	articles pages[articleRecord]
	byType   [][]Node // in the order of Types, each sorted by id
	artList  []uint32 // numbers of the articles, sorted by id
	counts   Counts
	byPred   []int    // claims, in the order of Predicates
	rulings  *rulings // what the decisions that hold come to; nil if there are none
	derived  *derived // what has been worked out of it since
}

// shared is what a snapshot and its descendants append to.
type shared struct {
	sync.Mutex
	things, claims, articles, names int // how long the tables of the youngest are
}

// thingRecord is what a snapshot knows of one thing.
type thingRecord struct {
	thing        *Thing // merged over the articles; nil if no article names it
	variants     []variant
	out, in, say []Edge // as subject, as object, as speaker, in order
}

// variant is what a number of articles say alike of a thing.
type variant struct {
	thing *Thing
	count int
}

type claimRecord struct {
	claim   *Claim // nil if its article was taken out
	subject Node
	object  Node
	article uint32
}

type articleRecord struct {
	article *Article // without text and blocks; nil if it was taken out
	things  []contribution
	claims  []uint32 // in the order of the text
}

type contribution struct {
	node  Node
	thing *Thing
}

// Node is the number of a thing in a [Snapshot].
type Node uint32

// NoNode is the end of an edge that leads to a literal.
const NoNode = ^Node(0)

// Edge is a claim as one of its ends sees it.
type Edge struct {
	Other     Node // the other end; NoNode if that is a literal
	claim     uint32
	predicate uint8
	fact      bool
}

// IsFact reports whether the claim is asserted and actual.
func (e Edge) IsFact() bool { return e.fact }

// Predicate returns the claim's predicate.
func (e Edge) Predicate() Predicate {
	if int(e.predicate) < len(predicates) {
		return predicates[e.predicate].Predicate
	}
	return ""
}

// Counts is how much a graph holds.
type Counts struct {
	Things   int `json:"things"`
	Claims   int `json:"claims"`
	Facts    int `json:"facts"` // claims that are asserted and actual
	Articles int `json:"articles"`
}

// Revision returns the revision of the graph that s shows.
func (s *Snapshot) Revision() uint64 { return s.revision }

// Counts returns how much s holds.
func (s *Snapshot) Counts() Counts { return s.counts }

// Size returns a number above that of every [Node] of s.
func (s *Snapshot) Size() int { return len(s.thingIDs.ids) }

// CountOf returns the number of claims with predicate p.
func (s *Snapshot) CountOf(p Predicate) int {
	if n := predicateNumber(p); int(n) < len(s.byPred) {
		return s.byPred[n]
	}
	return 0
}

// Node returns the number of the thing id; ok is false if s does not have it.
func (s *Snapshot) Node(id ID) (n Node, ok bool) {
	num, ok := s.thingIDs.number(id)
	if !ok || s.thing(Node(num)) == nil {
		return NoNode, false
	}
	return Node(num), true
}

// ID returns the id of the thing n.
func (s *Snapshot) ID(n Node) ID { return s.thingIDs.ids[n] }

// At returns the thing n as all its articles together describe it: the label
// that most of them use (of equals the longest, then the first in the alphabet),
// all other names as aliases, and every code.
func (s *Snapshot) At(n Node) *Thing { return s.thing(n) }

// Thing returns the thing id, as [Snapshot.At] does.
func (s *Snapshot) Thing(id ID) (Thing, bool) {
	n, ok := s.Node(id)
	if !ok {
		return Thing{}, false
	}
	return *s.thing(n), true
}

// Claim returns the claim id.
func (s *Snapshot) Claim(id ID) (*Claim, bool) {
	n, ok := s.claimIDs.number(id)
	if !ok {
		return nil, false
	}
	if r := s.claims.at(n); r != nil && r.claim != nil {
		return r.claim, true
	}
	return nil, false
}

// ClaimPlace returns the place of e's claim in its snapshot: in
// [0, [Snapshot.ClaimPlaces]), the same for both ends and no other claim's.
func (e Edge) ClaimPlace() int { return int(e.claim) }

// ClaimPlaces returns one more than the highest place of a claim may be.
func (s *Snapshot) ClaimPlaces() int { return len(s.claims.list) * pageSize }

// ClaimOf returns the claim that e stands for.
func (s *Snapshot) ClaimOf(e Edge) *Claim { return s.claims.at(e.claim).claim }

// Ends returns subject and object of the claim that e stands for; the object is
// NoNode if it is a literal.
func (s *Snapshot) Ends(e Edge) (subject, object Node) {
	r := s.claims.at(e.claim)
	return r.subject, r.object
}

// ArticleOf returns the article, without its text, of the claim that e stands for.
func (s *Snapshot) ArticleOf(e Edge) *Article {
	return s.articles.at(s.claims.at(e.claim).article).article
}

// Article returns the article id without its text and blocks.
func (s *Snapshot) Article(id ID) (*Article, bool) {
	if r := s.article(id); r != nil {
		return r.article, true
	}
	return nil, false
}

// ClaimsIn returns the claims of the article id in the order of its text.
func (s *Snapshot) ClaimsIn(id ID) []*Claim {
	r := s.article(id)
	if r == nil {
		return nil
	}
	claims := make([]*Claim, len(r.claims))
	for i, n := range r.claims {
		claims[i] = s.claims.at(n).claim
	}
	return claims
}

// ThingsIn returns the things of the article id as it names them, sorted by id.
func (s *Snapshot) ThingsIn(id ID) []*Thing {
	r := s.article(id)
	if r == nil {
		return nil
	}
	things := make([]*Thing, len(r.things))
	for i, c := range r.things {
		things[i] = c.thing
	}
	return things
}

// Articles yields every article without its text, by id.
func (s *Snapshot) Articles() iter.Seq[*Article] {
	return func(yield func(*Article) bool) {
		for _, n := range s.artList {
			if !yield(s.articles.at(n).article) {
				return
			}
		}
	}
}

// Nodes returns the things of type t, sorted by id.
func (s *Snapshot) Nodes(t Type) []Node {
	if i := slices.Index(Types(), t); i >= 0 {
		return s.byType[i]
	}
	return nil
}

// Out returns the claims that have n as subject, sorted by predicate in the
// order of the model, then by date of article, article and place in it; with
// predicates, only theirs.
func (s *Snapshot) Out(n Node, only ...Predicate) []Edge { return pick(s.record(n).out, only) }

// In returns the claims that have n as object, as [Snapshot.Out] does.
func (s *Snapshot) In(n Node, only ...Predicate) []Edge { return pick(s.record(n).in, only) }

// Says returns the claims that are attributed to n; the other end of an edge is
// the claim's subject.
func (s *Snapshot) Says(n Node) []Edge { return s.record(n).say }

// Named returns the things whose label or one of whose aliases is name, case,
// accents and punctuation aside, sorted by id.
func (s *Snapshot) Named(name string) []Node {
	key := Fold(name)
	var found []Node
	s.names.find(hashOf(s.thingIDs.seed, key), func(n uint32) bool {
		if int(n) < len(s.thingIDs.ids) && hasName(s.thing(Node(n)), key) {
			found = append(found, Node(n))
		}
		return false
	})
	s.sortNodes(found)
	return slices.Compact(found)
}

// Name is a name that a thing has or has had.
type Name struct {
	Key  string // folded
	Node Node
}

// Names returns every name that a thing of s has, and some that one has had before
// an article was taken out. A later snapshot's names begin with an earlier one's,
// unless two were made from one; so an index of them can grow.
func (s *Snapshot) Names() []Name { return s.nameList }

// HasName reports whether the label or an alias of n, folded, is key.
func (s *Snapshot) HasName(n Node, key string) bool { return hasName(s.thing(n), key) }

// Fold returns name in the form in which names are compared: without case,
// accents and punctuation.
func Fold(name string) string {
	if slug := Slug(name); slug != "" {
		return slug
	}
	return name
}

func hasName(t *Thing, key string) bool {
	if t == nil {
		return false
	}
	return Fold(t.Label) == key || slices.ContainsFunc(t.Aliases, func(a string) bool { return Fold(a) == key })
}

func (s *Snapshot) thing(n Node) *Thing {
	if r := s.things.at(uint32(n)); r != nil {
		return r.thing
	}
	return nil
}

func (s *Snapshot) record(n Node) thingRecord {
	if r := s.things.at(uint32(n)); r != nil {
		return *r
	}
	return thingRecord{}
}

func (s *Snapshot) article(id ID) *articleRecord {
	n, ok := s.artIDs.number(id)
	if !ok {
		return nil
	}
	if r := s.articles.at(n); r != nil && r.article != nil {
		return r
	}
	return nil
}

func (s *Snapshot) sortNodes(nodes []Node) {
	slices.SortFunc(nodes, func(a, b Node) int { return cmp.Compare(s.thingIDs.ids[a], s.thingIDs.ids[b]) })
}

// pick returns those of edges, which are sorted by predicate, that have one of
// the predicates only. For none or one nothing is copied.
func pick(edges []Edge, only []Predicate) []Edge {
	if len(only) == 0 {
		return edges
	}
	var picked []Edge
	for i, p := range only {
		number := predicateNumber(p)
		start, end := from(edges, uint(number)), from(edges, uint(number)+1)
		if i == 0 {
			picked = edges[start:end:end]
		} else {
			picked = append(picked, edges[start:end]...)
		}
	}
	return picked
}

// from returns where in edges those of the given predicate or a later one begin.
func from(edges []Edge, number uint) int {
	return sort.Search(len(edges), func(i int) bool { return uint(edges[i].predicate) >= number })
}

// predicateNumbers is the place of each predicate in the model.
var predicateNumbers = sync.OnceValue(func() map[Predicate]uint8 {
	numbers := make(map[Predicate]uint8, len(predicates))
	for i := range predicates {
		numbers[predicates[i].Predicate] = uint8(i)
	}
	return numbers
})

func predicateNumber(p Predicate) uint8 {
	if n, ok := predicateNumbers()[p]; ok {
		return n
	}
	return ^uint8(0)
}
