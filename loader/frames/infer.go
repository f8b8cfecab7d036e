package frames

import (
	"math"
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/events"
	"parley/loader/grammar"
	"parley/loader/sentence"
	"parley/loader/stance"
)

// outcomes drafts how the article's talks ended from what became of its
// agreement: who tells of parties that signed or agreed tells of talks that ended
// in agreement. The claim follows from theirs.
func (m *matcher) outcomes() {
	talks := m.ev.Main(graph.Talks)
	i := m.leadDeal()
	limit := len(m.doc.Sentences)
	if i >= 0 {
		limit = m.claims[i].sent // what is said behind a deal is of side issues or of the time before it
	}
	if talks >= 0 && m.noAgreement(talks, limit) {
		return
	}
	if i < 0 || m.isLone(i) {
		return
	}
	if talks >= 0 && m.ended(talks, true) {
		switch {
		case m.isElsewhere(talks, m.claims[i].object.event):
			talks = -1
		case m.ended(talks, false):
			return
		}
	}
	d := m.claims[i]
	if talks < 0 || !m.ledTo(talks, i) {
		if !m.isNegotiated(i) {
			return
		}
		talks = m.ev.Imply(d.object.event, d.sent)
	}
	m.made = talks
	c := d
	c.subject = filler{entity: -1, event: talks, surface: d.object.surface, link: m.contextLink(talks, "context"), tok: d.tok, salient: true, parent: -1}
	c.via, c.predicate, c.rule = i, graph.Outcome, "outcome/"+d.rule
	c.object = filler{entity: -1, event: -1, text: graph.OutcomeAgreement, surface: m.form(d.sent, d.tok), parent: -1}
	c.fixed = math.Round(m.conf(&d)*850) / 1000
	l := c
	l.predicate, l.object = graph.LedTo, d.object
	m.claims = append(m.claims, c, l)
}

// isLone reports whether claim i says of its subject that nobody else did so:
// "only Mr Boban signed".
func (m *matcher) isLone(i int) bool {
	d := &m.claims[i]
	t := m.ev.Trees[d.sent]
	return slices.ContainsFunc(t.Kids(d.subject.tok), func(k int) bool { return k < d.subject.tok && (t.Form(k) == "only" || t.Form(k) == "alone") })
}

// ledTo reports whether talks, the most spoken of, may be those that led to the
// agreement of claim i: not a session told of in passing, nor talks elsewhere.
func (m *matcher) ledTo(talks, i int) bool {
	ev := &m.ev.Events[talks]
	if slices.ContainsFunc(ev.Keys, func(k string) bool {
		return slices.Contains([]string{"first", "earlier", "previous", "past", "separate", "parallel", "preliminary", "next", "further", "future"}, k)
	}) && len(ev.Mentions) < 3 {
		return false
	}
	return len(ev.Mentions) > 1 || m.ev.IsProcess(talks) || m.ev.Early(talks, m.claims[i].sent+1)
}

// isNegotiated reports whether the agreement of claim i was made with somebody, so
// that there were talks that led to it though the article has no word for them.
// What a parliament approves may never have been talked about.
func (m *matcher) isNegotiated(i int) bool {
	return !slices.ContainsFunc(m.claims, func(d draft) bool {
		return (d.predicate == graph.Signed || d.predicate == graph.AgreedTo) && d.object.event == m.claims[i].object.event && d.stance.IsFact() &&
			strings.Contains(d.rule, ".verb") && !slices.Contains(dealing, m.ev.Trees[d.sent].Lemma(d.tok))
	})
}

// dealing are verbs for what only those who negotiate with each other do.
var dealing = strings.Fields("agree reach strike conclude clinch seal settle sign initial ink put write affix hammer thrash work come shake make bury wrap compose")

// ended reports whether a claim says that talks came to nothing, or in the lead
// that they were suspended. What had happened to them before is no end, unless before.
func (m *matcher) ended(talks int, before bool) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		if d.predicate != graph.Outcome || d.subject.event != talks || !d.stance.IsFact() || !before && m.isPluperfect(&d) {
			return false
		}
		switch d.object.text {
		case graph.OutcomeCollapsed, graph.OutcomeNoAgreement:
			return true
		case graph.OutcomeSuspended:
			return d.sent < leadSentences
		}
		return false
	})
}

