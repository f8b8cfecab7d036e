package main

import (
	"cmp"
	"slices"

	"parley/loader/neural"
	"parley/loader/sentence"
	"parley/loader/syntax"
)

// corpus is the training data with the tables drawn from it.
type corpus struct {
	codec
	sentences [][]sentence.Token
	lengths   []int
	total     int
	words     []string // with trained vectors, most frequent first
	freq      []int    // of each row of words; row 0 is for all others
	known     []string // with ready-made vectors
	knownRows neural.Rows
	tags      []string
	relations []string
}

func newCorpus(blocks []syntax.Block, vecs *vectors, buckets, minFreq int) *corpus {
	c := &corpus{known: vecs.words}
	words, tags, relations := map[string]int{}, map[string]int{}, map[string]int{}
	for _, b := range blocks {
		c.sentences = append(c.sentences, b.Sentence.Tokens)
		c.lengths = append(c.lengths, len(b.Sentence.Tokens))
		c.total += len(b.Sentence.Tokens)
		for _, t := range b.Sentence.Tokens {
			words[syntax.Key(t.Form)]++
			tags[t.UPOS+"|"+t.XPOS]++
			relations[t.Rel]++
		}
	}
	c.words, c.freq = ranked(words, minFreq)
	c.freq = append([]int{0}, c.freq...)
	c.tags, _ = ranked(tags, 3)
	c.relations, _ = ranked(relations, 3)
	c.codec = codec{
		vocabulary: syntax.NewVocabulary(c.words, c.known, buckets),
		tag:        places(c.tags), rel: places(c.relations),
		cache: map[string]syntax.Features{},
	}
	return c
}

// ranked returns the keys counted at least least times, most frequent first.
func ranked(counts map[string]int, least int) ([]string, []int) {
	var keys []string
	for k, n := range counts {
		if n >= least {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
	freq := make([]int, len(keys))
	for i, k := range keys {
		freq[i] = counts[k]
	}
	return keys, freq
}

func places(keys []string) map[string]int {
	m := make(map[string]int, len(keys))
	for i, k := range keys {
		m[k] = i
	}
	return m
}
