package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
	cache := fs.String("cache", "", "`folder` that keeps the tags of words between runs")
	actors := fs.String("actors", "", "`folder` of actors files, for filled templates and varied names")
	filled := fs.Int("filled", 0, "documents to fill from templates")
	varied := fs.Int("varied", 0, "copies of the files after the first that are no treebanks, their names varied")
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
	tagger := wordTagger{cache: *cache}
	examples, err := readTraining(ctx, fs.Args(), training{*actors, *filled, *varied, opt.Seed}, &tagger)
	if err != nil {
		return err
	}
	var devs [][]names.Example
	for d := range strings.SplitSeq(*dev, ",") {
		if d == "" {
			continue
		}
		es, err := readNames(d)
		if err == nil {
			err = tagger.tag(ctx, es)
		}
		if err != nil {
			return err
		}
		devs = append(devs, es)
	}
	opt.After = func(epoch int, loss float64, file []byte) error {
		fmt.Fprintf(stderr, "epoch %d loss %.4f bytes %d", epoch, loss, len(file))
		t, err := names.Read(file)
		for _, d := range devs {
			var c nameCounts
			if err == nil {
				c, err = countNames(ctx, t, d, true)
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
	cache := fs.String("cache", "", "`folder` that keeps the tags of words between runs")
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
	tagger := wordTagger{cache: *cache}
	for _, name := range fs.Args() {
		es, err := readNames(name)
		if err != nil {
			return err
		}
		if err := tagger.tag(ctx, es); err != nil {
			return err
		}
		c, err := countNames(ctx, t, es, strings.Contains(name, "uner") || strings.Contains(name, "crossner"))
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

// nameTally counts names: in the gold, found, and right.
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

// training says what to train on beside the files.
type training struct {
	actors string // folder of actors files; empty for none
	filled int    // documents to fill from templates
	varied int    // copies of files after the first, their names varied
	seed   uint64
}

// readTraining reads the files and makes what w adds to them, all with tags.
func readTraining(ctx context.Context, files []string, w training, tagger *wordTagger) ([]names.Example, error) {
	var lists *nameLists
	if w.actors != "" {
		var err error
		if lists, err = readLists(w.actors); err != nil {
			return nil, err
		}
	}
	rng := rand.New(rand.NewPCG(w.seed, 4))
	var examples []names.Example
	add := func(es []names.Example) error {
		examples = append(examples, es...)
		return tagger.tag(ctx, es)
	}
	for i, arg := range files {
		es, err := readWeighted(arg)
		if err != nil {
			return nil, err
		}
		if err := add(es); err != nil {
			return nil, err
		}
		for range w.varied {
			if i > 0 && lists != nil && !strings.Contains(arg, "conllu") {
				if err := add(lists.varied(es, rng)); err != nil {
					return nil, err
				}
			}
		}
	}
	if lists != nil && w.filled > 0 {
		es := lists.synthetic(w.filled, rng)
		if err := add(es); err != nil {
			return nil, err
		}
	}
	return examples, nil
}

// readLists reads the names of the actors files in dir, and of the fact list.
func readLists(dir string) (*nameLists, error) {
	l := new(nameLists)
	for _, f := range []struct {
		name          string
		organisations bool
	}{
		{"Phoenix.Countries.actors.txt.gz", false},
		{"Phoenix.International.actors.txt.gz", true},
		{"Phoenix.MilNonState.actors.txt.gz", true},
	} {
		if err := l.readActors(filepath.Join(dir, f.name), f.organisations); err != nil {
			return nil, err
		}
	}
	l.known()
	return l, nil
}

// countNames tags the sentences of es, their words as they are, and counts. If
// strict is false, names where es leaves all labels open are not counted.
func countNames(ctx context.Context, t *names.Tagger, es []names.Example, strict bool) (nameCounts, error) {
	c := nameCounts{of: map[string]nameTally{}}
	for _, e := range es {
		ss := slices.Clone(e.Sentences)
		if err := t.Tag(ctx, "", ss); err != nil {
			return c, err
		}
		for i := range ss {
			c.add(&e.Sentences[i], ss[i].Entities, e.Free[i], strict)
		}
	}
	return c, nil
}

// add counts one sentence.
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
