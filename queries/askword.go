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

// stem cuts the ending of a plural.
func stem(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
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

// wordBag is the set of the stems of some texts.
type wordBag map[string]bool

func bagOf(texts ...string) wordBag {
	b := wordBag{}
	for _, t := range texts {
		b.add(t)
	}
	return b
}

func (b wordBag) add(text string) {
	for _, w := range stems(text) {
		b[w] = true
	}
}

// has reports whether b has the stem w, or a word of the same root: "mozambique"
// and "mozambican", "guarantor" and "guarantee".
func (b wordBag) has(w string) bool {
	if b[w] {
		return true
	}
	if len(w) < 5 {
		return false
	}
	for v := range b {
		if sameRoot(v, w) {
			return true
		}
	}
	return false
}

// sameRoot reports whether two words of five letters or more agree up to endings
// of at most three letters.
func sameRoot(v, w string) bool {
	n := 0
	for n < len(v) && n < len(w) && v[n] == w[n] {
		n++
	}
	return n >= 5 && len(v)-n <= 4 && len(w)-n <= 4 && n*3 >= 2*max(len(v), len(w))
}

// hasAll reports whether b has every one of ws, which are not none.
func (b wordBag) hasAll(ws []string) bool {
	return len(ws) > 0 && !slices.ContainsFunc(ws, func(w string) bool { return !b[w] })
}

// hasAny reports whether b has all the words of one of the names.
func (b wordBag) hasAny(names [][]string) bool {
	return slices.ContainsFunc(names, b.hasAll)
}