// isElsewhere reports whether talks that failed were at another place than the one
// where the article was filed and its agreement was made: those that led to it were others.
func (m *matcher) isElsewhere(talks, deal int) bool {
	p, ok := m.ev.Dateline()
	held, signed := m.sites(talks), m.sites(deal)
	return ok && len(held) > 0 && !slices.Contains(held, p.Entity) && !slices.ContainsFunc(held, func(e int) bool { return slices.Contains(signed, e) })
}

// sites returns the entities in which claims say that event e was.
func (m *matcher) sites(e int) []int {
	var out []int
	for i := range m.claims {
		if d := &m.claims[i]; (d.predicate == graph.HeldIn || d.predicate == graph.SignedIn) && d.subject.event == e && d.stance.IsFact() && !slices.Contains(out, d.object.entity) {
			out = append(out, d.object.entity)
		}
	}
	return out
}

// isPluperfect reports whether d is told as past at the time of the article's own
// events: "had twice been broken off".
func (m *matcher) isPluperfect(d *draft) bool {
	t := m.ev.Trees[d.sent]
	return slices.ContainsFunc(t.Kids(verbOf(t, d.tok)), func(k int) bool { return t.Base(k) == "aux" && t.Form(k) == "had" })
}

// leadSentences is how many sentences from the first count as an article's lead.
const leadSentences = 5

// leadDeal returns the index of the first claim that somebody signed or agreed to
// an agreement in the lead of the article, or -1.
func (m *matcher) leadDeal() int {
	best := -1
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate != graph.Signed && d.predicate != graph.AgreedTo || d.sent >= leadSentences || !d.stance.IsFact() || m.conf(d) < 0.5 || d.object.event < 0 || m.isTalkingOn(d) {
			continue
		}
		headline := m.doc.Sentences[d.sent].Headline
		if best < 0 || m.doc.Sentences[m.claims[best].sent].Headline && !headline {
			best = i
		}
	}
	return best
}

// goingOn are verbs for talking further, goingOnWith those that need a noun for it.
var (
	goingOn     = strings.Fields("meet talk negotiate reconvene confer reassemble")
	goingOnWith = strings.Fields("continue resume hold keep return begin start open pursue renew reopen restart go come extend prolong")
)

// isTalkingOn reports whether d says that somebody agreed to no more than to talk
// again: "agreed to meet in May", "agreed to continue the negotiations".
func (m *matcher) isTalkingOn(d *draft) bool {
	t := m.ev.Trees[d.sent]
	c := t.Kid(d.tok, "xcomp", "ccomp", "advcl")
	if t.Lemma(d.tok) != "agree" || c < d.tok {
		return false
	}
	if slices.Contains(goingOn, t.Lemma(c)) {
		return true
	}
	return slices.Contains(goingOnWith, t.Lemma(c)) && slices.ContainsFunc(t.Kids(c), func(k int) bool {
		if b := t.Base(k); b != "obj" && b != "xcomp" && t.Case(k) != "to" {
			return false // "to resume ties after four days of talks"
		}
		e := m.ev.At(d.sent, k)
		return e >= 0 && m.ev.Mentions[e].Type == graph.Talks || slices.Contains([]string{"talk", "negotiate", "meet", "table"}, t.Lemma(k))
	})
}

