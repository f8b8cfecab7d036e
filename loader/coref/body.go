package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// onlyRebels returns the one organisation of the article that can be called
// rebels, or Unresolved.
func (r *resolver) onlyRebels() int {
	found := Unresolved
	for e := range r.d.Entities {
		x := &r.d.Entities[e]
		if r.known[e].gone || x.Thing.Type != graph.Organisation || !r.isRebel(e) {
			continue
		}
		if found != Unresolved {
			return Unresolved
		}
		found = e
	}
	return found
}

// isRebel reports whether organisation e is called rebel, or named as armed
// movements name themselves.
func (r *resolver) isRebel(e int) bool {
	if worldKind(r.d.Entities[e].Thing) == "group" {
		return true
	}
	for _, f := range r.known[e].forms {
		for _, w := range strings.Fields(strings.ToLower(f)) {
			switch w {
			case "liberation", "movement", "front", "revolutionary", "resistance", "guerrilla", "rebel", "insurgent":
				return true
			}
		}
	}
	for _, i := range r.d.Entities[e].Mentions {
		m := &r.d.Mentions[i]
		v := r.views[m.Sentence]
		for t := max(0, m.From-2); t < m.From; t++ {
			if rebels[v.lemma(t)] {
				return true
			}
		}
	}
	return false
}

var rebels = map[string]bool{"rebel": true, "rebels": true, "guerrilla": true, "guerrillas": true, "guerilla": true, "insurgent": true, "insurgents": true, "separatist": true, "separatists": true}

// resolveOrganisationNominal takes "the movement" for the one organisation
// before it that can be called one.
func (r *resolver) resolveOrganisationNominal(i int) {
	e, sure := r.organisationCalled(i, commonNoun(r.details[i].noun))
	if e == Unresolved && !r.isSpecific(i) {
		if e = r.calledSoBefore(i); e != Unresolved {
			r.assign(i, e, "description")
			return
		}
	}
	if e == Unresolved || r.isSpecific(i) && !r.bearsWord(e, i) || r.within(i, e) {
		e, sure = Unresolved, sure || r.isSpecific(i)
	}
	switch {
	case e != Unresolved:
		r.assign(i, e, "description")
	case sure:
		r.makeGroup(i, nil)
	}
}

// calledSoBefore returns the organisation that the article called by the same
// noun last, if no other one bears the noun; or Unresolved.
func (r *resolver) calledSoBefore(i int) int {
	noun := commonNoun(r.details[i].noun)
	found := Unresolved
	for k := i - 1; k >= 0; k-- {
		q := &r.d.Mentions[k]
		if q.Entity == Unresolved || q.Type != graph.Organisation {
			continue
		}
		if q.Kind == Nominal && !q.Plural && commonNoun(r.details[k].noun) == noun && r.details[k].definite && !r.isSpecific(k) && r.d.Entities[q.Entity].Thing.Type == graph.Organisation {
			if found == Unresolved {
				found = q.Entity
			} else if found != q.Entity {
				return Unresolved
			}
		} else if q.Kind == Name && q.Entity != found && r.bearsNoun(q.Entity, noun) && !r.onlyWhole(q.Entity) {
			return Unresolved
		}
	}
	return found
}

// commonNoun returns the noun under which bodies of a kind are compared: a firm is a
// company.
func commonNoun(noun string) string {
	switch noun {
	case "firm", "business", "enterprise", "corporation":
		return "company"
	}
	return noun
}

// within reports whether nominal i stands within a description of e itself: "the
// junior partner in the coalition".
func (r *resolver) within(i, e int) bool {
	m := &r.d.Mentions[i]
	k := r.d.At(m.Sentence, r.views[m.Sentence].head[m.Head])
	return k >= 0 && r.d.Mentions[k].Entity == e && r.views[m.Sentence].rel(m.Head) == "nmod"
}

// isSpecific reports whether nominal i has modifiers that set it apart from the
// other bodies of its kind: "the negotiating group".
func (r *resolver) isSpecific(i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for _, k := range v.kids[m.Head] {
		if k < m.Head && (v.rel(k) == "amod" || v.rel(k) == "compound") && !commonKind[v.lower(k)] {
			return true
		}
	}
	switch v.lower(m.To) { // "the group loyal to the king"
	case "loyal", "allied", "close", "opposed", "faithful", "hostile", "sympathetic":
		return v.lower(m.To+1) == "to"
	}
	return false
}

