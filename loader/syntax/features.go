package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Features are what the network sees of one word, apart from its neighbours.
type Features struct {
	Word  int32   // row of the trained word vectors; 0 for a word not among them
	Known int32   // row of the ready-made vectors; 0 for a word not among them
	Shape int32   // class of capitals, digits and marks
	Chars []int32 // rows of the vectors of character sequences, at least one
}

// Vocabulary turns words into Features. It is read-only and safe for
// concurrent use.
type Vocabulary struct {
	buckets int
	word    map[string]int32
	known   map[string]int32
}

// Shapes is the number of word shapes.
const Shapes = 5 * 2 * 2 * 3 * 3

// NewVocabulary returns the vocabulary in which words, lower case, have trained
// vectors and known have ready-made ones, both from row 1 on in their order.
// Character sequences are hashed to buckets rows.
func NewVocabulary(words, known []string, buckets int) *Vocabulary {
	v := &Vocabulary{buckets, make(map[string]int32, len(words)), make(map[string]int32, len(known))}
	for i, w := range words {
		v.word[w] = int32(i + 1)
	}
	for i, w := range known {
		v.known[w] = int32(i + 1)
	}
	return v
}

// Key is the form under which a word is looked up: lower case, with the marks of
// a typewriter for quotes, dashes and dots.
func Key(form string) string {
	s := strings.ToLower(form)
	switch s {
	case "’", "‘", "`":
		return "'"
	case "“", "”", "``", "''":
		return "\""
	case "–", "—":
		return "--"
	case "…":
		return "..."
	}
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	return s
}

// Features returns the features of form.
func (v *Vocabulary) Features(form string) Features {
	key := Key(form)
	f := Features{Word: v.word[key], Known: v.known[key], Shape: shape(form)}
	if f.Known == 0 {
		f.Known = v.known[digitsAlike(key)]
	}
	if f.Word == 0 {
		f.Word = v.word[digitsAlike(key)]
	}
	f.Chars = v.chars(key, form)
	return f
}

// knows reports whether word, in lower case, has a vector.
func (v *Vocabulary) knows(word string) bool { return v.word[word] > 0 || v.known[word] > 0 }

// digitsAlike returns s with its digits turned to 0 if it has any.
func digitsAlike(s string) string {
	if !strings.ContainsAny(s, "123456789") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return '0'
		}
		return r
	}, s)
}

// maxChars bounds the characters of a word that are looked at from either end.
const maxChars = 24

// chars hashes the sequences of two to five characters of the word between
// boundary marks, and the word as it is written.
func (v *Vocabulary) chars(key, form string) []int32 {
	var buf [maxChars + 2]rune
	rs := append(buf[:0], '<')
	for _, r := range digitsAlike(key) {
		if len(rs) > maxChars {
			break
		}
		rs = append(rs, r)
	}
	rs = append(rs, '>')
	out := make([]int32, 0, 3*len(rs)+1)
	h := uint32(2166136261)
	for i := 0; i < len(form); i++ {
		h = (h ^ uint32(form[i])) * 16777619
	}
	out = append(out, v.bucket(h))
	for i := range rs {
		h := uint32(2166136261)
		for n := 1; n <= 5 && i+n <= len(rs); n++ {
			h = (h ^ uint32(rs[i+n-1])) * 16777619
			edge := i == 0 || i+n == len(rs)
			if n >= 3 && n <= 4 || edge && n >= 2 {
				out = append(out, v.bucket(h+uint32(n)))
			}
		}
	}
	return out
}

func (v *Vocabulary) bucket(h uint32) int32 {
	h ^= h >> 15
	h *= 2246822519
	h ^= h >> 13
	return int32(h % uint32(v.buckets))
}

// shape classes a word by its capitals, digits, marks and length.
func shape(form string) int32 {
	var upper, lower, digits, marks, runes int
	first := false
	for i, r := range form {
		runes++
		switch {
		case unicode.IsUpper(r):
			upper++
			first = first || i == 0
		case unicode.IsLetter(r):
			lower++
		case unicode.IsDigit(r):
			digits++
		default:
			marks++
		}
	}
	capitals := 4 // mixed
	switch {
	case upper == 0 && lower == 0:
		capitals = 0
	case upper == 0:
		capitals = 1
	case lower == 0:
		capitals = 2
	case first && upper == 1:
		capitals = 3
	}
	length := 2
	if runes < 3 {
		length = runes - 1
	}
	last, _ := utf8.DecodeLastRuneInString(form)
	mark := 0
	if marks > 0 {
		mark = 1
		if last == '.' {
			mark = 2
		}
	}
	class := capitals
	class = class*2 + min(digits, 1)
	class = class*2 + boolInt(upper+lower > 0 && digits > 0)
	class = class*3 + mark
	return int32(class*3 + max(length, 0))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
