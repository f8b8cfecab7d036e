package events

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// What frames ask of the events of an article.

// NounYears returns the years that stand with a noun or name of event e: "the 1993
// accord", "the accord of 1993", "the accord (1993)".
func (d *Doc) NounYears(e int) []string {
	var out []string
	for _, k := range d.Events[e].Mentions {
		m := &d.Mentions[k]
		t := d.Trees[m.Sentence]
		if m.Verb {
			continue
		}
		for _, i := range []int{m.From - 1, m.To, m.To + 1} {
			if i < 0 || i >= t.Len() || i == m.To+1 && t.Form(m.To) != "of" && t.Form(m.To) != "(" {
				continue
			}
			if f := t.Form(i); len(f) == len("2005") && strings.Trim(f, "0123456789") == "" && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// Salient returns the event of one of the given types that the text last spoke
// of before token tok of sentence sent, or the first one after, or -1. Events
// that are denied or yet to come, ceremonies and asides are passed over.
func (d *Doc) Salient(sent, tok int, types ...graph.Type) int {
	best := -1
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Event < 0 || !slices.Contains(types, m.Type) || d.Events[m.Event].Ceremony || d.Events[m.Event].Aside != 0 || !d.hasFact(m.Event) {
			continue
		}
		if best >= 0 && m.Sentence < sent && (slices.ContainsFunc(m.keys, isBackward) || !m.definite && slices.Contains(m.keys, "first") || d.isRelative(m) && m.Event != best) {
			continue // "an earlier meeting", "after a first round in Entebbe", "Norway, which hosted talks with others" are background
		}
		if m.Sentence > sent || m.Sentence == sent && m.Tok > tok {
			if best >= 0 {
				break
			}
			return m.Event
		}
		best = m.Event
	}
	return best
}

// isRelative reports whether m is a noun in a relative clause.
func (d *Doc) isRelative(m *Mention) bool {
	t := d.Trees[m.Sentence]
	for i := m.Tok; !m.Verb && i != sentence.Root; i = t.Head(i) {
		if t.Rel(i) == "acl:relcl" {
			return true
		}
	}
	return false
}

func (d *Doc) hasFact(e int) bool {
	for _, k := range d.Events[e].Mentions {
		if d.Mentions[k].Stance.IsFact() {
			return true
		}
	}
	return false
}

// Create adds an event of type t that the noun phrase around token tok makes,
// described by text, and returns its index. Asked again for the same token it
// returns the same event.
func (d *Doc) Create(sent, tok int, t graph.Type, text string) int {
	if k := d.At(sent, tok); k >= 0 {
		return d.Mentions[k].Event
	}
	e := len(d.Events)
	d.Events = append(d.Events, Event{Type: t, Head: d.Trees[sent].Lemma(tok), Text: clip(text, 80), PartOf: -1, LedTo: -1, Mentions: []int{len(d.Mentions)}})
	m := Mention{Sentence: sent, Tok: tok, From: tok, To: tok + 1, Type: t, Event: e, Head: d.Events[e].Head, kind: generic, inner: -1, Created: true}
	m.From, m.To = d.Trees[sent].Span(tok, func(k int) bool { return d.Trees[sent].Base(k) == "punct" })
	d.add(m)
	return e
}

// Imply adds the talks that led to the agreement e, for an article that has no
// word for them, and returns their index. They are spoken of where e is, first in
// sentence sent.
func (d *Doc) Imply(e, sent int) int {
	talks := len(d.Events)
	d.Events = append(d.Events, Event{Type: graph.Talks, Head: "talk", PartOf: -1, LedTo: e, Mentions: []int{len(d.Mentions)}})
	m := d.Mentions[d.Events[e].Mentions[0]]
	for _, k := range d.Events[e].Mentions {
		if d.Mentions[k].Sentence == sent {
			m = d.Mentions[k]
			break
		}
	}
	m.Type, m.Event, m.Name, m.Created = graph.Talks, talks, "", true
	d.Mentions = append(d.Mentions, m) // not at its token, which speaks of e
	return talks
}

// Main returns the event of type t that the article speaks of most, the first of
// equals, or -1. Events that are denied or yet to come, ceremonies and asides are passed over.
func (d *Doc) Main(t graph.Type) int {
	best := -1
	for e := range d.Events {
		if d.Events[e].Type != t || d.Events[e].Ceremony || d.Events[e].Aside != 0 || !d.hasFact(e) {
			continue
		}
		if best < 0 || len(d.Events[e].Mentions) > len(d.Events[best].Mentions) {
			best = e
		}
	}
	return best
}

// Inner returns the head of what event e is a round or series of: "talk" for "a
// round of talks", or "".
func (d *Doc) Inner(e int) string {
	for _, k := range d.Events[e].Mentions {
		if m := &d.Mentions[k]; m.kind == support && m.Head != d.Events[e].Head {
			return m.Head
		}
	}
	return ""
}

// PartialDate returns the words that say on which day event e was made, without
// its year, or "".
func (d *Doc) PartialDate(e int) string {
	for _, k := range d.Events[e].Mentions {
		m := &d.Mentions[k]
		t := d.Trees[m.Sentence]
		for _, g := range t.Kids(m.Tok) {
			switch t.Lemma(g) {
			case "sign", "agree", "reach", "conclude", "initial", "strike":
			default:
				continue
			}
			for _, w := range t.Kids(g) {
				if i := d.DateAt(m.Sentence, w); i >= 0 && d.Dates[i].Partial && !strings.Contains(d.Dates[i].When.Text, "day") {
					return d.Dates[i].When.Text
				}
			}
		}
	}
	return ""
}

// IsProcess reports whether a word for event e names talks as a whole: "talks",
// "negotiations", "conference", and not one sitting.
func (d *Doc) IsProcess(e int) bool {
	return slices.ContainsFunc(d.Events[e].Mentions, func(k int) bool {
		m := &d.Mentions[k]
		return m.kind == process || m.kind == support || m.Head == "conference" || m.Head == "summit" || m.Head == "congress"
	})
}

// Early reports whether the article speaks of event e by a noun before sentence limit.
func (d *Doc) Early(e, limit int) bool {
	return slices.ContainsFunc(d.Events[e].Mentions, func(k int) bool { return d.Mentions[k].Sentence <= limit && !d.Mentions[k].Verb })
}
