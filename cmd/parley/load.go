package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

const loadHelp = `Load reads articles and puts what they say into the graph.

Articles are read from files (.txt, .md, .html, .jsonl), folders, patterns, or
standard input as "-". Each goes into the graph as a whole or not at all; one that
is there already is passed over, so a load that was broken off is finished by
running it again. An article that cannot be read is reported on standard error,
the rest goes on, and the exit code is 1; --fail-fast stops there instead.`

// loadFlags are the flags of load.
type loadFlags struct {
	articles article.Options
	failFast bool
	json     bool
}

func (a *app) loadCommand() *cobra.Command {
	var f loadFlags
	c := &cobra.Command{
		Use:     "load PATH…",
		Short:   "Read articles into the graph",
		Long:    loadHelp,
		Example: "  parley load articles/ more/*.html\n  parley load --source 'Example Wire' --date 2005-01-27 talks.txt",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.load(c.Context(), args, f) },
	}
	c.Flags().BoolVar(&f.failFast, "fail-fast", false, "stop at the first article that fails")
	addSupply(c, &f.articles)
	addJSON(c, &f.json)
	addGraph(c)
	addReading(c)
	return c
}

func (a *app) load(ctx context.Context, paths []string, f loadFlags) (err error) {
	inputs, err := a.inputs(ctx, paths, f.articles)
	if err != nil {
		return err
	}
	x, err := loader.New(a.config.Loader)
	if err != nil {
		return err
	}
	s, err := a.openGraph(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	p := a.newLoadProgress(paths)
	report, err := loader.Load(ctx, x, inputs, s, loader.Options{
		FailFast: f.failFast,
		Progress: p.step,
		Known:    func(id graph.ID) bool { return hasArticle(s, id) },
	})
	p.finish()
	if failure := (loader.Failure{}); errors.As(err, &failure) {
		p.failures.print(report)
		err = errReported
	}
	if err != nil && !errors.Is(err, errReported) {
		return err
	}
	if printErr := a.printLoad(report, f.json); printErr != nil {
		return printErr
	}
	if len(report.Failed) > 0 {
		return errReported
	}
	return err
}

// hasArticle reports whether the article id is in s.
func hasArticle(s *graph.Store, id graph.ID) bool {
	_, ok := s.Snapshot().Article(id)
	return ok
}

// printLoad prints what a load did.
func (a *app) printLoad(r loader.Report, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintf(a.stdout, "articles %d\nnew %d\nnew claims %d\nfailed %d\n", r.Articles, r.Added, r.Claims, len(r.Failed))
		return err
	}
	type failed struct {
		Input string `json:"input"`
		Error string `json:"error"`
	}
	out := struct {
		Articles  int      `json:"articles"`
		New       int      `json:"new"`
		NewClaims int      `json:"new_claims"`
		Failed    []failed `json:"failed"`
	}{r.Articles, r.Added, r.Claims, []failed{}}
	for _, f := range r.Failed {
		out.Failed = append(out.Failed, failed{f.Input, f.Err.Error()})
	}
	return a.printJSON(out)
}

// loadProgress shows how a load goes on: a bar on a terminal, now and then a
// line elsewhere, and each failure as it comes.
type loadProgress struct {
	app      *app
	bar      *progressbar.ProgressBar // nil where standard error is no terminal
	failures *failureLog
	last     time.Time
}

func (a *app) newLoadProgress(paths []string) *loadProgress {
	p := &loadProgress{app: a, failures: newFailureLog(a.stderr), last: time.Now()}
	if isTerminal(a.stderr) {
		p.bar = progressbar.NewOptions(articleCount(paths), progressbar.OptionSetWriter(a.stderr),
			progressbar.OptionSetDescription("loading"), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
			progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	return p
}

// articleCount returns the number of articles that paths name, or -1 if only
// reading them would tell.
func articleCount(paths []string) int {
	files, _ := article.Files(paths) // what is wrong with paths is told when they are read
	for _, f := range files {
		if !article.IsSingle(f) {
			return -1
		}
	}
	return len(files)
}

// step is called as the load goes on.
func (p *loadProgress) step(r loader.Report) {
	done := r.Articles + len(r.Failed)
	if p.bar == nil {
		p.failures.print(r)
		if time.Since(p.last) > 5*time.Second {
			p.last = time.Now()
			fmt.Fprintf(p.app.stderr, "parley: %d articles read, %d failed\n", done, len(r.Failed))
		}
		return
	}
	if len(r.Failed) > p.failures.printed {
		_ = p.bar.Clear() // drawing a bar that fails to draw is no failure of the load
		p.failures.print(r)
	}
	_ = p.bar.Set(done) // likewise
}

func (p *loadProgress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // likewise
	}
}
