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
	costEvent   = 0.45 // by the quote of another claim about the event
	costArticle = 1.0  // by another sentence of the article
	costDoubt   = 0.2  // by a claim that is not at all sure, less by one that is
	costVia     = 0.15 // by a claim that follows from another
	costMissing = 1.6  // by nothing, where a word is not a name
	costWord    = 0.4  // likewise, where it is a word and not a name
	costKind    = 0.2  // by nothing, where the word says what kind of event it is
	enough      = 1.1  // no answer costs as much to a question that names nothing,
	enoughNamed = 1.0  // nor this more for each thing that it names, up to three
)

// weigh sets c's cost, how far it is from the question, and what of the question
// had to be relaxed; it reports whether c answers the question at all.
func (m *matching) weigh(c *candidate) bool {
	v := m.viewOf(c)
	c.cost, c.firm, c.relaxed = c.near+(1-v.claim.Confidence)*costDoubt, 0, nil
	if v.claim.Via != "" {
		c.cost += costVia
	}
	if c.answer != graph.NoNode && m.s.ID(c.answer).Type() == graph.Group {
		c.cost += costQuote
	}
	if m.isContradicted(c) {
		c.cost += costQuote
	}
	return m.weighTerms(v) && m.weighWords(v) && m.weighRest(v)
}

// note adds what it costs that the claim itself does not say what.
func (c *candidate) note(what string, cost float64) {
	c.cost += cost
	if cost <= costQuote {
		c.firm++
	}
	if cost >= costArticle {
		c.relaxed = append(c.relaxed, what)
	}
}

// weighTerms weighs v against the things and events of the question.
func (m *matching) weighTerms(v *view) bool {
	for i := 1; i < len(m.p.Terms); i++ {
		t := &m.p.Terms[i]
		switch {
		case t.Kind == graph.TextTerm:
		case t.Kind == graph.EventTerm && len(t.Words)+len(t.Names) == 0:
			v.cost += m.eventCost(v, i)
		case t.Kind == graph.EventTerm:
			v.note(t.Text, m.eventCost(v, i))
		case m.isSideOnly(i):
		case m.stoodFor(i):
			d, ok := m.standing(v, i)
			if !ok {
				return false
			}
			v.cost += d
		default:
			d, ok := m.thingCost(v, i)
			if !ok {
				return false
			}
			if m.isDescribed(i) && t.Text == strings.ToLower(t.Text) {
				v.cost += d // "the government delegation" is none in particular
				continue
			}
			v.note(t.Text, d)
		}
	}
	return true
}

// weighWords weighs v against the question's other words.
func (m *matching) weighWords(v *view) bool {
	missing := 0
	for _, w := range m.p.Words {
		d := v.wordCost(stem(graph.Slug(w)))
		if d >= costMissing {
			missing++
		}
		v.note(w, d)
	}
	if missing > 0 && missing == len(m.p.Words) && len(v.relaxed) >= m.named+missing {
		return false // nothing that the question names is spoken of
	}
	for _, w := range m.p.Soft {
		v.cost += min(v.wordCost(stem(graph.Slug(w))), costWord)
	}
	if m.p.Verb == "" || v.quote.has(stem(graph.Slug(m.p.Verb))) {
		return true
	}
	v.cost += costKind
	return !v.standIn
}

// weighRest weighs v against the post and the time that the question names.
func (m *matching) weighRest(v *view) bool {
	if v.near > 0 && v.other == graph.NoNode && v.claim.Predicate == graph.Refused && !m.isNamedIn(v.quote) {
		return false // "refused to go further" rejects no offer that it does not name
	}
	if m.p.Title != "" {
		d, ok := m.titleCost(v)
		if !ok {
			return false
		}
		v.note(m.p.Title, d)
	}
	if m.p.When != nil {
		d, ok := m.timeCost(v)
		if !ok {
			return false
		}
		v.note(m.p.When.Start, d)
	}
	return m.named < 2 || 2*len(v.relaxed) <= m.named+len(m.p.Words) // else most of the question is not about this
}

// isNamedIn reports whether a word for what one of the question's events is, or
// failing that another of its words, is in b.
func (m *matching) isNamedIn(b *wordBag) bool {
	events := false
	for i := range m.p.Terms {
		words := m.p.Terms[i].Kinds
		if len(words) == 0 && m.p.Terms[i].Kind == graph.EventTerm {
			words = m.p.Terms[i].Words
		}
		for _, w := range words {
			events = true
			if b.has(stem(graph.Slug(w))) {
				return true
			}
		}
	}
	return !events
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
	claim *graph.Claim
	label *wordBag // of the claim's other end
	quote *wordBag
	m     *matching
}

func (m *matching) viewOf(c *candidate) *view {
	v := &view{candidate: c, claim: m.s.ClaimOf(c.edge), m: m}
	if c.other != graph.NoNode {
		v.label = m.labelOf(c.other)
	} else {
		v.label = bagOf(v.claim.Object.Value)
	}
	v.quote = bagOf(v.claim.Evidence.Quote)
	return v
}

// event returns the words of the quotes of all claims about the other end, if it
// is an event, and of the quote if not.
func (v *view) event() *wordBag {
	if v.m.isEvent(v.other) {
		return v.m.eventBag(v.other)
	}
	return v.quote
}

// article returns the words that are known of the claim's article.
func (v *view) article() *wordBag { return v.m.articleBag(v.claim.Article) }

// labelOf returns the words of all names of n.
func (m *matching) labelOf(n graph.Node) *wordBag {
	t := m.s.At(n)
	b := bagOf(t.Label, t.Text)
	for _, a := range t.Aliases {
		b.add(a)
	}
	return b
}

// eventBag returns the words of the quotes of all facts about n.
func (m *matching) eventBag(n graph.Node) *wordBag {
	if b, ok := m.events[n]; ok {
		return b
	}
	b := bagOf()
	last := ""
	for _, e := range slices.Concat(m.s.In(n), m.s.Out(n)) {
		if m.ctx.Err() != nil {
			break // whoever asked for the bag gives the error
		}
		if q := m.s.ClaimOf(e).Evidence.Quote; e.IsFact() && q != last {
			b.add(q)
			last = q
		}
	}
	m.events[n] = b
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
		if m.ctx.Err() != nil {
			break
		}
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
	case v.event().has(w):
		return costLabel * 2
	case v.article().has(w):
		return costWord
	}
	return costMissing
}
