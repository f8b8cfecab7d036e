package coref

import (
	"slices"
	"strings"
	"unicode"

	"parley/loader/sentence"
)

// harmonise makes the names of the article agree with each other: acronyms in
// brackets become names, a name that was found once is found everywhere, and a
// name that was taken for two kinds of thing is taken for the likelier.
func (r *resolver) harmonise() {
	r.correctPersons()
	r.dropDescriptions()
	r.correctBodies()
	r.correctByUse()
	r.correctNicknames()
	r.addBracketed()
	r.addLocals()
	found := r.vote()
	for _, v := range r.views {
		for i := range v.Entities {
			e := &v.Entities[i]
			if t := found[v.nameKey(*e)]; t != "" && (e.Type != sentence.Place || t != sentence.State) {
				e.Type = t
			}
		}
		v.addKnown(found)
		v.markNames()
	}
}

// vote returns the likeliest type of each name, over all its places. The last
// word of a person's full name is a person, unless the world knows it.
func (r *resolver) vote() map[string]string {
	type vote struct {
		scores map[string]float64
		best   string
	}
	votes := map[string]*vote{}
	var order []string
	for _, v := range r.views {
		for _, e := range v.Entities {
			k := v.nameKey(e)
			if votes[k] == nil {
				votes[k] = &vote{scores: map[string]float64{}}
				order = append(order, k)
			}
			w := float64(max(e.Score, 0.1))
			if v.Headline {
				w /= 2 // headlines capitalise more than names
			}
			votes[k].scores[e.Type] += w
		}
	}
	surnames := r.surnameKeys()
	for _, k := range order {
		for _, t := range []string{sentence.Person, sentence.Organisation, sentence.State, sentence.Place, sentence.Nationality, sentence.Event, sentence.Agreement, sentence.Date} {
			if vt := votes[k]; vt.scores[t] > vt.scores[vt.best] {
				vt.best = t
			}
		}
		if surnames[k] && votes[k].best != sentence.Nationality && !isWorldName(k) {
			votes[k].best = sentence.Person
		}
	}
	found := map[string]string{}
	for _, k := range order {
		found[k] = votes[k].best
	}
	return found
}

// addLocals adds the branches of unions: "Local 100".
func (r *resolver) addLocals() {
	for _, v := range r.views {
		for i := 0; i+1 < len(v.Tokens); i++ {
			if v.Tokens[i].Form == "Local" && v.Tokens[i+1].UPOS == "NUM" && v.name[i] < 0 && v.name[i+1] < 0 {
				v.Entities = append(v.Entities, sentence.Entity{From: i, To: i + 2, Type: sentence.Organisation, Score: 1})
			}
		}
		v.markNames()
	}
}

// nameKey returns the form of e under which it is compared with other names.
func (v *view) nameKey(e sentence.Entity) string {
	from := e.From
	if e.To-from > 1 && v.lower(from) == "the" {
		from++
	}
	var b strings.Builder
	for i := from; i < e.To; i++ {
		if i > from {
			b.WriteByte(' ')
		}
		b.WriteString(v.Tokens[i].Form)
	}
	return b.String()
}

// surnameKeys returns the last words of the full names of persons.
func (r *resolver) surnameKeys() map[string]bool {
	m := map[string]bool{}
	for _, v := range r.views {
		for _, e := range v.Entities {
			if e.Type == sentence.Person && e.To-e.From > 1 && e.To-e.From < 6 {
				m[v.Tokens[e.To-1].Form] = true
			}
		}
	}
	return m
}

// addBracketed adds the acronym in brackets after an organisation's name, and
// the name in brackets after an acronym, as names of the same type.
func (r *resolver) addBracketed() {
	for _, v := range r.views {
		for _, e := range slices.Clone(v.Entities) {
			if e.Type == sentence.Person || e.Type == sentence.Date || e.Type == sentence.Nationality {
				continue
			}
			if from, to, ok := v.bracketAfter(e.To); ok && v.name[from] < 0 && to-from == 1 && looksAcronym(v.Tokens[from].Form) {
				v.Entities = append(v.Entities, sentence.Entity{From: from, To: to, Type: e.Type, Score: e.Score})
			}
		}
		v.markNames()
	}
}

// bracketAfter returns the tokens inside round brackets that open at token i.
func (v *view) bracketAfter(i int) (from, to int, ok bool) {
	if i >= len(v.Tokens) || v.lower(i) != "(" && v.lower(i) != "-lrb-" {
		return 0, 0, false
	}
	for j := i + 1; j < len(v.Tokens) && j < i+9; j++ {
		if w := v.lower(j); w == ")" || w == "-rrb-" {
			return i + 1, j, j > i+1
		}
	}
	return 0, 0, false
}

// looksAcronym reports whether a word in brackets can be a short name.
func looksAcronym(s string) bool {
	upper := 0
	for i, c := range s {
		if i == 0 && !unicode.IsUpper(c) {
			return false
		}
		if unicode.IsUpper(c) {
			upper++
		} else if unicode.IsDigit(c) && i == 0 {
			return false
		}
	}
	return upper >= 1 && len(s) >= 2 && len(s) <= 12
}

// addKnown adds the names of found where v has them untagged: acronyms and other
// capitalised single words of persons and organisations.
func (v *view) addKnown(found map[string]string) {
	if v.Headline {
		return
	}
	for i := range v.Tokens {
		t := &v.Tokens[i]
		if v.name[i] >= 0 || t.UPOS != "PROPN" || len(t.Form) < 3 {
			continue
		}
		if k, ok := found[t.Form]; ok && (k == sentence.Person || k == sentence.Organisation) {
			if i > 0 && v.Tokens[i-1].UPOS == "PROPN" && !isPostToken(v, i-1) || i+1 < len(v.Tokens) && v.Tokens[i+1].UPOS == "PROPN" && v.name[i+1] < 0 {
				continue // a part of a longer name
			}
			v.Entities = append(v.Entities, sentence.Entity{From: i, To: i + 1, Type: k, Score: 0.5})
		}
	}
}
