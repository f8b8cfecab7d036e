package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// isFormer reports whether token t is the "former" or "latter" that stands for
// one of two things, and no adjective of the noun behind it.
func (v *view) isFormer(t int) bool {
	if w := v.lower(t); w != "former" && w != "latter" || v.lower(t-1) != "the" {
		return false
	}
	if v.isPossessiveMark(t + 1) {
		return true
	}
	if h := v.head[t]; h > t && v.isNounLike(h) {
		return false
	}
	return t+1 >= len(v.Tokens) || v.Tokens[t+1].UPOS != "ADJ" && !v.isNounLike(t+1) && v.Tokens[t+1].UPOS != "NUM"
}

// resolveFormer takes "the former" for the first and "the latter" for the second
// of the two things that were joined last, at most two sentences before.
func (r *resolver) resolveFormer(i int) {
	m := &r.d.Mentions[i]
	which := 0
	if r.details[i].noun == "latter" {
		which = 1
	}
	between := 0 // persons named in this sentence who are not of the pair
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 2; k-- {
		if q := &r.d.Mentions[k]; q.Kind == Name && q.Sentence == m.Sentence && len(r.joinedAt(k)) == 0 && r.views[q.Sentence].rel(q.Head) != "conj" && r.views[q.Sentence].preposition(q.Head) == "" && q.Type == graph.Person {
			if between++; between > 1 {
				return // "A led the Danes, B the Swedes; the latter"
			}
		}
		pair := r.joinedAt(k)
		if len(pair) == 0 {
			continue
		}
		if len(pair) != 2 || pair[1] >= i {
			return
		}
		e := r.d.Mentions[pair[which]].Entity
		m.Type = r.d.Entities[e].Thing.Type
		r.assign(i, e, "description")
		return
	}
}

// joinedAt returns the mentions coordinated at mention k, k first, in the order
// of the text; nothing if k begins no coordination of things that are known.
func (r *resolver) joinedAt(k int) []int {
	m := &r.d.Mentions[k]
	v := r.views[m.Sentence]
	cs := v.conjuncts(m.Head)
	if v.rel(m.Head) == "conj" || len(cs) < 2 || cs[0] != m.Head {
		return nil
	}
	var out []int
	for _, c := range cs {
		x := r.d.At(m.Sentence, c)
		if x < 0 || r.d.Mentions[x].Entity == Unresolved || r.d.Mentions[x].Kind == Demonym && r.d.Mentions[x].To <= r.d.Mentions[x].Head {
			return nil
		}
		out = append(out, x)
	}
	return out
}

// standIn returns the mention of the "that" of "that of Peru" or the "one" of "a
// Maoist one" at token t, which stand for a noun said before.
func (v *view) standIn(t int) (Mention, bool) {
	m := Mention{From: t, To: t + 1, Head: t, Kind: Nominal, Type: graph.Group}
	switch v.lower(t) {
	case "that":
		k := t + 2
		if v.lower(t+1) != "of" || v.Tokens[t].XPOS != "DT" {
			return m, false
		}
		if v.lower(k) == "the" {
			k++
		}
		if k >= len(v.Tokens) || v.name[k] < 0 {
			return m, false
		}
		m.To = v.Entities[v.name[k]].To
		return m, true
	case "one":
		if t < 2 || v.name[t-1] < 0 || v.Tokens[v.Entities[v.name[t-1]].From].UPOS == "DET" {
			return m, false
		}
		m.From = v.Entities[v.name[t-1]].From - 1
		w := v.lower(m.From)
		return m, w == "a" || w == "an" || w == "the"
	}
	return m, false
}

// resolveStandIn makes the stand-in i a group with the noun of the delegation or
// the like that was spoken of last in its sentence, and a side of its own.
func (r *resolver) resolveStandIn(i int, sides []int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if len(sides) == 0 {
		for t := m.From; t < m.To; t++ {
			if k := r.sideAt(m.Sentence, t); k >= 0 && k != i {
				sides = append(sides, k)
				break
			}
		}
	}
	for k := i - 1; k >= 0 && r.d.Mentions[k].Sentence == m.Sentence && len(sides) > 0; k-- {
		q := &r.d.Mentions[k]
		if noun := r.details[k].noun; q.Kind == Nominal && (delegations[noun] || ledGroups[noun]) {
			r.details[i].noun, m.Plural = noun, q.Plural
			r.makeGroup(i, sides)
			if e := m.Entity; e != Unresolved && len(r.d.Entities[e].Mentions) == 1 {
				s := &r.d.Mentions[sides[0]]
				label := strings.TrimSuffix(v.text(r.d.Article.Text, s.From, s.To), "'s") + " " + noun
				r.d.Entities[e].Thing.Label, r.known[e].forms = label, []string{label}
			}
			return
		}
	}
}

