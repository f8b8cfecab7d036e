package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// resolveNominals gives the descriptions of the article their entities, in the
// order of the text, so that each can lean on those before it.
func (r *resolver) resolveNominals() {
	r.linkAppositions()
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Nominal || m.Entity != Unresolved {
			continue
		}
		r.resolveNominal(i)
	}
	r.countMembers()
}

func (r *resolver) resolveNominal(i int) {
	m, d := &r.d.Mentions[i], &r.details[i]
	sides := r.sidesOf(i)
	switch {
	case d.noun == "former" || d.noun == "latter":
		r.resolveFormer(i)
	case d.noun == "one" || d.noun == "that":
		r.resolveStandIn(i, sides)
	case r.resolveGovernment(i, sides):
	case r.resolveCapital(i, sides):
	case r.isBefore(i), r.inTitleOf(i) && m.To == m.Head+1 && sidesWith[d.noun]:
		if len(sides) > 0 {
			r.makeGroup(i, sides)
		} else if e := r.onlyRebels(); e != Unresolved && rebels[d.noun] {
			r.assign(i, e, "description")
		} else if e, _ := r.organisationCalled(i, d.noun); e != Unresolved && !rebels[d.noun] {
			r.assign(i, e, "description")
		} else if e == Unresolved && forces[d.noun] && r.inTitleOf(i) {
			if e := r.onlyForce(i); e != Unresolved {
				r.assign(i, e, "description")
			} else {
				r.makeGroup(i, nil)
			}
		}
	case m.Type == graph.Place:
		r.resolvePlaceNominal(i)
	case countWords[d.noun] > 2 && d.definite, d.noun == "both":
		d.definite = true
		r.resolveSeveral(i, countWords[d.noun])
	case isSideNoun(d.noun) && d.quantity != "" && len(sides) == 0, m.Plural && isPairNoun(d.noun) && (d.quantity == "two" || d.quantity == "both" || d.definite && d.quantity != "") && len(sides) == 0:
		r.resolvePair(i)
	case m.Type == graph.Person && !m.Plural:
		r.resolvePersonNominal(i, sides)
	case rebels[d.noun] && d.definite && len(sides) == 0:
		if e := r.onlyRebels(); e != Unresolved {
			r.assign(i, e, "description")
			return
		}
		r.makeGroup(i, sides)
	case m.Type == graph.Organisation && !m.Plural && len(sides) == 0 && d.definite:
		r.resolveOrganisationNominal(i)
	default:
		r.makeGroup(i, sides)
	}
}

// forces holds nouns for the armed forces of a state.
var forces = map[string]bool{"army": true, "police": true, "military": true, "navy": true}

// onlyForce returns the one group or body that the article calls by the noun of
// mention i, or Unresolved.
func (r *resolver) onlyForce(i int) int {
	found := Unresolved
	for k := range r.d.Mentions {
		q := &r.d.Mentions[k]
		if q.Kind != Nominal || q.Entity == Unresolved || r.details[k].noun != r.details[i].noun || q.Entity == found {
			continue
		}
		if found != Unresolved {
			return Unresolved
		}
		found = q.Entity
	}
	return found
}

// isBefore reports whether nominal i only says whose the noun behind it is:
// "rebel" in "rebel negotiators", "union" in "union president".
func (r *resolver) isBefore(i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	return m.To == m.From+1 && sidesWith[v.lower(m.Head)] && (v.rel(m.Head) == "compound" || r.inTitleOf(i))
}

// inTitleOf reports whether nominal i is part of the title of a person's name.
func (r *resolver) inTitleOf(i int) bool {
	m := &r.d.Mentions[i]
	for k := i - 1; k < min(len(r.d.Mentions), i+4); k++ {
		if k >= 0 && k != i && r.isPersonName(k) && r.d.Mentions[k].Sentence == m.Sentence && r.d.Mentions[k].From <= m.From && m.To <= r.details[k].titleTo {
			return true
		}
	}
	return false
}

