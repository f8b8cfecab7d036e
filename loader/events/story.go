package events

import (
	"strconv"
	"time"
)

// An article looks back to what was asideMonths before the day on which it appeared:
// talks may last for some months. Of what has no month but a year it is the next but one.
const (
	asideMonths = 7
	asideYears  = 2
)

// storyOf returns the day on which the article appeared, as a date, if most of its times
// lie near it or later, else "": old talks told at length are no asides.
func (d *Doc) storyOf() string {
	published := d.Coref.Article.Published
	near := 0
	for i := range d.Dates {
		switch when := d.Dates[i].When.Start; {
		case YearOf(when) == 0:
		case isBefore(when, published):
			near--
		default:
			near++
		}
	}
	if near < 0 {
		return ""
	}
	return published
}

// isBefore reports whether date lies so long before the other that who tells of it on
// that day looks back. Either may lack its day or its month.
func isBefore(date, other string) bool {
	a, errA := time.Parse(monthOnly, date[:min(len(date), len(monthOnly))])
	b, errB := time.Parse(monthOnly, other[:min(len(other), len(monthOnly))])
	if errA == nil && errB == nil {
		return !a.AddDate(0, asideMonths, 0).After(b)
	}
	x, y := YearOf(date), YearOf(other)
	return x != 0 && y != 0 && x <= y-asideYears
}

const monthOnly = "2006-01"

// YearOf returns the year of an ISO 8601 date, or 0.
func YearOf(date string) int {
	y, _ := strconv.Atoi(date[:min(len(date), len("2006"))])
	return y
}

// LooksBack reports whether what was on date, of any precision, cannot have been part of
// the article's own story.
func (d *Doc) LooksBack(date string) bool { return d.Story != "" && isBefore(date, d.Story) }

// asideYear returns the year of m if the article looks back to the talks m speaks of,
// else 0. "The talks, begun in March last year" are those that are the news.
func (d *Doc) asideYear(m *Mention) int {
	year := 0
	t := d.Trees[m.Sentence]
	for _, w := range m.whens {
		x := &d.Dates[w]
		if p := x.From - 1; p >= 0 && t.Form(p) == "since" {
			return 0
		}
		if y := YearOf(x.When.Start); y != 0 {
			if !d.LooksBack(x.When.Start) || m.definite && m.kind == process && y > YearOf(d.Story)-asideYears {
				return 0
			}
			year = max(year, y)
		}
	}
	return year
}

// isBeside reports whether m, which has no year of its own, speaks of other talks than
// the event ev, to which the article only looks back, unless it goes on about them.
func (d *Doc) isBeside(m *Mention, ev *Event) bool {
	last := &d.Mentions[ev.Mentions[len(ev.Mentions)-1]]
	return ev.Aside != 0 && (m.Verb || !m.definite) && m.Sentence > last.Sentence+1
}
