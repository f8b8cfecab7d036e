package frames

import (
	"slices"

	"parley/graph"
	"parley/loader/grammar"
	"parley/loader/stance"
)

// replies drafts what those answer who just refuse, decline or say no: "Donovan asked
// for a third prisoner. Schischkin said no." What they refuse is what was last asked for,
// proposed or offered before, in the sentence or the one before it.
func (m *matcher) replies() {
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		for i := range t.Len() {
			if !isBareNo(t, i) {
				continue
			}
			if st := stance.Of(t, i); !st.IsFact() {
				continue
			}
			for _, who := range m.subjectsOf(sent, i) {
				m.reply(sent, i, who)
			}
		}
	}
}

// subjectsOf returns the actors that are subjects of verb i of sentence sent.
func (m *matcher) subjectsOf(sent, i int) []filler {
	var out []filler
	for _, a := range m.ev.Trees[sent].Args(i) {
		if a.Func != grammar.Subject {
			continue
		}
		for _, who := range m.actors(sent, a.Tok, "actor") {
			who.fn, who.path, who.steps, who.score, who.prior = a.Func, a.Path, a.Steps, a.Score, 0.9
			out = append(out, who)
		}
	}
	return out
}

// isBareNo reports whether verb i says that somebody refuses and not what.
func isBareNo(t *grammar.Tree, i int) bool {
	if !t.IsVerb(i) || t.IsPassive(i) || t.Kid(i, "obj", "xcomp", "csubj") >= 0 || t.Rel(i) == "acl:relcl" {
		return false
	}
	no := slices.ContainsFunc(t.Kids(i), func(k int) bool {
		return k == i+1 && t.Form(k) == "no" && (t.Base(k) == "discourse" || t.Base(k) == "ccomp")
	})
	switch t.Lemma(i) {
	case "refuse", "decline", "demur":
		return t.Kid(i, "ccomp", "obl") < 0
	case "say":
		return no
	}
	return false
}

// reply drafts that who refuses what was asked before token tok of sentence sent.
func (m *matcher) reply(sent, tok int, who filler) {
	k := m.lastAsked(sent, tok, who.entity)
	if k < 0 {
		return
	}
	asked := m.claims[k]
	c := draft{subject: who, object: asked.object, predicate: graph.Refused, sent: sent, tok: tok, via: -1, rule: "reply/" + asked.rule}
	if asked.predicate == graph.Proposed {
		c.predicate = graph.Rejected
	}
	c.fixed = m.conf(&asked) * 0.85
	c.object.surface = m.form(sent, tok)
	if asked.object.event >= 0 {
		c.object.link = m.contextLink(asked.object.event, "context")
	} else {
		n := len(m.doc.Sentences[asked.sent].Tokens)
		c.object.link = m.link("context", asked.sent, min(asked.object.tok, n-1), min(asked.object.tok+1, n))
	}
	m.claims = append(m.claims, c)
}

// lastAsked returns the last claim before token tok of sentence sent, in it or in the
// sentence before, that somebody else than entity who asks for something or proposes
// it, or that who was invited. It is -1 if there is none.
func (m *matcher) lastAsked(sent, tok, who int) int {
	last := -1
	for k := range m.claims {
		d := &m.claims[k]
		if d.sent != sent && d.sent != sent-1 || d.sent == sent && d.tok >= tok || d.via >= 0 || d.stance.Denied || m.doc.Sentences[d.sent].Headline {
			continue
		}
		switch d.predicate {
		case graph.Demanded, graph.Proposed:
			if d.subject.entity == who {
				continue
			}
		case graph.InvitedTo:
			if d.subject.entity != who {
				continue
			}
		default:
			continue
		}
		if last < 0 || d.sent > m.claims[last].sent || d.sent == m.claims[last].sent && d.tok >= m.claims[last].tok {
			last = k
		}
	}
	return last
}

// asDemanded drafts what is demanded in a clause that only says who did so: "must the
// army go, as Mali demanded, …", "as the rebels had proposed".
func (m *matcher) asDemanded() {
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		for i := range t.Len() {
			if t.Base(i) != "advcl" || t.Mark(i) != "as" || t.Kid(i, "obj", "xcomp", "ccomp") >= 0 || t.IsPassive(i) ||
				!slices.Contains([]string{"demand", "request", "urge", "insist"}, t.Lemma(i)) {
				continue
			}
			text := m.clauseBefore(sent, i)
			if st := stance.Of(t, i); text == "" || st.Denied {
				continue
			}
			for _, who := range m.subjectsOf(sent, i) {
				m.claims = append(m.claims, draft{subject: who, object: filler{entity: -1, event: -1, text: text, surface: text, tok: i, parent: -1},
					predicate: graph.Demanded, sent: sent, tok: i, via: -1, rule: "demanding/as." + t.Lemma(i), fixed: 0.8})
			}
		}
	}
}

// clauseBefore returns the words of the clause that ends at the comma before clause i
// of sentence sent, or "".
func (m *matcher) clauseBefore(sent, i int) string {
	t := m.ev.Trees[sent]
	as, _ := t.Span(i, func(k int) bool { return t.Base(k) == "punct" })
	if as < 2 || t.Form(as-1) != "," {
		return ""
	}
	for v := as - 2; v >= 0; v-- {
		if !t.IsVerb(v) || t.Base(v) == "aux" || t.Base(v) == "cop" {
			continue
		}
		from, to := t.Span(v, func(k int) bool { return k >= as-1 || t.Base(k) == "mark" || t.Base(k) == "punct" })
		return m.words(sent, from, to)
	}
	return ""
}
