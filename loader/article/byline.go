package article

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

var partBreak = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\s*(?:;|/|&|,\s*and\s|\sand\s)\s*`)
})

// authors returns the humans that the words of a byline name. Words is at byte
// start of its line. Desks, agencies and "staff" are no one; what follows a comma
// is a place or a post, unless the byline is a list with "and" at its end.
func authors(words string, start int) []Field {
	if len(words) > 3 && strings.EqualFold(words[:3], "by ") {
		words, start = words[3:], start+3
	}
	if i := strings.Index(words, " in "); i >= 0 {
		words = words[:i] // "Jane Doe in Cairo"
	}
	breaks := partBreak().FindAllStringIndex(words, -1)
	var all []Field
	from := 0
	for _, b := range append(breaks, []int{len(words), len(words)}) {
		part := words[from:b[0]]
		offset := start + from
		from = b[1]
		names := []string{part}
		if len(breaks) > 0 {
			names = strings.Split(part, ",")
		}
		for _, name := range names {
			if f, ok := author(name, offset); ok {
				all = append(all, f)
			}
			offset += len(name) + 1
		}
	}
	return all
}

// author reads one part of a byline, which starts at byte start of its line.
func author(part string, start int) (Field, bool) {
	part, _, _ = strings.Cut(part, ",")
	part, _, _ = strings.Cut(part, "(")
	name, start := trim(part, start)
	name = strings.TrimRight(name, ".:;-– ")
	tokens := strings.Fields(name)
	if len(tokens) < 2 || len(tokens) > 6 || isNobody(name) {
		return Field{}, false
	}
	capitals := 0
	for _, t := range tokens {
		first, _ := utf8.DecodeRuneInString(t)
		switch {
		case isOffice(t) || strings.ContainsFunc(t, isNoNameRune):
			return Field{}, false
		case unicode.IsUpper(first), isParticle(t) && strings.ContainsAny(t, "-'’"): // "al-Hadi"
			capitals++
		case unicode.IsLetter(first) && unicode.IsLower(first) && !isParticle(t):
			return Field{}, false
		}
	}
	if capitals < 2 {
		return Field{}, false
	}
	return Field{AuthorField, capitalised(name), start, start + len(name)}, true
}

// isNoNameRune reports whether r is never in the name of a human.
func isNoNameRune(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".-'’‑", r)
}

// isOffice reports whether a byline with word in it names a desk, an agency or
// an unnamed writer and no human.
func isOffice(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".")) {
	case "staff", "desk", "bureau", "correspondent", "correspondents", "reporter", "reporters", "editor", "editors",
		"editorial", "team", "agency", "agencies", "news", "newsroom", "newsdesk", "press", "wire", "wires", "service",
		"services", "office", "board", "writer", "writers", "contributor", "contributors", "online", "media", "times",
		"post", "journal", "herald", "tribune", "gazette", "guardian", "telegraph", "daily", "weekly", "today", "tv",
		"television", "radio", "broadcasting", "network", "magazine", "monitor", "reuters", "afp", "ap", "upi", "dpa",
		"efe", "ansa", "tass", "xinhua", "bbc", "cnn", "bloomberg", "jazeera", "france-presse", "welle", "special",
		"our", "own", "from", "the", "united", "nations", "committee", "council", "ministry", "institute", "group":
		return true
	}
	return false
}

// isParticle reports whether word is a lower-case part of surnames.
func isParticle(word string) bool {
	switch strings.ToLower(word) {
	case "de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "vom", "zu", "la", "le", "du",
		"el", "al", "bin", "bint", "ibn", "ben", "y", "e", "af", "av", "ter", "ten", "st":
		return true
	}
	return strings.HasPrefix(word, "al-") || strings.HasPrefix(word, "el-") || strings.HasPrefix(word, "d'") || strings.HasPrefix(word, "d’")
}

// capitalised returns name as it is, or, if it is in capitals throughout, with
// capitals at the start of words only: "JANE DOE" gives "Jane Doe".
func capitalised(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if strings.ContainsFunc(name, unicode.IsLower) {
		return name
	}
	return cases.Title(language.Und).String(name)
}
