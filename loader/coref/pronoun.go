package coref

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
)

// resolvePronouns gives pronouns their entities. A pronoun for which two
// antecedents are about as good stays unresolved.
func (r *resolver) resolvePronouns() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		switch {
		case m.Entity != Unresolved:
		case m.Kind == Relative:
			r.resolveRelative(i)
		case m.Kind == Pronoun || m.Kind == Possessive:
			if a, ok := agreementOf(r.views[m.Sentence].lower(m.Head)); ok && !r.views[m.Sentence].standsForMatter(m.Head) {
				r.resolvePronoun(i, a)
			}
		}
	}
}

// agreement is what a pronoun demands of its antecedent.
type agreement struct {
	person bool
	plural bool
	gender gender
}

func agreementOf(w string) (agreement, bool) {
	switch w {
	case "he", "him", "his", "himself":
		return agreement{person: true, gender: male}, true
	case "she", "her", "hers", "herself":
		return agreement{person: true, gender: female}, true
	case "it", "its", "itself":
		return agreement{}, true
	case "they", "them", "their", "theirs", "themselves":
		return agreement{plural: true}, true
	}
	return agreement{}, false
}

// standsForMatter reports whether the "it" of token t stands for what was said,
// signed or done and for nobody, or for nothing at all: "denied it", "it should be
// tabled", "it was the king who".
func (v *view) standsForMatter(t int) bool {
	g := v.head[t]
	if v.lower(t) != "it" || g < 0 {
		return false
	}
	switch v.fullRel(t) {
	case "obj", "nsubj:pass":
		return matterVerbs[v.lemma(g)]
	case "nsubj":
		if v.child(g, "cop") < 0 {
			return false
		}
		if v.Tokens[g].UPOS == "ADJ" && v.child(g, "csubj", "ccomp", "advcl") >= 0 {
			return true
		}
		for _, k := range v.kids[g] {
			if v.rel(k) == "acl" && v.child(k, "nsubj") >= 0 {
				if w := v.lower(v.child(k, "nsubj")); w == "who" || w == "that" || w == "which" {
					return true
				}
			}
		}
	}
	return false
}

// matterVerbs holds verbs whose object is a matter, not a body or state.
var matterVerbs = map[string]bool{
	"say": true, "deny": true, "call": true, "welcome": true, "reject": true, "accept": true, "sign": true, "table": true, "adopt": true, "ratify": true,
	"confirm": true, "announce": true, "describe": true, "initial": true, "endorse": true, "approve": true, "implement": true, "do": true, "mean": true,
	"know": true, "believe": true, "dismiss": true, "negotiate": true, "conclude": true, "broker": true, "propose": true, "read": true, "mention": true, "regret": true,
	"admit": true, "concede": true, "postpone": true, "cancel": true, "discuss": true, "draft": true, "honour": true, "honor": true, "breach": true, "violate": true, "publish": true,
}

// resolveRelative gives "who", "which" the entity of the noun that its clause
// hangs on.
func (r *resolver) resolveRelative(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if e := r.besideRelative(i); e >= 0 {
		q := &r.d.Mentions[e]
		m.Type, m.Plural = q.Type, q.Plural
		if q.Entity != Unresolved {
			r.assign(i, q.Entity, "pronoun")
		}
		return
	}
	for t := m.Head; t >= 0; t = v.head[t] {
		if v.rel(t) != "acl" && v.rel(t) != "advcl" || v.head[t] < 0 {
			continue
		}
		g := v.head[t]
		if g > m.Head {
			return
		}
		k := r.d.At(m.Sentence, g)
		if k < 0 {
			k = r.d.Covering(m.Sentence, g)
		}
		if near := r.nameBeforeComma(m.Sentence, m.Head); near >= 0 && v.lower(m.Head) == "who" && v.parted(g, r.d.Mentions[near].From) {
			k = near // "of the secretary; of NAME, who"
		}
		if k < 0 && v.rel(g) == "appos" && v.lower(m.Head) == "who" {
			k = r.nameBeforeComma(m.Sentence, v.first[g]) // "NAME, a local notable who"
		}
		if k < 0 || k == i || r.d.Mentions[k].Kind == Demonym && r.d.Mentions[k].Head != g {
			return
		}
		q := &r.d.Mentions[k]
		if w := v.lower(m.Head); (w == "who" || w == "whom") && q.Type == graph.Place {
			return
		}
		if w := v.lower(m.Head); (w == "who" || w == "whom") && (q.Kind == Name && (q.Type == graph.Organisation || q.Type == graph.State) || r.isOwnBody(q)) {
			if p := r.personAbove(m.Sentence, g); p >= 0 {
				q = &r.d.Mentions[p]
			}
		}
		m.Type, m.Plural = q.Type, q.Plural
		if all := r.namedWith(k); len(all) > 1 && v.lower(m.Head) == "who" && v.rel(m.Head) == "nsubj" && grammar.IsPluralVerb(v.Sentence, v.head[m.Head], v.kids[v.head[m.Head]]) {
			m.Plural = true
			r.resolveMembers(i, all)
			return
		}
		if q.Entity != Unresolved {
			r.assign(i, q.Entity, "pronoun")
		}
		return
	}
}

