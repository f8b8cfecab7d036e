package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
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
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := loadParser(*weights, false)
	if err != nil {
		return err
	}
	names, tallies := []string{}, []*tally{}
	var all []syntax.Block
	for _, path := range flags.Args() {
		blocks, err := readTreebank(path)
		if err != nil {
			return err
		}
		all = append(all, blocks...)
		t, err := score(ctx, p, blocks)
		if err != nil {
			return err
		}
		base := path[strings.LastIndexByte(path, '/')+1:]
		names, tallies = append(names, strings.TrimSuffix(base, ".conllu.gz")), append(tallies, t)
	}
	printTallies(stdout, names, tallies)
	if !*speed {
		return nil
	}
	for _, plain := range []bool{false, true} {
		if err := printSpeed(ctx, stdout, *weights, plain, all); err != nil {
			return err
		}
	}
	return nil
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

func printTallies(w io.Writer, names []string, tallies []*tally) {
	fmt.Fprintf(w, "%-10s", "")
	for _, name := range names {
		fmt.Fprintf(w, "%12s", name)
	}
	row := func(label, format string, value func(*tally) float64) {
		fmt.Fprintf(w, "\n%-10s", label)
		for _, t := range tallies {
			fmt.Fprintf(w, format, value(t))
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

// printSpeed times the parser over blocks in portions of the size of an article.
func printSpeed(ctx context.Context, w io.Writer, weights string, plain bool, blocks []syntax.Block) error {
	start := time.Now()
	p, err := loadParser(weights, plain)
	if err != nil {
		return err
	}
	first := []sentence.Sentence{blocks[0].Sentence}
	if err := p.Parse(ctx, first); err != nil {
		return err
	}
	ready := time.Since(start)
	words := 0
	start = time.Now()
	for part := range slices.Chunk(blocks, 30) {
		ss := make([]sentence.Sentence, len(part))
		for i, b := range part {
			ss[i] = b.Sentence
			words += len(b.Sentence.Tokens)
		}
		if err := p.Parse(ctx, ss); err != nil {
			return err
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
