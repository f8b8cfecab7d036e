package loader

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"parley/graph"
	"parley/loader/article"
)

// Sink takes what articles say. A graph store is one.
type Sink interface {
	// AddBulk stores each of xs as a whole or not at all, and passes over the
	// articles that it has already.
	AddBulk(ctx context.Context, xs iter.Seq2[*graph.Extraction, error]) (graph.Added, error)
}

// Options say how articles are loaded. The zero value is ready to use.
type Options struct {
	FailFast bool                // stop at the first article that fails
	Progress func(Report)        // called after each step, from one goroutine; may be nil
	Known    func(graph.ID) bool // articles for which it is true are in the sink and passed over; may be nil
}

// Report is what a load has done so far.
type Report struct {
	Articles int       // read and in the sink, with those that were there already
	Added    int       // of these, new to the sink
	Claims   int       // of the articles added
	Failed   []Failure // in the order of the articles
}

// Failure is an article that was not loaded.
type Failure struct {
	Input string // where it stands: "news.jsonl:3"
	Err   error
}

// Error returns the article and the cause.
func (f Failure) Error() string {
	if e := (*article.Error)(nil); errors.As(f.Err, &e) {
		return f.Err.Error() // names the article already
	}
	return fmt.Sprintf("%s: %v", f.Input, f.Err)
}

// Unwrap returns the cause.
func (f Failure) Unwrap() error { return f.Err }

// Load reads the articles of inputs, several at once, and adds what they say to
// sink in their order: any number of workers gives sink the same articles in the
// same order, if not as many with each call.
//
// An article that fails is noted in the report, and the rest goes on unless
// o.FailFast is set; then the error is that [Failure]. An error of sink or the
// end of ctx ends the load. What was added before stays added.
func Load(ctx context.Context, x *Extractor, inputs iter.Seq2[article.Input, error], sink Sink, o Options) (Report, error) {
	workers := x.config.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	work := make(chan *job, workers)
	ordered := make(chan *job, 4*workers)
	g.Go(func() error {
		defer close(work)
		defer close(ordered)
		return number(ctx, inputs, work, ordered)
	})
	for range workers {
		g.Go(func() error {
			for j := range work {
				if j.known = o.Known != nil && o.Known(j.in.Article.ID); !j.known {
					j.out, j.err = x.Extract(ctx, j.in.Article)
				}
				close(j.done)
			}
			return nil
		})
	}
	e := emitter{sink: sink, options: o}
	g.Go(func() error { return e.run(ctx, ordered) })
	err := g.Wait()
	return e.report, err
}

// job is an article on its way through a load.
type job struct {
	in    article.Input
	out   graph.Extraction
	err   error
	known bool          // in the sink already
	done  chan struct{} // closed when the fields above are set
}

// number hands every input to the workers and, in order, to the emitter.
func number(ctx context.Context, inputs iter.Seq2[article.Input, error], work, ordered chan<- *job) error {
	for in, err := range inputs {
		j := &job{in: in, err: err, done: make(chan struct{})}
		if err != nil {
			close(j.done)
		} else {
			select {
			case work <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		select {
		case ordered <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// emitter adds extractions to a sink in the order of their articles.
type emitter struct {
	sink    Sink
	options Options
	report  Report
	batch   []*graph.Extraction
}

// run takes jobs until there are no more. Articles that are ready together are
// added together, so that a store may write them to disk at one stroke.
func (e *emitter) run(ctx context.Context, ordered <-chan *job) error {
	const most = 64 // articles in one call of the sink
	for j := range ordered {
		select {
		case <-j.done:
		default:
			if err := e.flush(ctx); err != nil {
				return err
			}
			select {
			case <-j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if err := e.take(ctx, j); err != nil {
			return err
		}
		if len(e.batch) >= most || len(ordered) == 0 {
			if err := e.flush(ctx); err != nil {
				return err
			}
		}
	}
	return e.flush(ctx)
}

// take notes a job that failed, or puts it into the batch.
func (e *emitter) take(ctx context.Context, j *job) error {
	if j.known {
		e.report.Articles++
		e.progress()
		return nil
	}
	if j.err == nil {
		e.batch = append(e.batch, &j.out)
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err() // the load ended, not the article failed
	}
	f := Failure{j.in.String(), j.err}
	e.report.Failed = append(e.report.Failed, f)
	if e.options.FailFast {
		if err := e.flush(ctx); err != nil {
			return err
		}
		return f
	}
	e.progress()
	return nil
}

// flush adds the batch to the sink.
func (e *emitter) flush(ctx context.Context) error {
	if len(e.batch) == 0 {
		return nil
	}
	added, err := e.sink.AddBulk(ctx, func(yield func(*graph.Extraction, error) bool) {
		for _, x := range e.batch {
			if !yield(x, nil) {
				return
			}
		}
	})
	e.report.Articles += added.Articles + added.Skipped
	e.report.Added += added.Articles
	e.report.Claims += added.Claims
	e.batch = nil
	if err != nil {
		return err
	}
	e.progress()
	return nil
}

func (e *emitter) progress() {
	if e.options.Progress != nil {
		e.options.Progress(e.report)
	}
}
