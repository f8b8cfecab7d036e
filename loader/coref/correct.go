package coref

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/facts"
	"parley/loader/sentence"
)

// correctPersons cuts "of the Highlands" and the demonym of "the Belgian Luc Verhaegen"
// from names of persons, and takes a given name with a surname, in apposition between
// commas, for a person's.
func (r *resolver) correctPersons() {
	for _, v := range r.views {
		for i := range v.Entities {
			e := &v.Entities[i]
			switch {
			case e.Type != sentence.Date && v.namedBody(e.From):
				e.Type = sentence.Organisation
			case e.Type != sentence.Person && v.isTheBelgian(e) && (isGivenName(v.Tokens[e.From+1].Form) || v.lower(e.From-2) == "," && postOf(v.lower(e.From-3)) != notPost):
				e.Type = sentence.Person
				e.From++
			case e.Type == sentence.Person:
				for t := e.From + 1; t < e.To-1; t++ {
					if v.lower(t) == "of" && postOf(v.lower(t-1)) == notPost {
						e.To = t
					}
				}
				if v.isTheBelgian(e) {
					e.From++
				}
			case (e.Type == sentence.Place || e.Type == sentence.State) && e.To-e.From == 2 && isGivenName(v.Tokens[e.From].Form) &&
				v.lower(e.From-1) == "," && v.closes(e.To) && nouns()[v.lower(e.To-1)] != graph.Place && len(v.factsOf(e.From, e.To)) == 0 && !isWorldName(v.Tokens[e.From].Form):
				e.Type = sentence.Person
			}
		}
		v.Entities = slices.DeleteFunc(v.Entities, func(e sentence.Entity) bool {
			if e.Type == sentence.Person && e.To == e.From+1 && papers[v.lower(e.From)] {
				return true // "a General Act"
			}
			for t := e.From; t < e.To; t++ {
				if postOf(v.lower(t)) == notPost {
					return false
				}
			}
			return e.Type == sentence.Person && e.To < len(v.Tokens) && v.name[e.To] >= 0
		})
		v.markNames()
	}
}

// papers holds words for what is signed, which are no names of persons.
var papers = map[string]bool{"act": true, "treaty": true, "accord": true, "agreement": true, "protocol": true, "convention": true, "charter": true, "pact": true, "compact": true, "covenant": true}

// isTheBelgian reports whether e is a name of several words behind an article whose
// first word is a demonym: "the Belgian Peter Verhaegen".
func (v *view) isTheBelgian(e *sentence.Entity) bool {
	return e.To-e.From > 2 && (v.lower(e.From-1) == "the" || v.lower(e.From-1) == "a") && v.isDemonym(e.From, e.From+1)
}

// namedBody reports whether the name at token i stands behind "a group called" or
// "the commission known as".
func (v *view) namedBody(i int) bool {
	t := i - 1
	switch v.lower(t) {
	case "called", "named", "dubbed":
		t--
	case "as":
		if v.lower(t-1) != "known" {
			return false
		}
		if t -= 2; v.lower(t) == "better" || v.lower(t) == "also" {
			t--
		}
	default:
		return false
	}
	return t >= 0 && v.Tokens[t].UPOS == "NOUN" && !v.isPlural(t) && nouns()[v.lemma(t)] == graph.Organisation
}

// isOffice reports whether what was taken for a body or place is an office and
// whose it is: "Consul-General of France".
func (v *view) isOffice(e sentence.Entity) bool {
	if e.Type != sentence.Organisation && e.Type != sentence.Place || len(v.factsOf(e.From, e.To)) > 0 {
		return false
	}
	for t := e.From; t < e.To; t++ {
		if v.lower(t) == "of" {
			return t > e.From
		}
		if c := postOf(v.lower(t)); v.Tokens[t].Form != "-" && (c == notPost || c == honorific) {
			return false
		}
	}
	return false
}

// isGivenName reports whether a word is a given name, of whatever gender.
func isGivenName(w string) bool {
	return givenNames()[strings.ToLower(w)] != unknownGender || facts.Default().IsGiven(w)
}

// sideWords holds what the sides to talks are called in the capitals of
// communiqués: "the Kenyan Side", "the Parties", "the Heads of Delegation".
var sideWords = map[string]bool{"side": true, "sides": true, "party": true, "parties": true, "delegation": true, "delegations": true, "heads": true, "head": true, "government": true, "governments": true}