// noAgreement drafts the outcome of talks of which the article says up to sentence
// limit that no agreement was reached, and reports whether it does.
func (m *matcher) noAgreement(talks, limit int) bool {
	for i := range m.ev.Mentions {
		em := &m.ev.Mentions[i]
		t := m.ev.Trees[em.Sentence]
		if em.Sentence > limit || em.Type != graph.Agreement || em.Name != "" || !slices.Contains([]string{"agreement", "accord", "deal", "settlement", "pact"}, em.Head) || !failed(t, em) || isSupposed(t, em.Tok) {
			continue
		}
		if on := t.Kid(em.Tok, "nmod"); on >= 0 && t.Case(on) == "on" && !slices.Contains(everything, t.Lemma(on)) {
			continue // "no agreement on Debaltseve": on the rest there was one
		}
		if h := t.Head(em.Tok); h >= 0 && t.IsVerb(h) {
			if on := t.Kid(h, "obl"); on >= 0 && t.Case(on) == "on" && m.ev.DateAt(em.Sentence, on) < 0 && !slices.Contains(everything, t.Lemma(on)) {
				continue
			}
		}
		d := draft{predicate: graph.Outcome, sent: em.Sentence, tok: em.Tok, via: -1, rule: "outcome/no-agreement", stance: stance.Stance{}, fixed: 0.8}
		d.subject = filler{entity: -1, event: talks, surface: m.words(em.Sentence, em.From, em.To), link: m.contextLink(talks, "context"), parent: -1}
		d.object = filler{entity: -1, event: -1, text: graph.OutcomeNoAgreement, surface: m.words(em.Sentence, em.From, em.To), parent: -1}
		m.claims = append(m.claims, d)
		return true
	}
	return false
}

// everything are nouns for the whole of what talks are about: who has no agreement on
// the substance has none.
var everything = strings.Fields("substance anything essential essence core merit fundamental basic")

// isSupposed reports whether the clause of token i tells of what may be or will be:
// "if no settlement were reached", "there would be no deal".
func isSupposed(t *grammar.Tree, i int) bool {
	for ; i != sentence.Root; i = t.Head(i) {
		switch t.Mark(i) {
		case "if", "unless", "until", "should", "before", "whether", "lest":
			return true
		}
		for _, k := range t.Kids(i) {
			if t.Base(k) == "aux" && slices.Contains([]string{"would", "will", "may", "might", "could", "'ll"}, t.Form(k)) && !(t.Form(k) == "could" && t.IsPassive(i)) {
				return true
			}
		}
		if t.IsVerb(i) && t.Base(i) != "xcomp" && t.Base(i) != "advcl" {
			return false
		}
	}
	return false
}

// failed reports whether em speaks of an agreement that was not reached: "no
// deal", "without an agreement", "failed to reach agreement".
func failed(t *grammar.Tree, em *events.Mention) bool {
	if d := t.Kid(em.Tok, "det"); d >= 0 && (t.Form(d) == "no" || t.Form(d) == "the" || t.Form(d) == "this") {
		return t.Form(d) == "no"
	}
	if t.Case(em.Tok) == "without" {
		return true
	}
	h := t.Head(em.Tok)
	if !em.Stance.Denied || h < 0 {
		return false
	}
	switch t.Lemma(h) {
	case "reach", "strike", "conclude", "secure", "produce", "yield", "achieve", "clinch", "get", "come":
		return true
	}
	return false
}

// initials makes who initialled a text that he then would not sign one who agreed
// to it: initials are a signature only where nothing says otherwise.
func (m *matcher) initials() {
	refused := map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate == graph.Signed && d.stance.Denied {
			refused[d.subject.entity] = true
		}
	}
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate == graph.Signed && !d.stance.Denied && refused[d.subject.entity] && strings.HasPrefix(d.rule, "signing/initial") {
			d.predicate = graph.AgreedTo
		}
	}
}

// helpers drafts that who assisted a mediator mediated as well.
func (m *matcher) helpers() {
	mediated := map[int]int{}
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate == graph.Mediated && d.stance.IsFact() && d.subject.entity >= 0 {
			if _, ok := mediated[d.subject.entity]; !ok {
				mediated[d.subject.entity] = i
			}
		}
	}
	for i := range len(m.claims) {
		d := m.claims[i]
		j, ok := mediated[d.object.entity]
		if d.predicate != graph.Aided || !ok || !d.stance.IsFact() || d.object.entity < 0 || !strings.Contains(d.rule, "assist") {
			continue
		}
		c := d
		c.predicate, c.via, c.rule = graph.Mediated, i, "assisted/"+d.rule
		c.object = m.claims[j].object
		c.object.surface = m.form(d.sent, d.tok)
		c.object.link = m.contextLink(c.object.event, "context")
		c.fixed = math.Round(m.conf(&d)*800) / 1000
		m.claims = append(m.claims, c)
	}
}

