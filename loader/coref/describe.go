package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// resolvePersonNominal takes "the Israeli leader" for the one person whose posts
// make him that, and an indefinite description for a Group of one.
func (r *resolver) resolvePersonNominal(i int, sides []int) {
	d := &r.details[i]
	if !d.definite {
		r.makeGroup(i, sides)
		return
	}
	if e := r.describedPerson(i, sides); e != Unresolved {
		r.assign(i, e, "description")
		return
	}
	if e := r.introducedPerson(i, sides); e != Unresolved {
		r.assign(i, e, "description")
		return
	}
	if len(sides) == 0 {
		if e := r.groupBefore(i); e != Unresolved {
			r.assign(i, e, "description")
		}
		return
	}
	r.makeGroup(i, sides)
}

// introducedPerson returns the person named last in the sentence before mention
// i if nothing yet was said of who that is: "…, Martti Ahtisaari. The former
// Finnish president …". The description then counts as a post.
func (r *resolver) introducedPerson(i int, sides []int) int {
	m := &r.d.Mentions[i]
	demonym := len(sides) == 1 && r.d.Mentions[sides[0]].Kind == Demonym && (r.saysPast(i) || r.onlySubject(i))
	if !demonym && !r.introduces(i, sides) {
		return Unresolved
	}
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 1; k-- {
		if r.d.Mentions[k].Sentence == m.Sentence || !r.isPersonName(k) {
			continue
		}
		e := r.d.Mentions[k].Entity
		if e == Unresolved || slices.ContainsFunc(r.posts, func(p post) bool { return r.d.Mentions[p.holder].Entity == e }) {
			return Unresolved
		}
		n := len(r.posts)
		r.nominalPost(m.Sentence, r.views[m.Sentence], k, m.Head, "description")
		if len(r.posts) == n {
			return Unresolved
		}
		r.posts[n].from, r.posts[n].to = m.From, m.To
		return e
	}
	return Unresolved
}

// introduces reports whether nominal i says of somebody who was first named in the
// sentence before it, and alone there, who that is: "Rashid Karimov kept his coat on.
// The deputy prime minister of Tajikistan …". Nobody else in the article can be called
// so, and a title as common as "the president" is no introduction.
func (r *resolver) introduces(i int, sides []int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.Sentence == 0 || v.rel(m.Head) != "nsubj" || v.Block != r.views[m.Sentence-1].Block || !r.tellsPost(i, sides) {
		return false
	}
	for k := range r.posts {
		if p := &r.posts[k]; postFits(p, r.details[i].noun, r.primeMinister(i)) && r.rankFits(i, p) {
			return false
		}
	}
	found := Unresolved
	for k := range r.d.Mentions {
		q := &r.d.Mentions[k]
		switch {
		case q.Sentence < m.Sentence-1 || q.Sentence > m.Sentence || q.Sentence == m.Sentence && q.From >= m.From:
		case r.isPersonName(k) && (found != Unresolved || q.Sentence == m.Sentence || r.namedBefore(q.Entity, q.Sentence)):
			return false
		case r.isPersonName(k):
			found = q.Entity
		case q.Type == graph.Person && q.Kind == Nominal && q.Entity != found && r.views[q.Sentence].rel(q.Head) == "nsubj":
			return false
		}
	}
	return found != Unresolved && !r.spokenOfOtherwise(m, r.entityGender(found))
}

// spokenOfOtherwise reports whether the first pronoun of a person behind description m
// is not of gender g: "the minister, who was on his way" is not Ana.
func (r *resolver) spokenOfOtherwise(m *Mention, g gender) bool {
	v := r.views[m.Sentence]
	for t := m.To; t < len(v.Tokens) && g != unknownGender; t++ {
		if a, ok := agreementOf(v.lower(t)); ok && a.person {
			return a.gender != g
		}
	}
	return false
}

// tellsPost reports whether nominal i has a post that tells its holder from others:
// a former one, or that of a ruler or minister of two words or of a named side.
func (r *resolver) tellsPost(i int, sides []int) bool {
	m := &r.d.Mentions[i]
	for _, s := range sides {
		if q := &r.d.Mentions[s]; q.Entity == Unresolved || q.Kind != Demonym && q.Kind != Name || r.d.Entities[q.Entity].Thing.Type == graph.Person {
			return false
		}
	}
	if r.saysPast(i) {
		return true
	}
	p := post{side: -1}
	v := r.views[m.Sentence]
	words := append(r.readLeft(m.Sentence, v, m.Head, &p), v.Tokens[m.Head].Form)
	p.head = m.Head
	p.finish(v, r.readComplements(m.Sentence, v, m.Head, &p, words))
	return (p.class == ruler || p.class == minister) && (len(sides) > 0 || strings.Contains(p.value, " "))
}

