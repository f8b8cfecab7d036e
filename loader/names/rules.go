package names

import (
	"slices"
	"strings"
	"unicode"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// sure is the score of what the fact list alone says.
const sure = 0.9

// least is the score below which a proposed name is dropped.
const least = 0.4

// joiner joins the names that the model proposes for one sentence with the fact
// list and with what head nouns say.
type joiner struct {
	facts *facts.List
	s     *sentence.Sentence
	forms []string
	taken []bool
}

// join sets the Entities of s, which are the model's, to the joined ones.
func (t *Tagger) join(s *sentence.Sentence, forms []string) {
	j := joiner{facts: t.facts, s: s, forms: forms, taken: make([]bool, len(forms))}
	es := s.Entities
	es = j.trim(es)
	es = j.posts(es)
	es = j.split(es)
	es = j.lengthen(es)
	es = j.headed(es)
	for i := range es {
		j.settle(&es[i])
	}
	j.take(es)
	es = j.acronyms(es)
	es = j.addressed(es)
	es = j.sites(es)
	es = j.addKnown(es)
	es = j.dateline(es)
	es = append(es, dates(s, j.taken)...)
	slices.SortFunc(es, func(a, b sentence.Entity) int { return a.From - b.From })
	s.Entities = es
}

// take marks the tokens of es as taken.
func (j *joiner) take(es []sentence.Entity) {
	for _, e := range es {
		for i := e.From; i < e.To; i++ {
			j.taken[i] = true
		}
	}
}

// trim drops what cannot begin or end a name, and names without a letter.
func (j *joiner) trim(es []sentence.Entity) []sentence.Entity {
	out := es[:0]
	for _, e := range es {
		for e.From < e.To && isEdge(j.forms[e.From]) {
			e.From++
		}
		e.To = j.hyphenated(e)
		for e.From < e.To && (isEdge(j.forms[e.To-1]) || j.forms[e.To-1] == "of") {
			e.To--
		}
		if e.To-e.From > 1 && j.forms[e.From] == "The" && j.isKnown(e.From+1, e.To) {
			e.From++
		}
		if e.From == e.To || !strings.ContainsFunc(j.name(e), isLetter) {
			continue
		}
		if e.To-e.From == 1 && (isPronoun(j.forms[e.From]) || isWeekday(j.forms[e.From]) || isMonthName(j.forms[e.From])) {
			continue
		}
		if e.Score < least || j.isDoubtful(e) || isShip(j.forms[e.From]) && e.To-e.From > 1 {
			continue
		}
		out = append(out, e)
	}
	return out
}

// isShip reports whether form begins the name of a ship, which is no type of ours.
func isShip(form string) bool {
	switch form {
	case "MV", "M/V", "USS", "HMS", "SS", "INS", "MT", "RMS", "HMAS":
		return true
	}
	return false
}

// hyphenated returns the end of e with the rest of a given name of which only
// the first half has a capital: "Ban Ki-moon".
func (j *joiner) hyphenated(e sentence.Entity) int {
	ts := j.s.Tokens
	if e.Type != sentence.Person || e.To-e.From < 2 || e.To+1 >= len(ts) || j.forms[e.To] != "-" || ts[e.To].Spaced || ts[e.To-1].Spaced {
		return e.To
	}
	rest := j.forms[e.To+1]
	if len(rest) > 5 || isUpper(rest) || isSuffix(rest) {
		return e.To
	}
	return e.To + 2
}

// isSuffix reports whether form makes an adjective of a name before a hyphen.
func isSuffix(form string) bool {
	switch form {
	case "led", "era", "style", "like", "run", "based", "born", "held", "made", "owned", "bred", "ally", "aide", "free", "age", "era's", "to", "and":
		return true
	}
	return false
}

// isKnown reports whether tokens from to to are a name of the fact list.
func (j *joiner) isKnown(from, to int) bool {
	n, _ := j.facts.MatchAll(j.forms, from)
	return n == to-from
}

// isDoubtful reports whether e is an event or agreement without a head noun, or a
// nationality that the fact list does not know, and the model is not sure of it.
func (j *joiner) isDoubtful(e sentence.Entity) bool {
	switch e.Type {
	case sentence.Nationality:
		return e.Score < sure && len(j.facts.Demonym(j.name(e))) == 0
	case sentence.Event, sentence.Agreement:
		for _, form := range j.forms[e.From:e.To] {
			if c, ok := lastHead(form); ok && (c == Event || c == Agreement) {
				return false
			}
		}
		return e.Score < sure
	}
	return false
}

// isPronoun reports whether form is a word that no name is made of.
func isPronoun(form string) bool {
	switch form {
	case "I", "He", "She", "It", "We", "They", "You", "This", "That", "These", "Those", "In", "On", "At", "But", "And", "The", "A", "An",
		"As", "If", "His", "Her", "Its", "Their", "Our", "My", "After", "Before", "When", "While", "There", "Under", "Since", "For":
		return true
	}
	return false
}

// isLetter reports whether r is a letter; every rune that is not ASCII counts.
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f }

