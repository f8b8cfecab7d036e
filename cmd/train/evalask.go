package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/quality"
	"parley/loader/question"
	"parley/queries"
)

// runEvalAsk measures answers to questions in English:
//
//	eval-ask [-show] DIR...
//
// Each DIR holds gold.jsonl and one text file for each of its lines. The texts of
// a folder are loaded into one graph, every question is asked of it, and the
// answers are compared with those of the gold by the rule that compares names of
// claims. Printed is how many are right, partly right, wrong and not answered.
func runEvalAsk(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("eval-ask", flag.ContinueOnError)
	flags.SetOutput(stderr)
	show := flags.Bool("show", false, "print each question with its reading and answers")
	alone := flags.Bool("alone", false, "ask of a graph that has only the question's article")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("no folder given")
	}
	x, err := loader.New(config.Loader{})
	if err != nil {
		return err
	}
	reader := question.New(x)
	for _, dir := range flags.Args() {
		gs, err := quality.ReadFolder(dir)
		if err != nil {
			return err
		}
		var total quality.Asked
		batches := [][]quality.Gold{gs}
		if *alone {
			batches = nil
			for i := range gs {
				batches = append(batches, gs[i:i+1])
			}
		}
		for _, b := range batches {
			s, err := loadGold(ctx, x, dir, b)
			if err != nil {
				return err
			}
			for i := range b {
				for _, q := range b[i].Questions {
					if err := askOne(ctx, s, reader, &b[i], q, &total, *show, stdout); err != nil {
						return err
					}
				}
			}
		}
		fmt.Fprintf(stdout, "%s: %s\n", dir, &total)
	}
	return nil
}

// loadGold returns a graph of the articles of gs.
func loadGold(ctx context.Context, x *loader.Extractor, dir string, gs []quality.Gold) (*graph.Snapshot, error) {
	s, err := graph.Open(ctx, "memory:", graph.Options{})
	if err != nil {
		return nil, err
	}
	extract := extractWith(x)
	for i := range gs {
		out, err := extract(ctx, gs[i].Path(dir))
		if err != nil {
			return nil, fmt.Errorf("extract %s: %w", gs[i].Path(dir), err)
		}
		if _, err := s.Add(ctx, out); err != nil {
			return nil, err
		}
	}
	return s.Snapshot(), nil
}

// askOne asks q, adds the outcome to total and shows it if show is set.
func askOne(ctx context.Context, s *graph.Snapshot, reader *question.Reader, g *quality.Gold, q quality.Question, total *quality.Asked, show bool, w io.Writer) error {
	p, err := reader.Read(ctx, q.Text)
	if err != nil {
		return err
	}
	reply, err := queries.AskPattern(ctx, s, &p)
	if err != nil {
		return err
	}
	var answers [][]string
	for _, f := range reply.Answers {
		if f.Node == graph.NoNode {
			answers = append(answers, []string{f.Literal.Value})
			continue
		}
		t := s.At(f.Node)
		answers = append(answers, append([]string{t.Label}, t.Aliases...))
	}
	verdict := total.Add(&q, answers)
	if !show {
		return nil
	}
	fmt.Fprintf(w, "%-10s %s  %s\n", verdict, g.ID, q.Text)
	fmt.Fprintf(w, "           read: %s\n           want: %q\n", reply.Reading, q.Answers)
	for i, a := range answers {
		e := reply.Answers[i].Claims[0]
		c := s.ClaimOf(e)
		fmt.Fprintf(w, "           got:  %.2f %s (%s %s; %s; %.90q) relaxed %q\n", reply.Answers[i].Cost, a[0], c.Predicate, c.Object, s.ArticleOf(e).Title, c.Evidence.Quote, reply.Answers[i].Relaxed)
	}
	for _, n := range reply.Notes {
		fmt.Fprintf(w, "           note: %s\n", n)
	}
	return nil
}