// namedBefore reports whether person e is named before the sentence, headlines aside.
func (r *resolver) namedBefore(e, sentence int) bool {
	if e == Unresolved {
		return true
	}
	for _, i := range r.d.Entities[e].Mentions {
		if q := &r.d.Mentions[i]; q.Kind == Name && q.Sentence < sentence && !r.views[q.Sentence].Headline {
			return true
		}
	}
	return false
}

// onlySubject reports whether nominal i names a ruler or minister and the
// sentence before it has one person only, as its subject.
func (r *resolver) onlySubject(i int) bool {
	m := &r.d.Mentions[i]
	if c := postOf(r.details[i].noun); c != ruler && c != minister {
		return false
	}
	n := 0
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 1; k-- {
		q := &r.d.Mentions[k]
		if q.Sentence == m.Sentence || !r.isPersonName(k) {
			continue
		}
		if n++; n > 1 || r.views[q.Sentence].rel(q.Head) != "nsubj" {
			return false
		}
	}
	return n == 1
}

// groupBefore returns the unnamed person described last before mention i with
// the same noun, if that is not long ago: "a senior official … the official".
func (r *resolver) groupBefore(i int) int {
	m := &r.d.Mentions[i]
	if n := r.details[i].noun; postOf(n) == notPost && n != "source" && n != "insider" {
		return Unresolved
	}
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 2; k-- {
		q := &r.d.Mentions[k]
		if q.Kind == Nominal && !q.Plural && r.details[k].noun == r.details[i].noun && q.Entity != Unresolved {
			return q.Entity
		}
	}
	return Unresolved
}

// describedPerson returns the only person that mention i's noun and side fit.
func (r *resolver) describedPerson(i int, sides []int) int {
	m, d := &r.d.Mentions[i], &r.details[i]
	side := Unresolved
	for _, s := range sides {
		if e := r.d.Mentions[s].Entity; e != Unresolved && r.d.Mentions[s].Kind != Possessive && r.d.Entities[e].Thing.Type != graph.Person {
			side = e
		} else {
			return Unresolved // "his envoy", "Arce's envoy": someone else
		}
	}
	past := r.saysPast(i)
	var exact, loose []int
	for k := range r.posts {
		p := &r.posts[k]
		e := r.d.Mentions[p.holder].Entity
		if e == Unresolved || !postFits(p, d.noun, r.primeMinister(i)) || past && !p.past || !r.rankFits(i, p) || !r.scopeFits(i, p) {
			continue
		}
		s := r.postSide(p)
		if s == Unresolved {
			s = r.stateOf(e)
		}
		switch {
		case side == Unresolved || s == side:
			exact = append(exact, e)
		case s == Unresolved:
			loose = append(loose, e)
		}
	}
	for _, list := range [][]int{exact, loose} {
		slices.Sort(list)
		list = slices.Compact(list)
		if len(list) == 1 {
			return list[0]
		}
		if len(list) > 1 {
			return r.nearestOf(list, i, m)
		}
	}
	return Unresolved
}

// rankFits reports whether the words before the noun of nominal i that set a post
// apart from others, such as "foreign" and "deputy", are in the title of p; and
// whether a title in capitals within the sentence, "the President", is so in p.
func (r *resolver) rankFits(i int, p *post) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if p.rule != "title" && m.From > 0 && isCapital(v.Tokens[m.Head].Form) && !isCapital(r.views[p.sentence].Tokens[p.head].Form) && len(r.sidesOf(i)) == 0 {
		return false
	}
	title := " " + strings.ToLower(strings.ReplaceAll(p.value, "-", " ")) + " "
	for t := m.From; t < m.Head; t++ {
		w := v.lower(t)
		if k := r.d.At(m.Sentence, t); k >= 0 && k != i && r.d.Mentions[k].Kind == Nominal && (sidesWith[w] || w == "opposition") && !r.ofBody(p, k, w) {
			return false // "the rebel leader" is no president
		}
		if w == "prime" || v.name[t] >= 0 || r.d.At(m.Sentence, t) >= 0 && r.d.At(m.Sentence, t) != i {
			continue
		}
		if (setsApart[w] || lowerRank[w] || v.rel(t) == "compound" && v.isNounLike(t) && !wholeRank[w]) && !strings.Contains(title, " "+w+" ") {
			return false
		}
	}
	return true
}

