package main

import (
	"context"
	"errors"
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
			return a.withGraph(c.Context(), func(s *graph.Store) error { return a.export(c.Context(), s, file, export.Format(format)) })
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "file to write instead of standard output")
	addFormat(c, &format, "write the claims in a format for other programs")
	addGraph(c)
	return c
}

// export writes the whole graph, or its claims if a format is given, to the file
// or to standard output.
func (a *app) export(ctx context.Context, s *graph.Store, file string, format export.Format) error {
	write := func(w io.Writer) error { return s.Dump(ctx, w) }
	if format != "" {
		write = func(w io.Writer) error { return export.WriteAll(w, format, s.Snapshot(), export.Options{}) }
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
