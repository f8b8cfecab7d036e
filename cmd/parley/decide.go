package main

import (
	"errors"
	"fmt"
	"os/user"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"parley/graph"
)

// decideFlags are the flags of every command that enters a decision.
type decideFlags struct {
	reason, by string
	json       bool
}

// decideCommands returns the commands that enter a decision into the graph's log.
func (a *app) decideCommands() []*cobra.Command {
	return []*cobra.Command{a.mergeCommand(), a.splitCommand(), a.retractCommand(), a.restoreCommand(), a.undoCommand(), a.logCommand()}
}

func (a *app) mergeCommand() *cobra.Command {
	return a.decideCommand(&cobra.Command{
		Use:   "merge THING INTO",
		Short: "Say that two things are one",
		Long: `Merge says that THING is INTO: whatever an article says of the one is shown of
the other, in articles loaded later too, and the old id leads to the new one.
What the articles said stays stored, and undo takes the merge back.`,
		Example: "  parley merge organisation/asean-secretariat organisation/asean --reason 'one body in these talks'",
		Args:    cobra.ExactArgs(2),
	}, func(args []string) (graph.Decision, error) {
		return graph.Decision{Kind: graph.MergeThings, Thing: graph.ID(args[0]), Into: graph.ID(args[1])}, nil
	})
}

func (a *app) splitCommand() *cobra.Command {
	var label string
	c := a.decideCommand(&cobra.Command{
		Use:   "split THING INTO ARTICLE...",
		Short: "Say that some articles mean another thing",
		Long: `Split says that what the given articles call THING is INTO, another thing of the
same type, which need not be there yet. Undo takes the split back.`,
		Example: "  parley split person/john-smith person/john-smith-envoy article/talks-resume-1f2e3d4c5b --label 'John Smith (envoy)'",
		Args:    cobra.MinimumNArgs(3),
	}, func(args []string) (graph.Decision, error) {
		return graph.Decision{Kind: graph.SplitThing, Thing: graph.ID(args[0]), Into: graph.ID(args[1]), Label: label, Articles: ids(args[2:])}, nil
	})
	c.Flags().StringVar(&label, "label", "", "what INTO is called; without it, what the articles call it")
	return c
}

func (a *app) retractCommand() *cobra.Command {
	return a.decideCommand(&cobra.Command{
		Use:   "retract ARTICLE...",
		Short: "Take articles out of every answer",
		Long: `Retract takes articles out of every answer. They stay stored, with the reason, and
are not loaded again; restore brings them back.`,
		Example: "  parley retract article/talks-resume-1f2e3d4c5b --reason 'withdrawn by its publisher'",
		Args:    cobra.MinimumNArgs(1),
	}, func(args []string) (graph.Decision, error) {
		return graph.Decision{Kind: graph.RetractArticles, Articles: ids(args)}, nil
	})
}

func (a *app) restoreCommand() *cobra.Command {
	return a.decideCommand(&cobra.Command{
		Use:     "restore ARTICLE...",
		Short:   "Bring retracted articles back",
		Long:    `Restore brings retracted articles back into the answers.`,
		Example: "  parley restore article/talks-resume-1f2e3d4c5b",
		Args:    cobra.MinimumNArgs(1),
	}, func(args []string) (graph.Decision, error) {
		return graph.Decision{Kind: graph.RestoreArticles, Articles: ids(args)}, nil
	})
}

func (a *app) undoCommand() *cobra.Command {
	return a.decideCommand(&cobra.Command{
		Use:     "undo NUMBER",
		Short:   "Take a decision back",
		Long:    `Undo takes back the decision with the given number of the log, be it an undo itself.`,
		Example: "  parley log && parley undo 3",
		Args:    cobra.ExactArgs(1),
	}, func(args []string) (graph.Decision, error) {
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return graph.Decision{}, fmt.Errorf("%q is no number of a decision; see parley log", args[0])
		}
		return graph.Decision{Kind: graph.UndoDecision, Undoes: n}, nil
	})
}

func ids(args []string) []graph.ID {
	list := make([]graph.ID, len(args))
	for i, s := range args {
		list[i] = graph.ID(s)
	}
	return list
}

// decideCommand completes c, which enters the decision that its arguments make.
func (a *app) decideCommand(c *cobra.Command, decision func(args []string) (graph.Decision, error)) *cobra.Command {
	var f decideFlags
	c.RunE = func(c *cobra.Command, args []string) error {
		d, err := decision(args)
		if err != nil {
			return err
		}
		d.Reason, d.By = f.reason, f.by
		if u, err := user.Current(); err == nil && d.By == "" {
			d.By = u.Username
		}
		s, err := a.openGraph(c.Context(), false)
		if err != nil {
			return err
		}
		d, err = s.Decide(c.Context(), d)
		if err := errors.Join(err, s.Close()); err != nil {
			return err
		}
		return a.printDecision(d, true, f.json)
	}
	c.Flags().StringVar(&f.reason, "reason", "", "why, for the log")
	c.Flags().StringVar(&f.by, "by", "", "who decides, for the log; without it, the user of this process")
	addJSON(c, &f.json)
	addGraph(c)
	return c
}

func (a *app) logCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "log",
		Short:   "List the decisions made by hand",
		Long:    `Log lists every merge, split, retraction, restoration and undo, oldest first.`,
		Example: "  parley log --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withGraph(c.Context(), func(s *graph.Store) error {
				for _, d := range s.Decisions() {
					if err := a.printDecision(d, s.Holds(d.Number), asJSON); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	addJSON(c, &asJSON)
	addGraph(c)
	return c
}

// printDecision prints d on one line; holds is false if it was undone.
func (a *app) printDecision(d graph.Decision, holds, asJSON bool) error {
	if asJSON {
		return a.printJSON(struct {
			graph.Decision
			Holds bool `json:"holds"`
		}{d, holds})
	}
	line := []string{strconv.Itoa(d.Number), d.At, string(d.Kind)}
	for _, id := range append([]graph.ID{d.Thing, d.Into}, d.Articles...) {
		if id != "" {
			line = append(line, string(id))
		}
	}
	if d.Undoes > 0 {
		line = append(line, strconv.Itoa(d.Undoes))
	}
	if d.By != "" {
		line = append(line, "by "+d.By)
	}
	if !holds {
		line = append(line, "(undone)")
	}
	if d.Reason != "" {
		line = append(line, "– "+d.Reason)
	}
	_, err := fmt.Fprintln(a.stdout, strings.Join(line, " "))
	return err
}
