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
	"parley/loader/dates"
	"parley/loader/frames"
	"parley/loader/quality"
	"parley/loader/roles"
)

// roleTags are the names of the roles in tagged texts, in the order of [roles.Role].
var roleTags = [roles.Count]string{"med", "host", "ven", "par", "sig", "agr", "acc", "rej", "ref", "pro", "dem", "gua", "obs", "inv", "wdr", "led",
	"whn", "sgd", "oag", "ono"}

// linkTags are the names of the links in tagged texts, in the order of [roles.Link].
var linkTags = [roles.LinkCount]string{"lead", "rep", "mem", "spk"}

// roleExample is a text cut into words, with its mentions, their roles and their
// links, as roles.py reads it.
type roleExample struct {
	ID        string        `json:"id"`
	Unsure    []string      `json:"unsure"` // roles that a mention without them may have
	Sentences [][]string    `json:"sentences"`
	Mentions  []roleMention `json:"mentions"`
	Linked    bool          `json:"linked"` // a pair without a link has none
	Pairs     []rolePair    `json:"pairs"`
}

// roleMention is a mention, a time or a verb with its roles.
type roleMention struct {
	Kind      string   `json:"kind"` // "time", "verb", or "" for a mention
	Sentence  int      `json:"s"`
	From      int      `json:"from"` // tokens
	To        int      `json:"to"`
	Functions [][2]any `json:"gov"` // token and what it is to that
	Roles     []string `json:"roles"`
}

// rolePair are two mentions of one sentence that may be linked.
type rolePair struct {
	A      int      `json:"a"`
	B      int      `json:"b"`
	Links  []string `json:"links"`
	Unsure bool     `json:"unsure"` // linked elsewhere in the text
}

// runRolesExamples prints tagged texts as examples for roles.py, one a line:
//
//	roles-examples [-articles] [-timed] [-tags FILE] [-gold FOLDER] [-unsure ROLES] FILE... > examples.jsonl
//
// "[med,host Egypt]" says that this mention of Egypt mediates and hosts; what is not
// tagged has no role, but for roles that are tagged sparingly, which -unsure names.
// "[#1 Ali] spoke for [#2 Chad]. || 1 rep 2" says how mentions are linked; a text
// without "||" says nothing of links.
// Each line of a FILE is a text of its own or, with -articles, each FILE. Tags of texts
// that are not part of the project stand in a file of lines "ARTICLE SENTENCE FROM TO
// ROLES", where FROM and TO are tokens and ARTICLE is the name of a FILE without suffix.
func runRolesExamples(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("roles-examples", flag.ContinueOnError)
	flags.SetOutput(stderr)
	whole := flags.Bool("articles", false, "each file is one article")
	timed := flags.Bool("timed", false, "times and outcomes are tagged")
	beside := flags.String("tags", "", "file of tags that stand beside the texts")
	folder := flags.String("gold", "", "folder with the gold.jsonl whose facts link the mentions of articles")
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
	goldOf, err := goldByArticle(*folder)
	if err != nil {
		return err
	}
	x, err := loader.New(config.Loader{})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	w := exampleWriter{x: x, timed: *timed, tags: tagsOf, gold: goldOf, unsure: strings.FieldsFunc(*unsure, isComma), out: json.NewEncoder(out)}
	for _, file := range flags.Args() {
		if err := w.write(ctx, file, *whole); err != nil {
			return err
		}
	}
	fmt.Fprintf(stderr, "%d mentions have a role, %d tags are at none\n", w.tagged, w.lost)
	return out.Flush()
}

func isComma(r rune) bool { return r == ',' }

// exampleWriter writes tagged texts as examples and counts their tags.
type exampleWriter struct {
	x            *loader.Extractor
	timed        bool
	tags         map[string][]roleMention // by article, those that stand beside the texts
	gold         map[string]*quality.Gold // by article
	unsure       []string
	out          *json.Encoder
	tagged, lost int
}

