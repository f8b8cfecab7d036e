package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/loader/facts"
	"parley/loader/names"
	"parley/loader/sentence"
	"parley/loader/token"
)

// readNames reads the examples of one file. Its name says the format: "uner"
// (IOB2 in columns), "crossner" (a word and its tag a line), "re3d" and "gold"
// (JSON lines; the articles of gold lie beside it), ".conllu" (GUM with entity
// annotations).
func readNames(name string) ([]names.Example, error) {
	rc, err := openText(name)
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	base := filepath.Base(name)
	var es []names.Example
	switch {
	case strings.Contains(base, "uner"):
		es, err = readUNER(rc)
	case strings.Contains(base, "crossner"):
		es, err = readCrossNER(rc)
	case strings.Contains(base, "re3d"):
		es, err = readRe3d(rc)
	case strings.Contains(base, "gold"):
		es, err = readGold(rc, filepath.Dir(name))
	case strings.Contains(base, "conllu"):
		es, err = readGUM(rc)
	default:
		return nil, fmt.Errorf("read %s: the name tells no format", name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return es, nil
}

// lines calls f with each line of r.
func lines(r io.Reader, f func(line string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if err := f(sc.Text()); err != nil {
			return err
		}
	}
	return sc.Err()
}

// tagged is a sentence with one tag for each word, as it is read.
type tagged struct {
	forms []string
	tags  []string
	text  string
}

// sentence returns t with its tags as entities; typeOf gives "" for a tag that
// is no name, and unknown for one that tells nothing.
func (t *tagged) sentence(typeOf func(tag, name string) string) (s sentence.Sentence, free []bool) {
	at := 0
	free = make([]bool, len(t.forms))
	for _, f := range t.forms {
		tok := sentence.Token{Form: f, Head: sentence.Root, Spaced: true}
		if i := strings.Index(t.text[min(at, len(t.text)):], f); i >= 0 {
			tok.Start = at + i
			at = tok.Start + len(f)
			tok.End = at
			tok.Spaced = at >= len(t.text) || t.text[at] == ' '
		}
		s.Tokens = append(s.Tokens, tok)
	}
	for i := 0; i < len(t.tags); {
		class, ok := strings.CutPrefix(t.tags[i], "B-")
		j := i + 1
		if ok {
			for j < len(t.tags) && t.tags[j] == "I-"+class {
				j++
			}
			switch typ := typeOf(class, strings.Join(t.forms[i:j], " ")); typ {
			case "":
			case unknown:
				for k := i; k < j; k++ {
					free[k] = true
				}
			default:
				s.Entities = append(s.Entities, sentence.Entity{From: i, To: j, Type: typ})
			}
		}
		i = j
	}
	return s, free
}

// unknown stands for the type of a span that may be anything.
const unknown = "?"

// readUNER reads the Universal NER layout. Its OTH names are demonyms, or
// unknown; its O names are slips and are dropped.
func readUNER(r io.Reader) ([]names.Example, error) {
	var es []names.Example
	var cur tagged
	flush := func() {
		if len(cur.forms) == 0 {
			return
		}
		s, free := cur.sentence(unerType)
		if len(es) == 0 {
			es = append(es, names.Example{Loose: true})
		}
		e := &es[len(es)-1]
		s.Index = len(e.Sentences)
		e.Sentences, e.Free = append(e.Sentences, s), append(e.Free, free)
		cur = tagged{}
	}
	err := lines(r, func(line string) error {
		f := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "# newdoc"):
			es = append(es, names.Example{Loose: true})
		case strings.HasPrefix(line, "# text = "):
			cur.text = line[len("# text = "):]
		case strings.HasPrefix(line, "#"):
		case len(f) < 3:
			flush()
		default:
			cur.forms, cur.tags = append(cur.forms, f[1]), append(cur.tags, f[2])
		}
		return nil
	})
	flush()
	return es, err
}

// unerType maps a tag of Universal NER.
func unerType(tag, name string) string {
	switch tag {
	case "PER":
		return sentence.Person
	case "ORG":
		return sentence.Organisation
	case "LOC":
		return sentence.Place
	case "OTH":
		if len(facts.Default().Demonym(name)) > 0 {
			return sentence.Nationality
		}
		return unknown
	}
	return ""
}

