package coref

import (
	"parley/graph"
)

// listedPosts reads "the foreign ministers, NAME of X and NAME of Y,": the post of
// the plural description in mention k for each name of the list behind its comma.
func (r *resolver) listedPosts(k int) {
	n := &r.d.Mentions[k]
	v := r.views[n.Sentence]
	if n.Kind != Nominal || !n.Plural || !isPostToken(v, n.Head) || !v.isPlural(n.Head) || v.lower(n.To) != "," {
		return
	}
	t := n.To + 1
	for items := 0; items < 12; items++ {
		i := r.d.Covering(n.Sentence, min(t, len(v.Tokens)-1))
		if !r.isPersonName(i) || r.d.Mentions[i].From != t || r.details[i].titleTo > t {
			return
		}
		before := len(r.posts)
		r.nominalPost(n.Sentence, v, i, n.Head, "apposition-plural")
		end := r.d.Mentions[i].To
		if w := v.lower(end); w == "of" || w == "for" || w == "at" {
			side := r.sideFrom(n.Sentence, end+1)
			if side < 0 {
				return
			}
			if len(r.posts) > before {
				p := &r.posts[before]
				p.side, p.to = side, max(p.to, r.d.Mentions[side].To)
			}
			if end = r.d.Mentions[side].To; v.lower(end) == "(" {
				if _, to, ok := v.bracketAfter(end); ok {
					end = to + 1
				}
			}
		}
		for t = end; v.lower(t) == "," || v.lower(t) == "and"; t++ {
		}
		if t == end {
			return
		}
	}
}

// sideFrom returns the name of a state or body that begins at token t, or right
// behind an article there; else -1.
func (r *resolver) sideFrom(sent, t int) int {
	v := r.views[sent]
	if v.lower(t) == "the" {
		t++
	}
	if t >= len(v.Tokens) {
		return -1
	}
	k := r.d.Covering(sent, t)
	if k < 0 || r.d.Mentions[k].From > t || r.d.Mentions[k].Kind != Name || r.d.Mentions[k].Type != graph.State && r.d.Mentions[k].Type != graph.Organisation {
		return -1
	}
	return k
}

// notAs holds verbs whose "as" says what someone is called or wanted as.
var notAs = map[string]bool{
	"nominate": true, "propose": true, "describe": true, "see": true, "regard": true, "reject": true, "recognise": true, "recognize": true, "treat": true, "dismiss": true,
	"suggest": true, "denounce": true, "portray": true, "cast": true, "know": true, "pose": true, "accept": true, "want": true, "run": true, "stand": true, "vote": true, "refuse": true, "decline": true,
}

// verbPosts reads the post headed by token h in "NAME signed as chairman of X" and
// "NAME, who became envoy of X".
func (r *resolver) verbPosts(sent int, v *view, h int) {
	if !isPostToken(v, h) || v.isPlural(h) || v.Tokens[h].UPOS != "NOUN" && v.Tokens[h].UPOS != "PROPN" {
		return
	}
	g, rule := v.head[h], "as"
	switch {
	case g >= 0 && v.lemma(g) == "become" && (v.rel(h) == "obj" || v.rel(h) == "xcomp" || v.rel(h) == "obl"):
		rule = "copula-past"
	case v.preposition(h) == "as" && g >= 0 && v.Tokens[g].UPOS == "VERB" && !notAs[v.lemma(g)] && v.fullRel(h) != "advcl" && r.sideOfNext(sent, v, h+1) >= 0:
	default:
		return
	}
	subj := v.child(g, "nsubj")
	if subj < 0 || v.fullRel(subj) != "nsubj" || !v.factual(g) || v.rel(g) == "xcomp" || v.rel(g) == "advcl" || v.child(g, "aux") >= 0 && rule != "as" {
		return
	}
	if w := v.lower(subj); w == "who" && v.rel(g) == "acl" {
		subj = v.head[g]
	}
	i := r.d.Covering(sent, subj)
	if !r.isPersonName(i) || r.d.Mentions[i].Head != subj {
		return
	}
	r.nominalPost(sent, v, i, h, rule)
}
