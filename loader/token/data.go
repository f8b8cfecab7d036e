package token

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsText string

// stop says when an abbreviation keeps the stop after it.
type stop int

const (
	never stop = iota
	always
	beforeDigit
	beforeLower
	beforeUpper
)

// wordData is words.txt, read.
type wordData struct {
	prefixes     map[string]bool
	elided       map[string]bool
	contractions map[string]int  // lower-case word to the byte at which it is cut
	states       map[string]bool // abbreviated states of the US
	slashed      map[string]bool // words that a slash does not part
	stops        map[string]stop
}

// words returns the tables of words.txt.
var words = sync.OnceValue(func() *wordData {
	d := &wordData{
		prefixes:     map[string]bool{},
		elided:       map[string]bool{},
		contractions: map[string]int{},
		states:       map[string]bool{},
		slashed:      map[string]bool{},
		stops:        map[string]stop{},
	}
	kinds := map[string]stop{"abbr": always, "abbr-digit": beforeDigit, "abbr-lower": beforeLower, "abbr-upper": beforeUpper}
	for line := range strings.Lines(wordsText) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		for _, w := range f[1:] {
			switch f[0] {
			case "prefix":
				d.prefixes[w] = true
			case "state":
				d.states[w] = true
			case "slashed":
				d.slashed[w] = true
			case "elided":
				d.elided[w] = true
			case "contraction":
				head, tail, _ := strings.Cut(w, "|")
				d.contractions[head+tail] = len(head)
			default:
				d.stops[w] = kinds[f[0]]
			}
		}
	}
	return d
})

// abbreviation says when w, without its stop, keeps it.
func (d *wordData) abbreviation(w string) stop {
	if len(w) > 8 {
		return never
	}
	s, ok := d.stops[strings.ToLower(w)]
	if !ok && w[0] >= 'A' && w[0] <= 'Z' && d.states[w] {
		return always
	}
	return s
}
