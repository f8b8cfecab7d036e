package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"parley/graph"
)

const exportHelp = `Export writes the whole graph as N-Quads, the lines of each article together and in
a fixed order. Two graphs of the same articles give the same bytes, whatever the
backend and the order of loading.`

func (a *app) exportCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:     "export",
		Short:   "Write the whole graph as N-Quads",
		Long:    exportHelp,
		Example: "  parley export > graph.nq",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withGraph(c.Context(), func(s *graph.Store) error { return a.export(c.Context(), s, file) })
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "file to write instead of standard output")
	addGraph(c)
	return c
}

func (a *app) export(ctx context.Context, s *graph.Store, file string) error {
	if file == "" {
		return s.Dump(ctx, a.stdout)
	}
	return writeFile(file, func(w io.Writer) error { return s.Dump(ctx, w) })
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
