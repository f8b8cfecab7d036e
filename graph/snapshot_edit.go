package graph

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
)

// snapshotBuilder makes a snapshot out of another one, or out of nothing.
type snapshotBuilder struct {
	next     Snapshot
	things   pagesEdit[thingRecord]
	claims   pagesEdit[claimRecord]
	articles pagesEdit[articleRecord]
	touched  map[Node]sorted // things whose record is this version's own
	moved    map[uint32]bool // articles that came or went
}

// sorted is how many edges of a record, from the first, are in order.
type sorted struct{ out, in, say int }

// NewSnapshot returns the graph of the given extractions, which it does not keep.
func NewSnapshot(revision uint64, extractions ...*Extraction) *Snapshot {
	b := newSnapshotBuilder(revision)
	for _, x := range extractions {
		b.add(x)
	}
	return b.snapshot()
}

// newSnapshot returns the empty graph at the given revision.
func newSnapshot(revision uint64) *Snapshot { return NewSnapshot(revision) }

// newSnapshotBuilder returns a builder that has nothing yet.
func newSnapshotBuilder(revision uint64) *snapshotBuilder {
	seed := maphash.MakeSeed()
	empty := &Snapshot{
		revision: revision,
		shared:   &shared{},
		thingIDs: newSymbols(seed, 0),
		claimIDs: newSymbols(seed, 0),
		artIDs:   newSymbols(seed, 0),
		names:    newHashIndex(0),
		byType:   make([][]Node, len(Types())),
		byPred:   make([]int, len(predicates)),
	}
	empty.shared.Lock()
	return empty.builder(revision)
}

// with returns the graph that s becomes when the articles remove are taken out
// and add are put in, an article that s has already being replaced. s is
// unchanged. The cost grows with what is changed, not with s.
func (s *Snapshot) with(revision uint64, add []*Extraction, remove []ID) *Snapshot {
	s.shared.Lock()
	from := s
	sh := s.shared
	if sh.things != len(s.thingIDs.ids) || sh.claims != len(s.claimIDs.ids) || sh.articles != len(s.artIDs.ids) || sh.names != len(s.nameList) {
		sh.Unlock()
		from = s.fork()
		from.shared.Lock()
	}
	b := from.builder(revision)
	for _, id := range remove {
		b.remove(id)
	}
	for _, x := range add {
		b.add(x)
	}
	return b.snapshot()
}

// fork returns a copy of s that shares no table with its other descendants.
func (s *Snapshot) fork() *Snapshot {
	f := *s
	f.thingIDs, f.claimIDs, f.artIDs = s.thingIDs.clone(), s.claimIDs.clone(), s.artIDs.clone()
	f.shared = &shared{things: len(f.thingIDs.ids), claims: len(f.claimIDs.ids), articles: len(f.artIDs.ids)}
	f.names, f.nameList = newHashIndex(len(f.thingIDs.ids)), nil
	for n := range f.thingIDs.ids {
		if t := f.thing(Node(n)); t != nil {
			f.addNames(Node(n), t)
		}
	}
	f.shared.names = len(f.nameList)
	return &f
}

// builder returns a builder that starts from s, whose shared tables are locked
// until the builder is done.
func (s *Snapshot) builder(revision uint64) *snapshotBuilder {
	b := &snapshotBuilder{next: *s, things: s.things.edit(), claims: s.claims.edit(), articles: s.articles.edit(),
		touched: map[Node]sorted{}, moved: map[uint32]bool{}}
	b.next.revision, b.next.derived = revision, &derived{}
	b.next.byType = slices.Clone(s.byType)
	b.next.byPred = slices.Clone(s.byPred)
	return b
}

// snapshot returns the graph of everything added. The builder cannot be used
// after it.
func (b *snapshotBuilder) snapshot() *Snapshot {
	s := &b.next
	s.things, s.claims, s.articles = b.things.pages, b.claims.pages, b.articles.pages
	order := s.edgeOrder()
	if len(b.moved) > bulk {
		order = s.edgeRank()
	}
	changed := make(map[Type]bool)
	for n, done := range b.touched {
		r := b.things.edit(uint32(n))
		was := r.thing
		r.thing = merge(r.variants)
		if id := s.thingIDs.ids[n]; r.thing == nil && len(r.out)+len(r.in)+len(r.say) > 0 { // named by a claim only
			r.thing = &Thing{ID: id, Type: id.Type(), Label: id.Slug()}
		}
		r.out, r.in, r.say = sortEdges(r.out, done.out, order), sortEdges(r.in, done.in, order), sortEdges(r.say, done.say, order)
		if (was == nil) != (r.thing == nil) {
			changed[s.thingIDs.ids[n].Type()] = true
		}
		if r.thing != nil {
			s.addNames(n, r.thing)
		}
	}
	b.list(changed)
	s.shared.things, s.shared.claims, s.shared.articles = len(s.thingIDs.ids), len(s.claimIDs.ids), len(s.artIDs.ids)
	s.shared.names = len(s.nameList)
	s.shared.Unlock()
	return s
}

