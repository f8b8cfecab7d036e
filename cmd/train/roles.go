package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/config"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/coref"
	"parley/loader/frames"
	"parley/loader/roles"
)

// roleTags are the names of the roles in tagged texts, in the order of [roles.Role].
var roleTags = [roles.Count]string{"med", "host", "ven", "par", "sig", "agr", "acc", "rej", "ref", "pro", "dem", "gua", "obs", "inv", "wdr", "led"}

// roleExample is a text cut into words, with its mentions and their roles, as
// roles.py reads it.
type roleExample struct {
	ID        string        `json:"id"`
	Unsure    []string      `json:"unsure"` // roles that a mention without them may have
	Sentences [][]string    `json:"sentences"`
	Mentions  []roleMention `json:"mentions"`
}

type roleMention struct {
	Sentence  int      `json:"s"`
	From      int      `json:"from"` // tokens
	To        int      `json:"to"`
	Functions [][2]any `json:"gov"` // token and what the mention is to it
	Roles     []string `json:"roles"`
}

// runRolesExamples prints tagged texts as examples for roles.py, one a line:
//
//	roles-examples [-articles] [-tags FILE] [-unsure ROLES] FILE... > examples.jsonl
//
// "[med,host Egypt]" says that this mention of Egypt mediates and hosts; what is not
// tagged has no role, but for roles that are tagged sparingly, which -unsure names.
// Each line of a FILE is a text of its own or, with -articles, each FILE. Tags of texts
// that are not part of the project stand in a file of lines "ARTICLE SENTENCE FROM TO
// ROLES", where FROM and TO are tokens and ARTICLE is the name of a FILE without suffix.
func runRolesExamples(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("roles-examples", flag.ContinueOnError)
	flags.SetOutput(stderr)
	whole := flags.Bool("articles", false, "each file is one article")
	beside := flags.String("tags", "", "file of tags that stand beside the texts")
	unsure := flags.String("unsure", "", "roles that untagged mentions may have, parted by commas")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("no file given")
	}
	tagsOf, err := readTags(*beside)
	if err != nil {
		return err
	}
	x, err := loader.New(config.Loader{})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	enc := json.NewEncoder(out)
	tags, lost := 0, 0
	for _, file := range flags.Args() {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		texts := []string{string(data)}
		if !*whole {
			texts = strings.Split(string(bytes.TrimSpace(data)), "\n")
		}
		for i, text := range texts {
			e, n, err := readRoles(ctx, x, text)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", file, i+1, err)
			}
			e.add(tagsOf[strings.TrimSuffix(filepath.Base(file), ".txt")])
			e.Unsure = strings.FieldsFunc(*unsure, func(r rune) bool { return r == ',' })
			e.ID = fmt.Sprintf("%s:%d", file, i+1)
			for _, m := range e.Mentions {
				tags += min(len(m.Roles), 1)
			}
			lost += n
			if err := enc.Encode(e); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(stderr, "%d mentions have a role, %d tags are at none\n", tags, lost)
	return out.Flush()
}

// readRoles reads the tagged text line and returns with it how many tags are on words
// that are no mention; those become mentions of their own.
func readRoles(ctx context.Context, x *loader.Extractor, line string) (roleExample, int, error) {
	text, spans, err := untag(line)
	if err != nil {
		return roleExample{}, 0, err
	}
	a, err := article.Text([]byte(text), article.Options{Date: "2001-05-04", Language: "en"})
	if err != nil {
		return roleExample{}, 0, err
	}
	var e roleExample
	lost := 0
	err = x.Analyse(ctx, a, func(_ context.Context, d *coref.Doc) error {
		for i := range d.Sentences {
			var forms []string
			for _, t := range d.Sentences[i].Tokens {
				forms = append(forms, t.Form)
			}
			e.Sentences = append(e.Sentences, forms)
		}
		for k, s := range frames.Spans(d) {
			e.Mentions = append(e.Mentions, exampleOf(s))
			m := &e.Mentions[k]
			tok := d.Sentences[s.Sentence].Tokens[d.Mentions[k].Head]
			for i := range spans {
				if p := &spans[i]; p.from <= tok.Start && tok.End <= p.to && p.names(d, k) {
					m.Roles, p.used = append(m.Roles, p.roles...), true
				}
			}
		}
		for _, p := range spans {
			if s, ok := p.tokens(d); ok && !p.used {
				m := exampleOf(s)
				m.Roles = p.roles
				e.Mentions = append(e.Mentions, m)
				lost++
			}
		}
		return nil
	})
	return e, lost, err
}

