package frames

import (
	"slices"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
	"parley/loader/stance"
)

// proVerbs drafts of whoever "did so" or "did likewise" what the clause before says
// of its own subject: "Ruiz signed for Peru. Paz did so for Chile. So did two
// witnesses."
func (m *matcher) proVerbs() {
	m.asDemanded()
	m.replies()
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		for i := range t.Len() {
			if t.Lemma(i) == "follow" && t.IsVerb(i) {
				m.followers(sent, i)
				continue
			}
			if i == 1 && isNor(t) {
				m.deniedToo(sent)
				continue
			}
			if t.Lemma(i) != "do" || !t.IsVerb(i) {
				continue
			}
			inverted := i == 1 && t.Form(0) == "so"
			if st := stance.Of(t, i); !st.IsFact() || !inverted && !isDoSo(t, i) {
				continue
			}
			asent, verb := m.antecedentClause(sent, i)
			if verb < 0 {
				continue
			}
			at := m.ev.Trees[asent]
			if !inverted && at.Kid(verb, "xcomp") >= 0 {
				continue // "agreed to sign and did so": it is the signing that is done
			}
			m.repeat(sent, i, asent, verb)
		}
	}
}

// isDoSo reports whether verb i is "did so", "did likewise", "did the same".
func isDoSo(t *grammar.Tree, i int) bool {
	if t.Base(i) == "aux" || i+1 >= t.Len() {
		return false
	}
	switch t.Form(i + 1) {
	case "so", "likewise":
		return true
	case "the":
		return i+2 < t.Len() && t.Form(i+2) == "same"
	}
	return false
}

// antecedentClause returns the verb that "did so" at token i stands for, with its
// sentence: that of the clause it is joined to, or the last main verb of the
// sentence before. The verb is -1 if there is none.
func (m *matcher) antecedentClause(sent, i int) (int, int) {
	t := m.ev.Trees[sent]
	if h := t.Head(i); h != sentence.Root {
		if b := t.Base(i); (b == "conj" || b == "parataxis") && t.IsVerb(h) {
			return sent, h
		}
		return sent, -1
	}
	for k := range t.Kids(i) { // "…, who signed for Peru; Paz did so for Chile", the first clause hung below
		if c := t.Kids(i)[k]; c < i && t.IsVerb(c) && (t.Base(c) == "ccomp" || t.Base(c) == "parataxis") {
			return sent, c
		}
	}
	if sent == 0 || m.doc.Sentences[sent-1].Headline {
		return sent, -1
	}
	t = m.ev.Trees[sent-1]
	for r := range t.Len() {
		if t.Head(r) != sentence.Root || !t.IsVerb(r) {
			continue
		}
		last := r
		if c := t.Kid(r, "xcomp", "advcl"); t.Lemma(r) == "fall" && c > r && t.Mark(c) == "to" {
			last = c // "it fell to A to sign"
		}
		for _, c := range t.Kids(r) {
			if b := t.Base(c); c > r && t.IsVerb(c) && (b == "conj" || b == "parataxis" && !stance.IsSpeech(t.Lemma(c))) {
				last = c
			}
		}
		return sent - 1, last
	}
	return sent, -1
}

// repeat drafts the claims that verb of sentence asent makes of its subject once more
// of the subject of "did" at token i.
func (m *matcher) repeat(sent, i, asent, verb int) {
	s := &site{t: m.ev.Trees[sent], sent: sent, tok: i, args: m.ev.Trees[sent].Args(i)}
	var who []filler
	var sides []filler
	for _, a := range s.args {
		switch {
		case a.Func == grammar.Subject || a.Func == grammar.Object && a.Tok > i && len(who) == 0:
			who = append(who, m.actors(sent, a.Tok, "actor")...)
		case isOnBehalf(a.Func):
			sides = append(sides, m.actors(sent, a.Tok, "body")...)
		}
	}
	if slices.ContainsFunc(s.args, func(a grammar.Arg) bool {
		return a.Func == "as" && slices.Contains([]string{"witness", "observer", "guarantor", "mediator", "facilitator"}, s.t.Lemma(a.Tok))
	}) {
		return
	}
	// "The premier did not sign. Ruiz did so": he did what she did not.
	denied := s.t.Form(i+1) == "so" && stanceDenied(m.ev.Trees[asent], verb)
	done := map[graph.Predicate]bool{}
	for k := range len(m.claims) {
		d := m.claims[k]
		if d.sent != asent || m.verbOf(&d) != verb || d.subject.entity < 0 || d.via >= 0 || done[d.predicate] ||
			d.object.event < 0 && (d.predicate != graph.Refused || d.object.text == "") || !slices.Contains(rolesOfGroups, d.predicate) {
			continue
		}
		if d.predicate == graph.Refused && denied {
			continue
		}
		done[d.predicate] = true
		for _, w := range who {
			if w.entity == d.subject.entity || w.mention == nil || w.mention.Kind != coref.Name {
				continue
			}
			c := d
			w.score, w.prior, w.steps = 0.9, 0.9, 2
			c.subject, c.sent, c.tok, c.speakers, c.when, c.rule = w, sent, i, nil, nil, "repeated/"+d.rule
			c.stance.Denied = d.stance.Denied && !denied
			c.object.surface = m.form(sent, i)
			if d.object.event >= 0 {
				c.object.link = m.contextLink(d.object.event, "context")
			}
			c.fixed = m.conf(&d) * 0.9
			at := len(m.claims)
			m.claims = append(m.claims, c)
			if d.predicate != graph.Signed {
				continue
			}
			for _, side := range sides {
				r := c
				r.predicate, r.object, r.rule = graph.Represents, side, "representing/did"
				signed := c
				signed.subject, signed.via = side, at
				m.claims = append(m.claims, r, signed)
			}
		}
	}
}