// dropDescriptions drops what only looks like a name because communiqués write
// descriptions in capitals.
func (r *resolver) dropDescriptions() {
	for _, v := range r.views {
		n := len(v.Entities)
		var added []sentence.Entity
		v.Entities = slices.DeleteFunc(v.Entities, func(e sentence.Entity) bool {
			if e.Type != sentence.Organisation && e.Type != sentence.Place || !sideWords[v.lower(e.To-1)] {
				return strings.HasPrefix(v.lower(e.From), "chargé") || v.isOffice(e)
			}
			from := e.From
			if v.lower(from) == "the" {
				from++
			}
			demonym := 0
			for k := e.To - 1; k > from && demonym == 0; k-- {
				if v.isDemonym(from, k) && k == e.To-1 {
					demonym = k
				}
			}
			if demonym > 0 {
				added = append(added, sentence.Entity{From: from, To: demonym, Type: sentence.Nationality, Score: e.Score})
				return true
			}
			for t := from; t < e.To; t++ {
				if w := v.lower(t); !sideWords[w] && w != "of" && w != "both" && w != "two" {
					return false
				}
			}
			return true
		})
		if v.Entities = append(v.Entities, added...); len(added) > 0 || len(v.Entities) != n {
			v.markNames()
		}
	}
}

// correctBodies takes names that only companies, unions and the like bear for
// organisations, and so their distinctive words alone: "Halvern" where the
// article has "Halvern Resources".
func (r *resolver) correctBodies() {
	short := map[string]bool{}
	for _, v := range r.views {
		v.splitBodies()
		for i := range v.Entities {
			e := &v.Entities[i]
			if e.To-e.From == 1 && e.Type == sentence.Person && v.lower(e.From-1) == "the" && bodyWords[v.Tokens[e.From].Form] {
				e.Type = sentence.Organisation // "the Junta"
			}
			if e.To-e.From < 2 || e.Type == sentence.Date || e.Type == sentence.Agreement || e.Type == sentence.Event {
				continue
			}
			first, last := v.Tokens[e.From].Form, strings.TrimSuffix(v.Tokens[e.To-1].Form, ".")
			if !bodyWords[last] && !bodyWords[first] || e.Type == sentence.Place && !bodyWords[first] && nouns()[strings.ToLower(last)] == graph.Place {
				continue
			}
			e.Type = sentence.Organisation
			for t := e.From; t < e.To; t++ {
				w := v.Tokens[t].Form
				if isCapital(w) && !bodyWords[w] && !placeNamed(strings.Fields(strings.ToLower(v.nameKey(*e)))) && len(w) > 3 && !isGenericName(w) && !isWorldName(w) && nouns()[strings.ToLower(w)] == "" {
					short[w] = true
				}
			}
		}
	}
	surnames := r.surnameKeys()
	for _, v := range r.views {
		for i := range v.Entities {
			e := &v.Entities[i]
			if w := v.Tokens[e.From].Form; e.To-e.From == 1 && short[w] && !surnames[w] && (e.Type == sentence.Person || e.Type == sentence.Place) {
				e.Type = sentence.Organisation
			}
		}
	}
}

// splitBodies cuts a name at "and" where both halves end as bodies' names do:
// "Tramway Union and Harbour Board".
func (v *view) splitBodies() {
	for i := range v.Entities {
		e := v.Entities[i]
		for t := e.From + 2; t < e.To-1; t++ {
			if v.lower(t) != "and" || !bodyWords[strings.TrimSuffix(v.Tokens[t-1].Form, ".")] || !bodyWords[strings.TrimSuffix(v.Tokens[e.To-1].Form, ".")] || e.To-t < 3 {
				continue
			}
			v.Entities[i].To = t
			v.Entities = append(v.Entities, sentence.Entity{From: t + 1, To: e.To, Type: e.Type, Score: e.Score})
			break
		}
	}
	v.markNames()
}

// bodyWords begin or end the names of companies, unions and other bodies.
var bodyWords = wordSet(`AB AG Oyj Ltd Inc plc PLC LLC LLP Corp Co SA S.A GmbH NV Oy ASA SpA SE KG Holdings Group Industries Resources
	Energy Petroleum Airlines Airways Motors Steel Mining Mines Bank Coaches Partners Ventures Foods Telecom Railways Shipping
	Minera Compañía Banco Grupo Sindicato Société Banque Confédération Partido Movimiento Frente Union Association Federation
	Committee Commission Council Authority Agency Company Corporation Brotherhood Guild Trust Cooperative Society Institute
	University Ministry Department Board Bureau Office Brigade Brigades Army Front Movement Party Alliance Coalition Congress
	Bloc Junta League Corps Militia Foundation Secretariat Legion Consortium Resistance Forum Tribunal Inspectorate`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
