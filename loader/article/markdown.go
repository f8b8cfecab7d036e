package article

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"go.yaml.in/yaml/v3"

	"parley/graph"
)

// parseMarkdown reads a Markdown file. Its front matter, a YAML mapping between
// lines of three hyphens, may say title, date, author, source, url and language;
// without a title there the first heading of level one is it.
func parseMarkdown(raw []byte) (a graph.Article, errorLine int, err error) {
	content, errorLine, err := decode(raw)
	if err != nil {
		return a, errorLine, err
	}
	content = strings.ReplaceAll(content, "\r\n", "\n")
	if errorLine, err = tame(content); err != nil {
		return a, errorLine, err
	}
	front, body := cutFrontMatter(content)
	if errorLine, err = readFrontMatter(&a, front); err != nil {
		return graph.Article{}, errorLine, err
	}
	var title string
	title, ps := readMarkdown([]byte(body))
	if a.Title == "" {
		a.Title = title
	} else if title != "" && !strings.EqualFold(oneLine(title), oneLine(a.Title)) {
		ps = append([]string{title}, ps...)
	}
	setText(&a, ps)
	return a, 0, nil
}

// The bounds of a Markdown file. The time that its grammar takes grows with the
// square of the length of a line, of the depth of its quotes and lists, and of the
// number of lines of a paragraph.
const (
	maxLine  = 32 << 10 // bytes
	maxDepth = 100
	maxRun   = 5000 // lines without an empty one
)

// tame reports the first line that is over the bounds.
func tame(content string) (errorLine int, err error) {
	run := 0
	for line := range strings.Lines(content) {
		errorLine++
		if run++; strings.TrimSpace(line) == "" {
			run = 0
		}
		if run > maxRun {
			return errorLine, fmt.Errorf("over %d lines without an empty one, want fewer in Markdown", maxRun)
		}
		if len(line) > maxLine {
			return errorLine, fmt.Errorf("line is over %d bytes, want fewer in Markdown", maxLine)
		}
		rest := strings.TrimLeft(line, " \t>-+*")
		marks := line[:len(line)-len(rest)]
		depth := strings.Count(marks, ">") + strings.Count(marks, "- ") + strings.Count(marks, "+ ") + strings.Count(marks, "* ")
		if depth > maxDepth {
			return errorLine, fmt.Errorf("quotes and lists are over %d deep", maxDepth)
		}
	}
	return 0, nil
}

// cutFrontMatter parts a file into the YAML of its front matter, "" if it has
// none, and the rest.
func cutFrontMatter(s string) (front, body string) {
	rest, ok := strings.CutPrefix(s, "---\n")
	if !ok {
		return "", s
	}
	if front, body, ok = strings.Cut("\n"+rest, "\n---\n"); ok {
		return strings.TrimPrefix(front, "\n"), body
	}
	if front, ok = strings.CutSuffix("\n"+rest, "\n---"); ok {
		return strings.TrimPrefix(front, "\n"), ""
	}
	return "", s
}

// readFrontMatter puts what front says into a. Other keys are passed over.
func readFrontMatter(a *graph.Article, front string) (errorLine int, err error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil {
		return yamlLine(err), errors.New("front matter is no YAML: " + yamlCause(err))
	}
	if len(doc.Content) == 0 {
		return 0, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return 2, errors.New("front matter is no mapping, want lines such as \"title: …\"")
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if err := takeFront(a, strings.ToLower(root.Content[i].Value), root.Content[i+1]); err != nil {
			return root.Content[i+1].Line + 1, err
		}
	}
	return 0, nil
}

// takeFront puts one value of a front matter into a.
func takeFront(a *graph.Article, key string, value *yaml.Node) error {
	into := map[string]*string{"title": &a.Title, "headline": &a.Title, "source": &a.Outlet, "outlet": &a.Outlet,
		"publisher": &a.Outlet, "url": &a.URL, "link": &a.URL, "canonical": &a.URL}[key]
	switch {
	case key == "author" || key == "authors":
		for _, n := range append([]*yaml.Node{value}, value.Content...) {
			for _, f := range authors(n.Value, 0) {
				a.Authors = append(a.Authors, f.Value)
			}
		}
	case into == nil && key != "date" && key != "published" && key != "language" && key != "lang":
	case value.Kind != yaml.ScalarNode:
		return fmt.Errorf("front matter: %s is not a text", key)
	case value.Tag == "!!null" || value.Value == "":
	case key == "date" || key == "published":
		iso, ok := ParseDate(value.Value)
		if !ok {
			return fmt.Errorf("front matter: %s is %q, want a date such as 2005-01-27", key, value.Value)
		}
		a.Published = iso
	case key == "language" || key == "lang":
		a.Language = language2(value.Value)
	default:
		*into = oneLine(value.Value)
	}
	return nil
}

var yamlPlace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:yaml: )?line (\d+): `) })

// yamlLine returns the line of the file that a YAML error is about, or 0.
func yamlLine(err error) int {
	n := 0
	if m := yamlPlace().FindStringSubmatch(err.Error()); m != nil {
		fmt.Sscan(m[1], &n) // digits, as the pattern says
		n++                 // the line of hyphens above
	}
	return n
}

func yamlCause(err error) string {
	return strings.TrimPrefix(yamlPlace().ReplaceAllString(err.Error(), ""), "yaml: ")
}

// readMarkdown returns the first heading of level one and the other blocks of
// prose; code and raw HTML are left out.
func readMarkdown(source []byte) (title string, ps []string) {
	doc := goldmark.New().Parser().Parse(text.NewReader(source))
	// Walk's own error is that of the function, which has none.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			words := inline(n, source)
			if n.Level == 1 && title == "" && len(ps) == 0 {
				title = words
			} else {
				ps = append(ps, words)
			}
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			ps = append(ps, inline(n, source))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return title, ps
}

// inline returns the words of a block: without marks of emphasis, links as
// their text, images and raw HTML left out.
func inline(block ast.Node, source []byte) string {
	var b bytes.Buffer
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescape(n.Segment.Value(source), n.IsRaw()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.Image, *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape resolves backslashes and character references, unless the words are
// those of code.
func unescape(words []byte, raw bool) []byte {
	if raw {
		return words
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(words)))
}
