package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/sentence"
	"parley/loader/syntax"
)

const parseHelp = `Parse prints the words of articles with their tags, dictionary forms, the tree
of each sentence, and names, in the CoNLL-U format. Names stand in the last
column.

With --conllu the files are CoNLL-U themselves: their sentences, words, comments
and ranges are kept, and tags, lemmas, heads, relations and names are those that
parley finds, so that they can be scored. With --json each sentence is a line of
JSON, with offsets in code points. With --draw the trees are drawn for people.`

// parseFlags are the flags of parse.
type parseFlags struct {
	articles           article.Options
	conllu, json, draw bool
}

func (a *app) parseCommand() *cobra.Command {
	var f parseFlags
	c := &cobra.Command{
		Use:     "parse PATH…",
		Short:   "Print words with their tags, trees and names",
		Long:    parseHelp,
		Example: "  parley parse talks.txt\n  echo 'Qatar mediated the talks in Doha.' | parley parse --draw -\n  parley parse --conllu test.conllu",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.parse(c.Context(), args, f)
		},
	}
	c.Flags().BoolVar(&f.conllu, "conllu", false, "read CoNLL-U files and keep their words")
	c.Flags().BoolVar(&f.json, "json", false, "print one sentence a line as JSON")
	c.Flags().BoolVar(&f.draw, "draw", false, "draw the trees")
	addSupply(c, &f.articles)
	addReading(c)
	return c
}

func (a *app) parse(ctx context.Context, args []string, f parseFlags) error {
	if f.json && f.draw {
		return &usageError{errors.New("--json and --draw exclude each other")}
	}
	x, err := loader.New(a.config.Loader)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	if f.conllu {
		err = a.parseTreebanks(ctx, x, args, out, f)
	} else {
		err = a.parseArticles(ctx, x, args, out, f)
	}
	return errors.Join(err, out.Flush())
}

