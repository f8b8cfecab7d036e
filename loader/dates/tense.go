package dates

import "parley/loader/sentence"

// tense is the direction in which a clause speaks of time.
type tense uint8

const (
	noTense tense = iota
	past
	future
)

// tenseAt returns the tense of the clause that token t of s belongs to: that of
// the nearest verb above it which shows one. What a present verb lets last until a time
// is to come: "puts the vote off until November".
func tenseAt(s *sentence.Sentence, t int) tense {
	found := clauseTense(s, t)
	if found == noTense && hasEnd(s, t) {
		return future
	}
	return found
}

// hasEnd reports whether "until" stands before token t of s, or before the word before it.
func hasEnd(s *sentence.Sentence, t int) bool {
	for i := t - 1; i >= 0 && i >= t-2; i-- {
		if f := lower(s.Tokens[i].Form); f == "until" || f == "till" {
			return true
		}
	}
	return false
}

func clauseTense(s *sentence.Sentence, t int) tense {
	for steps := 0; t >= 0 && t < len(s.Tokens) && steps <= len(s.Tokens); steps++ {
		tok := &s.Tokens[t]
		if tok.UPOS == "VERB" || tok.UPOS == "AUX" || steps > 0 && hasAuxiliary(s, t) {
			if v := verbTense(s, t); v != noTense {
				return v
			}
		}
		t = tok.Head
	}
	return noTense
}

func hasAuxiliary(s *sentence.Sentence, t int) bool {
	for i := range s.Tokens {
		if s.Tokens[i].Head == t && s.Tokens[i].UPOS == "AUX" {
			return true
		}
	}
	return false
}

// verbTense returns the tense that the verb t shows with its auxiliaries.
func verbTense(s *sentence.Sentence, t int) tense {
	tok := &s.Tokens[t]
	switch lower(tok.Lemma) {
	case "expect", "schedule", "plan", "due", "set", "intend", "hope", "slate", "aim":
		if tok.XPOS == "VBN" || tok.XPOS == "VBZ" || tok.XPOS == "VBP" || tok.XPOS == "VBG" {
			return future
		}
	}
	toInf, aux := false, noTense
	for i := range s.Tokens {
		if s.Tokens[i].Head != t || i > t {
			continue
		}
		switch lower(s.Tokens[i].Form) {
		case "will", "'ll", "’ll", "shall", "would", "wo", "may", "might", "could":
			return future
		case "to":
			toInf = s.Tokens[i].UPOS == "PART"
		case "was", "were", "had", "did", "has", "have":
			aux = past
		case "is", "are":
			if tok.XPOS == "VBN" && aux == noTense {
				aux = past
			}
		}
	}
	switch {
	case aux != noTense && !toInf:
		return aux
	case tok.XPOS == "VBD":
		return past
	case toInf:
		return future
	case tok.XPOS == "VBN":
		return past // a participle: "the agreement signed on 5 May"
	}
	return noTense
}
