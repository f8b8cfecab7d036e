package dates

import (
	"slices"
	"strconv"
	"strings"

	"parley/loader/sentence"
)

// kind says how a moment is told.
type kind uint8

const (
	calendar  kind = iota // a day, month or year by name, perhaps without its year
	weekday               // a day of the week
	relative              // so many days, months, years from now
	span                  // a week, a weekend, a decade: start and end follow
	length                // how long something took: no moment at all
	anaphoric             // so many days, months, years from the day told before
)

// moment is a time expression as it is written.
type moment struct {
	kind  kind
	start day
	end   day // of a range or decade; the zero day otherwise
	unit  string
	n     int // relative: how many units from now; weekday: Monday 0
	dir   int // -1 for "last", 1 for "next", 0 for neither
}

// precision returns the precision of the words.
func (m *moment) precision() string {
	switch m.kind {
	case weekday, span:
		return "day"
	case calendar:
		return m.start.precision()
	}
	switch m.unit {
	case "week":
		if m.kind == anaphoric && (m.n == 1 || m.n == -1) {
			return "day"
		}
		return "month"
	case "month":
		return "month"
	case "year", "decade":
		return "year"
	}
	return "day"
}

// resolve returns the first and last day, month or year that m means for an
// article of day ref that last spoke of the day last; zero days if the words, ref
// and last do not say.
func (m *moment) resolve(ref, last day, t tense) (start, end day) {
	kind := m.kind
	if kind == anaphoric && m.unit == "weekday" && last.day == 0 {
		kind = weekday // "the Friday" of an article that has told no day yet
	}
	switch kind {
	case anaphoric:
		return m.resolveAnaphor(last), day{}
	case calendar:
		return m.resolveCalendar(ref, t)
	case weekday:
		if ref.day == 0 {
			return day{}, day{}
		}
		back := (ref.weekday() - m.n + 7) % 7
		ahead := (m.n - ref.weekday() + 7) % 7
		switch {
		case m.dir < 0 && back == 0:
			back = 7
		case m.dir > 0 && ahead == 0:
			ahead = 7
		}
		if m.dir > 0 || m.dir == 0 && t == future {
			return ref.addDays(ahead), day{}
		}
		return ref.addDays(-back), day{}
	case relative:
		return m.resolveRelative(ref), day{}
	case span:
		if ref.day == 0 {
			return day{}, day{}
		}
		monday := ref.addDays(-ref.weekday() + 7*m.n)
		if m.unit == "weekend" {
			if ref.weekday() >= 5 && m.n == -1 {
				monday = monday.addDays(7)
			}
			return monday.addDays(5), monday.addDays(6)
		}
		return monday, monday.addDays(6)
	}
	return day{}, day{}
}

func (m *moment) resolveCalendar(ref day, t tense) (start, end day) {
	start, end = m.start, m.end
	if start.year == 0 && end.year != 0 {
		start.year = end.year
	}
	if start.year == 0 {
		if ref.year == 0 || ref.month == 0 && start.month != 0 && m.dir != 0 {
			return day{}, day{}
		}
		switch m.dir {
		case -1:
			start.year = ref.year
			if ref.month == 0 || start.month >= ref.month && (start.day == 0 || start.month > ref.month || start.day >= ref.day) {
				start.year--
			}
		case 1:
			start.year = ref.year
			if start.month <= ref.month {
				start.year++
			}
		default:
			start = start.withYear(ref, t)
		}
	}
	if end.month != 0 && end.year == 0 && start.known() {
		end.year = start.year
		if end.month < start.month {
			end.year++
		}
	}
	return start, end
}

func (m *moment) resolveRelative(ref day) day {
	switch m.unit {
	case "date":
		if ref.month != 0 {
			d := day{ref.year, ref.month, 0}.addMonths(m.dir)
			if d.day = m.n; d.valid() {
				return d
			}
		}
	case "day":
		if ref.day != 0 {
			return ref.addDays(m.n)
		}
	case "week": // "two weeks ago" is no exact day
		if ref.day != 0 {
			d := ref.addDays(7 * m.n)
			return day{d.year, d.month, 0}
		}
	case "month":
		if ref.month != 0 {
			return ref.addMonths(m.n)
		}
	case "year":
		if ref.year != 0 {
			return day{ref.year + m.n, 0, 0}
		}
	}
	return day{}
}

// reader reads time expressions off the tokens of one sentence.
type reader struct{ s *sentence.Sentence }

func lower(s string) string { return strings.ToLower(s) }

// word returns token i in lower case without a final stop, or "".
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.s.Tokens) {
		return ""
	}
	w := r.s.Tokens[i].Form
	if len(w) > 1 {
		w = strings.TrimSuffix(w, ".")
	}
	return lower(w)
}

func (r *reader) capital(i int) bool {
	f := r.s.Tokens[i].Form
	return f[0] >= 'A' && f[0] <= 'Z'
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// month returns the number of the month that token i names, or 0.
func (r *reader) month(i int) int {
	w := r.word(i)
	if len(w) < 3 || !r.capital(i) {
		return 0
	}
	for n, m := range months {
		if w == m || w == m[:3] && w != "mar" && w != "may" || w == "mar" && n == 2 && strings.HasSuffix(r.s.Tokens[i].Form, ".") || w == "sept" && n == 8 {
			return n + 1
		}
	}
	return 0
}

// weekday returns the day of the week that token i names, Monday 0, or -1.
func (r *reader) weekday(i int) int {
	if w := r.word(i); w != "" && r.capital(i) {
		return slices.Index(weekdays, w)
	}
	return -1
}

// dayNumber returns the day of the month that token i names, or 0.
func (r *reader) dayNumber(i int) int {
	w := r.word(i)
	for _, s := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, s)
	}
	if n, err := strconv.Atoi(w); err == nil && n >= 1 && n <= 31 && len(w) <= 2 {
		return n
	}
	return 0
}

// year returns the year that token i names, or 0.
func (r *reader) year(i int) int {
	w := r.word(i)
	if n, err := strconv.Atoi(w); err == nil && len(w) == 4 && n >= 1000 && n <= 2100 {
		return n
	}
	return 0
}

// count returns the number that token i names in words or figures, or 0.
func (r *reader) count(i int) int {
	w := r.word(i)
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 1000 {
		return n
	}
	if w == "a" || w == "an" {
		return 1
	}
	return slices.Index([]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}, w)
}

// unit returns the unit of time that token i names, and whether it is in the plural.
func (r *reader) unit(i int) string {
	switch w := strings.TrimSuffix(r.word(i), "s"); w {
	case "day", "week", "month", "year", "decade":
		return w
	}
	return ""
}

func isDash(w string) bool { return w == "-" || w == "–" || w == "—" }
