package coref

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// nominalMention returns the mention whose head is the common noun t.
func (r *resolver) nominalMention(v *view, t int) (Mention, detail, bool) {
	var d detail
	if v.isFormer(t) {
		d.noun, d.definite = v.lower(t), true
		return Mention{From: t - 1, To: t + 1, Head: t, Kind: Nominal, Type: graph.Group}, d, true
	}
	if m, ok := v.standIn(t); ok {
		d.noun, d.definite = v.lower(t), m.Head == m.From
		return m, d, true
	}
	typ, ok := nominalType(v, t)
	if v.hyphenLeft(t+2) == t {
		return Mention{}, d, false // the first half of "director-general"
	}
	if t+1 < len(v.Tokens) && v.head[t] == t+1 && v.name[t+1] < 0 && isPostToken(v, t+1) && !sidesWith[v.lower(t)] {
		return Mention{}, d, false // "deputy" in "deputy foreign minister"
	}
	if rebels[v.lower(t)] && !v.isPlural(t) && t+1 < len(v.Tokens) && v.name[t+1] >= 0 && v.Entities[v.name[t+1]].Type == sentence.Organisation {
		return Mention{}, d, false // "the rebel National Resistance"
	}
	if !ok || v.rel(t) == "compound" && !sidesWith[v.lower(t)] || v.rel(t) == "flat" || v.rel(t) == "goeswith" || v.rel(t) == "fixed" {
		return Mention{}, d, false
	}
	m := v.nominalSpan(t, typ, &d)
	d.noun = v.lemma(t)
	if v.isOppositeNumber(t) {
		d.noun = "counterpart"
	}
	if m.Plural && m.Type == graph.Person {
		m.Type = graph.Group
	}
	return m, d, true
}

// nominalSpan returns the mention of the noun phrase headed by t, from its first
// modifier to the "of" phrase behind it, and notes in d what its modifiers say.
func (v *view) nominalSpan(t int, typ graph.Type, d *detail) Mention {
	tok := &v.Tokens[t]
	m := Mention{Head: t, Kind: Nominal, Type: typ, Plural: v.isPlural(t) || tok.UPOS == "NUM" || tok.UPOS == "DET"}
	m.From, m.To = t, t+1
	for _, k := range v.kids[t] {
		if k > t || v.name[k] >= 0 && v.rel(k) == "appos" {
			continue
		}
		switch v.rel(k) {
		case "det", "amod", "compound", "nummod", "nmod", "advmod", "flat":
			if v.rel(k) == "nmod" && v.fullRel(k) == "nmod" || v.rel(k) == "advmod" && v.child(t, "nummod") < 0 {
				continue
			}
			m.From = min(m.From, v.first[k])
			d.observe(v, k)
			if v.hyphenLeft(t) == k { // the article of "secretary-general" may hang on "secretary"
				for _, l := range v.kids[k] {
					d.observe(v, l)
				}
			}
		}
	}
	for _, k := range v.kids[t] {
		if k > t && v.rel(k) == "nmod" && v.preposition(k) == "of" && v.first[k] == m.To {
			m.To = v.last[k]
			m.To = cutClause(v, k, m.To)
			if m.Plural {
				m.To = max(m.To, cutTopic(v, k))
			}
			break
		}
	}
	if timeWord(v.lower(m.From-1)) && v.lower(m.From-2) == "," {
		m.From--
	}
	for m.From < t && v.lower(m.From) != "both" && !timeWord(v.lower(m.From)) && (v.Tokens[m.From].UPOS == "PUNCT" || v.Tokens[m.From].UPOS == "CCONJ" || v.Tokens[m.From].UPOS == "ADP") {
		m.From++
	}
	for m.To > t+1 && (v.Tokens[m.To-1].UPOS == "PUNCT" || v.Tokens[m.To-1].UPOS == "CCONJ" || v.Tokens[m.To-1].UPOS == "ADP") {
		m.To--
	}
	for l := v.hyphenLeft(m.From); l >= 0; l = v.hyphenLeft(m.From) {
		m.From = l
	}
	if n := v.name[m.From]; n >= 0 && v.Entities[n].From < m.From {
		m.From = v.Entities[n].From // the tree split "Bank of England" before "official"
		for m.From > 0 && v.name[m.From-1] < 0 && (v.Tokens[m.From-1].UPOS == "DET" || v.Tokens[m.From-1].UPOS == "ADJ") {
			m.From--
			d.observe(v, m.From)
		}
	}
	return m
}

// sidesWith holds nouns that say, before another noun, whose it is: "government
// delegation", "rebel negotiators".
var sidesWith = map[string]bool{"army": true, "police": true, "military": true, "navy": true, "government": true, "rebel": true, "guerrilla": true, "insurgent": true, "union": true, "company": true, "party": true, "movement": true, "panel": true, "delegation": true, "mission": true, "commission": true, "committee": true, "board": true, "council": true, "team": true}

// observe notes what the modifier k says of the nominal it belongs to.
func (d *detail) observe(v *view, k int) {
	switch w := v.lower(k); {
	case v.fullRel(k) == "nmod:poss":
		d.definite = true
	case w == "the" || w == "this" || w == "these" || w == "that" || w == "those":
		d.definite = true
	case w == "all" && (countWords[d.quantity] > 0 || countWords[d.noun] > 0):
		d.definite = true // "all three men"
	case w == "both" || w == "either" || w == "neither" || w == "each" || w == "all" || w == "two" || w == "three" || w == "four", v.rel(k) == "nummod":
		d.definite = d.definite || d.quantity == "all" && countWords[w] > 0
		d.quantity = w
	}
}

