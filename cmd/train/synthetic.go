package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"

	"parley/graph"
	"parley/graph/graphtest"
)

// runSynthetic makes a graph of made-up articles, to measure a server on.
func runSynthetic(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	f := flag.NewFlagSet("synthetic", flag.ContinueOnError)
	f.SetOutput(stderr)
	quads := f.Int("quads", 1_000_000, "about how many quads to make")
	url := f.String("graph", "", "address of the graph: bolt:PATH or postgres://…")
	seed := f.Uint64("seed", 1, "of the random numbers")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *url == "" || *quads < graphtest.QuadsPerArticle || f.NArg() > 0 {
		return errors.New("want -graph ADDRESS and -quads N, nothing else")
	}
	s, err := graph.Open(ctx, *url, graph.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	added, err := s.AddBulk(ctx, withoutError(graphtest.Synthetic(*quads/graphtest.QuadsPerArticle, *seed)))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "articles %d\nclaims %d\nquads %d\n", added.Articles, added.Claims, added.Quads)
	return err
}

func withoutError(list iter.Seq[*graph.Extraction]) iter.Seq2[*graph.Extraction, error] {
	return func(yield func(*graph.Extraction, error) bool) {
		for x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}
