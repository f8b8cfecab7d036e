package events

import (
	_ "embed"
	"strings"
	"sync"

	"parley/graph"
)

//go:embed words.txt
var wordsText string

// kind says how a word names events; the kinds are explained in words.txt.
type kind string

const (
	process    kind = "process"
	meeting    kind = "meeting"
	ceremony   kind = "ceremony"
	generic    kind = "generic"
	instrument kind = "instrument"
	part       kind = "part"
	weak       kind = "weak"
	verb       kind = "verb"
)

type word struct {
	typ  graph.Type
	kind kind
}

// words maps lemmas to what they name; verbs have ".v" after the lemma.
var words = sync.OnceValue(func() map[string]word {
	types := map[string]graph.Type{"talks": graph.Talks, "agreement": graph.Agreement, "proposal": graph.Proposal}
	m := map[string]word{}
	for line := range strings.Lines(wordsText) {
		f := strings.Fields(line)
		if len(f) < 3 || strings.HasPrefix(f[0], "#") {
			continue
		}
		w := word{types[f[0]], kind(f[1])}
		for _, lemma := range f[2:] {
			if w.kind == verb {
				lemma += ".v"
			}
			m[lemma] = w
		}
	}
	return m
})
