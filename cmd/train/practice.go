package main

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/loader/sentence"
)

//go:embed practice.txt
var practiceSentences string

//go:embed practice_words.txt
var practiceWords string

// practice makes sentences of the kind that practice.txt describes.
type practice struct {
	templates [][]string            // fields of words
	phrases   map[string][][]string // by slot: the words of each phrase
	verbs     map[string][][]string // by slot: the four forms of each verb
	upos      map[string]string     // by form and Penn tag, then by Penn tag alone
}

func newPractice(upos map[string]string) *practice {
	p := &practice{phrases: map[string][][]string{}, verbs: map[string][][]string{}, upos: upos}
	for line := range strings.Lines(practiceSentences) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			p.templates = append(p.templates, f)
		}
	}
	for line := range strings.Lines(practiceWords) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case f[0] == "V" || f[0] == "M" || f[0] == "I":
			p.verbs[f[0]] = append(p.verbs[f[0]], f[1:])
		default:
			p.phrases[f[0]] = append(p.phrases[f[0]], f[1:])
		}
	}
	return p
}

// verbForm is the place of the form that a Penn tag asks for.
func verbForm(xpos string) int {
	return map[string]int{"VB": 0, "VBP": 0, "VBZ": 1, "VBD": 2, "VBN": 3}[xpos]
}

// make returns one sentence. The error names a head that is not in its template.
func (p *practice) make(r *rand.Rand) ([]sentence.Token, error) {
	template := p.templates[r.IntN(len(p.templates))]
	var tokens []sentence.Token
	place := map[string]int{} // of each word or slot that can be a head
	var heads []string        // of each token, by name
	for _, field := range template {
		f := strings.Split(field, "|")
		form, xpos, rel, head := f[0], f[1], f[2], f[3]
		if form[0] != '{' {
			place[form] = len(tokens)
			tokens, heads = append(tokens, sentence.Token{Form: form, XPOS: xpos, Rel: rel}), append(heads, head)
			continue
		}
		slot := form[1:2]
		if forms := p.verbs[slot]; forms != nil {
			place[form] = len(tokens)
			verb := forms[r.IntN(len(forms))][verbForm(xpos)]
			tokens, heads = append(tokens, sentence.Token{Form: verb, XPOS: xpos, Rel: rel}), append(heads, head)
			continue
		}
		phrase := p.phrases[slot][r.IntN(len(p.phrases[slot]))]
		for _, word := range phrase {
			w := strings.Split(word, "|")
			t, name := sentence.Token{Form: w[0], XPOS: w[1], Rel: w[2]}, form
			switch inner, of, ok := strings.Cut(w[2], "."); {
			case w[2] == "-":
				place[form], t.Rel, name = len(tokens), rel, head
			case w[2] == ":unmarked":
				place[form], t.Rel, name = len(tokens), rel+w[2], head
			case ok:
				t.Rel, name = inner, form+of
			}
			place[form+w[0]] = len(tokens)
			tokens, heads = append(tokens, t), append(heads, name)
		}
	}
	return p.resolve(tokens, heads, place)
}

// resolve turns the names of heads into places and sets the universal tags.
func (p *practice) resolve(tokens []sentence.Token, heads []string, place map[string]int) ([]sentence.Token, error) {
	for i := range tokens {
		t := &tokens[i]
		t.Head = sentence.Root
		if heads[i] != "-" {
			h, ok := place[heads[i]]
			if !ok {
				return nil, fmt.Errorf("practice.txt: %q has the head %q, which is not there", t.Form, heads[i])
			}
			t.Head = h
		}
		t.UPOS = p.upos[t.Form+"|"+t.XPOS]
		if t.UPOS == "" || strings.HasPrefix(t.XPOS, "VB") {
			t.UPOS = p.upos[t.XPOS]
		}
		if strings.HasPrefix(t.Rel, "aux") {
			t.UPOS = "AUX"
		}
		if t.XPOS == "IN" && t.Rel == "mark" {
			t.UPOS = "SCONJ"
		}
		if t.XPOS == "IN" && (t.Rel == "case" || t.Rel == "fixed") {
			t.UPOS = "ADP"
		}
	}
	if first := &tokens[0]; first.Form[0] >= 'a' && first.Form[0] <= 'z' {
		first.Form = strings.ToUpper(first.Form[:1]) + first.Form[1:]
	}
	return tokens, nil
}

// universalTags returns the most frequent universal tag of each form with its
// Penn tag, and of each Penn tag.
func universalTags(sentences [][]sentence.Token) map[string]string {
	counts := map[string]map[string]int{}
	for _, tokens := range sentences {
		for _, t := range tokens {
			for _, key := range []string{t.Form + "|" + t.XPOS, t.XPOS} {
				if counts[key] == nil {
					counts[key] = map[string]int{}
				}
				counts[key][t.UPOS]++
			}
		}
	}
	tags := make(map[string]string, len(counts))
	for key, c := range counts {
		tags[key] = mostFrequent(c)
	}
	return tags
}

// makeMany returns n sentences.
func (p *practice) makeMany(n int, r *rand.Rand) ([][]sentence.Token, error) {
	out := make([][]sentence.Token, 0, n)
	for range n {
		tokens, err := p.make(r)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.Clip(tokens))
	}
	return out, nil
}
