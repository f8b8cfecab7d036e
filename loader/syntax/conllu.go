package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"parley/loader/sentence"
)

// Block is one sentence of a CoNLL-U file, with what the file holds besides
// its words, so that it can be written again.
type Block struct {
	Sentence sentence.Sentence
	Text     string         // the text that the sentence's offsets point into
	Comments []string       // lines that begin with "#", without their line feed
	Extra    map[int]string // lines of ranges and empty nodes, by the token they stand before
	Feats    []string       // the morphology column of each token; without it, it follows from the tag
	Misc     []string       // the last column of each token
}

// maxLine bounds a line of CoNLL-U, in bytes.
const maxLine = 1 << 22

// ReadCoNLLU reads sentences in the CoNLL-U format. Offsets point into each
// block's own text, rebuilt from the words and from SpaceAfter. The error names
// the first line that is not as the format wants it.
func ReadCoNLLU(r io.Reader) ([]Block, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	var blocks []Block
	b := blockReader{}
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if line != "" {
			if err := b.add(line); err != nil {
				return nil, fmt.Errorf("conllu: line %d: %w", n, err)
			}
			continue
		}
		if block, ok, err := b.finish(); err != nil {
			return nil, fmt.Errorf("conllu: sentence before line %d: %w", n, err)
		} else if ok {
			block.Sentence.Index = len(blocks)
			blocks = append(blocks, block)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("conllu: %w", err)
	}
	block, ok, err := b.finish()
	if err != nil {
		return nil, fmt.Errorf("conllu: last sentence: %w", err)
	}
	if ok {
		block.Sentence.Index = len(blocks)
		blocks = append(blocks, block)
	}
	return blocks, nil
}

// blockReader gathers the lines of one sentence.
type blockReader struct {
	block Block
	text  strings.Builder
	until int // the last word of the current range, whose spacing the range line gives
	space bool
}

func (b *blockReader) add(line string) error {
	if line[0] == '#' {
		b.block.Comments = append(b.block.Comments, line)
		return nil
	}
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10", len(f))
	}
	tokens := len(b.block.Sentence.Tokens)
	if strings.ContainsAny(f[0], "-.") {
		if b.block.Extra == nil {
			b.block.Extra = map[int]string{}
		}
		b.block.Extra[tokens] += line + "\n"
		return b.addRange(f)
	}
	if id, err := strconv.Atoi(f[0]); err != nil || id != tokens+1 {
		return fmt.Errorf("word number %q, want %d", f[0], tokens+1)
	}
	head, err := strconv.Atoi(f[6])
	if err != nil && f[6] != "_" || head < 0 {
		return fmt.Errorf("head %q is not a number", f[6])
	}
	t := sentence.Token{
		Start: b.text.Len(), Form: f[1], Lemma: f[2], UPOS: f[3], XPOS: f[4],
		Head: head - 1, Rel: f[7], Spaced: !hasField(f[9], "SpaceAfter=No"),
	}
	if tokens+1 <= b.until {
		t.Spaced = tokens+1 == b.until && b.space
	}
	b.text.WriteString(t.Form)
	t.End = b.text.Len()
	if t.Spaced {
		b.text.WriteByte(' ')
	}
	b.block.Sentence.Tokens = append(b.block.Sentence.Tokens, t)
	b.block.Feats = append(b.block.Feats, f[5])
	b.block.Misc = append(b.block.Misc, f[9])
	return nil
}

// addRange notes which words a multi-word token spans and its spacing.
func (b *blockReader) addRange(f []string) error {
	_, last, ok := strings.Cut(f[0], "-")
	if !ok {
		return nil
	}
	until, err := strconv.Atoi(last)
	if err != nil {
		return fmt.Errorf("range %q is not two numbers", f[0])
	}
	b.until, b.space = until, !hasField(f[9], "SpaceAfter=No")
	return nil
}

// finish closes the sentence; ok is false if it has no words.
func (b *blockReader) finish() (Block, bool, error) {
	block := b.block
	block.Text = b.text.String()
	*b = blockReader{}
	tokens := block.Sentence.Tokens
	for i, t := range tokens {
		if t.Head >= len(tokens) || t.Head == i {
			return Block{}, false, fmt.Errorf("word %d has head %d", i+1, t.Head+1)
		}
	}
	if len(tokens) == 0 {
		return Block{}, false, nil
	}
	block.Sentence.End = tokens[len(tokens)-1].End
	return block, true, nil
}

func hasField(column, field string) bool {
	for f := range strings.SplitSeq(column, "|") {
		if f == field {
			return true
		}
	}
	return false
}

// WriteCoNLLU writes b with the tags, heads and relations that its sentence now
// has, and morphology from b.Feats or, without those, from the tags. Names are written in the last column as "Entity=B-Person" and
// "Entity=I-Person"; comments, ranges and empty nodes are kept.
func WriteCoNLLU(w io.Writer, b *Block) error {
	out := bufio.NewWriter(w)
	for _, c := range b.Comments {
		fmt.Fprintln(out, c)
	}
	labels := make([]string, len(b.Sentence.Tokens))
	for _, e := range b.Sentence.Entities {
		for i := e.From; i < e.To && i < len(labels); i++ {
			labels[i] = "I-" + e.Type
			if i == e.From {
				labels[i] = "B-" + e.Type
			}
		}
	}
	for i := range b.Sentence.Tokens {
		out.WriteString(b.Extra[i])
		t := &b.Sentence.Tokens[i]
		feats := Morphology(t.XPOS)
		if i < len(b.Feats) {
			feats = b.Feats[i]
		}
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n", i+1, column(t.Form), column(t.Lemma),
			column(t.UPOS), column(t.XPOS), feats, t.Head+1, column(t.Rel), misc(b, i, labels[i]))
	}
	out.WriteString(b.Extra[len(b.Sentence.Tokens)])
	out.WriteByte('\n')
	return out.Flush()
}

// column makes s fit a column: no tab or line break, and "_" for nothing.
func column(s string) string {
	if s == "" {
		return "_"
	}
	if strings.ContainsAny(s, "\t\n\r") {
		return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return s
}

// misc returns the last column of token i: what the file had, without its
// names, and the name that the sentence gives it.
func misc(b *Block, i int, label string) string {
	var fields []string
	if label != "" {
		fields = append(fields, "Entity="+label)
	}
	if i < len(b.Misc) {
		for f := range strings.SplitSeq(b.Misc[i], "|") {
			if f != "_" && !strings.HasPrefix(f, "Entity=") {
				fields = append(fields, f)
			}
		}
	} else if !b.Sentence.Tokens[i].Spaced {
		fields = append(fields, "SpaceAfter=No")
	}
	if len(fields) == 0 {
		return "_"
	}
	return strings.Join(fields, "|")
}
