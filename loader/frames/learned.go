package frames

import (
	"context"
	"math"
	"slices"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/events"
	"parley/loader/grammar"
	"parley/loader/roles"
	"parley/loader/stance"
)

// part says how a role that the model of roles reads becomes a claim.
type part struct {
	role      roles.Role
	predicate graph.Predicate
	least     float32           // chance from which on it is claimed
	right     float64           // share of the claims at that chance that are right
	events    []graph.Type      // what it is a part of, the first that there is
	create    graph.Type        // what to make if there is none, or ""
	unless    []graph.Predicate // what the frames say of the same thing and speaks against it
	rather    roles.Role        // a role that must not be likelier, or the role itself
	act       bool              // the sentence by itself must tell of it
}

// parts are tried in this order. Their chances and shares were read off labelled
// articles that the model was not trained on; doc/roles-model.md has them. A
// leader's side and what is demanded are left to the frames.
var parts = []part{
	{role: roles.Mediator, predicate: graph.Mediated, least: 0.7, right: 0.65, events: meetings, create: graph.Talks,
		unless: []graph.Predicate{graph.ParticipatedIn, graph.Signed, graph.AgreedTo}, rather: roles.Participant},
	{role: roles.Host, predicate: graph.Hosted, least: 0.8, right: 0.7, events: meetings, create: graph.Talks,
		unless: []graph.Predicate{graph.ParticipatedIn}, rather: roles.Participant},
	{role: roles.Venue, predicate: graph.HeldIn, least: 0.6, right: 0.7, events: talks, create: graph.Talks, rather: roles.Venue},
	{role: roles.Participant, predicate: graph.ParticipatedIn, least: 0.5, right: 0.8, events: meetings, create: graph.Talks,
		unless: []graph.Predicate{graph.Mediated, graph.Hosted, graph.Observed, graph.Guaranteed}, rather: roles.Mediator},
	{role: roles.Signatory, act: true, predicate: graph.Signed, least: 0.75, right: 0.85, events: agreements, create: graph.Agreement,
		unless: []graph.Predicate{graph.Refused, graph.Rejected, graph.Observed}, rather: roles.Observer},
	{role: roles.Agreed, act: true, predicate: graph.AgreedTo, least: 0.5, right: 0.7, events: deals, create: graph.Agreement,
		unless: []graph.Predicate{graph.Refused, graph.Rejected}, rather: roles.Refused},
	{role: roles.Accepted, act: true, predicate: graph.Accepted, least: 0.35, right: 0.75, events: offers,
		unless: []graph.Predicate{graph.Rejected, graph.Refused}, rather: roles.Rejected},
	{role: roles.Rejected, act: true, predicate: graph.Rejected, least: 0.45, right: 0.8, events: append(offers, graph.Talks), create: graph.Proposal,
		unless: []graph.Predicate{graph.Accepted, graph.Signed}, rather: roles.Accepted},
	{role: roles.Refused, act: true, predicate: graph.Refused, least: 0.65, right: 0.7, events: append(deals, graph.Talks),
		unless: []graph.Predicate{graph.Signed}, rather: roles.Accepted},
	{role: roles.Proposed, act: true, predicate: graph.Proposed, least: 0.35, right: 0.75, events: []graph.Type{graph.Proposal}, create: graph.Proposal, rather: roles.Proposed},
	{role: roles.Guarantor, act: true, predicate: graph.Guaranteed, least: 0.5, right: 0.75, events: []graph.Type{graph.Agreement, graph.Talks}, rather: roles.Guarantor},
	{role: roles.Observer, predicate: graph.Observed, least: 0.6, right: 0.75, events: meetings,
		unless: []graph.Predicate{graph.Mediated, graph.ParticipatedIn}, rather: roles.Participant},
	{role: roles.Invited, predicate: graph.InvitedTo, least: 0.6, right: 0.7, events: talks, rather: roles.Invited},
	{role: roles.Withdrew, act: true, predicate: graph.WithdrewFrom, least: 0.75, right: 0.7, events: talks, rather: roles.Withdrew},
}

var (
	talks      = []graph.Type{graph.Talks}
	meetings   = []graph.Type{graph.Talks, graph.Agreement}
	agreements = []graph.Type{graph.Agreement}
	deals      = []graph.Type{graph.Agreement, graph.Proposal}
	offers     = []graph.Type{graph.Proposal, graph.Agreement}
)

