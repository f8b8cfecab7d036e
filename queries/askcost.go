package queries

import (
	"slices"
	"strings"

	"parley/graph"
)

// What it costs that something of the question is said not by a claim about the
// event but elsewhere. Tuned on the project's labelled questions.
const (
	costLabel   = 0.1  // by the event's names
	costQuote   = 0.3  // by the quote
	costArticle = 1.0  // by another sentence of the article
	costMissing = 1.6  // by nothing, where a word is not a name
	costWord    = 0.4  // likewise, where it is a word and not a name
	costKind    = 0.15 // by nothing, where the word says what kind of event it is
	enough      = 3.0  // no answer costs as much
)

// costs returns how far candidate c is from the question, and what of it had to
// be relaxed; ok is false if c contradicts it.
func (m *matching) costs(c *candidate) (cost float64, relaxed []string, ok bool) {
	v := m.viewOf(c)
	cost = c.near + (1-v.claim.Confidence)*0.2
	if v.claim.Via != "" {
		cost += 0.15
	}
	if c.answer != graph.NoNode && m.s.ID(c.answer).Type() == graph.Group {
		cost += 0.3
	}
	if m.isContradicted(c) {
		cost += 0.3
	}
	note := func(what string, d float64) {
		cost += d
		if d >= costArticle {
			relaxed = append(relaxed, what)
		}
	}
	for i := 1; i < len(m.p.Terms); i++ {
		t := &m.p.Terms[i]
		var d float64
		switch {
		case t.Kind == graph.TextTerm:
			continue
		case t.Kind == graph.EventTerm:
			d = m.eventCost(v, i)
		case m.isSideOnly(i):
			continue
		case m.stoodFor(i):
			d, ok = m.standing(v, i)
			if !ok {
				return 0, nil, false
			}
		default:
			if d, ok = m.thingCost(v, i); !ok {
				return 0, nil, false
			}
		}
		note(t.Text, d)
	}
	missing := 0
	for _, w := range m.p.Words {
		d := v.wordCost(stem(graph.Slug(w)))
		if d >= costMissing {
			missing++
		}
		note(w, d)
	}
	if missing > 0 && missing >= len(m.p.Words) && len(relaxed) >= m.named+len(m.p.Words) {
		return 0, nil, false // nothing that the question names is spoken of
	}
	if m.p.Verb != "" && !v.quote.has(stem(graph.Slug(m.p.Verb))) {
		cost += 0.2
		if c.near == costStandIn {
			cost += 0.5
		}
	}
	if m.p.Title != "" {
		d, ok := m.titleCost(v)
		if !ok {
			return 0, nil, false
		}
		note(m.p.Title, d)
	}
	if m.p.When != nil {
		d, ok := m.timeCost(v)
		if !ok {
			return 0, nil, false
		}
		note(m.p.When.Start, d)
	}
	return cost, relaxed, true
}

// isContradicted reports whether the same is also denied.
func (m *matching) isContradicted(c *candidate) bool {
	return c.answer != graph.NoNode && c.edge.IsFact() && slices.ContainsFunc(m.s.Out(c.answer, c.edge.Predicate()), func(e graph.Edge) bool {
		d := m.s.ClaimOf(e)
		return e.Other == c.other && d.Polarity == graph.Denied && d.Modality == graph.Actual
	})
}

// view is a candidate with the words around it.
type view struct {
	*candidate
	claim   *graph.Claim
	label   *wordBag // of the claim's other end
	quote   *wordBag
	article *wordBag
}

func (m *matching) viewOf(c *candidate) *view {
	v := &view{candidate: c, claim: m.s.ClaimOf(c.edge)}
	if c.other != graph.NoNode {
		v.label = m.labelOf(c.other)
	} else {
		v.label = bagOf(v.claim.Object.Value)
	}
	v.quote = bagOf(v.claim.Evidence.Quote)
	v.article = m.articleBag(v.claim.Article)
	return v
}

// labelOf returns the words of all names of n.
func (m *matching) labelOf(n graph.Node) *wordBag {
	t := m.s.At(n)
	b := bagOf(t.Label, t.Text)
	for _, a := range t.Aliases {
		b.add(a)
	}
	return b
}