// list brings the sorted lists up to date after things of the changed types or
// articles came or went.
func (b *snapshotBuilder) list(changed map[Type]bool) {
	s := &b.next
	s.counts.Things = 0
	for i, t := range Types() {
		if changed[t] {
			var moved []Node
			for n := range b.touched {
				if s.thingIDs.ids[n].Type() == t {
					moved = append(moved, n)
				}
			}
			s.byType[i] = relist(s.byType[i], moved, s.thingIDs.ids, func(n Node) bool { return s.thing(n) != nil })
		}
		s.counts.Things += len(s.byType[i])
	}
	if len(b.moved) > 0 {
		s.artList = relist(s.artList, slices.Collect(maps.Keys(b.moved)), s.artIDs.ids, func(n uint32) bool {
			return s.articles.at(n).article != nil
		})
	}
	s.counts.Articles = len(s.artList)
}

// relist returns the union of old, which is sorted by id, and moved, so sorted,
// without what is no longer there.
func relist[N ~uint32](old, moved []N, ids []ID, there func(N) bool) []N {
	byID := func(a, b N) int { return cmp.Compare(ids[a], ids[b]) }
	slices.SortFunc(moved, byID)
	list := make([]N, 0, len(old)+len(moved))
	for _, n := range moved {
		at, found := slices.BinarySearchFunc(old, n, byID)
		list = append(list, old[:at]...)
		if found {
			at++
		}
		old = old[at:]
		if there(n) {
			list = append(list, n)
		}
	}
	return append(list, old...)
}

// add puts x in.
func (b *snapshotBuilder) add(x *Extraction) {
	b.remove(x.Article.ID)
	s := &b.next
	number := s.artIDs.add(ID(strings.Clone(string(x.Article.ID))))
	article := x.Article
	article.ID, article.Text, article.Blocks = s.artIDs.ids[number], "", nil
	article.URL, article.Title = strings.Clone(article.URL), strings.Clone(article.Title)
	article.Outlet, article.Published = intern(article.Outlet), intern(article.Published)
	article.Authors = cloneStrings(article.Authors)
	rec := articleRecord{article: &article, things: make([]contribution, 0, len(x.Things)), claims: make([]uint32, 0, len(x.Claims))}
	for i := range x.Things {
		rec.things = append(rec.things, b.name(&x.Things[i]))
	}
	claims := b.compact(x.Claims, article.ID)
	for i := range claims {
		rec.claims = append(rec.claims, b.link(&claims[i], number))
	}
	*b.articles.edit(number) = rec
	b.moved[number] = true
}

// remove takes the article id out, if it is there.
func (b *snapshotBuilder) remove(id ID) {
	number, ok := b.next.artIDs.number(id)
	if !ok {
		return
	}
	if r := b.articles.at(number); r == nil || r.article == nil {
		return
	}
	rec := b.articles.edit(number)
	for _, c := range rec.things {
		r := b.own(c.node)
		if i := slices.IndexFunc(r.variants, func(v variant) bool { return v.thing == c.thing }); i >= 0 {
			if r.variants[i].count--; r.variants[i].count == 0 {
				r.variants = slices.Delete(r.variants, i, i+1)
			}
		}
	}
	for _, n := range rec.claims {
		b.unlink(n)
	}
	*rec = articleRecord{}
	b.moved[number] = true
}

// own returns the record of n for writing.
func (b *snapshotBuilder) own(n Node) *thingRecord {
	r := b.things.edit(uint32(n))
	if _, ok := b.touched[n]; !ok {
		b.touched[n] = sorted{len(r.out), len(r.in), len(r.say)}
		r.variants = slices.Clone(r.variants)
		r.out, r.in, r.say = slices.Clone(r.out), slices.Clone(r.in), slices.Clone(r.say)
	}
	return r
}

// node returns the number of the thing id.
func (b *snapshotBuilder) node(id ID) Node {
	if n, ok := b.next.thingIDs.number(id); ok {
		return Node(n)
	}
	return Node(b.next.thingIDs.add(ID(strings.Clone(string(id)))))
}

// name notes that one more article names t as it does.
func (b *snapshotBuilder) name(t *Thing) contribution {
	n := b.node(t.ID)
	r := b.own(n)
	for i := range r.variants {
		if sameThing(r.variants[i].thing, t) {
			r.variants[i].count++
			return contribution{n, r.variants[i].thing}
		}
	}
	kept := &Thing{ID: b.next.thingIDs.ids[n], Type: b.next.thingIDs.ids[n].Type(), Label: intern(t.Label),
		Aliases: cloneStrings(t.Aliases), Codes: maps.Clone(t.Codes), Text: strings.Clone(t.Text)}
	r.variants = append(r.variants, variant{kept, 1})
	return contribution{n, kept}
}

