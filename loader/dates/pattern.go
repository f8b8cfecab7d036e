package dates

// at returns the time expression that begins at token t and how many tokens it
// takes; 0 if none begins there.
func (r *reader) at(t int) (moment, int) {
	for _, f := range []func(int) (moment, int){r.iso, r.instant, r.anaphor, r.modified, r.weekdayAt, r.dayMonth, r.monthAt, r.yearAt, r.named, r.ago, r.lasting} {
		if m, n := f(t); n > 0 {
			return m, n
		}
	}
	return moment{}, 0
}

// iso reads "2005-01-27", as one token or as five.
func (r *reader) iso(t int) (moment, int) {
	if d := parseDay(r.word(t)); d.day != 0 {
		return moment{start: d}, 1
	}
	if r.year(t) != 0 && r.word(t+1) == "-" && r.word(t+3) == "-" {
		if d := parseDay(r.word(t) + "-" + r.word(t+2) + "-" + r.word(t+4)); d.day != 0 {
			return moment{start: d}, 5
		}
	}
	return moment{}, 0
}

// instant reads "the 13th inst.", "29th ultimo", "the 5th prox.": days of this month,
// the last and the next.
func (r *reader) instant(t int) (moment, int) {
	i := t
	if r.word(i) == "the" {
		i++
	}
	n := r.dayNumber(i)
	if n == 0 {
		return moment{}, 0
	}
	i++
	if r.word(i) == "," || r.word(i) == "of" {
		i++
	}
	switch r.word(i) {
	case "inst", "instant":
		return moment{kind: relative, unit: "date", n: n}, i - t + 1
	case "ult", "ultimo":
		return moment{kind: relative, unit: "date", n: n, dir: -1}, i - t + 1
	case "prox", "proximo":
		return moment{kind: relative, unit: "date", n: n, dir: 1}, i - t + 1
	}
	return moment{}, 0
}

// modified reads "last Friday", "next month", "earlier this year", "early next
// week", "late August", "mid-January", "the end of March".
func (r *reader) modified(t int) (moment, int) {
	i := t
	switch r.word(i) {
	case "earlier", "later", "early", "late", "mid":
		i++
		if isDash(r.word(i)) || r.word(i) == "in" || r.word(i) == "on" {
			i++
		}
	case "the":
		switch r.word(i + 1) {
		case "end", "beginning", "middle", "start", "close", "eve":
			if r.word(i+2) != "of" {
				return moment{}, 0
			}
			i += 3
		}
	}
	if i > t {
		for _, f := range []func(int) (moment, int){r.directed, r.weekdayAt, r.monthAt, r.decadeAt} {
			if m, n := f(i); n > 0 && !(r.word(t) == "later" && m.kind != relative) {
				return m, i - t + n
			}
		}
		if y := r.year(i); y != 0 && r.word(t) != "later" && r.word(t) != "earlier" {
			return moment{start: day{year: y}}, i - t + 1
		}
		return moment{}, 0
	}
	return r.directed(t)
}

// directed reads "last Friday", "next month", "this week", "last September".
func (r *reader) directed(t int) (moment, int) {
	i, dir := t, 0
	if r.word(i) == "the" {
		i++
	}
	if t > 0 && r.s.Tokens[t-1].Rel == "nmod:poss" {
		return moment{}, 0 // "on his last weekend in office"
	}
	switch r.word(i) {
	case "last", "past", "previous":
		dir = -1
	case "next", "coming":
		dir = 1
	case "this":
		if r.word(i+1) == "past" || r.word(i+1) == "coming" {
			i++
			dir = map[string]int{"past": -1, "coming": 1}[r.word(i)]
		}
	default:
		return moment{}, 0
	}
	i++
	if i > t+1 && dir != 0 && r.word(t) == "the" && r.unit(i) != "" {
		return moment{}, 0 // "the last week" of something, "the past year"
	}
	if wd := r.weekday(i); wd >= 0 {
		return moment{kind: weekday, n: wd, dir: dir}, i - t + 1
	}
	if mo := r.month(i); mo != 0 {
		if r.year(i+1) != 0 || r.dayNumber(i+1) != 0 {
			return moment{}, 0
		}
		return moment{start: day{month: mo}, dir: dir}, i - t + 1
	}
	switch w := r.word(i); w {
	case "month", "year":
		return moment{kind: relative, unit: w, n: dir}, i - t + 1
	case "week":
		return moment{kind: span, unit: w, n: dir}, i - t + 1
	case "weekend":
		if dir == 0 {
			dir = -1
		}
		return moment{kind: span, unit: w, n: min(dir, 0)}, i - t + 1
	case "morning", "afternoon", "evening", "night":
		if r.word(t) == "this" {
			return moment{kind: relative, unit: "day"}, i - t + 1
		}
		if dir < 0 && (w == "night" || w == "evening") {
			return moment{kind: relative, unit: "day", n: -1}, i - t + 1
		}
	}
	return moment{}, 0
}