// nameBeforeComma returns the person's name that ends at the comma before token t, or -1.
func (r *resolver) nameBeforeComma(sent, t int) int {
	v := r.views[sent]
	if v.lower(t) == "," {
		t++
	}
	if k := r.nameEndingAt(sent, t-1); v.lower(t-1) == "," && r.isPersonName(k) {
		return k
	}
	return -1
}

// namedWith returns the persons of the coordination of names that mention k is in, or
// nothing.
func (r *resolver) namedWith(k int) []int {
	if !r.isPersonName(k) {
		return nil
	}
	var out []int
	for _, n := range r.coordinationOf(k) {
		if e := r.d.Mentions[n].Entity; e != Unresolved {
			out = append(out, e)
		}
	}
	return out
}

// isOwnBody reports whether m names one body by a noun: "the supreme court", of which
// nobody says "who" but of its head.
func (r *resolver) isOwnBody(m *Mention) bool {
	v := r.views[m.Sentence]
	return m.Kind == Nominal && !m.Plural && v.Tokens[m.Head].XPOS == "NN" && (m.Type == graph.Group || m.Type == graph.Organisation) &&
		(grammar.IsSingleBody(v.lemma(m.Head)) || v.lemma(m.Head) == "police")
}

// besideRelative returns the name right before the comma in front of "whose" or
// "which", where the tree has no relative clause; else -1.
func (r *resolver) besideRelative(i int) int {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for t := m.Head; t >= 0; t = v.head[t] {
		if v.rel(t) == "acl" && v.head[t] >= 0 {
			return -1
		}
	}
	t := m.Head - 1
	if v.lower(t) != "," {
		return -1
	}
	if t--; v.lower(t) == ")" {
		t -= 3
	}
	if t < 0 {
		return -1
	}
	if k := r.d.Covering(m.Sentence, t); k >= 0 && r.d.Mentions[k].To == t+1 {
		return k
	}
	return -1
}

// personAbove returns the mention of a person that the phrase of token t
// describes or hangs on, or -1: the director in "director of the bank, who".
func (r *resolver) personAbove(sent, t int) int {
	v := r.views[sent]
	for g := v.head[t]; g >= 0; g = v.head[g] {
		if k := r.d.At(sent, g); k >= 0 && r.d.Mentions[k].Type == graph.Person {
			return k
		}
		if v.Tokens[g].UPOS == "VERB" {
			return -1
		}
	}
	return -1
}

// candidate is a possible antecedent: a noun phrase, whether or not it is a mention.
type candidate struct {
	entity  int // Unresolved for a phrase that is no mention or stands for none
	members []int
	score   float64
}

// resolvePronoun scores the noun phrases of this sentence and the two before it
// as antecedents of mention i: subjects before objects, near before far. Which
// weights to use was tried on the news part of the GUM treebank.
func (r *resolver) resolvePronoun(i int, a agreement) {
	m := &r.d.Mentions[i]
	banned := r.clauseMates(i)
	var cs candidates
	for sent := m.Sentence; sent >= max(0, m.Sentence-2); sent-- {
		v := r.views[sent]
		if v.Headline && sent != m.Sentence {
			break
		}
		end := len(v.Tokens)
		if sent == m.Sentence {
			end = m.Head
		}
		for t := range end {
			if c, ok := r.antecedent(sent, t, i, a); ok && (c.entity == Unresolved || !slices.Contains(banned, c.entity)) {
				cs.add(c)
			}
		}
	}
	top, lead := cs.best()
	switch {
	case lead < r.margin(a) || top.score < 4:
	case len(top.members) > 0:
		r.resolveMembers(i, top.members)
	case top.entity != Unresolved:
		r.assign(i, top.entity, "pronoun")
		if !a.person {
			m.Type = r.d.Entities[top.entity].Thing.Type
		}
	}
}

