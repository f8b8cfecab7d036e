package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/stance"
)

// draft is a claim whose events have no ids yet.
type draft struct {
	subject   filler
	object    filler
	predicate graph.Predicate
	stance    stance.Stance
	speakers  []int // entities
	when      *graph.When
	sent      int
	tok       int
	rule      string
	features  features
	fixed     float64 // confidence if it does not come from features
	via       int     // index of the draft it follows from, or -1
}

// draft appends the claims that a match makes.
func (m *matcher) draft(s *site, roles map[string][]filler, st stance.Stance) {
	if s.block.active && s.block.class == "verb" && s.t.IsPassive(s.tok) {
		return
	}
	f := s.block.frame
	for _, r := range f.roles {
		if r.salient && len(roles[r.name]) == 0 && m.needsSalient(s, r, roles) {
			roles[r.name] = m.salientFor(s, r)
		}
	}
	first := map[string]int{}
	for _, c := range f.claims {
		objects := roles[c.object]
		if c.object == "" {
			objects = []filler{{entity: -1, event: -1, text: c.literal, surface: m.form(s.sent, s.tok), tok: s.tok, path: "literal", prior: 0.9, score: 1, parent: -1}}
		}
		subjects := roles[c.subject]
		if c.subject == c.object {
			continue
		}
		for i, a := range subjects {
			for j, b := range objects {
				if m.skips(s, c, a, b, i, j, len(subjects), len(objects)) {
					continue
				}
				via := -1
				if c.through != "" {
					v, ok := first[c.through+string(c.predicate)]
					if !ok {
						continue
					}
					via = v
				}
				n := len(m.claims)
				m.one(s, c, a, b, st, roles, via)
				if len(m.claims) > n {
					key := c.subject + string(c.predicate)
					if _, ok := first[key]; !ok {
						first[key] = n
					}
				}
			}
		}
	}
}

// needsSalient reports whether a claim of the frame waits for role r alone.
func (m *matcher) needsSalient(s *site, r role, roles map[string][]filler) bool {
	for _, c := range s.block.frame.claims {
		other := c.subject
		if c.subject == r.name {
			other = c.object
		} else if c.object != r.name {
			continue
		}
		if len(roles[other]) > 0 {
			return true
		}
	}
	return false
}

// skips reports whether the pair a, b of rule c makes no claim: somebody and
// himself, pairs that "respectively" keeps apart, types the model does not allow.
func (m *matcher) skips(s *site, c claimRule, a, b filler, i, j, n, k int) bool {
	if a.entity >= 0 && a.entity == b.entity || a.event >= 0 && a.event == b.event {
		return true
	}
	if a.partner > 0 && b.entity >= 0 && a.partner != b.entity+1 || b.partner > 0 && a.entity >= 0 && b.partner != a.entity+1 {
		return true
	}
	if c.predicate == graph.ParticipatedIn && a.mention != nil && a.mention.Kind == coref.Nominal && s.t.Lemma(a.mention.Head) == "mediator" && a.mention.Sentence == s.sent {
		return true // they bring the parties together and are none
	}
	if n == k && n > 1 && i != j && m.respectively(s) {
		return true
	}
	if c.predicate == graph.MemberOf && s.t.Lemma(s.tok) == "join" && m.typeOf(b) == graph.State {
		return true // "joined Chile in condemning the raid"
	}
	if c.predicate == graph.Represents && strings.HasSuffix(a.path, "(subject)") && b.tok < a.tok {
		return true // "signed by A for X and by B": B is not for X
	}
	info, _ := c.predicate.Info()
	return !m.allowed(info, a, b)
}

func (m *matcher) respectively(s *site) bool {
	for i := range s.t.Len() {
		if s.t.Form(i) == "respectively" {
			return true
		}
	}
	return false
}

func (m *matcher) typeOf(x filler) graph.Type {
	switch {
	case x.entity >= 0:
		return m.doc.Entities[x.entity].Thing.Type
	case x.event >= 0:
		return m.ev.Events[x.event].Type
	}
	return ""
}

func (m *matcher) allowed(info graph.Info, a, b filler) bool {
	if !slices.Contains(info.From, m.typeOf(a)) {
		return false
	}
	if t := m.typeOf(b); t != "" {
		return slices.Contains(info.To, t)
	}
	if b.when != nil {
		return info.Literal == "date"
	}
	return info.Literal == "string" && b.text != ""
}

