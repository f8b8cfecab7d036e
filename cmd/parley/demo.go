package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/loader"
	"parley/loader/article"
	"parley/queries"
)

// demoFiles are the bundled articles: reports of real negotiations, written for
// this project.
//
//go:embed demo/*.txt
var demoFiles embed.FS

const demoHelp = `Demo loads 31 bundled articles about real negotiations into a graph in memory,
prints three answered questions with their quotes, and serves the graph over
HTTP until it is told to stop.`

// demoQuestion is a question that demo answers.
type demoQuestion struct{ name, parameter, value string }

func demoQuestions() []demoQuestion {
	return []demoQuestion{
		{"mediations", "party", "Saudi Arabia"},
		{"agreements", "party", "Raila Odinga"},
		{"proposals", "actor", "Houthis"},
	}
}

// demoPages are pages worth a look.
func demoPages() []struct{ path, what string } {
	return []struct{ path, what string }{
		{"/", "what is in the graph, search, questions in English"},
		{"/things/state/saudi-arabia", "one thing and every sentence about it"},
		{"/questions/mediations?party=Raila+Odinga", "a question as a page"},
		{"/graph?thing=state/iran", "the graph, to walk through"},
		{"/disputes", "what some assert and others deny"},
		{"/about", "how claims are read, and how well"},
	}
}

func (a *app) demoCommand() *cobra.Command {
	var noServe bool
	c := &cobra.Command{
		Use:     "demo",
		Short:   "Load the bundled articles, answer three questions, and serve",
		Long:    demoHelp,
		Example: "  parley demo\n  parley demo --no-serve",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.demo(c.Context(), !noServe) },
	}
	c.Flags().BoolVar(&noServe, "no-serve", false, "end after the questions")
	addReading(c)
	addServing(c)
	return c
}

func (a *app) demo(ctx context.Context, serve bool) (err error) {
	var ln net.Listener
	if serve { // an address that is taken is told before the work
		if ln, err = net.Listen("tcp", a.config.Server.Addr); err != nil {
			return err
		}
		defer ln.Close()
	}
	s, err := graph.Open(ctx, "memory:", graph.Options{Logger: a.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := a.loadDemo(ctx, s); err != nil {
		return err
	}
	for _, q := range demoQuestions() {
		if err := a.answerDemo(ctx, s, q); err != nil {
			return err
		}
	}
	if !serve {
		return nil
	}
	fmt.Fprintf(a.stdout, "Serving until interrupted. Open\n")
	for _, page := range demoPages() {
		fmt.Fprintf(a.stdout, "  http://%s%-52s %s\n", ln.Addr(), page.path, page.what)
	}
	fmt.Fprintf(a.stdout, "or ask\n  curl 'http://%s/v1/questions/mediations?place=Rome'\n", ln.Addr())
	return a.serveGraph(ctx, ln, s)
}

// loadDemo loads the bundled articles.
func (a *app) loadDemo(ctx context.Context, s *graph.Store) error {
	x, err := loader.New(a.config.Loader)
	if err != nil {
		return err
	}
	report, err := loader.Load(ctx, x, demoArticles(), s, loader.Options{FailFast: true})
	if err != nil {
		return err
	}
	c := s.Snapshot().Counts()
	_, err = fmt.Fprintf(a.stdout, "Loaded %d articles: %d claims about %d things.\n", report.Articles, c.Claims, c.Things)
	return err
}

// demoArticles yields the bundled articles in the order of their names.
func demoArticles() iter.Seq2[article.Input, error] {
	return func(yield func(article.Input, error) bool) {
		names, err := fs.Glob(demoFiles, "demo/*.txt")
		if err != nil {
			yield(article.Input{}, err)
			return
		}
		for _, name := range names {
			in := article.Input{File: name}
			raw, err := demoFiles.ReadFile(name)
			if err == nil {
				in.Article, err = article.Text(raw, article.Options{})
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

// answerDemo prints one question and its answer.
func (a *app) answerDemo(ctx context.Context, s *graph.Store, q demoQuestion) error {
	answer, err := queries.Run(ctx, s.Snapshot(), q.name, map[string][]string{q.parameter: {q.value}, "evidence": {"2"}})
	if err != nil {
		return err
	}
	value := q.value
	if strings.Contains(value, " ") {
		value = "'" + value + "'"
	}
	fmt.Fprintf(a.stdout, "\n$ parley query %s --%s %s\n\n", q.name, flagName(q.parameter), value)
	if err := answer.WriteText(a.stdout); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.stdout)
	return err
}
