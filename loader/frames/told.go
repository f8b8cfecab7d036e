package frames

import (
	"cmp"
	"context"
	"slices"

	"parley/graph"
	"parley/loader/roles"
	"parley/loader/stance"
)

// telling says how a role that the model reads of a time or a verb becomes a claim of
// an event.
type telling struct {
	part
	said  []graph.Predicate // if the frames say one of these of the event, there is nothing to add
	value string            // what a verb says, "" for a time
}

// tellings have chances and shares as parts have.
var tellings = []telling{
	{part: part{role: roles.Held, predicate: graph.HeldOn, least: 0.45, right: 0.7, events: talks},
		said: []graph.Predicate{graph.HeldOn, graph.StartedOn, graph.EndedOn}},
	{part: part{role: roles.Dated, predicate: graph.SignedOn, least: 0.5, right: 0.7, events: agreements},
		said: []graph.Predicate{graph.SignedOn, graph.AgreedOn}},
	{part: part{role: roles.Settled, predicate: graph.Outcome, least: 0.5, right: 0.7, events: talks},
		said: []graph.Predicate{graph.Outcome}, value: graph.OutcomeAgreement},
	{part: part{role: roles.Failed, predicate: graph.Outcome, least: 0.4, right: 0.7, events: talks, create: graph.Talks},
		said: []graph.Predicate{graph.Outcome}, value: graph.OutcomeNoAgreement},
}

// toldOf is what a time or a verb tells.
type toldOf struct {
	*telling
	sent, tok, span int
	when            *graph.When
	chance          float32
}

// told drafts when events were and what talks led to, as the model of roles reads it
// off times and verbs, where no frame says so; the surest first.
func (m *matcher) told(ctx context.Context) error {
	r := m.reading
	if r == nil {
		return nil
	}
	for _, x := range m.toldBy(r) {
		d, ok := m.tell(x)
		if !ok {
			continue
		}
		if err := r.readAlone(ctx, x.sent); err != nil {
			return err
		}
		if r.alone[x.span][x.role] >= leastAlone {
			m.claims = append(m.claims, d)
		}
	}
	return nil
}

// toldBy returns what the times and verbs of r tell, the surest first.
func (m *matcher) toldBy(r *reading) []toldOf {
	var out []toldOf
	for i := range tellings {
		p := &tellings[i]
		for w, span := range r.Times {
			if x := &m.ev.Dates[w]; p.value == "" && r.Chances[span][p.role] >= p.least && x.When.Start != "" {
				t := m.ev.Trees[x.Sentence]
				if top := topOf(t, x.From, x.To); isOn(t.Case(top)) {
					out = append(out, toldOf{p, x.Sentence, top, span, &x.When, r.Chances[span][p.role]})
				}
			}
		}
		for _, v := range r.Verbs {
			if p.value != "" && r.Chances[v.Span][p.role] >= p.least {
				out = append(out, toldOf{p, v.Sentence, v.Tok, v.Span, nil, r.Chances[v.Span][p.role]})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b toldOf) int { return cmp.Compare(b.chance, a.chance) })
	return out
}

// tell returns what x claims, unless something like it is said of the same event.
func (m *matcher) tell(x toldOf) (draft, bool) {
	t := m.ev.Trees[x.sent]
	st := stance.Of(t, verbOf(t, x.tok))
	if !st.IsFact() && !(x.role == roles.Failed && st.Denied) {
		return draft{}, false
	}
	e, ok := m.nearEvent(x.sent, x.tok, &x.part)
	if !ok || m.says(e.event, x.said) || x.role == roles.Failed && (e.event == m.made || e.salient && m.hasDeal()) {
		return draft{}, false
	}
	d := draft{subject: e, predicate: x.predicate, sent: x.sent, tok: x.tok, via: -1, rule: "learned/" + x.role.String(),
		fixed: confidence(float64(x.chance), float64(x.least), x.right)}
	d.object = filler{entity: -1, event: -1, tok: x.tok, parent: -1, path: "learned", score: 1, prior: float64(x.chance)}
	if x.when != nil {
		d.object.when, d.object.text, d.object.surface = x.when, x.when.Start, x.when.Text
		d.when = x.when
	} else {
		d.object.text, d.object.surface = x.value, m.form(x.sent, x.tok)
	}
	d.speakers = m.speakers(x.sent, st.Speakers)
	return d, true
}

// hasDeal reports whether the article says that somebody signed or agreed to what is no
// aside: what failed in it, where it does not say which talks, may be another attempt.
func (m *matcher) hasDeal() bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return (d.predicate == graph.Signed || d.predicate == graph.AgreedTo) && d.stance.IsFact() && d.object.event >= 0 && m.ev.Events[d.object.event].Aside == 0 && m.conf(&d) >= 0.5
	})
}

// says reports whether a claim says one of ps of event e as a fact.
func (m *matcher) says(e int, ps []graph.Predicate) bool {
	return slices.ContainsFunc(m.claims, func(d draft) bool {
		return d.subject.event == e && slices.Contains(ps, d.predicate) && d.stance.IsFact() && m.conf(&d) >= lowest
	})
}