// readCrossNER reads the layout of CrossNER: each sentence is a document.
func readCrossNER(r io.Reader) ([]names.Example, error) {
	var es []names.Example
	var cur tagged
	flush := func() {
		if len(cur.forms) == 0 {
			return
		}
		s, free := cur.sentence(crossType)
		es = append(es, names.Example{Sentences: []sentence.Sentence{s}, Free: [][]bool{free}, Loose: true})
		cur = tagged{}
	}
	err := lines(r, func(line string) error {
		form, tag, ok := strings.Cut(line, "\t")
		if !ok {
			flush()
			return nil
		}
		cur.forms, cur.tags = append(cur.forms, form), append(cur.tags, tag)
		return nil
	})
	flush()
	return es, err
}

// crossType maps a tag of CrossNER's politics.
func crossType(tag, name string) string {
	switch tag {
	case "politician", "person":
		return sentence.Person
	case "politicalparty", "organisation":
		return sentence.Organisation
	case "country":
		return sentence.State
	case "location":
		return sentence.Place
	case "election", "event":
		if agreementWord.MatchString(name) {
			return sentence.Agreement
		}
		return sentence.Event
	case "misc":
		if len(facts.Default().Demonym(name)) > 0 {
			return sentence.Nationality
		}
		return unknown
	}
	return ""
}

var agreementWord = regexp.MustCompile(`\b(Agreements?|Accords?|Treaty|Treaties|Pact|Protocol|Convention on|Declaration|Memorandum|Charter|Armistice)\b`)

// resplit returns the examples of es with their words cut as package token cuts them.
func resplit(es []names.Example) []names.Example {
	out := make([]names.Example, len(es))
	for i, e := range es {
		out[i] = e
		out[i].Sentences, out[i].Free = nil, nil
		for j := range e.Sentences {
			s, free := resplitSentence(&e.Sentences[j], e.Free[j])
			out[i].Sentences, out[i].Free = append(out[i].Sentences, s), append(out[i].Free, free)
		}
	}
	return out
}

// resplitSentence cuts each word of s again.
func resplitSentence(s *sentence.Sentence, free []bool) (sentence.Sentence, []bool) {
	var out sentence.Sentence
	var outFree []bool
	first := make([]int, len(s.Tokens)+1)
	for i, t := range s.Tokens {
		first[i] = len(out.Tokens)
		ws := token.Words(t.Form, 0, len(t.Form))
		for k := range ws {
			ws[k].Spaced = k == len(ws)-1
			outFree = append(outFree, free[i])
		}
		out.Tokens = append(out.Tokens, ws...)
	}
	first[len(s.Tokens)] = len(out.Tokens)
	for _, e := range s.Entities {
		out.Entities = append(out.Entities, sentence.Entity{From: first[e.From], To: first[e.To], Type: e.Type})
	}
	return out, outFree
}

