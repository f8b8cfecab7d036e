package coref

import (
	"slices"

	"parley/graph"
)

// share is what "respectively" gives to one name of a list.
type share struct {
	name     int // mention of the person
	from, to int // tokens of the share
}

// sharesAt returns who gets what by the "respectively" at token t: the persons of
// a list "A and B", and the items "X and Y" between that list and t, one each.
// Lead is the first token between them: "for", "of" or the article of a post.
func (r *resolver) sharesAt(sent, t int) (lead int, out []share) {
	v := r.views[sent]
	end := t
	if v.lower(end-1) == "," {
		end--
	}
	start := end
	for start > 0 && start > end-30 && !r.isPersonName(r.d.Covering(sent, start-1)) {
		start--
	}
	names := r.namesUpTo(sent, start)
	for start < end && (v.lower(start) == "," || v.Tokens[start].UPOS == "AUX") {
		start++
	}
	if len(names) < 2 || start >= end {
		return -1, nil
	}
	lead = start
	if w := v.lower(lead); w == "for" || w == "of" || w == "the" {
		start++
	}
	from := start
	for i := start; i <= end; i++ {
		if i == end || v.lower(i) == "," || v.lower(i) == "and" {
			if i > from {
				out = append(out, share{from: from, to: i})
			}
			from = i + 1
		}
	}
	if len(out) != len(names) {
		return -1, nil
	}
	for i := range out {
		out[i].name = names[i]
	}
	return lead, out
}

// namesUpTo returns the person names of the list "A, B and C" that ends right
// before token end, in order.
func (r *resolver) namesUpTo(sent, end int) []int {
	v := r.views[sent]
	var out []int
	for t := end - 1; t >= 0; t-- {
		if k := r.d.Covering(sent, t); r.isPersonName(k) {
			out = append(out, k)
			t = r.d.Mentions[k].From
			continue
		}
		if w := v.lower(t); w != "," && w != "and" {
			break
		}
	}
	slices.Reverse(out)
	return out
}

// respectivePosts reads the posts that "respectively" hands out: "A and B, the
// foreign and defence ministers respectively", "former presidents A and B, of X
// and Y respectively".
func (r *resolver) respectivePosts(sent, t int) {
	v := r.views[sent]
	lead, shares := r.sharesAt(sent, t)
	if lead < 0 {
		return
	}
	if v.lower(lead) == "of" {
		for _, s := range shares {
			for i := range r.posts {
				if p := &r.posts[i]; p.sentence == sent && p.holder == s.name && p.side < 0 {
					p.side, p.to = r.sideWithin(sent, s), max(p.to, s.to)
				}
			}
		}
		return
	}
	last := shares[len(shares)-1]
	h := lastPost(v, last.from, last.to)
	if h < 0 {
		return
	}
	for _, s := range shares {
		own := lastPost(v, s.from, s.to)
		if own < 0 {
			own = h // "the foreign and defence ministers"
		}
		p := post{holder: s.name, sentence: sent, head: own, from: r.d.Mentions[s.name].From, to: last.to, side: r.sideWithin(sent, s), origin: -1, rule: "respectively"}
		var words []string
		for i := s.from; i < s.to && v.lower(i) != "of" && v.lower(i) != "for"; i++ {
			if r.sideAt(sent, i) < 0 && v.Tokens[i].UPOS != "DET" && !v.isPossessiveMark(i) {
				p.noteRank(v.lower(i))
				words = append(words, v.Tokens[i].Form)
			}
		}
		if own == h && s != last {
			words = append(words, v.Tokens[h].Form)
		}
		if p.side < 0 {
			p.side = r.sideWithin(sent, share{from: lead, to: shares[0].to})
		}
		p.finish(v, words)
		r.addPost(p)
	}
}

// sideWithin returns the last mention within s that a post can be of, or -1.
func (r *resolver) sideWithin(sent int, s share) int {
	for i := s.to - 1; i >= s.from; i-- {
		if k := r.sideAt(sent, i); k >= 0 && r.d.Mentions[k].From >= s.from {
			return k
		}
	}
	return -1
}

