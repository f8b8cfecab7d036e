package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/loader/sentence"
)

// scanner cuts one block into words. The conventions are those of the English
// Web Treebank and GUM; which prefixes keep their hyphen, and which
// abbreviations keep their stop, was read off their training parts.
type scanner struct {
	text string
	toks []sentence.Token
	data *wordData
}

// words returns the tokens of text[start:end]. Work and space are linear in end-start.
func (sc *scanner) words(text string, start, end int) []sentence.Token {
	sc.text, sc.toks, sc.data = text, make([]sentence.Token, 0, (end-start)/5+1), words()
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if isSpace(r) {
			i += n
			continue
		}
		j := i
		for j < end {
			r, n := utf8.DecodeRuneInString(text[j:end])
			if isSpace(r) {
				break
			}
			j += n
		}
		sc.chunk(i, j, end)
		i = j
	}
	if len(sc.toks) > 0 {
		sc.toks[len(sc.toks)-1].Spaced = true
	}
	return sc.toks
}

// emit adds the token text[i:j].
func (sc *scanner) emit(i, j int) {
	sc.toks = append(sc.toks, sentence.Token{
		Start: i, End: j, Form: sc.text[i:j], Head: sentence.Root,
	})
}

// chunk cuts text[i:j], which holds no white space; the block ends at end.
func (sc *scanner) chunk(i, j, end int) {
	first := true
	for i < j {
		if first && isWordStart(sc.text[i]) {
			first = false
			if k := whole(sc.text[i:j]); k > 0 {
				sc.emit(i, i+k)
				i += k
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(sc.text[i:j])
		switch {
		case isWordRune(r):
			i = sc.word(i, j, end)
		case r == '\'' || r == '’' || r == '‘' || r == '`':
			i = sc.apostrophe(i, j, n)
		default:
			k := i + symbols(sc.text[i:j], r, n)
			sc.emit(i, k)
			i = k
		}
	}
	if len(sc.toks) > 0 {
		sc.toks[len(sc.toks)-1].Spaced = true
	}
}

// apostrophe handles a quote mark that does not follow a letter: a word such as
// "'em" or "'90s", a doubled quote, or a quote mark of its own.
func (sc *scanner) apostrophe(i, j, n int) int {
	rest := sc.text[i+n : j]
	if strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’") || strings.HasPrefix(rest, "`") {
		_, m := utf8.DecodeRuneInString(rest)
		sc.emit(i, i+n+m)
		return i + n + m
	}
	k := 0
	for k < len(rest) && isASCIIAlnum(rest[k]) {
		k++
	}
	if w := strings.ToLower(rest[:k]); k > 0 && (sc.data.elided[w] || isYear(w)) {
		sc.emit(i, i+n+k)
		return i + n + k
	}
	if w := strings.ToLower(rest[:k]); len(sc.toks) > 0 && sc.toks[len(sc.toks)-1].End == i && isClitic(w) {
		sc.emit(i, i+n+k)
		return i + n + k
	}
	sc.emit(i, i+n)
	return i + n
}

// word cuts the run of letters and digits at i, with the joiners that belong to
// it, and returns where it ends.
func (sc *scanner) word(i, j, end int) int {
	k := i // end of the word so far
	for k < j {
		r, n := utf8.DecodeRuneInString(sc.text[k:j])
		if isWordRune(r) {
			k += n
			continue
		}
		m := sc.joiner(i, k, j, r, n)
		if m == 0 {
			break
		}
		k += m
	}
	k = sc.finalStop(i, k, j, end)
	sc.clitics(i, k)
	return k
}

// joiner returns how many bytes at k, where rune r of n bytes stands, belong
// inside the word text[i:k].
func (sc *scanner) joiner(i, k, j int, r rune, n int) int {
	if k+n >= j {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(sc.text[k+n : j])
	if !isWordRune(next) {
		return 0
	}
	prev, _ := utf8.DecodeLastRuneInString(sc.text[i:k])
	digits := unicode.IsDigit(prev) && unicode.IsDigit(next)
	switch r {
	case '\'', '’', '`':
		if unicode.IsLetter(prev) && unicode.IsLetter(next) || unicode.IsDigit(prev) && next == 's' {
			return n
		}
	case '.':
		if digits || isDotted(sc.text[i:k], sc.text[k+n:j]) {
			return n
		}
	case ',':
		if digits && threeDigits(sc.text[k+n:j]) {
			return n
		}
	case ':', '/':
		if digits || r == '/' && sc.data.slashed[sc.text[i:min(k+2, j)]] {
			return n
		}
	case '&':
		if unicode.IsUpper(prev) && unicode.IsUpper(next) || k-i == 1 {
			return n
		}
	case '_':
		return n
	case '-', '\u2010', '\u2011':
		return sc.keepsHyphen(i, k, j, n)
	}
	return 0
}

// keepsHyphen returns how many bytes from the hyphen at k, itself of n bytes,
// belong to the word: n after a prefix ("non-", "anti-"), the rest of a
// telephone number or date, else 0.
func (sc *scanner) keepsHyphen(i, k, j, n int) int {
	head, rest := sc.text[i:k], sc.text[k+n:j]
	if len(head) > 6 {
		return 0
	}
	if !isDigits(head) {
		if sc.data.prefixes[strings.ToLower(head)] && (len(head) == 1 || head[1] >= 'a') {
			return n
		}
		return 0
	}
	e := 0
	for e < len(rest) && (rest[e] >= '0' && rest[e] <= '9' || rest[e] == '-') && e < 16 {
		e++
	}
	rest = strings.TrimRight(rest[:e], "-")
	if !isPhone(head + "-" + rest) {
		return 0
	}
	return n + len(rest)
}

// finalStop returns the end of the word text[i:k] with the stop after it if it
// belongs to an abbreviation or an initial.
func (sc *scanner) finalStop(i, k, j, end int) int {
	if k >= j || sc.text[k] != '.' || k+1 < j && sc.text[k+1] == '.' {
		return k
	}
	w := sc.text[i:k]
	last := k+1 == j || strings.IndexByte(",;:)]}?!\"'-/", sc.text[k+1]) >= 0 || sc.text[k+1] >= 0x80
	if !last {
		return k
	}
	if isAcronym(w) {
		return k + 1
	}
	if l, n := utf8.DecodeRuneInString(w); n == len(w) && unicode.IsUpper(l) && w != "I" {
		return k + 1
	}
	next := nextRune(sc.text, j, end)
	switch sc.data.abbreviation(w) {
	case always:
		return k + 1
	case beforeDigit:
		if unicode.IsDigit(next) {
			return k + 1
		}
	case beforeLower:
		if k+1 < j || next != 0 && !unicode.IsUpper(next) {
			return k + 1
		}
	case beforeUpper:
		if unicode.IsUpper(next) {
			return k + 1
		}
	}
	return k
}

// clitics emits text[i:k], a word without outer punctuation, as one token or as
// the several that Universal Dependencies count.
func (sc *scanner) clitics(i, k int) {
	w := sc.text[i:k]
	if at, ok := sc.data.contractions[strings.ToLower(w)]; ok && len(w) <= 8 && w != "Im" && w != "IM" {
		sc.emit(i, i+at)
		sc.emit(i+at, k)
		return
	}
	if cut := unitAt(w); cut > 0 {
		sc.emit(i, i+cut)
		sc.emit(i+cut, k)
		return
	}
	if at := cliticAt(w); at > 0 && at < len(w) {
		if at2 := cliticAt(w[:at]); at2 > 0 {
			sc.emit(i, i+at2)
			sc.emit(i+at2, i+at)
		} else {
			sc.emit(i, i+at)
		}
		sc.emit(i+at, k)
		return
	}
	sc.emit(i, k)
}

// cliticAt returns where the clitic that ends w begins, or 0.
func cliticAt(w string) int {
	a := strings.LastIndexAny(w, "'’`")
	if a <= 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(w[a:])
	tail := w[a+n:]
	if (tail == "t" || tail == "T") && a > 1 && (w[a-1] == 'n' || w[a-1] == 'N') {
		return a - 1
	}
	prev := w[a-1]
	if prev >= '0' && prev <= '9' {
		return 0
	}
	if isClitic(tail) {
		return a
	}
	return 0
}

// isClitic reports whether w, what follows an apostrophe, is a word of its own.
func isClitic(w string) bool {
	switch w {
	case "s", "m", "d", "ll", "re", "ve", "S", "M", "D", "LL", "RE", "VE":
		return true
	}
	return false
}
