package coref

import (
	"slices"

	"parley/graph"
)

// commaPosts reads "NAME, the POST of X," from the order of words, where the
// tree does not say it: parsers take many appositions for lists.
func (r *resolver) commaPosts(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if v.lower(m.To) != "," {
		return
	}
	if v.lower(m.To+1) == "one" && v.lower(m.To+2) == "of" {
		r.oneOf(i, m.To+3)
		return
	}
	if v.lower(m.To+1) == "as" {
		r.asPost(i, m.To+2)
		return
	}
	for t := m.To + 1; t < len(v.Tokens) && t < m.To+9; t++ {
		k := r.d.At(m.Sentence, t)
		if k < 0 || r.d.Mentions[k].Kind != Nominal {
			if v.Tokens[t].UPOS == "PUNCT" && v.Tokens[t].Form != "-" || v.Tokens[t].UPOS == "VERB" || v.Tokens[t].UPOS == "CCONJ" && v.lower(t) != "both" || v.Tokens[t].UPOS == "SCONJ" {
				return
			}
			continue
		}
		n := &r.d.Mentions[k]
		if (n.From == m.To+1 || n.From == m.To+2 && v.lower(m.To+1) == "both") && n.Plural && v.isPlural(n.Head) && isPostToken(v, n.Head) {
			for _, k := range r.listedBefore(i) {
				r.nominalPost(m.Sentence, v, k, n.Head, "apposition-plural")
			}
			return
		}
		if n.From != m.To+1 || n.Plural || n.Type != graph.Person || v.rel(n.Head) == "nsubj" && v.head[n.Head] > n.Head {
			return
		}
		if r.belongsToNext(i, k) {
			return
		}
		end := n.To
		if _, to, ok := v.bracketAfter(end); ok {
			end = to + 1
		}
		if v.closes(end) || v.lower(end) == "who" {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
		} else if v.inApposition(n.Head) || r.postAlready(m.Sentence, n.Head) {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			r.secondPost(i, end)
		} else if w := v.lower(end); w == "and" || w == "for" || w == "in" || w == "at" || w == "to" {
			if r.secondPost(i, end) || w != "and" && v.runsToClose(end) {
				r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			}
		}
		return
	}
}

func (r *resolver) postAlready(sent, h int) bool {
	return slices.ContainsFunc(r.posts, func(p post) bool { return p.sentence == sent && p.head == h })
}

// secondPost reads a second post behind "and" in an apposition to mention i that
// goes on at token t: "the law minister and Jakarta's chief negotiator,".
func (r *resolver) secondPost(i, t int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for ; t < min(len(v.Tokens), m.To+20) && (v.Tokens[t].UPOS != "PUNCT" || v.Tokens[t].Form == "-") && v.Tokens[t].UPOS != "VERB"; t++ {
		k := r.d.At(m.Sentence, t)
		if k < 0 {
			continue
		}
		n := &r.d.Mentions[k]
		if n.Kind == Nominal && n.Type == graph.Person && !n.Plural && v.lower(n.From-1) == "and" && (v.closes(n.To) || v.runsToClose(n.To)) {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			return true
		}
	}
	return false
}

// listedBefore returns the person names of the list "A and B" that mention i
// ends, or nothing if it ends none.
func (r *resolver) listedBefore(i int) []int {
	if ns := r.coordinationOf(i); len(ns) > 1 {
		return ns
	}
	m := &r.d.Mentions[i]
	if r.views[m.Sentence].lower(m.From-1) != "and" {
		return nil
	}
	for k := i - 1; k >= 0 && r.d.Mentions[k].Sentence == m.Sentence; k-- {
		if r.isPersonName(k) && r.d.Mentions[k].To == m.From-1 {
			return []int{k, i}
		}
	}
	return nil
}

// closes reports whether token i ends an apposition, or the sentence does.
func (v *view) closes(i int) bool {
	switch v.lower(i) {
	case "", ",", ".", ";", ")", ":", "-", "–", "—":
		return true
	}
	return false
}

// asPost reads "NAME, as POST of X," from token t on.
func (r *resolver) asPost(i, t int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for h := t; h < len(v.Tokens) && h < t+6 && v.inTitle(h); h++ {
		if isPostToken(v, h) && !v.isPlural(h) && (h+1 >= len(v.Tokens) || !v.inTitle(h+1)) {
			r.nominalPost(m.Sentence, v, i, h, "apposition")
			return
		}
	}
}

// belongsToNext reports whether the description k behind the titled name of
// mention i is that of the untitled name behind it: "Archbishop A, the Canadian
// ambassador, B, and C".
func (r *resolver) belongsToNext(i, k int) bool {
	m, n := &r.d.Mentions[i], &r.d.Mentions[k]
	v := r.views[m.Sentence]
	if r.details[i].titleTo == m.From || v.lower(n.To) != "," {
		return false
	}
	for x := k + 1; x < len(r.d.Mentions) && r.d.Mentions[x].Sentence == m.Sentence; x++ {
		if q := &r.d.Mentions[x]; q.From == n.To+1 {
			return r.isPersonName(x) && r.details[x].titleTo == q.From && v.lower(q.To) == ","
		}
	}
	return false
}

// passedOn reports whether description k, behind a titled name, belongs to the
// name after it.
func (r *resolver) passedOn(k int) bool {
	n := &r.d.Mentions[k]
	near := r.nameBefore(n.Sentence, n.Head)
	return near >= 0 && r.isPersonName(near) && r.belongsToNext(near, k)
}

