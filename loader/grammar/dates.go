package grammar

import (
	"slices"
	"strings"

	"parley/loader/sentence"
)

// Parsers join a date that begins a clause to the name behind it. These functions
// part them.

// splitYear parts "1912 Italy" of "In 1912 Italy and Turkey made peace", which parsers
// take for one name: the year is when, the rest the subject. It reports whether
// it did.
func (t *Tree) splitYear(i, h int) bool {
	from, _ := t.Span(i, func(k int) bool { return k > i })
	y := from + 1
	if y >= i || !isYear(t.S.Tokens[y].Form) || t.UPOS(i) != "PROPN" || !t.IsVerb(h) || t.Kid(h, "nsubj") >= 0 {
		return false
	}
	if c := t.Form(from); c != "in" && c != "by" && c != "since" {
		return false
	}
	t.heads[y], t.rels[y] = h, "obl"
	t.heads[from] = y
	t.beSubject(i, h)
	return true
}

// beSubject makes i the subject of verb h.
func (t *Tree) beSubject(i, h int) {
	t.heads[i], t.rels[i] = h, "nsubj"
	if t.Kid(h, "aux:pass") >= 0 {
		t.rels[i] = "nsubj:pass"
	}
}

func isYear(s string) bool {
	return len(s) == len("1912") && (s[0] == '1' || s[0] == '2') && strings.Trim(s, "0123456789") == ""
}

var months = strings.Fields("january february march april may june july august september october november december")

// afterDate makes name i, taken for an apposition of the date h before it, the
// subject of the clause: "on 17 January John Roe signed". What was taken for the
// subject, the next of a list, is coordinated with it. It reports whether it did.
func (t *Tree) afterDate(i, h int) bool {
	if t.UPOS(i) != "PROPN" || slices.Contains(months, t.Form(i)) || t.UPOS(h) != "NUM" && !slices.Contains(months, t.Form(h)) {
		return false
	}
	v := t.heads[h]
	for v != sentence.Root && v < i {
		v = t.heads[v]
	}
	if v == sentence.Root || !t.IsVerb(v) {
		return false
	}
	if n := t.Kid(v, "nsubj"); n >= 0 {
		if n < i || t.UPOS(n) != "PROPN" {
			return false
		}
		t.heads[n], t.rels[n] = i, "conj"
	}
	t.beSubject(i, v)
	return true
}
