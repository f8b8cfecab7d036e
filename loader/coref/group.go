package coref

import (
	"slices"
	"strconv"
	"strings"

	"parley/graph"
)

// makeGroup makes mention i stand for the Group that its words describe: the one
// that the article described so before, or a new one.
func (r *resolver) makeGroup(i int, sides []int) {
	m, d := &r.d.Mentions[i], &r.details[i]
	var of []int
	for _, s := range sides {
		e := r.d.Mentions[s].Entity
		if e != Unresolved && r.d.Entities[e].Thing.Type == graph.Person {
			e = r.stateOf(e)
		}
		if e != Unresolved && r.d.Entities[e].Thing.Type != graph.Place {
			of = append(of, e)
		}
	}
	if len(of) == 0 && m.Type == graph.Person && !m.Plural && d.definite {
		return
	}
	of = r.narrowest(of)
	if e := r.sameBody(i, of); e != Unresolved {
		r.assign(i, e, "description")
		r.addForm(e, r.groupLabel(i))
		return
	}
	key := r.groupKey(i, of)
	if key == "" {
		return
	}
	e, ok := r.groups[key]
	if !ok {
		e = r.newEntity(graph.Group, r.groupLabel(i))
		r.groups[key] = e
		r.known[e].scoped = true
		r.d.Entities[e].Sides = slices.DeleteFunc(slices.Clone(of), r.isFaith) // a priest does not act for his faith
	}
	kind := ""
	if len(r.d.Entities[e].Mentions) > 0 {
		kind = "description"
	}
	r.assign(i, e, kind)
	r.addForm(e, r.groupLabel(i))
}

// sameBody returns the unnamed body that the article described last with the noun
// of mention i, if i says no more of it than "the panel"; else Unresolved.
func (r *resolver) sameBody(i int, of []int) int {
	m, d := &r.d.Mentions[i], &r.details[i]
	if m.Plural || m.Type == graph.Person || !d.definite || len(of) > 0 || r.isSpecific(i) || m.To > m.Head+1 {
		return Unresolved
	}
	for k := i - 1; k >= 0; k-- {
		q := &r.d.Mentions[k]
		if q.Kind == Nominal && !q.Plural && q.Type == m.Type && q.Entity != Unresolved && r.details[k].noun == d.noun && r.d.Entities[q.Entity].Thing.Type == graph.Group {
			return q.Entity
		}
	}
	return Unresolved
}

// narrowest drops a state when an organisation is named too: "Palestinian Hamas
// negotiators" are Hamas's.
func (r *resolver) narrowest(of []int) []int {
	slices.Sort(of)
	of = slices.Compact(of)
	if len(of) < 2 {
		return of
	}
	var orgs []int
	for _, e := range of {
		if r.d.Entities[e].Thing.Type != graph.State {
			orgs = append(orgs, e)
		}
	}
	if len(orgs) > 0 && len(orgs) < len(of) {
		return orgs
	}
	return of
}

// groupKey returns the description under which a group of the article is known.
// Delegations, teams and sides of one sender are one.
func (r *resolver) groupKey(i int, of []int) string {
	m, d := &r.d.Mentions[i], &r.details[i]
	var b strings.Builder
	noun := d.noun
	v := r.views[m.Sentence]
	if delegations[noun] && len(of) > 0 {
		noun = "delegation"
	} else {
		if !m.Plural {
			b.WriteString("one ")
		}
		if p := v.child(m.Head, "nmod:poss"); p >= 0 && v.Tokens[p].UPOS == "PRON" && m.Type == graph.Organisation {
			b.WriteString(strconv.Itoa(i) + " ") // "his party": whose is not known yet
		}
		for t := m.From; t < m.To; t++ {
			if u := v.Tokens[t].UPOS; (u == "ADJ" || v.isNounLike(t)) && (v.name[t] < 0 || t < m.Head && !r.isSideOf(m.Sentence, t, of)) && t != m.Head && (t > m.Head || v.lower(t) != "same") {
				b.WriteString(v.lemma(t) + " ")
			}
		}
		if !m.Plural && m.Type == graph.Person {
			b.Reset() // "a senior Hamas official", then "the official"
			b.WriteString("one ")
		}
	}
	b.WriteString(noun)
	for _, e := range of {
		b.WriteString(" " + string(r.d.Entities[e].Thing.Type) + r.d.Entities[e].Thing.Label)
	}
	return b.String()
}

