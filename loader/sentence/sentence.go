// Package sentence holds what the language stages know of a sentence: its
// tokens with their place in the article's text, their tags, the dependency tree
// over them, and the names found in it.
//
// The stages fill a [Sentence] one after the other: segmentation sets offsets
// and forms, the tagger and parser set tags, lemmas, heads and relations, the
// names stage sets [Sentence.Entities]. Offsets are bytes into the article's
// text, half open, and always slice back to it. The package knows nothing of
// files, of models, or of the graph.
package sentence

import "unicode/utf8"

// Root is the [Token.Head] of the token that has no head.
const Root = -1

// Token is one syntactic word, as Universal Dependencies counts them: "didn't"
// is two tokens, "did" and "n't", each with its own offsets.
type Token struct {
	Start, End int     // bytes in the article's text, half open
	Form       string  // the text between them
	Lemma      string  // dictionary form, lower case but for names
	UPOS       string  // universal part of speech: "VERB", "PROPN", …
	XPOS       string  // Penn tag: "VBD", "NNP", …; it carries number and tense
	Head       int     // index in the sentence, or Root
	Rel        string  // UD relation with its subtype: "nsubj:pass"
	HeadScore  float32 // probability of Head and Rel, in [0, 1]
	Spaced     bool    // white space (or the end of the block) follows the token
}

// Entity is a name: tokens From up to, not including, To.
type Entity struct {
	From, To int     // token indices in the sentence, half open
	Type     string  // a Label
	Score    float32 // probability, in [0, 1]
}

// The entity types that the names stage tells apart.
const (
	Person       = "Person"
	Organisation = "Organisation"
	State        = "State" // geopolitical: a country, or its name used for its government
	Place        = "Place"
	Event        = "Event"
	Agreement    = "Agreement"   // a named accord or treaty
	Nationality  = "Nationality" // a demonym: "Egyptian"
	Date         = "Date"
)

// Sentence is a run of tokens in one block (headline or paragraph) of an article.
type Sentence struct {
	Index      int // place among the article's sentences, from 0
	Block      int // index of the article's block it stands in
	Headline   bool
	Start, End int // bytes in the article's text, half open, without outer white space
	Tokens     []Token
	Entities   []Entity // in order, never overlapping
}

// Text returns the sentence as it stands in article, the text it was made from.
func (s *Sentence) Text(article string) string { return article[s.Start:s.End] }

// Children returns the indices of the tokens whose head is i, in order.
func (s *Sentence) Children(i int) []int {
	var cs []int
	for j := range s.Tokens {
		if s.Tokens[j].Head == i {
			cs = append(cs, j)
		}
	}
	return cs
}

// RootIndex returns the index of the token whose head is Root, or -1 if there is none.
func (s *Sentence) RootIndex() int {
	for i := range s.Tokens {
		if s.Tokens[i].Head == Root {
			return i
		}
	}
	return -1
}

// CodePoints turns byte offsets into article into code point offsets. Offsets
// must be given in rising order; each call walks on from the last.
type CodePoints struct {
	article    string
	byteOffset int
	runeOffset int
}

// NewCodePoints returns a CodePoints at the start of article.
func NewCodePoints(article string) *CodePoints { return &CodePoints{article: article} }

// At returns the number of code points before byte offset b. A b before the
// last one asked for starts again from the beginning.
func (c *CodePoints) At(b int) int {
	if b < c.byteOffset {
		c.byteOffset, c.runeOffset = 0, 0
	}
	c.runeOffset += utf8.RuneCountInString(c.article[c.byteOffset:b])
	c.byteOffset = b
	return c.runeOffset
}
