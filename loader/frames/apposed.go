package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
	"parley/loader/stance"
)

// insisting are verbs with which a demand is held: "a demand the rebels make".
var insisting = strings.Fields("insist make raise stress repeat uphold set put press maintain defend have renew")

// demands drafts what somebody demands from a clause behind it that calls it so:
// "an end to the blockade, a demand the rebels insist on".
func (m *matcher) demands() {
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		for i := 3; i+2 < t.Len(); i++ {
			if l := t.Lemma(i); l != "demand" && l != "condition" || t.Form(i-1) != "a" && t.Form(i-1) != "one" || t.Form(i-2) != "," {
				continue
			}
			who := i + 1
			if f := t.Form(who); f == "that" || f == "which" {
				who++
			}
			k := m.mentionFrom(sent, who)
			if k < 0 && t.Form(who) == "the" {
				k = m.mentionFrom(sent, who+1)
			}
			if k < 0 || m.doc.Mentions[k].To >= t.Len() {
				continue
			}
			mm := &m.doc.Mentions[k]
			v := mm.To
			if t.UPOS(v) == "AUX" && v+1 < t.Len() {
				v++
			}
			text, ok := m.textBefore(sent, i-2)
			if !t.IsVerb(v) || !slices.Contains(insisting, t.Lemma(v)) || !ok || stanceDenied(t, v) {
				continue
			}
			for _, x := range m.actors(sent, mm.Head, "actor") {
				d := draft{subject: x, predicate: graph.Demanded, sent: sent, tok: i, via: -1, rule: "demanding/" + t.Lemma(i) + ".apposition", fixed: 0.8}
				d.object = filler{entity: -1, event: -1, text: text, surface: text, tok: i, parent: -1}
				d.speakers = m.speakers(sent, m.above(t, i-3))
				m.claims = append(m.claims, d)
			}
		}
	}
}

// musts drafts what somebody demands by saying that it must be: "the rebels must
// disarm, the minister said".
func (m *matcher) musts() {
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		for v := range t.Len() {
			if !t.IsVerb(v) || !hasMust(t, v) {
				continue
			}
			st := stance.Of(t, v)
			subject := t.Kid(v, "nsubj")
			if len(st.Speakers) == 0 || st.Denied || subject < 0 {
				continue
			}
			from, to := t.Span(v, func(k int) bool {
				return t.Base(k) == "punct" || t.Base(k) == "mark" && t.Head(k) == v || t.Base(k) == "parataxis"
			})
			said := st.Speakers[len(st.Speakers)-1]
			if from <= said && said < to || to-from < 3 {
				continue
			}
			text := m.words(sent, from, to)
			for _, x := range m.actors(sent, said, "actor") {
				if slices.ContainsFunc(m.actors(sent, subject, "actor"), func(y filler) bool { return y.entity == x.entity }) {
					continue // what he must do himself
				}
				d := draft{subject: x, predicate: graph.Demanded, sent: sent, tok: v, via: -1, rule: "demanding/must." + t.Lemma(v), fixed: 0.75}
				d.object = filler{entity: -1, event: -1, text: text, surface: text, tok: v, parent: -1}
				d.speakers = m.speakers(sent, st.Speakers[:len(st.Speakers)-1])
				m.claims = append(m.claims, d)
			}
		}
	}
}

// hasMust reports whether verb v has an auxiliary of demand.
func hasMust(t *grammar.Tree, v int) bool {
	return slices.ContainsFunc(t.Kids(v), func(k int) bool {
		return t.Base(k) == "aux" && (t.Form(k) == "must" || t.Form(k) == "should" || t.Form(k) == "ought")
	})
}

func stanceDenied(t *grammar.Tree, v int) bool {
	st := stance.Of(t, v)
	return st.Denied
}

// above returns the speakers of the clause that token i stands in.
func (m *matcher) above(t *grammar.Tree, i int) []int {
	for ; i != sentence.Root; i = t.Head(i) {
		if t.Base(i) == "root" || t.IsVerb(i) && t.Kid(i, "nsubj") >= 0 || t.Kid(i, "cop") >= 0 {
			st := stance.Of(t, i)
			return st.Speakers
		}
	}
	return nil
}

// mentionFrom returns the longest mention that begins at token i, or -1.
func (m *matcher) mentionFrom(sent, i int) int {
	best := -1
	for k := range m.doc.Mentions {
		mm := &m.doc.Mentions[k]
		if mm.Sentence == sent && mm.From == i && mm.Entity >= 0 && mm.Kind != coref.Demonym && (best < 0 || mm.To > m.doc.Mentions[best].To) {
			best = k
		}
	}
	return best
}

// textBefore returns the noun phrase or the clause with "-ing" that ends before
// token end.
func (m *matcher) textBefore(sent, end int) (string, bool) {
	t := m.ev.Trees[sent]
	a := end - 1
	if !t.IsNoun(a) {
		return "", false
	}
	for steps := 0; steps < 8 && t.XPOS(a) != "VBG"; steps++ {
		h := t.Head(a)
		if h == sentence.Root || h >= end || !t.IsNoun(h) && t.XPOS(h) != "VBG" || t.Kid(h, "aux") >= 0 {
			break
		}
		a = h
	}
	from, _ := t.Span(a, func(k int) bool {
		return k > end || t.Base(k) == "case" && t.Head(k) == a || t.Base(k) == "mark" || t.Base(k) == "punct"
	})
	if from >= end {
		return "", false
	}
	return m.words(sent, from, end), true
}

// topicNouns name before "plan" or "proposal" what it is about.
var topicNouns = strings.Fields("ceasefire cease-fire truce armistice peace settlement withdrawal disarmament autonomy reconciliation power-sharing demobilisation")

// topics drafts what a proposal is about from the noun before it: "a ceasefire
// proposal".
func (m *matcher) topics() {
	for i := range m.ev.Mentions {
		em := &m.ev.Mentions[i]
		t := m.ev.Trees[em.Sentence]
		if em.Type != graph.Proposal || em.Verb || em.Created || em.Name != "" || em.Tok < 1 || !slices.Contains(topicNouns, t.Lemma(em.Tok-1)) {
			continue
		}
		from := em.Tok - 1
		for from-1 >= em.From && (t.Form(from-1) == "-" || t.Form(from) == "-" || t.UPOS(from-1) == "ADJ" && strings.Contains(t.Form(from-1), "-")) {
			from--
		}
		if from-1 >= em.From && t.Form(from-1) == "term" && from-3 >= em.From {
			from -= 3 // "long-term"
		}
		text := m.words(em.Sentence, from, em.Tok)
		d := draft{predicate: graph.Concerns, sent: em.Sentence, tok: em.Tok, via: -1, rule: "concerning/" + t.Lemma(em.Tok) + ".modifier", fixed: 0.8}
		d.subject = filler{entity: -1, event: em.Event, surface: m.words(em.Sentence, em.From, em.To), tok: em.Tok, parent: -1}
		d.object = filler{entity: -1, event: -1, text: text, surface: text, tok: em.Tok - 1, parent: -1}
		m.claims = append(m.claims, d)
	}
}
