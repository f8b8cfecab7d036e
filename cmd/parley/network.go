package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/graph/export"
	"parley/queries"
	"parley/queries/network"
	"parley/queries/search"
)

const subgraphHelp = `Subgraph prints what lies around some things: the things within so many steps,
the edges between them all, and the sentences behind each edge. It says what it
leaves out. --format prints the claims for another program, such as graphml.`

const centralityHelp = `Centrality ranks the things of the graph, or of a part of it, by how they are
linked: by degree, PageRank or betweenness.`

func (a *app) subgraphCommand() *cobra.Command {
	var asJSON bool
	var format string
	c := &cobra.Command{
		Use:     "subgraph",
		Short:   "Print what lies around some things",
		Long:    subgraphHelp,
		Example: "  parley subgraph --thing Finland\n  parley subgraph --thing Finland --depth 2 --format gexf",
		Args:    cobra.NoArgs,
	}
	addParameters(c, network.SubgraphParameters())
	addJSON(c, &asJSON)
	addFormat(c, &format, "print the claims in another format")
	addGraph(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := checkFormat(format); err != nil {
			return err
		}
		return a.withParameters(c, network.SubgraphParameters(), func(ctx context.Context, s *graph.Snapshot, p queries.Params) error {
			d, err := network.Subgraph(ctx, s, p)
			switch {
			case err != nil:
				return err
			case format != "":
				return export.Write(a.stdout, export.Format(format), s, d.Claims(), export.Options{})
			case asJSON:
				return a.printJSON(d)
			}
			return a.printDrawing(s, d)
		})
	}
	return c
}

func (a *app) centralityCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "centrality",
		Short:   "Rank things by how they are linked",
		Long:    centralityHelp,
		Example: "  parley centrality --measure pagerank --type State --type Organisation",
		Args:    cobra.NoArgs,
	}
	addParameters(c, network.CentralityParameters())
	addJSON(c, &asJSON)
	addGraph(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return a.withParameters(c, network.CentralityParameters(), func(ctx context.Context, s *graph.Snapshot, p queries.Params) error {
			r, err := network.Centrality(ctx, s, p)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(r)
			}
			return a.printRanking(r)
		})
	}
	return c
}

// addParameters adds the flags of parameters.
func addParameters(c *cobra.Command, parameters []queries.Parameter) {
	c.Flags().SortFlags = false
	for _, p := range parameters {
		addParameter(c.Flags(), p)
	}
}

// withParameters reads the parameters given to c, opens the graph, and calls f.
func (a *app) withParameters(c *cobra.Command, parameters []queries.Parameter, f func(context.Context, *graph.Snapshot, queries.Params) error) error {
	p, err := queries.Parse(c.Name(), parameters, parameterValues(c.Flags(), parameters))
	if err != nil {
		return asUsage(err)
	}
	return a.withGraph(c.Context(), func(s *graph.Store) error {
		v, err := asOf(c.Context(), s, fmt.Sprint(p.AsOf))
		if err != nil {
			return err
		}
		return asUsage(f(c.Context(), v, p))
	})
}

// asUsage turns the error of a parameter into one of the command line.
func asUsage(err error) error {
	if wrong := (*queries.ParameterError)(nil); errors.As(err, &wrong) {
		return &usageError{fmt.Errorf("--%s is %q, want %s", flagName(wrong.Name), wrong.Value, wrong.Want)}
	}
	if wrong := (*search.QueryError)(nil); errors.As(err, &wrong) {
		return &usageError{fmt.Errorf("%s is %q, want %s", wrong.Parameter, wrong.Text, wrong.Want)}
	}
	return err
}

// printDrawing prints each edge with its first sentences.
func (a *app) printDrawing(s *graph.Snapshot, d *network.Drawing) error {
	var b strings.Builder
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "Note: %s\n", n)
	}
	fmt.Fprintf(&b, "%d things, %d edges.\n", len(d.Nodes), len(d.Edges))
	labels := make(map[graph.ID]string, len(d.Nodes))
	for _, v := range d.Nodes {
		labels[v.ID] = v.Label
	}
	for _, e := range d.Edges {
		info, _ := e.Predicate.Info()
		fmt.Fprintf(&b, "\n%s %s %s  (%d)\n", labels[e.Subject], info.Phrase, labels[e.Object], e.Count)
		for _, id := range e.Claims {
			c, _ := s.Claim(id)
			from, _ := s.Article(c.Article)
			fmt.Fprintf(&b, "   “%s”\n      %s\n", strings.Join(strings.Fields(c.Evidence.Quote), " "), sourceLine(from))
		}
	}
	if left := d.Left.Things; left.Value > 0 {
		atLeast := ""
		if left.Relation == "gte" {
			atLeast = " or more"
		}
		fmt.Fprintf(&b, "\nLeft out: %d%s things; --limit shows more.\n", left.Value, atLeast)
	}
	if d.Left.Edges > 0 {
		fmt.Fprintf(&b, "Left out: %d edges.\n", d.Left.Edges)
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

// sourceLine returns an article in one line: title, outlet, date, address.
func sourceLine(from *graph.Article) string {
	parts := []string{from.Title, from.Outlet, from.Published, from.URL}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

func (a *app) printRanking(r *network.Ranking) error {
	var b strings.Builder
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "Note: %s\n", n)
	}
	fmt.Fprintf(&b, "%s of %d things with %d links\n", r.Measure, r.Measured, r.Links)
	for i, t := range r.Things {
		fmt.Fprintf(&b, "%4d. %-12g %s  [%s]\n", i+1, t.Score, t.Label, t.ID)
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}