// ordinalWords holds the words that count off the members of a group: "The
// first, NAME, … The second, NAME, …".
var ordinalWords = map[string]bool{"first": true, "second": true, "third": true, "fourth": true, "fifth": true, "other": true, "one": true, "another": true}

// countMembers makes the names that are counted off behind a counted group its
// members: "two mediators. The first, A, … The second, B, …".
func (r *resolver) countMembers() {
	counted := map[int][]int{} // mentions by the group that they are members of
	var order []int
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		v := r.views[m.Sentence]
		if m.Kind != Name || m.Entity == Unresolved || v.lower(m.From-1) != "," || !ordinalWords[v.lower(m.From-2)] || v.lower(m.To) == "and" {
			continue
		}
		if w := v.lower(m.From - 3); w != "the" && w != "" && w != ";" && w != "." && w != "and" {
			continue
		}
		g := r.countedBefore(i)
		if g < 0 {
			continue
		}
		e := r.d.Mentions[g].Entity
		if counted[e] == nil {
			order = append(order, e)
		}
		counted[e] = append(counted[e], i)
		r.d.Relations = append(r.d.Relations, Relation{
			Subject: m.Entity, SubjectMention: i, Predicate: graph.MemberOf, Object: e, ObjectMention: g,
			Sentence: m.Sentence, From: m.From - 2, To: m.To, Rule: "counted/off", Confidence: 0.8,
		})
	}
	for _, e := range order {
		var members []int
		for _, i := range counted[e] {
			if x := r.d.Mentions[i].Entity; !slices.Contains(members, x) {
				members = append(members, x)
			}
		}
		if len(members) == r.countOf(e) {
			r.d.Entities[e].Members = members
		}
	}
}

// countedBefore returns the counted group named last, at most four sentences
// before mention i, that can have i among it; or -1.
func (r *resolver) countedBefore(i int) int {
	m := &r.d.Mentions[i]
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 4; k-- {
		q := &r.d.Mentions[k]
		if q.Kind != Nominal || !q.Plural || q.Entity == Unresolved || r.countOf(q.Entity) == 0 || len(r.d.Entities[q.Entity].Members) > 0 {
			continue
		}
		switch want, _ := NounType(r.details[k].noun); {
		case want == m.Type, want == graph.Organisation && (m.Type == graph.State || m.Type == graph.Group):
			return k
		}
		return -1
	}
	return -1
}

// countOf returns how many members the first mention of group e says it has, or 0.
func (r *resolver) countOf(e int) int {
	x := &r.d.Entities[e]
	if x.Thing.Type != graph.Group || len(x.Mentions) == 0 {
		return 0
	}
	return countWords[r.details[x.Mentions[0]].quantity]
}

// countWords gives the numbers that stand before nouns.
var countWords = map[string]int{"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// resolveHeads makes "the two heads of delegation" stand for the two persons who
// lead delegations, if the article has just two.
func (r *resolver) resolveHeads() {
	for e := range r.d.Entities {
		x := &r.d.Entities[e]
		if x.Thing.Type != graph.Group || len(x.Members) > 0 || len(x.Mentions) == 0 || r.known[e].gone || !r.areHeads(x.Mentions[0]) {
			continue
		}
		var heads []int
		for _, y := range r.d.Relations {
			if y.Predicate == graph.Leads && r.isDelegation(y.Object) && !slices.Contains(heads, y.Subject) {
				heads = append(heads, y.Subject)
			}
		}
		if len(heads) == 2 {
			x.Members = heads
		}
	}
}

// areHeads reports whether mention i is "the two heads of delegation", "both
// delegation leaders", "the heads of the two delegations".
func (r *resolver) areHeads(i int) bool {
	m, d := &r.d.Mentions[i], &r.details[i]
	if m.Kind != Nominal || !m.Plural || postOf(d.noun) != head {
		return false
	}
	v := r.views[m.Sentence]
	two, of := d.quantity == "two" || d.quantity == "both" || d.quantity == "" && d.definite, false
	for t := m.From; t < m.To; t++ {
		w := v.lower(t)
		two = two || t > m.Head && (w == "two" || w == "both")
		of = of || t != m.Head && (v.lemma(t) == "delegation" || v.lemma(t) == "team")
	}
	return two && of
}

// isDelegation reports whether entity e is a group that someone sent to talk.
func (r *resolver) isDelegation(e int) bool {
	if e == Unresolved || r.d.Entities[e].Thing.Type != graph.Group {
		return false
	}
	return slices.ContainsFunc(r.d.Entities[e].Mentions, func(i int) bool {
		return r.d.Mentions[i].Kind == Nominal && (r.details[i].noun == "delegation" || r.details[i].noun == "team")
	})
}