// ofBody reports whether post p is of what mention k, the word w before its noun,
// stands for.
func (r *resolver) ofBody(p *post, k int, w string) bool {
	if strings.Contains(strings.ToLower(p.value), w) {
		return true
	}
	s := r.postSide(p)
	if s == Unresolved {
		return false
	}
	if s == r.d.Mentions[k].Entity {
		return true
	}
	if r.d.Entities[s].Thing.Type == graph.State {
		return w == "government"
	}
	return rebels[w] && r.isRebel(s) || r.bearsNoun(s, w)
}

// scopeFits reports whether what nominal i is "of", where that is no state or
// body known by name, is also what post p is of: "the head of the military
// government" is no head of anything else, "the head of state" rules a state.
func (r *resolver) scopeFits(i int, p *post) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for _, k := range v.kids[m.Head] {
		if k < m.Head || v.rel(k) != "nmod" || v.preposition(k) != "of" || v.name[k] >= 0 {
			continue
		}
		if w := v.lemma(k); w == "state" || w == "government" && len(v.kids[k]) < 2 {
			return p.class == ruler && r.postState(p) != Unresolved
		}
		if s := r.sideAt(m.Sentence, k); s >= 0 && r.namesSide(s) {
			continue
		}
		if p.side >= 0 && r.details[p.side].noun == v.lemma(k) || strings.Contains(strings.ToLower(p.value), v.lower(k)) {
			continue
		}
		return false
	}
	return true
}

// setsApart holds adjectives that tell one post from another.
var setsApart = map[string]bool{"foreign": true, "special": true, "permanent": true, "first": true, "second": true, "financial": true, "naval": true, "high": true, "lord": true, "colonial": true, "external": true}

// nearestOf returns the person of list named last, if no other of them was named
// within the same two sentences.
func (r *resolver) nearestOf(list []int, i int, m *Mention) int {
	if len(r.sidesOf(i)) > 0 {
		return Unresolved
	}
	found := Unresolved
	for k := i - 1; k >= 0 && m.Sentence-r.d.Mentions[k].Sentence <= 1; k-- {
		e := r.d.Mentions[k].Entity
		if e == Unresolved || !slices.Contains(list, e) || e == found {
			continue
		}
		if found != Unresolved {
			return Unresolved
		}
		found = e
	}
	return found
}

// postSide returns the entity that p is a post of, or Unresolved.
func (r *resolver) postSide(p *post) int {
	if p.side < 0 {
		return Unresolved
	}
	e := r.d.Mentions[p.side].Entity
	if e != Unresolved && r.d.Entities[e].Thing.Type == graph.Person {
		return r.stateOf(e)
	}
	return e
}

func (r *resolver) saysPast(i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for t := m.From; t < m.Head; t++ {
		if pastRank[v.lower(t)] {
			return true
		}
	}
	return false
}

func (r *resolver) primeMinister(i int) bool {
	m := &r.d.Mentions[i]
	return m.Head > m.From && r.views[m.Sentence].lower(m.Head-1) == "prime"
}

// advocates holds envoys before courts and parliaments.
var advocates = map[string]bool{"lawyer": true, "attorney": true, "counsel": true, "lobbyist": true, "rapporteur": true}

// postFits reports whether someone who holds p can be called noun.
func postFits(p *post, noun string, prime bool) bool {
	if prime {
		return p.noun == "prime-minister"
	}
	switch noun {
	case "leader":
		return (p.class == ruler || p.class == head) && !p.lower && !p.topical
	case "premier":
		return p.noun == "premier" || p.noun == "prime-minister"
	case "minister":
		return p.noun == "minister"
	case "chief", "head", "boss":
		return (p.class == head || p.class == ruler) && !p.lower && !p.topical
	case "envoy", "emissary", "negotiator", "representative":
		return p.class == envoy && !advocates[p.noun]
	case "spokesman", "spokeswoman", "spokesperson":
		return p.class == voice
	case "king", "monarch", "ruler":
		return p.noun == "king" || p.noun == "queen" || p.noun == "monarch" || p.noun == "emir" || p.noun == "sultan"
	}
	return p.noun == noun
}
