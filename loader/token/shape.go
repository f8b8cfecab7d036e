package token

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	urlPattern   = regexp.MustCompile(`^(?i)(?:(?:https?|ftp)://|www\.)[^\s<>"”]+`)
	emailPattern = regexp.MustCompile(`^[\w.+%-]+@[\w-]+(?:\.[\w-]+)*`)
	hostPattern  = regexp.MustCompile(`^(?:[A-Za-z0-9-]+\.)+(?:com|org|net|edu|gov|mil|int|info|co\.uk|org\.uk|ac\.uk|de|fr|ru|ch|eu|tv)(?:/[^\s<>"”]*)?`)
	filePattern  = regexp.MustCompile(`^[\w#&-]+(?:\.[\w#&-]+)*\.(?i:docx?|xlsx?|pdf|jpe?g|gif|png|txt|html?|pptx?|zip|exe|mp3)\b`)
	groupPattern = regexp.MustCompile(`^[a-z]+(?:\.[a-z-]+){2,}$`)
	phonePattern = regexp.MustCompile(`^(?:\d-)?\d{3}-\d{3}-\d{4}$|^\d{3}-\d{4}$|^\d-\d{4}$|^\d{5}-\d{4}$|^\d{1,2}-\d{1,2}-\d{4}$|^\d{4}-\d{2}-\d{2}$`)
)

// whole returns the length of the address or file name that s begins with, or
// of an emoticon, or 0. Punctuation that closes a sentence is not part of it.
func whole(s string) int {
	var m string
	switch {
	case strings.Contains(s, "://") || len(s) > 4 && strings.EqualFold(s[:4], "www."):
		m = urlPattern.FindString(s)
	case strings.IndexByte(s, '@') > 0:
		m = emailPattern.FindString(s)
	case strings.IndexByte(s, '.') > 0:
		m = hostPattern.FindString(s)
		if m == "" || len(m) < len(s) && isASCIIAlnum(s[len(m)]) {
			m = filePattern.FindString(s)
		}
		if m == "" && len(s) > 8 {
			m = groupPattern.FindString(strings.TrimRight(s, ".,"))
		}
	}
	m = strings.TrimRight(m, ".,;:!?'’\"*]")
	if strings.HasSuffix(m, ")") && !strings.Contains(m, "(") {
		m = strings.TrimRight(m, ").,")
	}
	return len(m)
}

// symbols returns the length of the symbol token that s begins with: a run of
// one mark (stops, dashes, rules), an emoticon, or the single rune r of n bytes.
func symbols(s string, r rune, n int) int {
	for _, e := range [...]string{":-)", ";-)", ":-(", ":)", ":(", ";)", ":D", "=)", "^_^", "<3", ":P"} {
		if strings.HasPrefix(s, e) && (len(s) == len(e) || !isASCIIAlnum(s[len(e)])) {
			return len(e)
		}
	}
	switch r {
	case '.', '!', '?', '…':
		k := 0
		for k < len(s) && s[k] == '.' {
			k++
		}
		if k > 2 {
			return k
		}
		for k < len(s) && (s[k] == '.' || s[k] == '!' || s[k] == '?') || strings.HasPrefix(s[k:], "…") {
			_, m := utf8.DecodeRuneInString(s[k:])
			k += m
		}
		return k
	case '-', '=', '*', '_', '<', '>', '~', '+', '|', '#', '$':
		k := n
		for k < len(s) && s[k] == s[0] {
			k++
		}
		return k
	case '"':
		return n
	}
	// A mark that combines with the rune before it stays with it.
	k := n
	for k < len(s) {
		m, size := utf8.DecodeRuneInString(s[k:])
		if !unicode.Is(unicode.M, m) && m != '\u200d' {
			break
		}
		k += size
	}
	return k
}

// isWordRune reports whether r belongs to words: letters, marks, digits, and
// the soft hyphen.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIIAlnum(byte(r))
	}
	if r == utf8.RuneError {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '\u00ad' || r == '\u200c' || r == '\u200d'
}

// isWordStart reports whether c can begin a word or an address.
func isWordStart(c byte) bool { return isASCIIAlnum(c) || c == '_' || c >= utf8.RuneSelf }

// isASCIIAlnum reports whether c is an ASCII letter or digit.
func isASCIIAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// isDigits reports whether s is ASCII digits only.
func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isYear reports whether s is what follows the apostrophe of "'90s" or "'05".
func isYear(s string) bool {
	s = strings.TrimSuffix(s, "s")
	return len(s) == 2 && isDigits(s)
}

// isPhone reports whether s is a telephone number, a postal code or a date in digits.
func isPhone(s string) bool { return phonePattern.MatchString(s) }

// threeDigits reports whether s begins with exactly three digits, as the groups
// of a large number do.
func threeDigits(s string) bool {
	return len(s) >= 3 && isDigits(s[:3]) && (len(s) == 3 || s[3] < '0' || s[3] > '9')
}

// isDotted reports whether a stop between head and rest is inside a dotted
// abbreviation: single letters, or "Ph.D".
func isDotted(head, rest string) bool {
	last := head[strings.LastIndexByte(head, '.')+1:]
	if len(last) > 2 || !isASCIILetters(last) {
		return false
	}
	n := 0
	for n < len(rest) && n < 4 && isASCIIAlnum(rest[n]) {
		n++
	}
	if n < len(rest) && rest[n] >= utf8.RuneSelf && n < 4 {
		n++
	}
	return isASCIILetters(rest[:n]) && (n == 1 || n == 2 && len(last) == 1 && unicode.IsUpper(rune(last[0])) && len(rest) > 2 && rest[2] == '.')
}

// isAcronym reports whether w, a word before a stop, has stops between its
// letters: "U.S", "a.m", "Ph.D".
func isAcronym(w string) bool {
	d := strings.LastIndexByte(w, '.')
	return d > 0 && len(w)-d <= 3 && isASCIILetters(w[d+1:]) && isASCIILetters(w[:1])
}

// isASCIILetters reports whether s is ASCII letters only.
func isASCIILetters(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// unitAt returns where "5pm" or "10km" is cut into a number and its unit, or 0.
func unitAt(w string) int {
	d := 0
	for d < len(w) && (w[d] >= '0' && w[d] <= '9' || w[d] == ':' || w[d] == '.' || w[d] == ',') {
		d++
	}
	if d == 0 || d == len(w) {
		return 0
	}
	switch strings.ToLower(w[d:]) {
	case "k", "am", "pm", "a.m.", "p.m.", "km", "kg", "mm", "cm", "m", "bn", "mn", "mph", "hrs", "hr", "min", "mins", "lb", "lbs", "oz", "ft", "gb", "mb", "mw":
		return d
	}
	return 0
}

// nextRune returns the first rune at or after j that is not white space, before
// end; 0 if there is none.
func nextRune(text string, j, end int) rune {
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if !isSpace(r) {
			return r
		}
		j += n
	}
	return 0
}
