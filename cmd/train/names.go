package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"parley/loader/names"
	"parley/loader/sentence"
)

// trainNames fits the names tagger.
func trainNames(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var opt names.TrainOptions
	fs := flag.NewFlagSet("names", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("o", "loader/names/names.bin", "weights `file` to write")
	dev := fs.String("dev", "", "`files` to measure after each epoch, parted by commas")
	fs.IntVar(&opt.Epochs, "epochs", 0, "passes over the data")
	fs.Float64Var(&opt.Rate, "rate", 0, "step of AdaGrad")
	fs.Float64Var(&opt.L2, "l2", 0, "decay of weights after each epoch")
	fs.IntVar(&opt.Cutoff, "cutoff", 0, "least number of tokens that a feature is seen at")
	fs.Float64Var(&opt.Prune, "prune", 0, "rows of smaller weights are dropped")
	fs.Float64Var(&opt.Drop, "drop", 0, "share of features left out at each step")
	fs.Uint64Var(&opt.Seed, "seed", 1, "seed of the order")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var examples []names.Example
	for _, arg := range fs.Args() {
		es, err := readWeighted(arg)
		if err != nil {
			return err
		}
		examples = append(examples, es...)
	}
	var devs []string
	if *dev != "" {
		devs = strings.Split(*dev, ",")
	}
	opt.After = func(epoch int, loss float64, file []byte) error {
		fmt.Fprintf(stderr, "epoch %d loss %.4f bytes %d", epoch, loss, len(file))
		t, err := names.Read(file)
		for _, d := range devs {
			var c nameCounts
			if err == nil {
				c, err = evalNamesFile(ctx, t, d)
			}
			fmt.Fprintf(stderr, " | %s", c.String())
		}
		fmt.Fprintln(stderr)
		return err
	}
	file, err := names.Train(ctx, examples, opt)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "documents %d\nbytes %d\n", len(examples), len(file))
	return os.WriteFile(*out, file, 0o644)
}

// readWeighted reads a file given as FILE or FILE@WEIGHT. CrossNER's sentences
// come twice: with their own words, and with ours.
func readWeighted(arg string) ([]names.Example, error) {
	name, weight, ok := strings.Cut(arg, "@")
	es, err := readNames(name)
	if err != nil {
		return nil, err
	}
	if strings.Contains(name, "crossner") {
		es = append(es, resplit(es)...)
	}
	if ok {
		var w float32
		if _, err := fmt.Sscan(weight, &w); err != nil {
			return nil, fmt.Errorf("weight %q of %s is not a number", weight, name)
		}
		for i := range es {
			es[i].Weight = w
		}
	}
	return es, nil
}

// evalNames prints the strict F1 of names on files of gold names.
func evalNames(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("eval-names", flag.ContinueOnError)
	fs.SetOutput(stderr)
	weights := fs.String("weights", "", "weights `file`; the embedded one if empty")
	show := fs.Bool("show", false, "print what differs")
	if err := fs.Parse(args); err != nil {
		return err
	}
	t, err := names.New()
	if *weights != "" {
		var file []byte
		if file, err = os.ReadFile(*weights); err == nil {
			t, err = names.Read(file)
		}
	}
	if err != nil {
		return err
	}
	for _, name := range fs.Args() {
		c, err := evalNamesFile(ctx, t, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s\n", name)
		for _, k := range []string{"PER", "ORG", "LOC"} {
			fmt.Fprintf(stdout, "  %s %s\n", k, c.of[k])
		}
		fmt.Fprintf(stdout, "  all %s; spans whatever their type %s\n", c.String(), c.spans)
		if *show {
			for _, l := range c.diff {
				fmt.Fprintln(stdout, l)
			}
		}
	}
	return nil
}

// nameTally nameCounts names: in the gold, found, and right.
type nameTally struct{ gold, found, right int }

// String gives precision, recall and F1 in percent.
func (t nameTally) String() string {
	p := 100 * float64(t.right) / float64(max(t.found, 1))
	r := 100 * float64(t.right) / float64(max(t.gold, 1))
	return fmt.Sprintf("P %.2f R %.2f F1 %.2f", p, r, 2*p*r/max(p+r, 1e-9))
}

// nameCounts are the tallies of a file.
type nameCounts struct {
	of    map[string]nameTally
	spans nameTally
	diff  []string
}

// String gives the figures over the three types.
func (c nameCounts) String() string {
	var all nameTally
	for _, k := range []string{"PER", "ORG", "LOC"} {
		t := c.of[k]
		all = nameTally{all.gold + t.gold, all.found + t.found, all.right + t.right}
	}
	return all.String()
}

// measured returns the type under which an entity is measured, or "".
func measured(e sentence.Entity) string {
	switch e.Type {
	case sentence.Person:
		return "PER"
	case sentence.Organisation:
		return "ORG"
	case sentence.State, sentence.Place:
		return "LOC"
	}
	return ""
}

// evalNamesFile tags the sentences of a file, their words as they are, and
// nameCounts. Places that the file leaves open are not counted.
func evalNamesFile(ctx context.Context, t *names.Tagger, name string) (nameCounts, error) {
	c := nameCounts{of: map[string]nameTally{}}
	es, err := readNames(name)
	if err != nil {
		return c, err
	}
	strict := strings.Contains(name, "uner") || strings.Contains(name, "crossner")
	for _, e := range es {
		ss := make([]sentence.Sentence, len(e.Sentences))
		copy(ss, e.Sentences)
		if err := t.Tag(ctx, "", ss); err != nil {
			return c, err
		}
		for i := range ss {
			c.add(&e.Sentences[i], ss[i].Entities, e.Free[i], strict)
		}
	}
	return c, nil
}

// add nameCounts one sentence.
func (c *nameCounts) add(gold *sentence.Sentence, found []sentence.Entity, free []bool, strict bool) {
	type key struct {
		from, to int
		typ      string
	}
	in := map[key]bool{}
	spans := map[[2]int]bool{}
	for _, e := range gold.Entities {
		if k := measured(e); k != "" {
			t := c.of[k]
			t.gold++
			c.of[k] = t
			c.spans.gold++
			in[key{e.From, e.To, k}] = true
			spans[[2]int{e.From, e.To}] = true
		}
	}
	for _, e := range found {
		k := measured(e)
		if k == "" || !strict && !spans[[2]int{e.From, e.To}] && allFree(free[e.From:e.To]) {
			continue
		}
		t := c.of[k]
		t.found++
		c.spans.found++
		if spans[[2]int{e.From, e.To}] {
			c.spans.right++
		}
		if in[key{e.From, e.To, k}] {
			t.right++
			delete(in, key{e.From, e.To, k})
		} else {
			c.diff = append(c.diff, "extra "+k+" "+show(gold, e))
		}
		c.of[k] = t
	}
	for _, e := range gold.Entities {
		if k := measured(e); in[key{e.From, e.To, k}] {
			c.diff = append(c.diff, "missed "+k+" "+show(gold, e))
		}
	}
}

// allFree reports whether the labels of all tokens are unknown.
func allFree(free []bool) bool {
	for _, f := range free {
		if !f {
			return false
		}
	}
	return true
}

// show gives a name in its sentence.
func show(s *sentence.Sentence, e sentence.Entity) string {
	var b strings.Builder
	for i := max(e.From-6, 0); i < min(e.To+5, len(s.Tokens)); i++ {
		if i == e.From {
			b.WriteString("[[")
		}
		b.WriteString(s.Tokens[i].Form)
		if i == e.To-1 {
			b.WriteString("]]")
		}
		b.WriteByte(' ')
	}
	return b.String()
}
