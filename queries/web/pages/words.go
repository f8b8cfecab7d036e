package pages

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// When returns an ISO 8601 year, month or day in words, as precise as it is and no
// more: "2019", "May 2019", "4 May 2019". What is none of these is returned as it is.
func When(date string) string {
	for _, form := range []struct{ layout, words string }{{"2006-01-02", "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"}} {
		if t, err := time.Parse(form.layout, date); err == nil {
			return t.Format(form.words)
		}
	}
	return date
}

// number returns n with a thin space between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// count returns n and the noun in the number that it has.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

func numeral(n int) string { return strconv.Itoa(n) }

// value returns the whole number that s is, or 0.
func value(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// atMost reports whether s is a whole number from 1 to most.
func atMost(s string, most int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 1 && n <= most
}

func percent(share float64) string { return strconv.Itoa(int(share*100+0.5)) + "%" }

// maxName is how much of a name is shown where it is not the subject of the page,
// in runes.
const maxName = 120

// Clip returns s, a text from an article, as it can stand in a line of ours: on
// one line, without control characters and those that turn the direction of
// writing, and cut to n runes.
func Clip(n int, s string) string {
	if len(s) > 4*n+4 {
		s = s[:4*n+4] // cut again below; what is not UTF-8 at the end is dropped
	}
	var b strings.Builder
	left := n
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			continue
		case unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Cc, r) || isTurning(r):
			continue
		}
		if left--; left < 0 || left == 0 && len(s) > i+utf8.RuneLen(r) {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isTurning reports whether r is one of the controls of Unicode's bidirectional
// algorithm that embed or override.
func isTurning(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// SafeURL returns address if a link may lead there: an http or https address with
// a host. Otherwise it returns "".
func SafeURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
