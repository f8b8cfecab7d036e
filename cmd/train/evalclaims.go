package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/quality"
)

// runEvalClaims measures claims against labelled articles:
//
//	eval-claims [-show] [-min-confidence N] DIR...
//
// Each DIR holds gold.jsonl and one text file for each of its lines. Printed are
// precision and recall for each role, the traps asserted, the table of confidence
// against truth, and the entities found, for each folder.
func runEvalClaims(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("eval-claims", flag.ContinueOnError)
	flags.SetOutput(stderr)
	show := flags.Bool("show", false, "print each fact missed, answer wrong and trap asserted")
	var c config.Loader
	flags.Float64Var(&c.MinConfidence, "min-confidence", 0, "leave out claims below this probability")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("no folder given")
	}
	x, err := loader.New(c)
	if err != nil {
		return err
	}
	for _, dir := range flags.Args() {
		f, err := quality.MeasureFolder(ctx, dir, extractWith(x))
		if err != nil {
			return err
		}
		if *show {
			for _, line := range f.Report.Faults {
				fmt.Fprintln(stdout, line)
			}
			fmt.Fprintln(stdout)
		}
		fmt.Fprintf(stdout, "%s: %d articles\n\n%s\n%s\n%s\n", dir, f.Articles, &f.Report, &f.Reliability, &f.Entities)
	}
	return nil
}

// extractWith returns a function that reads a file's one article and runs x over it.
func extractWith(x *loader.Extractor) quality.Extract {
	return func(ctx context.Context, path string) (*graph.Extraction, error) {
		for in, err := range article.Read(ctx, []string{path}, article.Options{}) {
			if err != nil {
				return nil, err
			}
			out, err := x.Extract(ctx, in.Article)
			return &out, err
		}
		return nil, errors.New("the file holds no article")
	}
}