// delegates drafts that who leads or belongs to a delegation takes part in the
// talks of the article.
func (m *matcher) delegates() {
	talks := m.ev.Main(graph.Talks)
	if talks < 0 {
		return
	}
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.rule == ownSideRule || m.isSpokenFor(&d) {
			m.takesPart(i, talks)
			continue
		}
		if d.predicate != graph.Leads && d.predicate != graph.MemberOf || d.object.entity < 0 || !d.stance.IsFact() || m.conf(&d) < 0.6 {
			continue
		}
		g := &m.doc.Entities[d.object.entity].Thing
		if g.Type != graph.Group && g.Type != graph.Organisation {
			continue
		}
		if l := strings.ToLower(g.Label); strings.Contains(l, "mediat") || strings.Contains(l, "facilitat") {
			c := d
			c.predicate, c.via, c.rule = graph.Mediated, i, "mediating-team/"+d.rule
			c.object = filler{entity: -1, event: talks, surface: d.object.surface, link: m.contextLink(talks, "context"), tok: d.tok, salient: true, parent: -1}
			c.fixed = math.Round(m.conf(&d)*850) / 1000
			m.claims = append(m.claims, c)
			continue
		}
		if !isDelegation(g.Label) {
			continue
		}
		m.takesPart(i, talks)
	}
}

// isSpokenFor reports whether d says who represents a side, or leads those named by
// their nationality, as is said of the sides at a table: "Ana Ruiz led the Chileans".
// Who mediates stands for no party.
func (m *matcher) isSpokenFor(d *draft) bool {
	if !d.stance.IsFact() || d.via >= 0 || m.conf(d) < 0.6 || m.typeOf(d.subject) != graph.Person || m.isPluperfect(d) {
		return false
	}
	led := d.predicate == graph.Leads && d.object.mention != nil && d.object.mention.Kind == coref.Demonym && strings.HasPrefix(d.rule, "leading/lead.verb")
	if !led && (d.predicate != graph.Represents || !strings.HasPrefix(d.rule, "representing/represent.verb/obl:agent") || m.hasSides()) {
		return false
	}
	return !slices.ContainsFunc(m.claims, func(o draft) bool {
		return o.subject.entity == d.subject.entity && slices.Contains([]graph.Predicate{graph.Mediated, graph.Observed, graph.Guaranteed, graph.Hosted}, o.predicate)
	})
}

// hasSides reports whether the article's own words name two sides that took part or
// signed, so that whoever else is represented may be a guest.
func (m *matcher) hasSides() bool {
	sides := map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		if (d.predicate == graph.ParticipatedIn || d.predicate == graph.Signed) && d.via < 0 && d.stance.IsFact() && d.subject.entity >= 0 && m.typeOf(d.subject) != graph.Person {
			sides[d.subject.entity] = true
		}
	}
	return len(sides) > 1
}

// takesPart drafts that the delegate and the side of claim i take part in talks.
func (m *matcher) takesPart(i, talks int) {
	d := m.claims[i]
	for _, x := range []filler{d.subject, d.object} {
		c := d
		c.predicate, c.via, c.rule, c.subject = graph.ParticipatedIn, i, "delegate/"+d.rule, x
		c.object = filler{entity: -1, event: talks, surface: d.object.surface, link: m.contextLink(talks, "context"), tok: d.tok, salient: true, parent: -1}
		c.fixed = math.Round(m.conf(&d)*800) / 1000
		m.claims = append(m.claims, c)
	}
}