// write writes the texts of a file: one, or one a line.
func (w *exampleWriter) write(ctx context.Context, file string, whole bool) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	texts := []string{string(data)}
	if !whole {
		texts = strings.Split(string(bytes.TrimSpace(data)), "\n")
	}
	id := strings.TrimSuffix(filepath.Base(file), ".txt")
	for i, text := range texts {
		e, lost, err := readRoles(ctx, w.x, text, w.timed, w.gold[id])
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
		e.add(w.tags[id])
		e.Unsure = append(e.Unsure, w.unsure...)
		e.ID = fmt.Sprintf("%s:%d", file, i+1)
		for _, m := range e.Mentions {
			w.tagged += min(len(m.Roles), 1)
		}
		w.lost += lost
		if err := w.out.Encode(e); err != nil {
			return err
		}
	}
	return nil
}

// readRoles reads the tagged text line and returns with it how many tags are on words
// that are no mention; those become mentions of their own. The facts of gold, if
// it is not nil, tell what is linked. If it is timed, untagged times and verbs have no role.
func readRoles(ctx context.Context, x *loader.Extractor, line string, timed bool, gold *quality.Gold) (roleExample, int, error) {
	line, list, linked := strings.Cut(line, "||")
	text, spans, err := untag(strings.TrimSpace(line))
	if err != nil {
		return roleExample{}, 0, err
	}
	links, err := readLinks(list, spans)
	if err != nil {
		return roleExample{}, 0, err
	}
	a, err := article.Text([]byte(text), article.Options{Date: "2001-05-04", Language: "en"})
	if err != nil {
		return roleExample{}, 0, err
	}
	e := roleExample{Linked: linked}
	lost := 0
	err = x.Analyse(ctx, a, func(_ context.Context, d *coref.Doc) error {
		for i := range d.Sentences {
			var forms []string
			for _, t := range d.Sentences[i].Tokens {
				forms = append(forms, t.Form)
			}
			e.Sentences = append(e.Sentences, forms)
		}
		asked := frames.Ask(d, dates.Find(d.Sentences, d.Article.Text, d.Article.Published))
		lost = e.addMentions(d, asked, spans)
		if timed {
			lost += e.addTold(d, asked, spans)
		}
		switch {
		case linked:
			e.Pairs = pairsOf(d, linkTagged(d, spans, links))
		case gold != nil:
			e.Linked, e.Pairs, e.Unsure = true, pairsOf(d, linkTold(d, gold)), []string{"spk"}
		}
		return nil
	})
	return e, lost, err
}

