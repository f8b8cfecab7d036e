package coref

import (
	"strings"

	"parley/graph"
	"parley/loader/facts"
)

// resolveState gives a state's name or demonym its entity.
func (r *resolver) resolveState(i int) {
	m, name := &r.d.Mentions[i], r.details[i].name
	v, d := r.views[m.Sentence], &r.details[i]
	if m.Kind == Demonym {
		if w, ok := r.demonymThing(name); ok {
			m.Type = w.Type
			r.assign(i, r.worldEntity(w), "demonym")
			if d := &r.details[i]; d.nameTo-d.nameFrom > 1 {
				r.addForm(m.Entity, name) // "Turkish Cypriot" is more than an adjective of its state
			}
		}
		return // else the adjective of nothing we know: "Catholic", "Shi'ite"
	}
	if w, kind, ok := r.worldThing(v, d.nameFrom, d.nameTo, graph.State); ok {
		e := r.worldEntity(w)
		r.assign(i, e, kind)
		if kind == "" || isSeat(v.factsOf(d.nameFrom, d.nameTo)) {
			r.addForm(e, name)
		}
		return
	}
	r.nameOf(i, graph.State)
}

// resolvePlace gives a place's name its entity. One name is one place of the
// article.
func (r *resolver) resolvePlace(i int) {
	r.nameOf(i, graph.Place)
}

// nameOf gives name mention i the entity of type t that bears its name.
func (r *resolver) nameOf(i int, t graph.Type) {
	key := placeKey(r.details[i].name)
	if key == "" {
		return
	}
	for e := range r.d.Entities {
		if r.d.Entities[e].Thing.Type == t && !r.known[e].gone && len(r.known[e].forms) > 0 && placeKey(r.known[e].forms[0]) == key {
			r.assignName(i, e, true, "")
			return
		}
	}
	r.assignName(i, r.newEntity(t, r.details[i].name), true, "")
}

func isSeat(es []*facts.Entry) bool { return len(es) > 0 && es[0].Kind == facts.Seat }

func placeKey(name string) string {
	return strings.TrimPrefix(graph.Slug(canonicalPlace(name)), "the-")
}

// actsAsGovernment reports whether the name of a capital from..to stands for the
// government that sits there rather than for the place: "Belgrade rejected",
// "talks with Pyongyang", "Belgrade's team", against "in Belgrade".
func (r *resolver) actsAsGovernment(v *view, from, to int) bool {
	h := headOf(v, from, to)
	for _, c := range v.conjuncts(h) {
		if c != h && v.Tokens[c].UPOS == "NOUN" && !v.isActorNoun(c) {
			return false // "Jerusalem, the settlements and the water"
		}
	}
	for steps := 0; v.rel(h) == "conj" && v.head[h] >= 0 && steps < 20; steps++ {
		if p := v.preposition(h); p != "" {
			break
		}
		h = v.head[h]
	}
	g := v.head[h]
	switch v.rel(h) {
	case "nsubj":
		if v.fullRel(h) == "nsubj:pass" {
			return g >= 0 && actsOnGovernment[v.lemma(g)]
		}
		return g >= 0 && !v.locates(g) && !v.saw(g) && !v.hasWhere(h) && (v.Tokens[g].UPOS == "VERB" || v.child(g, "cop") >= 0)
	case "iobj", "vocative":
		return true
	case "obj":
		return g >= 0 && actsOnGovernment[v.lemma(g)]
	case "nmod":
		if v.fullRel(h) == "nmod:poss" {
			return v.isActorNoun(g)
		}
		switch v.preposition(h) {
		case "between", "with", "by", "against", "from", "for":
			return true
		case "of", "to":
			return v.isActorNoun(g) && !v.isPlaceNoun(g)
		}
	case "obl":
		switch v.preposition(h) {
		case "between", "with", "by", "against", "for":
			return true
		}
	case "compound", "amod":
		return v.isActorNoun(g) && v.lemma(g) != "hotel"
	}
	return false
}

