package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode/utf8"
)

// Article is one report as it was read.
type Article struct {
	ID        ID       `json:"id"`
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title"`
	Authors   []string `json:"authors,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Published string   `json:"published,omitempty"` // ISO 8601: 2005, 2005-01 or 2005-01-27
	Language  string   `json:"language"`            // ISO 639-1
	Text      string   `json:"text"`                // valid UTF-8; every offset of every claim counts in it
	Blocks    []Block  `json:"blocks,omitempty"`    // what of Text is prose, in order
	Excerpts  bool     `json:"excerpts,omitempty"`  // Text has only what claims quote, in its place, and is blank between
}

// BlockKind says what a block of an article is.
type BlockKind string

// The kinds of blocks.
const (
	Headline  BlockKind = "headline"
	Paragraph BlockKind = "paragraph"
	Imprint   BlockKind = "imprint" // source, date and author line: no prose, but evidence of who printed and wrote it
)

// Block is a stretch of an article's text.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Start int       `json:"start"` // bytes in Article.Text, half open
	End   int       `json:"end"`
}

// MakeID sets a.ID from a's title, outlet, date and text. The same report read
// twice has the same id, and a corrected one has another.
func (a *Article) MakeID() {
	h := sha256.New()
	for _, s := range []string{a.URL, a.Title, a.Outlet, a.Published, a.Text} {
		fmt.Fprintf(h, "%d:%s,", len(s), s)
	}
	slug := Slug(a.Title)
	if len(slug) > 60 {
		slug = Slug(slug[:60])
	}
	if slug != "" {
		slug += "-"
	}
	a.ID = ID("article/" + slug + hex.EncodeToString(h.Sum(nil)[:5]))
}

// Valid reports the first thing wrong with a.
func (a *Article) Valid() error {
	switch {
	case a.ID.Type() != ArticleType || a.ID.Slug() == "":
		return fmt.Errorf("article id is %q, want article/…", a.ID)
	case !utf8.ValidString(a.Text):
		return fmt.Errorf("article %s: text is not UTF-8", a.ID)
	}
	end := 0
	for _, b := range a.Blocks {
		if b.Start < end || b.End < b.Start || b.End > len(a.Text) {
			return fmt.Errorf("article %s: block %d–%d is out of order or outside the text", a.ID, b.Start, b.End)
		}
		end = b.End
	}
	return nil
}

// Extraction is everything one article says. It goes into a store as a whole.
type Extraction struct {
	Article Article
	Things  []Thing // each thing that a claim names, sorted by id
	Claims  []Claim // in the order of the text
}

// Thing returns the thing of x with the given id.
func (x *Extraction) Thing(id ID) (Thing, bool) {
	for i := range x.Things {
		if x.Things[i].ID == id {
			return x.Things[i], true
		}
	}
	return Thing{}, false
}

// Valid reports the first thing wrong with x: a claim of another article, a
// thing that is named but not there, a quote that is not the article's text at
// its offsets.
func (x *Extraction) Valid() error {
	if err := x.Article.Valid(); err != nil {
		return err
	}
	things := make(map[ID]bool, len(x.Things))
	for _, t := range x.Things {
		if err := t.Valid(); err != nil {
			return fmt.Errorf("%s: %w", x.Article.ID, err)
		}
		things[t.ID] = true
	}
	runes := []rune(x.Article.Text)
	for i := range x.Claims {
		c := &x.Claims[i]
		if err := c.Valid(); err != nil {
			return fmt.Errorf("%s: %w", x.Article.ID, err)
		}
		ends := append([]ID{c.Subject}, c.AttributedTo...)
		if !c.Object.IsLiteral() {
			ends = append(ends, c.Object.ID)
		}
		for _, id := range ends {
			if !things[id] {
				return fmt.Errorf("%s: claim %s names %s, which is not among the things", x.Article.ID, c.ID, id)
			}
		}
		e := c.Evidence
		if c.Article != x.Article.ID {
			return fmt.Errorf("%s: claim %s is of article %s", x.Article.ID, c.ID, c.Article)
		}
		if e.Start < 0 || e.End > len(runes) || string(runes[e.Start:e.End]) != e.Quote {
			return fmt.Errorf("%s: claim %s: quote is not the text at %d–%d", x.Article.ID, c.ID, e.Start, e.End)
		}
	}
	return nil
}