// relateRespectively states "A and B, for X and Y respectively".
func (r *resolver) relateRespectively(sent, t int) {
	v := r.views[sent]
	if v.lower(t) != "respectively" {
		return
	}
	lead, shares := r.sharesAt(sent, t)
	if lead < 0 || v.lower(lead) != "for" && v.lower(lead) != "of" {
		return
	}
	for _, s := range shares {
		k := r.sideWithin(sent, s)
		switch {
		case k >= 0 && v.lower(lead) == "for":
			r.addRepresents(s.name, k, "for/respectively")
		case k >= 0 && r.d.Mentions[k].Type == graph.Organisation:
			r.addTokens(sent, r.d.Mentions[s.name].Head, r.d.Mentions[k].Head, graph.MemberOf, "of/respectively")
		}
	}
}

// addRepresents states that the person of mention i represents what mention k
// stands for.
func (r *resolver) addRepresents(i, k int, rule string) {
	m, q := &r.d.Mentions[i], &r.d.Mentions[k]
	r.addRelation(Relation{
		Subject: m.Entity, SubjectMention: i, Predicate: graph.Represents, Object: q.Entity, ObjectMention: k,
		Sentence: m.Sentence, From: min(m.From, q.From), To: max(m.To, q.To), Rule: rule, Confidence: 0.85,
	})
}

// actForLemmas holds verbs of those who act for someone: "signed for Russia".
var actForLemmas = map[string]bool{"sign": true, "initial": true, "ink": true, "negotiate": true, "speak": true, "write": true, "put": true, "witness": true, "countersign": true, "affix": true, "attend": true, "appear": true}

// relateGapped states, where a sentence says of several persons for whom each
// signed or spoke, also those parts of it that leave the verb out: "A signed for
// X; B for Y; C, the envoy, and D for Z".
func (r *resolver) relateGapped(sent int, v *view) {
	acts := false
	for t := range v.Tokens {
		acts = acts || v.Tokens[t].UPOS == "VERB" && actForLemmas[v.lemma(t)]
	}
	from := 0
	for t := 2; t < len(v.Tokens); t++ {
		if v.lower(t) == ";" {
			from = t + 1
		}
		if v.lower(t) != "for" || !acts && v.lower(t-1) != "," {
			continue
		}
		to := r.gapSide(sent, t+1)
		if to >= 0 && !acts && v.lower(r.d.Mentions[to].To) != "," {
			continue
		}
		if to < 0 || v.isRespective(t) {
			continue
		}
		names := r.namesUpTo(sent, t)
		if from > 0 && !v.hasVerb(from, t) {
			names = r.namesWithin(sent, from, t)
		}
		if from == 0 && !v.gapFollows(t) {
			continue
		}
		for _, n := range names {
			r.addRepresents(n, to, ForGapped)
		}
	}
}

// isRespective reports whether "respectively" stands in the phrase behind token t.
func (v *view) isRespective(t int) bool {
	for i := t + 1; i < min(len(v.Tokens), t+14) && v.Tokens[i].UPOS != "VERB" && v.lower(i) != ";"; i++ {
		if v.lower(i) == "respectively" {
			return true
		}
	}
	return false
}

// ForGapped is the rule of a [Relation] read off a list without verbs: "B for Y".
const ForGapped = "for/gapped"

// gapSide returns the mention from token t on that is all of an item's end: a
// state or body before a comma, "and" or stop; else -1.
func (r *resolver) gapSide(sent, t int) int {
	v := r.views[sent]
	if v.lower(t) == "the" {
		t++
	}
	k := r.d.Covering(sent, t)
	if k < 0 || r.d.Mentions[k].Kind == Demonym || r.d.Mentions[k].Entity == Unresolved {
		return -1
	}
	m := &r.d.Mentions[k]
	if m.Type != graph.State && m.Type != graph.Organisation && m.Type != graph.Group || !v.closes(m.To) && v.lower(m.To) != "and" {
		return -1
	}
	return k
}

// namesWithin returns the person names between two tokens.
func (r *resolver) namesWithin(sent, from, to int) []int {
	var out []int
	for t := from; t < to; t++ {
		if k := r.d.Covering(sent, t); r.isPersonName(k) && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func (v *view) hasVerb(from, to int) bool {
	for t := from; t < to; t++ {
		if v.Tokens[t].UPOS == "VERB" || v.Tokens[t].UPOS == "AUX" {
			return true
		}
	}
	return false
}

// gapFollows reports whether token t stands right behind a name and not behind a
// verb, so that the verb is left out there.
func (v *view) gapFollows(t int) bool {
	return v.name[t-1] >= 0 || v.lower(t-1) == "," && v.name[t-2] >= 0
}
