package frames

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/events"
	"parley/loader/roles"
)

// Claims returns what the article of d says, with the time expressions ds of
// its sentences: the things, and the claims in the order of the text.
//
// What no frame knows is asked of reader, unless that is nil.
//
// The error is ctx's if ctx ends first, and otherwise says which embedded frame
// file cannot be read.
func Claims(ctx context.Context, d *coref.Doc, ds []dates.Expr, reader *roles.Reader) (graph.Extraction, error) {
	lex, err := lexiconOf()
	if err != nil {
		return graph.Extraction{}, fmt.Errorf("read frames: %w", err)
	}
	m := &matcher{lex: lex, doc: d, ev: events.Find(d, ds), made: -1}
	for i := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return graph.Extraction{}, err
		}
		m.sentenceClaims(i)
	}
	m.proVerbs()
	m.quotations()
	m.parts()
	m.relations()
	m.keepSides()
	m.initials()
	m.sceneDates()
	if err := m.learned(ctx, reader); err != nil {
		return graph.Extraction{}, err
	}
	m.outcomes()
	m.toTalks()
	if err := m.told(ctx); err != nil {
		return graph.Extraction{}, err
	}
	m.visits()
	m.departures()
	m.listedMediators()
	m.demands()
	m.musts()
	m.topics()
	m.datelines()
	m.dealPlaces()
	m.signingPlaces()
	m.endings()
	m.parties()
	m.delegates()
	m.negotiators()
	m.counterparts()
	m.helpers()
	m.offices()
	m.rollUp()
	m.both()
	m.outlets()
	return m.finish(), nil
}

// parts drafts that phases, annexes and rounds are parts of their wholes.
func (m *matcher) parts() {
	for e := range m.ev.Events {
		ev := &m.ev.Events[e]
		if ev.PartOf < 0 || len(ev.Mentions) == 0 || ev.PartOf == e {
			continue
		}
		em := &m.ev.Mentions[ev.Mentions[0]]
		sub := filler{entity: -1, event: e, surface: m.words(em.Sentence, em.From, em.To), tok: em.Tok, path: "self", prior: 0.8, score: 1, parent: -1}
		obj := filler{entity: -1, event: ev.PartOf, surface: sub.surface, link: m.contextLink(ev.PartOf, "context"), path: "context", prior: 0.9, score: 1, parent: -1}
		d := draft{subject: sub, object: obj, predicate: graph.PartOf, sent: em.Sentence, tok: em.Tok, rule: "part/" + em.Head, via: -1}
		d.features = features{prior: 0.7, parse: 1, salient: 1}
		m.claims = append(m.claims, d)
	}
}

// relations drafts the lasting facts that coreference read.
func (m *matcher) relations() {
	for _, r := range m.doc.Relations {
		if r.Subject < 0 || r.Subject >= len(m.doc.Entities) {
			continue
		}
		d := draft{predicate: r.Predicate, sent: r.Sentence, tok: r.From, rule: r.Rule, fixed: r.Confidence, via: -1}
		d.subject = m.end(r.Subject, r.SubjectMention, r)
		switch {
		case r.Object >= 0 && r.Object < len(m.doc.Entities):
			d.object = m.end(r.Object, r.ObjectMention, r)
		case r.Value != "":
			d.object = filler{entity: -1, event: -1, text: r.Value, surface: m.saying(r, r.Value), parent: -1}
		default:
			continue
		}
		info, ok := r.Predicate.Info()
		if !ok || !m.allowed(info, d.subject, d.object) || d.subject.entity == d.object.entity && d.object.entity >= 0 {
			continue
		}
		m.claims = append(m.claims, d)
	}
}

// end returns one end of relation r.
func (m *matcher) end(entity, mention int, r coref.Relation) filler {
	x := filler{entity: entity, event: -1, parent: -1, prior: 1, score: 1}
	if mention >= 0 && mention < len(m.doc.Mentions) {
		mm := &m.doc.Mentions[mention]
		x.surface, x.link, x.mention = m.words(mm.Sentence, mm.From, mm.To), mm.Link, mm
		if mm.Sentence == r.Sentence {
			return x
		}
	}
	x.surface = m.saying(r, x.surface)
	x.link = m.nameLink(entity, "description")
	return x
}

