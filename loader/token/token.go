// Package token cuts the text of an article into sentences and words.
//
// [Split] takes a text and its blocks (headline and paragraphs, as byte ranges;
// [Paragraphs] finds them where no reader has) and returns sentences whose
// tokens follow the conventions of Universal Dependencies for English: clitics
// are words of their own ("did", "n't"), most hyphens part their neighbours,
// abbreviations keep their stop.
//
// Offsets are bytes into the text and always slice back to it, whatever the
// bytes are. Words are cut by rules, sentence ends are chosen by a small linear
// classifier trained on treebanks ([Train]) whose weights are embedded. The work
// is linear in the length of the text, deterministic, and safe for concurrent
// use. The package knows nothing of tags, trees or names.
package token

import (
	"unicode"
	"unicode/utf8"

	"parley/loader/sentence"
)

// MaxWords is the most tokens that a sentence may have; a longer run is cut
// there, so that later stages need not fear its length.
const MaxWords = 600

// Block is a stretch of an article's text in which sentences are found: its
// headline or one of its paragraphs. Start and End are bytes, half open.
type Block struct {
	Start, End int
	Headline   bool
}

// Split returns the sentences of text, block by block, in order of the blocks.
//
// Every token lies within its block, in order and without overlap, and its Form
// is text[Start:End]. Blocks out of the text's range are clipped to it; a block
// of white space gives no sentence. A headline is one sentence unless a stop
// inside it ends one.
func Split(text string, blocks []Block) []sentence.Sentence {
	var out []sentence.Sentence
	var sc scanner
	w := embedded()
	for bi, b := range blocks {
		b = clip(b, len(text))
		toks := sc.words(text, b.Start, b.End)
		if len(toks) == 0 {
			continue
		}
		from := 0
		for _, to := range w.cut(toks, b.Headline) {
			ts := toks[from:to:to]
			out = append(out, sentence.Sentence{
				Index:    len(out),
				Block:    bi,
				Headline: b.Headline,
				Start:    ts[0].Start,
				End:      ts[len(ts)-1].End,
				Tokens:   ts,
			})
			from = to
		}
	}
	return out
}

// Words returns the tokens of text[start:end] without parting sentences. The
// heads of the tokens are [sentence.Root].
func Words(text string, start, end int) []sentence.Token {
	var sc scanner
	b := clip(Block{Start: start, End: end}, len(text))
	return sc.words(text, b.Start, b.End)
}

// Paragraphs returns the blocks of a plain text: runs of lines parted by blank
// lines. Without a blank line, each line is a block. No block is a headline.
func Paragraphs(text string) []Block {
	blocks, blank := lines(text, true)
	if !blank {
		blocks, _ = lines(text, false)
	}
	return blocks
}

// lines cuts text at blank lines, or at each line end if join is false, and
// reports whether a blank line stood between two blocks.
func lines(text string, join bool) (blocks []Block, blank bool) {
	start, end := -1, -1
	gap := false
	flush := func() {
		if start >= 0 {
			blocks = append(blocks, Block{Start: start, End: end})
		}
		start, end = -1, -1
	}
	for i := 0; i < len(text); {
		stop := i
		for stop < len(text) && text[stop] != '\n' {
			stop++
		}
		s, e := trim(text, i, stop)
		switch {
		case s == e:
			gap = true
			flush()
		default:
			if !join {
				flush()
			}
			if start < 0 {
				blank = blank || gap && len(blocks) > 0
				start = s
			}
			end = e
			gap = false
		}
		i = stop + 1
	}
	flush()
	return blocks, blank
}

// trim returns the range [start, end) without white space at its ends.
func trim(text string, start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		end -= n
	}
	return start, end
}

// isSpace reports whether r parts words: white space, no-break spaces included,
// and the zero-width marks that web pages leave between words.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// clip returns b within a text of n bytes.
func clip(b Block, n int) Block {
	b.Start = min(max(b.Start, 0), n)
	b.End = min(max(b.End, b.Start), n)
	return b
}