// weekdayAt reads "Friday", "Friday night", "Monday, Dec. 26".
func (r *reader) weekdayAt(t int) (moment, int) {
	wd := r.weekday(t)
	if wd < 0 {
		return moment{}, 0
	}
	i := t + 1
	if r.word(i) == "," {
		i++
	}
	for _, f := range []func(int) (moment, int){r.dayMonth, r.monthAt} {
		if m, n := f(i); n > 0 && m.start.day != 0 {
			return m, i - t + n
		}
	}
	n := 1
	switch r.word(t + 1) {
	case "morning", "afternoon", "evening", "night":
		n = 2
	}
	switch before := r.word(t - 1); {
	case before == "any" || before == "every" || before == "each" || before == "one":
		return moment{kind: anaphoric}, n // "every Thursday": none in particular
	case before == "the" && !r.isNoun(t+n):
		return moment{kind: anaphoric, unit: "weekday", n: wd}, n // "on the Saturday": the next in the story
	}
	return moment{kind: weekday, n: wd}, n
}

// isNoun reports whether token i is a noun, as "meeting" is in "the Friday meeting".
func (r *reader) isNoun(i int) bool {
	return i < len(r.s.Tokens) && (r.s.Tokens[i].UPOS == "NOUN" || r.s.Tokens[i].UPOS == "PROPN")
}

// dayMonth reads "14 April 2005", "14th of April", "3 to 5 March", "11-13 Dec.".
func (r *reader) dayMonth(t int) (moment, int) {
	i := t
	if r.word(i) == "the" {
		i++
	}
	first := r.dayNumber(i)
	if first == 0 {
		return moment{}, 0
	}
	i++
	last := 0
	if w := r.word(i); isDash(w) || w == "to" || w == "and" {
		if last = r.dayNumber(i + 1); last <= first {
			return moment{}, 0
		}
		i += 2
	}
	if r.word(i) == "of" {
		i++
	}
	if isDash(r.word(i)) {
		i++
	}
	if i >= len(r.s.Tokens) {
		return moment{}, 0
	}
	mo := r.month(i)
	if mo == 0 {
		return moment{}, 0
	}
	i++
	m := moment{start: day{month: mo, day: first}}
	if last != 0 {
		m.end = day{month: mo, day: last}
	}
	return r.withYear(m, t, i)
}

// withYear adds the year at token i, which a comma may precede, to m.
func (r *reader) withYear(m moment, t, i int) (moment, int) {
	j := i
	if r.word(j) == "," || r.word(j) == "of" {
		j++
	}
	if y := r.year(j); y != 0 {
		m.start.year = y
		if m.end.month != 0 {
			m.end.year = y
		}
		i = j + 1
	}
	if !m.start.valid() || !m.end.valid() {
		return moment{}, 0
	}
	return m, i - t
}

// monthAt reads "April 14, 2005", "October 25-26", "January 2005", "January".
func (r *reader) monthAt(t int) (moment, int) {
	if t >= len(r.s.Tokens) {
		return moment{}, 0
	}
	mo := r.month(t)
	if mo == 0 {
		return moment{}, 0
	}
	m := moment{start: day{month: mo}}
	i := t + 1
	if d := r.dayNumber(i); d != 0 {
		m.start.day = d
		i++
		if w := r.word(i); isDash(w) || w == "to" || w == "and" {
			if e := r.dayNumber(i + 1); e > d && r.month(min(i+2, len(r.s.Tokens)-1)) == 0 {
				m.end = day{month: mo, day: e}
				i += 2
			}
		}
		return r.withYear(m, t, i)
	}
	if y := r.year(i); y != 0 {
		m.start.year = y
		return m, 2
	}
	if (r.word(i) == "of" || r.word(i) == ",") && r.year(i+1) != 0 {
		m.start.year = r.year(i + 1)
		return m, 3
	}
	if !r.afterPreposition(t) && r.word(t) != months[mo-1] || t > 0 && r.dayNumber(t-1) != 0 {
		return moment{}, 0 // the day before it, if any, does not exist
	}
	if (mo == 5 || mo == 3 || mo == 8) && !r.afterPreposition(t) {
		return moment{}, 0 // May, March, August may be something else
	}
	return m, 1
}

func (r *reader) afterPreposition(t int) bool {
	switch r.word(t - 1) {
	case "in", "since", "until", "till", "by", "from", "to", "during", "before", "after", "between", "and", "of", "through", "late", "early", "mid", "end", "last", "next", "-", "–", "for":
		return true
	}
	return false
}

// yearAt reads "2005" behind a preposition, "the 1990s".
func (r *reader) yearAt(t int) (moment, int) {
	if m, n := r.decadeAt(t); n > 0 {
		return m, n
	}
	y := r.year(t)
	if y == 0 || r.s.Tokens[t].Rel == "nummod" {
		return moment{}, 0
	}
	switch r.word(t - 1) {
	case "in", "since", "until", "till", "by", "from", "during", "before", "after", "between", "of", "through", "to", "around", "circa", "year", "late", "early", "mid":
		return moment{start: day{year: y}}, 1
	case "and":
		if r.year(t-2) != 0 {
			return moment{start: day{year: y}}, 1
		}
	}
	return moment{}, 0
}

