package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/queries"
)

const statsHelp = `Stats prints how much the graph holds: articles, claims, facts (claims that are
asserted and actual, and so plain edges), things by type, and claims by predicate.`

func (a *app) statsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "stats",
		Short:   "Print how much the graph holds",
		Long:    statsHelp,
		Example: "  parley stats --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withGraph(c.Context(), func(s *graph.Store) error {
				held, err := s.Stats(c.Context())
				if err != nil {
					return err
				}
				st := queries.StatsOf(s.Snapshot())
				if asJSON {
					return a.printJSON(struct {
						queries.Stats
						Quads int64 `json:"quads"`
					}{st, held.Quads})
				}
				return a.printStats(st, held.Quads)
			})
		},
	}
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

// printStats prints the figures as a table.
func (a *app) printStats(st queries.Stats, quads int64) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "revision\t%d\narticles\t%d\nthings\t%d\nclaims\t%d\nfacts\t%d\nquads\t%d\n",
		st.Revision, st.Articles, st.Things, st.Claims, st.Facts, quads)
	for _, t := range graph.Types() {
		if n := st.Types[t]; n > 0 {
			fmt.Fprintf(w, "type %s\t%d\n", t, n)
		}
	}
	for _, p := range graph.Predicates() {
		if n := st.Predicates[p.Predicate]; n > 0 {
			fmt.Fprintf(w, "predicate %s\t%d\n", p.Predicate, n)
		}
	}
	return w.Flush()
}
