package coref

import (
	"slices"
	"strings"

	"parley/loader/sentence"
)

// datelineTown returns the end of the town in capitals with which a dateline
// begins the sentence, "ORLEVO, Sept 19:" or "ORLEVO (Wire) -", or 0 if there is
// none or it was found to be a place already. A word in capitals alone before a
// dash or colon may be any label: "UPDATE - ".
func (v *view) datelineTown() int {
	if v.Headline {
		return 0
	}
	to := 0
	for to < min(len(v.Tokens), 4) && inCapitals(v.Tokens[to].Form) {
		to++
	}
	if to == 0 || to+2 >= len(v.Tokens) || v.Tokens[to].Form != "," && v.Tokens[to].Form != "(" {
		return 0
	}
	for _, e := range v.Entities {
		if e.From < to && (e.Type == sentence.Place || e.Type == sentence.State) {
			return 0
		}
	}
	for i := to + 1; i < min(len(v.Tokens)-1, to+12); i++ {
		switch t := &v.Tokens[i]; {
		case t.UPOS == "VERB" || t.UPOS == "AUX":
			return 0
		case strings.Contains("-–—", t.Form) && t.Spaced && v.Tokens[i-1].Spaced, t.Form == "--":
			return to
		case t.Form == ":":
			if v.Tokens[to].Form == "," {
				return to
			}
		}
	}
	return 0
}

// inCapitals reports whether form is a word of three or more letters, all of them
// capitals, or a short one that towns begin with: "LE", "ST.".
func inCapitals(form string) bool {
	letters := strings.Trim(form, ".-'’")
	return len([]rune(letters)) >= 2 && letters == strings.ToUpper(letters) && letters != strings.ToLower(letters)
}

// deskLabels are words in capitals that desks put where a dateline would be.
var deskLabels = strings.Fields("UPDATE LIVE EXCLUSIVE ANALYSIS BREAKING CORRECTED CORRECTION FACTBOX TIMELINE INTERVIEW OPINION EXPLAINER WATCH URGENT FLASH")

// startsWithLabel reports whether the sentence begins with a desk's label: "UPDATE - ".
func (v *view) startsWithLabel() bool {
	return len(v.Tokens) > 1 && slices.Contains(deskLabels, v.Tokens[0].Form)
}
