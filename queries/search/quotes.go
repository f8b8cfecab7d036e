package search

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"parley/graph"
)

// The bounds of a search for sentences.
const (
	DefaultQuotes = 10
	MaxQuotes     = 100
	maxFacet      = 20 // values of a facet
)

// QuoteQuery is what is asked of the sentences. The zero value of a field asks for
// nothing; several values of one field are alternatives.
type QuoteQuery struct {
	Text      string            // words, phrases and operators; see doc/queries.md
	Things    []graph.Node      // of the snapshot asked: subject, object or speaker of a claim of the sentence; NoNode is none
	Predicate []graph.Predicate // of a claim of the sentence
	Outlet    []string          // in any case
	Since     string            // the article was published on or after this year, month or day
	Until     string            // on or before
	Sort      string            // "relevance", "date" or "-date"; "" is relevance
	Facets    []string          // of "outlet" and "year"
	Limit     int               // at most MaxQuotes; 0 is DefaultQuotes
	Next      string            // where the last answer stopped
}

// Quote is a sentence of an article that is the evidence of claims.
type Quote struct {
	Article    *graph.Article
	Evidence   graph.Evidence // of the first claim: where the sentence stands, and its words
	Claims     []*graph.Claim // that rest on it, in the order of the text
	Highlights []Span         // what matched, in order
	Score      float64        // how well; comparable within one answer only
}

// Span is a stretch of a quote, in Unicode code points, half open.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Quotes is the answer to a search for sentences.
type Quotes struct {
	Query     string
	Revision  uint64
	Notes     []string // what a reader should know: a name that nothing has
	List      []Quote
	Total     int
	Truncated bool
	Next      string // opaque; "" at the end
	Facets    map[string][]FacetCount
	snapshot  *graph.Snapshot
}

// FacetCount is how many of all sentences found have a value.
type FacetCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Snapshot returns the graph that was asked.
func (q *Quotes) Snapshot() *graph.Snapshot { return q.snapshot }

// quoteChanges yields the articles of s, each a group of its sentences.
func quoteChanges(s *graph.Snapshot, yield func(group) bool) {
	for a := range s.Articles() {
		if !yield(group{string(a.ID), a, func() []entry { return sentences(s, a) }}) {
			return
		}
	}
}

// sentences returns the entries of an article: each stretch that is evidence, once.
func sentences(s *graph.Snapshot, a *graph.Article) []entry {
	var list []entry
	places := make(map[string]int)
	for _, c := range s.ClaimsIn(a.ID) {
		id := quoteID(c)
		i, known := places[id]
		if !known {
			i = len(list)
			places[id] = i
			f := map[string]any{fieldText: c.Evidence.Quote, fieldOutlet: graph.Fold(a.Outlet), fieldPrinter: a.Outlet}
			if a.Published != "" {
				f[fieldFirst], f[fieldLast], f[fieldYear] = a.Published+"0000-01-01"[len(a.Published):], a.Published+"9999-12-31"[len(a.Published):], a.Published[:4]
			}
			list = append(list, entry{id, f})
		}
		f := list[i].fields
		things, _ := f[fieldThing].([]string)
		for _, id := range append([]graph.ID{c.Subject, c.Object.ID}, c.AttributedTo...) {
			if id != "" && !slices.Contains(things, string(id)) {
				things = append(things, string(id))
			}
		}
		predicates, _ := f[fieldPredicate].([]string)
		if !slices.Contains(predicates, string(c.Predicate)) {
			predicates = append(predicates, string(c.Predicate))
		}
		f[fieldThing], f[fieldPredicate] = things, predicates
	}
	return list
}

// quoteID names a sentence: its article and its place there.
func quoteID(c *graph.Claim) string {
	return fmt.Sprintf("%s#%d-%d", c.Article, c.Evidence.Start, c.Evidence.End)
}

// Quotes finds sentences by their words. The error is an [IndexingError], a
// [QueryError], or ctx's.
func (x *Index) Quotes(ctx context.Context, s *graph.Snapshot, q QuoteQuery) (*Quotes, error) {
	clauses, err := parse(q.Text)
	if err != nil {
		return nil, err
	}
	r, err := q.request(s, clauses)
	if err != nil {
		return nil, err
	}
	index, err := x.quotes.ready(ctx, s)
	if err != nil {
		return nil, err
	}
	found, err := index.SearchInContext(ctx, r)
	if err != nil {
		return nil, err
	}
	out := &Quotes{Query: q.Text, Revision: s.Revision(), Total: int(found.Total), snapshot: s, Facets: facetsOf(found)}
	limit := r.Size - 1
	if len(found.Hits) > limit {
		last := found.Hits[limit-1]
		out.Truncated, out.Next = true, encodeNext(q.Sort, last)
		found.Hits = found.Hits[:limit]
	}
	places, err := locate(ctx, index, clauses, found.Hits)
	if err != nil {
		return nil, err
	}
	for _, hit := range found.Hits {
		if quote, ok := quoteOf(s, hit); ok {
			quote.Highlights = highlights(quote.Evidence.Quote, places[hit.ID])
			out.List = append(out.List, quote)
		}
	}
	return out, nil
}

