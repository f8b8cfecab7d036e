package queries

import (
	"parley/graph"
)

// Stats is how much a graph holds.
type Stats struct {
	Revision uint64 `json:"revision"`
	graph.Counts
	Types      map[graph.Type]int      `json:"types"`      // number of things of each type
	Predicates map[graph.Predicate]int `json:"predicates"` // number of claims with each predicate
}

// StatsOf returns how much s holds.
func StatsOf(s *graph.Snapshot) Stats {
	st := Stats{Revision: s.Revision(), Counts: s.Counts(), Types: map[graph.Type]int{}, Predicates: map[graph.Predicate]int{}}
	for _, t := range graph.Types() {
		if n := len(s.Nodes(t)); n > 0 {
			st.Types[t] = n
		}
	}
	for _, info := range graph.Predicates() {
		if n := s.CountOf(info.Predicate); n > 0 {
			st.Predicates[info.Predicate] = n
		}
	}
	return st
}

// AppendThing appends the thing id to buf as a JSON object: what it is called,
// its codes, how many claims are about it, and where to read on. The snapshot
// must have it.
func AppendThing(buf []byte, s *graph.Snapshot, id graph.ID) []byte {
	n, ok := s.Node(id)
	if !ok {
		return buf
	}
	e := newEncoder(buf, s)
	e.thing(s.At(n))
	e.buf = e.buf[:len(e.buf)-1] // the object goes on
	e.int("revision", int(s.Revision()))
	for _, side := range []struct {
		name  string
		edges []graph.Edge
	}{{"as_subject", s.Out(n)}, {"as_object", s.In(n)}} {
		e.key(side.name)
		e.open('{')
		for i := 0; i < len(side.edges); { // sorted by predicate
			from := i
			for i < len(side.edges) && side.edges[i].Predicate() == side.edges[from].Predicate() {
				i++
			}
			e.int(string(side.edges[from].Predicate()), i-from)
		}
		e.close('}')
	}
	e.int("statements_made", len(s.Says(n)))
	e.key("links")
	e.open('{')
	for _, list := range []string{"claims", "neighbours", "timeline"} {
		e.text(list, "/v1/things/"+string(id)+"/"+list)
	}
	e.text("page", "/things/"+string(id))
	e.close('}')
	e.close('}')
	return append(e.buf, '\n')
}

// AppendClaim appends the claim id to buf as a JSON object: what `parley extract`
// prints and its article. The snapshot must have it.
func AppendClaim(buf []byte, s *graph.Snapshot, id graph.ID) []byte {
	c, ok := s.Claim(id)
	if !ok {
		return buf
	}
	article, _ := s.Article(c.Article)
	e := newEncoder(buf, s)
	e.claim(c, article)
	return append(e.buf, '\n')
}

// AppendArticle appends the article id to buf as a JSON object: what it is and
// its claims in the order of its text. The snapshot must have it.
func AppendArticle(buf []byte, s *graph.Snapshot, id graph.ID) []byte {
	a, ok := s.Article(id)
	if !ok {
		return buf
	}
	e := newEncoder(buf, s)
	e.open('{')
	e.text("id", string(a.ID))
	e.optional("url", a.URL)
	e.text("title", a.Title)
	if len(a.Authors) > 0 {
		e.strings("authors", a.Authors)
	}
	e.optional("outlet", a.Outlet)
	e.optional("published", a.Published)
	e.text("language", a.Language)
	e.int("revision", int(s.Revision()))
	e.key("claims")
	e.open('[')
	for _, c := range s.ClaimsIn(id) {
		e.comma()
		e.claim(c, a)
	}
	e.close(']')
	e.close('}')
	return append(e.buf, '\n')
}
