package queries

import (
	"slices"
	"strings"

	"parley/graph"
)

// stems returns the words of text without case, accents and endings, in order.
func stems(text string) []string {
	var out []string
	for _, w := range strings.Split(graph.Slug(strings.ReplaceAll(strings.ReplaceAll(text, "’s", ""), "'s", "")), "-") {
		if w = stem(w); w != "" && !isSmall(w) {
			out = append(out, w)
		}
	}
	return out
}

// stem cuts the endings of plurals and verbs, the same of every text that is
// compared.
func stem(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		w = w[:len(w)-2]
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		w = w[:len(w)-3]
	}
	if len(w) > 4 && strings.HasSuffix(w, "e") {
		w = w[:len(w)-1]
	}
	return w
}

// isSmall reports whether w says nothing by itself.
func isSmall(w string) bool {
	switch w {
	case "the", "a", "an", "of", "and", "for", "in", "on", "at", "to", "by", "with", "it", "from":
		return true
	}
	return false
}

// wordBag is some texts in stems.
type wordBag struct {
	words map[string]bool
	lines string // the stems in order, each between spaces, the texts parted by bars
}

func bagOf(texts ...string) *wordBag {
	b := &wordBag{words: map[string]bool{}, lines: "|"}
	for _, t := range texts {
		b.add(t)
	}
	return b
}

func (b *wordBag) add(text string) {
	ws := stems(text)
	if len(ws) == 0 {
		return
	}
	for _, w := range ws {
		b.words[w] = true
	}
	b.lines += " " + strings.Join(ws, " ") + " |"
}

// has reports whether b has the stem w, or a word of the same root: "mozambique"
// and "mozambican", "guarantor" and "guarantee".
func (b *wordBag) has(w string) bool {
	if b.words[w] {
		return true
	}
	if len(w) < 5 {
		return false
	}
	for v := range b.words {
		if sameRoot(v, w) {
			return true
		}
	}
	return false
}

// sameRoot reports whether two words of five letters or more agree up to endings
// of at most four letters.
func sameRoot(v, w string) bool {
	n := 0
	for n < len(v) && n < len(w) && v[n] == w[n] {
		n++
	}
	return n >= 5 && len(v)-n <= 4 && len(w)-n <= 4 && n*3 >= 2*max(len(v), len(w))
}

// hasAll reports whether b has every one of ws, which are not none.
func (b *wordBag) hasAll(ws []string) bool {
	return len(ws) > 0 && !slices.ContainsFunc(ws, func(w string) bool { return !b.words[w] })
}

// hasName reports whether the words of one of the names stand in b one after the other.
func (b *wordBag) hasName(names [][]string) bool {
	return slices.ContainsFunc(names, func(ws []string) bool {
		return b.hasAll(ws) && strings.Contains(b.lines, " "+strings.Join(ws, " ")+" ")
	})
}
