package queries

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"parley/graph"
)

// stoodFor reports whether the question says that the hole stands for term i.
func (m *matching) stoodFor(i int) bool {
	return slices.ContainsFunc(m.p.Claims, func(c graph.ClaimPattern) bool {
		return c.Subject == 0 && c.Object == i && c.Predicates[0] == graph.Represents
	})
}

// standing returns how sure it is that the answer stands for the thing of term i.
func (m *matching) standing(v *view, i int) (float64, bool) {
	if v.answer == graph.NoNode || m.isOfSeveral(v.answer) {
		return 0, false
	}
	far := false
	for _, e := range m.s.Out(v.answer, graph.Represents, graph.Leads, graph.SpokespersonFor, graph.MemberOf, graph.PartOf) {
		if e.IsFact() && (slices.Contains(m.nodes[i], e.Other) || m.isNamed(e.Other, m.names[i]) || m.isPartOf(e.Other, i)) {
			c := m.s.ClaimOf(e)
			if bagOf(c.Evidence.Quote).hasName(m.names[i]) && !isNear(c.Evidence.Quote, c.Evidence.SubjectText, m.names[i]) {
				far = true // as likely somebody else's whom the sentence names
				continue
			}
			return 0, true
		}
	}
	if far {
		v.near += 0.4
		return 0.4, true
	}
	for _, e := range m.s.Out(v.answer, graph.HoldsPosition) {
		if c := m.s.ClaimOf(e); e.IsFact() && (bagOf(c.Object.Value).hasName(m.names[i]) || isNear(c.Evidence.Quote, c.Evidence.SubjectText, m.names[i])) {
			return costLabel, true
		}
	}
	if m.s.ID(v.answer).Type() == graph.Person && isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, m.names[i]) {
		return costQuote, true
	}
	return 0, false
}

// isOfSeveral reports whether n is a group of more than one side, "the ministers of
// Chile and Peru", which stands for none of them alone.
func (m *matching) isOfSeveral(n graph.Node) bool {
	return m.s.ID(n).Type() == graph.Group && strings.Contains(m.s.At(n).Label, " and ")
}

// isNamed reports whether n is a group with one of the names in its description.
func (m *matching) isNamed(n graph.Node, names [][]string) bool {
	return m.s.ID(n).Type() == graph.Group && m.labelOf(n).hasName(names)
}

// isPartOf reports whether n is part of the thing of term i.
func (m *matching) isPartOf(n graph.Node, i int) bool {
	return slices.ContainsFunc(m.s.Out(n, graph.PartOf), func(e graph.Edge) bool {
		return e.IsFact() && slices.Contains(m.nodes[i], e.Other)
	})
}

// isNear reports whether one of the names stands beside the first place of who in
// the quote, with no other part of a list between them.
func isNear(quote, who string, names [][]string) bool {
	at := strings.Index(quote, who)
	if at < 0 || who == "" {
		return false
	}
	after := quote[at+len(who):]
	if !sharedPost().MatchString(after) { // else what follows is said of the whole list
		after = after[:endOfItem(after, names)]
	}
	for _, stop := range []string{";", " while ", ". "} {
		if i := strings.Index(after, stop); i >= 0 {
			after = after[:i]
		}
	}
	before := withoutEarlierItem(strings.TrimRight(quote[:at], ", "), names)
	for _, stop := range []string{";", ", ", " and ", " by ", ". "} {
		if i := strings.LastIndex(before, stop); i >= 0 {
			before = before[i:]
		}
	}
	for _, stop := range []string{" met ", " with ", " against ", " told ", " between ", " to "} {
		if i := strings.Index(after, stop); i >= 0 {
			after = after[:i]
		}
		if i := strings.LastIndex(before, stop); i >= 0 {
			before = before[i+len(stop):]
		}
	}
	return bagOf(before).hasName(names) || bagOf(clip(after, 70)).hasName(names) || bagOf(who).hasName(names)
}

// withoutEarlierItem returns before, what stands in front of an item of a list,
// or "" if it ends with one of the names and "and": "Ali of the Front and", which
// tells of the item before.
func withoutEarlierItem(before string, names [][]string) string {
	item, found := strings.CutSuffix(before, " and")
	if !found {
		return before
	}
	line := " " + strings.Join(stems(item), " ")
	if slices.ContainsFunc(names, func(ws []string) bool { return strings.HasSuffix(line, " "+strings.Join(ws, " ")) }) {
		return ""
	}
	return before
}

// endOfItem returns where the item of a list that text goes on with ends: at the
// first "and" that does not stand inside one of the names.
func endOfItem(text string, names [][]string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], " and ")
		if i < 0 {
			return len(text)
		}
		i += from
		from = i + len(" and ")
		next, _, _ := strings.Cut(text[from:], " ")
		pair := stems(text[strings.LastIndexByte(text[:i], ' ')+1:i] + " " + next)
		if len(pair) < 2 || !slices.ContainsFunc(names, func(ws []string) bool {
			return strings.Contains(" "+strings.Join(ws, " ")+" ", " "+strings.Join(pair, " ")+" ")
		}) {
			return i
		}
	}
}

// sharedPost finds that what follows a list is said of all in it: "and Nkomo,
// joint leaders of".
var sharedPost = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^ and [^,;]+, (?:the |both |all )?(?:[a-z-]+ )?[a-z]+s (?:of|for|from) `)
})

// clip returns the first n bytes of s, without the word that they cut.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:max(0, strings.LastIndexByte(s[:n], ' '))]
}

// titleCost returns how far v is from saying that the answer holds the post asked for.
func (m *matching) titleCost(v *view) (float64, bool) {
	title := stems(m.p.Title)
	if v.claim.Predicate == graph.HoldsPosition {
		b := bagOf(v.claim.Object.Value)
		if b.hasAll(title) {
			return 0, true
		}
		return 0, false
	}
	if v.answer == graph.NoNode {
		return 0, false
	}
	for _, e := range m.s.Out(v.answer, graph.HoldsPosition) {
		if e.IsFact() && bagOf(m.s.ClaimOf(e).Object.Value).hasAll(title) {
			return 0, true
		}
	}
	if isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, [][]string{title}) || bagOf(v.claim.Rule).hasAll(title) {
		return costQuote, true
	}
	if len(title) > 1 {
		return 0, false
	}
	return costArticle * 0.5, v.claim.Predicate != graph.Represents
}

// timeCost returns how far v is from the time of the question; ok is false if it
// was at another.
func (m *matching) timeCost(v *view) (float64, bool) {
	asked := newPeriod(m.p.When.Start, max(m.p.When.End, m.p.When.Start))
	if w := v.claim.When; w != nil {
		if asked.meets(w.Start, w.End) {
			return 0, true
		}
	}
	dated := false
	if v.other != graph.NoNode {
		for _, e := range m.s.Out(v.other, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn) {
			if e.IsFact() {
				dated = true
				if asked.meets(m.s.ClaimOf(e).Object.Value, "") {
					return 0, true
				}
			}
		}
	}
	year := m.p.When.Start[:min(4, len(m.p.When.Start))]
	switch {
	case v.label.words[year]:
		return costLabel, true
	case v.quote.words[year]:
		return costQuote, true
	case v.article().words[year]:
		return costArticle, true
	}
	if a := m.s.ArticleOf(v.edge); strings.HasPrefix(a.Published, year) && !dated {
		return costArticle, true
	}
	return 0, false
}
