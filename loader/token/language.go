package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// languageBytes is how much of a text is looked at to tell its language.
const languageBytes = 20_000

// IsEnglish reports whether text reads as English, and the language it reads as
// (an ISO 639-3 code; "eng" for English, "" if there is too little text to tell).
//
// A text of fewer than twelve words, such as a headline, passes unless most of
// its letters are of another script; names make such texts hard to tell. In a
// longer one the common words of English decide before letter statistics do.
func IsEnglish(text string) (ok bool, lang string) {
	if len(text) > languageBytes {
		n := languageBytes
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	words, common := 0, 0
	for w := range strings.FieldsSeq(text) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if w == "" {
			continue
		}
		words++
		if isCommon(strings.ToLower(w)) {
			common++
		}
	}
	latin, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	switch {
	case letters > 0 && latin*2 < letters:
		return false, detect(text)
	case words < 12:
		return true, ""
	case common*6 >= words:
		return true, "eng"
	}
	if lang = detect(text); lang == "eng" || lang == "sco" {
		return true, "eng"
	}
	if common*12 >= words {
		return true, "eng"
	}
	return false, lang
}

// detect names the language of text by its letter statistics.
func detect(text string) string {
	return whatlanggo.DetectLang(text).Iso6393()
}

// isCommon reports whether w is one of the commonest English words that other
// languages of the Latin script do not have.
func isCommon(w string) bool {
	switch w {
	case "the", "of", "and", "to", "that", "for", "is", "was", "with", "by", "has", "have", "had", "from",
		"which", "who", "their", "its", "his", "her", "would", "will", "this", "they", "are", "were", "been",
		"said", "not", "after", "between", "it", "he", "she", "but", "be", "at":
		return true
	}
	return false
}
