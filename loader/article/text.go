package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/graph"
)

// parseText reads a plain text. Its layout is read from the breaks of its lines,
// as no standard says how a report is written down: a first line that is no
// prose is the headline, lines that say source, date or author are the imprint,
// and paragraphs are parted by empty lines or, where lines are longer than any
// that were wrapped, by line ends.
func parseText(raw []byte) (a graph.Article, errorLine int, err error) {
	text, errorLine, err := decode(raw)
	if err != nil {
		return a, errorLine, err
	}
	a.Text = text
	l := layout{text: text, lines: splitLines(text)}
	l.head()
	tail := l.tail()
	l.body()
	a.Blocks = append(l.blocks, tail...)
	for _, b := range a.Blocks {
		switch words := text[b.Start:b.End]; b.Kind {
		case graph.Headline:
			a.Title = strings.Join(strings.Fields(words), " ")
		case graph.Imprint:
			takeImprint(&a, ParseImprint(words))
		}
	}
	return a, 0, nil
}

// takeImprint puts what an imprint says where a has nothing yet.
func takeImprint(a *graph.Article, fields []Field) {
	for _, f := range fields {
		switch {
		case f.Kind == OutletField && a.Outlet == "":
			a.Outlet = f.Value
		case f.Kind == DateField && a.Published == "":
			a.Published = f.Value
		case f.Kind == URLField && a.URL == "":
			a.URL = f.Value
		case f.Kind == LangField && a.Language == "":
			a.Language = f.Value
		case f.Kind == AuthorField:
			a.Authors = append(a.Authors, f.Value)
		}
	}
}

// textLine is a line without its end and its outer white space.
type textLine struct {
	start, end int // bytes in the text
	words      string
}

func (l textLine) width() int  { return utf8.RuneCountInString(l.words) }
func (l textLine) empty() bool { return l.words == "" }

// splitLines returns the lines of text, whatever ends them.
func splitLines(text string) []textLine {
	var lines []textLine
	at := 0
	for at <= len(text) {
		n := strings.IndexAny(text[at:], "\r\n")
		end, next := len(text), len(text)+1
		if n >= 0 {
			end, next = at+n, at+n+1
			if text[end] == '\r' && next < len(text) && text[next] == '\n' {
				next++
			}
		}
		words, start := trim(text[at:end], at)
		lines = append(lines, textLine{start, start + len(words), words})
		at = next
	}
	return lines
}

// layout finds the blocks of a text. Lines that are dealt with are cut off
// either end of lines.
type layout struct {
	text   string
	lines  []textLine
	blocks []graph.Block
}

// skip cuts empty lines off the front.
func (l *layout) skip() {
	for len(l.lines) > 0 && l.lines[0].empty() {
		l.lines = l.lines[1:]
	}
}

// take makes a block of the first n lines.
func (l *layout) take(kind graph.BlockKind, n int) {
	l.blocks = append(l.blocks, graph.Block{Kind: kind, Start: l.lines[0].start, End: l.lines[n-1].end})
	l.lines = l.lines[n:]
}

// head takes headline and imprint; an imprint may stand above the headline too.
func (l *layout) head() {
	l.imprint()
	if n := l.headline(); n > 0 {
		l.take(graph.Headline, n)
	}
	l.imprint()
}

// mostImprint is the number of lines that an imprint has at most.
const mostImprint = 6

// imprint takes the lines in front that are imprint, and empty lines.
func (l *layout) imprint() {
	for range mostImprint {
		l.skip()
		if len(l.lines) == 0 || ParseImprint(l.lines[0].words) == nil {
			return
		}
		l.take(graph.Imprint, 1)
	}
}

// headline returns how many of the first lines are the headline.
func (l *layout) headline() int {
	n := l.run()
	if n == 0 {
		return 0
	}
	first := l.lines[0]
	if n > 1 && ParseImprint(l.lines[1].words) != nil {
		return 1
	}
	if isProse(first.words) {
		return 0
	}
	if n == 1 || !l.wraps(n) {
		return 1
	}
	last := l.lines[n-1]
	if n <= 3 && n < len(l.lines) && !endsSentence(last.words) && last.end-first.start <= longestHeadline {
		return n // a headline over several lines, with an empty line below
	}
	return 0
}

// longestHeadline is the number of bytes over which a first line is prose.
const longestHeadline = 250

// isProse reports whether a first line is a paragraph and no headline: it is
// long, or it ends as sentences do.
func isProse(line string) bool {
	return len(line) > longestHeadline || endsSentence(line) && !strings.HasSuffix(line, "?") && !strings.HasSuffix(line, "!")
}

// endsSentence reports whether s ends as a sentence does, and not with an
// abbreviation such as "U.S.".
func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]`)
	r, size := utf8.DecodeLastRuneInString(s)
	if r != '.' {
		return r == '?' || r == '!' || r == '…'
	}
	word := s[strings.LastIndexFunc(s[:len(s)-size], unicode.IsSpace)+1:]
	return strings.Count(word, ".") == 1 || len(word) > 6
}

// run returns the number of lines before the next empty one.
func (l *layout) run() int {
	for i, line := range l.lines {
		if line.empty() {
			return i
		}
	}
	return len(l.lines)
}

// wraps reports whether the first n lines are one paragraph that was wrapped:
// none is longer than wrapped lines are, and no break between the first two
// would have left room for the next word, or the next line goes on in lower case.
func (l *layout) wraps(n int) bool {
	const widest = 120 // of the settings in use for wrapping, with some to spare
	width := 0
	for _, line := range l.lines[:n] {
		width = max(width, line.width())
	}
	if width > widest {
		return false
	}
	next, _, _ := strings.Cut(l.lines[1].words, " ")
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) {
		return true
	}
	return l.lines[0].width()+1+utf8.RuneCountInString(next) > width
}

// body takes what is left as paragraphs.
func (l *layout) body() {
	for l.skip(); len(l.lines) > 0; l.skip() {
		n := l.run()
		if n == 1 || l.isOne(n) {
			l.take(graph.Paragraph, n)
			continue
		}
		for range n {
			l.take(graph.Paragraph, 1)
		}
	}
}

// isOne reports whether the first n lines, with no empty line between them, are
// one wrapped paragraph and not a paragraph each.
func (l *layout) isOne(n int) bool {
	ended := 0
	for _, line := range l.lines[:n-1] {
		if endsSentence(line.words) {
			ended++
		}
	}
	return ended < n-1 && l.wraps(n)
}

// tail cuts a closing imprint off the end and returns its blocks.
func (l *layout) tail() []graph.Block {
	var blocks []graph.Block
	for n := len(l.lines); n > 0 && len(blocks) < mostImprint; n = len(l.lines) {
		last := l.lines[n-1]
		if !last.empty() {
			if ParseImprint(last.words) == nil {
				break
			}
			blocks = append(blocks, graph.Block{Kind: graph.Imprint, Start: last.start, End: last.end})
		}
		l.lines = l.lines[:n-1]
	}
	slices.Reverse(blocks)
	return blocks
}