// isSideOf reports whether the name at token t is that of one of the sides of.
func (r *resolver) isSideOf(sent, t int, of []int) bool {
	k := r.d.Covering(sent, t)
	return k >= 0 && slices.Contains(of, r.d.Mentions[k].Entity)
}

// delegations holds nouns for those whom a side sends to speak for it.
var delegations = map[string]bool{"delegation": true, "team": true, "side": true, "negotiator": true, "panel": true, "delegate": true, "contingent": true, "representative": true}

// groupLabel returns the words of nominal i without article and quantity.
func (r *resolver) groupLabel(i int) string {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	from := m.From
	for from < m.Head {
		w := v.lower(from)
		if v.Tokens[from].UPOS == "DET" || w == "its" || w == "their" || w == "his" || w == "her" || w == "our" || w == "both" || w == "two" || v.Tokens[from].UPOS == "NUM" && v.Tokens[from+1].Form != "-" {
			from++
			continue
		}
		break
	}
	return strings.Join(strings.Fields(v.text(r.d.Article.Text, from, m.To)), " ")
}

func isSideNoun(noun string) bool {
	return noun == "side" || noun == "party" || noun == "camp" || noun == "delegation" || noun == "team"
}

// isPairNoun reports whether "the two NOUNs" are two things named before.
func isPairNoun(noun string) bool {
	switch noun {
	case "side", "party", "country", "nation", "neighbour", "neighbor", "government", "state", "leader", "man", "president",
		"delegation", "team", "group", "rival", "enemy", "foe", "adversary", "capital", "minister", "camp", "movement", "organisation", "organization", "company", "two", "both", "neither", "woman", "signatory":
		return true
	}
	return false
}

// resolvePair takes "both sides", "the two men" for the two things that the
// article last joined: "A and B", "between A and B".
func (r *resolver) resolvePair(i int) {
	d := &r.details[i]
	if n := map[string]int{"three": 3, "four": 4, "five": 5}[d.quantity]; n > 0 {
		r.resolveSeveral(i, n)
		return
	}
	if d.quantity != "both" && d.quantity != "two" && d.quantity != "either" && d.quantity != "neither" && d.quantity != "each" {
		r.makeGroup(i, nil)
		return
	}
	want := func(t graph.Type) bool { return t == graph.State || t == graph.Organisation || t == graph.Group }
	switch d.noun {
	case "man", "leader", "president", "minister", "woman":
		want = func(t graph.Type) bool { return t == graph.Person }
	case "country", "nation", "neighbour", "neighbor", "government", "state", "capital":
		want = func(t graph.Type) bool { return t == graph.State }
	}
	if pair, ok := r.pairBefore(i, want); ok {
		e := r.newEntity(graph.Group, r.groupLabel(i))
		r.known[e].scoped = true
		r.d.Entities[e].Members = pair
		r.assign(i, e, "description")
		return
	}
	r.d.Mentions[i].Entity = Unresolved
}

// resolveSeveral takes "those three countries" for the list of three that was
// given last, if it is in this sentence or the one before.
func (r *resolver) resolveSeveral(i, n int) {
	m, d := &r.d.Mentions[i], &r.details[i]
	for k := i - 1; d.definite && k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 1; k-- {
		q := &r.d.Mentions[k]
		v := r.views[q.Sentence]
		if q.Kind != Name || v.rel(q.Head) == "conj" {
			continue
		}
		cs := v.conjuncts(q.Head)
		var members []int
		for _, c := range cs {
			if x := r.d.At(q.Sentence, c); x >= 0 && r.d.Mentions[x].Entity != Unresolved && r.d.Mentions[x].Type == q.Type && r.d.Mentions[x].Kind == Name {
				members = append(members, r.d.Mentions[x].Entity)
			}
		}
		if len(cs) != n || len(members) != n || d.noun == "both" && !v.hasAnd(cs[0], cs[1]) {
			continue
		}
		e := r.newEntity(graph.Group, r.groupLabel(i))
		r.known[e].scoped = true
		r.d.Entities[e].Members = members
		r.assign(i, e, "description")
		return
	}
	if ps := r.personsBefore(i); d.definite && d.noun != "both" && len(ps) == n && (nouns()[d.noun] == graph.Person || countWords[d.noun] == n) {
		e := r.newEntity(graph.Group, r.groupLabel(i))
		r.known[e].scoped = true
		r.d.Entities[e].Members = ps
		r.assign(i, e, "description")
		return
	}
	r.makeGroup(i, nil)
}

