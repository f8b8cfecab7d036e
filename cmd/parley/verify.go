package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"parley/graph"
)

const verifyHelp = `Verify reads the whole graph again and proves that every stored quote is the text
of its article at its offsets, that every claim is whole, and that every article
has what it was stored with. It prints each problem; the exit code is 1 if there
is one.`

func (a *app) verifyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "verify",
		Short:   "Prove every stored quote from the stored text",
		Long:    verifyHelp,
		Example: "  parley verify --graph bolt:news.bolt",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withGraph(c.Context(), func(s *graph.Store) error {
				r, err := s.Verify(c.Context())
				if err != nil {
					return err
				}
				if err := a.printVerify(r, asJSON); err != nil {
					return err
				}
				if len(r.Problems) > 0 {
					return errReported
				}
				return nil
			})
		},
	}
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

func (a *app) printVerify(r graph.Report, asJSON bool) error {
	if !asJSON {
		for _, p := range r.Problems {
			fmt.Fprintln(a.stdout, p)
		}
		if r.Excerpts > 0 { // imported from an export without the texts
			fmt.Fprintf(a.stdout, "of which only the evidence is here %d\n", r.Excerpts)
		}
		_, err := fmt.Fprintf(a.stdout, "articles %d\nclaims %d\nproblems %d\n", r.Articles, r.Claims, len(r.Problems))
		return err
	}
	type problem struct {
		Article graph.ID `json:"article"`
		Claim   graph.ID `json:"claim,omitempty"`
		What    string   `json:"what"`
	}
	out := struct {
		Articles int       `json:"articles"`
		Excerpts int       `json:"excerpts,omitempty"`
		Claims   int       `json:"claims"`
		Problems []problem `json:"problems"`
	}{r.Articles, r.Excerpts, r.Claims, []problem{}}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, problem(p))
	}
	return a.printJSON(out)
}