// locates reports whether the verb g says something of a place as a place.
func (v *view) locates(g int) bool {
	switch v.lemma(g) {
	case "lie", "burn", "fall", "sit", "stand", "grow", "wake", "sleep":
		return true
	case "scene", "venue", "setting", "site", "location", "seat", "backdrop", "theatre", "theater", "city", "town":
		return v.child(g, "cop") >= 0
	}
	return false
}

// saw reports whether the verb g says that something took place in its subject:
// "Oslo saw the first round".
func (v *view) saw(g int) bool {
	if v.lemma(g) != "see" && v.lemma(g) != "witness" {
		return false
	}
	o := v.child(g, "obj")
	if o < 0 {
		return false
	}
	switch v.lemma(o) {
	case "round", "meeting", "session", "talk", "conference", "summit", "signing", "ceremony", "negotiation", "encounter", "handshake":
		return true
	}
	return false
}

// hasWhere reports whether a clause behind h says what happened there: "Vienna,
// where the delegations met".
func (v *view) hasWhere(h int) bool {
	for _, k := range v.kids[h] {
		if v.rel(k) != "acl" {
			continue
		}
		for _, w := range v.kids[k] {
			if v.lower(w) == "where" {
				return true
			}
		}
	}
	return false
}

// actsOnGovernment holds verbs whose object is a government and no place.
var actsOnGovernment = map[string]bool{
	"urge": true, "ask": true, "accuse": true, "tell": true, "invite": true, "press": true, "pressure": true, "warn": true,
	"blame": true, "criticise": true, "criticize": true, "persuade": true, "convince": true, "assure": true, "inform": true,
	"support": true, "oblige": true, "force": true, "allow": true, "condemn": true, "sanction": true, "threaten": true,
	"call": true, "notify": true, "reassure": true, "thank": true, "represent": true, "commit": true, "require": true,
}

// isActorNoun reports whether token g is a common noun for people or bodies, or
// something that only actors have: "demand", "refusal".
func (v *view) isActorNoun(g int) bool {
	if g < 0 || !v.isNounLike(g) {
		return false
	}
	switch t, ok := nouns()[v.lemma(g)]; {
	case ok && t != graph.Place:
		return !bodyOfCity[v.lemma(g)]
	case ok:
		return false
	}
	return postOf(v.lemma(g)) != notPost || governmentHas[v.lemma(g)]
}

// bodyOfCity holds nouns for people and bodies that belong to a city as a city.
var bodyOfCity = map[string]bool{
	"resident": true, "mayor": true, "police": true, "university": true, "school": true, "inhabitant": true,
	"newspaper": true, "museum": true, "court": true, "bureau": true, "branch": true, "church": true, "bishop": true,
	"archbishop": true, "citizen": true, "people": true, "population": true, "crowd": true, "correspondent": true, "hospital": true,
	"club": true, "office": true, "governor": true, "stock": true, "suburb": true,
}

// governmentHas holds nouns for what a government has or does and a city does not.
var governmentHas = map[string]bool{
	"demand": true, "behalf": true, "refusal": true, "position": true, "stance": true, "policy": true, "offer": true, "proposal": true,
	"rejection": true, "acceptance": true, "decision": true, "request": true, "claim": true, "right": true, "interest": true,
	"plan": true, "consent": true, "approval": true, "response": true, "reply": true, "ally": true, "allegation": true,
	"insistence": true, "willingness": true, "readiness": true, "foreign": true, "troop": true, "force": true, "sovereignty": true,
	"concession": true, "draft": true, "counter-proposal": true, "recognition": true, "pledge": true, "promise": true, "threat": true,
	"title": true, "enrichment": true, "intention": true, "concern": true, "objection": true, "statement": true, "attempt": true,
}

func (v *view) isPlaceNoun(g int) bool { return g >= 0 && nouns()[v.lemma(g)] == graph.Place }