// hasAnd reports whether "and" stands between tokens a and b, and no semicolon.
func (v *view) hasAnd(a, b int) bool {
	and := false
	for t := a; t < b; t++ {
		if v.lower(t) == ";" {
			return false
		}
		and = and || v.lower(t) == "and"
	}
	return and
}

// personsBefore returns the persons named in the sentence before mention i.
func (r *resolver) personsBefore(i int) []int {
	var out []int
	for k := i - 1; k >= 0 && r.d.Mentions[i].Sentence-r.d.Mentions[k].Sentence <= 1; k-- {
		if e := r.d.Mentions[k].Entity; r.isPersonName(k) && e != Unresolved && r.d.Mentions[k].Sentence < r.d.Mentions[i].Sentence && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out
}

// pairBefore returns the two entities of the wanted type that were last
// coordinated before mention i. If the article joins different pairs within the
// same stretch of text, which is meant is unsure, and ok is false.
func (r *resolver) pairBefore(i int, want func(graph.Type) bool) (pair []int, ok bool) {
	counts := map[[2]int]int{}
	var order [][2]int
	for k := range i {
		for _, p := range r.pairsAt(k, want) {
			if counts[p] == 0 {
				order = append(order, p)
			}
			counts[p]++
		}
	}
	switch len(order) {
	case 0:
		return nil, false
	case 1:
		return order[0][:], true
	}
	best, second := order[0], 0
	for _, p := range order[1:] {
		if counts[p] > counts[best] {
			best = p
		}
	}
	for _, p := range order {
		if p != best {
			second = max(second, counts[p])
		}
	}
	if counts[best] >= 2*second {
		return best[:], true
	}
	return nil, false
}

// pairsAt returns the pair of entities that mention k starts, if exactly two
// mentions of the wanted type are coordinated there.
func (r *resolver) pairsAt(k int, want func(graph.Type) bool) [][2]int {
	m := &r.d.Mentions[k]
	v := r.views[m.Sentence]
	if m.Entity == Unresolved || !want(r.d.Entities[m.Entity].Thing.Type) || v.rel(m.Head) == "conj" {
		return nil
	}
	cs := v.conjuncts(m.Head)
	if len(cs) != 2 || cs[0] != m.Head {
		return nil
	}
	q := r.d.At(m.Sentence, cs[1])
	if c := v.child(cs[1], "cc"); c < 0 || v.lower(c) != "and" && v.lower(c) != "nor" && v.lower(c) != "or" {
		return nil // "all factions, not just Hamas"
	}
	if q < 0 {
		return nil
	}
	e := r.d.Mentions[q].Entity
	if e == Unresolved || e == m.Entity || !want(r.d.Entities[e].Thing.Type) || v.helps(m.Head) {
		return nil
	}
	return [][2]int{{min(e, m.Entity), max(e, m.Entity)}}
}

// helpers holds nouns for those who are at talks without being a side, helping verbs
// for what they do.
var (
	helpers = map[string]bool{"mediator": true, "guarantor": true, "host": true, "facilitator": true, "broker": true, "observer": true, "intermediary": true, "go-between": true, "witness": true, "co-chair": true}
	helping = map[string]bool{"mediate": true, "guarantee": true, "host": true, "facilitate": true, "broker": true, "observe": true, "sponsor": true}
)

// helps reports whether those coordinated at token t are said to be at talks without
// being a side: "Norway and Cuba are the guarantors", "brokered by Norway and Cuba".
func (v *view) helps(t int) bool {
	g := v.head[t]
	switch {
	case g < 0:
		return false
	case v.fullRel(t) == "nsubj":
		return helpers[v.lemma(g)] || helping[v.lemma(g)]
	case v.rel(t) == "obl" && v.preposition(t) == "by":
		return helping[v.lemma(g)]
	case v.rel(t) == "appos":
		return helpers[v.lemma(g)]
	}
	return false
}
