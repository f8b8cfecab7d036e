package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// underClause returns the clause that the trigger noun introduces: "Under the
// accord, both sides will withdraw".
func (m *matcher) underClause(s *site) []grammar.Arg {
	h := s.t.Head(s.tok)
	if s.t.Case(s.tok) != "under" || h < 0 || !s.t.IsVerb(h) || s.t.Base(s.tok) != "obl" {
		return nil
	}
	return []grammar.Arg{{Func: "underclause", Tok: h, Path: "under", Steps: 1, Score: 1}}
}

// textOf returns the words under a as a literal.
func (m *matcher) textOf(s *site, a grammar.Arg) (filler, bool) {
	if a.Func == "underclause" {
		return m.clauseBeside(s, a.Tok)
	}
	from, to := s.t.Span(a.Tok, func(k int) bool {
		switch s.t.Base(k) {
		case "parataxis", "cc", "conj":
			return s.t.Base(k) != "conj" || s.t.Head(k) == a.Tok
		case "punct":
			return true
		case "case":
			return s.t.Head(k) == a.Tok
		case "advcl": // "that the number be raised, offering assurances"
			return k > a.Tok && s.t.XPOS(k) == "VBG" && s.t.Form(k-1) == ","
		}
		return false
	})
	if _, place := m.ev.PlaceAt(s.sent, a.Tok); a.Func == "on" && (place || slices.Contains(notTopics, s.t.Lemma(a.Tok))) {
		return filler{}, false // "on the South Lawn"
	}
	if s.t.UPOS(a.Tok) == "PRON" || from >= to || m.ev.DateAt(s.sent, a.Tok) >= 0 {
		return filler{}, false
	}
	if s.block.frame.name == "demanding" && a.Func != "for" && s.t.Lemma(s.tok) != "demand" && s.block.class == "verb" && len(m.actors(s.sent, a.Tok, "actor")) > 0 {
		return filler{}, false // who is asked is not what is asked for
	}
	from, to = m.beforeImprint(s.sent, from, to)
	if f := s.t.Form(min(from+1, s.t.Len()-1)); s.block.frame.name == "demanding" && s.t.Form(from) == "a" && (f == "demand" || f == "condition") {
		return filler{}, false // it says what the words before it are
	}
	if o := s.t.Kid(s.tok, "obj"); s.block.frame.name == "demanding" && o >= 0 && o < a.Tok && s.t.Mark(a.Tok) == "to" {
		if f, e := s.t.Span(o, nil); e == from {
			from = f // "ordered the judge to go": the demand has whom it is made of
		}
	}
	if f := s.t.Form(from); from > 0 && (f == "or" || f == "and") && s.t.UPOS(from-1) == "NUM" {
		from-- // "11 or more prisoners"
	}
	text := m.words(s.sent, from, to)
	return filler{entity: -1, event: -1, text: text, surface: text, tok: a.Tok, parent: -1}, true
}

// nested returns the places that the parser hung on a noun of the clause and not
// on the trigger itself: "signed a memorandum of understanding in the capital".
// States are left out, as a noun's own "in" says what it is about.
func (m *matcher) nested(s *site, have []filler) []filler {
	t := s.t
	var out []filler
	var walk func(i, depth int)
	walk = func(i, depth int) {
		for _, k := range t.Kids(i) {
			switch t.Base(k) {
			case "obj", "obl", "nmod":
			default:
				continue
			}
			if t.Rel(k) == "nmod:poss" || t.Rel(k) == "obl:agent" {
				continue
			}
			c := t.Case(k)
			if depth > 0 && s.block.frame.name == "agreeing" && m.ev.At(s.sent, i) >= 0 && c != "at" && !m.isScenic(s.sent, i, k) {
				continue // "agreed to a ceasefire in Hodeidah": where it holds, not where it was made
			}
			if depth > 0 && t.Base(k) == "nmod" && (c == "in" || c == "at" || c == "inside" || c == "on") {
				p, ok := m.ev.PlaceAt(s.sent, k)
				if ok && p.Type == graph.Place && !m.within(s.sent, k, i) {
					a := grammar.Arg{Func: c, Tok: k, Path: "nested(" + c + ")", Steps: 2 + depth, Score: 1}
					for _, x := range m.places(s, a) {
						x.fn, x.path, x.steps, x.score, x.prior = c, a.Path, a.Steps, 0.9, 0.8
						out = append(out, x)
					}
					continue
				}
			}
			if m.ev.At(s.sent, k) >= 0 && depth > 0 && t.Lemma(k) != "understanding" && s.block.class == "verb" && t.Base(k) == "obl" {
				continue
			}
			if k := m.doc.At(s.sent, k); k >= 0 && m.doc.Mentions[k].Kind == coref.Name && m.doc.Mentions[k].Type != graph.Place && depth == 0 {
				if t.Base(m.doc.Mentions[k].Head) == "obj" {
					continue
				}
			}
			if depth < 3 {
				walk(k, depth+1)
			}
		}
	}
	walk(s.tok, 0)
	return append(out, m.here(s)...)
}

