package token

import (
	"parley/loader/sentence"
)

// datelineWords is the most tokens that a dateline may have.
const datelineWords = 18

// dateline returns how many tokens at the start of a block are its dateline
// ("PARIS, May 16 (Agency) -"), which becomes a sentence of its own; 0 if it has
// none.
//
// A dateline ends in a dash with space on both sides and has no word in lower
// case. It begins in capitals, or names an agency in brackets.
func dateline(toks []sentence.Token) int {
	if len(toks) < 3 {
		return 0
	}
	sure := len(toks[0].Form) > 2 && kindOf(toks[0].Form) == kindUpper
	for i := range toks[:min(len(toks), datelineWords)] {
		switch kindOf(toks[i].Form) {
		case kindTitle, kindUpper, kindInitial, kindDigit, kindComma, kindAbbreviation, kindClose:
		case kindOpen:
			sure = true
		case kindDash:
			if i == 0 || toks[i].Form == "*" || toks[i].Form == "#" {
				return 0
			}
			if !toks[i-1].Spaced || !toks[i].Spaced {
				if toks[i-1].Spaced != toks[i].Spaced {
					return 0
				}
				continue
			}
			if sure && i+1 < len(toks) {
				return i + 1
			}
			return 0
		default:
			if toks[i].Form != "/" && toks[i].Form != "de" && toks[i].Form != "al" {
				return 0
			}
		}
	}
	return 0
}
