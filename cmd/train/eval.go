package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

// weakRelations are those whose scores are asked for one by one.
var weakRelations = []string{"nsubj", "obj", "obl", "nmod", "conj", "appos", "xcomp", "ccomp", "advcl", "acl", "compound", "flat", "parataxis"}

// runEval scores the parser on treebanks: gold words, predicted tags, universal
// relations, punctuation counted.
func runEval(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	flags.SetOutput(stderr)
	weights := flags.String("weights", "", "a weights file; by default the one that is part of the program")
	speed := flags.Bool("speed", false, "measure words a second, in fast and in plain code, one sentence set at a time")
	raw := flags.Bool("raw", false, "also score trees of the running text, cut by package token")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := loadParser(*weights, false)
	if err != nil {
		return err
	}
	var banks []treebank
	for _, path := range flags.Args() {
		b := treebank{path: path}
		if b.blocks, err = readTreebank(path); err != nil {
			return err
		}
		if b.tally, err = score(ctx, p, b.blocks); err != nil {
			return err
		}
		banks = append(banks, b)
	}
	printTallies(stdout, banks)
	for i := 0; *raw && i < len(banks); i++ {
		if err := printRaw(ctx, stdout, p, &banks[i]); err != nil {
			return err
		}
	}
	for i := 0; *speed && i < 2; i++ {
		if err := printSpeed(ctx, stdout, *weights, i == 1, banks); err != nil {
			return err
		}
	}
	return nil
}

// treebank is a CoNLL-U file and how the parser did on it.
type treebank struct {
	path   string
	blocks []syntax.Block
	tally  *tally
}

// name is the name of the file without its endings.
func (b *treebank) name() string {
	name, _, _ := strings.Cut(filepath.Base(b.path), ".conllu")
	return name
}

func loadParser(path string, plain bool) (*syntax.Parser, error) {
	switch {
	case path == "" && plain:
		return syntax.NewPlain()
	case path == "":
		return syntax.New()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if plain {
		return syntax.LoadPlain(f)
	}
	return syntax.Load(f)
}

func printTallies(w io.Writer, banks []treebank) {
	fmt.Fprintf(w, "%-10s", "")
	for _, b := range banks {
		fmt.Fprintf(w, "%12s", b.name())
	}
	row := func(label, format string, value func(*tally) float64) {
		fmt.Fprintf(w, "\n%-10s", label)
		for _, b := range banks {
			fmt.Fprintf(w, format, value(b.tally))
		}
	}
	row("words", "%12.0f", func(t *tally) float64 { return float64(t.words) })
	row("UPOS", "%12.2f", func(t *tally) float64 { return t.percent(t.upos) })
	row("XPOS", "%12.2f", func(t *tally) float64 { return t.percent(t.xpos) })
	row("lemma", "%12.2f", func(t *tally) float64 { return t.percent(t.lemma) })
	row("UAS", "%12.2f", func(t *tally) float64 { return t.percent(t.uas) })
	row("LAS", "%12.2f", func(t *tally) float64 { return t.percent(t.las) })
	for _, name := range weakRelations {
		row(name+" F1", "%12.2f", func(t *tally) float64 { return t.relations[name].f1() })
	}
	fmt.Fprintln(w)
}

// articleSentences is about how many sentences an article has.
const articleSentences = 30

// printSpeed times the parser over blocks in portions of the size of an article.
func printSpeed(ctx context.Context, w io.Writer, weights string, plain bool, banks []treebank) error {
	start := time.Now()
	p, err := loadParser(weights, plain)
	if err != nil {
		return err
	}
	if len(banks) == 0 || len(banks[0].blocks) == 0 {
		return nil
	}
	first := []sentence.Sentence{banks[0].blocks[0].Sentence}
	if err := p.Parse(ctx, first); err != nil {
		return err
	}
	ready := time.Since(start)
	words := 0
	start = time.Now()
	for _, bank := range banks {
		for part := range slices.Chunk(bank.blocks, articleSentences) {
			ss := make([]sentence.Sentence, len(part))
			for i, b := range part {
				ss[i] = b.Sentence
				words += len(b.Sentence.Tokens)
			}
			if err := p.Parse(ctx, ss); err != nil {
				return err
			}
		}
	}
	name := "fast"
	if plain {
		name = "plain"
	}
	fmt.Fprintf(w, "%-5s code: %.0f words a second, first sentence after %d ms\n", name,
		float64(words)/time.Since(start).Seconds(), ready.Milliseconds())
	return nil
}