// isScenic reports whether the place at token k behind agreement noun i says where it
// was made, since a time stands behind it: "struck a deal in Djibouti on 12 August".
// Of a ceasefire it may still say where it holds.
func (m *matcher) isScenic(sent, i, k int) bool {
	t := m.ev.Trees[sent]
	switch t.Lemma(i) {
	case "ceasefire", "cease-fire", "truce", "armistice", "settlement":
		return false
	}
	_, to := t.Span(k, func(j int) bool { return j > k && (t.Base(j) == "nmod" || t.Base(j) == "punct") })
	if to < t.Len() && (t.Form(to) == "on" || t.Form(to) == "in" || t.Form(to) == "late" || t.Form(to) == "early") {
		to++
	}
	return to < t.Len() && t.Case(k) == "in" && m.ev.DateAt(sent, to) >= 0
}

// here returns the place of the dateline if the trigger's clause says "here".
func (m *matcher) here(s *site) []filler {
	for _, k := range s.t.Kids(s.tok) {
		if s.t.Base(k) != "advmod" || s.t.Form(k) != "here" {
			continue
		}
		if p, ok := m.ev.Dateline(); ok {
			mm := &m.doc.Mentions[p.Mention]
			return []filler{{entity: p.Entity, event: -1, tok: k, surface: m.form(s.sent, k), link: m.link("context", mm.Sentence, mm.From, mm.To),
				mention: mm, parent: -1, fn: "here", path: "advmod(here)", steps: 1, score: 1, prior: 0.85}}
		}
	}
	return nil
}

// within reports whether the mention around token outer covers token k as well:
// "the Congress in Tripoli" is a name.
func (m *matcher) within(sent, k, outer int) bool {
	j := m.doc.At(sent, outer)
	if j < 0 {
		return false
	}
	mm := &m.doc.Mentions[j]
	return mm.From <= k && k < mm.To && mm.Type != graph.Place
}

// clauseBeside returns the words of the clause of verb that stand before or behind
// the trigger's phrase, whichever the verb is among.
func (m *matcher) clauseBeside(s *site, verb int) (filler, bool) {
	from, to := s.t.Span(verb, func(k int) bool { return s.t.Base(k) == "parataxis" })
	start, end := s.t.Span(s.tok, nil)
	if s.tok < verb {
		from = end
	} else {
		to = start
	}
	for from < to && s.t.Base(from) == "punct" {
		from++
	}
	for from < to && s.t.Base(to-1) == "punct" {
		to--
	}
	if from >= to || verb < from || verb >= to {
		return filler{}, false
	}
	text := m.words(s.sent, from, to)
	return filler{entity: -1, event: -1, text: text, surface: text, tok: verb, parent: -1}, true
}

// notTopics are nouns that say where, when or how behind "on", not about what.
var notTopics = []string{"step", "lawn", "eve", "sideline", "ground", "condition", "behalf", "basis", "side", "occasion", "board",
	"day", "morning", "evening", "night", "afternoon", "schedule", "agenda", "hold", "track", "deck", "stage", "camera"}

func (m *matcher) places(s *site, a grammar.Arg) []filler {
	p, ok := m.ev.PlaceAt(s.sent, a.Tok)
	if !ok {
		return nil
	}
	if p.Type == graph.State && (a.Func == grammar.Modifier || a.Func == "on") {
		return nil
	}
	k := &m.doc.Mentions[p.Mention]
	out := []filler{{entity: p.Entity, event: -1, tok: a.Tok, surface: m.words(s.sent, k.From, k.To), link: k.Link, mention: k, parent: -1}}
	return out
}

