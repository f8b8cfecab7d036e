package main

import (
	_ "embed"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/loader/facts"
	"parley/loader/names"
	"parley/loader/sentence"
)

//go:embed templates.txt
var templates string

// nameLists are names to fill sentences with.
type nameLists struct {
	persons, organisations, states, demonyms, places []string
}

// readActors reads the names of persons and organisations from an actors file of
// the Open Event Data Alliance: a name a line in capitals, words parted by "_".
// Persons are the entries with dated roles, organisations those of the files of
// international and non-state actors.
func (l *nameLists) readActors(name string, organisations bool) error {
	rc, err := openText(name)
	if err != nil {
		return err
	}
	defer rc.Close()
	return l.readActorLines(rc, organisations)
}

// readActorLines reads the lines of an actors file.
func (l *nameLists) readActorLines(r io.Reader, organisations bool) error {
	return lines(r, func(line string) error {
		name, rest, _ := strings.Cut(line, "#")
		code, _, _ := strings.Cut(name, "[")
		code, _, _ = strings.Cut(code, "(")
		ws := strings.Split(strings.Trim(strings.TrimSpace(code), "+_ "), "_")
		if strings.HasPrefix(name, "\t") || len(ws) < 2 || len(ws) > 7 || !isClean(ws) {
			return nil
		}
		switch {
		case organisations && !strings.Contains(rest, "rulers"):
			l.organisations = append(l.organisations, properCase(ws))
		case !organisations && strings.Contains(rest, "CountryInfo") && len(ws) < 5:
			l.persons = append(l.persons, properCase(ws))
		}
		return nil
	})
}

// isClean reports whether the words of a name are letters, of two or more each.
func isClean(ws []string) bool {
	for _, w := range ws {
		if len(w) < 2 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
			return false
		}
	}
	return true
}

// properCase gives words in capitals the case of a name.
func properCase(ws []string) string {
	out := make([]string, len(ws))
	for i, w := range ws {
		low := strings.ToLower(w)
		switch low {
		case "of", "the", "and", "for", "in", "on", "de", "del", "bin", "ibn", "van", "von", "der", "al", "el", "to":
			if i > 0 {
				out[i] = low
				continue
			}
		}
		b := []byte(low)
		up := true
		for k, c := range b {
			if up && c >= 'a' && c <= 'z' {
				b[k] = c - 'a' + 'A'
			}
			up = c == '-' || c == '\'' && k == 1
		}
		out[i] = string(b)
	}
	return strings.Join(out, " ")
}

// known adds the names of the fact list.
func (l *nameLists) known() {
	for _, e := range facts.Default().Entries() {
		switch {
		case e.Kind == facts.State && e.Last == 0:
			l.states = append(l.states, e.Label)
		case e.Kind == facts.Demonym && !e.Noun:
			l.demonyms = append(l.demonyms, e.Label)
		case e.IsPlace():
			l.places = append(l.places, e.Label)
		case e.Kind == facts.Group || e.Kind == facts.Organisation:
			l.organisations = append(l.organisations, e.Label, e.Label)
		}
	}
}

// pick returns one of names.
func pick(rng *rand.Rand, names []string) string { return names[rng.IntN(len(names))] }

// filler makes sentences from templates.
type filler struct {
	lists *nameLists
	rng   *rand.Rand
	last  string // surname of the last person
	org   string // last organisation
}

// synthetic returns n documents of a few filled templates each.
func (l *nameLists) synthetic(n int, rng *rand.Rand) []names.Example {
	var ts []string
	for t := range strings.Lines(templates) {
		if t = strings.TrimSpace(t); t != "" && t[0] != '#' {
			ts = append(ts, t)
		}
	}
	es := make([]names.Example, 0, n)
	for range n {
		f := filler{lists: l, rng: rng, last: lastWord(pick(rng, l.persons)), org: pick(rng, l.organisations)}
		b := &spans{}
		for range 1 + rng.IntN(4) {
			f.fill(b, pick(rng, ts))
		}
		done := newSpans(b.text)
		done.found = b.found
		e := done.example()
		e.Free, e.Loose, e.Weight = nil, false, 0
		es = append(es, e)
	}
	return es
}

// fill adds a template with names in its slots to b.
func (f *filler) fill(b *spans, template string) {
	if b.text != "" {
		b.text += "\n\n"
	}
	slots := map[byte]string{}
	for template != "" {
		before, rest, ok := strings.Cut(template, "{")
		b.text += before
		if !ok {
			return
		}
		slot := rest[0]
		name, typ := f.name(slot, slots)
		b.add(len(b.text), len(b.text)+len(name), typ)
		b.text += name
		template = rest[2:]
	}
}