// learned drafts what the model of roles reads where no frame has said anything of
// the same thing in the same role, or of the same two things.
func (m *matcher) learned(ctx context.Context, reader *roles.Reader) error {
	if reader == nil {
		return nil
	}
	r, err := read(ctx, reader, m.doc, ask(m.doc, m.ev.Dates, m.ev.Trees))
	if err != nil {
		return err
	}
	m.reading = r
	for k, span := range r.Mentions {
		mm, chances := &m.doc.Mentions[k], &r.Chances[span]
		if mm.Entity < 0 || !isTold(m.ev.Trees[mm.Sentence]) {
			continue
		}
		for i := range parts {
			p := &parts[i]
			if chances[p.role] < p.least || chances[p.role] < chances[p.rather] || !m.isNews(k, p) {
				continue
			}
			if p.act {
				if err := r.readAlone(ctx, mm.Sentence); err != nil {
					return err
				}
				if r.alone[span][p.role] < leastAlone {
					continue
				}
			}
			m.learn(k, p, float64(chances[p.role]))
		}
	}
	return m.linked(ctx, r)
}

// isNews reports whether there is something to claim of mention k in part p that the
// frames have not said.
func (m *matcher) isNews(k int, p *part) bool {
	mm := &m.doc.Mentions[k]
	return slices.ContainsFunc(m.holders(mm, k, p), func(x filler) bool { return !m.hasSaid(x.entity, mm.Sentence, p) })
}

// isTold reports whether t tells of something: a dateline has no verb.
func isTold(t *grammar.Tree) bool {
	for i := range t.Len() {
		if t.IsVerb(i) {
			return true
		}
	}
	return false
}

// learn drafts that mention k has part p, of which the model is sure by chance.
func (m *matcher) learn(k int, p *part, chance float64) {
	mm := &m.doc.Mentions[k]
	sent, t := mm.Sentence, m.ev.Trees[mm.Sentence]
	for _, x := range m.holders(mm, k, p) {
		if m.hasSaid(x.entity, sent, p) {
			continue
		}
		e, ok := m.signedNear(sent, mm.Head, p)
		if !ok {
			e, ok = m.nearEvent(sent, mm.Head, p)
		}
		if !ok {
			continue
		}
		x.tok, x.path, x.score, x.prior = mm.Head, "learned", 1, chance
		d := draft{subject: x, object: e, predicate: p.predicate, sent: sent, tok: mm.Head, via: -1, rule: "learned/" + p.role.String()}
		if p.predicate == graph.HeldIn {
			d.subject, d.object = e, x
			if e.event >= 0 && m.ev.Events[e.event].Type == graph.Agreement {
				d.predicate = graph.SignedIn
			}
		}
		info, _ := d.predicate.Info()
		if !m.allowed(info, d.subject, d.object) {
			continue
		}
		if v := verbOf(t, mm.Head); t.IsVerb(v) {
			st := stance.Of(t, v)
			if !st.IsFact() && p.predicate != graph.Refused && p.predicate != graph.Rejected {
				continue
			}
			d.speakers = m.speakers(sent, st.Speakers)
		}
		d.fixed = confidence(chance, float64(p.least), p.right)
		m.claims = append(m.claims, d)
	}
}

// confidence returns the share of claims made at this chance that are right: in equal
// steps from right at the least chance to half of the rest at certainty.
func confidence(chance, least, right float64) float64 {
	above := (chance - least) / (1 - least)
	return math.Round(1000*(right+(1-right)*above/2)) / 1000
}

// holders returns what mention k, that is mm, stands for in part p.
func (m *matcher) holders(mm *coref.Mention, k int, p *part) []filler {
	if p.predicate != graph.HeldIn {
		if mm.Kind == coref.Demonym && p.role != roles.Mediator {
			return nil // "the Brazilian delegate" is not Brazil
		}
		return m.mentioned(mm.Sentence, mm.Head, k, "actor")
	}
	l, ok := m.ev.PlaceAt(mm.Sentence, mm.Head)
	if !ok || l.Type != graph.Place {
		return nil
	}
	return []filler{{entity: l.Entity, event: -1, tok: mm.Head, surface: m.words(mm.Sentence, mm.From, mm.To), link: mm.Link, mention: mm, parent: -1}}
}

