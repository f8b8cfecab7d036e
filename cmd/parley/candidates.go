package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/queries/candidates"
)

const candidatesHelp = `Candidates lists pairs of things that may be one although the graph keeps them
apart: talks and agreements of two articles with the same parties at a like time
and place, surnames that stand alone, organisations of one acronym or alias.
Each pair has a score for the order of the list, the reasons, a quote of each
side, and the command that says that they are one. What a decision of the log
names, be it undone, is not offered again.`

// candidate is a pair as --json prints it.
type candidate struct {
	Thing   candidateSide `json:"thing"`
	Into    candidateSide `json:"into"`
	Score   float64       `json:"score"`
	Reasons []string      `json:"reasons"`
	Command string        `json:"command"`
}

type candidateSide struct {
	ID      graph.ID         `json:"id"`
	Type    graph.Type       `json:"type"`
	Label   string           `json:"label"`
	Claim   graph.ID         `json:"claim"`
	Quote   string           `json:"quote"`
	Article candidateArticle `json:"article"`
}

type candidateArticle struct {
	ID        graph.ID `json:"id"`
	Title     string   `json:"title"`
	Outlet    string   `json:"outlet,omitempty"`
	Published string   `json:"published,omitempty"`
	URL       string   `json:"url,omitempty"`
}

func (a *app) candidatesCommand() *cobra.Command {
	var typeName string
	var limit int
	var asJSON bool
	var names []string
	for _, t := range candidates.Types() {
		names = append(names, string(t))
	}
	c := &cobra.Command{
		Use:     "candidates",
		Short:   "List things that may be one and were kept apart",
		Long:    candidatesHelp,
		Example: "  parley candidates --type Talks --limit 5",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			at := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, typeName) })
			switch {
			case typeName != "" && at < 0:
				return &usageError{fmt.Errorf("--type is %q, want %s", typeName, strings.Join(names, ", "))}
			case limit < 0:
				return &usageError{fmt.Errorf("--limit is %d, want 0 or more", limit)}
			}
			p := candidates.Params{Limit: limit}
			if at >= 0 {
				p.Type = candidates.Types()[at]
			}
			suffix := ""
			if c.Flags().Changed("graph") {
				suffix = " --graph " + shellQuoted(a.config.Graph.URL)
			}
			return a.printCandidates(c.Context(), p, suffix, asJSON)
		},
	}
	c.Flags().StringVar(&typeName, "type", "", "only pairs of this type: "+strings.Join(names, ", "))
	c.Flags().IntVar(&limit, "limit", 20, "most pairs to list; 0 is all")
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

// printCandidates prints the candidates that p asks for. Suffix goes behind each
// command that merges.
func (a *app) printCandidates(ctx context.Context, p candidates.Params, suffix string, asJSON bool) error {
	return a.withGraph(ctx, func(s *graph.Store) error {
		p.Decisions = s.Decisions()
		found, total, err := candidates.Find(ctx, s.Snapshot(), p)
		if err != nil {
			return err
		}
		list := make([]candidate, len(found))
		for i, f := range found {
			list[i] = candidate{sideOf(f.Thing), sideOf(f.Into), f.Score, f.Reasons,
				fmt.Sprintf("parley merge %s %s%s", f.Thing.Thing.ID, f.Into.Thing.ID, suffix)}
		}
		if asJSON {
			return a.printJSON(struct {
				Candidates []candidate `json:"candidates"`
				Total      int         `json:"total"`
				Truncated  bool        `json:"truncated"`
			}{list, total, len(list) < total})
		}
		return a.printCandidateList(list, total)
	})
}

func sideOf(s candidates.Side) candidateSide {
	from := candidateArticle{s.From.ID, s.From.Title, s.From.Outlet, s.From.Published, s.From.URL}
	return candidateSide{s.Thing.ID, s.Thing.Type, s.Thing.Label, s.Claim.ID, s.Claim.Evidence.Quote, from}
}

// printCandidateList prints candidates for people.
func (a *app) printCandidateList(list []candidate, total int) error {
	var err error
	print := func(format string, args ...any) {
		_, e := fmt.Fprintf(a.stdout, format, args...)
		err = errors.Join(err, e)
	}
	switch {
	case total == 0:
		print("No candidates in the graph.\n")
	case len(list) < total:
		print("%d of %d candidates; --limit shows more.\n", len(list), total)
	case total == 1:
		print("1 candidate.\n")
	default:
		print("%d candidates.\n", total)
	}
	for i, c := range list {
		print("\n%d. %.2f  %s\n", i+1, c.Score, strings.Join(c.Reasons, "; "))
		for _, s := range []candidateSide{c.Thing, c.Into} {
			print("   %s  [%s]\n   “%s”\n      %s\n", s.Label, s.ID, strings.Join(strings.Fields(s.Quote), " "), s.Article)
		}
		print("   %s\n", c.Command)
	}
	return err
}

// String returns the article in one line: title, outlet, date, address.
func (c candidateArticle) String() string {
	parts := []string{c.Title, c.Outlet, c.Published, c.URL}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// shellQuoted returns s as one word of a command line.
func shellQuoted(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/._-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
