package main

import (
	"context"
	"fmt"
	"io"

	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

// rawWord is a word of running text with its head, both by their bytes.
type rawWord struct {
	head      [2]int // of the root: {-1, -1}
	upos, rel string
}

var rootRange = [2]int{-1, -1}

// printRaw scores the whole way from running text to trees, as the CoNLL 2018
// task does: a word counts if it was cut as in the treebank, and its head too.
func printRaw(ctx context.Context, w io.Writer, p *syntax.Parser, bank *treebank) error {
	d, err := readRaw(bank.path)
	if err != nil {
		return err
	}
	want := map[[2]int]rawWord{}
	next := 0
	for _, b := range bank.blocks {
		n := len(b.Sentence.Tokens)
		if next+n > len(d.words) {
			return fmt.Errorf("%s: text has %d words, treebank more", bank.path, len(d.words))
		}
		addWords(want, b.Sentence.Tokens, d.words[next:next+n])
		next += n
	}
	ss := token.Split(d.text, token.Paragraphs(d.text))
	if err := p.Parse(ctx, ss); err != nil {
		return err
	}
	got := rawWords(ss)
	var upos, uas, las int
	for at, g := range got {
		gold, ok := want[at]
		if !ok {
			continue
		}
		upos += boolInt(gold.upos == g.upos)
		uas += boolInt(gold.head == g.head)
		las += boolInt(gold.head == g.head && gold.rel == g.rel)
	}
	f1 := func(right int) float64 { return 200 * float64(right) / float64(len(want)+len(got)) }
	fmt.Fprintf(w, "from raw text, F1: UPOS %.2f, UAS %.2f, LAS %.2f (%s)\n", f1(upos), f1(uas), f1(las), bank.name())
	return nil
}

func rawWords(ss []sentence.Sentence) map[[2]int]rawWord {
	words := map[[2]int]rawWord{}
	for _, s := range ss {
		ranges := make([][2]int, len(s.Tokens))
		for i, t := range s.Tokens {
			ranges[i] = [2]int{t.Start, t.End}
		}
		addWords(words, s.Tokens, ranges)
	}
	return words
}

func addWords(words map[[2]int]rawWord, tokens []sentence.Token, ranges [][2]int) {
	for i, t := range tokens {
		head := rootRange
		if t.Head >= 0 {
			head = ranges[t.Head]
		}
		words[ranges[i]] = rawWord{head, t.UPOS, universal(t.Rel)}
	}
}
