package coref

import (
	"strings"

	"parley/graph"
)

// salience rates token t of sentence sent by nearness and by its role.
func (r *resolver) salience(sent, t, i int) float64 {
	m := &r.d.Mentions[i]
	v := r.views[sent]
	s := 10 - 4*float64(m.Sentence-sent)
	if sent != m.Sentence && r.views[m.Sentence].Block != v.Block {
		s--
	}
	h := t
	for v.rel(h) == "conj" && v.head[h] >= 0 {
		h = v.head[h]
		s -= 0.5
	}
	switch v.rel(h) {
	case "nsubj", "csubj":
		s += 2
		if g := v.head[h]; g >= 0 && (v.head[g] < 0 || v.rel(g) == "conj" && v.head[v.head[g]] < 0) {
			s += 2
		}
	case "obj", "iobj":
		s += 1
	case "obl":
		if v.Tokens[h].Rel == "obl:agent" || v.preposition(h) == "by" {
			s++
		}
	case "nmod", "amod", "compound", "appos":
		s--
	}
	if sent == m.Sentence && r.governs(v, t, m.Head) {
		s += 2
		if m.Kind == Possessive && v.nearestVerb(m.Head) == v.head[t] {
			s += 2 // of its own clause
		}
	}
	if g := v.headHere(m.Head, sent == m.Sentence); g >= 0 && m.Kind == Possessive && v.rel(g) == "conj" && v.head[g] == t {
		s += 4 // "the leader and his counterpart"
		if w := v.lemma(g); w == "counterpart" || w == "opposite" {
			s += 4
		}
	}
	if sent == m.Sentence && m.Kind == Possessive && r.isNearest(v, t, m.Head) {
		s += 3
	}
	return s
}

// headHere returns the head of token p, or -1 if here is false or it has none.
func (v *view) headHere(p int, here bool) int {
	if !here {
		return -1
	}
	return v.head[p]
}

// isNearest reports whether the name or noun t stands before token p with neither
// a verb nor another name between: "Minnawi for his wing".
func (r *resolver) isNearest(v *view, t, p int) bool {
	for i := t + 1; i < p; i++ {
		if u := v.Tokens[i].UPOS; u == "VERB" || u == "AUX" || u == "PUNCT" || v.name[i] >= 0 && v.name[i] != v.name[t] {
			return false
		}
	}
	return p-t <= 4 && v.Tokens[t].UPOS == "PROPN"
}

// nearestVerb returns the first verb above token p, or -1.
func (v *view) nearestVerb(p int) int {
	for g := v.head[p]; g >= 0; g = v.head[g] {
		if v.Tokens[g].UPOS == "VERB" {
			return g
		}
	}
	return -1
}

// governs reports whether t is the subject of a verb above token p.
func (r *resolver) governs(v *view, t, p int) bool {
	if v.rel(t) != "nsubj" || v.head[t] < 0 {
		return false
	}
	for g := p; g >= 0; g = v.head[g] {
		if g == v.head[t] {
			return true
		}
	}
	return false
}

// sameClauseArgument reports whether t and the pronoun of mention i are both
// arguments of one verb, so that they cannot be one unless it is reflexive.
func (r *resolver) sameClauseArgument(t, i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.Kind == Possessive {
		if v.head[m.Head] == t || v.head[t] == v.head[m.Head] { // "his envoy" is not he
			return true
		}
		for g := v.head[m.Head]; g >= 0; g = v.head[g] {
			if v.head[g] == t && (v.rel(g) == "appos" || v.rel(g) == "flat" || v.rel(g) == "compound") {
				return true // "Lajcak, his envoy": not Lajcak's
			}
			if v.Tokens[g].UPOS == "VERB" {
				break
			}
		}
		return r.besideName(t, i) && !(r.details[r.d.Covering(m.Sentence, t)].noun == "" && v.lower(m.Head) == "its" && r.titlesPerson(i))
	}
	switch v.lower(m.Head) {
	case "himself", "herself", "itself", "themselves":
		return false
	}
	g := v.head[m.Head]
	for steps := 0; g >= 0 && v.rel(g) == "conj" && v.child(g, "nsubj") < 0 && v.fullRel(m.Head) != "nsubj" && steps < 20; steps++ {
		g = v.head[g] // "Russia wanted the port and obtained it": not Russia
		if v.head[t] == g && v.rel(t) == "nsubj" {
			return true
		}
	}
	return v.head[t] == v.head[m.Head] && v.head[t] >= 0
}

// titlesPerson reports whether the possessive of mention i begins a post: "its
// chairman" behind a body's name is that body's.
func (r *resolver) titlesPerson(i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	h := v.head[m.Head]
	return h >= 0 && isPostToken(v, h)
}

// besideName reports whether the possessive of mention i begins the description
// right behind the name that covers token t: "Petritsch, his colleague".
func (r *resolver) besideName(t, i int) bool {
	m := &r.d.Mentions[i]
	k := r.d.Covering(m.Sentence, t)
	v := r.views[m.Sentence]
	h := v.head[m.Head]
	for steps := 0; h >= 0 && steps < 5 && (v.rel(h) == "nmod" || v.rel(h) == "compound" || v.rel(h) == "flat"); steps++ {
		h = v.head[h]
	}
	if h >= 0 && v.rel(h) == "nsubj" && v.head[h] > h && v.rel(t) != "nsubj" {
		return false // "Speaking for the governor, his secretary said"
	}
	return k >= 0 && r.d.Mentions[k].To == m.From-1 && r.views[m.Sentence].lower(m.From-1) == ","
}

// agrees reports whether mention k can be what a pronoun with agreement a stands for.
func (r *resolver) agrees(k int, a agreement) bool {
	q := &r.d.Mentions[k]
	switch {
	case a.person:
		if q.Type != graph.Person || q.Plural {
			return false
		}
		if q.Entity == Unresolved {
			return q.Kind != Relative
		}
		g := r.entityGender(q.Entity)
		if a.gender == female {
			return g == female || g == unknownGender
		}
		return g != female
	case a.plural:
		return q.Plural || q.Type == graph.Organisation || q.Type == graph.Group || r.takesPlural(q)
	}
	if q.Kind == Name && r.namesMany(q) {
		return false
	}
	if q.Kind == Pronoun || q.Kind == Possessive || q.Kind == Relative {
		return !q.Plural && q.Type != graph.Person && q.Type != graph.Group
	}
	return !q.Plural && q.Type != graph.Person
}

// takesPlural reports whether mention q is the subject of a plural verb: "the
// Tuguba were".
func (r *resolver) takesPlural(q *Mention) bool {
	v := r.views[q.Sentence]
	g := v.head[q.Head]
	if g < 0 || v.rel(q.Head) != "nsubj" {
		return false
	}
	for _, k := range append([]int{g}, v.kids[g]...) {
		if w := v.lower(k); (w == "were" || w == "are" || w == "have") && v.child(q.Head, "conj") < 0 {
			return true
		}
	}
	return false
}

// namesMany reports whether a name is the plural of those it names, so that "it"
// does not stand for it: "the Houthis", "the Maoists".
func (r *resolver) namesMany(q *Mention) bool {
	v := r.views[q.Sentence]
	return q.To-q.From == 1 && v.lower(q.From-1) == "the" && strings.HasSuffix(v.lower(q.Head), "s") && v.isPlural(q.Head)
}

func (r *resolver) entityGender(e int) gender {
	for i := range r.persons {
		if r.persons[i].entity == e {
			return r.persons[i].gender
		}
	}
	return unknownGender
}
