package coref

import (
	"strings"

	"parley/graph"
)

// nominalPost reads the post that the noun phrase headed by h says the person of
// mention holder has.
func (r *resolver) nominalPost(sent int, v *view, holder, h int, rule string) {
	if !isPostToken(v, h) || v.isPlural(h) && rule != "apposition-plural" {
		return
	}
	m := &r.d.Mentions[holder]
	p := post{holder: holder, sentence: sent, head: h, side: -1, origin: -1, rule: rule, from: min(m.From, h), to: max(m.To, h+1)}
	words := append(r.readLeft(sent, v, h, &p), v.Tokens[h].Form)
	p.some = p.some || rule == "copula-past"
	last := h
	if strings.HasSuffix(v.lower(h+1), "affaires") { // Chargé d'Affaires
		words = append(words, v.Tokens[h+1].Form)
		last++
	}
	if v.hyphenLeft(h+2) == h && isPostToken(v, h+2) { // director-general
		words = append(words, v.words(h+1, h+3)...)
		p.head, p.to = h+2, max(p.to, h+3)
	}
	if v.lower(h+1) == "-" && v.lower(h+2) == "in" && h+4 < len(v.Tokens) { // commander-in-chief
		words = append(words, v.words(h+1, h+5)...)
		last = h + 4
	}
	end := max(last, p.head)
	if k := r.sideOfNext(sent, v, end+1); p.side < 0 && k >= 0 {
		p.side, p.to = k, max(p.to, r.d.Mentions[k].To)
	}
	words = r.readComplements(sent, v, last, &p, words)
	if p.head == h+2 {
		words = r.readComplements(sent, v, p.head, &p, words)
	}
	p.finish(v, words)
	r.addPost(p)
}

// sideOfNext returns the named state or body of "of X" at token t, or -1, for
// posts whose "of" the tree hangs elsewhere.
func (r *resolver) sideOfNext(sent int, v *view, t int) int {
	if v.lower(t) != "of" {
		return -1
	}
	if t++; v.lower(t) == "the" {
		t++
	}
	if t+1 < len(v.Tokens) && v.name[t] < 0 && rebels[v.lower(t)] {
		t++ // "the rebel National Resistance"
	}
	if t >= len(v.Tokens) {
		return -1
	}
	k := r.d.Covering(sent, t)
	if k < 0 || r.d.Mentions[k].Kind != Name || r.d.Mentions[k].From > t || r.d.Mentions[k].Type != graph.State && r.d.Mentions[k].Type != graph.Organisation || v.isPossessiveMark(r.d.Mentions[k].To) {
		return -1
	}
	return k
}

// readLeft reads the words of a title before its noun h, back to the article or
// possessor that begins it, and notes whose post it is.
func (r *resolver) readLeft(sent int, v *view, h int, p *post) []string {
	var words []string
	for t := h - 1; t >= 0 && t > h-16; t-- {
		tok := &v.Tokens[t]
		if v.lower(t) == ")" {
			for t >= 0 && v.lower(t) != "(" {
				t--
			}
			continue
		}
		if v.isPossessiveMark(t) || tok.UPOS == "PRON" {
			r.noteOwner(sent, v, t, p)
			break
		}
		if tok.UPOS == "DET" {
			p.some = v.lower(t) == "a" || v.lower(t) == "an"
			break
		}
		k := r.sideBefore(sent, t)
		if k >= 0 && r.d.Mentions[k].Kind != Nominal {
			if p.side < 0 || forces[r.details[p.side].noun] {
				p.side = k
			}
			t = r.d.Mentions[k].From
			p.from = min(p.from, t)
			continue
		}
		if r.isPersonName(r.d.Covering(sent, t)) || !v.inTitle(t) {
			break
		}
		if k >= 0 && p.side < 0 {
			p.side = k // "the guerrilla commander"
		}
		if p.noteRank(v.lower(t)) {
			words = append([]string{tok.Form}, words...)
		}
		p.from = min(p.from, t)
	}
	return words
}

// inTitle reports whether token t can be part of a title before its noun.
func (v *view) inTitle(t int) bool {
	switch tok := &v.Tokens[t]; tok.UPOS {
	case "ADJ", "NOUN", "PROPN", "X":
		return true
	case "VERB":
		return tok.XPOS == "VBN" || tok.XPOS == "VBG" || tok.XPOS == "NNP"
	case "ADV", "ADP":
		return timeWord(v.lower(t)) || v.lower(t) == "under" && v.lower(t+1) == "secretary"
	case "PUNCT":
		return tok.Form == "-" && t > 0
	case "CCONJ": // "trade and industry minister"
		return t > 0 && v.isNounLike(t-1) && v.isNounLike(t+1) && v.name[t-1] < 0 && !isPostToken(v, t-1) && !isPostToken(v, t+1)
	}
	return false
}

// sideBefore returns the mention at token t that a title names as whose it is,
// or -1. A noun like "guerrilla" before the post counts.
func (r *resolver) sideBefore(sent, t int) int {
	if k := r.d.At(sent, t); k >= 0 && r.d.Mentions[k].Kind == Nominal && r.views[sent].rel(t) == "compound" {
		return k
	}
	return r.sideAt(sent, t)
}

