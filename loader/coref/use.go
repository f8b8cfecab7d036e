package coref

import (
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// use is how the article uses a name that nothing is known of, over all its places.
type use struct {
	place  int // behind "in", "at", "near", as where something happens; called a village
	body   int // called a company, a front; what has members and commanders
	acts   int // signs, rejects, demands, makes an offer
	person int // with a title, a given name, a post of his own
	other  int // anything else
}

// correctByUse takes a name that is nothing but where things happen for a place's,
// and one that is called a company or a front for an organisation's, whatever the
// form of the name made of it.
func (r *resolver) correctByUse() {
	uses := map[string]*use{}
	for _, v := range r.views {
		for _, e := range v.Entities {
			if !v.isUnknown(e) {
				continue
			}
			k := v.nameKey(e)
			if uses[k] == nil {
				uses[k] = &use{}
			}
			if !v.Headline {
				v.note(e, uses[k])
			}
		}
	}
	surnames := r.surnameKeys()
	for _, v := range r.views {
		for i := range v.Entities {
			e := &v.Entities[i]
			u := uses[v.nameKey(*e)]
			switch {
			case u == nil || !v.isUnknown(*e) || u.person > 0 || e.To-e.From == 1 && surnames[v.Tokens[e.From].Form]:
			case (u.body > 0 || u.acts > 0 && e.Type == sentence.Place) && u.place == 0 && e.Type != sentence.Organisation:
				e.Type, e.Score = sentence.Organisation, 1
			case u.place > 0 && u.body == 0 && u.acts == 0 && u.other == 0 && e.Type != sentence.Place && e.Type != sentence.State:
				e.Type, e.Score = sentence.Place, 1
			}
		}
	}
}

// correctNicknames takes "the Eagles" for an organisation's name where the article names
// one, and one only, with that word in it: the Northern Eagle Force.
func (r *resolver) correctNicknames() {
	bodies := map[string][]string{}
	for _, v := range r.views {
		for _, e := range v.Entities {
			if k := v.nameKey(e); e.Type == sentence.Organisation && e.To-e.From > 1 {
				bodies[k] = orgWords(k)
			}
		}
	}
	for _, v := range r.views {
		for i := range v.Entities {
			e := &v.Entities[i]
			if e.To-e.From != 1 || e.Type == sentence.Organisation || v.lower(e.From-1) != "the" || !v.isUnknown(*e) {
				continue
			}
			n := 0
			for _, words := range bodies {
				if isNickname(v.lower(e.From), words) {
					n++
				}
			}
			if n == 1 {
				e.Type, e.Score = sentence.Organisation, 1
			}
		}
	}
}

// isNickname reports whether word is the plural of one that tells the body called name
// from others: "eagles" of the Northern Eagle Force.
func isNickname(word string, name []string) bool {
	for _, w := range name[:max(0, len(name)-1)] {
		if (word == w || word == w+"s") && strings.HasSuffix(word, "s") && len(word) > 4 && nouns()[w] == "" && nouns()[word] == "" && !isGenericName(w) && !isWorldName(strings.ToUpper(w[:1])+w[1:]) {
			return true
		}
	}
	return false
}

// isUnknown reports whether e is a name of a person, place or organisation whose
// form tells nothing: the world does not know it, and it has no head noun of a body.
func (v *view) isUnknown(e sentence.Entity) bool {
	if e.Type != sentence.Person && e.Type != sentence.Place && e.Type != sentence.Organisation || len(v.factsOf(e.From, e.To)) > 0 {
		return false
	}
	if isAcronym(v.Tokens[e.From].Form) && e.To-e.From == 1 && len(v.Tokens[e.From].Form) < 6 {
		return false
	}
	for t := e.From; t < e.To; t++ {
		if w := v.Tokens[t].Form; bodyWords[w] || t > e.From && nouns()[v.lower(t)] == graph.Organisation || e.To-e.From > 1 && isGivenName(w) {
			return false
		}
	}
	return true
}

// note counts one place of the name e in u.
func (v *view) note(e sentence.Entity, u *use) {
	h := headOf(v, e.From, e.To)
	switch called := v.calledAs(e, h); {
	case titleHead(v, e.From) >= 0:
		u.person++
	case called == graph.Person:
		u.person++
	case called == graph.Place:
		u.place++
	case called == graph.Organisation, v.hasStaff(e):
		u.body++
	case v.isScene(e, h):
		u.place++
	case v.acts(h):
		u.acts++
	default:
		u.other++
	}
}

// calledAs returns the type of the common noun that the article calls the name e
// by: "Zamtel, the phone company", "the federation Cacif", "Dorvan, a village", "the
// town of Kell"; or "".
func (v *view) calledAs(e sentence.Entity, h int) graph.Type {
	if t := e.From - 1; t >= 0 && !v.isPlural(t) && !isCapital(v.Tokens[t].Form) && bodyNouns[v.lower(t)] {
		return graph.Organisation
	}
	if t := e.From - 2; t >= 0 && v.lower(t+1) == "of" && placeNouns[v.lower(t)] {
		return graph.Place
	}
	if v.lower(e.To) != "," {
		return ""
	}
	for t := e.To + 1; t < len(v.Tokens) && t < e.To+6; t++ {
		switch w := v.lower(t); {
		case t == e.To+1 && w != "a" && w != "an" && w != "the" && w != "its":
			return ""
		case t == e.To+1 || v.name[t] >= 0 || v.isPossessiveMark(t):
		case v.Tokens[t].UPOS == "NOUN" && (t+1 == len(v.Tokens) || v.Tokens[t+1].UPOS != "NOUN" && v.Tokens[t+1].Form != "-" && !v.isPossessiveMark(t+1)):
			switch {
			case bodyNouns[w]:
				return graph.Organisation
			case placeNouns[w]:
				return graph.Place
			case postOf(w) != notPost:
				return graph.Person
			}
			return ""
		case v.Tokens[t].UPOS != "NOUN" && v.Tokens[t].UPOS != "ADJ" && v.Tokens[t].UPOS != "PROPN" && v.Tokens[t].Form != "-" && v.Tokens[t].UPOS != "NUM":
			return ""
		}
	}
	return ""
}

// hasStaff reports whether the name e owns what only a company or other body has,
// or people stand for it: "Aurora's general manager", "observers from Pax Nova".
func (v *view) hasStaff(e sentence.Entity) bool {
	if v.isPossessiveMark(e.To) {
		for t := e.To + 1; t < len(v.Tokens) && t < e.To+4; t++ {
			switch v.lower(t) {
			case "shareholders", "employees", "workforce", "chairman", "chairwoman", "executive", "manager", "management", "factory", "factories", "dockers", "pilots", "subsidiary":
				return true
			}
		}
	}
	return false
}

// acts reports whether what token h heads does what only people and bodies do, or
// makes an offer.
func (v *view) acts(h int) bool {
	g := v.head[h]
	if g < 0 {
		return false
	}
	switch v.fullRel(h) {
	case "nsubj":
		return deeds[v.lemma(g)]
	case "nmod:poss":
		return offers[v.lemma(g)]
	case "nmod":
		return v.preposition(h) == "of" && offers[v.lemma(g)]
	}
	return false
}

// isScene reports whether the name e, whose head is h, is where something happens
// or someone is.
func (v *view) isScene(e sentence.Entity, h int) bool {
	switch v.lower(e.From - 1) {
	case "in", "at", "near", "outside":
	default:
		return false
	}
	if v.isPossessiveMark(e.To) || e.To < len(v.Tokens) && (v.isNounLike(e.To) || v.Tokens[e.To].Form == "-" && !v.Tokens[e.To-1].Spaced) {
		return false // "in Karal's hands", "at Nordane headquarters"
	}
	g := v.head[h]
	if g < 0 || v.rel(h) != "obl" && v.rel(h) != "nmod" {
		return false
	}
	return sceneVerbs[v.lemma(g)] || sceneNouns[v.lemma(g)]
}

// bodyNouns holds nouns that call a body by its kind right before or after its name.
var bodyNouns = wordSet(`company firm airline bank union federation confederation association charity guild newspaper daily weekly
	broadcaster group movement militia front party alliance coalition league cooperative carmaker shipowner brewer insurer supermarket
	operator manufacturer producer subsidiary contractor employer organisation organization agency consortium utility body ngo chain`)

// deeds holds verbs whose subject is a person or a body and never a place.
var deeds = wordSet(`sign reject refuse demand accept negotiate offer propose deny insist threaten vow pledge mediate`)

// offers holds nouns for what a person or a body makes and no place does.
var offers = wordSet(`offer demand refusal proposal rejection signature pledge`)

// placeNouns holds nouns that call a place by its kind.
var placeNouns = wordSet(`village town city port hamlet suburb island resort settlement oasis district province region valley farm
	castle palace hotel monastery capital spring`)

// sceneVerbs holds verbs that say where something happens or someone is or goes.
var sceneVerbs = wordSet(`meet sign gather assemble arrive land begin open end resume hold host conclude convene talk take stay live die
	born bury reach break agree negotiate speak say announce wait camp base station detain capture kill free release hand settle receive
	initial seal sit stop return fight stand clash walk resume exchange build drill`)

// sceneNouns holds what is held or stands at a place.
var sceneNouns = wordSet(`talk meeting round ceremony signing summit conference negotiation session village town camp house home base
	palace hotel hall office headquarters embassy airport airfield truce ceasefire fighting battle clash prison mine plant factory border post crossing farm school`)