// cutClause returns the end of the phrase headed by k before the first clause,
// apposition or coordination that hangs on it, at most end.
func cutClause(v *view, k, end int) int {
	for _, c := range v.kids[k] {
		if c < k {
			continue
		}
		switch v.rel(c) {
		case "acl", "appos", "conj", "parataxis", "punct", "advcl", "cc":
			return min(end, v.first[c])
		case "nmod":
			if v.preposition(c) == "of" {
				return min(end, cutClause(v, c, v.last[c]))
			}
			if p := v.preposition(c); p != "" {
				return min(end, v.first[c])
			}
		}
	}
	return end
}

// hasModifier reports whether word w modifies noun t.
func (v *view) hasModifier(t int, w string) bool {
	return slices.ContainsFunc(v.kids[t], func(k int) bool { return v.rel(k) == "amod" && v.lower(k) == w })
}

// isOppositeNumber reports whether token t ends "opposite number", a counterpart.
func (v *view) isOppositeNumber(t int) bool {
	return v.lower(t) == "number" && v.lower(t-1) == "opposite"
}

// nominalType returns what kind of thing the common noun t stands for.
func nominalType(v *view, t int) (graph.Type, bool) {
	tok := &v.Tokens[t]
	if w := v.lower(t); tok.UPOS == "ADJ" && v.child(t, "det") >= 0 && nouns()[w] == graph.Person && postOf(w) != notPost {
		if r := v.rel(t); r == "nsubj" || r == "obj" || r == "obl" || r == "nmod" {
			return graph.Person, true // "the official", taken for an adjective
		}
	}
	switch tok.UPOS {
	case "NOUN", "PROPN":
		if l := v.lemma(t); l == "source" || l == "insider" {
			return graph.Person, v.speaks(t)
		} else if v.lower(t) == "figure" || v.lower(t) == "front" && v.lower(t-1) == "in" && v.lower(t+1) == "of" {
			return "", false
		} else if l == "local" && v.child(t, "det") >= 0 && v.lower(t+1) != "-" {
			return graph.Organisation, true // the branch of a union
		} else if l == "bench" && v.child(t, "nmod:poss", "compound") >= 0 || l == "office" && v.hasModifier(t, "political") {
			return graph.Organisation, true // those who sit there
		} else if v.isOppositeNumber(t) {
			return graph.Person, true
		} else if l == "mediation" && v.child(t, "det", "nmod:poss") < 0 {
			return "", false // the work, not those who do it
		}
		if v.lower(t) == "settlement" || v.lower(t) == "place" && v.head[t] >= 0 && v.lemma(v.head[t]) == "take" {
			return "", false // a dispute's, more often than settlers'; "took place"
		}
		typ, ok := nouns()[v.lemma(t)]
		if !ok {
			typ, ok = nouns()[v.lower(t)]
		}
		if !ok && strings.Contains(tok.Form, "-") {
			low := v.lower(t)
			typ, ok = nouns()[low[strings.LastIndexByte(low, '-')+1:]]
		}
		if !ok && postOf(v.lemma(t)) > notPost && postOf(v.lemma(t)) != honorific {
			typ, ok = graph.Person, true
		}
		if !ok {
			return "", false
		}
		if typ == graph.Person && isBareRole(v, t) || isOfState(v, t) {
			return "", false
		}
		if typ == graph.Place && v.isPlural(t) {
			switch v.lemma(t) {
			case "country", "nation", "state", "power":
				return graph.Group, true
			}
		}
		return typ, true
	case "NUM", "DET", "PRON":
		switch v.lower(t) {
		case "two", "three", "four", "five", "six", "both", "neither":
			if r := v.rel(t); r == "nsubj" || r == "obj" || r == "obl" || r == "nmod" {
				return graph.Group, v.child(t, "nmod") < 0
			}
		}
	}
	return "", false
}

// speaks reports whether the noun t, "source", stands for someone: it is the
// subject of speech, what something is "according to", or has a nationality or
// office before it and no "of" behind it.
func (v *view) speaks(t int) bool {
	for _, k := range v.kids[t] {
		if k > t && v.rel(k) == "nmod" && v.preposition(k) == "of" {
			return false
		}
	}
	if v.preposition(t) == "according" {
		return true
	}
	if g := v.head[t]; g >= 0 && v.rel(t) == "nsubj" {
		switch v.lemma(g) {
		case "say", "tell", "reveal", "add", "confirm", "deny", "report", "claim", "disclose", "note", "stress", "explain", "indicate", "insist", "suggest", "warn":
			return true
		}
	}
	return t > 0 && v.name[t-1] >= 0
}

// isBareRole reports whether the singular noun t is a role and not a mention of
// who plays it: "acted as host", "is due to become president".
func isBareRole(v *view, t int) bool {
	p := v.preposition(t)
	if d := v.child(t, "det", "nmod:poss"); d >= 0 {
		return p == "as" && (v.lower(d) == "a" || v.lower(d) == "an")
	}
	if p == "as" {
		return true
	}
	if v.isPlural(t) {
		return false
	}
	if v.rel(t) == "xcomp" {
		return true
	}
	if g := v.head[t]; g >= 0 {
		switch v.lemma(g) {
		case "become", "remain", "elect", "appoint", "name":
			return v.rel(t) == "obj" || v.rel(t) == "obl"
		}
	}
	return false
}

// isOfState reports whether t is the last word of "head of state", "secretary of state".
func isOfState(v *view, t int) bool {
	return v.lower(t) == "state" && v.lower(t-1) == "of" && t > 1 && postOf(v.lower(t-2)) != notPost
}
