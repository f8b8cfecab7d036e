package article

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"parley/graph"
)

// parseHTML reads a page: its article without what stands around it, as the
// readability rules find it, and what its metadata say. PageURL is where the
// page was found, or "".
func parseHTML(raw []byte, pageURL string) (a graph.Article, err error) {
	content, err := decodeHTML(raw)
	if err != nil {
		return a, err
	}
	doc, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		return a, fmt.Errorf("no page: %w", err)
	}
	m := readMeta(doc)
	base, err := url.Parse(cmp.Or(pageURL, m.url))
	if err != nil {
		base = &url.URL{}
	}
	rules := readability.NewParser()
	rules.MaxElemsToParse = maxElements
	found, err := rules.ParseDocument(doc, base)
	if err != nil {
		return a, fmt.Errorf("no article in the page: %w", err)
	}
	ps := pageParagraphs(found.Node)
	if length(ps) < 140 { // a page too short for the rules, or one they do not fit
		if whole := pageParagraphs(doc); length(whole) > length(ps) {
			ps = whole
		}
	}
	if length(ps) == 0 {
		return a, errors.New("no article in the page")
	}
	a.Title = m.headline(found.Title())
	a.URL = m.url
	a.Outlet = oneLine(cmp.Or(found.SiteName(), m.site))
	a.Language = language2(cmp.Or(m.language, found.Language()))
	a.Published = m.published
	if t, err := found.PublishedTime(); a.Published == "" && err == nil {
		a.Published = t.Format("2006-01-02")
	}
	a.Authors = pageAuthors(append([]string{found.Byline()}, m.authors...), a.Outlet)
	setText(&a, ps)
	return a, nil
}

// maxElements is the size of the largest page that is read; pages of news have a
// tenth of it.
const maxElements = 30_000

// decodeHTML returns raw as UTF-8, by its byte order mark, by what its head says
// of itself, or by what its bytes can be.
func decodeHTML(raw []byte) ([]byte, error) {
	e, _, certain := charset.DetermineEncoding(raw, "text/html")
	if certain || !utf8.Valid(raw) {
		var err error
		if raw, err = e.NewDecoder().Bytes(raw); err != nil {
			return nil, err
		}
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, errNUL
	}
	return raw, nil
}

// pageAuthors returns the humans that the first of bylines with any names.
func pageAuthors(bylines []string, outlet string) []string {
	for _, b := range bylines {
		line, _, _ := strings.Cut(strings.TrimSpace(b), "\n")
		var names []string
		for _, f := range authors(line, 0) {
			if !strings.EqualFold(f.Value, outlet) {
				names = append(names, f.Value)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

func length(ps []string) int {
	n := 0
	for _, p := range ps {
		n += len(p)
	}
	return n
}

// pageParagraphs returns the words of each block below n.
func pageParagraphs(n *html.Node) []string {
	if n == nil {
		return nil
	}
	var w pageWalker
	w.walk(n)
	w.flush()
	return w.paragraphs
}

// pageWalker gathers the words of a page, block by block.
type pageWalker struct {
	paragraphs []string
	words      strings.Builder
	breaks     int // <br> since the last word
}

func (w *pageWalker) flush() {
	if p := oneLine(w.words.String()); p != "" {
		w.paragraphs = append(w.paragraphs, p)
	}
	w.words.Reset()
	w.breaks = 0
}

// walk visits n and what is below it. The parser bounds the depth.
func (w *pageWalker) walk(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		if strings.TrimSpace(n.Data) != "" {
			w.breaks = 0
		}
		w.words.WriteString(n.Data)
		return
	case n.Type == html.ElementNode && isAside(n.DataAtom):
		return
	case n.Type == html.ElementNode && n.DataAtom == atom.Br:
		if w.breaks++; w.breaks > 1 {
			w.flush()
		}
		w.words.WriteByte(' ')
		return
	}
	block := n.Type == html.ElementNode && !isInline(n.DataAtom)
	if block {
		w.flush()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	if block {
		w.flush()
	}
}

// isAside reports whether the words in an element are none of the article's.
func isAside(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Header, atom.Footer, atom.Aside,
		atom.Form, atom.Button, atom.Select, atom.Figure, atom.Figcaption, atom.Iframe, atom.Object, atom.Svg, atom.Audio, atom.Video:
		return true
	}
	return false
}

// isInline reports whether an element stands within a line.
func isInline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Dfn, atom.Em, atom.Font, atom.I,
		atom.Ins, atom.Kbd, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup,
		atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Acronym, atom.Big, atom.Strike, atom.Img:
		return true
	}
	return false
}