// articleBag returns the words of the article's title, quotes and things.
func (m *matching) articleBag(id graph.ID) *wordBag {
	if b, ok := m.articles[id]; ok {
		return b
	}
	b := bagOf()
	if a, ok := m.s.Article(id); ok {
		b.add(a.Title)
	}
	last := ""
	for _, c := range m.s.ClaimsIn(id) {
		if c.Evidence.Quote != last {
			b.add(c.Evidence.Quote)
			last = c.Evidence.Quote
		}
	}
	m.articles[id] = b
	return b
}

// wordCost returns what it costs that the stem w is found where it is.
func (v *view) wordCost(w string) float64 {
	switch {
	case w == "" || v.label.has(w):
		return 0
	case v.quote.has(w):
		return costLabel
	case v.article.has(w):
		return costWord
	}
	return costMissing
}

// eventCost returns how far the other end of v is from the event of term i.
func (m *matching) eventCost(v *view, i int) float64 {
	t := &m.p.Terms[i]
	cost := 0.0
	if v.other != graph.NoNode && m.asked != nil && m.asked.Has(i) {
		if k := m.s.ID(v.other).Type(); k != t.Type {
			cost += 0.3
		}
	}
	if len(t.Names) > 0 {
		var names [][]string
		for _, n := range t.Names {
			names = append(names, stems(n))
		}
		switch {
		case v.label.hasName(names):
			if !m.isWritten(v, t.Names) {
				cost += costKind // "comprehensive peace accord" need not be the Comprehensive Peace Accord
			}
			return cost
		case v.quote.hasName(names):
			return cost + costQuote
		case v.article.hasName(names):
			return cost + costArticle
		}
		cost += costArticle / 2 // its words may be there, but not as a name
	}
	words := t.Words
	if len(words) == 0 && len(t.Names) > 0 {
		words = strings.Fields(t.Names[0])
	}
	for _, w := range words {
		for _, st := range stems(w) {
			cost += min(v.wordCost(st), costArticle)
		}
	}
	for _, k := range t.Kinds {
		if st := stem(graph.Slug(k)); !v.label.has(st) && !v.quote.has(st) {
			cost += costKind
		}
	}
	return cost
}

// isWritten reports whether one of the names stands, capitals and all, in one of
// those of v's other end or in the quote.
func (m *matching) isWritten(v *view, names []string) bool {
	texts := []string{v.claim.Evidence.Quote}
	if v.other != graph.NoNode {
		t := m.s.At(v.other)
		texts = append(append(texts, t.Label), t.Aliases...)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, name) })
	})
}

// isSideOnly reports whether term i is only there as the side of a group, whose
// words already say it.
func (m *matching) isSideOnly(i int) bool {
	for j := range m.p.Terms {
		if m.p.Terms[j].Kind == graph.ThingTerm && slices.Contains(m.p.Terms[j].Sides, i) {
			return !slices.ContainsFunc(m.p.Claims, func(c graph.ClaimPattern) bool { return c.Has(i) })
		}
	}
	return false
}

// thingCost returns how far v is from the thing of term i; ok is false if nothing
// in the article speaks of it.
func (m *matching) thingCost(v *view, i int) (float64, bool) {
	if m.isDescribed(i) {
		return m.groupCost(v, i)
	}
	if v.other != graph.NoNode && slices.Contains(m.nodes[i], v.other) {
		return 0, true
	}
	asked := m.asked != nil && m.asked.Has(i)
	if v.label.hasName(m.names[i]) {
		return costLabel, true
	}
	if asked && v.other != graph.NoNode {
		return costQuote, m.isPartOf(v.other, i)
	}
	switch {
	case m.isLinked(v.other, i):
		return 0, true
	case v.quote.hasName(m.names[i]):
		return costQuote, true
	case asked && v.answer != graph.NoNode:
		return m.standing(v, i)
	case asked:
		return 0, false
	case v.article.hasName(m.names[i]) || m.isIn(v.claim.Article, i):
		return costArticle, true
	}
	return 0, false
}

