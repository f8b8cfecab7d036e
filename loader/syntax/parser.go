package syntax

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"parley/loader/neural"
	"parley/loader/sentence"
)

const (
	// maxWords is the longest stretch that is parsed as one; the next stretch of
	// a longer sentence is hung below the first one's root.
	maxWords = 400
	// batchWords is about how many words are parsed together.
	batchWords = 1024
)

// Parser tags, lemmatises and parses sentences. It is safe for concurrent use.
type Parser struct {
	net     *network
	lemmas  *lemmatiser
	workers sync.Pool
}

// Load reads a parser from a weights file. The error is [neural.ErrFormat] if r
// is not such a file or its tables do not fit together.
func Load(r io.Reader) (*Parser, error) { return read(r, false) }

// LoadPlain is Load for a parser that uses plain Go arithmetic even where the
// machine has faster instructions. Its trees are the same.
func LoadPlain(r io.Reader) (*Parser, error) { return read(r, true) }

func read(r io.Reader, plain bool) (*Parser, error) {
	file, err := neural.ReadFile(r)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	return build(file, plain)
}

func decode(data []byte, plain bool) (*Parser, error) {
	file, err := neural.DecodeFile(data)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	return build(file, plain)
}

func build(file *neural.File, plain bool) (*Parser, error) {
	net, err := newNetwork(file, plain)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	rules, err := lemmas()
	if err != nil {
		return nil, err
	}
	p := &Parser{net: net, lemmas: rules}
	p.workers.New = func() any {
		return newWorker(net, plain)
	}
	return p, nil
}

// stretch is a sentence or a part of a long one.
type stretch struct{ sentence, from, to int }

// Parse sets UPOS, XPOS, Lemma, Head, Rel and HeadScore of every token of ss,
// from the tokens' forms alone. Every sentence becomes one tree with one root.
// The answer does not depend on which sentences are parsed together. The error
// is ctx's, if ctx ends first; what was set until then is undefined.
func (p *Parser) Parse(ctx context.Context, ss []sentence.Sentence) error {
	var parts []stretch
	for i := range ss {
		for from, n := 0, len(ss[i].Tokens); from < n; from += maxWords {
			parts = append(parts, stretch{i, from, min(from+maxWords, n)})
		}
	}
	slices.SortStableFunc(parts, func(a, b stretch) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	w := p.workers.Get().(*worker)
	defer p.workers.Put(w)
	for len(parts) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, words := 0, 0
		for n < len(parts) && (n == 0 || words+parts[n].to-parts[n].from <= batchWords) {
			words += parts[n].to - parts[n].from
			n++
		}
		p.parse(w, ss, parts[:n])
		parts = parts[n:]
	}
	for i := range ss {
		join(ss[i].Tokens)
		p.lemmas.set(ss[i].Tokens, p.net.vocabulary)
	}
	return nil
}

func (p *Parser) parse(w *worker, ss []sentence.Sentence, parts []stretch) {
	forms := make([][]string, len(parts))
	for i, part := range parts {
		for _, t := range ss[part.sentence].Tokens[part.from:part.to] {
			forms[i] = append(forms[i], t.Form)
		}
	}
	w.run(forms)
	for i, part := range parts {
		tokens := ss[part.sentence].Tokens
		for j := part.from; j < part.to; j++ {
			row := w.offset[j-part.from] + i
			tag, d := p.net.tags[w.tagged[row]], w.headsOf[row]
			t := &tokens[j]
			t.UPOS, t.XPOS, t.Rel, t.HeadScore = tag.upos, tag.xpos, p.net.relations[d.relation], d.score
			t.Head = sentence.Root
			if d.head >= 0 {
				t.Head = part.from + d.head
			}
		}
	}
}

const (
	rootRelation = "root"
	looseParts   = "parataxis"
)

// join hangs the roots of all stretches but the first below the first root.
func join(tokens []sentence.Token) {
	first := -1
	for i := range tokens {
		if tokens[i].Head != sentence.Root {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		tokens[i].Head, tokens[i].Rel = first, looseParts
	}
}
