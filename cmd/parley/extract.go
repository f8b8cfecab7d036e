package main

import (
	"bufio"
	"context"
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
described in doc/model.md.`

func (a *app) extractCommand() *cobra.Command {
	var o article.Options
	c := &cobra.Command{
		Use:     "extract PATH…",
		Short:   "Print what articles say, one claim a line",
		Long:    extractHelp,
		Example: "  parley extract talks.txt\n  echo 'Qatar mediated the talks in Doha.' | parley extract -",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.extract(c.Context(), args, o)
		},
	}
	addSupply(c, &o)
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

func (a *app) extract(ctx context.Context, paths []string, o article.Options) error {
	inputs, err := a.inputs(ctx, paths, o)
	if err != nil {
		return err
	}
	x, err := loader.New(a.config.Loader)
	if err != nil {
		return err
	}
	p := claimPrinter{bufio.NewWriter(a.stdout)}
	failures := newFailureLog(a.stderr)
	report, err := loader.Load(ctx, x, inputs, p, loader.Options{Progress: failures.print})
	if err != nil {
		return err
	}
	if len(report.Failed) > 0 {
		return errReported
	}
	return nil
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
