package syntax

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"parley/loader/sentence"
)

// The rules were learned from the training treebanks by "train lemmas". A line
// is a Penn tag, an ending, how many letters to cut and what to add; or, for an
// exception, a Penn tag, a whole word in lower case, "=" and its lemma.
//
//go:embed lemmas.tsv
var lemmaTable string

// longestEnding bounds the endings of the rules, in bytes.
const longestEnding = 6

// edit turns a form into its lemma.
type edit struct {
	cut int // bytes to take off
	add string
}

func (e edit) apply(form string) (string, bool) {
	if e.cut > len(form) {
		return "", false
	}
	lemma := form[:len(form)-e.cut] + e.add
	return lemma, lemma != ""
}

type lemmaKey struct{ xpos, form string }

// lemmatiser finds dictionary forms: known exceptions first, then the rule of
// the longest known ending. It is read-only.
type lemmatiser struct {
	exceptions map[lemmaKey]string
	endings    map[lemmaKey]edit
}

var lemmas = sync.OnceValues(func() (*lemmatiser, error) { return newLemmatiser(lemmaTable) })

func newLemmatiser(table string) (*lemmatiser, error) {
	l := &lemmatiser{map[lemmaKey]string{}, map[lemmaKey]edit{}}
	n := 0
	for line := range strings.Lines(table) {
		n++
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("syntax: lemmas.tsv: line %d has %d columns, want 4", n, len(f))
		}
		key := lemmaKey{f[0], f[1]}
		if f[2] == "=" {
			l.exceptions[key] = f[3]
			continue
		}
		cut, err := strconv.Atoi(f[2])
		if err != nil || cut < 0 {
			return nil, fmt.Errorf("syntax: lemmas.tsv: line %d: cut is %q, want a number", n, f[2])
		}
		l.endings[key] = edit{cut, f[3]}
	}
	return l, nil
}

// set sets the lemmas of tokens from their forms and Penn tags. What v knows
// tells likely words from unlikely ones.
func (l *lemmatiser) set(tokens []sentence.Token, v *Vocabulary) {
	for i := range tokens {
		t := &tokens[i]
		t.Lemma = l.lemma(t.Form, t.XPOS, v)
		if i > 0 && t.XPOS == "JJ" && v.word[Key(t.Form)] == 0 && t.Lemma == strings.ToLower(t.Form) && isCapitalised(t.Form) {
			t.Lemma = t.Form // of a nationality, say
		}
	}
}

// isCapitalised reports whether form begins with a capital and goes on without.
func isCapitalised(form string) bool {
	first, size := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(first) && form[size:] == strings.ToLower(form[size:])
}

// lemma returns the dictionary form. Names keep their capitals.
func (l *lemmatiser) lemma(form, xpos string, v *Vocabulary) string {
	if xpos == "ADD" {
		return form // an address
	}
	lower := strings.ToLower(strings.ReplaceAll(form, "’", "'"))
	if lemma, ok := irregular[lower]; ok && strings.HasPrefix(xpos, "VB") {
		return lemma
	}
	if lemma, ok := l.exceptions[lemmaKey{xpos, lower}]; ok {
		return lemma
	}
	base := lower
	if strings.HasPrefix(xpos, "NNP") {
		base = form
		if strings.ToLower(form) != lower || len(form) != len(lower) {
			return form
		}
	}
	for n := min(longestEnding, len(lower)); n >= 0; n-- {
		e, ok := l.endings[lemmaKey{xpos, lower[len(lower)-n:]}]
		if !ok {
			continue
		}
		if lemma, ok := e.apply(base); ok {
			return likely(lemma, base, xpos, v)
		}
	}
	return base
}

// irregular are past forms of verbs that the treebanks hold too seldom to learn, or
// have wrong.
var irregular = map[string]string{
	"bade": "bid", "bidden": "bid", "bound": "bind", "clung": "cling", "forsook": "forsake", "forwent": "forgo", "freed": "free",
	"overrode": "override", "overthrew": "overthrow", "strove": "strive", "upheld": "uphold", "withheld": "withhold",
}

// likely returns lemma if it is a known word, else the first regular base form
// of a form with this tag that is one, else lemma.
func likely(lemma, form, xpos string, v *Vocabulary) string {
	if v.knows(lemma) {
		return lemma
	}
	var endings []string
	switch xpos {
	case "VBD", "VBN":
		endings = []string{"d", "ed", "ied"}
	case "VBG":
		endings = []string{"ing"}
	case "VBZ", "NNS":
		endings = []string{"s", "es", "ies"}
	case "JJR", "RBR":
		endings = []string{"r", "er", "ier"}
	case "JJS", "RBS":
		endings = []string{"st", "est", "iest"}
	}
	for _, ending := range endings {
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 2 {
			continue
		}
		candidates := []string{stem, stem + "e", stem[:len(stem)-1]} // the last for "stopped"
		if ending[0] == 'i' && ending != "ing" {
			candidates = []string{stem + "y"}
		}
		for i, c := range candidates {
			if i == 2 && stem[len(stem)-1] != stem[len(stem)-2] {
				continue
			}
			if v.knows(c) {
				return c
			}
		}
	}
	return lemma
}
