package main

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

// example is a sentence as the network sees it, with its right answers.
type example struct {
	features []syntax.Features
	tag      []int
	head     []int // index in the sentence, or -1
	rel      []int
}

// codec turns sentences into examples.
type codec struct {
	vocabulary *syntax.Vocabulary
	tag        map[string]int
	rel        map[string]int
	cache      map[string]syntax.Features
}

func (c *codec) features(form string) syntax.Features {
	f, ok := c.cache[form]
	if !ok {
		f = c.vocabulary.Features(form)
		c.cache[form] = f
	}
	return f
}

func (c *codec) example(tokens []sentence.Token) example {
	var e example
	for _, t := range tokens {
		e.features = append(e.features, c.features(t.Form))
		e.tag = append(e.tag, c.tag[t.UPOS+"|"+t.XPOS])
		e.head = append(e.head, t.Head)
		e.rel = append(e.rel, c.rel[t.Rel])
	}
	return e
}

// augment now and then rewrites a sentence as headlines are written: all
// capitals, all small letters, capitals at the start of words, no articles, no
// final mark. Most often it returns tokens as they are.
func augment(tokens []sentence.Token, rate float64, r *rand.Rand) []sentence.Token {
	x := r.Float64()
	if x >= rate || len(tokens) < 3 {
		return tokens
	}
	out := slices.Clone(tokens)
	kind := int(x / rate * 6)
	switch kind {
	case 0:
		for i := range out {
			out[i].Form = strings.ToUpper(out[i].Form)
		}
	case 1:
		for i := range out {
			out[i].Form = strings.ToLower(out[i].Form)
		}
	case 2, 3:
		out = drop(out, func(i int) bool { return out[i].XPOS == "DT" && isArticle(out[i].Form) })
		if kind == 3 {
			for i := range out {
				out[i].Form = title(out[i].Form)
			}
		}
		return dropFinal(out)
	default:
		return dropFinal(out)
	}
	return out
}

func isArticle(form string) bool {
	return strings.EqualFold(form, "the") || strings.EqualFold(form, "a") || strings.EqualFold(form, "an")
}

func title(form string) string {
	if len(form) < 4 || form[0] >= 0x80 {
		return form
	}
	return strings.ToUpper(form[:1]) + form[1:]
}

func dropFinal(tokens []sentence.Token) []sentence.Token {
	last := len(tokens) - 1
	return drop(tokens, func(i int) bool { return i == last && tokens[i].UPOS == "PUNCT" })
}

// drop leaves out the tokens that unwanted names and no other hangs from.
func drop(tokens []sentence.Token, unwanted func(int) bool) []sentence.Token {
	parent := make([]bool, len(tokens))
	for _, t := range tokens {
		if t.Head >= 0 {
			parent[t.Head] = true
		}
	}
	place := make([]int, len(tokens))
	var out []sentence.Token
	for i, t := range tokens {
		place[i] = len(out)
		if t.Head < 0 || parent[i] || !unwanted(i) {
			out = append(out, t)
		}
	}
	for i := range out {
		if out[i].Head >= 0 {
			out[i].Head = place[out[i].Head]
		}
	}
	return out
}

// batch is a set of examples in rows ordered by time: first the first word of
// every sentence, longest sentence first, then the second words, and so on. The
// sentences that reach time t are then the first count[t].
type batch struct {
	examples []example
	count    []int // sentences still running, by time
	offset   []int // first row of each time
	rows     int
	owner    []int // sentence of each row
}

func newBatch(examples []example) *batch {
	b := &batch{examples: slices.Clone(examples)}
	slices.SortStableFunc(b.examples, func(x, y example) int { return cmp.Compare(len(y.tag), len(x.tag)) })
	for t := 0; len(b.examples) > 0 && t < len(b.examples[0].tag); t++ {
		n := 0
		for n < len(b.examples) && len(b.examples[n].tag) > t {
			b.owner = append(b.owner, n)
			n++
		}
		b.count = append(b.count, n)
		b.offset = append(b.offset, b.rows)
		b.rows += n
	}
	return b
}

// row returns the row of word t of sentence s.
func (b *batch) row(s, t int) int { return b.offset[t] + s }

// plan orders the sentences of one epoch into batches of about size words, of
// sentences of like length, in random order.
func plan(lengths []int, size int, r *rand.Rand) [][]int {
	order := r.Perm(len(lengths))
	key := make([]float64, len(lengths))
	for i, n := range lengths {
		key[i] = float64(n) * (1 + 0.15*r.Float64())
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(key[x], key[y]) })
	var batches [][]int
	var current []int
	words := 0
	for _, i := range order {
		current = append(current, i)
		words += lengths[i]
		if words >= size {
			batches = append(batches, current)
			current, words = nil, 0
		}
	}
	if len(current) > 0 {
		batches = append(batches, current)
	}
	r.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
	return batches
}
