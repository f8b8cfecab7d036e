package article

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dateForms are the ways in which dates are written. Their groups are named y, m
// and d.
var dateForms = sync.OnceValue(func() []*regexp.Regexp {
	const (
		weekday = `(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?`
		month   = `(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
		day     = `(?P<d>\d{1,2})(?:st|nd|rd|th)?`
		clock   = `(?:,?\s*(?:at\s+)?\d{1,2}:\d{2}.*|\s+-\s+\d{1,2}:\d{2}.*)?`
	)
	var forms []*regexp.Regexp
	for _, s := range []string{
		`(?P<y>\d{4})`,
		`(?P<y>\d{4})-(?P<m>\d{2})`,
		`(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:[T\s].*)?`,
		`(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})`,
		`(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})` + clock,
		weekday + day + `(?:\s+of)?[\s-]+` + month + `,?[\s-]+(?P<y>\d{4})` + `(?:\s+\d.*)?` + clock,
		weekday + month + `\s+` + day + `,?\s+(?P<y>\d{4})` + clock,
		month + `,?\s+(?P<y>\d{4})`,
	} {
		forms = append(forms, regexp.MustCompile(`(?is)^`+s+`$`))
	}
	return forms
})

// ParseDate returns s, a date as an imprint has it, in ISO 8601 and as precise
// as it is: "January 27, 2005" gives 2005-01-27, "Jan. 2005" 2005-01. A time of
// day is passed over. Dates whose day and month can be taken for each other are
// refused, as is what is no date.
func ParseDate(s string) (iso string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 64 {
		return "", false
	}
	for _, f := range dateForms() {
		m := f.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		part := func(name string) string {
			if i := f.SubexpIndex(name); i >= 0 {
				return m[i]
			}
			return ""
		}
		if iso, ok := makeDate(part("y"), part("m"), part("d")); ok {
			return iso, true
		}
	}
	return "", false
}

// makeDate returns the date in ISO 8601; m and d may be "".
func makeDate(y, m, d string) (string, bool) {
	if y < "1000" {
		return "", false
	}
	if m == "" {
		return y, true
	}
	mm, err := strconv.Atoi(m)
	if err != nil {
		mm = 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[:3]))/3
	}
	dd := 1
	if d != "" {
		dd, _ = strconv.Atoi(d) // digits, as the patterns say
	}
	yy, _ := strconv.Atoi(y) // likewise
	t := time.Date(yy, time.Month(mm), dd, 0, 0, 0, 0, time.UTC)
	if int(t.Month()) != mm || t.Day() != dd {
		return "", false // the 31st of February
	}
	if d == "" {
		return t.Format("2006-01"), true
	}
	return t.Format(time.DateOnly), true
}
