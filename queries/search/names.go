package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"parley/graph"
)

// The bounds of a search for things.
const (
	DefaultHits = 10
	MaxHits     = 100
	maxRanked   = 1000 // things that bleve likes best and that are then ranked exactly
	maxWords    = 16   // of what is looked for
)

// Hit is a thing that was found.
type Hit struct {
	Node   graph.Node
	Name   string // the name, acronym or post that matched
	By     By     // which of them it is
	Typos  int    // letters by which it differs from what was looked for
	Claims int    // number of claims about the thing
	key    string // the name, folded
	rank   int    // 0 for the whole name, 1 for its beginning, 2 for words in it, 3 for words of a post
}

// By says what of a thing matched.
type By string

// What can match.
const (
	ByLabel   By = "label"
	ByAlias   By = "alias"
	ByAcronym By = "acronym" // the first letters of its name, which no article need have used
	ByPost    By = "post"    // that it holds, alone or with words of its name
)

// Hits is the answer to a search, best hits first: fewer typos, then whole names
// before beginnings before words within, then more claims.
type Hits struct {
	Query     string
	Revision  uint64
	List      []Hit
	Total     int  // number of things found, shown or not
	AtLeast   bool // there may be more than Total
	Truncated bool // there are more than are shown
	snapshot  *graph.Snapshot
}

// Snapshot returns the graph that the nodes of f belong to.
func (f *Hits) Snapshot() *graph.Snapshot { return f.snapshot }

// compareName orders hits of one thing by how well the name matched.
func (h Hit) compareName(o Hit) int {
	return cmp.Or(cmp.Compare(h.Typos, o.Typos), cmp.Compare(h.rank, o.rank), cmp.Compare(len(h.key), len(o.key)), cmp.Compare(h.key, o.key))
}

func rankOf(key, whole string) int {
	switch {
	case key == whole:
		return 0
	case strings.HasPrefix(key, whole):
		return 1
	}
	return 2
}

// choose puts the best of the things found into f.
func (f *Hits) choose(best map[graph.Node]Hit, limit int) {
	s := f.snapshot
	list := make([]Hit, 0, len(best))
	for n, h := range best {
		h.Claims = len(s.Out(n)) + len(s.In(n))
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Typos, b.Typos), cmp.Compare(a.rank, b.rank), cmp.Compare(b.Claims, a.Claims),
			cmp.Compare(s.At(a.Node).Label, s.At(b.Node).Label), cmp.Compare(s.ID(a.Node), s.ID(b.Node)))
	})
	limit = cmp.Or(limit, DefaultHits)
	f.Total = len(list)
	f.Truncated = f.AtLeast || len(list) > limit
	f.List = list[:min(len(list), limit)]
	for i := range f.List {
		if h := &f.List[i]; h.By == "" {
			h.Name, h.By = nameFor(s.At(h.Node), h.key)
		}
	}
}

// nameFor returns the name of t that is key when folded.
func nameFor(t *graph.Thing, key string) (string, By) {
	if graph.Fold(t.Label) != key {
		if i := slices.IndexFunc(t.Aliases, func(a string) bool { return graph.Fold(a) == key }); i >= 0 {
			return t.Aliases[i], ByAlias
		}
	}
	return t.Label, ByLabel
}

// nameChanges yields the things of s, each a group of one entry.
func nameChanges(s *graph.Snapshot, yield func(group) bool) {
	type mark struct {
		thing *graph.Thing
		posts *graph.Edge // the first of its claims to a post; a change gives them another place
		count int
	}
	for _, t := range graph.Types() {
		if t == graph.ArticleType {
			continue
		}
		for _, n := range s.Nodes(t) {
			m := mark{thing: s.At(n)}
			if posts := s.Out(n, graph.HoldsPosition); len(posts) > 0 {
				m.posts, m.count = &posts[0], len(posts)
			}
			id := string(s.ID(n))
			if !yield(group{id, m, func() []entry { return []entry{{id, nameFields(s, n)}} }}) {
				return
			}
		}
	}
}

func nameFields(s *graph.Snapshot, n graph.Node) map[string]any {
	t := s.At(n)
	var names, short, posts []string
	for _, name := range append([]string{t.Label}, t.Aliases...) {
		names = append(names, spaced(graph.Fold(name)))
		if a := acronym(t, name); a != "" {
			short = append(short, a)
		}
	}
	for _, p := range postsOf(s, n) {
		posts = append(posts, spaced(graph.Fold(p)))
	}
	return map[string]any{fieldName: names, fieldAcronym: short, fieldPost: posts, fieldType: string(t.Type)}
}

// postsOf returns what posts a person is said to hold.
func postsOf(s *graph.Snapshot, n graph.Node) []string {
	var posts []string
	for _, e := range s.Out(n, graph.HoldsPosition) {
		if v := s.ClaimOf(e).Object.Value; e.IsFact() && v != "" && !slices.Contains(posts, v) {
			posts = append(posts, v)
		}
	}
	return posts
}