// decadeAt reads "the 1990s", "1990s".
func (r *reader) decadeAt(t int) (moment, int) {
	i := t
	if r.word(i) == "the" {
		i++
	}
	for r.word(i) == "early" || r.word(i) == "late" || r.word(i) == "mid" || i > t && isDash(r.word(i)) {
		i++
	}
	w := r.word(i)
	if len(w) != 5 || w[4] != 's' || w[3] != '0' {
		return moment{}, 0
	}
	d := parseDay(w[:4])
	if d.year < 1000 {
		return moment{}, 0
	}
	return moment{start: d, end: day{year: d.year + 9}}, i - t + 1
}

// named reads "today", "yesterday", "tomorrow" and feasts.
func (r *reader) named(t int) (moment, int) {
	switch r.word(t) {
	case "today", "tonight":
		return moment{kind: relative, unit: "day"}, 1
	case "yesterday":
		return moment{kind: relative, unit: "day", n: -1}, 1
	case "tomorrow":
		return moment{kind: relative, unit: "day", n: 1}, 1
	case "the":
		if r.word(t+1) == "weekend" && r.word(t-1) == "at" {
			return moment{kind: span, unit: "weekend", n: -1}, 2
		}
	case "christmas":
		if r.capital(t) {
			n := 1
			d := day{month: 12, day: 25}
			switch r.word(t + 1) {
			case "eve":
				n, d.day = 2, 24
			case "day":
				n = 2
			}
			return r.withYear(moment{start: d}, t, t+n)
		}
	case "new":
		if r.word(t+1) == "year" && r.capital(t) && (r.word(t+2) == "'s" || r.word(t+2) == "’s") {
			switch r.word(t + 3) {
			case "eve":
				return r.withYear(moment{start: day{month: 12, day: 31}}, t, t+4)
			case "day":
				return r.withYear(moment{start: day{month: 1, day: 1}}, t, t+4)
			}
		}
	}
	return moment{}, 0
}

// ago reads "two weeks ago", "a year ago", "three days hence".
func (r *reader) ago(t int) (moment, int) {
	n := r.count(t)
	if n <= 0 {
		return moment{}, 0
	}
	u := r.unit(t + 1)
	if u == "" || u == "decade" {
		return moment{}, 0
	}
	switch r.word(t + 2) {
	case "ago":
		return moment{kind: relative, unit: u, n: -n}, 3
	case "hence":
		return moment{kind: relative, unit: u, n: n}, 3
	}
	return moment{}, 0
}

// lasting reads how long something took: "13 days", "five years". It is no
// moment and never gets a date.
func (r *reader) lasting(t int) (moment, int) {
	if n := r.count(t); n <= 0 || r.word(t) == "a" || r.word(t) == "an" {
		return moment{}, 0
	}
	if u := r.unit(t + 1); u != "" {
		return moment{kind: length, unit: u}, 2
	}
	return moment{}, 0
}

// rangeEnd joins the expression m of n tokens at t with the one behind "to" or
// "and" if "from" or "between" stands before it: "between January and July".
func (r *reader) rangeEnd(t, n int, m *moment) (end int, ok bool) {
	if m.kind != calendar || m.end != (day{}) {
		return 0, false
	}
	i := t + n
	before, join := r.word(t-1), r.word(i)
	switch {
	case before == "from" && (join == "to" || join == "until" || join == "till" || join == "through"), before == "between" && join == "and":
	case isDash(join) && m.start.month == 0 && r.year(i+1) == 0 && len(r.word(i+1)) == 2:
		if y := parseDay(r.s.Tokens[t].Form[:2] + r.word(i+1)); n == 1 && y.year > m.start.year {
			m.end = y // "1994-95"
			return i + 2, true
		}
		return 0, false
	case isDash(join):
	default:
		return 0, false
	}
	b, k := r.calendarAt(i + 1)
	if k == 0 || b.start.precision() != m.start.precision() || b.dir != 0 {
		return 0, false
	}
	if b.start.year != 0 && m.start.year == 0 {
		m.start.year = b.start.year
		if m.start.month > b.start.month {
			m.start.year--
		}
	}
	if b.start.year == 0 && m.start.year != 0 {
		return 0, false
	}
	m.end = b.start
	return i + 1 + k, true
}

// calendarAt reads a plain day, month or year.
func (r *reader) calendarAt(t int) (moment, int) {
	if t >= len(r.s.Tokens) {
		return moment{}, 0
	}
	if y := r.year(t); y != 0 {
		return moment{start: day{year: y}}, 1
	}
	for _, f := range []func(int) (moment, int){r.dayMonth, r.monthAt} {
		if m, n := f(t); n > 0 {
			return m, n
		}
	}
	return moment{}, 0
}
