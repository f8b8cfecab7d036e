package queries

import (
	"cmp"
	"iter"
	"slices"

	"parley/graph"
)

// Answer is what a question gives: rows, how its parameters were read, and how
// much there is beyond what is shown.
type Answer struct {
	Question     string    // name in the catalogue
	Revision     uint64    // of the graph that was asked
	Readings     []Reading // how each name among the parameters was read
	Notes        []string  // what a reader should know: an unknown name, an ambiguous one
	Rows         []Row     // what the graph holds as fact, or what the polarity and modality asked for
	Apart        []Row     // what is only denied, planned, conditional or possible; never among Rows
	Total        int       // number of rows there are, shown or not
	ApartAll     int       // likewise of Apart
	TotalIsLeast bool      // there may be more than Total
	Truncated    bool      // more rows follow after Next
	Next         string    // opaque; give it as the parameter "next" to go on; "" at the end
	Facets       []Facet   // counts over all rows, if asked for
	snapshot     *graph.Snapshot
}

// Reading is what a name in a question was taken for.
type Reading struct {
	Parameter string
	Value     string
	Nodes     []graph.Node // empty if the graph knows nothing of that name
}

// Row is one answer: a thing, or a statement about one, with its claims.
type Row struct {
	Thing     graph.Node
	Predicate graph.Predicate // of a statement; "" if the row is a thing
	Object    *Value          // of a statement
	Date      string          // ISO 8601, where rows are in the order of time
	Roles     []Role          // who and what belongs to the thing
	Steps     []Step          // of a path
	Counts    []Count         // figures of a ranking
	Claims    []graph.Edge    // all that the row rests on and shows, role by role, each in the order of its articles' dates
	Apart     []graph.Edge    // claims about the same that are no facts
	AllClaims int             // number of claims there are; Claims has fewer if the evidence was limited
}

// Role is a part that things or values play in a row.
type Role struct {
	Name   string
	Values []Value // most claims first
	Count  int     // number of values there are; Values has fewer if they were limited
}

// Value is a thing or a literal in a row, with the claims that put it there.
type Value struct {
	Node    graph.Node   // NoNode for a literal
	Literal graph.Object // if Node is NoNode
	Claims  []graph.Edge
	Count   int // number of claims there are; Claims has fewer if the evidence was limited
}

// Count is a named figure.
type Count struct {
	Name string
	N    int
}

// Facet is how often each value of one role occurs among all rows.
type Facet struct {
	Name   string
	Values []FacetValue // most frequent first
	More   int          // values that are not shown
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Node  graph.Node // NoNode for a text
	Text  string
	Count int
}

// Snapshot returns the graph that the nodes and edges of a belong to.
func (a *Answer) Snapshot() *graph.Snapshot { return a.snapshot }

// Each calls yield for every claim that a shows, row by row, each claim of a row
// once, until yield returns false.
func (a *Answer) Each(yield func(row *Row, c *graph.Claim, article *graph.Article) bool) {
	for _, rows := range [][]Row{a.Rows, a.Apart} {
		for i := range rows {
			for _, list := range [][]graph.Edge{rows[i].Claims, rows[i].Apart} {
				for _, e := range list {
					if !yield(&rows[i], a.snapshot.ClaimOf(e), a.snapshot.ArticleOf(e)) {
						return
					}
				}
			}
		}
	}
}

// Claims yields the claims that a shows, row by row, each claim once.
func (a *Answer) Claims() iter.Seq[*graph.Claim] {
	return func(yield func(*graph.Claim) bool) {
		seen := make(map[*graph.Claim]bool)
		a.Each(func(_ *Row, c *graph.Claim, _ *graph.Article) bool {
			if seen[c] {
				return true
			}
			seen[c] = true
			return yield(c)
		})
	}
}

// cite puts every claim of r's values into r.Claims.
func (r *Row) cite() {
	n := len(r.Claims)
	for _, role := range r.Roles {
		for _, v := range role.Values {
			n += len(v.Claims)
		}
	}
	list := slices.Grow(r.Claims, n)
	if r.Object != nil {
		list = append(list, r.Object.Claims...)
	}
	for _, role := range r.Roles {
		for _, v := range role.Values {
			list = append(list, v.Claims...)
		}
	}
	r.Claims = list
}

// inOrder sorts claims by date of article, article, place in it and id, and drops
// repetitions.
func inOrder(s *graph.Snapshot, edges []graph.Edge) []graph.Edge {
	if len(edges) < 2 {
		return edges
	}
	type entry struct {
		edge    graph.Edge
		claim   *graph.Claim
		article *graph.Article
	}
	list := make([]entry, len(edges))
	for i, e := range edges {
		list[i] = entry{e, s.ClaimOf(e), s.ArticleOf(e)}
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.claim == b.claim {
			return 0
		}
		if a.article != b.article {
			return cmp.Or(cmp.Compare(a.article.Published, b.article.Published), cmp.Compare(a.article.ID, b.article.ID))
		}
		return cmp.Or(cmp.Compare(a.claim.Evidence.Start, b.claim.Evidence.Start), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	out := edges[:0:0]
	for i, en := range list {
		if i == 0 || en.claim != list[i-1].claim {
			out = append(out, en.edge)
		}
	}
	return out
}