// link hangs c, a claim of the given article, on its ends.
func (b *snapshotBuilder) link(c *Claim, article uint32) uint32 {
	s := &b.next
	number := s.claimIDs.add(c.ID)
	c.ID = s.claimIDs.ids[number]
	rec := claimRecord{claim: c, subject: b.node(c.Subject), object: NoNode, article: article}
	if !c.Object.IsLiteral() {
		rec.object = b.node(c.Object.ID)
	}
	old := b.claims.at(number)
	if old != nil && old.claim != nil { // the article gives one claim twice
		return number
	}
	*b.claims.edit(number) = rec
	e := Edge{claim: number, predicate: predicateNumber(c.Predicate), fact: c.IsFact()}
	e.Other = rec.object
	r := b.own(rec.subject)
	r.out = append(r.out, e)
	e.Other = rec.subject
	if rec.object != NoNode {
		r = b.own(rec.object)
		r.in = append(r.in, e)
	}
	for _, id := range c.AttributedTo {
		r = b.own(b.node(id))
		r.say = append(r.say, e)
	}
	b.count(c, 1)
	return number
}

// unlink takes the claim with the given number off its ends.
func (b *snapshotBuilder) unlink(number uint32) {
	rec := *b.claims.at(number)
	if rec.claim == nil {
		return
	}
	cut := func(n Node, edges func(*thingRecord, *sorted) (*[]Edge, *int)) {
		r := b.own(n)
		done := b.touched[n]
		list, in := edges(r, &done)
		if i := slices.IndexFunc(*list, func(e Edge) bool { return e.claim == number }); i >= 0 {
			*list = slices.Delete(*list, i, i+1)
			if i < *in {
				*in--
			}
		}
		b.touched[n] = done
	}
	cut(rec.subject, func(r *thingRecord, d *sorted) (*[]Edge, *int) { return &r.out, &d.out })
	if rec.object != NoNode {
		cut(rec.object, func(r *thingRecord, d *sorted) (*[]Edge, *int) { return &r.in, &d.in })
	}
	for _, id := range rec.claim.AttributedTo {
		cut(b.node(id), func(r *thingRecord, d *sorted) (*[]Edge, *int) { return &r.say, &d.say })
	}
	b.count(rec.claim, -1)
	*b.claims.edit(number) = claimRecord{}
}

func (b *snapshotBuilder) count(c *Claim, by int) {
	b.next.counts.Claims += by
	if c.IsFact() {
		b.next.counts.Facts += by
	}
	if n := predicateNumber(c.Predicate); int(n) < len(b.next.byPred) {
		b.next.byPred[n] += by
	}
}

// compact returns a copy of claims that holds on to no article's text: ids are
// those of the tables, and words of a quote are parts of it.
func (b *snapshotBuilder) compact(claims []Claim, article ID) []Claim {
	kept := slices.Clone(claims)
	quotes := make(map[string]string)
	for i := range kept {
		c := &kept[i]
		quote, ok := quotes[c.Evidence.Quote]
		if !ok {
			quote = strings.Clone(c.Evidence.Quote)
			quotes[quote] = quote
		}
		part := func(text string) string {
			if at := strings.Index(quote, text); at >= 0 {
				return quote[at : at+len(text)]
			}
			return strings.Clone(text)
		}
		ids := &b.next.thingIDs
		c.ID, c.Article, c.Via = ID(strings.Clone(string(c.ID))), article, ID(strings.Clone(string(c.Via)))
		c.Subject = ids.ids[b.node(c.Subject)]
		if !c.Object.IsLiteral() {
			c.Object.ID = ids.ids[b.node(c.Object.ID)]
		}
		c.Object.Value, c.Object.Datatype = part(c.Object.Value), intern(c.Object.Datatype)
		c.Predicate, c.Polarity, c.Modality = intern(c.Predicate), intern(c.Polarity), intern(c.Modality)
		c.AttributedTo = slices.Clone(c.AttributedTo)
		for j, id := range c.AttributedTo {
			c.AttributedTo[j] = ids.ids[b.node(id)]
		}
		c.Rule = intern(c.Rule)
		if c.When != nil {
			when := *c.When
			when.Start, when.End, when.Precision, when.Text = intern(when.Start), intern(when.End), intern(when.Precision), part(when.Text)
			c.When = &when
		}
		e := &c.Evidence
		e.Quote, e.SubjectText, e.ObjectText = quote, part(e.SubjectText), part(e.ObjectText)
		e.SubjectLink, e.ObjectLink = cloneLink(e.SubjectLink), cloneLink(e.ObjectLink)
	}
	return kept
}

// addNames puts t's names into the index.
func (s *Snapshot) addNames(n Node, t *Thing) {
	s.addName(n, t.Label)
	for _, a := range t.Aliases {
		s.addName(n, a)
	}
}

func (s *Snapshot) addName(n Node, name string) {
	key := Fold(name)
	hash, there := hashOf(s.thingIDs.seed, key), false
	s.names.find(hash, func(m uint32) bool {
		there = m == uint32(n)
		return there
	})
	if !there {
		s.names = s.names.insert(hash, uint32(n))
		s.nameList = append(s.nameList, Name{key, n})
	}
}
