package names

import (
	"slices"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// split parts a name at a possessive after a state or place ("Chad 's National
// Assembly"), at "and" between two names with head nouns, and where a body's name
// has run on into a state or place ("Hill Front and Chad", "Hill Front in Turin").
func (j *joiner) split(es []sentence.Entity) []sentence.Entity {
	var out []sentence.Entity
	for _, e := range es {
		left, right, ok := j.halves(e)
		if !ok {
			out = append(out, e)
			continue
		}
		if c, ok := lastHead(j.forms[right.To-1]); ok {
			right.Type = c.entity()
		} else if n, fs := j.facts.MatchAll(j.forms, right.From); n == right.To-right.From && fs[0].Kind == facts.State {
			right.Type = sentence.State
		} else if j.forms[right.From-1] == "in" {
			right.Type = sentence.Place
		}
		out = append(out, left, right)
	}
	return out
}

// halves returns the two names that e is, if it is two.
func (j *joiner) halves(e sentence.Entity) (left, right sentence.Entity, ok bool) {
	left, right = e, e
	for i := e.From + 1; i < e.To-1; i++ {
		switch j.forms[i] {
		case "'s", "’s":
			if j.isWhole(e.From, i) {
				left.To, right.From = i, i+1
				return left, right, true
			}
		case "-", "–", "—":
			if j.s.Tokens[i].Spaced && j.s.Tokens[i-1].Spaced && j.isWhole(i+1, e.To) {
				left.To, right.From = i, i+1
				return left, right, true
			}
		case "in":
			if c, ok := lastHead(j.forms[i-1]); ok && c == Organisation && i > e.From+1 && !j.isKnown(e.From, e.To) && j.isRun(i+1, e.To) {
				left.To, right.From = i, i+1
				return left, right, true
			}
		case "and":
			if j.isBody(e.From, i) && j.isState(i+1, e.To) && !j.isKnown(e.From, e.To) {
				left.To, right.From = i, i+1
				if j.forms[i+1] == "the" {
					right.From++
				}
				return left, right, true
			}
			_, first := firstHead(j.forms[e.From])
			_, last := lastHead(j.forms[i-1])
			_, end := lastHead(j.forms[e.To-1])
			if last && e.To-i > 2 && j.runEnd(i+1) == e.To {
				end = true
			}
			if !end || !last && !(first && i > e.From+2) || !last && e.Type != sentence.Agreement {
				continue
			}
			left.To, right.From = i, i+1
			if j.forms[i+1] == "the" {
				right.From++
			}
			return left, right, right.From < right.To
		}
	}
	return e, e, false
}

// isBody reports whether tokens from to to are a whole name of a body: they have
// its head noun, and do not end with a state or place that "and" could pair with
// another one ("Joint Commission of Chad and Niger").
func (j *joiner) isBody(from, to int) bool {
	if to-from < 2 || j.isWhole(to-1, to) || j.isWhole(max(from, to-2), to) {
		return false
	}
	last, ends := lastHead(j.forms[to-1])
	first, begins := firstHead(j.forms[from])
	for i := from + 1; i < to && !begins; i++ {
		if j.forms[i] == "of" || j.forms[i] == "for" {
			first, begins = lastHead(j.forms[i-1]) // "United Front for Change"
			break
		}
	}
	return ends && last == Organisation || begins && first == Organisation
}

// isState reports whether tokens from to to are a known state, with or without "the".
func (j *joiner) isState(from, to int) bool {
	if from < to && j.forms[from] == "the" {
		from++
	}
	n, es := j.facts.MatchAll(j.forms, from)
	return n > 0 && n == to-from && es[0].Kind == facts.State
}

// isRun reports whether tokens from to to are capitalised words and nothing else.
func (j *joiner) isRun(from, to int) bool {
	return from < to && !slices.ContainsFunc(j.forms[from:to], func(f string) bool { return !isUpper(f) })
}

// isWhole reports whether tokens from to to are a known state or place.
func (j *joiner) isWhole(from, to int) bool {
	n, es := j.facts.MatchAll(j.forms, from)
	return n == to-from && (es[0].Kind == facts.State || es[0].IsPlace())
}

// lengthen lets a name that begins with a head noun run on over "of" and "for"
// and what they join: "Ministry of Foreign Affairs".
func (j *joiner) lengthen(es []sentence.Entity) []sentence.Entity {
	var out []sentence.Entity
	for i := 0; i < len(es); i++ {
		e := es[i]
		c, _ := ClassOf(e.Type)
		head := j.forms[e.To-1]
		first, ok := firstHead(head)
		for ok && (c == Organisation || c == Agreement || first == Agreement) && i+1 < len(es) {
			next := es[i+1]
			if !j.links(e.To, next.From) || next.Type == sentence.Person {
				break
			}
			e.To = next.To
			i++
			ok = false
		}
		out = append(out, e)
	}
	return out
}

// links reports whether the tokens from to to are "of", "for", "of the", "for a".
func (j *joiner) links(from, to int) bool {
	switch to - from {
	case 1:
		return j.forms[from] == "of" || j.forms[from] == "for"
	case 2:
		return (j.forms[from] == "of" || j.forms[from] == "for") && (j.forms[from+1] == "the" || j.forms[from+1] == "a")
	}
	return false
}
