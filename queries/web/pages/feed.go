package pages

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"

	"parley/graph"
	"parley/queries"
)

// feedEntries is how many claims a feed has.
const feedEntries = 50

// Followed returns values with the bounds of what a feed is made of: the rows whose
// events are latest, unless values have another order.
func Followed(q *queries.Question, values url.Values) url.Values {
	out := without(values)
	for name, most := range map[string]string{"limit": "500", "evidence": "50"} {
		if p, ok := q.Parameter(name); ok && p.Most >= 500 { // paths have fewer
			out.Set(name, most)
		}
	}
	if _, ok := q.Parameter("sort"); ok && !out.Has("sort") {
		out.Set("sort", "-date")
	}
	return out
}

// atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  string     `xml:"author>name"`
	Links   []atomLink `xml:"link"`
	Content string     `xml:"content"` // plain text
}

// Feed returns the newest claims of the answer a, by date of their articles, as an
// Atom feed. Base is the address of the server, self that of the feed and page
// that of the question, both as path and query. A claim keeps its id, so that
// one that is new is new to every reader.
func Feed(a *queries.Answer, title, base, self, page string) ([]byte, error) {
	type dated struct {
		claim     *graph.Claim
		published string
	}
	g := a.Snapshot()
	var claims []dated
	for c := range a.Claims() {
		article, _ := g.Article(c.Article)
		claims = append(claims, dated{c, article.Published})
	}
	slices.SortFunc(claims, func(x, y dated) int {
		return cmp.Or(cmp.Compare(y.published, x.published), cmp.Compare(x.claim.ID, y.claim.ID))
	})
	f := atomFeed{ID: base + page, Title: title, Author: "parley", Updated: moment(""),
		Links: []atomLink{{"self", "application/atom+xml", base + self}, {"alternate", "text/html", base + page}}}
	if a.Truncated || len(claims) > feedEntries {
		f.Subtitle = "The newest " + numeral(min(len(claims), feedEntries)) + " claims; the answer has more."
	}
	for _, c := range claims[:min(len(claims), feedEntries)] {
		f.Entries = append(f.Entries, entryOf(g, c.claim, base))
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	b := bytes.NewBufferString(xml.Header)
	if err := xml.NewEncoder(b).Encode(f); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func entryOf(g *graph.Snapshot, c *graph.Claim, base string) atomEntry {
	article, _ := g.Article(c.Article)
	says := SaysOf(g, c)
	title := says.Subject.Label + " " + says.Phrase + " " + says.Object.Label
	if len(says.Flags) > 0 {
		title = strings.Join(says.Flags, ", ") + ": " + title
	}
	e := atomEntry{ID: base + ClaimPath(c.ID), Title: title, Updated: moment(article.Published), Author: cmp.Or(Clip(maxName, article.Outlet), "unknown outlet"),
		Links: []atomLink{{"alternate", "text/html", base + ClaimPath(c.ID)}}}
	if address := SafeURL(article.URL); address != "" {
		e.Links = append(e.Links, atomLink{"via", "", queries.FragmentLink(address, c.Evidence.Quote)})
	}
	e.Content = "“" + c.Evidence.Quote + "” " + Clip(maxName, article.Title)
	return e
}

// moment returns the moment at which the time published begins: Atom knows nothing
// less precise. What has no date is given the beginning of 1970.
func moment(published string) string {
	if len(published) > len("2006-01-02") || len(published) < len("2006") {
		published = "1970"
	}
	return published + "0000-01-01T00:00:00Z"[len(published):]
}
