package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FieldKind says what a [Field] tells.
type FieldKind uint8

// The kinds of fields.
const (
	OutletField FieldKind = iota + 1 // who printed the report
	AuthorField                      // one human who wrote it
	DateField                        // when it was printed
	URLField                         // where it stands
	LangField                        // the language it is in
	otherField                       // a field whose words tell nothing: "Author: none"
)

// Field is one thing that an imprint says.
type Field struct {
	Kind       FieldKind
	Value      string // a name, a date in ISO 8601, an address
	Start, End int    // bytes of its words in the imprint, half open
}

// ParseImprint returns what a line such as "Source: Meridian Wire | Date:
// 2005-01-27 | Author: Jane Doe", "By Jane Doe" or "27 January 2005" says, in
// the order of the line. It returns nil if the line has anything else in it,
// and so is prose.
//
// Words that name no one ("none", "Staff correspondent", "Foreign desk") give no
// field, a line of such words only gives an empty list.
func ParseImprint(line string) []Field {
	if len(line) > 400 {
		return nil
	}
	fields, ok := keyed(line)
	if !ok {
		fields, ok = byline(line)
	}
	if !ok {
		words, start := trim(line, 0)
		iso, isDate := ParseDate(words)
		if !isDate || len(iso) < len("2005-01") {
			return nil
		}
		return []Field{{DateField, iso, start, start + len(words)}}
	}
	out := []Field{}
	for _, f := range fields {
		if f.Kind != otherField {
			out = append(out, f)
		}
	}
	return out
}

// keyed reads a line of "Key: words" parts with bars between them.
func keyed(line string) ([]Field, bool) {
	var all []Field
	at := 0
	for part := range strings.SplitSeq(line, "|") {
		name, words, ok := strings.Cut(part, ":")
		if !ok {
			return nil, false
		}
		kind, ok := fieldKind(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return nil, false
		}
		words, start := trim(words, at+len(name)+1)
		if endsSentence(words) && strings.Count(words, " ") > 3 {
			return nil, false // "Source: the ministry said so."
		}
		all = append(all, readField(kind, words, start)...)
		at += len(part) + 1
	}
	return all, true
}

// fieldKind returns what a key of an imprint introduces.
func fieldKind(key string) (FieldKind, bool) {
	switch key {
	case "source", "outlet", "publisher", "published by", "publication", "newspaper":
		return OutletField, true
	case "author", "authors", "by", "byline", "written by", "reporter":
		return AuthorField, true
	case "date", "published", "published on", "publication date":
		return DateField, true
	case "url", "link":
		return URLField, true
	case "language", "lang":
		return LangField, true
	}
	return 0, false
}

// readField reads the words of a field, which start at byte start of its line.
func readField(kind FieldKind, words string, start int) []Field {
	whole := Field{kind, words, start, start + len(words)}
	switch kind {
	case AuthorField:
		if names := authors(words, start); len(names) > 0 {
			return names
		}
		return []Field{{Kind: otherField}}
	case DateField:
		iso, ok := ParseDate(words)
		if !ok {
			return []Field{{Kind: otherField}}
		}
		whole.Value = iso
	case LangField:
		whole.Value = strings.ToLower(words)
		if len(words) != 2 {
			return []Field{{Kind: otherField}}
		}
	case URLField:
		if !isWeb(words) {
			return []Field{{Kind: otherField}}
		}
	default:
		if isNobody(words) {
			return []Field{{Kind: otherField}}
		}
	}
	return []Field{whole}
}

// isWeb reports whether s is the address of a page.
func isWeb(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsFunc(s, unicode.IsSpace)
}

// isNobody reports whether words stand where a name would, and name no one.
func isNobody(words string) bool {
	switch strings.ToLower(strings.Trim(words, " .-–—()")) {
	case "", "none", "unknown", "anonymous", "n/a", "na", "null", "nil", "not given", "unsigned", "no author", "no source":
		return true
	}
	return false
}

// byline reads a line such as "By Jane Doe and John Roe, in Cairo".
func byline(line string) ([]Field, bool) {
	words, start := trim(line, 0)
	if len(words) < 4 || !strings.EqualFold(words[:3], "by ") || utf8.RuneCountInString(words) > 120 {
		return nil, false
	}
	names := authors(words[3:], start+3)
	if len(names) == 0 {
		return nil, false
	}
	for _, f := range names { // nothing but names, and what a byline has behind them
		words = strings.Replace(words, line[f.Start:f.End], "", 1)
	}
	for _, w := range strings.FieldsFunc(words[3:], func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '/' }) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) && !isBylineWord(w) {
			return nil, false
		}
	}
	return names, true
}

// isBylineWord reports whether the lower-case word w is found in bylines.
func isBylineWord(w string) bool {
	switch w {
	case "and", "in", "at", "for", "of", "the", "with", "from", "staff", "agencies", "writer", "writers",
		"correspondent", "correspondents", "reporter", "reporters", "editor", "bureau", "chief", "diplomatic", "contributor":
		return true
	}
	return false
}

// trim returns s without outer white space, and where it then starts, given
// that s starts at start.
func trim(s string, start int) (string, int) {
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	return strings.TrimRightFunc(left, unicode.IsSpace), start + len(s) - len(left)
}
