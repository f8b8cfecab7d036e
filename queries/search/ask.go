package search

import (
	"context"
	"encoding/json"
	"slices"

	"parley/graph"
	"parley/queries"
)

// ThingParameters returns what a search for things takes; the text is called
// name, "q" or "prefix".
func ThingParameters(name string) []queries.Parameter {
	return []queries.Parameter{
		{Name: name, Type: queries.TextType, Help: "a name, an acronym or a post, or the beginning of one", Required: true},
		queries.TypeParameter(),
		{Name: "limit", Type: queries.CountType, Help: "most things; 10 if not given", Most: MaxHits},
	}
}

// QuoteParameters returns what a search for sentences takes.
func QuoteParameters() []queries.Parameter {
	list := []queries.Parameter{
		{Name: "q", Type: queries.TextType, Help: `words that are all to be there, "phrases", OR, -word, begin*`, Required: true},
		{Name: "thing", Type: queries.ThingType, Help: "a thing that a claim of the sentence is about, or who says it; several are alternatives", Many: true},
		queries.PredicateParameter(),
	}
	for _, d := range queries.SourceParameters() {
		if slices.Contains([]string{"outlet", "published_since", "published_until"}, d.Name) {
			list = append(list, d)
		}
	}
	return append(list,
		queries.Parameter{Name: "sort", Type: queries.EnumType, Help: "relevance if not given; date is that of publication", Values: []string{"relevance", "date", "-date"}},
		queries.Parameter{Name: "facets", Type: queries.CommaType, Help: "what to count over all sentences found, with commas between", Values: []string{"outlet", "year"}},
		queries.Parameter{Name: "limit", Type: queries.CountType, Help: "most sentences; 10 if not given", Most: MaxQuotes},
		queries.Parameter{Name: "next", Type: queries.TokenType, Help: "what the answer before gave as next"})
}

// AskThings answers a search for things with the parameters of [ThingParameters];
// begun says that the text is the beginning of a name.
func (x *Index) AskThings(ctx context.Context, s *graph.Snapshot, p queries.Params, begun bool) (*Hits, error) {
	name, find := "q", x.Things
	if begun {
		name, find = "prefix", x.Suggest
	}
	if p.Text == "" {
		return nil, &queries.ParameterError{Name: name, Want: "a name, or the beginning of one"}
	}
	var types []graph.Type
	for _, t := range p.Type {
		types = append(types, graph.Type(t))
	}
	return find(ctx, s, p.Text, types, p.Limit)
}

// AskQuotes answers a search for sentences with the parameters of [QuoteParameters].
func (x *Index) AskQuotes(ctx context.Context, s *graph.Snapshot, p queries.Params) (*Quotes, error) {
	if p.Text == "" {
		return nil, &queries.ParameterError{Name: "q", Want: "words to look for"}
	}
	f, err := queries.NewFilter(s, queries.Params{Outlet: p.Outlet, PublishedSince: p.PublishedSince, PublishedUntil: p.PublishedUntil, Predicate: p.Predicate})
	if err != nil {
		return nil, err
	}
	q := QuoteQuery{Text: p.Text, Outlet: p.Outlet, Since: p.PublishedSince, Until: p.PublishedUntil, Sort: p.Sort, Facets: p.Facets, Limit: p.Limit, Next: p.Next}
	if len(p.Thing) > 0 {
		if q.Things = f.Things("thing", p.Thing); len(q.Things) == 0 {
			q.Things = []graph.Node{graph.NoNode} // nothing has that name, so nothing is found
		}
	}
	for _, name := range p.Predicate {
		q.Predicate = append(q.Predicate, graph.Predicate(name))
	}
	found, err := x.Quotes(ctx, s, q)
	if err != nil {
		return nil, err
	}
	found.Notes = f.Answer().Notes
	return found, nil
}

// total is a count, and whether it is exact.
type total struct {
	Value    int    `json:"value"`
	Relation string `json:"relation"`
}

func totalOf(n int, isLeast bool) total {
	if isLeast {
		return total{n, "gte"}
	}
	return total{n, "eq"}
}

// MarshalJSON returns f as the server sends it.
func (f *Hits) MarshalJSON() ([]byte, error) {
	type thing struct {
		ID      graph.ID          `json:"id"`
		Type    graph.Type        `json:"type"`
		Label   string            `json:"label"`
		Aliases []string          `json:"aliases,omitempty"`
		Codes   map[string]string `json:"codes,omitempty"`
		Text    string            `json:"text,omitempty"`
		Matched string            `json:"matched"`
		By      By                `json:"by"`
		Typos   int               `json:"typos"`
		Claims  int               `json:"claims_total"`
	}
	list := []thing{}
	for _, h := range f.List {
		t := f.snapshot.At(h.Node)
		list = append(list, thing{t.ID, t.Type, t.Label, t.Aliases, t.Codes, t.Text, h.Name, h.By, h.Typos, h.Claims})
	}
	return json.Marshal(struct {
		Query     string  `json:"query"`
		Revision  uint64  `json:"revision"`
		Total     total   `json:"total"`
		Truncated bool    `json:"truncated"`
		Things    []thing `json:"things"`
	}{f.Query, f.Revision, totalOf(f.Total, f.AtLeast), f.Truncated, list})
}

// MarshalJSON returns q as the server sends it: each sentence with its article and
// its claims in full.
func (q *Quotes) MarshalJSON() ([]byte, error) {
	type source struct {
		Title     string `json:"title"`
		Outlet    string `json:"outlet,omitempty"`
		Published string `json:"published,omitempty"`
		URL       string `json:"url,omitempty"`
		Link      string `json:"link,omitempty"`
	}
	type quote struct {
		Quote      string            `json:"quote"`
		Highlights []Span            `json:"highlights"`
		Article    graph.ID          `json:"article"`
		Source     source            `json:"source"`
		Sentence   int               `json:"sentence"`
		Start      int               `json:"start"`
		End        int               `json:"end"`
		Score      float64           `json:"score"`
		Claims     []json.RawMessage `json:"claims"`
	}
	list := []quote{}
	for _, h := range q.List {
		a, e := h.Article, h.Evidence
		one := quote{Quote: e.Quote, Highlights: h.Highlights, Article: a.ID, Source: source{a.Title, a.Outlet, a.Published, a.URL, ""},
			Sentence: e.Sentence, Start: e.Start, End: e.End, Score: h.Score}
		if a.URL != "" {
			one.Source.Link = queries.FragmentLink(a.URL, e.Quote)
		}
		for _, c := range h.Claims {
			one.Claims = append(one.Claims, queries.AppendClaim(nil, q.snapshot, c.ID))
		}
		list = append(list, one)
	}
	return json.Marshal(struct {
		Query     string                  `json:"query"`
		Revision  uint64                  `json:"revision"`
		Notes     []string                `json:"notes"`
		Total     total                   `json:"total"`
		Truncated bool                    `json:"truncated"`
		Next      string                  `json:"next,omitempty"`
		Quotes    []quote                 `json:"quotes"`
		Facets    map[string][]FacetCount `json:"facets,omitempty"`
	}{q.Query, q.Revision, append([]string{}, q.Notes...), totalOf(q.Total, false), q.Truncated, q.Next, list, q.Facets})
}

// Each yields the claims of the sentences that q shows.
func (q *Quotes) Each(yield func(*graph.Claim) bool) {
	for _, h := range q.List {
		for _, c := range h.Claims {
			if !yield(c) {
				return
			}
		}
	}
}