// one appends the claim of rule c about a and b, and what follows from it.
func (m *matcher) one(s *site, c claimRule, a, b filler, st stance.Stance, roles map[string][]filler, via int) {
	d := draft{subject: a, object: b, predicate: c.predicate, stance: st, sent: s.sent, tok: s.tok, via: via}
	d.rule = s.block.frame.name + "/" + s.t.Lemma(s.tok) + "." + s.block.class + "/" + a.path
	if b.path != "" && b.path != "literal" {
		d.rule += "+" + b.path
	}
	if d.stance.Hearsay && (c.predicate == graph.Proposed || c.predicate == graph.Demanded) {
		return // what others claim that somebody has asked for is no request of his
	}
	if s.leavesOpen(&d) {
		return
	}
	if c.predicate == graph.Accepted && s.t.Lemma(s.tok) == "live" && isAble(&d.stance) {
		d.stance = stance.Stance{Speakers: d.stance.Speakers} // who can live with a plan accepts it
	}
	m.eventStance(&d)
	d.speakers = m.speakers(s.sent, d.stance.Speakers)
	if len(d.speakers) == 0 && s.block.class != "verb" && len(s.block.needs) == 0 {
		d.speakers = m.speakers(s.sent, m.above(s.t, s.tok))
	}
	if d.when = m.whenOf(roles); d.when == nil && b.when == nil {
		if ts := m.times(s, source{fn: "time", partial: true}); len(ts) > 0 {
			d.when = ts[0].when
		}
	}
	d.features = m.measure(s, &d)
	m.claims = append(m.claims, d)
	if d.stance.Refusal && c.predicate != graph.Refused && slices.Contains([]graph.Predicate{graph.Signed, graph.AgreedTo, graph.ParticipatedIn, graph.Accepted}, c.predicate) {
		r := d
		r.predicate = graph.Refused
		r.stance = stance.Stance{Speakers: st.Speakers}
		r.rule = "refusing/" + r.rule
		m.claims = append(m.claims, r)
	}
}

// isAble reports whether st is open only because somebody can do what is said, or could.
func isAble(st *stance.Stance) bool {
	return !st.Denied && st.Modality() == graph.Possible && !slices.ContainsFunc(st.Why, func(w string) bool { return w != "can" && w != "could" })
}

// settings say where and when an event was.
var settings = []graph.Predicate{graph.HeldIn, graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedIn, graph.SignedOn,
	graph.AgreedOn, graph.EffectiveOn, graph.ExpiresOn}

// leavesOpen reports whether d would deny the place or time of an event, or the parties
// of a mediation, only because somebody did not act there: "Chad did not sign in Sirte"
// says nothing of where it was signed, "the pact was not signed in Sirte" does.
func (s *site) leavesOpen(d *draft) bool {
	parties := d.predicate == graph.ParticipatedIn && s.block.frame.name == "mediating"
	if !d.stance.Denied || !parties && !slices.Contains(settings, d.predicate) {
		return false
	}
	return s.echo > 0 || slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == grammar.Subject && a.Tok != d.subject.tok })
}

// attitudes are predicates that may hold of an event that never comes to be.
var attitudes = []graph.Predicate{graph.InvitedTo, graph.Refused, graph.Proposed, graph.ProposedTo, graph.Accepted,
	graph.Rejected, graph.Considered, graph.Demanded, graph.Supported, graph.Threatened, graph.Provides, graph.Concerns, graph.PartOf}

// eventStance weakens d if one of its ends is an event that is denied, planned
// or only wished for where d speaks of it.
func (m *matcher) eventStance(d *draft) {
	if slices.Contains(attitudes, d.predicate) {
		return
	}
	for _, x := range []filler{d.subject, d.object} {
		if x.event < 0 || x.salient {
			continue
		}
		k := m.ev.At(d.sent, x.tok)
		if k < 0 || m.ev.Mentions[k].Verb || x.tok == d.tok {
			continue
		}
		if em := &m.ev.Mentions[k]; d.predicate == graph.Outcome && em.Stance.Denied && m.ev.Trees[d.sent].Head(x.tok) == d.tok {
			continue // "the talks were abandoned": that denies the talks and is how they ended
		}
		d.stance.Weaken(&m.ev.Mentions[k].Stance)
	}
}

func (m *matcher) whenOf(roles map[string][]filler) *graph.When {
	for _, x := range roles["time"] {
		if x.when != nil {
			return x.when
		}
	}
	return nil
}

// speakers returns the entities that the tokens name, each once.
func (m *matcher) speakers(sent int, toks []int) []int {
	var out []int
	for _, tok := range toks {
		for _, x := range m.actors(sent, tok, "actor") {
			if !slices.Contains(out, x.entity) {
				out = append(out, x.entity)
			}
		}
	}
	return out
}
