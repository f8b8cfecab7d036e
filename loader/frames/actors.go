package frames

import (
	"slices"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
)

// supportNouns stand for those they are followed by: "members of the council".
var supportNouns = []string{"member", "leader", "representative", "delegate", "delegation", "team", "side", "official",
	"negotiator", "envoy", "minister", "government", "leadership", "officials", "wing", "group", "president", "party", "commander",
	"lawmaker", "faction", "signatory", "ambassador", "one", "some", "most", "all", "both", "each", "number", "mediator"}

// arms are what states fight with; what they do their state does.
var arms = []string{"aircraft", "plane", "warplane", "jet", "helicopter", "tank", "gunship", "artillery", "navy", "warship", "ship",
	"missile", "drone", "gunboat", "submarine", "bomber", "fighter"}

// actors returns the things that the phrase headed by tok stands for.
func (m *matcher) actors(sent, tok int, typ roleType) []filler {
	t := m.ev.Trees[sent]
	k := m.doc.At(sent, tok)
	if p := m.titled(sent, tok); p >= 0 {
		k, tok = p, m.doc.Mentions[p].Head
	}
	if k < 0 {
		if c := m.doc.Covering(sent, tok); c >= 0 && m.doc.Mentions[c].Kind == coref.Name && m.doc.Mentions[c].To-m.doc.Mentions[c].From > 1 && m.ev.At(sent, tok) < 0 {
			k = c
		}
	}
	if k < 0 || m.doc.Mentions[k].Kind == coref.Nominal {
		if xs := m.listed(sent, tok, k, typ); len(xs) > 0 {
			return xs
		}
	}
	if k >= 0 && m.doc.Mentions[k].Entity >= 0 {
		return m.mentioned(sent, tok, k, typ)
	}
	if k < 0 && t.UPOS(tok) == "PROPN" {
		for _, kid := range t.Kids(tok) { // "al" of "al-Nur", where the name found is "Nur"
			if j := m.doc.At(sent, kid); t.Base(kid) == "flat" && j >= 0 && m.doc.Mentions[j].Entity >= 0 {
				return m.mentioned(sent, tok, j, typ)
			}
		}
	}
	if k < 0 && slices.Contains(arms, t.Lemma(tok)) {
		for _, kid := range t.Kids(tok) {
			if j := m.doc.At(sent, kid); j >= 0 && kid < tok && m.doc.Mentions[j].Kind == coref.Demonym && m.doc.Mentions[j].Entity >= 0 {
				xs := m.mentioned(sent, tok, j, typ)
				for i := range xs {
					xs[i].surface = m.words(sent, kid, tok+1)
				}
				return xs
			}
		}
	}
	switch t.Form(tok) {
	case "those", "one", "ones", "some", "man", "men", "woman", "person", "people", "first", "second", "last", "latest":
		if h := t.Head(tok); t.Base(tok) == "nsubj" && h >= 0 && t.Kid(h, "cop") >= 0 {
			return m.actors(sent, h, typ) // "the man who brought them together was X"
		}
		if n := t.Kid(tok, "nsubj"); n >= 0 { // "X was among those who signed"
			var out []filler
			for _, c := range t.Conjuncts(n) {
				if c != tok {
					out = append(out, m.actors(sent, c, typ)...)
				}
			}
			return out
		}
	}
	if a := t.Kid(tok, "acl"); k < 0 && a > tok && t.XPOS(a) == "VBG" && slices.Contains(messages, t.Lemma(tok)) {
		return m.authors(sent, tok, typ)
	}
	if !slices.Contains(supportNouns, t.Lemma(tok)) {
		return nil
	}
	for _, a := range t.Args(tok) {
		if a.Func != "of" && a.Func != "from" && a.Func != grammar.Possessor {
			continue
		}
		var out []filler
		for _, x := range m.actors(sent, a.Tok, typ) {
			x.score *= 0.8
			x.tok = tok
			out = append(out, x)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// messages are nouns for what somebody says; in "a statement rejecting the plan"
// its authors reject it.
var messages = []string{"statement", "declaration", "letter", "communique", "communiqué", "message", "note", "report", "petition",
	"resolution", "appeal", "telegram", "manifesto", "release", "editorial", "leaflet"}

// issuing are verbs whose subject is the author of the message that is their object.
var issuing = []string{"issue", "release", "publish", "adopt", "circulate", "deliver"}

// authors returns who wrote or issued the message tok.
func (m *matcher) authors(sent, tok int, typ roleType) []filler {
	t := m.ev.Trees[sent]
	args := slices.Clone(t.Args(tok))
	if h := t.Head(tok); h >= 0 && slices.Contains(issuing, t.Lemma(h)) && (t.Base(tok) == "obj" || t.Base(tok) == "obl" && t.Case(tok) == "in") {
		for _, a := range t.Args(h) {
			if a.Func == grammar.Subject && a.Tok != tok {
				a.Func = "by"
				args = append(args, a)
			}
		}
	}
	var out []filler
	for _, a := range args {
		if a.Func != "by" && a.Func != "from" && a.Func != grammar.Possessor || slices.Contains(messages, t.Lemma(a.Tok)) {
			continue
		}
		for _, x := range m.actors(sent, a.Tok, typ) {
			x.score *= 0.8
			out = append(out, x)
		}
	}
	return out
}

// titled returns the person in whose title token tok stands though the parser took it
// for one more member of the list: "Roe and Haida Nation president Ann Ray". It is
// -1 if there is none.
func (m *matcher) titled(sent, tok int) int {
	if m.ev.Trees[sent].Base(tok) != "conj" {
		return -1
	}
	end := tok + 1
	if k := m.doc.At(sent, tok); k >= 0 {
		end = m.doc.Mentions[k].To
	}
	for h := tok + 1; h < tok+6 && h < m.ev.Trees[sent].Len(); h++ {
		k := m.doc.At(sent, h)
		if k < 0 {
			continue
		}
		mm := &m.doc.Mentions[k]
		if mm.Type == graph.Person && mm.Kind == coref.Name && mm.From < end && mm.Entity >= 0 {
			return k
		}
	}
	return -1
}

// listed returns the names that a description is spelt out into: "two
// co-chairmen: A and B", "two civil society figures, A and B". A description that
// has been resolved to a thing of its own is left alone.
func (m *matcher) listed(sent, tok, k int, typ roleType) []filler {
	if k >= 0 && m.doc.Mentions[k].Entity >= 0 {
		e := &m.doc.Entities[m.doc.Mentions[k].Entity]
		if e.Thing.Type != graph.Group || len(e.Members) > 0 {
			return nil
		}
	}
	t := m.ev.Trees[sent]
	var out []filler
	var walk func(i, depth int)
	walk = func(i, depth int) {
		if j := m.doc.At(sent, i); j >= 0 && m.doc.Mentions[j].Entity >= 0 {
			for _, x := range m.mentioned(sent, i, j, typ) {
				known := slices.ContainsFunc(out, func(y filler) bool { return y.entity == x.entity })
				if of := m.typeOf(x); !known && of != graph.Group && (len(out) == 0 || of == m.typeOf(out[0])) {
					out = append(out, x)
				}
			}
		}
		for _, k := range t.Kids(i) {
			if b := t.Base(k); depth < 4 && (b == "conj" || b == "appos" || b == "flat") {
				walk(k, depth+1)
			}
		}
	}
	for _, kid := range t.Kids(tok) {
		switch {
		case t.Base(kid) == "appos" && kid > tok:
			walk(kid, 0)
		case t.Base(kid) == "nmod" && t.Case(kid) == "of" && t.XPOS(tok) == "NNS" && t.XPOS(kid) == "NNS" && slices.Contains(chiefs, t.Lemma(tok)):
			for _, k := range t.Kids(kid) { // "the premiers of the two provinces, A and B"
				if j := m.doc.At(sent, k); t.Base(k) == "appos" && j >= 0 && m.doc.Mentions[j].Type == graph.Person {
					walk(k, 0)
				}
			}
		}
	}
	return out
}

// chiefs are nouns for people who each stand at the head of something.
var chiefs = []string{"premier", "president", "leader", "governor", "minister", "mayor", "chief", "head", "chairman", "king", "ruler",
	"secretary", "ambassador", "envoy", "commander"}

// mentioned returns what mention k stands for: its entity, or each of its members.
func (m *matcher) mentioned(sent, tok, k int, typ roleType) []filler {
	mm := &m.doc.Mentions[k]
	e := &m.doc.Entities[mm.Entity]
	surface := m.words(sent, mm.From, mm.To)
	if len(e.Members) > 0 {
		var out []filler
		for _, j := range e.Members {
			x := filler{entity: j, event: -1, tok: tok, surface: surface, link: m.nameLink(j, "group"), mention: mm, parent: -1}
			if fits(m.doc.Entities[j].Thing.Type, typ) {
				out = append(out, x)
			}
		}
		return out
	}
	if !fits(e.Thing.Type, typ) {
		return nil
	}
	return []filler{{entity: mm.Entity, event: -1, tok: tok, surface: surface, link: mm.Link, mention: mm, parent: -1}}
}

// fits reports whether a thing of type t may fill a role of type typ.
func fits(t graph.Type, typ roleType) bool {
	switch typ {
	case "person":
		return t == graph.Person
	case "body":
		return t == graph.Organisation || t == graph.State || t == graph.Group || t == graph.Person
	}
	return t.IsActor()
}

// nameLink returns the link from other words to those that first name entity j.
func (m *matcher) nameLink(j int, kind string) *graph.Link {
	for _, k := range m.doc.Entities[j].Mentions {
		mm := &m.doc.Mentions[k]
		if mm.Link == nil {
			return m.link(kind, mm.Sentence, mm.From, mm.To)
		}
	}
	if ms := m.doc.Entities[j].Mentions; len(ms) > 0 {
		mm := &m.doc.Mentions[ms[0]]
		return m.link(kind, mm.Sentence, mm.From, mm.To)
	}
	return nil
}

// contextLink returns the link from other words to the first that speak of event e.
func (m *matcher) contextLink(e int, kind string) *graph.Link {
	mentions := m.ev.Events[e].Mentions
	if len(mentions) == 0 {
		return nil
	}
	em := &m.ev.Mentions[mentions[0]]
	if em.Verb {
		return m.link(kind, em.Sentence, em.Tok, em.Tok+1)
	}
	return m.link(kind, em.Sentence, em.From, em.To)
}

func (m *matcher) link(kind string, sent, from, to int) *graph.Link {
	toks := m.doc.Sentences[sent].Tokens
	text := m.doc.Article.Text
	start, end := toks[from].Start, toks[to-1].End
	n := utf8.RuneCountInString(text[:start])
	return &graph.Link{Kind: kind, Text: text[start:end], Start: n, End: n + utf8.RuneCountInString(text[start:end])}
}