// negotiators drafts that who holds the post of a negotiator takes part in the
// talks, and so does the side he is said to represent.
func (m *matcher) negotiators() {
	talks := m.ev.Main(graph.Talks)
	if talks < 0 {
		return
	}
	posts := map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate == graph.HoldsPosition && (strings.Contains(d.object.text, "negotiator") || strings.Contains(d.object.text, "bargainer")) {
			posts[d.subject.entity] = true
		}
	}
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.predicate != graph.Represents && d.predicate != graph.HoldsPosition || !posts[d.subject.entity] || m.conf(&d) < 0.6 {
			continue
		}
		for _, x := range []filler{d.subject, d.object} {
			if x.entity < 0 || x.entity == d.object.entity && m.typeOf(x) == graph.Person {
				continue // whose negotiator he is need not be there
			}
			c := d
			c.predicate, c.via, c.rule, c.subject = graph.ParticipatedIn, i, "negotiator/"+d.rule, x
			c.object = filler{entity: -1, event: talks, surface: d.object.surface, link: m.contextLink(talks, "context"), tok: d.tok, salient: true, parent: -1}
			c.fixed = math.Round(m.conf(&d)*800) / 1000
			m.claims = append(m.claims, c)
		}
	}
}

// counterparts drafts that whoever a negotiator of the talks met takes part in them,
// unless he is said to mediate, observe, guarantee or host.
func (m *matcher) counterparts() {
	talks := m.ev.Main(graph.Talks)
	party, other := map[int]bool{}, map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		switch d.predicate {
		case graph.ParticipatedIn:
			if strings.HasPrefix(d.rule, "negotiator/") && d.object.event == talks && d.stance.IsFact() {
				party[d.subject.entity] = true
			}
		case graph.Mediated, graph.Observed, graph.Guaranteed, graph.Hosted:
			other[d.subject.entity] = true
		}
	}
	for i := range len(m.claims) {
		d := m.claims[i]
		x := d.object
		if d.predicate != graph.MetWith || !d.stance.IsFact() || !party[d.subject.entity] || party[x.entity] || other[x.entity] || m.typeOf(x) != graph.Person {
			continue
		}
		c := d
		c.predicate, c.via, c.rule, c.subject = graph.ParticipatedIn, i, "counterpart/"+d.rule, x
		c.object = filler{entity: -1, event: talks, surface: m.form(d.sent, d.tok), link: m.contextLink(talks, "context"), tok: d.tok, salient: true, parent: -1}
		c.fixed = math.Round(m.conf(&d)*800) / 1000
		m.claims = append(m.claims, c)
	}
}

// isDelegation reports whether a group's label is that of a party to talks.
func isDelegation(label string) bool {
	label = strings.ToLower(label)
	for _, w := range []string{"mediat", "observer", "monitor", "facilitat", "signator"} {
		if strings.Contains(label, w) {
			return false
		}
	}
	for _, w := range []string{"delegation", "negotiating team", "team", "negotiators", "side", "delegates"} {
		if strings.HasSuffix(label, w) || strings.HasPrefix(label, w+" ") {
			return true
		}
	}
	return false
}

// datelineConfidence is how often the place an article was filed from was that
// of the signing or the talks its first sentence tells of, when that sentence
// names no other. Counted on the project's labelled articles.
const datelineConfidence = 0.7

// datelines drafts that what the lead tells of happened where the article was
// filed, if no sentence says where.
func (m *matcher) datelines() {
	p, ok := m.ev.Dateline()
	if !ok {
		return
	}
	mm := &m.doc.Mentions[p.Mention]
	lead := mm.Sentence
	if n := len(m.doc.Sentences[lead].Tokens); n < 15 {
		lead++ // the dateline is a sentence of its own
	}
	where := filler{entity: p.Entity, event: -1, surface: m.words(mm.Sentence, mm.From, mm.To), link: m.link("context", mm.Sentence, mm.From, mm.To), mention: mm, parent: -1}
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.sent != lead && !m.isOfLead(&d, lead) || !d.stance.IsFact() || len(d.speakers) > 0 || m.conf(&d) < 0.5 || m.isAway(&d) {
			continue
		}
		c := d
		switch {
		case d.predicate == graph.LedTo && m.ev.Early(d.subject.event, lead+1):
			c.predicate, c.subject = graph.HeldIn, d.subject
		case (d.predicate == graph.Signed || d.predicate == graph.AgreedTo) && d.object.event >= 0:
			c.predicate, c.subject = graph.SignedIn, d.object
		case d.predicate == graph.ParticipatedIn && d.object.event >= 0:
			c.predicate, c.subject = graph.HeldIn, d.object
		case d.predicate == graph.Outcome && d.via < 0 && d.subject.event >= 0:
			c.predicate, c.subject = graph.HeldIn, d.subject
		default:
			continue
		}
		if m.placed(c.subject.event) {
			continue
		}
		info, _ := c.predicate.Info()
		c.object, c.via, c.when = where, i, nil
		c.rule, c.fixed = "dateline/"+d.rule, datelineConfidence
		if m.allowed(info, c.subject, c.object) {
			m.claims = append(m.claims, c)
		}
	}
}

