package roles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The pieces with a meaning of their own.
const (
	unknownPiece = "[UNK]"
	startPiece   = "[CLS]"
	endPiece     = "[SEP]"
)

// maxWord is the longest word, in bytes, that is cut; longer ones are unknown.
const maxWord = 100

// vocabulary cuts words into the pieces that the model has vectors for, as BERT
// does (Devlin et al. 2019): small letters without accents, punctuation by itself,
// and then the longest piece that fits, those inside a word marked by "##".
type vocabulary struct {
	ids                 map[string]int32
	unknown, start, end int32
}

func newVocabulary(pieces []string) *vocabulary {
	v := &vocabulary{ids: make(map[string]int32, len(pieces))}
	for i, p := range pieces {
		v.ids[p] = int32(i)
	}
	v.unknown, v.start, v.end = v.ids[unknownPiece], v.ids[startPiece], v.ids[endPiece]
	return v
}

// cut appends the pieces of word to out.
func (v *vocabulary) cut(out []int32, word string) []int32 {
	word = plainLetters(word)
	for len(word) > 0 {
		n := strings.IndexFunc(word, isMark)
		if n < 0 {
			return v.longest(out, word)
		}
		if n > 0 {
			out = v.longest(out, word[:n])
		}
		_, size := utf8.DecodeRuneInString(word[n:])
		out = v.longest(out, word[n:n+size])
		word = word[n+size:]
	}
	return out
}

// longest appends the pieces of a word without punctuation.
func (v *vocabulary) longest(out []int32, word string) []int32 {
	from, prefix := len(out), ""
	if len(word) > maxWord {
		return append(out, v.unknown)
	}
	for len(word) > 0 {
		n := len(word)
		for ; n > 0; n-- {
			if id, ok := v.ids[prefix+word[:n]]; ok {
				out = append(out, id)
				break
			}
		}
		if n == 0 {
			return append(out[:from], v.unknown)
		}
		word, prefix = word[n:], "##"
	}
	return out
}

// plainLetters returns word in small letters, without accents and control characters.
func plainLetters(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(word)))
}

// isMark reports whether r is cut off as a word of its own.
func isMark(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && !('0' <= r && r <= '9' || 'a' <= r && r <= 'z')
	}
	return unicode.IsPunct(r) || unicode.Is(unicode.Han, r)
}