// readTags returns the tags of a file by their article; there are none without a file.
func readTags(file string) (map[string][]roleMention, error) {
	out := map[string][]roleMention{}
	if file == "" {
		return out, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		var article, names string
		var m roleMention
		if _, err := fmt.Sscan(line, &article, &m.Sentence, &m.From, &m.To, &names); err != nil {
			return nil, fmt.Errorf("%s:%d: want ARTICLE SENTENCE FROM TO ROLES: %w", file, n, err)
		}
		m.Roles = strings.Split(names, ",")
		out[article] = append(out[article], m)
	}
	return out, nil
}

// add gives the mentions of e that stand where tags do their roles.
func (e *roleExample) add(tags []roleMention) {
	for _, t := range tags {
		for i := range e.Mentions {
			if m := &e.Mentions[i]; m.Sentence == t.Sentence && m.From == t.From && m.To == t.To {
				m.Roles = t.Roles
			}
		}
	}
}

func exampleOf(s roles.Span) roleMention {
	m := roleMention{Sentence: s.Sentence, From: s.From, To: s.To, Functions: [][2]any{}, Roles: []string{}}
	for _, f := range s.Functions {
		m.Functions = append(m.Functions, [2]any{f.Token, f.Name})
	}
	return m
}

// taggedSpan is a stretch of text, in bytes, with its roles.
type taggedSpan struct {
	from, to int
	roles    []string
	used     bool
}

// untag returns the text of a tagged text and what is tagged in it. Tags may be nested.
func untag(line string) (string, []taggedSpan, error) {
	var b strings.Builder
	var spans []taggedSpan
	var open []int
	for len(line) > 0 {
		switch i := strings.IndexAny(line, "[]"); {
		case i < 0:
			b.WriteString(line)
			line = ""
		case line[i] == ']':
			b.WriteString(line[:i])
			line = line[i+1:]
			if len(open) == 0 {
				return "", nil, errors.New(`"]" without its "["`)
			}
			spans[open[len(open)-1]].to = b.Len()
			open = open[:len(open)-1]
		default:
			b.WriteString(line[:i])
			names, rest, ok := strings.Cut(line[i+1:], " ")
			list := strings.Split(names, ",")
			for _, r := range list {
				if !ok || !slices.Contains(roleTags[:], r) {
					return "", nil, fmt.Errorf("tag %q: want roles of %s, parted by commas", names, strings.Join(roleTags[:], " "))
				}
			}
			open = append(open, len(spans))
			spans = append(spans, taggedSpan{from: b.Len(), roles: list})
			line = rest
		}
	}
	if len(open) > 0 {
		return "", nil, errors.New(`"[" without its "]"`)
	}
	return b.String(), spans, nil
}

// names reports whether mention k is what p names, and not a word within: "his" in
// "his deputy".
func (p *taggedSpan) names(d *coref.Doc, k int) bool {
	m := &d.Mentions[k]
	top := -1
	for i, t := range d.Sentences[m.Sentence].Tokens {
		if t.Start >= p.from && t.End <= p.to {
			if h := t.Head; h < 0 || d.Sentences[m.Sentence].Tokens[h].Start < p.from || d.Sentences[m.Sentence].Tokens[h].End > p.to {
				top = i
				break
			}
		}
	}
	if m.Head == top {
		return true
	}
	if j := d.At(m.Sentence, top); j >= 0 {
		return m.Entity >= 0 && d.Mentions[j].Entity == m.Entity && m.Kind != coref.Possessive
	}
	if c := d.Covering(m.Sentence, top); c >= 0 {
		return c == k
	}
	return m.Kind != coref.Possessive && m.Kind != coref.Relative
}

// tokens returns the tokens of p.
func (p *taggedSpan) tokens(d *coref.Doc) (roles.Span, bool) {
	for i := range d.Sentences {
		s := roles.Span{Sentence: i, From: -1}
		for k, t := range d.Sentences[i].Tokens {
			if t.Start < p.to && t.End > p.from {
				if s.From < 0 {
					s.From = k
				}
				s.To = k + 1
			}
		}
		if s.From >= 0 {
			return s, true
		}
	}
	return roles.Span{}, false
}
