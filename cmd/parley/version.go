package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

const versionHelp = `Version prints the version of this program, the revision it was built from, and
the version of Go that built it.`

// versionInfo is what version prints.
type versionInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the version of this program",
		Long:    versionHelp,
		Example: "  parley version --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := version()
			if asJSON {
				return a.printJSON(v)
			}
			_, err := fmt.Fprintf(a.stdout, "parley %s\nrevision %s\n%s\n", v.Version, v.Revision, v.Go)
			return err
		},
	}
	addJSON(c, &asJSON)
	return c
}

// version reads what the build noted.
func version() versionInfo {
	v := versionInfo{Version: "unknown", Revision: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Go = info.GoVersion
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}

// addJSON adds the flag --json.
func addJSON(c *cobra.Command, v *bool) {
	c.Flags().BoolVar(v, "json", false, "print JSON")
}