// isOfLead reports whether d tells in the headline that talks led to the agreement of
// which sentence lead speaks: the two tell of one scene.
func (m *matcher) isOfLead(d *draft, lead int) bool {
	if d.predicate != graph.LedTo || !m.doc.Sentences[d.sent].Headline {
		return false
	}
	return slices.ContainsFunc(m.ev.Mentions, func(em events.Mention) bool {
		return em.Sentence == lead && em.Event == d.object.event && em.Stance.IsFact()
	})
}

// dealPlaces drafts that talks were held where the parties agreed to what the
// talks led to, if no words say where they were. A signature may be put elsewhere.
func (m *matcher) dealPlaces() {
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.predicate != graph.LedTo || !d.stance.IsFact() || m.placed(d.subject.event) || !strings.Contains(d.rule, "agreeing/") {
			continue
		}
		for k := range m.claims {
			p := m.claims[k]
			if p.predicate != graph.SignedIn || p.subject.event != d.object.event || !p.stance.IsFact() || !strings.Contains(p.rule, "agreeing/") {
				continue
			}
			c := p
			c.predicate, c.subject, c.via, c.rule = graph.HeldIn, d.subject, k, "deal-place/"+p.rule
			c.subject.surface = p.subject.surface
			c.subject.link = m.contextLink(d.subject.event, "context")
			c.fixed = math.Round(m.conf(&p)*800) / 1000
			if info, _ := c.predicate.Info(); m.allowed(info, c.subject, c.object) {
				m.claims = append(m.claims, c)
			}
			break
		}
	}
}

// signingPlaces drafts that talks were held where what they led to was signed, if
// no words say where they were and the lead tells of both.
func (m *matcher) signingPlaces() {
	for i := range len(m.claims) {
		d := m.claims[i]
		if d.predicate != graph.LedTo || !d.stance.IsFact() || m.placed(d.subject.event) {
			continue
		}
		k := slices.IndexFunc(m.claims, func(p draft) bool {
			return p.predicate == graph.SignedIn && p.subject.event == d.object.event && p.stance.IsFact() && p.sent == d.sent && len(p.speakers) == 0 && m.ev.Early(p.subject.event, p.sent+1)
		})
		if k < 0 {
			continue
		}
		c := m.claims[k]
		c.predicate, c.subject, c.via, c.when, c.rule = graph.HeldIn, d.subject, k, nil, "signing-place/"+c.rule
		c.subject.surface, c.subject.link = m.claims[k].subject.surface, m.contextLink(d.subject.event, "context")
		c.fixed = signingPlaceConfidence
		if info, _ := c.predicate.Info(); m.allowed(info, c.subject, c.object) {
			m.claims = append(m.claims, c)
		}
	}
}

// signingPlaceConfidence is how sure it is that talks ended where their outcome
// was signed.
const signingPlaceConfidence = 0.6

// isAway reports whether words of d's clause put it out of town: "signed aboard a
// frigate".
func (m *matcher) isAway(d *draft) bool {
	return slices.ContainsFunc(m.ev.Trees[d.sent].Args(d.tok), func(a grammar.Arg) bool {
		return slices.Contains([]string{"aboard", "off", "near", "outside", "on board"}, a.Func)
	})
}

// placed reports whether a claim says where event e was.
func (m *matcher) placed(e int) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return (d.predicate == graph.HeldIn || d.predicate == graph.SignedIn) && d.subject.event == e && !d.stance.Denied
	})
}