// noteOwner notes the possessor that ends at token t, a possessive ending or
// pronoun, as whose post p is.
func (r *resolver) noteOwner(sent int, v *view, t int, p *post) {
	at := t
	if v.isPossessiveMark(t) {
		at--
	}
	k := r.d.Covering(sent, at)
	if k < 0 {
		return
	}
	if q := r.d.At(sent, at); q >= 0 && r.d.Mentions[q].To <= t {
		k = q
	}
	p.origin, p.side = p.side, k
	p.from = min(p.from, r.d.Mentions[k].From)
}

// timeWord reports whether w sets a post in time before its noun phrase.
func timeWord(w string) bool {
	switch w {
	case "sometime", "once", "formerly", "then", "now", "previously", "currently":
		return true
	}
	return false
}

// readComplements reads the "of X", "for X", "to X" behind the post noun h: who
// it is a post of, or what it is about.
func (r *resolver) readComplements(sent int, v *view, h int, p *post, words []string) []string {
	for _, k := range v.kids[h] {
		prep := v.preposition(k)
		if k < h || v.rel(k) != "nmod" || prep == "" {
			continue
		}
		if p.side >= 0 && p.origin < 0 && prep == "of" && v.first[k] == h+1 && r.d.Mentions[p.side].From > h {
			continue // read already, by the order of words
		}
		side := r.sideAt(sent, k)
		if g := r.d.At(sent, k); side < 0 && g >= 0 && r.d.Mentions[g].Kind == Nominal && r.d.Mentions[g].Type != graph.Person && r.d.Mentions[g].Type != graph.Place {
			side = g
		}
		if side >= 0 && r.d.Mentions[side].Kind == Nominal && postOf(v.lemma(h)) == minister && prep == "of" && !governments[r.details[side].noun] {
			side = -1 // "minister of the presidency"
		}
		if inner := r.sideOfPost(sent, v, k); side < 0 && prep == "of" && inner >= 0 && p.side < 0 {
			p.side = inner // "representative of the UN Secretary-General"
		}
		if side >= 0 && p.side >= 0 && p.origin < 0 && (prep == "from" || prep == "of" || prep == "in") {
			p.origin = side // "his counterpart from the Congress"
			continue
		}
		switch {
		case side >= 0 && p.side < 0 && (prep == "of" || prep == "for" || prep == "at" || prep == "from" || prep == "with" || prep == "in"):
			p.side, p.to = side, max(p.to, r.d.Mentions[side].To)
		case side >= 0 && prep == "to":
			words = append(words, v.words(v.first[k], cutClause(v, k, v.last[k]))...)
			p.to = max(p.to, k+1)
		case side < 0 && (prep == "of" || prep == "for"):
			end := r.beforeName(sent, k, cutTopic(v, k))
			words = append(words, v.words(v.first[k], end)...)
			p.to = max(p.to, end)
			p.topical = v.lower(k) != "state" && v.lower(k) != "government" && v.lower(k) != "staff"
			// "director of conciliation at the board": the board is the side
			for _, c := range v.kids[k] {
				if s := r.sideAt(sent, c); s >= 0 && p.side < 0 && c > k && v.rel(c) == "nmod" {
					p.side, p.to = s, max(p.to, r.d.Mentions[s].To)
				}
			}
		}
	}
	return words
}

// beforeName returns end, or the comma or "and" between k and end that a person's
// name follows.
func (r *resolver) beforeName(sent, k, end int) int {
	v := r.views[sent]
	for t := k + 1; t < end; t++ {
		if w := v.lower(t); (w == "," || w == "and") && t+1 < len(v.Tokens) && r.isPersonName(r.d.Covering(sent, t+1)) {
			return t
		}
	}
	return end
}

// sideOfPost returns the mention of whose post the noun k is, if it is a post
// with its side before it, or -1.
func (r *resolver) sideOfPost(sent int, v *view, k int) int {
	if !isPostToken(v, k) {
		return -1
	}
	var q post
	q.side = -1
	r.readLeft(sent, v, k, &q)
	return q.side
}

// cutTopic returns the end of the topic headed by k: its coordinations stay, its
// clauses and further phrases do not.
func cutTopic(v *view, k int) int {
	end := v.last[k]
	for _, c := range v.kids[k] {
		if c <= k {
			continue
		}
		switch v.rel(c) {
		case "conj", "cc":
			continue
		case "nmod":
			if v.preposition(c) == "of" {
				continue
			}
		}
		return min(end, v.first[c])
	}
	return end
}

func (v *view) words(from, to int) []string {
	var ws []string
	for t := from; t < to; t++ {
		ws = append(ws, v.Tokens[t].Form)
	}
	return ws
}

// noteRank takes note of a rank or time word of a title and reports whether the
// word belongs to the title as it is quoted.
func (p *post) noteRank(w string) bool {
	if w == "then" || w == "now" || w == "current" {
		return false
	}
	if past, ok := pastRank[w]; ok && past {
		p.past = true
	}
	if lowerRank[w] {
		p.lower = true
	}
	return true
}

