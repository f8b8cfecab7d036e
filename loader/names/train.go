package names

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// Example is a document with known names, to train on.
type Example struct {
	Sentences []sentence.Sentence // with their Entities
	Free      [][]bool            // for each token, whether its label is unknown; nil if all are known
	Loose     bool                // events, agreements and nationalities are not annotated
	Weight    float32             // how much it counts; 0 means 1
}

// TrainOptions are the settings of [Train]. The zero value uses the defaults
// named at each field.
type TrainOptions struct {
	Epochs int     // passes over the data; 0 means 12
	Rate   float64 // step of AdaGrad; 0 means 0.1
	L2     float64 // decay of weights after each epoch; 0 means 0.01
	Cutoff int     // least number of tokens that a feature is seen at; 0 means 2
	Prune  float64 // rows whose weights all are smaller are dropped; 0 means 0.05
	Drop   float64 // share of features left out at each step, so that none is relied on alone
	Seed   uint64  // order of the sentences

	// After, if set, is called after each epoch with the weights file so far.
	After func(epoch int, loss float64, file []byte) error
}

// withDefaults returns o with its zero values replaced.
func (o TrainOptions) withDefaults() TrainOptions {
	if o.Epochs == 0 {
		o.Epochs = 12
	}
	if o.Rate == 0 {
		o.Rate = 0.1
	}
	if o.L2 == 0 {
		o.L2 = 0.01
	}
	if o.Cutoff == 0 {
		o.Cutoff = 2
	}
	if o.Prune == 0 {
		o.Prune = 0.05
	}
	return o
}

// Train fits the tagger to examples and returns its weights file. The same
// examples and options give the same bytes. The error is ctx's, or After's.
func Train(ctx context.Context, examples []Example, opt TrainOptions) ([]byte, error) {
	opt = opt.withDefaults()
	cl, err := embeddedClusters()
	if err != nil {
		return nil, err
	}
	t := &trainer{opt: opt, x: extractor{facts: facts.Default(), clusters: cl}, steps: newSteps(), rng: rand.New(rand.NewPCG(opt.Seed, 3))}
	t.count(examples)
	for i := range examples {
		t.prepare(&examples[i])
	}
	for epoch := range opt.Epochs {
		loss, err := t.epoch(ctx)
		if err != nil {
			return nil, err
		}
		if opt.After != nil {
			if err := opt.After(epoch+1, loss, t.model().write()); err != nil {
				return nil, err
			}
		}
	}
	return t.model().write(), nil
}

// trainer fits the weights.
type trainer struct {
	opt     TrainOptions
	x       extractor
	steps   *steps
	rng     *rand.Rand
	table   table
	prints  []uint32 // fingerprint of each row
	weights []float32
	grads   []float32 // sums of squared gradients
	trans   [labels][labels]float32
	tgrads  [labels][labels]float32
	sents   []prepared
	free    lattice
	bound   lattice
	dropped []int32
}

// prepared is a sentence with its features as rows.
type prepared struct {
	rows    []int32
	ends    []int32 // of each token's rows
	allowed []set
	weight  float32
}

// count makes a row for each feature that is seen often enough.
func (t *trainer) count(examples []Example) {
	seen := make(map[uint32]int32, 1<<20)
	for i := range examples {
		t.x.read(examples[i].Sentences)
		for j := range examples[i].Sentences {
			s := &examples[i].Sentences[j]
			t.x.begin(s)
			for k := range s.Tokens {
				for _, f := range t.x.features(k) {
					seen[print(f)]++
				}
			}
		}
	}
	for p, n := range seen {
		if int(n) >= t.opt.Cutoff {
			t.prints = append(t.prints, p)
		}
	}
	slices.Sort(t.prints)
	t.table = newTable(len(t.prints))
	for i, p := range t.prints {
		t.table.put(p, i)
	}
	t.weights = make([]float32, len(t.prints)*labels)
	t.grads = make([]float32, len(t.prints)*labels)
}

// prepare adds the sentences of e.
func (t *trainer) prepare(e *Example) {
	t.x.read(e.Sentences)
	for j := range e.Sentences {
		s := &e.Sentences[j]
		if len(s.Tokens) == 0 {
			continue
		}
		t.x.begin(s)
		p := prepared{weight: e.Weight}
		if p.weight == 0 {
			p.weight = 1
		}
		for k := range s.Tokens {
			for _, f := range t.x.features(k) {
				if r := t.table.row(f); r >= 0 {
					p.rows = append(p.rows, int32(r))
				}
			}
			p.ends = append(p.ends, int32(len(p.rows)))
		}
		var free []bool
		if e.Free != nil {
			free = e.Free[j]
		}
		p.allowed = t.allowed(s, free, e.Loose)
		t.sents = append(t.sents, p)
	}
}

// allowed returns the labels that each token of s may have.
func (t *trainer) allowed(s *sentence.Sentence, free []bool, isLoose bool) []set {
	sets := make([]set, len(s.Tokens))
	for i := range sets {
		sets[i] = outside
		switch {
		case free != nil && free[i]:
			sets[i] = anyLabel
		case isLoose && t.x.words[i].fact>>(2+facts.Demonym)&1 == 1:
			sets[i] |= setOf(Nationality)
		case isLoose && t.mayBeEvent(i):
			sets[i] |= setOf(Event) | setOf(Agreement)
		}
	}
	for _, e := range s.Entities {
		if c, ok := ClassOf(e.Type); ok {
			mark(sets, e.From, e.To, c)
		}
	}
	return sets
}