// isEdge reports whether form cannot begin or end a name.
func isEdge(form string) bool {
	switch form {
	case ",", ".", ";", ":", "(", ")", "\"", "“", "”", "'", "’", "-", "–", "—", "the", "a", "an", "and", "'s", "’s", "[", "]":
		return true
	}
	return false
}

// name returns the words of e, parted by spaces.
func (j *joiner) name(e sentence.Entity) string { return strings.Join(j.forms[e.From:e.To], " ") }

// settle sets the type of e to what the fact list or its head noun says.
func (j *joiner) settle(e *sentence.Entity) {
	n, es := j.facts.MatchAll(j.forms, e.From)
	if n == 1 && n == e.To-e.From && es[0].Kind != facts.State && es[0].IsPlace() && j.afterTitle(e.From) {
		e.Type = sentence.Person
		return
	}
	if n == e.To-e.From {
		if typ := j.known(es, *e); typ != "" {
			e.Type = typ
			e.Score = max(e.Score, 0.6)
		}
		return
	}
	if e.To-e.From > 1 && isCompany(j.forms[e.To-1]) {
		e.Type = sentence.Organisation
		return
	}
	if e.Type != sentence.Person && e.Score < sure && e.To-e.From < 3 && j.afterForm(e.From) {
		e.Type = sentence.Person
		return
	}
	if e.Type == sentence.Person || !strings.ContainsFunc(j.name(*e), unicode.IsUpper) {
		return
	}
	if e.To-e.From > 1 && isUpper(j.forms[e.To-1]) {
		if c, ok := lastHead(j.forms[e.To-1]); ok && (e.Score < sure || c == Agreement) {
			e.Type = c.entity()
			return
		}
		if c, ok := firstHead(j.forms[e.From]); ok && j.hasOf(*e) && (e.Score < sure || c == Agreement) {
			e.Type = c.entity()
		}
	}
}

// afterTitle reports whether a capitalised post or form of address stands right
// before token i: "President Lincoln".
func (j *joiner) afterTitle(i int) bool {
	if i == 0 || !isUpper(j.forms[i-1]) {
		return false
	}
	n, t := j.facts.Title(j.forms, i-1)
	return n == 1 && t.Flags&(facts.Leads|facts.Honorific|facts.Military) != 0
}

// hasOf reports whether "of" or "for" is the second word of e.
func (j *joiner) hasOf(e sentence.Entity) bool {
	return e.To-e.From > 2 && (j.forms[e.From+1] == "of" || j.forms[e.From+1] == "for" || j.forms[e.From+1] == "on")
}

// known returns the type that the fact list gives a name which it has whole, or
// "" if the model is to be trusted: a person whose name is also a place's.
func (j *joiner) known(es []*facts.Entry, e sentence.Entity) string {
	person := e.Type == sentence.Person && e.Score > 0.8
	for _, f := range es {
		switch {
		case person && f.Kind == facts.Capital && !j.besideName(e) && j.namesState(f.Of):
			return sentence.Place // "a Chilean diplomat said Santiago had rejected it"
		case person && (f.IsPlace() || f.Kind == facts.State && j.besideName(e)):
			continue
		case f.Kind == facts.State:
			return sentence.State
		case f.Kind == facts.Group, f.Kind == facts.Organisation, f.Kind == facts.Outlet, f.Kind == facts.Seat:
			if len(j.forms[e.From]) < 3 && e.To-e.From == 1 && e.Type != sentence.Organisation && e.Score > 0.5 {
				return ""
			}
			return sentence.Organisation
		case f.IsPlace():
			if e.Type == sentence.Organisation && e.Score > 0.7 {
				return ""
			}
			return sentence.Place
		case f.Kind == facts.Demonym:
			return sentence.Nationality
		}
	}
	return ""
}

