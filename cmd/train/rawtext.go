package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// rawDoc is the running text of a treebank with the places of its gold words
// and sentences. Paragraphs are parted by blank lines.
type rawDoc struct {
	text      string
	words     [][2]int // bytes
	sentences [][2]int
	blocks    [][2]int
	starts    []int // for each block, the index of its first sentence
}

// openText opens a file, through gzip if its name ends in .gz.
func openText(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(name, ".gz") {
		return f, nil
	}
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{zr, f}, nil
}

// readRaw rebuilds the running text of a CoNLL-U file from its forms and
// SpaceAfter marks, with a blank line at each newpar and newdoc.
func readRaw(name string) (*rawDoc, error) {
	rc, err := openText(name)
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	d, err := parseRaw(rc)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return d, nil
}

// rawBuilder puts the text of a CoNLL-U file together.
type rawBuilder struct {
	doc      rawDoc
	b        strings.Builder
	spaced   bool // white space stands before the next token
	start    int  // of the sentence, or -1
	end      int
	skipTo   int // last word id of the multiword token being skipped
	pieces   int // byte up to which the words of a multiword token are placed
	newBlock bool
}

// parseRaw reads CoNLL-U from r.
func parseRaw(r io.Reader) (*rawDoc, error) {
	rb := &rawBuilder{start: -1, newBlock: true}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "# newdoc"), strings.HasPrefix(line, "# newpar") && !strings.HasPrefix(line, "# newpar_block"):
			rb.newBlock = true
		case line == "":
			rb.endSentence()
		case line[0] == '#':
		default:
			if err := rb.token(strings.Split(line, "\t")); err != nil {
				return nil, err
			}
		}
	}
	rb.endSentence()
	rb.doc.text = rb.b.String()
	return &rb.doc, sc.Err()
}

// token adds one line of a sentence.
func (rb *rawBuilder) token(f []string) error {
	if len(f) != 10 {
		return fmt.Errorf("line with %d fields, want 10", len(f))
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	first, last, multi := strings.Cut(f[0], "-")
	id, err := strconv.Atoi(first)
	if err != nil {
		return fmt.Errorf("word number %q is not a number", f[0])
	}
	if !multi && id <= rb.skipTo {
		end := min(rb.pieces+len(f[1]), rb.end)
		rb.doc.words = append(rb.doc.words, [2]int{rb.pieces, end})
		rb.pieces = end
		return nil
	}
	s := rb.place(f[1])
	if multi {
		if rb.skipTo, err = strconv.Atoi(last); err != nil {
			return fmt.Errorf("word number %q is not a range", f[0])
		}
		rb.pieces = s
	} else {
		rb.doc.words = append(rb.doc.words, [2]int{s, rb.end})
	}
	rb.spaced = !strings.Contains(f[9], "SpaceAfter=No")
	return nil
}

// place writes a form and returns where it begins.
func (rb *rawBuilder) place(form string) int {
	d := &rb.doc
	switch {
	case rb.start < 0 && rb.newBlock:
		if rb.b.Len() > 0 {
			rb.b.WriteString("\n\n")
		}
		d.blocks = append(d.blocks, [2]int{rb.b.Len(), rb.b.Len()})
		d.starts = append(d.starts, len(d.sentences))
		rb.newBlock = false
	case rb.spaced && rb.b.Len() > 0:
		rb.b.WriteByte(' ')
	}
	s := rb.b.Len()
	if rb.start < 0 {
		rb.start = s
	}
	rb.b.WriteString(form)
	rb.end = rb.b.Len()
	d.blocks[len(d.blocks)-1][1] = rb.end
	return s
}

// endSentence closes the sentence being built, if any.
func (rb *rawBuilder) endSentence() {
	if rb.start >= 0 {
		rb.doc.sentences = append(rb.doc.sentences, [2]int{rb.start, rb.end})
	}
	rb.start, rb.skipTo = -1, 0
}