// request returns what is asked of bleve: one sentence more than is shown.
func (q QuoteQuery) request(s *graph.Snapshot, clauses []clause) (*bleve.SearchRequest, error) {
	all := []query.Query{textQuery(clauses)}
	filter := func(field string, values []string) {
		if len(values) > 0 {
			any := bleve.NewDisjunctionQuery()
			for _, v := range values {
				t := bleve.NewTermQuery(v)
				t.SetField(field)
				any.AddQuery(t)
			}
			any.SetBoost(0)
			all = append(all, any)
		}
	}
	var things, predicates, outlets []string
	for _, n := range q.Things {
		if n == graph.NoNode {
			things = append(things, "")
		} else {
			things = append(things, string(s.ID(n)))
		}
	}
	for _, p := range q.Predicate {
		predicates = append(predicates, string(p))
	}
	for _, o := range q.Outlet {
		outlets = append(outlets, graph.Fold(strings.TrimPrefix(o, "outlet/")))
	}
	filter(fieldThing, things)
	filter(fieldPredicate, predicates)
	filter(fieldOutlet, outlets)
	all = append(all, q.period()...)
	r := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(all...), cmp.Or(q.Limit, DefaultQuotes)+1, 0, false)
	order := map[string][]string{"": {"-_score", "_id"}, "relevance": {"-_score", "_id"}, "date": {fieldFirst, "_id"}, "-date": {"-" + fieldFirst, "_id"}}[q.Sort]
	if order == nil {
		return nil, &QueryError{"sort", q.Sort, "relevance, date or -date"}
	}
	r.SortBy(order)
	for _, f := range q.Facets {
		field := map[string]string{"outlet": fieldPrinter, "year": fieldYear}[f]
		if field == "" {
			return nil, &QueryError{"facets", f, "outlet or year"}
		}
		r.AddFacet(f, bleve.NewFacetRequest(field, maxFacet))
	}
	if q.Next != "" {
		after, err := decodeNext(q.Sort, q.Next)
		if err != nil {
			return nil, err
		}
		r.SearchAfter = after
	}
	return r, nil
}

// period returns what q asks of the date of publication: that a day it may mean
// is in the period.
func (q QuoteQuery) period() []query.Query {
	var list []query.Query
	include := true
	if q.Since != "" {
		r := bleve.NewTermRangeInclusiveQuery(q.Since+"0000-01-01"[len(q.Since):], "", &include, nil)
		r.SetField(fieldLast)
		r.SetBoost(0)
		list = append(list, r)
	}
	if q.Until != "" {
		r := bleve.NewTermRangeInclusiveQuery("", q.Until+"9999-12-31"[len(q.Until):], nil, &include)
		r.SetField(fieldFirst)
		r.SetBoost(0)
		list = append(list, r)
	}
	return list
}

// locate returns where in each of the sentences the clauses are met. Asking for
// this with the search itself would make bleve collect it for all that it finds.
func locate(ctx context.Context, index bleve.Index, clauses []clause, hits bsearch.DocumentMatchCollection) (map[string]bsearch.TermLocationMap, error) {
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	r := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(bleve.NewDocIDQuery(ids), textQuery(clauses)), len(ids), 0, false)
	r.IncludeLocations = true
	found, err := index.SearchInContext(ctx, r)
	if err != nil {
		return nil, err
	}
	places := make(map[string]bsearch.TermLocationMap, len(ids))
	for _, hit := range found.Hits {
		places[hit.ID] = hit.Locations[fieldText]
	}
	return places, nil
}

// quoteOf returns the sentence that was hit; ok is false if s does not have it.
func quoteOf(s *graph.Snapshot, hit *bsearch.DocumentMatch) (q Quote, ok bool) {
	article, _, _ := strings.Cut(hit.ID, "#")
	if q.Article, ok = s.Article(graph.ID(article)); !ok {
		return q, false
	}
	for _, c := range s.ClaimsIn(q.Article.ID) {
		if quoteID(c) == hit.ID {
			q.Claims = append(q.Claims, c)
		}
	}
	if len(q.Claims) == 0 {
		return q, false
	}
	q.Evidence, q.Score = q.Claims[0].Evidence, hit.Score
	return q, true
}

// highlights returns where in quote the terms stand, in code points; stretches
// that touch or overlap are one.
func highlights(quote string, terms bsearch.TermLocationMap) []Span {
	var bytes []Span
	for _, locations := range terms {
		for _, l := range locations {
			bytes = append(bytes, Span{int(l.Start), int(l.End)})
		}
	}
	slices.SortFunc(bytes, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var list []Span
	for _, b := range bytes {
		if b.End > len(quote) {
			continue
		}
		start := utf8.RuneCountInString(quote[:b.Start])
		end := start + utf8.RuneCountInString(quote[b.Start:b.End])
		if n := len(list); n > 0 && start <= list[n-1].End {
			list[n-1].End = max(list[n-1].End, end)
			continue
		}
		list = append(list, Span{start, end})
	}
	return list
}

func facetsOf(found *bleve.SearchResult) map[string][]FacetCount {
	if len(found.Facets) == 0 {
		return nil
	}
	all := make(map[string][]FacetCount)
	for name, f := range found.Facets {
		list := []FacetCount{}
		for _, t := range f.Terms.Terms() {
			list = append(list, FacetCount{t.Term, t.Count})
		}
		all[name] = list
	}
	return all
}

// A token is the order and the last sentence's place in it.

func encodeNext(sort string, last *bsearch.DocumentMatch) string {
	key := ""
	if len(last.Sort) > 0 {
		key = last.Sort[0]
	}
	if sort == "" || sort == "relevance" {
		key = strconv.FormatFloat(last.Score, 'g', -1, 64)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(sort + "\x00" + key + "\x00" + last.ID))
}

func decodeNext(sort, token string) ([]string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	parts := strings.Split(string(raw), "\x00")
	if err != nil || len(parts) != 3 || parts[0] != sort {
		return nil, &QueryError{"next", token, "what the answer before gave as next"}
	}
	return parts[1:], nil
}
