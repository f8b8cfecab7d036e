package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/graph/export"
	"parley/graph/nquads"
)

const importHelp = `Import reads a graph that another parley has exported as N-Quads, from a file or
from standard input as "-". Articles that the graph has already are passed over.

What "parley export" writes is a whole copy: the articles with their text, and the
log of decisions. What "parley export --format nq" and /v1/export.nq write has all
claims with their evidence, but of each article only the sentences that are
evidence, and of the decisions only what they come to.`

func (a *app) importCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "import FILE",
		Short:   "Read a graph that was exported",
		Long:    importHelp,
		Example: "  parley export > graph.nq\n  parley import graph.nq --graph bolt:copy.bolt\n  curl http://localhost:8080/v1/export.nq | parley import -",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			in := io.NopCloser(a.stdin)
			if args[0] != "-" {
				if in, err = os.Open(args[0]); err != nil {
					return err
				}
			}
			defer func() { err = errors.Join(err, in.Close()) }()
			added, err := a.importFrom(c.Context(), in)
			if err != nil {
				return fmt.Errorf("import %s: %w", args[0], err)
			}
			return a.printImport(added, asJSON)
		},
	}
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

// importFrom puts the graph that in describes into the store.
func (a *app) importFrom(ctx context.Context, in io.Reader) (added graph.Added, err error) {
	head := new(bytes.Buffer)
	isDump := false
	for q := range nquads.Read(io.TeeReader(in, head)) { // an error comes back below
		isDump = graph.IsDump(q)
		break
	}
	quads := nquads.Read(io.MultiReader(head, in))
	var g *export.Graph
	if !isDump { // read before a store is made for it
		if g, err = export.Read(quads); err != nil {
			return added, err
		}
	}
	s, err := a.openGraph(ctx, false)
	if err != nil {
		return added, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if isDump {
		return s.Restore(ctx, quads)
	}
	if added, err = s.AddBulk(ctx, each(g.Extractions)); err != nil {
		return added, err
	}
	return added, s.Enter(ctx, g.Decisions...)
}

// each yields the extractions of the list.
func each(list []*graph.Extraction) iter.Seq2[*graph.Extraction, error] {
	return func(yield func(*graph.Extraction, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// printImport prints what an import did.
func (a *app) printImport(added graph.Added, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintf(a.stdout, "new articles %d\nnew claims %d\nthere already %d\n", added.Articles, added.Claims, added.Skipped)
		return err
	}
	return a.printJSON(map[string]int{"new_articles": added.Articles, "new_claims": added.Claims, "there_already": added.Skipped})
}
