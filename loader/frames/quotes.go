package frames

import (
	"strings"

	"parley/loader/grammar"
	"parley/loader/stance"
)

// quotations attributes what stands in a quotation that goes on over several
// sentences, or is taken up again behind "he said", to the speaker that one of them
// names.
func (m *matcher) quotations() {
	speaker := -1
	open := false
	for sent := range m.doc.Sentences {
		t := m.ev.Trees[sent]
		inside := open
		var own int
		own, open = m.quoted(t, sent, open)
		whole := inside || startsQuoted(t)
		switch {
		case own >= 0:
			speaker = own
		case !whole:
			speaker = -1
		case speaker >= 0:
			m.attribute(sent, speaker)
		}
	}
}

// attribute gives the claims of sentence sent that have no speaker the given one.
func (m *matcher) attribute(sent, speaker int) {
	for i := range m.claims {
		if d := &m.claims[i]; d.sent == sent && len(d.speakers) == 0 && d.fixed == 0 {
			d.speakers = []int{speaker}
		}
	}
}

// quoted returns who is said to speak the words between quotation marks in t, or -1,
// and whether the quotation is still open at the end. open says whether it was at
// the beginning.
func (m *matcher) quoted(t *grammar.Tree, sent int, open bool) (speaker int, after bool) {
	speaker = -1
	marks := open
	for i := range t.Len() {
		switch t.S.Tokens[i].Form {
		case "“", "``":
			open, marks = true, true
		case "”", "''":
			open, marks = false, true
		case "\"":
			open, marks = !open, true
		}
		if open || speaker >= 0 || !t.IsVerb(i) || !stance.IsSpeech(t.Lemma(i)) {
			continue
		}
		for _, a := range t.Args(i) {
			if a.Func != grammar.Subject {
				continue
			}
			if xs := m.actors(sent, a.Tok, "actor"); len(xs) > 0 {
				speaker = xs[0].entity
			}
		}
	}
	if !marks {
		speaker = -1
	}
	return speaker, open
}

// startsQuoted reports whether the sentence begins with a quotation mark.
func startsQuoted(t *grammar.Tree) bool {
	return t.Len() > 0 && strings.ContainsAny(t.S.Tokens[0].Form, "\"“`")
}