// times returns the time expressions that belong to the trigger.
func (m *matcher) times(s *site, src source) []filler {
	if src.fn == "aftertime" || src.fn == "attime" {
		return m.afterTimes(s, src)
	}
	if src.fn == "nexttime" {
		return m.nextTimes(s, src)
	}
	if src.fn == "until" {
		return m.untilTimes(s, src)
	}
	if src.fn != "time" {
		return nil
	}
	var out []filler
	seen := map[int]bool{}
	look := func(tok int, path string) {
		w := m.ev.DateAt(s.sent, tok)
		if w < 0 || seen[w] {
			return
		}
		seen[w] = true
		e := &m.ev.Dates[w]
		if (e.When.Start != "" || src.partial && e.Partial) && len(out) == 0 {
			when := e.When
			out = append(out, filler{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: tok, path: path, fn: "time", steps: 1, score: 1, prior: src.prior, parent: -1})
		}
	}
	for w := range m.ev.Dates { // "Israel and the PLO on Monday signed": parsers hang it on the subject
		if e := &m.ev.Dates[w]; e.Sentence == s.sent && s.block.class == "verb" && (e.To == s.tok || e.To == s.tok-1 && s.t.Base(s.tok-1) == "aux") {
			look(e.From, "before")
		}
	}
	if h := s.t.Head(s.tok); h >= 0 && s.block.class == "verb" && s.t.Kid(h, "cop") >= 0 {
		look(h, "cleft") // "it was on the 16th of June that the elders met"
	}
	for _, k := range s.t.Kids(s.tok) {
		switch s.t.Base(k) {
		case "obl", "nmod", "advmod", "compound", "amod", "nummod", "obj":
			look(k, s.t.Rel(k))
			if slices.Contains(periods, s.t.Lemma(k)) {
				for _, g := range s.t.Kids(k) {
					look(g, s.t.Rel(k)+"/"+s.t.Rel(g))
				}
			}
		}
	}
	for _, k := range s.t.Kids(s.tok) {
		if b := s.t.Base(k); b == "obj" || s.t.Rel(k) == "nsubj:pass" || b == "obl" {
			for _, g := range s.t.Kids(k) {
				if s.t.Base(g) == "nmod" {
					look(g, s.t.Rel(k)+"/"+s.t.Rel(g))
				}
			}
		}
	}
	return append(out, m.pairedTimes(s, src, seen)...)
}

// periods are nouns that stand before the time they are a part of: "the autumn of 1868".
var periods = strings.Fields("spring summer autumn fall winter middle beginning end course night evening morning afternoon")

// pairedTimes returns the times that go with further places of talks: that of Havana
// in "rounds were held in Oslo in May and in Havana in June".
func (m *matcher) pairedTimes(s *site, src source, seen map[int]bool) []filler {
	if s.block.frame.name != "holding" || len(seen) == 0 {
		return nil
	}
	var out []filler
	for _, k := range s.t.Kids(s.tok) {
		further := s.t.Conjuncts(k)
		if s.t.Base(k) != "conj" { // parsers hang "and in Havana" on the verb as well
			further = slices.DeleteFunc(slices.Clone(further), func(c int) bool { return c == k })
		}
		for _, c := range further {
			w := m.timeAt(s, c+1)
			if _, ok := m.ev.PlaceAt(s.sent, c); !ok || w < 0 || seen[w] {
				continue
			}
			seen[w] = true
			when := m.ev.Dates[w].When
			out = append(out, filler{entity: -1, event: -1, when: &when, text: when.Start, surface: when.Text, tok: c, path: "paired", fn: "time", steps: 2, score: 1, prior: src.prior, parent: -1})
		}
	}
	return out
}

// timeAt returns the known time that stands at token i, or behind a preposition there,
// or -1.
func (m *matcher) timeAt(s *site, i int) int {
	if i < s.t.Len() && (s.t.Form(i) == "in" || s.t.Form(i) == "on") {
		i++
	}
	w := m.ev.DateAt(s.sent, i)
	if w < 0 || m.ev.Dates[w].When.Start == "" {
		return -1
	}
	return w
}

// afterTimes returns the time of the clause that the trigger noun hangs on by
// "after" or as what it ends: talks after which somebody signs on a day end then.
func (m *matcher) afterTimes(s *site, src source) []filler {
	t, i := s.t, s.tok
	for t.Base(i) == "nmod" && t.Case(i) == "of" && t.Head(i) != sentence.Root {
		i = t.Head(i) // "12 hours of talks"
	}
	h := t.Head(i)
	if h < 0 || !t.IsVerb(h) {
		return nil
	}
	if first := t.First(i); first > 0 && t.Form(first-1) == "," && t.Base(h) == "advcl" && t.Mark(h) == "to" && t.Head(h) >= 0 {
		h = t.Head(h) // "agreed on Monday to a truce, to begin at noon, after days of talks"
	}
	switch {
	case src.fn == "attime" && t.Base(i) == "obl" && (t.Case(i) == "at" || t.Case(i) == "during"):
	case src.fn == "aftertime" && t.Base(i) == "obl" && slices.Contains([]string{"after", "following"}, t.Case(i)):
	case src.fn == "aftertime" && t.Base(i) == "obj" && (t.Lemma(h) == "end" || t.Lemma(h) == "conclude" || t.Lemma(h) == "cap") && t.Base(h) == "advcl" && t.Head(h) >= 0:
		h = t.Head(h)
	default:
		return nil
	}
	verb := *s.block
	verb.class = "verb"
	return m.times(&site{t: t, sent: s.sent, tok: h, block: &verb}, source{fn: "time", prior: src.prior})
}
