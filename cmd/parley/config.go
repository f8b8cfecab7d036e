package main

import (
	"fmt"
	"net/url"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"parley/config"
)

const configHelp = `Config prints the effective settings and where each came from: the default, the
line of a settings file, an environment variable, or a flag.

The settings file is the one that --config names, else parley.yaml in the working
directory, else parley.yaml in the folder parley of your configuration folder.
Each setting has a variable too: PARLEY_LOADER_WORKERS sets loader.workers.`

func (a *app) configCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "config",
		Short:   "Print the effective settings and where each came from",
		Long:    configHelp,
		Example: "  PARLEY_LOADER_WORKERS=4 parley config",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.printConfig(asJSON) },
	}
	addJSON(c, &asJSON)
	addGraph(c)
	addReading(c)
	addServing(c)
	return c
}

// printConfig prints the settings as a table, or as a JSON array.
func (a *app) printConfig(asJSON bool) error {
	for i := range a.values {
		if s, ok := a.values[i].Value.(string); ok {
			a.values[i].Value = withoutPassword(s)
		}
	}
	if asJSON {
		return a.printJSON(a.values)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, v := range a.values {
		fmt.Fprintf(w, "%s\t%v\t%s\n", v.Key, v.Value, describe(v))
	}
	return w.Flush()
}

// describe says where a value came from, and for a default what would change it.
func describe(v config.Value) string {
	if v.Source.Layer == "default" {
		return "default (" + config.Variable(v.Key) + ")"
	}
	return v.Source.String()
}

// withoutPassword returns s with the password blotted out if s is an address
// that has one.
func withoutPassword(s string) string {
	if !strings.Contains(s, "://") {
		return s
	}
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return u.Redacted()
}

// addGraph adds the flag that says where the graph is.
func addGraph(c *cobra.Command) {
	addSetting(c.Flags(), "graph", "graph.url", "where the graph is: bolt:PATH, memory: or postgres://…")
}

// addReading adds the flags that say how articles are read.
func addReading(c *cobra.Command) {
	addSetting(c.Flags(), "workers", "loader.workers", "articles read at once; 0 is one for each processor")
	addSetting(c.Flags(), "min-confidence", "loader.min_confidence", "leave out claims below this probability")
	addSetting(c.Flags(), "timeout", "loader.timeout", "for each article, such as 30s; 0s is no limit")
}