// saying returns value if r's sentence has it as it is, else the words of the
// sentence that say r: "the former US senator" for "former senator".
func (m *matcher) saying(r coref.Relation, value string) string {
	n := len(m.doc.Sentences[r.Sentence].Tokens)
	if n == 0 || value != "" && strings.Contains(m.words(r.Sentence, 0, n), value) {
		return value
	}
	if r.From >= 0 && r.To <= n && r.From < r.To {
		return m.words(r.Sentence, r.From, r.To)
	}
	return value
}

// parties drafts that those who signed or agreed to an agreement took part in
// the talks that the article tells of, unless it says otherwise of them: the
// claim follows from the signature.
func (m *matcher) parties() {
	said := map[int]bool{}
	for i := range m.claims {
		d := &m.claims[i]
		switch d.predicate {
		case graph.Mediated, graph.Observed, graph.Guaranteed, graph.Hosted, graph.ParticipatedIn:
			said[d.subject.entity] = true
		}
	}
	lead := m.leadDeal()
	if lead < 0 {
		return
	}
	for i := range len(m.claims) {
		d := &m.claims[i]
		if d.predicate != graph.Signed && d.predicate != graph.AgreedTo || !d.stance.IsFact() || !m.ofLead(d, lead) || said[d.subject.entity] || m.conf(d) < 0.5 {
			continue
		}
		e := m.made
		if e < 0 {
			e = m.ev.Main(graph.Talks)
		}
		if e < 0 {
			return
		}
		c := *d
		c.predicate, c.via = graph.ParticipatedIn, i
		c.object = filler{entity: -1, event: e, surface: d.object.surface, link: m.contextLink(e, "context"), tok: d.tok, salient: true, parent: -1}
		c.fixed = math.Round(m.conf(d)*800) / 1000
		c.rule = "party/" + d.rule
		said[d.subject.entity] = true
		m.claims = append(m.claims, c)
	}
}

// ofLead reports whether d is about the agreement of the article's lead or one
// that is told of close to it and not set apart from it.
func (m *matcher) ofLead(d *draft, lead int) bool {
	e := d.object.event
	if e == m.claims[lead].object.event {
		return true
	}
	apart := slices.ContainsFunc(m.ev.Events[e].Keys, func(k string) bool {
		return slices.Contains([]string{"separate", "parallel", "earlier", "previous", "another", "past", "original", "other"}, k)
	})
	return d.sent < 2*leadSentences && !apart && (d.when == nil || len(d.when.Start) < 4 || m.doc.Article.Published == "" || d.when.Start[:4] == m.doc.Article.Published[:4])
}

// rolesOfGroups are the predicates in which a group stands for its side.
var rolesOfGroups = []graph.Predicate{graph.Mediated, graph.Guaranteed, graph.Observed, graph.Hosted, graph.ParticipatedIn,
	graph.InvitedTo, graph.Signed, graph.AgreedTo, graph.Refused, graph.Violated, graph.WithdrewFrom, graph.Suspended,
	graph.Proposed, graph.Accepted, graph.Rejected, graph.Considered, graph.Demanded, graph.MetWith, graph.SpokeWith}

// rollUp says of a group's side what is said of the group in a role.
func (m *matcher) rollUp() {
	for i := range len(m.claims) {
		d := &m.claims[i]
		if d.subject.entity < 0 || !slices.Contains(rolesOfGroups, d.predicate) {
			continue
		}
		e := &m.doc.Entities[d.subject.entity]
		if e.Thing.Type != graph.Group || d.subject.mention == nil || m.ownAccount(d.subject.mention) {
			continue
		}
		for _, side := range e.Sides {
			if side < 0 || side >= len(m.doc.Entities) || side == d.object.entity || !m.doc.Entities[side].Thing.Type.IsActor() {
				continue
			}
			if m.doc.Entities[side].Thing.Type == graph.State && !m.ofState(d.subject.mention) {
				continue
			}
			c := *d
			c.subject.entity, c.via = side, i
			c.subject.link = m.nameLink(side, "group")
			c.rule = "side/" + d.rule
			m.claims = append(m.claims, c)
			d = &m.claims[i]
		}
	}
}