// oneOf reads "NAME, one of their leaders," from token t on.
func (r *resolver) oneOf(i, t int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for h := t; h < len(v.Tokens) && h < t+6; h++ {
		if isPostToken(v, h) && v.isPlural(h) {
			r.nominalPost(m.Sentence, v, i, h, "apposition-plural")
			return
		}
		if v.Tokens[h].UPOS == "PUNCT" && v.Tokens[h].Form != "-" || v.Tokens[h].UPOS == "VERB" {
			return
		}
	}
}

// runsToClose reports whether nothing but a few nouns and prepositions stands
// between token i and the end of an apposition.
func (v *view) runsToClose(i int) bool {
	for t := i; t <= len(v.Tokens) && t < i+8; t++ {
		if v.closes(t) {
			return true
		}
		switch v.Tokens[t].UPOS {
		case "ADP", "DET", "NOUN", "PROPN", "ADJ", "PART":
		case "CCONJ": // within what the post is about: "for peace and security"
			if t+1 >= len(v.Tokens) || v.Tokens[t+1].UPOS != "NOUN" || postOf(v.lemma(t+1)) != notPost {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// beforePosts reads "the POST of X, NAME," likewise.
func (r *resolver) beforePosts(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.From < 2 || v.lower(m.From-1) != "," || !v.closes(m.To) && v.lower(m.To) != "of" {
		return
	}
	for t := m.From - 2; t >= max(0, m.From-14); t-- {
		k := r.d.At(m.Sentence, t)
		if k < 0 {
			continue
		}
		n := &r.d.Mentions[k]
		if n.Kind == Nominal && n.Type == graph.Person && !n.Plural && v.lower(n.From-1) == "and" && n.To == m.From-1 && r.postBefore(i, k) {
			return
		}
		if n.Kind == Nominal && n.Type == graph.Person && !n.Plural && (r.details[k].definite || r.ofSomeone(k)) && (v.phraseEnd(n) == m.From-1 || v.phraseEnd(n) >= m.From && n.To < m.From && v.lower(m.To) != "of" && !r.isPersonName(r.nameBefore(m.Sentence, n.Head))) && (!v.inApposition(n.Head) || r.passedOn(k)) && !(r.isPersonName(r.nameBefore(m.Sentence, n.Head)) && r.describedAfter(i)) {
			r.nominalPost(m.Sentence, v, i, r.outerPost(m.Sentence, n.Head), "apposition")
			return
		}
		if v.Tokens[t].UPOS == "VERB" || v.Tokens[t].UPOS == "PUNCT" {
			return
		}
	}
}

// postBefore reads "the founder and top commander, NAME": two posts of the person
// of mention i, the second described by mention k. It reports whether it did.
func (r *resolver) postBefore(i, k int) bool {
	n := &r.d.Mentions[k]
	v := r.views[n.Sentence]
	first := r.endingAt(n.Sentence, 0, n.From-1)
	if first < 0 || r.d.Mentions[first].Kind != Nominal || r.d.Mentions[first].Type != graph.Person || r.d.Mentions[first].Plural || !r.details[first].definite || r.details[k].definite || !isPostToken(v, r.d.Mentions[first].Head) || !isPostToken(v, n.Head) {
		return false
	}
	r.nominalPost(n.Sentence, v, i, r.d.Mentions[first].Head, "apposition")
	r.nominalPost(n.Sentence, v, i, n.Head, "apposition")
	return true
}

// outerPost returns the head of the description that a name right behind the one
// headed by h belongs to: of "the envoy of the president, NAME" the envoy, of "an
// envoy of the president, NAME" and "the envoy of Peru's president, NAME" the
// president.
func (r *resolver) outerPost(sent, h int) int {
	v := r.views[sent]
	if k := r.d.At(sent, h); k >= 0 && (r.ofSomeone(k) || r.sideOfNext(sent, v, h+1) >= 0) {
		return h
	}
	for inner, g := h, v.head[h]; g >= 0 && g < inner && v.rel(inner) == "nmod"; inner, g = g, v.head[g] {
		if k := r.d.At(sent, g); k >= 0 && r.d.Mentions[k].Kind == Nominal && r.d.Mentions[k].Type == graph.Person && !r.d.Mentions[k].Plural && r.details[k].definite && isPostToken(v, g) && v.preposition(inner) == "of" {
			h = g
		}
	}
	return h
}

// ofSomeone reports whether the description k says whose post it is, as "a US
// official" does.
func (r *resolver) ofSomeone(k int) bool {
	m := &r.d.Mentions[k]
	for t := m.From; t < m.Head; t++ {
		if s := r.sideAt(m.Sentence, t); s >= 0 && s != k && r.d.Mentions[s].Kind != Possessive {
			return true
		}
	}
	return false
}

// phraseEnd returns the end of the noun phrase of n with the prepositions behind it.
func (v *view) phraseEnd(n *Mention) int {
	end := n.To
	for _, k := range v.kids[n.Head] {
		if k > n.Head && v.rel(k) == "nmod" {
			end = max(end, cutTopic(v, k))
		}
	}
	if _, to, ok := v.bracketAfter(end); ok {
		return to + 1
	}
	return end
}

// inApposition reports whether the phrase headed by h stands in apposition to
// what is before it.
func (v *view) inApposition(h int) bool { return v.rel(h) == "appos" && v.head[h] < h }
