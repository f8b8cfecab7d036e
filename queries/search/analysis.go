package search

import (
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	unicodewords "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/mozillazg/go-unidecode"

	"parley/graph"
)

// The fields of the two indexes.
const (
	fieldName    = "name"    // of a thing: its names, folded
	fieldAcronym = "acronym" // the first letters of a name
	fieldPost    = "post"    // what posts a person holds, folded
	fieldType    = "type"

	fieldText      = "text" // of a sentence
	fieldThing     = "thing"
	fieldPredicate = "predicate"
	fieldOutlet    = "outlet" // folded
	fieldFirst     = "first"  // the day of publication, or the first that it may be
	fieldLast      = "last"   // likewise the last
	fieldYear      = "year"
	fieldPrinter   = "printer" // the outlet as it is written
)

// foldFilter is the name of the token filter that takes accents and scripts off.
const foldFilter = "parley_fold"

// wordAnalyzer splits text into words without case, accents and plural.
const wordAnalyzer = "parley_words"

// nameAnalyzer splits folded names at spaces.
const nameAnalyzer = "parley_names"

// fold transliterates each word to ASCII.
type fold struct{}

// Filter folds the tokens in place; offsets stay those of the text.
func (fold) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		for _, c := range t.Term {
			if c >= 0x80 {
				t.Term = []byte(folded(string(t.Term)))
				break
			}
		}
	}
	return in
}

// folded returns a word without case, accents and other scripts.
func folded(word string) string { return strings.ToLower(unidecode.Unidecode(word)) }

// register makes the fold filter known to bleve, which keeps filters by name.
var register = sync.OnceFunc(func() {
	make := func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) { return fold{}, nil }
	if err := registry.RegisterTokenFilter(foldFilter, make); err != nil {
		panic(err) // no other filter has this name
	}
})

// newMapping returns a mapping that indexes the fields given to its add and
// nothing else.
func newMapping(add func(field func(name, analyzer string, vectors, values bool))) *mapping.IndexMappingImpl {
	register()
	m := bleve.NewIndexMapping()
	for name, config := range map[string]map[string]any{
		wordAnalyzer: {"type": custom.Name, "tokenizer": unicodewords.Name,
			"token_filters": []string{lowercase.Name, foldFilter, en.PossessiveName, en.PluralStemmerName}},
		nameAnalyzer: {"type": custom.Name, "tokenizer": whitespace.Name, "token_filters": []string{}},
	} {
		if err := m.AddCustomAnalyzer(name, config); err != nil {
			panic(err) // the configuration is on the line above
		}
	}
	doc := bleve.NewDocumentStaticMapping()
	add(func(name, analyzer string, vectors, values bool) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll = analyzer, false, false
		f.IncludeTermVectors, f.DocValues = vectors, values
		doc.AddFieldMappingsAt(name, f)
	})
	m.DefaultMapping = doc
	return m
}

func nameMapping() mapping.IndexMapping {
	return newMapping(func(field func(string, string, bool, bool)) {
		field(fieldName, nameAnalyzer, false, false)
		field(fieldPost, nameAnalyzer, false, false)
		field(fieldAcronym, keyword.Name, false, false)
		field(fieldType, keyword.Name, false, false)
	})
}

func quoteMapping() mapping.IndexMapping {
	return newMapping(func(field func(string, string, bool, bool)) {
		field(fieldText, wordAnalyzer, true, false)
		field(fieldThing, keyword.Name, false, false)
		field(fieldPredicate, keyword.Name, false, false)
		field(fieldOutlet, keyword.Name, false, false)
		field(fieldFirst, keyword.Name, false, true)
		field(fieldLast, keyword.Name, false, false)
		field(fieldYear, keyword.Name, false, true)
		field(fieldPrinter, keyword.Name, false, true)
	})
}

// wordsOf returns the words of a name as they are compared.
func wordsOf(name string) []string {
	return strings.FieldsFunc(graph.Fold(name), func(r rune) bool { return r == '-' || unicode.IsSpace(r) })
}

// spaced returns a folded name with spaces between its words.
func spaced(key string) string { return strings.ReplaceAll(key, "-", " ") }