// ownAccount reports whether a group acts for itself and not for its side: a
// faction of a movement is not the movement, citizens are not their state.
func (m *matcher) ownAccount(mm *coref.Mention) bool {
	t := m.ev.Trees[mm.Sentence]
	for _, k := range t.Kids(mm.Head) {
		if f := t.Form(k); k < mm.Head && (f == "former" || f == "ex" || f == "rival" || f == "dissident" || f == "breakaway") {
			return true
		}
	}
	return slices.Contains(privateGroups, t.Lemma(mm.Head))
}

// privateGroups are heads of groups that do not act for the side they belong to.
var privateGroups = strings.Fields(`faction wing splinter dissident member deputy lawmaker legislator parliamentarian mp opposition
	citizen people person voter protester demonstrator refugee student newspaper journalist reporter media press scholar
	family relative supporter resident civilian prisoner detainee worker farmer exile figure businessman company analyst
	expert observer critic opponent crowd mob youth woman man child settler expatriate soldier deserter signatory`)

// ofState reports whether a group acts for the state it belongs to: a country's
// officials do, its unions, firms and rebels do not.
func (m *matcher) ofState(mm *coref.Mention) bool {
	if (mm.Kind == coref.Pronoun || mm.Kind == coref.Possessive) && mm.Entity >= 0 { // "their": the words it stands for
		for _, k := range m.doc.Entities[mm.Entity].Mentions {
			if o := &m.doc.Mentions[k]; o.Kind == coref.Nominal {
				mm = o
				break
			}
		}
	}
	return slices.Contains(stateGroups, m.ev.Trees[mm.Sentence].Lemma(mm.Head))
}

// stateGroups are heads of groups that act for the state they belong to.
var stateGroups = strings.Fields(`official government administration regime cabinet presidency authority ministry embassy
	minister premier president king monarch emperor czar statesman leader leadership chief head delegation delegate negotiator
	mediator facilitator broker intermediary go-between peacemaker envoy emissary representative ambassador diplomat
	plenipotentiary commissioner side team party panel mission counterpart host aide adviser advisor spokesman spokeswoman
	spokesperson intelligence force army troop military navy police officer general commander parliament congress senate
	mediation diplomacy interlocutor sherpa monitor guarantor`)

// finish gives events their ids and labels and turns drafts into claims.
func (m *matcher) finish() graph.Extraction {
	x := graph.Extraction{Article: *m.doc.Article}
	ids := m.label()
	kept, said := m.keep()
	byDraft := make([]graph.ID, len(m.claims))
	things := map[graph.ID]graph.Thing{}
	for _, i := range m.sourcesFirst(kept, said) {
		d := &m.claims[i]
		c := m.claim(d, ids)
		if d.via >= 0 {
			if byDraft[said[d.via]] == "" {
				continue
			}
			c.Via = byDraft[said[d.via]]
		}
		c.MakeID()
		if c.Valid() != nil || slices.ContainsFunc(x.Claims, func(o graph.Claim) bool { return o.ID == c.ID }) {
			continue
		}
		byDraft[i] = c.ID
		x.Claims = append(x.Claims, c)
		for _, f := range []filler{d.subject, d.object} {
			m.thing(things, f, ids)
		}
		for _, s := range d.speakers {
			t := m.doc.Entities[s].Thing
			things[t.ID] = t
		}
	}
	slices.SortStableFunc(x.Claims, func(a, b graph.Claim) int { return cmp.Compare(a.Evidence.Start, b.Evidence.Start) })
	for _, t := range things {
		x.Things = append(x.Things, t)
	}
	slices.SortFunc(x.Things, func(a, b graph.Thing) int { return cmp.Compare(a.ID, b.ID) })
	return x
}

// sourcesFirst returns the drafts kept in an order in which each stands behind the
// one that it follows from.
func (m *matcher) sourcesFirst(kept, said []int) []int {
	depth := func(i int) int {
		n := 0
		for ; m.claims[i].via >= 0 && n < len(m.claims); i = said[m.claims[i].via] {
			n++
		}
		return n
	}
	depths := map[int]int{}
	for _, i := range kept {
		depths[i] = depth(i)
	}
	slices.SortStableFunc(kept, func(a, b int) int { return cmp.Compare(depths[a], depths[b]) })
	return kept
}