// linkAppositions gives a description in apposition to a name the name's entity.
func (r *resolver) linkAppositions() {
	for _, p := range r.posts {
		if p.rule == "title" || p.rule == "apposition-plural" && r.linkListed(&p) {
			continue
		}
		if k := r.d.At(p.sentence, p.head); k >= 0 && r.d.Mentions[k].Kind == Nominal && r.d.Mentions[k].Entity == Unresolved {
			r.assign(k, r.d.Mentions[p.holder].Entity, "apposition")
		}
	}
	for i := range r.d.Mentions {
		if r.d.Mentions[i].Kind == Nominal {
			r.linkByOrder(i)
			r.linkCalled(i)
		}
	}
	for sent, v := range r.views {
		for b := range v.Tokens {
			if v.child(b, "cop") >= 0 {
				r.linkPredicate(sent, v, b)
			}
			if v.rel(b) != "appos" || v.head[b] < 0 {
				continue
			}
			x, y := r.d.At(sent, v.head[b]), r.d.At(sent, b)
			if x < 0 || y < 0 || v.parted(v.head[b], b) {
				continue
			}
			if r.d.Mentions[x].Kind == Nominal && r.d.Mentions[x].Plural && r.listMembers(sent, v, x, b) {
				continue
			}
			if r.d.Mentions[x].Kind == Nominal {
				x, y = y, x
			}
			whose := v.lower(r.d.Mentions[y].From) == "whose" // "the Front, whose armed wing, the Lions,"
			if near := r.nameBefore(sent, r.d.Mentions[y].Head); near >= 0 && r.d.Mentions[x].Kind == Name && !whose {
				x = near
			}
			if whose && r.d.Mentions[x].From < r.d.Mentions[y].From {
				continue
			}
			m, n := &r.d.Mentions[x], &r.d.Mentions[y]
			if m.Kind != Name || n.Kind != Nominal || m.Entity == Unresolved || n.Entity != Unresolved || m.Plural != n.Plural || n.From <= m.From && m.To <= n.To {
				continue
			}
			if m.Type == n.Type || m.Type == graph.Organisation && n.Type == graph.Group {
				r.assign(y, m.Entity, "apposition")
			}
		}
	}
}

// linkPredicate takes "Peru's man at the talks" for the one who is named in "Peru's man
// at the talks is NAME".
func (r *resolver) linkPredicate(sent int, v *view, b int) {
	name, subj := r.d.Covering(sent, b), v.child(b, "nsubj")
	if subj < 0 || !r.isPersonName(name) || r.d.Mentions[name].Head != b || v.child(b, "aux", "advmod") >= 0 {
		return
	}
	k := r.d.At(sent, subj)
	if k < 0 {
		return
	}
	if m := &r.d.Mentions[k]; m.Kind == Nominal && m.Type == graph.Person && !m.Plural && r.details[k].definite && m.Entity == Unresolved && subj < b {
		r.assign(k, r.d.Mentions[name].Entity, "apposition")
	}
}

// parted reports whether a semicolon stands between tokens a and b, so that they
// are not in apposition whatever the tree says.
func (v *view) parted(a, b int) bool {
	for t := min(a, b); t < max(a, b); t++ {
		if v.Tokens[t].Form == ";" {
			return true
		}
	}
	return false
}

// linkListed makes the plural description of post p stand for all who are listed
// with it: "the foreign ministers, A of X and B of Y". It reports whether there are
// several.
func (r *resolver) linkListed(p *post) bool {
	var members []int
	for i := range r.posts {
		q := &r.posts[i]
		if e := r.d.Mentions[q.holder].Entity; q.sentence == p.sentence && q.head == p.head && q.rule == p.rule && e != Unresolved && !slices.Contains(members, e) {
			members = append(members, e)
		}
	}
	k := r.d.At(p.sentence, p.head)
	if len(members) < 2 || k < 0 {
		return false
	}
	if r.d.Mentions[k].Kind == Nominal && r.d.Mentions[k].Entity == Unresolved {
		e := r.newEntity(graph.Group, r.groupLabel(k))
		r.known[e].scoped = true
		r.d.Entities[e].Members = members
		r.assign(k, e, "apposition")
	}
	return true
}