// readRe3d reads the documents of re3d. Only mentions that are names are kept.
func readRe3d(r io.Reader) ([]names.Example, error) {
	var es []names.Example
	err := lines(r, func(line string) error {
		var d struct {
			Text     string
			Entities []struct {
				Start, End int
				Type       string
			}
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		b := newSpans(d.Text)
		offsets := byteOffsets(d.Text)
		for _, e := range d.Entities {
			if e.End >= len(offsets) || e.Start > e.End {
				continue
			}
			typ := unknown
			switch e.Type {
			case "Person", "Organisation", "Nationality":
				typ = e.Type
			case "Location":
				typ = sentence.Place
			case "Temporal", "Quantity", "Money":
				continue
			}
			b.add(offsets[e.Start], offsets[e.End], typ)
		}
		es = append(es, b.example())
		return nil
	})
	return es, err
}

// byteOffsets returns the byte at which each code point of text begins, and its length.
func byteOffsets(text string) []int {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// readGold reads entity lists and projects them on the articles beside them.
func readGold(r io.Reader, dir string) ([]names.Example, error) {
	var es []names.Example
	err := lines(r, func(line string) error {
		var d struct {
			ID       string
			Entities [][2]string
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, d.ID+".txt"))
		if err != nil {
			return err
		}
		b := newSpans(string(text))
		for _, e := range d.Entities {
			typ := e[0]
			if _, ok := names.ClassOf(typ); !ok {
				continue
			}
			for alias := range strings.SplitSeq(e[1], "|") {
				b.project(alias, typ)
			}
		}
		es = append(es, b.example())
		return nil
	})
	return es, err
}

// spans collects the names of one running text.
type spans struct {
	text  string
	ss    []sentence.Sentence
	found []span
}

// span is a name at bytes of a text.
type span struct {
	start, end int
	typ        string
}

// newSpans cuts text into sentences.
func newSpans(text string) *spans {
	return &spans{text: text, ss: token.Split(text, token.Paragraphs(text))}
}

// add adds one name.
func (b *spans) add(start, end int, typ string) {
	b.found = append(b.found, span{start, end, typ})
}

// project adds every place where alias stands as whole words, if it has a capital.
func (b *spans) project(alias, typ string) {
	last := alias[strings.LastIndexByte(alias, ' ')+1:]
	if r, _ := utf8.DecodeRuneInString(alias); !unicode.IsUpper(r) || !strings.ContainsFunc(last, unicode.IsUpper) {
		return
	}
	for at := 0; ; {
		i := strings.Index(b.text[at:], alias)
		if i < 0 {
			return
		}
		at += i + len(alias)
		b.add(at-len(alias), at, typ)
	}
}

// example returns the sentences with the names found, longer ones first. Words
// in capitals that are in none may be anything.
func (b *spans) example() names.Example {
	slices.SortStableFunc(b.found, func(x, y span) int { return (y.end - y.start) - (x.end - x.start) })
	e := names.Example{Sentences: b.ss, Loose: true, Weight: 1.5}
	for i := range b.ss {
		s := &b.ss[i]
		free := make([]bool, len(s.Tokens))
		for j, t := range s.Tokens {
			free[j] = isName(t.Form) && (j > 0 || len(facts.Default().Lookup(t.Form)) > 0)
		}
		taken := make([]bool, len(s.Tokens))
		for _, f := range b.found {
			if f.start >= s.Start && f.end <= s.End {
				placeSpan(s, f, taken)
			}
		}
		slices.SortFunc(s.Entities, func(x, y sentence.Entity) int { return x.From - y.From })
		e.Free = append(e.Free, free)
	}
	return e
}

// placeSpan adds f to s if it falls on whole tokens and is a name.
func placeSpan(s *sentence.Sentence, f span, taken []bool) {
	from, to := -1, -1
	for j, t := range s.Tokens {
		if t.Start == f.start {
			from = j
		}
		if t.End == f.end {
			to = j + 1
		}
	}
	if from < 0 || to <= from || f.typ == unknown {
		return
	}
	from, typ := trimName(s.Tokens, from, to, f.typ)
	if from >= to || slices.Contains(taken[from:to], true) {
		return
	}
	for j := from; j < to; j++ {
		taken[j] = true
	}
	s.Entities = append(s.Entities, sentence.Entity{From: from, To: to, Type: typ})
}

// trimName drops determiners, and titles and demonyms before a person, from the
// front of tokens from to to, and returns the new start, or to if what is left
// is not a name, and its type.
func trimName(ts []sentence.Token, from, to int, typ string) (int, string) {
	l := facts.Default()
	var forms []string
	for _, t := range ts[:to] {
		forms = append(forms, t.Form)
	}
	for from < to {
		low := strings.ToLower(forms[from])
		if low == "the" || low == "a" || low == "an" {
			from++
			continue
		}
		if typ == sentence.Person && from+1 < to {
			if n, _ := l.Title(forms, from); n > 0 && from+n < to {
				from += n
				continue
			}
			if len(l.Demonym(forms[from])) > 0 || forms[from] == "," {
				from++
				continue
			}
		}
		break
	}
	for j := from; j < to; j++ {
		if !isName(forms[j]) && (j == from || j == to-1 || !isLink(forms[j])) {
			return to, typ
		}
	}
	name := strings.Join(forms[from:to], " ")
	if len(l.Demonym(name)) > 0 {
		return from, sentence.Nationality
	}
	for _, e := range l.Lookup(name) {
		if e.Kind == facts.State {
			return from, sentence.State
		}
	}
	return from, typ
}

// isName reports whether form has a capital, or is a number inside a name.
func isName(form string) bool { return strings.ContainsFunc(form, unicode.IsUpper) }

// isLink reports whether form may stand inside a name.
func isLink(form string) bool {
	switch form {
	case "of", "the", "and", "for", "de", "del", "di", "da", "al", "el", "bin", "ibn", "van", "von", "der", "la",
		"-", "'s", "’s", "'", "’", "&", "in", "on", "to", ".", "s":
		return true
	}
	return false
}