// finish sets what follows from the words of the title.
func (p *post) finish(v *view, words []string) {
	if len(words) > 1 && words[0] == "-" && p.head > 1 {
		words = append([]string{v.Tokens[p.head-2].Form}, words...) // "under-secretary", with "under" taken for a preposition
	}
	p.value = joinWords(words)
	p.noun = v.lemma(p.head)
	if postOf(p.noun) == notPost {
		p.noun = v.lower(p.head)
	}
	low := strings.ToLower(core(p.value))
	p.class = postOf(p.noun)
	if v.isPlural(p.head) {
		p.noun, p.value = strings.TrimSuffix(p.noun, "s"), singular(p.value)
		low = strings.ToLower(p.value)
	}
	switch {
	case v.isOppositeNumber(p.head):
		p.class, p.noun = other, "counterpart"
	case strings.Contains(low, "prime minister") || strings.Contains(low, "prime-minister") || strings.HasPrefix(low, "first minister") || strings.Contains(low, " first minister"):
		p.class, p.noun = ruler, "prime-minister"
	case strings.Contains(low, "secretary-general") || strings.Contains(low, "secretary general") || strings.Contains(low, "director-general"):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "general" && (strings.Contains(low, "secretary") || strings.Contains(low, "director") || strings.Contains(low, "governor")):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "secretary" && strings.Contains(low, "general secretary"):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "secretary" && (low == "union secretary" || low == "party secretary" || low == "first secretary" || low == "branch secretary"):
		p.class = head
	case strings.Contains(low, "chief executive") || strings.Contains(low, "managing director"):
		p.class = head
		p.noun = "chief-executive"
	case p.noun == "secretary" && strings.Contains(low, "press secretary"):
		p.class = voice
	case strings.HasPrefix(low, "vice") || strings.Contains(low, " vice"):
		p.lower = true
	case strings.HasPrefix(low, "ex-"):
		p.past = true
	case p.class == head && strings.Contains(low, "chief of staff"):
		p.class, p.topical = other, true
	}
	if p.class == head && !p.topical {
		p.topical = hasTopic(low, p.noun)
	}
}

// core returns a title without what it is "of", "for" or "to".
func core(title string) string {
	for _, p := range []string{" of ", " for ", " to "} {
		if i := strings.Index(title, p); i > 0 && !strings.HasPrefix(strings.ToLower(title[i:]), " of state") {
			title = title[:i]
		}
	}
	return title
}

// hasTopic reports whether a title names a matter before its noun, so that its
// holder is not head of the whole: "foreign policy chief", "trade commissioner".
func hasTopic(title, noun string) bool {
	for _, w := range strings.Fields(strings.ReplaceAll(title, "-", " ")) {
		if w == noun || strings.HasPrefix(noun, w) || strings.HasSuffix(noun, w) || wholeRank[w] || pastRank[w] {
			continue
		}
		return true
	}
	return false
}

// wholeRank holds words before "leader", "chief" and the like that leave them at
// the head of the whole.
var wholeRank = map[string]bool{
	"political": true, "supreme": true, "overall": true, "paramount": true, "current": true, "new": true, "acting": true,
	"interim": true, "exiled": true, "veteran": true, "long": true, "time": true, "longtime": true, "party": true, "rebel": true,
	"guerrilla": true, "separatist": true, "group": true, "faction": true, "national": true, "top": true, "chief": true,
	"executive": true, "general": true, "founding": true, "union": true, "delegation": true, "team": true, "country": true,
	"state": true, "de": true, "facto": true, "self": true, "styled": true, "proclaimed": true, "militia": true, "movement": true,
	"insurgent": true, "co": true, "joint": true, "managing": true, "secretary": true, "director": true, "elected": true,
	"commander": true, "in": true, "incoming": true, "outgoing": true, "embattled": true, "hardline": true, "populist": true,
	"revolutionary": true, "islamist": true, "government": true, "peace": true, "mission": true, "ethnic": true, "of": true, "the": true, "mediation": true, "coalition": true, "panel": true, "committee": true, "commission": true, "board": true, "council": true, "company": true, "branch": true, "chief-executive": true,
}

// joinWords joins the words of a title: hyphens close up.
func joinWords(ws []string) string {
	s := strings.Join(ws, " ")
	s = strings.ReplaceAll(s, " - ", "-")
	s = strings.ReplaceAll(s, " 's", "'s")
	s = strings.ReplaceAll(s, " ’s", "’s")
	return strings.TrimSpace(strings.ReplaceAll(s, " ,", ","))
}

// singular returns a plural title in the singular: "Foreign Ministers".
func singular(title string) string {
	ws := strings.Fields(title)
	for i, w := range ws {
		if strings.HasSuffix(w, "s") && postOf(strings.ToLower(strings.TrimSuffix(w, "s"))) != notPost {
			ws[i] = strings.TrimSuffix(w, "s")
		}
	}
	return strings.Join(ws, " ")
}