// addMentions adds the mentions of d with the roles of spans, and of spans with roles that
// are at no mention one of their own; it returns how many those are.
func (e *roleExample) addMentions(d *coref.Doc, asked frames.Asked, spans []taggedSpan) (lost int) {
	for k, n := range asked.Mentions {
		m := exampleOf(asked.Spans[n], "")
		tok := d.Sentences[m.Sentence].Tokens[d.Mentions[k].Head]
		for i := range spans {
			if p := &spans[i]; p.from <= tok.Start && tok.End <= p.to && p.names(d, k) {
				m.Roles, p.mentions = append(m.Roles, p.roles...), append(p.mentions, k)
			}
		}
		e.Mentions = append(e.Mentions, m)
	}
	for i := range spans {
		p := &spans[i]
		if s, ok := p.tokens(d); ok && len(p.mentions) == 0 && len(p.roles) > 0 && !p.isTold() {
			m := exampleOf(s, "")
			m.Roles = p.roles
			e.Mentions = append(e.Mentions, m)
			lost++
		}
	}
	return lost
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

func exampleOf(s roles.Span, kind string) roleMention {
	m := roleMention{Kind: kind, Sentence: s.Sentence, From: s.From, To: s.To, Functions: [][2]any{}, Roles: []string{}}
	for _, f := range s.Functions {
		m.Functions = append(m.Functions, [2]any{f.Token, f.Name})
	}
	return m
}

// pairsOf returns the pairs of mentions of d that may be linked, each filled in by fill.
func pairsOf(d *coref.Doc, fill func(*rolePair)) []rolePair {
	out := []rolePair{}
	for _, p := range frames.Pairs(d) {
		x := rolePair{A: p.A, B: p.B, Links: []string{}}
		fill(&x)
		out = append(out, x)
	}
	return out
}

// linkTagged fills in the links of what was tagged.
func linkTagged(d *coref.Doc, spans []taggedSpan, links []taggedLink) func(*rolePair) {
	return func(x *rolePair) {
		a, b := d.Mentions[x.A].Entity, d.Mentions[x.B].Entity
		for _, l := range links {
			if slices.Contains(spans[l.a].mentions, x.A) && slices.Contains(spans[l.b].mentions, x.B) {
				x.Links = append(x.Links, l.kind)
			} else if tagsEntity(d, spans[l.a], a) && tagsEntity(d, spans[l.b], b) {
				x.Unsure = true
			}
		}
	}
}

// factLinks are the links that roles of gold facts tell of.
var factLinks = map[string]string{"leads": "lead", "represents": "rep", "member": "mem"}

// linkTold fills in the links that the facts of g tell of what they name: not every
// sentence that names both says so.
func linkTold(d *coref.Doc, g *quality.Gold) func(*rolePair) {
	is := func(k int, name string) bool {
		thing := &d.Entities[d.Mentions[k].Entity].Thing
		return quality.Same(name, append([]string{thing.Label}, thing.Aliases...))
	}
	told := slices.Concat(g.Facts, g.Also)
	return func(x *rolePair) {
		for i, f := range told {
			kind := factLinks[f.Role]
			switch {
			case kind == "" || !is(x.A, f.Name) || !is(x.B, f.Extra):
			case i < len(g.Facts):
				x.Links = append(x.Links, kind)
			default:
				x.Unsure = true
			}
		}
	}
}

// goldByArticle returns what a folder's gold.jsonl says, by article; that is nothing
// without a folder.
func goldByArticle(folder string) (map[string]*quality.Gold, error) {
	out := map[string]*quality.Gold{}
	if folder == "" {
		return out, nil
	}
	all, err := quality.ReadFolder(folder)
	if err != nil {
		return nil, err
	}
	for i := range all {
		out[all[i].ID] = &all[i]
	}
	return out, nil
}

// tagsEntity reports whether a mention that s tags is of the given entity.
func tagsEntity(d *coref.Doc, s taggedSpan, entity int) bool {
	return slices.ContainsFunc(s.mentions, func(k int) bool { return d.Mentions[k].Entity == entity })
}

// taggedSpan is a stretch of text, in bytes, with its roles.
type taggedSpan struct {
	from, to int
	name     string // what links call it
	roles    []string
	mentions []int // that it is a tag of
}

// taggedLink says that span a is linked with span b.
type taggedLink struct {
	a, b int
	kind string
}

// readLinks reads "1 lead 2, 3 mem 2", where numbers are names of spans.
func readLinks(list string, spans []taggedSpan) ([]taggedLink, error) {
	var out []taggedLink
	named := func(name string) int {
		return slices.IndexFunc(spans, func(s taggedSpan) bool { return s.name == name })
	}
	for _, one := range strings.FieldsFunc(list, isComma) {
		f := strings.Fields(one)
		if len(f) == 0 {
			continue
		}
		if len(f) != 3 || !slices.Contains(linkTags[:], f[1]) {
			return nil, fmt.Errorf("link %q: want two numbers and %s between them", one, strings.Join(linkTags[:], ", "))
		}
		l := taggedLink{named(f[0]), named(f[2]), f[1]}
		if l.a < 0 || l.b < 0 {
			return nil, fmt.Errorf("link %q: nothing is tagged with such a number", one)
		}
		out = append(out, l)
	}
	return out, nil
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
			names, number, numbered := strings.Cut(names, "#")
			list := strings.FieldsFunc(names, isComma)
			if !ok || len(list) == 0 && !numbered {
				return "", nil, fmt.Errorf("tag %q: no role, no number, or no words", names)
			}
			for _, r := range list {
				if !slices.Contains(roleTags[:], r) {
					return "", nil, fmt.Errorf("tag %q: want roles of %s, parted by commas", names, strings.Join(roleTags[:], " "))
				}
			}
			open = append(open, len(spans))
			spans = append(spans, taggedSpan{from: b.Len(), name: number, roles: list})
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
