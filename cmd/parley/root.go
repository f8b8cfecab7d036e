package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"parley/config"
)

// app is what every subcommand has at hand. The settings are there when a
// subcommand's own work begins.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	configFile string
	config     config.Config
	values     []config.Value
	log        *slog.Logger
	started    bool // the command line was right so far
}

const rootHelp = `parley reads news about negotiations into a knowledge graph and answers
questions about it: who mediated which talks, who signed, who refused, and
which sentence of which article says so.

Answers go to standard output, everything else to standard error. The exit code
is 0 for done, 1 for work that failed, 2 for a wrong command line.`

const rootExample = `  parley demo
  parley load articles/*.txt && parley query mediations --place Cairo`

// root returns the command tree.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "parley",
		Short:             "A knowledge graph of negotiations, with a quote for every edge",
		Long:              rootHelp,
		Example:           rootExample,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: a.prepare,
		Args:              cobra.NoArgs,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.PersistentFlags().StringVar(&a.configFile, "config", "", "settings file (default parley.yaml, if there is one)")
	addSetting(root.PersistentFlags(), "log-level", "log.level", "least level of messages: debug, info, warn or error")
	addSetting(root.PersistentFlags(), "log-format", "log.format", "form of messages: text or json")
	root.AddCommand(a.demoCommand(), a.loadCommand(), a.extractCommand(), a.parseCommand(), a.queryCommand(), a.askCommand(), a.searchCommand(), a.quotesCommand(),
		a.subgraphCommand(), a.centralityCommand(), a.serveCommand(), a.statsCommand(),
		a.verifyCommand(), a.exportCommand(), a.importCommand(), a.configCommand(), a.healthCommand(), a.versionCommand(), a.candidatesCommand())
	root.AddCommand(a.decideCommands()...)
	return root
}

// settingKey marks the flags that set a key of the settings.
const settingKey = "setting"

// addSetting adds a flag that sets key. Its default and its check are those of
// the settings.
func addSetting(flags *pflag.FlagSet, name, key, usage string) {
	flags.String(name, "", usage+" ("+key+")")
	if err := flags.SetAnnotation(name, settingKey, []string{key}); err != nil {
		panic(err) // the flag was added on the line above
	}
}

// prepare reads the settings before a subcommand begins.
func (a *app) prepare(c *cobra.Command, _ []string) error {
	a.started = true
	var flags []config.Flag
	c.Flags().Visit(func(f *pflag.Flag) {
		if key := f.Annotations[settingKey]; key != nil {
			flags = append(flags, config.Flag{Name: f.Name, Key: key[0], Value: f.Value.String()})
		}
	})
	var err error
	if a.config, a.values, err = config.Read(a.configFile, os.Environ(), flags); err != nil {
		return err
	}
	a.log = newLogger(a.config.Log, a.stderr)
	return nil
}

// newLogger returns a logger that writes to w as c says.
func newLogger(c config.Log, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		panic(err) // Config.Valid knows the levels
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// printJSON writes v as one line of JSON to standard output.
func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