// parseArticles prints the sentences of the articles of paths.
func (a *app) parseArticles(ctx context.Context, x *loader.Extractor, paths []string, w io.Writer, f parseFlags) error {
	inputs, err := a.inputs(ctx, paths, f.articles)
	if err != nil {
		return err
	}
	return a.eachArticle(inputs, func(g graph.Article) error {
		ss, err := x.Sentences(ctx, g)
		if err != nil {
			return err
		}
		for i := range ss {
			b := &syntax.Block{Sentence: ss[i], Text: g.Text, Comments: []string{
				fmt.Sprintf("# sent_id = %d", ss[i].Index+1),
				"# text = " + strings.Join(strings.Fields(ss[i].Text(g.Text)), " "),
			}}
			if i == 0 {
				b.Comments = append([]string{"# newdoc id = " + string(g.ID)}, b.Comments...)
			}
			if err := printBlock(w, b, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// parseTreebanks prints the sentences of CoNLL-U files with parley's analysis.
func (a *app) parseTreebanks(ctx context.Context, x *loader.Extractor, paths []string, w io.Writer, f parseFlags) error {
	for _, path := range paths {
		blocks, err := a.readTreebank(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for from := 0; from < len(blocks); {
			to := from + 1
			for to < len(blocks) && !beginsDocument(&blocks[to]) {
				to++
			}
			if err := parseDocument(ctx, x, blocks[from:to]); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			for i := from; i < to; i++ {
				if err := printBlock(w, &blocks[i], f); err != nil {
					return err
				}
			}
			from = to
		}
	}
	return nil
}

func beginsDocument(b *syntax.Block) bool {
	return slices.ContainsFunc(b.Comments, func(c string) bool { return strings.HasPrefix(c, "# newdoc") })
}

// parseDocument parses the sentences of one document of a treebank, with
// offsets into one text while it does.
func parseDocument(ctx context.Context, x *loader.Extractor, blocks []syntax.Block) error {
	var text strings.Builder
	ss := make([]sentence.Sentence, len(blocks))
	for i := range blocks {
		ss[i] = blocks[i].Sentence
		shift(&ss[i], text.Len())
		text.WriteString(blocks[i].Text)
		text.WriteByte('\n')
	}
	if err := x.Parse(ctx, text.String(), ss); err != nil {
		return err
	}
	start := 0
	for i := range blocks {
		shift(&ss[i], -start)
		blocks[i].Sentence, blocks[i].Feats = ss[i], nil // features follow from parley's tags
		start += len(blocks[i].Text) + 1
	}
	return nil
}

// shift moves the offsets of s by n bytes.
func shift(s *sentence.Sentence, n int) {
	s.Start, s.End = s.Start+n, s.End+n
	for i := range s.Tokens {
		s.Tokens[i].Start += n
		s.Tokens[i].End += n
	}
}

// readTreebank reads a CoNLL-U file, or standard input as "-".
func (a *app) readTreebank(path string) ([]syntax.Block, error) {
	if path == "-" {
		return syntax.ReadCoNLLU(a.stdin)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.Unwrap(err) // the caller names the file
	}
	defer file.Close()
	return syntax.ReadCoNLLU(file)
}

func printBlock(w io.Writer, b *syntax.Block, f parseFlags) error {
	switch {
	case f.json:
		return printSentence(w, b)
	case f.draw:
		return drawTree(w, b)
	}
	return syntax.WriteCoNLLU(w, b)
}

// parsedSentence is a sentence as --json prints it. Offsets are code points.
type parsedSentence struct {
	Sentence int            `json:"sentence"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Text     string         `json:"text"`
	Tokens   []parsedToken  `json:"tokens"`
	Entities []parsedEntity `json:"entities"`
}

type parsedToken struct {
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Form      string  `json:"form"`
	Lemma     string  `json:"lemma"`
	UPOS      string  `json:"upos"`
	XPOS      string  `json:"xpos"`
	Head      int     `json:"head"` // place in tokens, or -1
	Rel       string  `json:"rel"`
	HeadScore float32 `json:"head_score"`
}

type parsedEntity struct {
	From  int     `json:"from"` // place in tokens
	To    int     `json:"to"`
	Type  string  `json:"type"`
	Text  string  `json:"text"`
	Score float32 `json:"score"`
}

func printSentence(w io.Writer, b *syntax.Block) error {
	s := &b.Sentence
	points := sentence.NewCodePoints(b.Text)
	p := parsedSentence{Sentence: s.Index, Start: points.At(s.Start), Text: s.Text(b.Text), Tokens: []parsedToken{}, Entities: []parsedEntity{}}
	for _, t := range s.Tokens {
		start := points.At(t.Start)
		p.Tokens = append(p.Tokens, parsedToken{
			start, start + utf8.RuneCountInString(b.Text[t.Start:t.End]), t.Form, t.Lemma, t.UPOS, t.XPOS, t.Head, t.Rel, t.HeadScore,
		})
	}
	p.End = points.At(s.End)
	for _, e := range s.Entities {
		text := b.Text[s.Tokens[e.From].Start:s.Tokens[e.To-1].End]
		p.Entities = append(p.Entities, parsedEntity{e.From, e.To, e.Type, text, e.Score})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

// drawTree draws a sentence as a tree whose branches stand in the order of the
// words, and its names below.
func drawTree(w io.Writer, b *syntax.Block) error {
	s := &b.Sentence
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n", strings.Join(strings.Fields(s.Text(b.Text)), " "))
	if root := s.RootIndex(); root >= 0 {
		drawWord(&out, s, root, "", "")
	}
	for _, e := range s.Entities {
		fmt.Fprintf(&out, "[%s] %s\n", e.Type, b.Text[s.Tokens[e.From].Start:s.Tokens[e.To-1].End])
	}
	out.WriteByte('\n')
	_, err := io.WriteString(w, out.String())
	return err
}

// drawWord draws word i after lead, and the words below it after rest.
func drawWord(out *strings.Builder, s *sentence.Sentence, i int, lead, rest string) {
	t := &s.Tokens[i]
	fmt.Fprintf(out, "%s%s  %s %s %s\n", lead, t.Form, t.UPOS, t.XPOS, t.Rel)
	below := s.Children(i)
	for j, c := range below {
		if j == len(below)-1 {
			drawWord(out, s, c, rest+"└─ ", rest+"   ")
		} else {
			drawWord(out, s, c, rest+"├─ ", rest+"│  ")
		}
	}
}
