package dates

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// day is a day, month or year; what is 0 is not said.
type day struct{ year, month, day int }

func (d day) precision() string {
	switch {
	case d.day != 0:
		return "day"
	case d.month != 0:
		return "month"
	}
	return "year"
}

// known reports whether d is tied to a year.
func (d day) known() bool { return d.year != 0 }

// String returns d in ISO 8601.
func (d day) String() string {
	switch d.precision() {
	case "day":
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	case "month":
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d", d.year)
}

// parseDay reads an ISO 8601 date, month or year; what it cannot read gives the
// zero day.
func parseDay(s string) day {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return day{}
	}
	var n [3]int
	for i, p := range parts {
		if i == 2 && len(p) > 2 {
			p = p[:2] // a time behind the date
		}
		v, err := strconv.Atoi(p)
		if err != nil || v <= 0 {
			return day{}
		}
		n[i] = v
	}
	d := day{n[0], n[1], n[2]}
	if !d.valid() {
		return day{}
	}
	return d
}

// valid reports whether d exists in the calendar; a day without a year may be 29
// February.
func (d day) valid() bool {
	if d.month < 0 || d.month > 12 || d.day < 0 || d.day > 31 || d.year < 0 || d.year > 9999 {
		return false
	}
	if d.day == 0 {
		return true
	}
	year := d.year
	if year == 0 {
		year = 2000
	}
	return d.month != 0 && d.day <= daysIn(year, d.month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (d day) time() time.Time {
	return time.Date(d.year, time.Month(max(1, d.month)), max(1, d.day), 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) day { return day{t.Year(), int(t.Month()), t.Day()} }

// addDays returns the day n days after d, which must be a full day.
func (d day) addDays(n int) day { return dayOf(d.time().AddDate(0, 0, n)) }

// addMonths returns the month n months after d's.
func (d day) addMonths(n int) day {
	t := time.Date(d.year, time.Month(d.month+n), 1, 0, 0, 0, 0, time.UTC)
	return day{t.Year(), int(t.Month()), 0}
}

// weekday returns the day of the week of d, Monday 0, as ISO weeks count.
func (d day) weekday() int { return (int(d.time().Weekday()) + 6) % 7 }

// withYear gives d, which has none, the year that puts it nearest to ref. What
// lies in the direction that tense speaks against counts as farther.
func (d day) withYear(ref day, tense tense) day {
	best, least := day{}, 0
	for y := ref.year - 1; y <= ref.year+1; y++ {
		c := d
		c.year = y
		if !c.valid() || y < 1 {
			continue
		}
		cost := c.distance(ref)
		ahead := cost > 0
		cost = max(cost, -cost)
		if ahead && tense == past || !ahead && cost > 0 && tense == future {
			cost += 300
		}
		if !best.known() || cost < least {
			best, least = c, cost
		}
	}
	return best
}

// distance returns how many days d is after ref, counted as coarsely as the
// coarser of them is known.
func (d day) distance(ref day) int {
	if d.day == 0 || ref.day == 0 {
		if d.month == 0 || ref.month == 0 {
			return 365 * (d.year - ref.year)
		}
		return 30 * ((d.year-ref.year)*12 + d.month - ref.month)
	}
	return int(d.time().Sub(ref.time()).Hours()) / 24
}
