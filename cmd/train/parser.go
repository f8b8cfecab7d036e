package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	"parley/loader/neural"
	"parley/loader/sentence"
	"parley/loader/syntax"
)

// parserOptions are all that the training of the tagger and parser depends on.
// The same options and files give the same weights, byte for byte, on machines
// of one kind.
type parserOptions struct {
	Train      string        // treebanks to learn from, separated by commas
	Dev        string        // treebanks by which the best epoch is chosen
	Vectors    string        // ready-made word vectors
	Out        string        // the weights file to write
	Checkpoint string        // file to resume from and to write after each epoch; "" for none
	Stop       time.Duration // end after the epoch in which this time has passed; 0 for never

	Net          syntax.Config
	Drop         dropout
	Seed         uint64
	Epochs       int
	BatchWords   int     // words in a batch
	Rate         float64 // Adam's step width at its height
	Warmup       int     // steps until the height
	Clip         float64 // longest gradient
	Mean         float64 // how much of the running mean is kept at each step
	Augment      float64 // share of sentences that are rewritten as headlines are
	Practice     int     // sentences made from practice.txt in each epoch
	MinFreq      int     // a word seen less often has no trained vector
	KnownLimit   int     // quantisation of the ready-made vectors, up to 127
	RateAtTheEnd float64 // the step width falls to this share of Rate
}

// shards is the number of parts of a batch, each with its own gradients. It is
// part of the result, and so does not depend on the machine.
const shards = 2

func defaultOptions() parserOptions {
	return parserOptions{
		Net: syntax.Config{
			Word: 64, Known: 100, Char: 64, Shape: 16, Buckets: 16384,
			Hidden: 192, Layers: 2, Tag: 32, Arc: 160, Label: 48,
		},
		Drop: dropout{Word: 0.05, Known: 0.08, Char: 0.05, Input: 0.2, State: 0.25, Hidden: 0.33},
		Seed: 1, Epochs: 37, BatchWords: 800, Rate: 0.003, Warmup: 200, Clip: 5, Mean: 0.999,
		Augment: 0.15, Practice: 700, MinFreq: 2, KnownLimit: 31, RateAtTheEnd: 0.01,
	}
}

// runParser trains the tagger and parser.
func runParser(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o := defaultOptions()
	flags := flag.NewFlagSet("parser", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.Train, "train", "", "treebanks to learn from, separated by commas")
	flags.StringVar(&o.Dev, "dev", "", "treebanks to choose the best epoch by, separated by commas")
	flags.StringVar(&o.Vectors, "vectors", "", "word vectors made by the vectors subcommand")
	flags.StringVar(&o.Out, "out", "", "the weights file to write")
	flags.StringVar(&o.Checkpoint, "checkpoint", "", "resume from this file, if it is there, and write it after each epoch")
	flags.DurationVar(&o.Stop, "stop", 0, "end after the epoch in which this time has passed")
	flags.Uint64Var(&o.Seed, "seed", o.Seed, "seed of everything random")
	flags.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the treebanks")
	flags.IntVar(&o.BatchWords, "batch", o.BatchWords, "words in a batch")
	flags.Float64Var(&o.Rate, "rate", o.Rate, "step width at its height")
	flags.IntVar(&o.Net.Hidden, "hidden", o.Net.Hidden, "units of each direction of each layer")
	flags.IntVar(&o.Net.Layers, "layers", o.Net.Layers, "layers")
	flags.IntVar(&o.Net.Arc, "arc", o.Net.Arc, "width of the vectors that heads are chosen by")
	flags.IntVar(&o.Net.Label, "label", o.Net.Label, "width of the vectors that relations are chosen by")
	flags.Float64Var(&o.Drop.Hidden, "drop-hidden", o.Drop.Hidden, "dropout between layers")
	flags.Float64Var(&o.Drop.State, "drop-state", o.Drop.State, "dropout of the recurrent state")
	flags.Float64Var(&o.Drop.Input, "drop-input", o.Drop.Input, "dropout of the input")
	flags.IntVar(&o.Practice, "practice", o.Practice, "sentences made from practice.txt in each epoch")
	flags.Float64Var(&o.Augment, "augment", o.Augment, "share of sentences rewritten as headlines are")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t, err := newTrainer(o, slog.New(slog.NewTextHandler(stdout, nil)))
	if err != nil {
		return err
	}
	return t.run(ctx)
}