// namesState reports whether the sentence names the state called label, or its people.
func (j *joiner) namesState(label string) bool {
	for i := range j.forms {
		_, es := j.facts.MatchAll(j.forms, i)
		for _, f := range es {
			if f.Kind == facts.State && f.Label == label || f.Kind == facts.Demonym && f.Of == label {
				return true
			}
		}
	}
	return false
}

// besideName reports whether e stands after a given name or before another
// capitalised word that is no verb's start.
func (j *joiner) besideName(e sentence.Entity) bool {
	return e.From > 0 && j.facts.IsGiven(j.forms[e.From-1])
}

// isAcronymForm reports whether form has two capitals or more and no more small
// letters than capitals.
func isAcronymForm(form string) bool {
	upper, lower := 0, 0
	for i := 0; i < len(form); i++ {
		switch c := form[i]; {
		case c >= 'A' && c <= 'Z':
			upper++
		case c >= 'a' && c <= 'z':
			lower++
		}
	}
	return upper >= 2 && lower <= upper
}

// addKnown adds what the fact list knows outside the names found: states,
// bodies and groups, demonyms, capitals and cities.
func (j *joiner) addKnown(es []sentence.Entity) []sentence.Entity {
	for i := 0; i < len(j.forms); {
		if j.taken[i] {
			i++
			continue
		}
		if n := j.branch(i); n > 0 {
			es = append(es, sentence.Entity{From: i, To: i + n, Type: sentence.Organisation, Score: sure})
			i += n
			continue
		}
		n, fs := j.facts.MatchAll(j.forms, i)
		if n == 0 || slices.Contains(j.taken[i:i+n], true) {
			i++
			continue
		}
		if typ := j.offered(fs, i, n); typ != "" {
			e := sentence.Entity{From: i, To: i + n, Type: typ, Score: sure}
			es = append(es, e)
			j.take([]sentence.Entity{e})
		}
		i += n
	}
	return es
}

// offered returns the type under which tokens i to i+n are added though the
// model did not propose them, or "".
func (j *joiner) offered(fs []*facts.Entry, i, n int) string {
	if n == 1 && j.facts.IsGiven(j.forms[i]) && i+1 < len(j.forms) && isUpper(j.forms[i+1]) && !j.taken[i+1] {
		return ""
	}
	switch f := fs[0]; {
	case f.Kind == facts.State, f.Kind == facts.Group && (n > 1 || len(j.forms[i]) > 2), f.Kind == facts.Organisation && (n > 1 || len(f.Label) > 3 && len(j.forms[i]) > 2):
		typ := sentence.Organisation
		if f.Kind == facts.State {
			typ = sentence.State
		}
		if n == 1 && (len(j.forms[i]) < 3 && f.Kind != facts.State || i == 0 && j.shouted()) {
			return ""
		}
		return typ
	case f.Kind == facts.Demonym:
		return sentence.Nationality
	case f.Kind == facts.Capital, f.Kind == facts.City && n > 1, f.Kind == facts.Region && n > 1:
		if j.partOfName(i, n) {
			return ""
		}
		return sentence.Place
	}
	return ""
}

// shouted reports whether the sentence is all in capitals.
func (j *joiner) shouted() bool {
	for _, f := range j.forms {
		if strings.ToUpper(f) != f {
			return false
		}
	}
	return len(j.forms) > 3
}

// partOfName reports whether tokens i to i+n stand against another capitalised word.
func (j *joiner) partOfName(i, n int) bool {
	return i > 1 && isUpper(j.forms[i-1]) || i+n < len(j.forms) && isUpper(j.forms[i+n])
}

// sites adds names of the form of an address on the web: "Example.Com".
func (j *joiner) sites(es []sentence.Entity) []sentence.Entity {
	ts := j.s.Tokens
	for i := 0; i+2 < len(ts); i++ {
		if !isUpper(j.forms[i]) || len(j.forms[i]) < 3 || j.forms[i+1] != "." || ts[i].Spaced || ts[i+1].Spaced || slices.Contains(j.taken[i:i+3], true) {
			continue
		}
		switch strings.ToLower(j.forms[i+2]) {
		case "com", "org", "net", "info", "news", "az", "am", "ge", "ru", "ua", "fr", "de", "uk", "eu", "tr", "il", "ie", "pl", "ch", "tv", "io":
			e := sentence.Entity{From: i, To: i + 3, Type: sentence.Organisation, Score: sure}
			es = append(es, e)
			j.take([]sentence.Entity{e})
		}
	}
	return es
}
