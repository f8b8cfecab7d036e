package stance

import (
	_ "embed"
	"strings"
	"sync"

	"parley/loader/grammar"
)

//go:embed governors.txt
var governorsText string

// effect is what a governing word does to a statement.
type effect struct {
	modality level
	denied   bool
	refusal  bool
	said     bool
	known    bool // listed, not a default
}

// governors maps "refuse.v to" to its effect.
var governors = sync.OnceValue(func() map[string]effect {
	m := map[string]effect{}
	for line := range strings.Lines(governorsText) {
		f := strings.Fields(line)
		if len(f) < 4 || strings.HasPrefix(f[0], "#") {
			continue
		}
		e := effect{known: true}
		for _, w := range f[3:] {
			switch w {
			case "denied":
				e.denied = true
			case "refusal":
				e.refusal = true
			case "said":
				e.said = true
			case "planned":
				e.modality = planned
			case "possible":
				e.modality = possible
			case "conditional":
				e.modality = conditional
			}
		}
		constructions := []string{f[2]}
		if f[2] == "clause" {
			constructions = []string{"to", "ing", "that"}
		}
		for lemma := range strings.SplitSeq(f[0], "|") {
			for _, c := range constructions {
				key := lemma + "." + f[1] + " " + c
				if _, ok := m[key]; !ok {
					m[key] = e
				}
			}
		}
	}
	return m
})

// governor returns what lemma of part of speech pos does to construction.
func governor(lemma, pos, construction string) effect {
	if e, ok := governors()[lemma+"."+pos+" "+construction]; ok {
		return e
	}
	if construction == "to" {
		return effect{modality: possible}
	}
	return effect{}
}

// verbGovernor returns what verb h does to construction, looked up with the word
// after it first: "fell through".
func verbGovernor(t *grammar.Tree, h int, construction string) effect {
	if k := h + 1; k < t.Len() && t.Head(k) == h && (t.Base(k) == "advmod" || t.Rel(k) == "compound:prt") {
		if e, ok := governors()[t.Lemma(h)+"+"+t.Form(k)+".v "+construction]; ok {
			return e
		}
	}
	return governor(t.Lemma(h), "v", construction)
}

// IsSpeech reports whether a clause that completes verb lemma is what its subject says.
func IsSpeech(lemma string) bool {
	e := governor(lemma, "v", "that")
	return e.said && e.modality == actual && !e.denied
}
