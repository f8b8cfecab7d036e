// Command train makes and measures the language models that parley embeds.
//
// Usage: go run ./cmd/train NAME [flags] FILE...
//
// Each model has a subcommand that trains it and one that measures it; run
// train without arguments for the list. Training is seeded: the same files and
// flags give the same bytes on one machine.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
)

// command is one subcommand.
type command struct {
	name  string
	short string
	run   func(ctx context.Context, args []string, stdout, stderr io.Writer) error
}

// commands returns the subcommands in the order of their names.
func commands() []command {
	cs := []command{
		{"clusters", "group common words by their vectors, for names", trainClusters},
		{"names", "train the names tagger", trainNames},
		{"eval-names", "measure the names tagger", evalNames},
		{"sentences", "train the sentence splitter", trainSentences},
		{"eval-tokens", "measure words and sentences on raw text", evalTokens},
		{"vectors", "reduce ready-made word vectors", runVectors},
		{"parser", "train the tagger and parser", runParser},
		{"lemmas", "learn the rules of dictionary forms", runLemmas},
		{"calibrate", "fit the confidence of claims to labelled articles", runCalibrate},
		{"eval-claims", "measure claims against labelled articles", runEvalClaims},
		{"eval-ask", "measure answers to questions in English", runEvalAsk},
		{"synthetic", "make a graph of made-up articles, to measure a server on", runSynthetic},
		{"roles-examples", "turn tagged texts into examples for roles.py", runRolesExamples},
		{"roles-weights", "turn a fine-tuned transformer into the weights of roles", runRolesWeights},
		{"eval", "measure tags, lemmas and trees on treebanks", runEval},
	}
	slices.SortFunc(cs, func(a, b command) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return cs
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs the subcommand that args name and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	for _, c := range commands() {
		if len(args) > 0 && args[0] == c.name {
			if err := c.run(ctx, args[1:], stdout, stderr); err != nil {
				fmt.Fprintf(stderr, "train %s: %v\n", c.name, err)
				return 1
			}
			return 0
		}
	}
	fmt.Fprintln(stderr, "usage: train NAME [flags] FILE...")
	for _, c := range commands() {
		fmt.Fprintf(stderr, "  %-14s %s\n", c.name, c.short)
	}
	return 2
}
