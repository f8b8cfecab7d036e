package article

import (
	"slices"
	"strings"

	"parley/graph"
)

// setText gives a a text made of its title and of paragraphs, parted by empty
// lines, and the blocks of both. White space within a paragraph becomes a single
// space; empty paragraphs are left out, and so is a first paragraph that repeats
// the title. A line such as "By Jane Doe" at either end is imprint, and says what
// a lacks.
func setText(a *graph.Article, paragraphs []string) {
	const edge = 3 // paragraphs from either end where an imprint is looked for
	var b strings.Builder
	var imprint []Field
	a.Blocks = nil
	add := func(kind graph.BlockKind, words string) {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(words)
		a.Blocks = append(a.Blocks, graph.Block{Kind: kind, Start: start, End: b.Len()})
	}
	a.Title = oneLine(a.Title)
	if a.Title != "" {
		add(graph.Headline, a.Title)
	}
	for i, p := range paragraphs {
		p = oneLine(p)
		if p == "" || i == 0 && strings.EqualFold(p, a.Title) {
			continue
		}
		if fields := ParseImprint(p); fields != nil && (i < edge || i >= len(paragraphs)-edge) {
			add(graph.Imprint, p)
			imprint = append(imprint, fields...)
			continue
		}
		add(graph.Paragraph, p)
	}
	if len(a.Authors) > 0 {
		imprint = slices.DeleteFunc(imprint, func(f Field) bool { return f.Kind == AuthorField })
	}
	takeImprint(a, imprint)
	a.Text = b.String()
}

// oneLine returns s with every run of white space as one space, and without
// outer white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