// trainer is one training of the parser.
type trainer struct {
	options  parserOptions
	log      *slog.Logger
	data     *corpus
	dev      []syntax.Block
	practice *practice
	net      *network
	shards   []*shard
	packs    [][2]*packed
	step     int
	epoch    int
	best     float64
	start    time.Time
}

func newTrainer(o parserOptions, log *slog.Logger) (*trainer, error) {
	train, err := readTreebanks(o.Train)
	if err != nil {
		return nil, err
	}
	dev, err := readTreebanks(o.Dev)
	if err != nil {
		return nil, err
	}
	vecs, err := readVectors(o.Vectors)
	if err != nil {
		return nil, err
	}
	o.Net.Known = vecs.width
	if err := o.Net.Valid(); err != nil {
		return nil, err
	}
	t := &trainer{options: o, log: log, dev: dev, start: time.Now()}
	t.data = newCorpus(train, vecs, o.Net.Buckets, o.MinFreq)
	t.practice = newPractice(universalTags(t.data.sentences))
	known, rows := knownMatrix(vecs, o.KnownLimit)
	t.data.knownRows = rows
	t.net = newNetwork(o.Net, len(t.data.words), len(t.data.tags), len(t.data.relations), known, o.Seed)
	for range shards {
		t.shards = append(t.shards, newShard(t.net, o.Drop, t.data.freq))
	}
	if err := t.resume(); err != nil {
		return nil, err
	}
	size := 0
	for _, x := range t.net.all {
		size += len(x.value)
	}
	log.Info("ready", "sentences", len(train), "words", t.data.total, "vocabulary", len(t.data.words),
		"tags", len(t.data.tags), "relations", len(t.data.relations), "weights", size)
	return t, nil
}

// knownMatrix returns the ready-made vectors below a row of zeros, rounded as
// they will be in the file, and that rounding.
func knownMatrix(v *vectors, limit int) (neural.Matrix, neural.Rows) {
	m := neural.NewMatrix(len(v.words)+1, v.width)
	copy(m.Data[v.width:], v.data)
	rows := neural.Quantise(m, limit)
	for i := range m.Rows {
		rows.Dequantise(i, m.Row(i))
	}
	return m, rows
}

func (t *trainer) run(ctx context.Context) error {
	for t.epoch < t.options.Epochs {
		if err := t.runEpoch(ctx); err != nil {
			return err
		}
		t.epoch++
		if err := t.judge(ctx); err != nil {
			return err
		}
		if err := t.save(); err != nil {
			return err
		}
		if t.options.Stop > 0 && time.Since(t.start) > t.options.Stop {
			break
		}
	}
	return nil
}

// runEpoch goes once over the treebanks.
func (t *trainer) runEpoch(ctx context.Context) error {
	o := t.options
	r := rand.New(rand.NewPCG(o.Seed, uint64(1000+t.epoch)))
	start := time.Now()
	var sum losses
	made, err := t.practice.makeMany(o.Practice, r)
	if err != nil {
		return err
	}
	sentences, lengths := slices.Concat(t.data.sentences, made), slices.Clone(t.data.lengths)
	for _, tokens := range made {
		lengths = append(lengths, len(tokens))
	}
	batches := plan(lengths, o.BatchWords, r)
	for i, ids := range batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		progress := (float64(t.epoch) + float64(i)/float64(len(batches))) / float64(o.Epochs)
		l, words := t.runBatch(sentences, ids, r, progress)
		share := 1 / float64(words) / float64(len(batches))
		sum.tag, sum.arc, sum.label = sum.tag+l.tag*share, sum.arc+l.arc*share, sum.label+l.label*share
	}
	t.log.Info("epoch", "n", t.epoch+1, "seconds", int(time.Since(start).Seconds()), "steps", t.step,
		"tag", round(sum.tag), "arc", round(sum.arc), "label", round(sum.label))
	return nil
}

