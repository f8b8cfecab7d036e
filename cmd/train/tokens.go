package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"parley/loader/token"
)

// trainSentences fits the sentence splitter to CoNLL-U files.
func trainSentences(_ context.Context, args []string, stdout, stderr io.Writer) error {
	var opt token.TrainOptions
	fs := flag.NewFlagSet("sentences", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("o", "loader/token/sentences.bin", "weights `file` to write")
	fs.IntVar(&opt.Epochs, "epochs", 0, "passes over the data")
	fs.Float64Var(&opt.Rate, "rate", 0, "first learning rate")
	fs.Float64Var(&opt.L2, "l2", 0, "decay of weights each epoch")
	fs.Float64Var(&opt.Loose, "loose", 0, "log odds that end a sentence after a stop")
	fs.Float64Var(&opt.Strict, "strict", 0, "log odds that end a sentence elsewhere")
	fs.Uint64Var(&opt.Seed, "seed", 1, "seed of the order")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var blocks []token.Gold
	for _, name := range fs.Args() {
		d, err := readRaw(name)
		if err != nil {
			return err
		}
		blocks = append(blocks, d.gold()...)
	}
	file := token.Train(blocks, opt)
	fmt.Fprintf(stdout, "blocks %d\nbytes %d\n", len(blocks), len(file))
	return os.WriteFile(*out, file, 0o644)
}

// gold returns the blocks of d as the splitter is trained on them.
func (d *rawDoc) gold() []token.Gold {
	var gs []token.Gold
	for i, b := range d.blocks {
		to := len(d.sentences)
		if i+1 < len(d.starts) {
			to = d.starts[i+1]
		}
		g := token.Gold{Text: d.text[b[0]:b[1]]}
		for _, s := range d.sentences[d.starts[i]:to] {
			g.Ends = append(g.Ends, s[1]-b[0])
		}
		gs = append(gs, g)
	}
	return gs
}

// evalTokens prints words and sentences F1 on the raw text of CoNLL-U files.
func evalTokens(_ context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("eval-tokens", flag.ContinueOnError)
	fs.SetOutput(stderr)
	show := fs.Int("show", 0, "print so many differing places")
	if err := fs.Parse(args); err != nil {
		return err
	}
	for _, name := range fs.Args() {
		d, err := readRaw(name)
		if err != nil {
			return err
		}
		var words, sents [][2]int
		for _, s := range token.Split(d.text, token.Paragraphs(d.text)) {
			sents = append(sents, [2]int{s.Start, s.End})
			for _, t := range s.Tokens {
				words = append(words, [2]int{t.Start, t.End})
			}
		}
		fmt.Fprintf(stdout, "%s\nwords     %s\nsentences %s\n", name, compare(d.words, words), compare(d.sentences, sents))
		if *show > 0 {
			showDiff(stdout, d.text, d.words, words, *show)
			showDiff(stdout, d.text, d.sentences, sents, *show)
		}
	}
	return nil
}

// compare gives precision, recall and F1 of the ranges in got against want.
func compare(want, got [][2]int) string {
	in := make(map[[2]int]bool, len(want))
	for _, w := range want {
		in[w] = true
	}
	right := 0
	for _, g := range got {
		if in[g] {
			right++
		}
	}
	p := 100 * float64(right) / float64(max(len(got), 1))
	r := 100 * float64(right) / float64(max(len(want), 1))
	return fmt.Sprintf("P %.2f R %.2f F1 %.2f (%d of %d)", p, r, 2*p*r/max(p+r, 1e-9), right, len(want))
}

// showDiff prints the first n wanted ranges that got lacks, with what stands there.
func showDiff(w io.Writer, text string, want, got [][2]int, n int) {
	in := make(map[[2]int]bool, len(got))
	for _, g := range got {
		in[g] = true
	}
	for _, x := range want {
		if in[x] || n == 0 {
			continue
		}
		n--
		fmt.Fprintf(w, "want %q got", text[x[0]:x[1]])
		for _, g := range got {
			if g[0] < x[1] && g[1] > x[0] {
				fmt.Fprintf(w, " %q", text[g[0]:g[1]])
			}
		}
		fmt.Fprintln(w)
	}
}
