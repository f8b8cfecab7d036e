package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"

	"parley/graph"
)

// errNoGraph is what a graph that no load has made yet gives.
var errNoGraph = errors.New("no graph")

// openGraph opens the graph of the settings. While a large one is read, a line on
// standard error says how far it is.
func (a *app) openGraph(ctx context.Context, readOnly bool) (*graph.Store, error) {
	s, err := graph.Open(ctx, a.config.Graph.URL, graph.Options{
		Logger:   a.log,
		Progress: a.opening(),
		ReadOnly: readOnly,
	})
	switch {
	case readOnly && errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w at %s; load articles first, or name another with --graph", errNoGraph, a.config.Graph.URL)
	case errors.Is(err, graph.ErrLocked):
		return nil, fmt.Errorf("%w; is a server or a load running on it?", err)
	}
	return s, err
}

// opening returns a function that reports the reading of a graph once it has
// taken a second.
func (a *app) opening() func(done, total int64) {
	start := time.Now()
	next := time.Second
	return func(done, total int64) {
		if total == 0 || time.Since(start) < next {
			return
		}
		next += 2 * time.Second
		fmt.Fprintf(a.stderr, "parley: reading the graph: %d %%\n", done*100/total)
	}
}

// withGraph opens the graph for reading, calls f with it and closes it.
func (a *app) withGraph(ctx context.Context, f func(*graph.Store) error) error {
	s, err := a.openGraph(ctx, true)
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// asOf returns the graph of the revision that was asked for, the present one for
// "" and 0. What is no number is left to whoever checks the parameters.
func asOf(ctx context.Context, s *graph.Store, asked string) (*graph.Snapshot, error) {
	revision, err := strconv.ParseUint(asked, 10, 64)
	if err != nil || revision == 0 {
		return s.Snapshot(), nil
	}
	v, err := s.AsOf(ctx, revision)
	if wrong := (*graph.RevisionError)(nil); errors.As(err, &wrong) {
		return nil, &usageError{fmt.Errorf("--as-of is %d, want a revision from %d to %d", revision, wrong.First, wrong.Last)}
	}
	return v, err
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
