package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/graph/export"
)

const exportHelp = `Export writes the whole graph as N-Quads, the lines of each article together and in
a fixed order. Two graphs of the same articles give the same bytes, whatever the
backend and the order of loading. That is a whole copy, with the articles' text.

With --format it writes the claims for other programs instead, each with its quote,
article, outlet, date and confidence: as a table, as RDF or as a network. "parley
import" reads a whole copy, and what --format nq writes.`

func (a *app) exportCommand() *cobra.Command {
	var file, format string
	var revision uint64
	c := &cobra.Command{
		Use:     "export",
		Short:   "Write the whole graph as N-Quads",
		Long:    exportHelp,
		Example: "  parley export > graph.nq\n  parley export --format csv > claims.csv",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			if revision != 0 && format == "" {
				return &usageError{errors.New("--as-of goes with --format: a whole copy is of the present")}
			}
			return a.withGraph(c.Context(), func(s *graph.Store) error {
				return a.export(c.Context(), s, revision, file, export.Format(format))
			})
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "file to write instead of standard output")
	addFormat(c, &format, "write the claims in a format for other programs")
	c.Flags().Uint64Var(&revision, "as-of", 0, "write the claims as they were at this revision of the graph")
	addGraph(c)
	return c
}

// export writes the whole graph, or its claims if a format is given, to the file
// or to standard output.
func (a *app) export(ctx context.Context, s *graph.Store, revision uint64, file string, format export.Format) error {
	v, err := asOf(ctx, s, fmt.Sprint(revision))
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return s.Dump(ctx, w) }
	if format != "" {
		write = func(w io.Writer) error { return export.WriteAll(w, format, v, export.Options{}) }
	}
	if file == "" {
		return write(a.stdout)
	}
	return writeFile(file, write)
}

// writeFile makes a file of what f writes. If f fails, the file is taken away.
func writeFile(name string, f func(io.Writer) error) error {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := errors.Join(f(out), out.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
