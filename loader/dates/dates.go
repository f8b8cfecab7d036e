// Package dates finds time expressions and the days, months and years that
// they stand for.
//
// [Find] resolves what it can against the day an article was published: "on
// Friday", "last month", "14 April". Without that day such words keep their
// text and no date; no year is ever invented. Results come in the order of the
// text and never overlap. The package knows nothing of what happened at these
// times.
package dates

import (
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// Expr is a time expression of one sentence.
type Expr struct {
	Sentence int // index into the sentences handed to Find
	From, To int // tokens, half open; without the preposition
	When     graph.When
	Partial  bool // it says when, but not in which year: When.Start is ""
}

// Find returns the time expressions of ss, the sentences of text, which was
// published on the ISO 8601 date published ("" if unknown). When.Start is ""
// if the words do not say which day, month or year they mean; When.Precision
// is then that of the words.
func Find(ss []sentence.Sentence, text, published string) []Expr {
	ref := parseDay(published)
	switch line := datelineDay(ss); {
	case line.month == 0:
	case ref.year == 0 && line.year != 0:
		ref = line
	case ref.day != 0: // an article is told from the day on which it was filed
		if line.year == 0 {
			line = line.withYear(ref, past)
		}
		if d := ref.distance(line); d > 0 && d < filed {
			ref = line
		}
	}
	var out []Expr
	var last told
	for i := range ss {
		out = append(out, find(&ss[i], i, text, ref, &last)...)
	}
	return out
}

// filed is within how many days of its filing an article is taken to be printed.
const filed = 30

// datelineDay returns the day that stands in the dateline of an article, perhaps
// without its year, or the zero day.
func datelineDay(ss []sentence.Sentence) day {
	for i := range ss {
		if ss[i].Headline {
			continue
		}
		r := reader{s: &ss[i]}
		for t := 0; t < len(ss[i].Tokens) && t < 8; t++ {
			if m, n := r.at(t); n > 0 && m.kind == calendar && m.start.precision() == "day" && inDateline(&ss[i], t+n) {
				return m.start
			}
		}
		break
	}
	return day{}
}

// inDateline reports whether a dash, colon or bracket follows token i of s at once
// or behind a name in brackets: "QUITO, March 12 (PUC) - ".
func inDateline(s *sentence.Sentence, i int) bool {
	for inside := false; i < len(s.Tokens) && i < 18; i++ {
		switch f := s.Tokens[i].Form; {
		case f == "(" || f == ")":
			inside = f == "("
		case inside: // "(North Sea Wire)"
		case isDash(f) || f == ":" || f == "--":
			return true
		case f == "." || f == "," || strings.ToUpper(f) == f:
		default:
			return false
		}
	}
	return i == len(s.Tokens)
}

// find returns the time expressions of s, the sentence of the given index, and
// notes the days they tell in last.
func find(s *sentence.Sentence, index int, text string, ref day, last *told) []Expr {
	r := reader{s: s}
	var out []Expr
	for t := 0; t < len(s.Tokens); {
		m, n := r.at(t)
		if n == 0 {
			t++
			continue
		}
		if end, ok := r.rangeEnd(t, n, &m); ok {
			n = end - t
		}
		w := graph.When{Text: strings.Join(strings.Fields(text[s.Tokens[t].Start:s.Tokens[t+n-1].End]), " ")}
		base := last.at(index)
		if m.unit == "weekday" && index > last.sentence+1 {
			base = day{} // the days of the week go on from what has just been told
		}
		start, end := m.resolve(ref, base, tenseAt(s, t+n-1))
		w.Precision = m.precision()
		if start.known() && start.month != 0 && !s.Headline {
			*last = told{start, index}
		}
		if start.known() {
			w.Start, w.Precision = start.String(), start.precision()
			if end.known() && end != start {
				w.End = end.String()
			}
		}
		out = append(out, Expr{Sentence: index, From: t, To: t + n, When: w, Partial: m.kind != length && w.Start == ""})
		t += n
	}
	return out
}
