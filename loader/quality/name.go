package quality

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// wordSet is the set of the words of a name, without those that carry nothing.
type wordSet map[string]bool

// empty reports whether w is a word that two names of one thing may differ in.
func empty(w string) bool {
	switch w {
	case "the", "a", "an", "of", "and", "for", "in", "on", "at", "to", "by", "with", "his", "her", "its", "their":
		return true
	}
	return false
}

// words returns the words of s: runs of letters a to z and digits, accents and
// case dropped, possessive endings cut, "U.S." and "U.N." written together.
func words(s string) wordSet {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	s = strings.NewReplacer("u.s.", "us", "u.n.", "un", "’", "'").Replace(b.String())
	set := wordSet{}
	for _, w := range strings.FieldsFunc(cutPossessives(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		if !empty(w) {
			set[w] = true
		}
	}
	return set
}

// cutPossessives drops each "'s" that ends a word.
func cutPossessives(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "'s")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		next, _ := firstRune(after)
		if next == '_' || unicode.IsLetter(next) || unicode.IsDigit(next) {
			b.WriteString("'s")
		}
		s = after
	}
}

// firstRune returns the first rune of s, and whether there is one.
func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// in reports whether every word of a is in b.
func (a wordSet) in(b wordSet) bool {
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

// Same reports whether one of names may stand for the thing that the gold calls
// want: whether the words of one are among the words of the other, for any
// alternative of want.
func Same(want string, names []string) bool {
	return anyPair(want, names, func(g, p wordSet) bool {
		return len(g) > 0 && len(p) > 0 && (g.in(p) || p.in(g))
	})
}

// exactly reports whether one of names is an alternative of want word for word.
func exactly(want string, names []string) bool {
	return anyPair(want, names, func(g, p wordSet) bool { return len(g) == len(p) && g.in(p) })
}

// anyPair reports whether ok holds of an alternative of want and one of names.
func anyPair(want string, names []string, ok func(gold, name wordSet) bool) bool {
	sets := make([]wordSet, len(names))
	for i, n := range names {
		sets[i] = words(n)
	}
	for alternative := range strings.SplitSeq(want, "|") {
		g := words(alternative)
		if slices.ContainsFunc(sets, func(p wordSet) bool { return ok(g, p) }) {
			return true
		}
	}
	return false
}
