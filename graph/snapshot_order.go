package graph

import (
	"cmp"
	"slices"
)

// Edges are sorted by predicate, then by the date of their article, then by
// article and place in it, so that the order of an answer's evidence does not
// depend on the order in which articles were loaded.

// bulk is from how many changed articles on it pays to rank all claims first.
const bulk = 64

// edgeOrder returns a comparison of edges that looks at their claims.
func (s *Snapshot) edgeOrder() func(a, b Edge) int {
	return func(a, b Edge) int {
		if c := cmp.Compare(a.predicate, b.predicate); c != 0 || a.claim == b.claim {
			return c
		}
		ca, cb := s.claims.at(a.claim), s.claims.at(b.claim)
		if ca.article != cb.article {
			return compareArticles(s.articles.at(ca.article).article, s.articles.at(cb.article).article)
		}
		return compareClaims(ca.claim, cb.claim)
	}
}

func compareArticles(a, b *Article) int {
	return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
}

func compareClaims(a, b *Claim) int {
	return cmp.Or(cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.Evidence.End, b.Evidence.End), cmp.Compare(a.ID, b.ID))
}

// edgeRank returns a comparison with the same outcome as that of edgeOrder. It
// is dear to make and cheap to use.
func (s *Snapshot) edgeRank() func(a, b Edge) int {
	var articles []*articleRecord
	for n := range s.artIDs.ids {
		if r := s.articles.at(uint32(n)); r != nil && r.article != nil {
			articles = append(articles, r)
		}
	}
	slices.SortFunc(articles, func(a, b *articleRecord) int { return compareArticles(a.article, b.article) })
	ranks := make([]uint32, len(s.claimIDs.ids))
	next := uint32(0)
	for _, r := range articles {
		claims := slices.Clone(r.claims)
		slices.SortFunc(claims, func(a, b uint32) int { return compareClaims(s.claims.at(a).claim, s.claims.at(b).claim) })
		for _, n := range claims {
			ranks[n] = next
			next++
		}
	}
	return func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.predicate, b.predicate), cmp.Compare(ranks[a.claim], ranks[b.claim]))
	}
}

// sortEdges returns edges, of which the first done are in order, in order and
// with little room to spare.
func sortEdges(edges []Edge, done int, order func(a, b Edge) int) []Edge {
	fresh := edges[done:]
	if len(fresh) == 0 {
		return edges
	}
	slices.SortFunc(fresh, order)
	if done == 0 && cap(edges) <= len(edges)+len(edges)/4 {
		return edges
	}
	old, merged := edges[:done], make([]Edge, 0, len(edges))
	for _, e := range fresh {
		at, _ := slices.BinarySearchFunc(old, e, order)
		merged = append(append(merged, old[:at]...), e)
		old = old[at:]
	}
	return append(merged, old...)
}