// name returns what goes into a slot, and its type.
func (f *filler) name(slot byte, slots map[byte]string) (name, typ string) {
	l := f.lists
	typ = slotTypes[slot]
	switch {
	case slot == 'L':
		return f.last, typ
	case slot == 'A':
		return acronym(f.org), typ
	case slots[slot] != "":
		return slots[slot], typ
	}
	switch typ {
	case sentence.Person:
		name = pick(f.rng, l.persons)
		if f.rng.IntN(3) == 0 {
			name = firstWord(name) + " " + lastWord(pick(f.rng, l.persons))
		}
		f.last = lastWord(name)
	case sentence.Organisation:
		name = pick(f.rng, l.organisations)
		if slot == 'O' {
			f.org = name
		}
	case sentence.State:
		name = pick(f.rng, l.states)
	case sentence.Nationality:
		name = pick(f.rng, l.demonyms)
	case sentence.Place:
		name = pick(f.rng, l.places)
	case sentence.Agreement:
		name = strings.ReplaceAll(pick(f.rng, agreementNames()), "*", pick(f.rng, l.places))
	case sentence.Event:
		name = strings.ReplaceAll(pick(f.rng, eventNames()), "*", pick(f.rng, l.places))
	}
	slots[slot] = name
	return name, typ
}

// slotTypes are the types of the slots of templates.
var slotTypes = map[byte]string{
	'P': sentence.Person, 'L': sentence.Person, 'K': sentence.Person, 'O': sentence.Organisation, 'A': sentence.Organisation,
	'Q': sentence.Organisation, 'S': sentence.State, 'R': sentence.State, 'N': sentence.Nationality, 'M': sentence.Nationality,
	'C': sentence.Place, 'B': sentence.Place, 'G': sentence.Agreement, 'E': sentence.Event,
}

// agreementNames are patterns of the names of agreements; * is a place.
func agreementNames() []string {
	return []string{"* Agreement", "* Accord", "* Accords", "* Peace Agreement", "* Protocol", "Treaty of *", "* Declaration",
		"General Peace Agreement", "Comprehensive Peace Accord", "Declaration of *", "* Memorandum", "Convention of *", "* Pact",
		"Cessation of Hostilities Agreement", "Framework Agreement", "* Ceasefire Agreement", "Treaty of Friendship", "* Treaty"}
}

// eventNames are patterns of the names of events; * is a place.
func eventNames() []string {
	return []string{"* Conference", "* Summit", "Battle of *", "Congress of *", "* War", "First * War", "* Peace Conference", "* Crisis"}
}

// acronym returns the initials of the capitalised words of name, or name if it has one.
func acronym(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return name
	}
	return b.String()
}

// firstWord returns the first word of name.
func firstWord(name string) string { w, _, _ := strings.Cut(name, " "); return w }

// lastWord returns the last word of name.
func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// varied returns a copy of es in which about half of the persons, organisations
// and places of each sentence are others, so that the words around names are
// learned rather than the names.
func (l *nameLists) varied(es []names.Example, rng *rand.Rand) []names.Example {
	out := make([]names.Example, len(es))
	for i, e := range es {
		out[i] = e
		out[i].Sentences, out[i].Free = nil, nil
		f := filler{lists: l, rng: rng}
		for j := range e.Sentences {
			var free []bool
			if e.Free != nil {
				free = e.Free[j]
			}
			s, fr := f.vary(&e.Sentences[j], free)
			out[i].Sentences, out[i].Free = append(out[i].Sentences, s), append(out[i].Free, fr)
		}
	}
	return out
}

// vary returns s with some of its names replaced by others of their type.
func (f *filler) vary(s *sentence.Sentence, free []bool) (sentence.Sentence, []bool) {
	out := sentence.Sentence{Index: s.Index, Block: s.Block, Headline: s.Headline}
	var outFree []bool
	at := 0
	keep := func(to int) {
		for ; at < to; at++ {
			out.Tokens = append(out.Tokens, s.Tokens[at])
			outFree = append(outFree, free != nil && free[at])
		}
	}
	slot := map[string]byte{sentence.Person: 'P', sentence.Organisation: 'Q', sentence.Place: 'C'}
	for _, e := range s.Entities {
		keep(e.From)
		from := len(out.Tokens)
		k := slot[e.Type]
		if k == 0 || f.rng.IntN(2) == 0 {
			keep(e.To)
		} else {
			name, _ := f.name(k, map[byte]string{})
			if e.To-e.From == 1 {
				switch {
				case e.Type == sentence.Person:
					name = lastWord(name)
				case e.Type == sentence.Organisation && f.rng.IntN(2) == 0:
					name = acronym(name)
				}
			}
			ws := formsOf(name)
			ws[len(ws)-1].Spaced = s.Tokens[e.To-1].Spaced
			out.Tokens = append(out.Tokens, ws...)
			outFree = append(outFree, make([]bool, len(ws))...)
			at = e.To
		}
		out.Entities = append(out.Entities, sentence.Entity{From: from, To: len(out.Tokens), Type: e.Type})
	}
	keep(len(s.Tokens))
	return out, outFree
}

// formsOf returns the tokens of a name.
func formsOf(name string) []sentence.Token {
	ss := newSpans(name).ss
	var ts []sentence.Token
	for _, s := range ss {
		ts = append(ts, slices.Clone(s.Tokens)...)
	}
	return ts
}
