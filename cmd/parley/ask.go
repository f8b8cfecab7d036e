package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/question"
	"parley/queries"
)

const askHelp = `Ask reads a question in English with the language stages that read articles, and
prints what the graph answers: a line an answer with the sentences that say so,
how the question was read, and the named question that comes nearest. A question
that fits several talks or agreements is not answered but said to be unclear.`

func (a *app) askCommand() *cobra.Command {
	var asJSON bool
	var revision uint64
	c := &cobra.Command{
		Use:     "ask QUESTION",
		Short:   "Ask the graph a question in English",
		Long:    askHelp,
		Example: "  parley ask \"Who mediated the talks between Chile and Argentina?\"\n  parley ask Who signed the accord for Iran --json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, words []string) error {
			return a.askEnglish(c.Context(), strings.Join(words, " "), revision, asJSON)
		},
	}
	c.Flags().Uint64Var(&revision, "as-of", 0, "ask the graph as it was at this revision; 0 is the present")
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

// askEnglish answers the question q, by the graph of a revision unless that is 0.
func (a *app) askEnglish(ctx context.Context, q string, revision uint64, asJSON bool) error {
	r, err := newReader()
	if err != nil {
		return err
	}
	p, err := r.Read(ctx, q)
	if err != nil {
		return err
	}
	return a.withGraph(ctx, func(s *graph.Store) error {
		v, err := asOf(ctx, s, fmt.Sprint(revision))
		if err != nil {
			return err
		}
		reply, err := queries.AskPattern(ctx, v, &p)
		if err != nil {
			return err
		}
		if asJSON {
			_, err := a.stdout.Write(reply.AppendJSON(nil))
			return err
		}
		return reply.WriteText(a.stdout)
	})
}

// newReader returns the reader of questions.
func newReader() (*question.Reader, error) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		return nil, err
	}
	return question.New(x), nil
}