// linkByOrder takes "NAME, a faction of X," for an apposition where the tree does
// not say so.
func (r *resolver) linkByOrder(y int) {
	n := &r.d.Mentions[y]
	if n.Entity != Unresolved || n.Plural || n.Type != graph.Organisation && n.Type != graph.Place && n.Type != graph.Person {
		return
	}
	v := r.views[n.Sentence]
	near := r.nameBefore(n.Sentence, n.Head)
	if near < 0 || r.belongsToNext(near, y) || r.d.Mentions[near].Type != n.Type || r.d.Mentions[near].Entity == Unresolved {
		return
	}
	if w := v.lower(n.From); w != "a" && w != "an" && (w != "the" || v.rel(n.Head) == "conj") {
		return
	}
	if end := v.phraseEnd(n); v.closes(end) || v.lower(end) == "that" || v.lower(end) == "which" || v.lower(end) == "who" {
		r.assign(y, r.d.Mentions[near].Entity, "apposition")
	}
}

// linkCalled takes "a man known as NAME" for the one so named.
func (r *resolver) linkCalled(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.Entity != Unresolved || m.Plural || m.Type != graph.Person && m.Type != graph.Organisation {
		return
	}
	t := m.To
	switch v.lower(t) {
	case "known", "identified":
		for t++; t < m.To+4 && v.lower(t) != "as"; t++ {
		}
		if v.lower(t) != "as" {
			return
		}
	case "called", "named", "nicknamed":
		if v.rel(m.Head) == "nsubj" && v.head[m.Head] == t {
			return // "the king named NAME as his envoy"
		}
	default:
		return
	}
	if t+1 >= len(v.Tokens) {
		return
	}
	if k := r.d.Covering(m.Sentence, t+1); k >= 0 && r.d.Mentions[k].Kind == Name && r.d.Mentions[k].Type == m.Type && r.d.Mentions[k].From <= t+1 && r.d.Mentions[k].Entity != Unresolved {
		r.assign(i, r.d.Mentions[k].Entity, "apposition")
	}
}

// listMembers makes the plural nominal x stand for the names that are listed in
// apposition to it: "two guarantor countries, Cuba and Norway".
func (r *resolver) listMembers(sent int, v *view, x, b int) bool {
	if r.d.Mentions[x].Entity != Unresolved {
		return true
	}
	var members []int
	for _, c := range v.conjuncts(b) {
		k := r.d.At(sent, c)
		if k < 0 || r.d.Mentions[k].Kind != Name || r.d.Mentions[k].Entity == Unresolved {
			return false
		}
		members = append(members, r.d.Mentions[k].Entity)
	}
	if len(members) < 2 {
		return false
	}
	e := r.newEntity(graph.Group, r.groupLabel(x))
	r.known[e].scoped = true
	r.d.Entities[e].Members = members
	r.assign(x, e, "apposition")
	return true
}

