package main

import (
	"context"
	"slices"
	"strings"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

// tally counts what is right; all counts are words.
type tally struct {
	words, upos, xpos, lemma int
	uas, las                 int // head; head and universal relation
	relations                map[string]*counts
}

// counts are those of one universal relation, right if the head is too.
type counts struct{ gold, found, right int }

// f1 returns the harmonic mean of precision and recall, in percent.
func (c *counts) f1() float64 {
	if c == nil || c.gold+c.found == 0 {
		return 0
	}
	return 200 * float64(c.right) / float64(c.gold+c.found)
}

func (t *tally) percent(n int) float64 { return 100 * float64(n) / float64(max(t.words, 1)) }

func (t *tally) relation(name string) *counts {
	c := t.relations[name]
	if c == nil {
		c = &counts{}
		t.relations[name] = c
	}
	return c
}

// universal strips a relation of its subtype, as the CoNLL 2018 task does.
func universal(relation string) string {
	base, _, _ := strings.Cut(relation, ":")
	return base
}

// score parses the words of blocks and compares with what blocks say.
func score(ctx context.Context, p *syntax.Parser, blocks []syntax.Block) (*tally, error) {
	ss := make([]sentence.Sentence, len(blocks))
	for i, b := range blocks {
		ss[i] = sentence.Sentence{Tokens: slices.Clone(b.Sentence.Tokens)}
		for j := range ss[i].Tokens {
			t := &ss[i].Tokens[j]
			t.UPOS, t.XPOS, t.Lemma, t.Head, t.Rel = "", "", "", 0, ""
		}
	}
	if err := p.Parse(ctx, ss); err != nil {
		return nil, err
	}
	t := &tally{relations: map[string]*counts{}}
	for i, b := range blocks {
		for j, gold := range b.Sentence.Tokens {
			t.add(gold, ss[i].Tokens[j])
		}
	}
	return t, nil
}

func (t *tally) add(gold, got sentence.Token) {
	t.words++
	t.upos += boolInt(got.UPOS == gold.UPOS)
	t.xpos += boolInt(got.XPOS == gold.XPOS)
	t.lemma += boolInt(got.Lemma == gold.Lemma)
	want, found := universal(gold.Rel), universal(got.Rel)
	t.relation(want).gold++
	t.relation(found).found++
	if got.Head != gold.Head {
		return
	}
	t.uas++
	if want == found {
		t.las++
		t.relation(want).right++
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
