package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// longestEnding is the longest ending that a rule looks at, in bytes; package
// syntax looks no further either.
const longestEnding = 6

// leastForms is the number of different words that a rule must rest on.
const leastForms = 2

// lemmaKey is a Penn tag with a word or with the ending of words.
type lemmaKey struct{ xpos, form string }

// runLemmas learns lemma rules and their exceptions from treebanks and writes
// the table that package syntax embeds.
func runLemmas(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("lemmas", flag.ContinueOnError)
	flags.SetOutput(stderr)
	train := flags.String("train", "", "treebanks to learn from, separated by commas")
	out := flags.String("out", "", "the table to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	blocks, err := readTreebanks(*train)
	if err != nil {
		return err
	}
	counts := map[lemmaKey]map[string]int{}
	for _, b := range blocks {
		for _, t := range b.Sentence.Tokens {
			lemma := t.Lemma
			if t.XPOS == "ADD" || strings.ContainsAny(t.Form+lemma, "\t\n @/_") {
				continue // addresses are their own lemmas
			}
			key := lemmaKey{t.XPOS, strings.ToLower(strings.ReplaceAll(t.Form, "’", "'"))}
			if strings.HasPrefix(t.XPOS, "NNP") {
				lemma = strings.ToLower(lemma) // the rules keep the capitals of the form
			}
			if counts[key] == nil {
				counts[key] = map[string]int{}
			}
			counts[key][lemma]++
		}
	}
	best := map[lemmaKey]string{}
	for key, lemmas := range counts {
		best[key] = mostFrequent(lemmas)
	}
	lines := lemmaTable(best)
	fmt.Fprintf(stdout, "lines %d\n", len(lines))
	return os.WriteFile(*out, []byte(strings.Join(lines, "")), 0o644)
}

// mostFrequent returns the key of the greatest count, of equals the first in order.
func mostFrequent[K cmp.Ordered](counts map[K]int) K {
	var best K
	top := -1
	for k, n := range counts {
		if n > top || n == top && k < best {
			best, top = k, n
		}
	}
	return best
}

// lemmaTable returns the rules that are not implied by shorter ones, and the
// words that they get wrong.
func lemmaTable(best map[lemmaKey]string) []string {
	edits := map[lemmaKey]map[string]int{}
	for key, lemma := range best {
		e := editOf(key.form, lemma)
		for n := 0; n <= min(longestEnding, len(key.form)); n++ {
			k := lemmaKey{key.xpos, key.form[len(key.form)-n:]}
			if edits[k] == nil {
				edits[k] = map[string]int{}
			}
			edits[k][e]++
		}
	}
	rules := map[lemmaKey]string{}
	for key, counts := range edits {
		forms := 0
		for _, n := range counts {
			forms += n
		}
		if e := mostFrequent(counts); counts[e] >= leastForms && (key.form != "" || 2*counts[e] > forms) {
			rules[key] = e
		}
	}
	var lines []string
	for key, e := range rules {
		if key.form != "" && ruleFor(rules, key.xpos, key.form[1:]) == e {
			continue
		}
		if key.form == "" && e == "0\t" {
			continue
		}
		lines = append(lines, key.xpos+"\t"+key.form+"\t"+e+"\n")
	}
	for key, lemma := range best {
		if ruleFor(rules, key.xpos, key.form) != editOf(key.form, lemma) && !strings.HasPrefix(key.xpos, "NNP") {
			lines = append(lines, key.xpos+"\t"+key.form+"\t=\t"+lemma+"\n")
		}
	}
	slices.Sort(lines)
	return lines
}

// ruleFor returns the edit of the longest ending of form that has one.
func ruleFor(rules map[lemmaKey]string, xpos, form string) string {
	for n := min(longestEnding, len(form)); n >= 0; n-- {
		if e, ok := rules[lemmaKey{xpos, form[len(form)-n:]}]; ok {
			return e
		}
	}
	return "0\t"
}

// editOf returns how to get from form to lemma: bytes to cut, a tab, bytes to add.
func editOf(form, lemma string) string {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	return fmt.Sprintf("%d\t%s", len(form)-n, lemma[n:])
}
