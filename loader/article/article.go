// Package article reads reports from files into [graph.Article] values.
//
// [Read] takes files, folders, globs and standard input, in plain text, Markdown
// with front matter, HTML and JSON lines, in any common encoding, and yields
// articles in the order given. What it cannot read it yields as an [*Error] that
// names file and line, and goes on with the rest.
//
// The text of an article is what every later offset counts in: for plain text
// the file itself, decoded; for the other formats the title and the paragraphs,
// parted by empty lines. The package knows nothing of sentences, of claims, or
// of stores.
package article

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"
	"unicode"

	"parley/graph"
)

// MaxBytes is the size of the largest article that is read unless [Options] say
// otherwise.
const MaxBytes = 4 << 20

// Stdin is the path that stands for standard input, as "-" does on a command line.
const Stdin = "-"

// Options say how articles are read. The zero value is ready to use.
type Options struct {
	Date     string    // for articles without a date: 2005, 2005-01 or 2005-01-27
	Source   string    // the outlet of articles without one
	URL      string    // the address of an article without one
	Language string    // ISO 639-1, for articles that do not say
	MaxBytes int       // size of the largest article; 0 means MaxBytes
	Stdin    io.Reader // what Stdin reads; nil is empty
}

// Valid reports the first field of o that is out of range.
func (o Options) Valid() error {
	if o.Date != "" {
		if iso, ok := ParseDate(o.Date); !ok || iso != o.Date {
			return fmt.Errorf("date is %q, want YYYY, YYYY-MM or YYYY-MM-DD", o.Date)
		}
	}
	if l := o.Language; l != "" && (len(l) != 2 || strings.ToLower(l) != l) {
		return fmt.Errorf("lang is %q, want two letters as in ISO 639-1, such as en", l)
	}
	return nil
}

// Input is an article and the place it was read from.
type Input struct {
	Article graph.Article
	File    string // as it was given or found; "standard input" for Stdin
	Line    int    // in a file of many articles, from 1; else 0
}

// String returns where in was read from: "news.jsonl:3".
func (in Input) String() string { return place(in.File, in.Line) }

// Error is an article that cannot be read.
type Error struct {
	File string
	Line int // from 1; 0 if no line is meant
	Err  error
}

// Error returns the place and the cause.
func (e *Error) Error() string {
	if p := (*fs.PathError)(nil); errors.As(e.Err, &p) {
		return e.Err.Error() // names the file already
	}
	return place(e.File, e.Line) + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func place(file string, line int) string {
	if line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d", file, line)
}

// Read yields the articles of the files that paths name, in order. What [Files]
// or a reader refuses is yielded as an [*Error], and the rest goes on; the end
// of ctx ends the sequence with ctx's error.
func Read(ctx context.Context, paths []string, o Options) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		files, errs := Files(paths)
		for _, err := range errs {
			if !yield(Input{File: err.File}, err) {
				return
			}
		}
		for _, file := range files {
			for in, err := range readFile(file, o) {
				if ctx.Err() != nil {
					yield(Input{}, ctx.Err())
					return
				}
				if !yield(in, err) {
					return
				}
			}
		}
	}
}

// readFile yields the articles of one file.
func readFile(path string, o Options) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		name, r, err := open(path, o)
		if err != nil {
			yield(Input{File: name}, &Error{File: name, Err: err})
			return
		}
		defer r.Close()
		format := formatOf(path)
		if path == Stdin {
			format, r = sniff(r)
		}
		if format == jsonLines {
			readLines(name, r, o, yield)
			return
		}
		a, line, err := readOne(format, r, o)
		in := Input{Article: a, File: name}
		if err != nil {
			yield(in, &Error{File: name, Line: line, Err: err})
			return
		}
		yield(in, nil)
	}
}

// open opens the file at path, or standard input, and says what to call it.
func open(path string, o Options) (name string, r io.ReadCloser, err error) {
	if path != Stdin {
		f, err := os.Open(path)
		return path, f, err
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	return "standard input", io.NopCloser(o.Stdin), nil
}

// readOne reads a file that is one article. The line of an error is 0 where it
// is of no use.
func readOne(f format, r io.Reader, o Options) (a graph.Article, line int, err error) {
	raw, err := readAll(r, o.limit())
	if err != nil {
		return a, 0, err
	}
	switch f {
	case hypertext:
		a, err = parseHTML(raw, o.URL)
	case markdown:
		a, line, err = parseMarkdown(raw)
	default:
		a, line, err = parseText(raw)
	}
	if err != nil {
		return graph.Article{}, line, err
	}
	err = finish(&a, o)
	return a, 0, err
}

// limit returns the size of the largest article that is read.
func (o Options) limit() int {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return MaxBytes
}

// errNoText is what a file without a word of text gives.
var errNoText = errors.New("no text in it")

// finish gives a what it lacks, and its id.
func finish(a *graph.Article, o Options) error {
	if !strings.ContainsFunc(a.Text, unicode.IsLetter) {
		return errNoText
	}
	a.Published = cmp.Or(a.Published, o.Date)
	a.Outlet = cmp.Or(a.Outlet, o.Source)
	a.URL = cmp.Or(a.URL, o.URL)
	a.Language = cmp.Or(a.Language, o.Language)
	a.MakeID()
	return a.Valid()
}

// Text returns the article that a plain text makes: what [Read] gives for a file
// with these bytes.
func Text(raw []byte, o Options) (graph.Article, error) {
	a, line, err := readOne(plain, strings.NewReader(string(raw)), o)
	if err != nil {
		return graph.Article{}, &Error{File: "text", Line: line, Err: err}
	}
	return a, nil
}