// mayBeEvent reports whether token i is in a run of name-like tokens that has the
// head noun of an event or agreement.
func (t *trainer) mayBeEvent(i int) bool {
	w := t.x.words[i]
	if !t.x.words[w.from].upper {
		return false
	}
	for _, form := range t.x.forms[w.from:w.to] {
		if c, ok := lastHead(form); ok && (c == Event || c == Agreement) {
			return true
		}
	}
	return false
}

// epoch takes a step for each sentence, in a new order, and returns the mean
// loss of a sentence.
func (t *trainer) epoch(ctx context.Context) (float64, error) {
	order := t.rng.Perm(len(t.sents))
	var loss float64
	for n, i := range order {
		if n%256 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		loss += t.step(&t.sents[i])
	}
	keep := float32(1 - t.opt.L2)
	for i := range t.weights {
		t.weights[i] *= keep
	}
	return loss / float64(len(t.sents)), nil
}

// step moves the weights towards the labels allowed in p and returns its loss.
func (t *trainer) step(p *prepared) float64 {
	n := len(p.ends)
	t.free.size(n)
	t.bound.size(n)
	rows := t.thin(p)
	start := int32(0)
	for i, end := range p.ends {
		var sum [labels]float32
		for _, r := range rows[start:end] {
			if r < 0 {
				continue
			}
			row := t.weights[int(r)*labels:][:labels:labels]
			for k, w := range row {
				sum[k] += w
			}
		}
		t.free.scores[i], t.bound.scores[i] = sum, sum
		for k := range labels {
			if !p.allowed[i].has(k) {
				t.bound.scores[i][k] = float32(math.Inf(-1))
			}
		}
		start = end
	}
	m := model{trans: t.trans, steps: t.steps}
	zFree, zBound := m.marginals(&t.free), m.marginals(&t.bound)
	if math.IsInf(float64(zBound), -1) {
		return 0
	}
	start = 0
	for i, end := range p.ends {
		var delta [labels]float32
		moved := false
		for k := range labels {
			d := expOf(t.free.alpha[i][k]+t.free.beta[i][k]-zFree) - expOf(t.bound.alpha[i][k]+t.bound.beta[i][k]-zBound)
			delta[k] = d * p.weight
			moved = moved || d > 1e-3 || d < -1e-3
		}
		if moved {
			t.update(rows[start:end], &delta)
		}
		if i > 0 {
			t.updateTrans(i, zFree, zBound, p.weight)
		}
		start = end
	}
	return float64(zFree - zBound)
}

// thin returns the rows of p, some of them left out at random as -1.
func (t *trainer) thin(p *prepared) []int32 {
	if t.opt.Drop == 0 {
		return p.rows
	}
	t.dropped = append(t.dropped[:0], p.rows...)
	limit := uint32(t.opt.Drop * math.MaxUint32)
	for i := range t.dropped {
		if t.rng.Uint32() < limit {
			t.dropped[i] = -1
		}
	}
	return t.dropped
}

// expOf returns e to the power x, or 0 if it is very small.
func expOf(x float32) float32 {
	if x < -16 {
		return 0
	}
	return float32(math.Exp(float64(x)))
}

// update moves the weights of rows against delta.
func (t *trainer) update(rows []int32, delta *[labels]float32) {
	rate := float32(t.opt.Rate)
	for _, r := range rows {
		if r < 0 {
			continue
		}
		w := t.weights[int(r)*labels:][:labels:labels]
		g := t.grads[int(r)*labels:][:labels:labels]
		for k, d := range delta {
			if d > 1e-4 || d < -1e-4 {
				g[k] += d * d
				w[k] -= rate * d / float32(math.Sqrt(float64(g[k]))+1e-3)
			}
		}
	}
}

// updateTrans moves the weights of the label pairs at token i.
func (t *trainer) updateTrans(i int, zFree, zBound, weight float32) {
	rate := float32(t.opt.Rate) / 4
	for b := range labels {
		for _, a := range t.steps.before[b] {
			w := t.trans[a][b]
			d := expOf(t.free.alpha[i-1][a]+w+t.free.scores[i][b]+t.free.beta[i][b]-zFree) -
				expOf(t.bound.alpha[i-1][a]+w+t.bound.scores[i][b]+t.bound.beta[i][b]-zBound)
			d *= weight
			if d > 1e-4 || d < -1e-4 {
				t.tgrads[a][b] += d * d
				t.trans[a][b] -= rate * d / float32(math.Sqrt(float64(t.tgrads[a][b]))+1e-3)
			}
		}
	}
}

// model returns the model of the weights so far, quantised, without the rows
// that are too small to matter.
func (t *trainer) model() *model {
	m := &model{trans: t.trans, steps: t.steps}
	// Without features left out, sums are larger than those trained for. The
	// factor was chosen on the dev sets; a little more than what is kept is best.
	keep := float32(1 - 0.6*t.opt.Drop)
	var prints []uint32
	for r, p := range t.prints {
		row := t.weights[r*labels:][:labels]
		var top float32
		for _, w := range row {
			top = max(top, w, -w)
		}
		if float64(top) < t.opt.Prune {
			continue
		}
		prints = append(prints, p)
		scale := scaleOf(scaleCode(top / 127))
		m.scales = append(m.scales, scale*keep)
		for _, w := range row {
			q := math.Round(float64(w / scale))
			m.rows = append(m.rows, int8(min(max(q, -127), 127)))
		}
	}
	m.prints = prints
	return m
}
