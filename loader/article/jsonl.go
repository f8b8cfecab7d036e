package article

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/graph"
)

// record is a line of a file of many articles; see doc/loading.md. Other keys
// are passed over, as collections carry keys of their own.
type record struct {
	Title     string   `json:"title"`
	Headline  string   `json:"headline"` // another word for title
	Text      string   `json:"text"`
	Body      string   `json:"body"` // another word for text
	URL       string   `json:"url"`
	Outlet    string   `json:"outlet"`
	Source    string   `json:"source"` // another word for outlet
	Published string   `json:"published"`
	Date      string   `json:"date"` // another word for published
	Author    nameList `json:"author"`
	Authors   nameList `json:"authors"`
	Language  string   `json:"language"`
	Lang      string   `json:"lang"` // another word for language
}

// nameList is a name or a list of names.
type nameList []string

// UnmarshalJSON reads a string, an array of strings, or null.
func (l *nameList) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*l = nil
		if one != "" {
			*l = nameList{one}
		}
		return nil
	}
	var many []string
	if err := json.Unmarshal(data, &many); err != nil {
		return errors.New("author is neither a text nor a list of texts")
	}
	*l = many
	return nil
}

// readLines yields the articles of a file with one article a line.
func readLines(name string, r io.Reader, o Options, yield func(Input, error) bool) {
	b := bufio.NewReaderSize(r, 64<<10)
	found := false
	for n := 1; ; n++ {
		line, readErr := readLine(b, o.limit())
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if readErr != nil && !errors.Is(readErr, io.EOF) && !errors.Is(readErr, errLong) {
			yield(Input{File: name, Line: n}, &Error{File: name, Line: n, Err: readErr})
			return
		}
		if len(bytes.TrimSpace(line)) > 0 || errors.Is(readErr, errLong) {
			found = true
			in := Input{File: name, Line: n}
			err := readErr
			if err == nil || errors.Is(err, io.EOF) {
				in.Article, err = parseRecord(line, o)
			} else {
				err = fmt.Errorf("line is over %d bytes, want fewer (loader.max_bytes)", o.limit())
			}
			if err != nil {
				err = &Error{File: name, Line: n, Err: err}
			}
			if !yield(in, err) {
				return
			}
		}
		if errors.Is(readErr, io.EOF) {
			break
		}
	}
	if !found {
		yield(Input{File: name}, &Error{File: name, Err: errNoText})
	}
}

// errLong is what a line over the limit gives.
var errLong = errors.New("line too long")

// readLine returns the next line with its end. A line over limit bytes is read
// past, and gives errLong.
func readLine(b *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := b.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > limit {
			long, line = true, nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && (err == nil || errors.Is(err, io.EOF)): // the next read meets the end again
			return nil, errLong
		default:
			return line, err
		}
	}
}

// parseRecord reads one line.
func parseRecord(line []byte, o Options) (graph.Article, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return graph.Article{}, jsonError(err)
	}
	if i := bytes.IndexByte([]byte(r.Text+r.Body+r.Title+r.Headline), 0); i >= 0 {
		return graph.Article{}, errNUL
	}
	a := graph.Article{
		Title:    cmp.Or(r.Title, r.Headline),
		URL:      r.URL,
		Outlet:   oneLine(cmp.Or(r.Outlet, r.Source)),
		Language: language2(cmp.Or(r.Language, r.Lang)),
	}
	if published := cmp.Or(r.Published, r.Date); published != "" {
		iso, ok := ParseDate(published)
		if !ok {
			return a, fmt.Errorf("published is %q, want a date such as 2005-01-27", published)
		}
		a.Published = iso
	}
	for _, names := range append(r.Authors, r.Author...) {
		for _, f := range authors(names, 0) {
			a.Authors = append(a.Authors, f.Value)
		}
	}
	setText(&a, paragraphs(cmp.Or(r.Text, r.Body)))
	if err := finish(&a, o); err != nil {
		return graph.Article{}, err
	}
	return a, nil
}

// paragraphs returns the paragraphs of a text without headline or imprint.
func paragraphs(text string) []string {
	l := layout{text: text, lines: splitLines(text)}
	l.body()
	var out []string
	for _, b := range l.blocks {
		out = append(out, text[b.Start:b.End])
	}
	return out
}

// language2 returns a language tag's first two letters in lower case: "en-GB"
// gives "en". Other words give "".
func language2(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	tag, _, _ = strings.Cut(tag, "_")
	if len(tag) != 2 {
		return ""
	}
	return tag
}

// jsonError says what is wrong with a line that is not the JSON that is wanted.
func jsonError(err error) error {
	if te := (*json.UnmarshalTypeError)(nil); errors.As(err, &te) && te.Field != "" {
		return fmt.Errorf("%s is of type %s, want a text", te.Field, te.Value)
	}
	if te := (*json.UnmarshalTypeError)(nil); errors.As(err, &te) {
		return fmt.Errorf("line is of type %s, want a JSON object", te.Value)
	}
	return fmt.Errorf("line is no JSON object: %w", err)
}