// sidesOf returns the mentions that say whose the nominal i is: demonyms, names
// and possessors before its head, "of X" behind it.
func (r *resolver) sidesOf(i int) []int {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	var out []int
	for t := m.From; t < m.Head; t++ {
		k := r.sideAt(m.Sentence, t)
		if k < 0 || slices.Contains(out, k) || k == i {
			continue
		}
		out = append(out, k)
	}
	for _, k := range v.kids[m.Head] {
		if k < m.Head || v.rel(k) != "nmod" {
			continue
		}
		if p := v.preposition(k); p == "of" || p == "from" {
			for _, c := range v.conjuncts(k) {
				if s := r.sideAt(m.Sentence, c); s >= 0 && r.d.Mentions[s].Kind != Relative && r.namesSide(s) && (r.d.Mentions[s].Type != graph.Place || p == "of") {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// namesSide reports whether mention s names a state or organisation, or is a
// description of one that the article names.
func (r *resolver) namesSide(s int) bool {
	m := &r.d.Mentions[s]
	if m.Kind != Nominal {
		return true
	}
	return m.Entity != Unresolved && r.d.Entities[m.Entity].Thing.Type != graph.Group
}

// resolveGovernment takes "the Indonesian government", "the government of Mali"
// and, where the article knows one only, "the government" for the state.
func (r *resolver) resolveGovernment(i int, sides []int) bool {
	m, d := &r.d.Mentions[i], &r.details[i]
	v := r.views[m.Sentence]
	if !governments[d.noun] || m.Plural || m.Head > 1 && v.lower(m.Head-1) == "-" && v.lower(m.Head-2) == "self" {
		return false
	}
	if v.child(m.Head, "amod") >= 0 && r.hasForeignModifier(i) {
		return false // "military government", "interim government": maybe not the state's
	}
	for _, s := range sides {
		k := &r.d.Mentions[s]
		e := k.Entity
		if e != Unresolved && r.d.Entities[e].Thing.Type == graph.Person {
			e = r.stateOf(e)
		}
		if e != Unresolved && r.d.Entities[e].Thing.Type == graph.State {
			r.assign(i, e, "description")
			m.Type = graph.State
			r.governing = append(r.governing, e)
			return true
		}
	}
	if len(sides) > 0 || !d.definite && !r.isBefore(i) {
		return false
	}
	if e := r.homeGovernment(i); e != Unresolved {
		r.assign(i, e, "description")
		m.Type = graph.State
		return true
	}
	return false
}

var governments = map[string]bool{"government": true, "administration": true, "regime": true, "authorities": true, "govt": true}

// hasForeignModifier reports whether an adjective before the head is no demonym
// and sets this government apart from the state's.
func (r *resolver) hasForeignModifier(i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for _, k := range v.kids[m.Head] {
		if v.rel(k) == "amod" && v.name[k] < 0 {
			switch v.lower(k) {
			case "new", "current", "central", "elected", "national", "federal", "outgoing", "incoming", "civilian":
			default:
				return true
			}
		}
	}
	return false
}

// homeGovernment returns the state whose government "the government" of mention
// i must be: the only one that the article calls a government or gives a ruler
// before it, else the only one the article gives either. It is Unresolved if
// there are several.
func (r *resolver) homeGovernment(i int) int {
	found := map[int]bool{}
	for _, e := range r.governing {
		found[e] = true
	}
	if len(found) == 0 {
		for _, p := range r.posts {
			if e := r.postState(&p); e != Unresolved && (p.class == ruler || p.class == minister) && !p.past {
				found[e] = true
			}
		}
	}
	if len(r.governing) == 0 {
		if e := r.datelineState(); e != Unresolved && r.isForemost(e) && !(found[e] && r.otherRuler(e)) {
			return e
		}
	}
	if len(found) != 1 {
		return Unresolved
	}
	for e := range found {
		if len(r.governing) == 0 && r.otherRuler(e) {
			return Unresolved
		}
		if len(r.governing) > 0 || r.isForemost(e) {
			return e
		}
	}
	return Unresolved
}

// otherRuler reports whether somebody is called president or premier with no word of
// whose, beside the ruler of state e who is named: the government may be his, "President
// Blah" of the land that the article is about.
func (r *resolver) otherRuler(e int) bool {
	bare, own := false, false
	for i := range r.posts {
		p := &r.posts[i]
		if p.class != ruler || p.past || p.lower || r.d.Mentions[p.holder].Entity == Unresolved {
			continue
		}
		switch s := r.stateOf(r.d.Mentions[p.holder].Entity); s {
		case e:
			own = true
		case Unresolved:
			bare = bare || p.rule == "title" && (p.noun == "president" || p.noun == "prime-minister" || p.noun == "premier" || p.noun == "chancellor")
		}
	}
	return bare && own
}

// isForemost reports whether no state is named more often than state e.
func (r *resolver) isForemost(e int) bool {
	n := len(r.d.Entities[e].Mentions)
	for x := range r.d.Entities {
		if r.d.Entities[x].Thing.Type == graph.State && !r.known[x].gone && len(r.d.Entities[x].Mentions) > n {
			return false
		}
	}
	return true
}

// datelineState returns the state in which the article was written, if the
// article speaks of it as an actor or place of its own beside the dateline.
func (r *resolver) datelineState() int {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if r.views[m.Sentence].Headline {
			continue
		}
		if m.Kind != Name || m.Type != graph.Place || !r.isDateline(r.views[m.Sentence], m.From) {
			return Unresolved
		}
		for _, f := range r.views[m.Sentence].factsOf(m.From, m.To) {
			if !f.IsPlace() || f.Of == "" {
				continue
			}
			for e := range r.d.Entities {
				if x := &r.d.Entities[e]; x.Thing.Type == graph.State && x.Thing.Label == f.Of && !r.known[e].gone {
					return e
				}
			}
		}
		return Unresolved
	}
	return Unresolved
}

// postState returns the state that p is a post of, or Unresolved.
func (r *resolver) postState(p *post) int {
	if p.side < 0 {
		return Unresolved
	}
	e := r.d.Mentions[p.side].Entity
	if e == Unresolved || r.d.Entities[e].Thing.Type != graph.State {
		return Unresolved
	}
	return e
}

// stateOf returns the one state that the posts of person e tie it to.
func (r *resolver) stateOf(e int) int {
	state := Unresolved
	for i := range r.posts {
		p := &r.posts[i]
		if r.d.Mentions[p.holder].Entity != e {
			continue
		}
		if s := r.postState(p); s != Unresolved {
			if state != Unresolved && state != s {
				return Unresolved
			}
			state = s
		}
	}
	return state
}

// resolveCapital takes "the Finnish capital" for the city.
func (r *resolver) resolveCapital(i int, sides []int) bool {
	m := &r.d.Mentions[i]
	if r.details[i].noun != "capital" || m.Plural {
		return false
	}
	m.Type = graph.Place
	for _, s := range sides {
		e := r.d.Mentions[s].Entity
		if e == Unresolved || r.d.Entities[e].Thing.Type != graph.State {
			continue
		}
		if city, ok := capitalOf(r.d.Entities[e].Thing); ok {
			r.assign(i, r.placeEntity(city), "description")
			return true
		}
	}
	return true
}

// placeEntity returns the entity of the place called name.
func (r *resolver) placeEntity(name string) int {
	key := placeKey(name)
	for e := range r.d.Entities {
		if r.d.Entities[e].Thing.Type == graph.Place && !r.known[e].gone && len(r.known[e].forms) > 0 && placeKey(r.known[e].forms[0]) == key {
			return e
		}
	}
	e := r.newEntity(graph.Place, name)
	r.addForm(e, name)
	return e
}

// resolvePlaceNominal takes "the castle" for the one castle named before, and
// "the same city" for the city named last.
func (r *resolver) resolvePlaceNominal(i int) {
	m, d := &r.d.Mentions[i], &r.details[i]
	if !d.definite || m.Plural {
		return
	}
	found := Unresolved
	for k := range i {
		q := &r.d.Mentions[k]
		if q.Kind != Name || q.Type != graph.Place || q.Entity == Unresolved {
			continue
		}
		ws := strings.Fields(strings.ToLower(r.details[k].name))
		if len(ws) > 1 && (ws[len(ws)-1] == d.noun || ws[0] == d.noun) {
			if found != Unresolved && found != q.Entity {
				return
			}
			found = q.Entity
		}
	}
	if found != Unresolved {
		r.assign(i, found, "description")
	}
}