// isDescribed reports whether term i is a group that is described and not named:
// "the Egyptian delegation".
func (m *matching) isDescribed(i int) bool {
	t := &m.p.Terms[i]
	if t.Type == graph.Group {
		return true
	}
	f := strings.Fields(t.Text)
	return len(m.nodes[i]) == 0 && len(f) > 1 && t.Type == graph.Organisation && f[len(f)-1] == strings.ToLower(f[len(f)-1])
}

// groupCost returns how far v is from the group of term i, "the Egyptian
// delegation": its side must be said, its other words may be.
func (m *matching) groupCost(v *view, i int) (float64, bool) {
	t := &m.p.Terms[i]
	cost := 0.0
	near := func(names [][]string) bool {
		return isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, names)
	}
	found := len(t.Sides) > 0
	for _, j := range t.Sides {
		switch {
		case v.other != graph.NoNode && slices.Contains(m.exact[j], v.other):
			cost += 0.5 // the whole, not the group of it
		case v.label.hasName(m.names[j]) || v.other != graph.NoNode && (slices.Contains(m.nodes[j], v.other) || m.isPartOf(v.other, j)):
		case near(m.names[j]):
			cost += costQuote
		default:
			return 0, false
		}
	}
	for _, w := range strings.Fields(t.Text) {
		name := w != strings.ToLower(w)
		if name && len(t.Sides) > 0 {
			continue
		}
		for _, st := range stems(w) {
			switch {
			case v.label.has(st):
				found = true
			case name && near([][]string{{st}}):
				cost += costQuote
				found = true
			case name:
				return 0, false
			default:
				found = found || name
				cost += 0.5 * v.wordCost(st)
			}
		}
	}
	if f := strings.Fields(t.Text); len(f) > 0 {
		if head := stem(graph.Slug(f[len(f)-1])); !v.label.has(head) && !v.quote.has(head) {
			if v.other != graph.NoNode && m.s.ID(v.other).Type() != graph.Group {
				return 0, false // who leads a body does not lead its team
			}
			cost += 0.3
		}
	}
	return cost, found
}

// isLinked reports whether a fact links n, talks or an agreement, to the thing of
// term i.
func (m *matching) isLinked(n graph.Node, i int) bool {
	if n == graph.NoNode || len(m.nodes[i]) == 0 {
		return false
	}
	for _, e := range slices.Concat(m.s.In(n), m.s.Out(n)) {
		if e.IsFact() && slices.Contains(m.nodes[i], e.Other) {
			return true
		}
	}
	return false
}

// isIn reports whether a claim of the article is about the thing of term i.
func (m *matching) isIn(article graph.ID, i int) bool {
	for _, c := range m.s.ClaimsIn(article) {
		for _, id := range []graph.ID{c.Subject, c.Object.ID} {
			if n, ok := m.s.Node(id); ok && slices.Contains(m.nodes[i], n) {
				return true
			}
		}
	}
	return false
}

// stoodFor reports whether the question says that the hole stands for term i.
func (m *matching) stoodFor(i int) bool {
	return slices.ContainsFunc(m.p.Claims, func(c graph.ClaimPattern) bool {
		return c.Subject == 0 && c.Object == i && c.Predicates[0] == graph.Represents
	})
}

// standing returns how sure it is that the answer stands for the thing of term i.
func (m *matching) standing(v *view, i int) (float64, bool) {
	if v.answer == graph.NoNode {
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
	if k := m.s.ID(v.answer).Type(); k != graph.State && isNear(v.claim.Evidence.Quote, v.claim.Evidence.SubjectText, m.names[i]) {
		return costQuote, true
	}
	return 0, false
}

// isNamed reports whether one of the names stands in one of those of n.
func (m *matching) isNamed(n graph.Node, names [][]string) bool { return m.labelOf(n).hasName(names) }

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
	stops := []string{";", " while ", ". ", " and "}
	if strings.Contains(after, ", both ") || strings.Contains(after, ", all ") {
		stops = stops[:3] // what follows is said of the whole list
	}
	for _, stop := range stops {
		if i := strings.Index(after, stop); i >= 0 {
			after = after[:i]
		}
	}
	before := quote[:at]
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
	case v.article.words[year]:
		return costArticle, true
	}
	if a := m.s.ArticleOf(v.edge); strings.HasPrefix(a.Published, year) && !dated {
		return costArticle, true
	}
	return 0, false
}