// runBatch takes one step; the shards run side by side and are summed in order.
func (t *trainer) runBatch(sentences [][]sentence.Token, ids []int, r *rand.Rand, progress float64) (losses, int) {
	o := t.options
	parts := make([][]example, shards)
	words := 0
	for i, id := range ids {
		e := t.data.example(augment(sentences[id], o.Augment, r))
		words += len(e.tag)
		parts[i%shards] = append(parts[i%shards], e)
	}
	t.packs = packAll(t.net, t.packs)
	done := make(chan struct{})
	for i, s := range t.shards {
		s.packs = t.packs
		random := rand.New(rand.NewPCG(o.Seed, uint64(t.step*shards+i)))
		go func() {
			s.run(newBatch(parts[i]), random, 1/float32(words))
			done <- struct{}{}
		}()
	}
	for range t.shards {
		<-done
	}
	g := t.shards[0].grads
	l := t.shards[0].loss
	for _, s := range t.shards[1:] {
		merge(t.net, g, s.grads)
		l.tag, l.arc, l.label = l.tag+s.loss.tag, l.arc+s.loss.arc, l.label+s.loss.label
	}
	factor := 1.0
	if length := norm(t.net, g); length > o.Clip {
		factor = o.Clip / length
	}
	t.step++
	rate := o.Rate * (1 - progress*(1-o.RateAtTheEnd))
	if t.step < o.Warmup {
		rate *= float64(t.step) / float64(o.Warmup)
	}
	update(t.net, g, factor, rate, t.step)
	if t.step%meanEvery == 0 {
		keep := min(o.Mean, float64(t.step+1)/float64(t.step+10))
		average(t.net, float32(float64(meanEvery)*(1-keep)))
	}
	return l, words
}

// judge scores the running mean on the dev set, as it would be loaded, and
// writes it if it is the best so far.
func (t *trainer) judge(ctx context.Context) error {
	var file bytes.Buffer
	if err := t.export(&file); err != nil {
		return err
	}
	p, err := syntax.Load(bytes.NewReader(file.Bytes()))
	if err != nil {
		return err
	}
	start := time.Now()
	s, err := score(ctx, p, t.dev)
	if err != nil {
		return err
	}
	las := s.percent(s.las)
	t.log.Info("dev", "upos", round(s.percent(s.upos)), "xpos", round(s.percent(s.xpos)), "lemma", round(s.percent(s.lemma)),
		"uas", round(s.percent(s.uas)), "las", round(las), "bytes", file.Len(),
		"wordsPerSecond", int(float64(s.words)/time.Since(start).Seconds()))
	if las <= t.best {
		return nil
	}
	t.best = las
	return os.WriteFile(t.options.Out, file.Bytes(), 0o644)
}

func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

// export writes the running mean as a weights file.
func (t *trainer) export(w io.Writer) error {
	n := t.net
	config, err := json.Marshal(n.cfg)
	if err != nil {
		return err
	}
	f := neural.NewFile()
	f.SetText("config", string(config))
	f.SetWords("tags", t.data.tags)
	f.SetWords("relations", t.data.relations)
	f.SetWords("words", t.data.words)
	f.SetWords("known.words", t.data.known)
	f.SetRows("known", t.data.knownRows)
	for _, x := range n.all {
		if x.mean == nil {
			return errors.New("no step was taken")
		}
		if x.rows == 1 || x == n.tagEmbed {
			f.SetFloats(x.name, x.mean)
			continue
		}
		f.SetRows(x.name, neural.Quantise(neural.View(x.mean, x.rows, x.cols), 127))
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return nil
}
