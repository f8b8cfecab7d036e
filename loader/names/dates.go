package names

import (
	"strings"

	"parley/loader/sentence"
)

// dates adds the dates of s that lie outside its names: "Monday", "14 April",
// "May 2004", "2004". What a date means is for others to say.
func dates(s *sentence.Sentence, taken []bool) []sentence.Entity {
	var out []sentence.Entity
	ts := s.Tokens
	for i := 0; i < len(ts); {
		n := dateAt(ts, i, taken)
		if n == 0 {
			i++
			continue
		}
		out = append(out, sentence.Entity{From: i, To: i + n, Type: sentence.Date, Score: 0.95})
		i += n
	}
	return out
}

// dateAt returns how many tokens from i on are a date; 0 if none begins there.
func dateAt(ts []sentence.Token, i int, taken []bool) int {
	at := func(k int) string {
		if i+k >= len(ts) || taken[i+k] {
			return ""
		}
		return ts[i+k].Form
	}
	w := at(0)
	switch {
	case w == "":
		return 0
	case isWeekday(w):
		n := 1
		if at(1) == "," {
			if m := dateAt(ts, i+2, taken); m > 0 {
				return 2 + m
			}
		}
		if m := dayMonth(at, n); m > 0 {
			return n + m
		}
		return n
	case isMonthName(w):
		if (w == "May" || w == "March") && i == 0 && !isNumber(at(1)) {
			return 0
		}
		return monthFirst(at)
	case isYearNumber(w) && followsYearWord(ts, i):
		return 1
	}
	return dayMonth(at, 0)
}

// monthFirst returns the length of "April", "April 14", "April 14, 2004", "April 2004".
func monthFirst(at func(int) string) int {
	switch {
	case isYearNumber(at(1)):
		return 2
	case !isDay(at(1)):
		return 1
	case isYearNumber(at(2)):
		return 3
	case at(2) == "," && isYearNumber(at(3)):
		return 4
	}
	return 2
}

// dayMonth returns the length of "14 April", "14 April 2004", "14th of April" from token n on, or 0.
func dayMonth(at func(int) string, n int) int {
	if !isDay(at(n)) {
		return 0
	}
	k := n + 1
	if at(k) == "of" {
		k++
	}
	if !isMonthName(at(k)) {
		return 0
	}
	k++
	if isYearNumber(at(k)) {
		k++
	} else if at(k) == "," && isYearNumber(at(k+1)) {
		k += 2
	}
	return k - n
}

// followsYearWord reports whether the number at i reads as a year: after a
// preposition or in brackets.
func followsYearWord(ts []sentence.Token, i int) bool {
	if i == 0 {
		return false
	}
	switch strings.ToLower(ts[i-1].Form) {
	case "in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "between", "early", "late", "mid", "and", "to", "(", "-", "–", "the", "through":
		return i+1 >= len(ts) || !isCounted(ts[i+1].Form)
	}
	return false
}

// isCounted reports whether a number before form counts things rather than years.
func isCounted(form string) bool {
	switch strings.ToLower(form) {
	case "people", "men", "troops", "soldiers", "fighters", "prisoners", "members", "percent", "%", "dollars", "million", "billion", "tonnes", "tons", "metres", "km", "miles", "workers":
		return true
	}
	return false
}

// isWeekday reports whether form names a day of the week.
func isWeekday(form string) bool {
	switch strings.TrimSuffix(form, ".") {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri":
		return true
	}
	return false
}

// isMonthName reports whether form names a month.
func isMonthName(form string) bool {
	switch strings.TrimSuffix(form, ".") {
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// isNumber reports whether form is digits.
func isNumber(form string) bool {
	for i := 0; i < len(form); i++ {
		if form[i] < '0' || form[i] > '9' {
			return false
		}
	}
	return form != ""
}

// isDay reports whether form can be a day of the month: "14", "14th".
func isDay(form string) bool {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		form = strings.TrimSuffix(form, suffix)
	}
	return isNumber(form) && len(form) <= 2 && form != "0" && (len(form) == 1 || form <= "31")
}

// isYearNumber reports whether form can be a year of the modern age.
func isYearNumber(form string) bool {
	return len(form) == 4 && isNumber(form) && form >= "1500" && form < "2100"
}
