package queries

import "strings"

// fragmentWords is how many words of each end of a quote a link gives; browsers
// find the passage between them.
const fragmentWords = 5

// FragmentLink returns the address of an article with a text fragment
// (https://wicg.github.io/scroll-to-text-fragment), which makes a browser scroll
// to the quote and mark it.
func FragmentLink(url, quote string) string { return string(appendFragmentLink(nil, url, quote)) }

func appendFragmentLink(b []byte, url, quote string) []byte {
	if at := strings.IndexByte(url, '#'); at >= 0 {
		url = url[:at]
	}
	b = append(append(b, url...), "#:~:text="...)
	head, rest := cutWords(quote, fragmentWords)
	tail := lastWords(rest, fragmentWords)
	if len(strings.TrimSpace(rest)) == len(tail) { // nothing between them
		return appendEscaped(b, strings.TrimSpace(quote))
	}
	return appendEscaped(append(appendEscaped(b, head), ','), tail)
}

// isSpace reports whether c parts words. Other spaces are looked for as they stand.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// cutWords returns the first n words of s and what follows them.
func cutWords(s string, n int) (head, rest string) {
	s = strings.TrimSpace(s)
	i := 0
	for ; i < len(s); i++ {
		if isSpace(s[i]) && !isSpace(s[i-1]) {
			if n--; n == 0 {
				break
			}
		}
	}
	return s[:i], s[i:]
}

// lastWords returns the last n words of s.
func lastWords(s string, n int) string {
	s = strings.TrimSpace(s)
	i := len(s)
	for ; i > 0; i-- {
		if isSpace(s[i-1]) && !isSpace(s[i]) {
			if n--; n == 0 {
				break
			}
		}
	}
	return s[i:]
}

// appendEscaped appends words with one space between them, percent-encoded: also
// the hyphen, comma and ampersand, which mean something in a text fragment.
func appendEscaped(b []byte, words string) []byte {
	const upper = "0123456789ABCDEF"
	for i := range len(words) {
		switch c := words[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~':
			b = append(b, c)
		case isSpace(c):
			if !isSpace(words[i-1]) {
				b = append(b, "%20"...)
			}
		default:
			b = append(b, '%', upper[c>>4], upper[c&15])
		}
	}
	return b
}