// acronym returns the first letters, in lower case, of the words of an
// organisation's or agreement's name that begin with a capital, if they are three or more.
func acronym(t *graph.Thing, name string) string {
	if t.Type != graph.Organisation && t.Type != graph.Agreement {
		return ""
	}
	var letters []rune
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' }) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) < 3 {
		return ""
	}
	return graph.Fold(string(letters))
}

// Things finds things one of whose names has all words of text, or words that begin
// with them, or that differ from them by a typo: one letter for a word of four to
// seven letters, two for a longer one. It also finds them by the first letters of
// their names, and by a post that they hold, with words of their name or without.
// Of the types given, or any; limit is at most MaxHits, 0 for DefaultHits. The
// error is an [IndexingError], a [QueryError], or ctx's.
func (x *Index) Things(ctx context.Context, s *graph.Snapshot, text string, types []graph.Type, limit int) (*Hits, error) {
	f := &Hits{Query: text, Revision: s.Revision(), snapshot: s}
	words := wordsOf(text)
	if len(words) > maxWords {
		return nil, &QueryError{"q", text, "16 words or fewer"}
	}
	index, err := x.names.ready(ctx, s)
	if err != nil || len(words) == 0 {
		return f, err
	}
	r := bleve.NewSearchRequestOptions(nameQuery(words, types), maxRanked, 0, false)
	r.SortBy([]string{"-_score", "_id"})
	found, err := index.SearchInContext(ctx, r)
	if err != nil {
		return nil, err
	}
	f.AtLeast = found.Total > maxRanked
	best := make(map[graph.Node]Hit, len(found.Hits))
	for _, hit := range found.Hits {
		if n, ok := s.Node(graph.ID(hit.ID)); ok { // else it is no longer there
			if h, ok := matchThing(s, n, words); ok {
				best[n] = h
			}
		}
	}
	f.choose(best, limit)
	return f, nil
}

// nameQuery asks for things of which each word is a word of a name or post, or
// that all words together are the acronym of.
func nameQuery(words []string, types []graph.Type) query.Query {
	var all []query.Query
	for _, w := range words {
		all = append(all, wordQuery(w))
	}
	short := bleve.NewTermQuery(strings.Join(words, ""))
	short.SetField(fieldAcronym)
	short.SetBoost(4)
	var q query.Query = bleve.NewDisjunctionQuery(bleve.NewConjunctionQuery(all...), short)
	if len(types) > 0 {
		var any []query.Query
		for _, t := range types {
			is := bleve.NewTermQuery(string(t))
			is.SetField(fieldType)
			any = append(any, is)
		}
		q = bleve.NewConjunctionQuery(q, bleve.NewDisjunctionQuery(any...))
	}
	return q
}

func wordQuery(w string) query.Query {
	term := bleve.NewTermQuery(w)
	term.SetField(fieldName)
	term.SetBoost(8)
	post := bleve.NewTermQuery(w)
	post.SetField(fieldPost)
	either := bleve.NewDisjunctionQuery(term, post)
	begun := bleve.NewPrefixQuery(w)
	begun.SetField(fieldName)
	begun.SetBoost(2)
	either.AddQuery(begun)
	if most := forgiven(w); most > 0 {
		like := bleve.NewFuzzyQuery(w)
		like.SetField(fieldName)
		like.SetFuzziness(most)
		either.AddQuery(like)
	}
	return either
}

// matchThing returns how the words match the thing n best; ok is false if they do
// not, as words of one name or of one post and that name.
func matchThing(s *graph.Snapshot, n graph.Node, words []string) (best Hit, ok bool) {
	t := s.At(n)
	whole := strings.Join(words, "-")
	note := func(h Hit) {
		if !ok || h.compareName(best) < 0 {
			best, ok = h, true
		}
	}
	posts := postsOf(s, n)
	for i, name := range append([]string{t.Label}, t.Aliases...) {
		key := graph.Fold(name)
		by := ByAlias
		if i == 0 {
			by = ByLabel
		}
		if typos, all := matchWords(words, strings.Split(key, "-")); all {
			note(Hit{Node: n, Name: name, By: by, Typos: typos, key: key, rank: rankOf(key, whole)})
		}
		if a := acronym(t, name); a != "" && a == strings.Join(words, "") {
			note(Hit{Node: n, Name: name, By: ByAcronym, key: key})
		}
		for _, p := range posts {
			post := graph.Fold(p)
			if typos, all := matchWords(words, append(strings.Split(post, "-"), strings.Split(key, "-")...)); all {
				note(Hit{Node: n, Name: p, By: ByPost, Typos: typos, key: post, rank: 3})
			}
		}
	}
	return best, ok
}

// matchWords reports whether each of words is one of have, or begins one, or is
// one with the typos that are forgiven, and how many typos there are together.
func matchWords(words, have []string) (typos int, ok bool) {
	for _, w := range words {
		least, most := -1, forgiven(w)
		for _, h := range have {
			n := 0
			if !strings.HasPrefix(h, w) {
				if n = distance(w, h, most); n > most || most == 0 {
					continue
				}
			}
			if least < 0 || n < least {
				least = n
			}
		}
		if least < 0 {
			return 0, false
		}
		typos += least
	}
	return typos, true
}
