package names

import (
	"slices"
	"strings"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// headed makes a name of the capitalised words up to a head noun of agreements
// or events, and of such a noun with what follows it after "of": "Arusha
// Accords", "Treaty of Lausanne". It takes in the names that stand there.
func (j *joiner) headed(es []sentence.Entity) []sentence.Entity {
	for i, form := range j.forms {
		if !isUpper(form) || len(form) < 3 || strings.ToUpper(form) == form {
			continue
		}
		c, ok := lastHead(form)
		from, to := i, i+1
		if ok && (c == Agreement || c == Event) {
			for from > 0 && isUpper(j.forms[from-1]) && !isPronoun(j.forms[from-1]) {
				from--
			}
		}
		if first, isFirst := firstHead(form); from == i && isFirst && first == Agreement && i+2 < len(j.forms) && j.forms[i+1] == "of" && isUpper(j.forms[i+2]) {
			c, to = first, i+3
			for to < len(j.forms) && isUpper(j.forms[to]) {
				to++
			}
		}
		if to-from > 1 {
			es = cover(es, sentence.Entity{From: from, To: to, Type: c.entity(), Score: 0.7})
		}
	}
	return es
}

// cover adds e to es in the place of the names that lie within it. If a name
// reaches out of it, es stays as it is.
func cover(es []sentence.Entity, e sentence.Entity) []sentence.Entity {
	var out []sentence.Entity
	for _, o := range es {
		switch {
		case o.To <= e.From || o.From >= e.To:
			out = append(out, o)
		case o.From < e.From || o.To > e.To || o.From == e.From && o.To == e.To:
			return es
		}
	}
	out = append(out, e)
	slices.SortFunc(out, func(a, b sentence.Entity) int { return a.From - b.From })
	return out
}

// acronyms adds the capitals in brackets after an organisation or agreement.
func (j *joiner) acronyms(es []sentence.Entity) []sentence.Entity {
	out := slices.Clone(es)
	for k, e := range es {
		if e.Type != sentence.Organisation && e.Type != sentence.Agreement || e.To+2 >= len(j.forms) {
			continue
		}
		if j.forms[e.To] != "(" || j.forms[e.To+2] != ")" || !isAcronymForm(j.forms[e.To+1]) {
			continue
		}
		if !j.taken[e.To+1] {
			out = append(out, sentence.Entity{From: e.To + 1, To: e.To + 2, Type: e.Type, Score: sure})
			j.taken[e.To+1] = true
			continue
		}
		for m := range out {
			if m != k && out[m].From == e.To+1 && out[m].To == e.To+2 {
				out[m].Type = e.Type
			}
		}
	}
	return out
}

// posts takes the post out of a person's name ("Field Marshal Ayub Khan"), and
// drops a name that is nothing but a post.
func (j *joiner) posts(es []sentence.Entity) []sentence.Entity {
	out := es[:0]
	for k, e := range es {
		if e.Type == sentence.Person {
			for e.From < e.To {
				n, t := j.facts.Title(j.forms, e.From)
				if n == 0 || t.Flags&(facts.Leads|facts.Military|facts.Envoy|facts.Member|facts.Deputy) == 0 || n == 1 && e.To-e.From > 1 && t.Flags.Has(facts.Faith) {
					break
				}
				e.From += min(n, e.To-e.From)
			}
			if e.From == e.To {
				e.To = j.runEnd(e.To)
				if e.From == e.To || k+1 < len(es) && es[k+1].From < e.To {
					continue
				}
			}
		}
		out = append(out, e)
	}
	return out
}

// afterForm reports whether a form of address, a rank or a title of nobility or
// faith stands right before token i, with a capital: "Count Corti".
func (j *joiner) afterForm(i int) bool {
	if i == 0 || !isUpper(j.forms[i-1]) {
		return false
	}
	n, t := j.facts.Title(j.forms, i-1)
	return n == 1 && t.Flags&(facts.Honorific|facts.Military|facts.Faith) != 0
}

// addressed adds the persons whom only the form of address before them tells:
// "Count Andrassy".
func (j *joiner) addressed(es []sentence.Entity) []sentence.Entity {
	for i := 1; i < len(j.forms); i++ {
		if j.taken[i] || j.taken[i-1] || len(j.forms[i]) < 3 || !isUpper(j.forms[i]) || !j.afterForm(i) {
			continue
		}
		if _, isHead := lastHead(j.forms[i]); isHead {
			continue
		}
		if n, _ := j.facts.Title(j.forms, i); n > 0 {
			continue
		}
		if n, _ := j.facts.MatchAll(j.forms, i); n > 0 {
			continue
		}
		to := i + 1
		for to < len(j.forms) && to < i+3 && isUpper(j.forms[to]) && !j.taken[to] {
			to++
		}
		if _, isHead := lastHead(j.forms[to-1]); isHead {
			continue
		}
		e := sentence.Entity{From: i, To: to, Type: sentence.Person, Score: 0.7}
		es = append(es, e)
		j.take([]sentence.Entity{e})
	}
	return es
}

// branch returns the number of tokens of a numbered branch of a union from i on,
// "Local 12" or "Sindicato No. 2", or 0.
func (j *joiner) branch(i int) int {
	switch j.forms[i] {
	case "Local", "Lodge", "Sindicato", "Sindicat", "Syndicat", "Branch":
	default:
		return 0
	}
	n := 1
	if i+n < len(j.forms) && (j.forms[i+n] == "No." || j.forms[i+n] == "Nº") {
		n++
	}
	if i+n < len(j.forms) && isNumber(j.forms[i+n]) && !j.taken[i+n] {
		return n + 1
	}
	return 0
}

// runEnd returns the end of the capitalised words from token i on.
func (j *joiner) runEnd(i int) int {
	for i < len(j.forms) && isUpper(j.forms[i]) {
		i++
	}
	return i
}

// dateline makes a place of the words in capitals that begin a dateline, which
// is a sentence that ends in a dash: "LE BOURGET, France (Wire) -".
func (j *joiner) dateline(es []sentence.Entity) []sentence.Entity {
	last := len(j.forms) - 1
	if last < 1 || !isDash(j.forms[last]) || !inCapitals(j.forms[0]) {
		return es
	}
	to := 0
	for to < last && (inCapitals(j.forms[to]) || j.forms[to] == "-" && !j.s.Tokens[to].Spaced) {
		to++
	}
	place := sentence.Entity{From: 0, To: to, Type: sentence.Place, Score: sure}
	for _, e := range es {
		if e.From == 0 && e.To == to && (e.Type == sentence.Place || e.Type == sentence.State) {
			return es
		}
	}
	es = slices.DeleteFunc(es, func(e sentence.Entity) bool { return e.From < to })
	j.take([]sentence.Entity{place})
	return append(es, place)
}

// isDash reports whether form is a dash.
func isDash(form string) bool { return form == "-" || form == "–" || form == "—" || form == "--" }

// inCapitals reports whether form is a word of two or more letters, all capitals.
func inCapitals(form string) bool {
	return len(form) > 1 && isUpper(form) && strings.ToUpper(form) == form
}
