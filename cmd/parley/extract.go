package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

const extractHelp = `Extract prints what articles say, one claim a line as JSON, and keeps nothing.

Articles are read from files (.txt, .md, .html, .jsonl), folders, patterns, or
standard input as "-". An article that cannot be read is reported on standard
error, the rest goes on, and the exit code is 1. The keys of a line are
described in doc/model.md.

With --mentions it prints each stretch of text that stands for a thing instead,
with --explain how the claims were come by, for people to read.`

// extractFlags are the flags of extract.
type extractFlags struct {
	articles          article.Options
	mentions, explain bool
}

func (a *app) extractCommand() *cobra.Command {
	var f extractFlags
	c := &cobra.Command{
		Use:     "extract PATH…",
		Short:   "Print what articles say, one claim a line",
		Long:    extractHelp,
		Example: "  parley extract talks.txt\n  echo 'Qatar mediated the talks in Doha.' | parley extract --explain -",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.extract(c.Context(), args, f)
		},
	}
	c.Flags().BoolVar(&f.mentions, "mentions", false, "print mentions: {start, end, text, type, id} a line")
	c.Flags().BoolVar(&f.explain, "explain", false, "print how the claims were come by")
	addSupply(c, &f.articles)
	addReading(c)
	return c
}

// addSupply adds the flags that supply what an article lacks.
func addSupply(c *cobra.Command, o *article.Options) {
	c.Flags().StringVar(&o.Date, "date", "", "date of articles without one: YYYY, YYYY-MM or YYYY-MM-DD")
	c.Flags().StringVar(&o.Source, "source", "", "outlet of articles without one")
	c.Flags().StringVar(&o.URL, "url", "", "address of an article without one")
	c.Flags().StringVar(&o.Language, "lang", "", "language of articles that do not say, such as en")
}

// inputs checks the options and returns the articles of paths.
func (a *app) inputs(ctx context.Context, paths []string, o article.Options) (iter.Seq2[article.Input, error], error) {
	if err := o.Valid(); err != nil {
		return nil, &usageError{err}
	}
	o.MaxBytes = a.config.Loader.MaxBytes
	o.Stdin = interruptible(ctx, a.stdin)
	return article.Read(ctx, paths, o), nil
}

func (a *app) extract(ctx context.Context, paths []string, f extractFlags) error {
	if f.mentions && f.explain {
		return &usageError{errors.New("--mentions and --explain exclude each other")}
	}
	inputs, err := a.inputs(ctx, paths, f.articles)
	if err != nil {
		return err
	}
	x, err := loader.New(a.config.Loader)
	if err != nil {
		return err
	}
	switch {
	case f.mentions:
		return a.eachArticle(inputs, func(g graph.Article) error { return a.printMentions(ctx, x, g) })
	case f.explain:
		return a.eachArticle(inputs, func(g graph.Article) error { return x.Explain(ctx, g, a.stdout) })
	}
	failures := newFailureLog(a.stderr)
	report, err := loader.Load(ctx, x, inputs, claimPrinter{bufio.NewWriter(a.stdout)}, loader.Options{Progress: failures.print})
	if err == nil && len(report.Failed) > 0 {
		err = errReported
	}
	return err
}

// eachArticle calls f with each of inputs, one after the other. What fails is
// reported, and the rest goes on.
func (a *app) eachArticle(inputs iter.Seq2[article.Input, error], f func(graph.Article) error) error {
	var failed error
	for in, err := range inputs {
		if err == nil {
			err = f(in.Article)
		}
		if errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil {
			fmt.Fprintf(a.stderr, "parley: %v\n", loader.Failure{Input: in.String(), Err: err})
			failed = errReported
		}
	}
	return failed
}

func (a *app) printMentions(ctx context.Context, x *loader.Extractor, g graph.Article) error {
	mentions, err := x.Mentions(ctx, g)
	for _, m := range mentions {
		if err := a.printJSON(m); err != nil {
			return err
		}
	}
	return err
}

// claimPrinter is a [loader.Sink] that prints claims.
type claimPrinter struct{ w *bufio.Writer }

// AddBulk prints the claims of xs.
func (p claimPrinter) AddBulk(_ context.Context, xs iter.Seq2[*graph.Extraction, error]) (graph.Added, error) {
	var sum graph.Added
	for x, err := range xs {
		if err != nil {
			return sum, err
		}
		for i := range x.Claims {
			line, err := graph.MarshalClaim(&x.Claims[i], x.Thing)
			if err != nil {
				return sum, err
			}
			p.w.Write(line) // a bufio.Writer keeps its error for Flush
			p.w.WriteByte('\n')
		}
		sum.Articles++
		sum.Claims += len(x.Claims)
	}
	return sum, p.w.Flush()
}

// failureLog prints the failures of a load as they come.
type failureLog struct {
	w       io.Writer
	printed int
}

func newFailureLog(w io.Writer) *failureLog { return &failureLog{w: w} }

// print writes the failures of r that have not been written.
func (l *failureLog) print(r loader.Report) {
	for _, f := range r.Failed[l.printed:] {
		fmt.Fprintf(l.w, "parley: %v\n", f)
	}
	l.printed = len(r.Failed)
}

// interruptible returns a reader of r whose reads end when ctx does. A read of a
// terminal or a pipe knows nothing of ctx, so it is left behind.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	if r == nil {
		return nil
	}
	return &lateReader{ctx: ctx, r: r}
}

// lateReader starts to copy its reader when it is first read.
type lateReader struct {
	ctx  context.Context // of the command; the reader lives no longer
	r    io.Reader
	pipe *io.PipeReader
}

func (l *lateReader) Read(p []byte) (int, error) {
	if l.pipe == nil {
		pr, pw := io.Pipe()
		l.pipe = pr
		context.AfterFunc(l.ctx, func() { pr.CloseWithError(l.ctx.Err()) })
		go func() {
			_, err := io.Copy(pw, l.r)
			pw.CloseWithError(err)
		}()
	}
	return l.pipe.Read(p)
}