// bearsWord reports whether a modifier of nominal i is in a name of e.
func (r *resolver) bearsWord(e, i int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for _, k := range v.kids[m.Head] {
		if k < m.Head && (v.rel(k) == "amod" || v.rel(k) == "compound") && r.bearsNoun(e, v.lower(k)) {
			return true
		}
	}
	return false
}

// commonKind holds modifiers that fit any body of a kind.
var commonKind = map[string]bool{
	"rebel": true, "militant": true, "armed": true, "islamist": true, "separatist": true, "guerrilla": true, "insurgent": true, "same": true,
	"political": true, "regional": true, "former": true, "main": true, "whole": true, "powerful": true, "left-wing": true, "right-wing": true,
	"marxist": true, "leftist": true, "paramilitary": true, "outlawed": true, "banned": true, "parent": true, "international": true,
}

// organisationCalled returns the one organisation named before mention i that
// can be called noun; sure is false if there are several.
func (r *resolver) organisationCalled(i int, noun string) (e int, sure bool) {
	m := &r.d.Mentions[i]
	byName, near := Unresolved, Unresolved
	names, nears := 0, 0
	for k := i - 1; k >= 0; k-- {
		q := &r.d.Mentions[k]
		if q.Entity == Unresolved || q.Type != graph.Organisation || q.Kind != Name || r.onlyWhole(q.Entity) {
			continue
		}
		if r.bearsNoun(q.Entity, noun) && q.Entity != byName {
			if names++; names == 1 {
				byName = q.Entity
			}
		}
		if m.Sentence-q.Sentence <= 1 && q.Entity != near {
			if nears++; nears == 1 {
				near = q.Entity
			}
		}
	}
	switch {
	case names == 1:
		return byName, true
	case names == 0 && nears == 1 && generalBody[noun] && !r.namedOtherwise(near):
		return near, true
	}
	return Unresolved, names == 0
}

// onlyWhole reports whether the article names organisation e only as that of which
// another is a part: the union in "Local 12 of the Carters' Union".
func (r *resolver) onlyWhole(e int) bool {
	n := 0
	for _, i := range r.d.Entities[e].Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Name {
			continue
		}
		v := r.views[m.Sentence]
		at := m.From - 1
		if v.lower(at) == "(" {
			continue
		}
		if v.lower(at) == "the" {
			at--
		}
		if k := r.nameEndingAt(m.Sentence, at); v.lower(at) != "of" || k < 0 || r.d.Mentions[k].Type != graph.Organisation {
			return false
		}
		n++
	}
	return n > 0
}

// generalBody holds nouns for an organisation of no particular kind.
var generalBody = map[string]bool{"company": true, "firm": true, "mill": true, "factory": true, "manufacturer": true, "carmaker": true, "operator": true, "employer": true, "movement": true, "group": true, "organisation": true, "organization": true, "body": true, "party": true, "union": true, "agency": true, "faction": true, "bloc": true, "alliance": true, "coalition": true}

// bodyKinds gives the common noun for what a word in a name says: "Ltd" is of a
// company.
var bodyKinds = map[string]string{
	"ab": "company", "ag": "company", "ltd": "company", "inc": "company", "plc": "company", "llc": "company", "llp": "company", "corp": "company", "co": "company",
	"gmbh": "company", "holdings": "company", "industries": "company", "resources": "company", "energy": "company", "airlines": "company", "airways": "company",
	"motors": "company", "steel": "company", "mining": "company", "coaches": "company", "minera": "company", "compañía": "company", "shipping": "company",
	"sindicato": "union", "local": "union", "brotherhood": "union", "guild": "union", "workers": "union", "banco": "bank", "banque": "bank", "corporation": "company",
	"railways": "company", "oyj": "company", "oy": "company", "asa": "company", "nv": "company", "oil": "company", "petroleum": "company",
}

// bearsNoun reports whether organisation e has noun in one of its names, or is
// known to be one: the EU is a bloc.
func (r *resolver) bearsNoun(e int, noun string) bool {
	if noun == "bloc" && r.d.Entities[e].Thing.ID == "organisation/european-union" {
		return true
	}
	for _, f := range append(slices.Clone(r.d.Entities[e].Thing.Aliases), r.known[e].forms...) {
		for _, w := range strings.Fields(strings.ToLower(f)) {
			if w == noun || bodyKinds[strings.TrimSuffix(w, ".")] == noun {
				return true
			}
		}
	}
	return false
}

// namedOtherwise reports whether e is an organisation that is no movement, group
// or party: an intergovernmental body known to the world.
func (r *resolver) namedOtherwise(e int) bool {
	kind := worldKind(r.d.Entities[e].Thing)
	return kind != "" && kind != "group" && kind != "party" && kind != "union"
}
