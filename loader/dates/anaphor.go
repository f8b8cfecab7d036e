package dates

// told is the day or month that an article last spoke of; words such as "two days
// earlier" count from it.
type told struct {
	day      day
	sentence int
}

// reach is how many sentences back an anaphoric time may count from.
const reach = 3

// at returns the day told if sentence is not too far behind it.
func (a *told) at(sentence int) day {
	if sentence-a.sentence > reach {
		return day{}
	}
	return a.day
}

// anaphor reads times that count from the one told before: "the day before",
// "two days earlier", "the following month", "that evening", "on the 18th".
func (r *reader) anaphor(t int) (moment, int) {
	for _, f := range []func(int) (moment, int){r.following, r.sameDay, r.apart, r.theDay, r.ordinalDay} {
		if m, n := f(t); n > 0 {
			m.kind = anaphoric
			return m, n
		}
	}
	return moment{}, 0
}

// following reads "the next day", "the following month", "the previous year".
func (r *reader) following(t int) (moment, int) {
	if r.word(t) != "the" {
		return moment{}, 0
	}
	dir := map[string]int{"next": 1, "following": 1, "previous": -1, "preceding": -1}[r.word(t+1)]
	u := r.unit(t + 2)
	switch r.word(t + 2) {
	case "morning", "evening", "afternoon", "night":
		u = "day"
	}
	if dir == 0 || u == "" || u == "decade" || len(r.word(t+2)) > 2 && r.word(t+2) == u+"s" {
		return moment{}, 0
	}
	return moment{unit: u, n: dir}, 3
}

// sameDay reads "the same day", "that day", "that evening", "later in the day".
func (r *reader) sameDay(t int) (moment, int) {
	i := t
	switch {
	case r.word(i) == "that":
		i++
	case r.word(i) == "the" && r.word(i+1) == "same":
		i += 2
	case (r.word(i) == "later" || r.word(i) == "earlier") && r.word(i+1) == "in" && r.word(i+2) == "the" && r.word(i+3) == "day":
		return moment{unit: "day"}, 4
	default:
		return moment{}, 0
	}
	switch r.word(i) {
	case "day", "morning", "afternoon", "evening", "night":
		return moment{unit: "day"}, i - t + 1
	case "month", "year":
		return moment{unit: r.word(i)}, i - t + 1
	}
	return moment{}, 0
}

// apart reads "two days earlier", "a week later", "a month before".
func (r *reader) apart(t int) (moment, int) {
	n, u := r.count(t), r.unit(t+1)
	if n <= 0 || u == "" || u == "decade" || r.hasMore(t+3) {
		return moment{}, 0
	}
	switch r.word(t + 2) {
	case "earlier", "before", "previously", "beforehand":
		return moment{unit: u, n: -n}, 3
	case "later", "after", "afterwards", "afterward":
		return moment{unit: u, n: n}, 3
	}
	return moment{}, 0
}

// theDay reads "the day before", "the night after".
func (r *reader) theDay(t int) (moment, int) {
	if r.word(t) != "the" || r.hasMore(t+3) {
		return moment{}, 0
	}
	u := r.unit(t + 1)
	switch r.word(t + 1) {
	case "evening", "night", "morning":
		u = "day"
	}
	if u == "" || u == "decade" || r.word(t+1) == u+"s" {
		return moment{}, 0
	}
	switch r.word(t + 2) {
	case "before":
		return moment{unit: u, n: -1}, 3
	case "after":
		return moment{unit: u, n: 1}, 3
	}
	return moment{}, 0
}

// hasMore reports whether token i goes on with what "before" or "after" stands
// before: "two days before the vote".
func (r *reader) hasMore(i int) bool {
	if i < 0 || i >= len(r.s.Tokens) {
		return false
	}
	switch r.s.Tokens[i].UPOS {
	case "DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB":
		before := r.word(i - 1)
		return before == "before" || before == "after"
	}
	return false
}

// ordinalDay reads "the 18th" where no noun follows: a day of the month told.
func (r *reader) ordinalDay(t int) (moment, int) {
	switch r.word(t - 1) {
	case "on", "of", "by", "until", "till", "since", "from":
	default:
		return moment{}, 0
	}
	w := r.word(t + 1)
	if r.word(t) != "the" || len(w) < 3 || w[0] < '0' || w[0] > '9' || r.dayNumber(t+1) == 0 {
		return moment{}, 0
	}
	if i := t + 2; i < len(r.s.Tokens) {
		switch r.s.Tokens[i].UPOS {
		case "NOUN", "PROPN", "ADJ":
			return moment{}, 0
		}
	}
	return moment{unit: "date", n: r.dayNumber(t + 1)}, 2
}

// resolveAnaphor returns the day, month or year that m means if the last day told
// is base; the zero day if that is not known.
func (m *moment) resolveAnaphor(base day) day {
	exact := base.day != 0
	switch m.unit {
	case "day":
		if !exact {
			return day{}
		}
		return base.addDays(m.n)
	case "week":
		if !exact {
			return day{}
		}
		d := base.addDays(7 * m.n)
		if m.n != 1 && m.n != -1 {
			d.day = 0 // "two weeks later" is no exact day
		}
		return d
	case "weekday":
		if !exact {
			return day{}
		}
		return base.addDays((m.n - base.weekday() + 7) % 7)
	case "month":
		if base.month == 0 {
			return day{}
		}
		return base.addMonths(m.n)
	case "year":
		if !base.known() {
			return day{}
		}
		return day{base.year + m.n, 0, 0}
	case "date":
		if d := (day{base.year, base.month, m.n}); base.month != 0 && d.valid() {
			return d
		}
	}
	return day{}
}