// keep returns the indices of the drafts worth keeping: of several that say the
// same in one sentence the surest, none below the lowest confidence. For every
// draft it returns which one says the same and is kept, if any.
func (m *matcher) keep() (kept, said []int) {
	type key struct {
		s, o    [2]int
		text    string
		pred    graph.Predicate
		denied  bool
		sent    int
		modal   graph.Modality
		through bool
	}
	best := map[key]int{}
	keys := make([]key, len(m.claims))
	var order []key
	for i := range m.claims {
		d := &m.claims[i]
		if m.conf(d) < lowest {
			continue
		}
		k := key{[2]int{d.subject.entity, d.subject.event}, [2]int{d.object.entity, d.object.event}, d.object.text, d.predicate,
			d.stance.Denied, d.sent, d.stance.Modality(), d.via >= 0}
		keys[i] = k
		j, ok := best[k]
		if !ok {
			order = append(order, k)
			best[k] = i
		} else if m.conf(d) > m.conf(&m.claims[j]) && d.via < 0 {
			best[k] = i
		}
	}
	kept = make([]int, 0, len(order))
	for _, k := range order {
		kept = append(kept, best[k])
	}
	slices.Sort(kept)
	said = make([]int, len(m.claims))
	for i := range said {
		said[i] = i
		if w, ok := best[keys[i]]; ok && m.claims[w].via < 0 {
			said[i] = w
		}
	}
	return kept, said
}

func (m *matcher) conf(d *draft) float64 {
	if d.fixed > 0 {
		return d.fixed
	}
	return d.features.confidence()
}

// labelled are the predicates that labelled articles list, so that the confidence
// of their claims can be fitted. That of the others stays as the matching has it.
var labelled = []graph.Predicate{graph.Mediated, graph.Guaranteed, graph.Observed, graph.Hosted, graph.ParticipatedIn,
	graph.InvitedTo, graph.HeldIn, graph.SignedIn, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn,
	graph.Outcome, graph.Signed, graph.AgreedTo, graph.Refused, graph.Proposed, graph.Accepted, graph.Rejected, graph.Leads,
	graph.MemberOf, graph.Represents, graph.SpokespersonFor, graph.HoldsPosition}

// probability returns the confidence that the claim of d is given.
func (m *matcher) probability(d *draft) float64 {
	if strings.Contains(d.rule, "listed-mediator/") || strings.Contains(d.rule, "learned/") {
		return m.conf(d) // it or what it follows from is seldom seen in labelled articles, or measured by itself
	}
	if slices.Contains(labelled, d.predicate) {
		return Embedded().Apply(m.conf(d))
	}
	return m.conf(d)
}

// claim returns the claim of d without its id.
func (m *matcher) claim(d *draft, ids []graph.Thing) graph.Claim {
	s := &m.doc.Sentences[d.sent]
	text := m.doc.Article.Text
	start := utf8.RuneCountInString(text[:s.Start])
	quote := s.Text(text)
	c := graph.Claim{Article: m.doc.Article.ID, Subject: m.idOf(d.subject, ids), Predicate: d.predicate,
		Polarity: d.stance.Polarity(), Modality: d.stance.Modality(), When: d.when, Confidence: m.probability(d), Rule: d.rule}
	switch {
	case d.object.entity >= 0 || d.object.event >= 0:
		c.Object = graph.ThingObject(m.idOf(d.object, ids))
	case d.object.when != nil:
		c.Object = graph.DateObject(d.object.when.Start)
	default:
		c.Object = graph.TextObject(d.object.text)
	}
	for _, e := range d.speakers {
		c.AttributedTo = append(c.AttributedTo, m.doc.Entities[e].Thing.ID)
	}
	c.Evidence = graph.Evidence{Sentence: s.Index, Start: start, End: start + utf8.RuneCountInString(quote), Quote: quote,
		SubjectText: d.subject.surface, ObjectText: d.object.surface, SubjectLink: d.subject.link, ObjectLink: d.object.link}
	return c
}

func (m *matcher) idOf(x filler, ids []graph.Thing) graph.ID {
	if x.entity >= 0 {
		return m.doc.Entities[x.entity].Thing.ID
	}
	return ids[x.event].ID
}

// thing adds what x stands for to things.
func (m *matcher) thing(things map[graph.ID]graph.Thing, x filler, ids []graph.Thing) {
	switch {
	case x.entity >= 0:
		t := m.doc.Entities[x.entity].Thing
		things[t.ID] = t
	case x.event >= 0:
		things[ids[x.event].ID] = ids[x.event]
	}
}
