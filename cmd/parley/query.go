package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"parley/graph"
	"parley/graph/export"
	"parley/queries"
)

const queryHelp = `Query asks the graph one of its named questions and prints the answer: each row
with the sentences that say so, their article, outlet and date. Without a name it
lists the questions.

A value that is a thing may be an id (state/finland) or a name in any case. A
parameter that may be given several times says so in the help of its question.`

func (a *app) queryCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "query [NAME]",
		Short:   "Ask the graph a question",
		Long:    queryHelp,
		Example: "  parley query mediations --place Helsinki\n  parley query about --thing Finland --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.printCatalogue(asJSON) },
	}
	addJSON(c, &asJSON)
	for _, q := range queries.Catalogue() {
		c.AddCommand(a.questionCommand(q))
	}
	return c
}

// printCatalogue lists the questions.
func (a *app) printCatalogue(asJSON bool) error {
	if asJSON {
		return a.printJSON(queries.Catalogue())
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, q := range queries.Catalogue() {
		fmt.Fprintf(w, "%s\t%s\n", q.Name, q.Sentence)
	}
	return w.Flush()
}

// questionCommand returns the subcommand of query that asks q.
func (a *app) questionCommand(q queries.Question) *cobra.Command {
	var asJSON bool
	var format string
	var example []string
	for _, e := range q.Example {
		name, value, _ := strings.Cut(e, "=")
		if strings.Contains(value, " ") {
			value = "'" + value + "'"
		}
		example = append(example, "--"+flagName(name)+" "+value)
	}
	c := &cobra.Command{
		Use:     q.Name,
		Short:   q.Sentence,
		Long:    q.Sentence,
		Example: "  parley query " + q.Name + " " + strings.Join(example, " "),
		Args:    cobra.NoArgs,
	}
	addParameters(c, q.Parameters)
	addJSON(c, &asJSON)
	addFormat(c, &format, "print the claims of the answer in another format")
	addGraph(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := checkFormat(format); err != nil {
			return err
		}
		return a.ask(c.Context(), q.Name, parameterValues(c.Flags(), q.Parameters), asJSON, export.Format(format))
	}
	return c
}

// flagName returns the flag of the parameter called name.
func flagName(name string) string { return strings.ReplaceAll(name, "_", "-") }

// addParameter adds the flag of p. The question itself checks its value.
func addParameter(flags *pflag.FlagSet, p queries.Parameter) {
	usage := p.Help
	if len(p.Values) > 0 && len(p.Values) <= 12 && !strings.Contains(usage, p.Values[0]) {
		usage += ": " + strings.Join(p.Values, ", ")
	}
	if p.Many {
		flags.StringArray(flagName(p.Name), nil, usage+" (several)")
	} else {
		flags.String(flagName(p.Name), "", usage)
	}
}

// parameterValues returns those of parameters that were given.
func parameterValues(flags *pflag.FlagSet, parameters []queries.Parameter) map[string][]string {
	values := map[string][]string{}
	for _, p := range parameters {
		f := flags.Lookup(flagName(p.Name))
		if !f.Changed {
			continue
		}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values[p.Name] = many.GetSlice()
		} else {
			values[p.Name] = []string{f.Value.String()}
		}
	}
	return values
}

// addFormat adds the flag that names a format of package export.
func addFormat(c *cobra.Command, format *string, usage string) {
	var names []string
	for _, info := range export.Formats() {
		names = append(names, string(info.Format))
	}
	c.Flags().StringVar(format, "format", "", usage+": "+strings.Join(names, ", "))
}

// checkFormat refuses a format that there is not.
func checkFormat(format string) error {
	if _, ok := export.Find(export.Format(format)); format != "" && !ok {
		return &usageError{fmt.Errorf("--format is %q, want one that the help lists", format)}
	}
	return nil
}

// ask asks the question and prints the answer, or its claims in the format if
// that is not empty.
func (a *app) ask(ctx context.Context, name string, values map[string][]string, asJSON bool, format export.Format) error {
	return a.withGraph(ctx, func(s *graph.Store) error {
		v, err := asOf(ctx, s, strings.Join(values["as_of"], ","))
		if err != nil {
			return err
		}
		answer, err := queries.Run(ctx, v, name, values)
		if err != nil {
			return asUsage(err)
		}
		if format != "" {
			return export.Write(a.stdout, format, answer.Snapshot(), answer.Claims(), export.Options{})
		}
		if asJSON {
			return answer.WriteJSON(a.stdout)
		}
		return answer.WriteText(a.stdout)
	})
}
