package search

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// The syntax of a search for sentences:
//
//	ceasefire prisoners       both words, in any order
//	"release of prisoners"    the words in this order
//	truce OR ceasefire        either; OR binds more closely than what stands side by side
//	-hostages, NOT hostages   not this one
//	negotiat*                 words that begin so; three letters or more
//
// Case, accents and the plural make no difference.

// The bounds of what is looked for.
const (
	maxTerms   = 16
	leastBegun = 3 // letters before an asterisk
)

// term is a word, a beginning, or a phrase.
type term struct {
	text   string
	phrase bool
	prefix bool
}

// clause is alternatives, wanted or not.
type clause struct {
	terms []term
	not   bool
}

// parse reads the text of a search for sentences. The error is a [QueryError].
func parse(text string) ([]clause, error) {
	wrong := func(format string, args ...any) error { return &QueryError{"q", text, fmt.Sprintf(format, args...)} }
	var clauses []clause
	or, not, count, wanted := false, false, 0, false
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		if !not && !or && len(rest) > 1 && rest[0] == '-' && rest[1] != ' ' {
			not, rest = true, rest[1:]
		}
		if or && rest[0] == '-' {
			return nil, wrong("a word after OR that is to be there")
		}
		var t term
		if rest[0] == '"' {
			end := strings.IndexByte(rest[1:], '"')
			if end < 0 {
				return nil, wrong("a second quotation mark after %s", rest)
			}
			t, rest = term{text: rest[1 : end+1], phrase: true}, rest[end+2:]
		} else {
			end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end < 0 {
				end = len(rest)
			}
			t.text, rest = rest[:end], rest[end:]
			switch {
			case t.text == "OR" && len(clauses) > 0 && !or && !not:
				or = true
				continue
			case t.text == "NOT" && !or && !not:
				not = true
				continue
			case t.text == "AND" && len(clauses) > 0 && !or && !not:
				continue
			}
			t.text, t.prefix = strings.CutSuffix(t.text, "*")
		}
		if !strings.ContainsFunc(t.text, isWordRune) {
			if t.phrase || t.prefix || not || or {
				return nil, wrong("a word where %q stands", t.text)
			}
			continue // punctuation between words
		}
		if t.prefix && len([]rune(t.text)) < leastBegun {
			return nil, wrong("%d letters or more before an asterisk", leastBegun)
		}
		if count++; count > maxTerms {
			return nil, wrong("%d words and phrases or fewer", maxTerms)
		}
		if or {
			last := &clauses[len(clauses)-1]
			last.terms = append(last.terms, t)
		} else {
			clauses = append(clauses, clause{[]term{t}, not})
			wanted = wanted || !not
		}
		or, not = false, false
	}
	switch {
	case or || not:
		return nil, wrong("a word after OR and NOT")
	case !wanted:
		return nil, wrong("at least one word that is to be there")
	}
	return clauses, nil
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// textQuery returns what the clauses ask of the text.
func textQuery(clauses []clause) query.Query {
	q := bleve.NewBooleanQuery()
	for _, c := range clauses {
		either := bleve.NewDisjunctionQuery()
		for _, t := range c.terms {
			either.AddQuery(t.query())
		}
		if c.not {
			q.AddMustNot(either)
		} else {
			q.AddMust(either)
		}
	}
	return q
}

func (t term) query() query.Query {
	if t.prefix {
		q := bleve.NewPrefixQuery(folded(strings.TrimFunc(t.text, func(r rune) bool { return !isWordRune(r) })))
		q.SetField(fieldText)
		return q
	}
	if t.phrase || strings.ContainsFunc(t.text, func(r rune) bool { return !isWordRune(r) }) { // a hyphen parts words
		q := bleve.NewMatchPhraseQuery(t.text)
		q.SetField(fieldText)
		return q
	}
	q := bleve.NewMatchQuery(t.text)
	q.SetField(fieldText)
	return q
}
