package frames

import (
	"cmp"
	"context"
	"slices"

	"parley/graph"
	"parley/loader/roles"
)

// tie says how a link that the model of roles reads becomes a claim.
type tie struct {
	link      roles.Link
	predicate graph.Predicate
	least     float32           // chance from which on it is claimed
	right     float64           // share of the claims at that chance that are right
	unless    []graph.Predicate // what the frames say of the same two and speaks against it
}

// ties have chances and shares as parts have.
var ties = []tie{
	{roles.Leads, graph.Leads, 0.5, 0.75, []graph.Predicate{graph.Represents, graph.MemberOf, graph.SpokespersonFor}},
	{roles.Represents, graph.Represents, 0.35, 0.65, []graph.Predicate{graph.SpokespersonFor}},
	{roles.Member, graph.MemberOf, 0.65, 0.6, []graph.Predicate{graph.Leads}},
	{roles.SpokespersonFor, graph.SpokespersonFor, 0.6, 0.65, nil},
}

// linked drafts who leads, represents, speaks for or belongs to what, as the model of
// roles reads it, where no frame says so. Of two that an article names in several
// sentences it quotes the one that says it best.
func (m *matcher) linked(ctx context.Context, r *reading) error {
	type found struct {
		pair   int
		tie    *tie
		chance float32
	}
	var all []found
	for k := range r.pairs {
		for i := range ties {
			if t := &ties[i]; r.Links[k][t.link] >= t.least {
				all = append(all, found{k, t, r.Links[k][t.link]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.chance, a.chance) })
	known := m.claims[:len(m.claims):len(m.claims)]
	for _, f := range all {
		p := r.mentions[f.pair]
		drafts := m.tie(p, f.tie, float64(f.chance), known)
		if len(drafts) == 0 {
			continue
		}
		if err := r.readAlone(ctx, m.doc.Mentions[p.A].Sentence); err != nil {
			return err
		}
		if r.linksAlone[f.pair][f.tie.link] >= leastAlone {
			m.claims = append(m.claims, drafts...)
		}
	}
	return nil
}

// tie returns what there is to claim of t between the mentions of p, of which the model
// is sure by chance, unless what is known speaks against it.
func (m *matcher) tie(p roles.Pair, t *tie, chance float64, known []draft) []draft {
	a, b := &m.doc.Mentions[p.A], &m.doc.Mentions[p.B]
	info, _ := t.predicate.Info()
	var out []draft
	for _, x := range m.mentioned(a.Sentence, a.Head, p.A, "actor") {
		for _, y := range m.mentioned(b.Sentence, b.Head, p.B, "body") {
			if x.entity == y.entity || m.areTied(m.claims, x, y, t.predicate) || m.areTied(known, x, y, t.unless...) || !m.allowed(info, x, y) {
				continue
			}
			x.path, x.score, x.prior = "learned", 1, chance
			y.path, y.score, y.prior = "learned", 1, chance
			out = append(out, draft{subject: x, object: y, predicate: t.predicate, sent: a.Sentence, tok: a.Head, via: -1,
				rule: "learned/" + t.link.String(), fixed: confidence(chance, float64(t.least), t.right)})
		}
	}
	return out
}

// areTied reports whether one of claims says, in any way, that one of ps holds between x
// and y.
func (m *matcher) areTied(claims []draft, x, y filler, ps ...graph.Predicate) bool {
	return slices.ContainsFunc(claims, func(d draft) bool {
		return slices.Contains(ps, d.predicate) && d.subject.entity == x.entity && d.object.entity == y.entity && m.conf(&d) >= lowest
	})
}
