package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/graph"
	"parley/queries"
	"parley/queries/search"
)

const searchHelp = `Search finds things by name, alias, acronym or post, in any spelling and with
typos.`

const quotesHelp = `Quotes finds sentences that are evidence of something by their words. All words
must be there; "…" is a phrase, OR an alternative, -WORD or NOT a word that must
not be there, BEGIN* the beginning of a word. What matched stands in brackets.`

func (a *app) searchCommand() *cobra.Command {
	return a.finder("search NAME", "Find things by name", searchHelp, "  parley search Ahtisari\n  parley search 'foreign minister' --type Person",
		search.ThingParameters("q"), func(ctx context.Context, s *graph.Snapshot, p queries.Params, asJSON bool) error {
			f, err := search.New().AskThings(ctx, s, p, false)
			if err != nil || asJSON {
				return a.orJSON(f, err)
			}
			return a.printHits(f)
		})
}

func (a *app) quotesCommand() *cobra.Command {
	return a.finder("quotes WORDS", "Find sentences by their words", quotesHelp, "  parley quotes 'ceasefire OR truce' --outlet Reuters\n  parley quotes '\"release of prisoners\"' --sort date",
		search.QuoteParameters(), func(ctx context.Context, s *graph.Snapshot, p queries.Params, asJSON bool) error {
			f, err := search.New().AskQuotes(ctx, s, p)
			if err != nil || asJSON {
				return a.orJSON(f, err)
			}
			return a.printQuotes(f)
		})
}

// finder returns a command that looks for its arguments. The first of the
// parameters is the text; the others are flags.
func (a *app) finder(use, short, long, example string, parameters []queries.Parameter,
	find func(context.Context, *graph.Snapshot, queries.Params, bool) error) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: use, Short: short, Long: long, Example: example, Args: cobra.MinimumNArgs(1)}
	addParameters(c, parameters[1:])
	addJSON(c, &asJSON)
	addGraph(c)
	c.RunE = func(c *cobra.Command, words []string) error {
		values := parameterValues(c.Flags(), parameters[1:])
		values[parameters[0].Name] = []string{strings.Join(words, " ")}
		p, err := queries.Parse(c.Name(), parameters, values)
		if err != nil {
			return asUsage(err)
		}
		return a.withGraph(c.Context(), func(s *graph.Store) error { return asUsage(find(c.Context(), s.Snapshot(), p, asJSON)) })
	}
	return c
}

// orJSON prints v unless there is an error.
func (a *app) orJSON(v any, err error) error {
	if err != nil {
		return err
	}
	return a.printJSON(v)
}

func (a *app) printHits(f *search.Hits) error {
	var b strings.Builder
	if len(f.List) == 0 {
		b.WriteString("Nothing in the graph is called that.\n")
	}
	for _, h := range f.List {
		t := f.Snapshot().At(h.Node)
		fmt.Fprintf(&b, "%6d  %s  [%s]", h.Claims, t.Label, t.ID)
		if h.Name != t.Label {
			fmt.Fprintf(&b, "  %s: %s", h.By, h.Name)
		}
		b.WriteByte('\n')
	}
	if f.Truncated {
		b.WriteString("There are more; --limit shows them.\n")
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

func (a *app) printQuotes(f *search.Quotes) error {
	var b strings.Builder
	for _, n := range f.Notes {
		fmt.Fprintf(&b, "Note: %s\n", n)
	}
	fmt.Fprintf(&b, "%d of %d sentences.\n", len(f.List), f.Total)
	for _, q := range f.List {
		fmt.Fprintf(&b, "\n“%s”\n   %s\n", strings.Join(strings.Fields(bracketed(q)), " "), sourceLine(q.Article))
		for _, c := range q.Claims {
			fmt.Fprintf(&b, "   %s %s %s\n", c.Subject, c.Predicate, string(c.Object.ID)+c.Object.Value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Facets)) {
		fmt.Fprintf(&b, "\n%s:\n", name)
		for _, c := range f.Facets[name] {
			fmt.Fprintf(&b, "%7d %s\n", c.Count, c.Value)
		}
	}
	if f.Truncated {
		fmt.Fprintf(&b, "\nMore follow: --next %s\n", f.Next)
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

// bracketed returns the words of q with what matched in brackets.
func bracketed(q search.Quote) string {
	runes := []rune(q.Evidence.Quote)
	var b strings.Builder
	at := 0
	for _, h := range q.Highlights {
		fmt.Fprintf(&b, "%s[%s]", string(runes[at:h.Start]), string(runes[h.Start:h.End]))
		at = h.End
	}
	return b.String() + string(runes[at:])
}