// hasSaid reports whether the frames say of entity e what p says, anywhere as a fact or
// in sentence sent in any way, or say something that speaks against it.
func (m *matcher) hasSaid(e, sent int, p *part) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		if m.conf(&d) < lowest {
			return false
		}
		if p.predicate == graph.HeldIn {
			return d.object.entity == e && (d.predicate == graph.HeldIn || d.predicate == graph.SignedIn) && (d.stance.IsFact() || d.sent == sent)
		}
		if d.subject.entity != e {
			return false
		}
		if d.predicate == p.predicate {
			return d.stance.IsFact() || d.stance.Denied || d.sent == sent
		}
		return d.stance.IsFact() && slices.Contains(p.unless, d.predicate)
	})
}

// nearEvent returns the event that a part read at token tok is a part of.
func (m *matcher) nearEvent(sent, tok int, p *part) (filler, bool) {
	for _, typ := range p.events {
		best := -1
		for i := range m.ev.Mentions {
			em := &m.ev.Mentions[i]
			if em.Sentence == sent && em.Type == typ && em.Event >= 0 && (best < 0 || distance(em.Tok, tok) < distance(m.ev.Mentions[best].Tok, tok)) {
				best = i
			}
		}
		if best >= 0 {
			em := &m.ev.Mentions[best]
			if year := m.lookBack(sent, tok, em.Event); year != 0 && typ != p.create && p.create == graph.Talks {
				return m.aside(sent, tok, year, p.create)
			}
			return filler{entity: -1, event: em.Event, tok: em.Tok, surface: m.surfaceOf(em), path: "near", prior: 0.8, score: 1, parent: -1}, true
		}
	}
	for _, typ := range p.events {
		if e := m.ev.Salient(sent, tok, typ); e >= 0 {
			if year := m.lookBack(sent, tok, e); year != 0 {
				if typ != p.create {
					continue
				}
				return m.aside(sent, tok, year, typ)
			}
			return m.inContext(sent, tok, e), true
		}
	}
	if p.create == "" {
		return filler{}, false
	}
	return m.newEvent(sent, verbOf(m.ev.Trees[sent], tok), p.create)
}

// inContext returns event e as what token tok of sentence sent tells of without a word
// for it.
func (m *matcher) inContext(sent, tok, e int) filler {
	return filler{entity: -1, event: e, tok: tok, surface: m.form(sent, tok), link: m.contextLink(e, "context"),
		path: "context", prior: 0.7, score: 1, salient: true, parent: -1}
}

// signedNear returns the agreement that the frames say was signed in sentence sent, if it
// speaks of no talks: the place at token tok, if p asks for one, saw the signing.
func (m *matcher) signedNear(sent, tok int, p *part) (filler, bool) {
	isTalks := func(em events.Mention) bool { return em.Sentence == sent && em.Type == graph.Talks }
	if p.predicate != graph.HeldIn || slices.ContainsFunc(m.ev.Mentions, isTalks) {
		return filler{}, false
	}
	for i := range m.claims {
		if d := &m.claims[i]; d.predicate == graph.Signed && d.sent == sent && d.stance.IsFact() && d.object.event >= 0 && m.conf(d) >= lowest {
			x := d.object
			x.tok, x.path = tok, "near"
			return x, true
		}
	}
	return filler{}, false
}

// newEvent makes an event of type typ of what token tok tells of, for an article that
// has no word for it. It reports false if the token speaks of another kind of event.
func (m *matcher) newEvent(sent, tok int, typ graph.Type) (filler, bool) {
	e := m.ev.Create(sent, tok, typ, heads[typ])
	if m.ev.Events[e].Type != typ {
		return filler{}, false
	}
	m.ev.Events[e].Head = heads[typ]
	return filler{entity: -1, event: e, tok: tok, surface: m.form(sent, tok),
		fn: "implied", path: "implied", steps: 1, score: 1, prior: 0.8, parent: -1}, true
}

// heads are the nouns that stand for events without a word of their own.
var heads = map[graph.Type]string{graph.Talks: "talk", graph.Agreement: "agreement", graph.Proposal: "proposal"}

func distance(a, b int) int { return max(a-b, b-a) }

// surfaceOf returns the words of an event's mention.
func (m *matcher) surfaceOf(em *events.Mention) string {
	if em.Verb {
		return m.form(em.Sentence, em.Tok)
	}
	return m.words(em.Sentence, em.From, em.To)
}
