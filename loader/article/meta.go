package article

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// meta is what a page says of itself outside its words.
type meta struct {
	url, site, language string
	headings            []string // of level one
	published           string   // ISO 8601
	authors             []string
	dates               map[string]string // as written, by the name of the place
}

// readMeta reads the metadata of a page. Dates are read as they are written, so
// that a page of 1993 has its own day: the libraries for this work either pass
// over dates before 1995 or take a sixth of a second to start.
func readMeta(doc *html.Node) meta {
	m := meta{dates: map[string]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			m.element(n)
		}
	}
	for _, place := range datePlaces {
		if iso, ok := ParseDate(m.dates[place]); ok && len(iso) == len("2005-01-27") {
			m.published = iso
			return m
		}
	}
	if d := addressDate().FindStringSubmatch(m.url); d != nil {
		m.published, _ = makeDate(d[1], d[2], d[3])
	}
	return m
}

// datePlaces are where pages say when they were published, the surest first.
var datePlaces = [...]string{"article:published_time", "datepublished", "og:article:published_time", "dc.date.issued",
	"dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "pubdate", "publishdate",
	"publish-date", "publication_date", "publication-date", "parsely-pub-date", "sailthru.date", "article.published",
	"citation_publication_date", "citation_date", "date", "datecreated", "time pubdate", "time"}

// addressDate finds the date in an address such as …/2005/01/27/….
var addressDate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`/(\d{4})/(\d{2})/(\d{2})(?:/|$)`) })

func (m *meta) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		m.language = attribute(n, "lang")
	case atom.Link:
		if href := attribute(n, "href"); strings.EqualFold(attribute(n, "rel"), "canonical") && isWeb(href) {
			m.url = href
		}
	case atom.Meta:
		for _, key := range []string{"name", "property", "itemprop"} {
			m.named(strings.ToLower(attribute(n, key)), strings.TrimSpace(attribute(n, "content")))
		}
	case atom.Time:
		when := attribute(n, "datetime")
		if when == "" {
			when = innerText(n)
		}
		m.date(strings.ToLower(attribute(n, "itemprop")), when)
		if hasAttribute(n, "pubdate") {
			m.date("time pubdate", when)
		}
		m.date("time", when)
	case atom.H1:
		if h := oneLine(innerText(n)); h != "" {
			m.headings = append(m.headings, h)
		}
	}
}

// headline returns the heading that is a part of title, as titles tend to carry
// the name of the site too; or title itself, or the only heading if title is "".
func (m *meta) headline(title string) string {
	title = oneLine(title)
	for _, h := range m.headings {
		if len(h) > 8 && strings.Contains(strings.ToLower(title), strings.ToLower(h)) || title == "" {
			return h
		}
	}
	return title
}

// named takes the content of a <meta> element.
func (m *meta) named(name, content string) {
	if name == "" || content == "" {
		return
	}
	switch name {
	case "og:url":
		if m.url == "" && isWeb(content) {
			m.url = content
		}
	case "og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher":
		if m.site == "" {
			m.site = content
		}
	case "author", "dc.creator", "dcterms.creator", "article:author", "byl", "parsely-author", "sailthru.author", "citation_author":
		if !isWeb(content) {
			m.authors = append(m.authors, content)
		}
	}
	m.date(name, content)
}

// date notes the first date at a place.
func (m *meta) date(place, when string) {
	if _, ok := m.dates[place]; !ok && when != "" {
		m.dates[place] = when
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func innerText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