// verbOf returns the verb that says d: its trigger, or what the trigger is the object of.
func (m *matcher) verbOf(d *draft) int {
	t := m.ev.Trees[d.sent]
	if t.IsVerb(d.tok) {
		return d.tok
	}
	return t.Head(d.tok)
}

// followers drafts that those by whom the first to sign "were followed" signed too:
// "A and B signed first. They were followed by C for the union and by D."
func (m *matcher) followers(sent, i int) {
	t := m.ev.Trees[sent]
	if st := stance.Of(t, i); !st.IsFact() || !t.IsPassive(i) || t.Kid(i, "obl:agent") < 0 {
		m.next(sent, i)
		return
	}
	asent, verb := m.antecedentClause(sent, i)
	if verb < 0 || !slices.ContainsFunc(m.ev.Trees[asent].Kids(verb), func(k int) bool { return m.ev.Trees[asent].Form(k) == "first" }) {
		return
	}
	signed := slices.ContainsFunc(m.claims, func(d draft) bool {
		return d.sent == asent && d.predicate == graph.Signed && m.verbOf(&d) == verb && d.stance.IsFact()
	})
	if signed {
		m.repeat(sent, i, asent, verb)
	}
}

// next drafts that who is said to have "followed" behind a clause that tells of a
// signature signed too: "A signed for the union, and B followed."
func (m *matcher) next(sent, i int) {
	t := m.ev.Trees[sent]
	if st := stance.Of(t, i); !st.IsFact() || t.IsPassive(i) || t.XPOS(i) != "VBD" || t.Base(i) != "conj" || t.Kid(i, "nsubj") < 0 || t.Kid(i, "obj", "obl", "xcomp", "ccomp") >= 0 {
		return
	}
	for k := len(m.claims) - 1; k >= 0; k-- {
		if d := m.claims[k]; d.sent == sent && d.tok < i && d.predicate == graph.Signed && d.via < 0 && d.stance.IsFact() && m.typeOf(d.subject) == graph.Person {
			verb := m.verbOf(&d)
			if d.tok == t.Head(i) {
				verb = d.tok // "did" of "B did so": a claim that repeats another
			}
			m.repeat(sent, i, sent, verb)
			return
		}
	}
}

// isNor reports whether t begins with "nor" or "neither" and an auxiliary, and says no
// more than of whom what stands before is denied as well: "Nor has Sandino."
func isNor(t *grammar.Tree) bool {
	if f := t.Form(0); f != "nor" && f != "neither" || t.Len() < 3 {
		return false
	}
	switch t.Lemma(1) {
	case "do", "have", "be", "will", "would":
	default:
		return false
	}
	if t.Head(1) != sentence.Root {
		return false
	}
	for i := 2; i < t.Len(); i++ {
		if t.IsVerb(i) {
			return false
		}
	}
	return t.Kid(1, "obj", "nsubj") > 1
}

// deniedToo drafts of the name behind "nor has" in sentence sent what the sentence
// before denies of its last subject: "Sacasa has put his name to nothing. Nor has Sandino."
func (m *matcher) deniedToo(sent int) {
	if sent == 0 || m.doc.Sentences[sent-1].Headline {
		return
	}
	last := -1
	for k := range m.claims {
		d := &m.claims[k]
		denied := d.stance.Denied || d.predicate == graph.Refused
		if d.sent == sent-1 && denied && d.via < 0 && d.subject.entity >= 0 && d.object.event >= 0 && slices.Contains(rolesOfGroups, d.predicate) &&
			(last < 0 || d.tok >= m.claims[last].tok) {
			last = k
		}
	}
	if last < 0 {
		return
	}
	t := m.ev.Trees[sent]
	for _, w := range m.actors(sent, t.Kid(1, "obj", "nsubj"), "actor") {
		if w.mention == nil || w.mention.Kind != coref.Name || w.entity == m.claims[last].subject.entity {
			continue
		}
		c := m.claims[last]
		w.score, w.prior, w.steps = 0.9, 0.9, 2
		c.subject, c.sent, c.tok, c.speakers, c.when, c.rule = w, sent, 1, nil, nil, "repeated/"+c.rule
		c.object.surface, c.object.link = m.form(sent, 1), m.contextLink(c.object.event, "context")
		c.fixed = m.conf(&m.claims[last]) * 0.9
		m.claims = append(m.claims, c)
	}
}