// clauseMates returns the entities that other arguments of the verb of mention i
// stand for, if i is no possessive: "the minister brushed him aside" is of another.
func (r *resolver) clauseMates(i int) []int {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.Kind == Possessive || v.rel(m.Head) != "obj" && v.rel(m.Head) != "iobj" || strings.HasSuffix(v.lower(m.Head), "self") || strings.HasSuffix(v.lower(m.Head), "selves") {
		return nil
	}
	var out []int
	for t := range v.Tokens {
		if k := r.d.At(m.Sentence, t); k >= 0 && k != i && r.d.Mentions[k].Entity != Unresolved && v.rel(t) == "nsubj" && r.sameClauseArgument(t, i) {
			out = append(out, r.d.Mentions[k].Entity)
		}
	}
	return out
}

// candidates are the possible antecedents of one mention; an entity counts once,
// with its best score.
type candidates []candidate

func (cs *candidates) add(c candidate) {
	for i := range *cs {
		if old := &(*cs)[i]; c.entity != Unresolved && old.entity == c.entity {
			if c.score > old.score {
				*old = c
			}
			return
		}
	}
	*cs = append(*cs, c)
}

// best returns the best candidate and how far it leads; of equal ones, the first.
func (cs candidates) best() (top candidate, lead float64) {
	top = candidate{entity: Unresolved, score: -1e9}
	second := -1e9
	for _, c := range cs {
		if c.score > top.score {
			second, top = top.score, c
		} else {
			second = max(second, c.score)
		}
	}
	return top, top.score - second
}

// margin is how much better than the next the best antecedent must be.
func (r *resolver) margin(a agreement) float64 {
	if a.person {
		return 2
	}
	return 2
}

// antecedent rates the noun phrase headed by token t of sentence sent as what
// mention i stands for.
func (r *resolver) antecedent(sent, t, i int, a agreement) (candidate, bool) {
	m := &r.d.Mentions[i]
	v := r.views[sent]
	k := r.d.At(sent, t)
	c := candidate{entity: Unresolved}
	if k >= 0 {
		c.entity = r.d.Mentions[k].Entity
	}
	noun := v.isNounLike(t) && v.rel(t) != "compound" && v.rel(t) != "flat"
	if k < 0 && (!noun || a.person || v.name[t] >= 0) || k == i {
		return c, false
	}
	if k >= 0 && !r.agrees(k, a) {
		if a.plural && c.entity != Unresolved {
			return r.coordination(sent, t, i)
		}
		return c, false
	}
	if k < 0 && v.isPlural(t) != a.plural {
		return c, false
	}
	if a.plural && v.rel(t) != "conj" {
		if cc, ok := r.coordination(sent, t, i); ok {
			return cc, true
		}
	}
	if sent == m.Sentence && r.sameClauseArgument(t, i) {
		return c, false
	}
	c.score = r.salience(sent, t, i)
	if v.quoted[t] != r.views[m.Sentence].quoted[m.Head] {
		c.score -= 3 // who speaks is "I" in his own words
	}
	if k >= 0 && r.d.Mentions[k].Kind == Name {
		c.score += 0.5
	}
	if a.gender == female && c.entity != Unresolved && r.entityGender(c.entity) == unknownGender {
		c.score -= 2 // most persons of the news are men
	}
	if k >= 0 && a.plural && !r.d.Mentions[k].Plural && !(v.isPlural(t) && r.d.Mentions[k].size() == 1) {
		c.score -= 2 // but "the Eagles" are "they"
	}
	return c, true
}

// coordination offers "A and B" headed by t as a plural antecedent.
func (r *resolver) coordination(sent, t, i int) (candidate, bool) {
	v := r.views[sent]
	c := candidate{entity: Unresolved}
	if v.rel(t) == "conj" {
		return c, false
	}
	cs := v.conjuncts(t)
	if len(cs) < 2 || cs[0] != t {
		return c, false
	}
	for _, x := range cs {
		k := r.d.At(sent, x)
		if k < 0 || r.d.Mentions[k].Entity == Unresolved || x >= r.d.Mentions[i].Head && sent == r.d.Mentions[i].Sentence {
			return c, false
		}
		c.members = append(c.members, r.d.Mentions[k].Entity)
	}
	c.score = r.salience(sent, t, i) + 0.5
	return c, true
}

// resolveMembers makes mention i stand for several entities at once.
func (r *resolver) resolveMembers(i int, members []int) {
	key := "members"
	for _, e := range members {
		key += " " + string(r.d.Entities[e].Thing.Type) + r.d.Entities[e].Thing.Label
	}
	e, ok := r.groups[key]
	if !ok {
		label := ""
		for n, x := range members {
			switch {
			case n == 0:
			case n == len(members)-1:
				label += " and "
			default:
				label += ", "
			}
			label += r.d.Entities[x].Thing.Label
		}
		e = r.newEntity(graph.Group, label)
		r.groups[key] = e
		r.known[e].scoped = true
		r.d.Entities[e].Members = members
	}
	r.assign(i, e, "pronoun")
}
