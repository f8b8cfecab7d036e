package queries

import (
	"strings"
	"unicode/utf8"
)

// fragmentWords is how many words of each end of a quote a link gives; browsers
// find the passage between them.
const fragmentWords = 5

// FragmentLink returns the address of an article with a text fragment
// (https://wicg.github.io/scroll-to-text-fragment), which makes a browser scroll
// to the quote and mark it.
func FragmentLink(url, quote string) string {
	if at := strings.IndexByte(url, '#'); at >= 0 {
		url = url[:at]
	}
	words := strings.Fields(quote)
	var b strings.Builder
	b.Grow(len(url) + 160)
	b.WriteString(url)
	b.WriteString("#:~:text=")
	if len(words) <= 2*fragmentWords {
		escapeWords(&b, words)
		return b.String()
	}
	escapeWords(&b, words[:fragmentWords])
	b.WriteByte(',')
	escapeWords(&b, words[len(words)-fragmentWords:])
	return b.String()
}

func escapeWords(b *strings.Builder, words []string) {
	for i, w := range words {
		if i > 0 {
			b.WriteString("%20")
		}
		for j := range len(w) {
			c := w[j]
			if c < utf8.RuneSelf && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~') {
				b.WriteByte(c)
				continue
			}
			const upper = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(upper[c>>4])
			b.WriteByte(upper[c&15])
		}
	}
}
