package token

import (
	"math"
	"math/rand/v2"

	"parley/loader/sentence"
)

// Gold is one block of text with the places where its sentences end.
type Gold struct {
	Text string
	Ends []int // bytes, rising: where each sentence ends, without white space after it
}

// TrainOptions are the settings of [Train]. The zero value uses the defaults
// named at each field.
type TrainOptions struct {
	Epochs int     // passes over the data; 0 means 12
	Rate   float64 // first learning rate; 0 means 0.15
	L2     float64 // decay of weights each epoch; 0 means 0.02
	Seed   uint64  // order of the blocks
	Loose  float64 // log odds that end a sentence after a stop
	Strict float64 // log odds that end a sentence elsewhere
}

// Train fits the sentence splitter to blocks and returns its weights file. The
// same blocks and options give the same bytes.
func Train(blocks []Gold, opt TrainOptions) []byte {
	if opt.Epochs == 0 {
		opt.Epochs = 12
	}
	if opt.Rate == 0 {
		opt.Rate = 0.15
	}
	if opt.L2 == 0 {
		opt.L2 = 0.02
	}
	t := trainer{weights: make([]float64, 1<<tableBits), grads: make([]float64, 1<<tableBits), opt: opt}
	rng := rand.New(rand.NewPCG(opt.Seed, 1))
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	toks := make([][]sentence.Token, len(blocks))
	for i, b := range blocks {
		toks[i] = Words(b.Text, 0, len(b.Text))
	}
	for range opt.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.block(toks[i], blocks[i].Ends)
		}
		for i := range t.weights {
			t.weights[i] *= 1 - opt.L2
		}
	}
	return t.quantised().write()
}

// trainer holds the weights while they are fitted, by AdaGrad.
type trainer struct {
	weights []float64
	grads   []float64 // sums of squared gradients
	opt     TrainOptions
}

// block takes one step for each gap of a block.
func (t *trainer) block(toks []sentence.Token, ends []int) {
	if len(toks) == 0 {
		return
	}
	g := newGaps(toks)
	start, e := 0, 0
	for i := 0; i+1 < len(toks); i++ {
		for e < len(ends) && ends[e] < toks[i].End {
			e++
		}
		gold := e < len(ends) && ends[e] == toks[i].End
		if g.candidate(i) {
			g.features(i, start)
			t.step(g.feats, gold)
		}
		if gold {
			start = i + 1
		}
	}
}

// step moves the weights of feats towards gold.
func (t *trainer) step(feats []uint32, gold bool) {
	var sum float64
	for _, f := range feats {
		sum += t.weights[f]
	}
	grad := 1 / (1 + math.Exp(-sum))
	if gold {
		grad--
	}
	if math.Abs(grad) < 1e-4 {
		return
	}
	for _, f := range feats {
		t.grads[f] += grad * grad
		t.weights[f] -= t.opt.Rate * grad / math.Sqrt(t.grads[f]+1e-8)
	}
}

// quantised returns the splitter with weights rounded to 127 steps either side.
func (t *trainer) quantised() *splitter {
	var top float64
	for _, w := range t.weights {
		top = max(top, math.Abs(w))
	}
	s := &splitter{scale: float32(top / 127), loose: float32(t.opt.Loose), strict: float32(t.opt.Strict), headline: 3}
	for i, w := range t.weights {
		s.weights[i] = float32(math.Round(w / max(top, 1e-9) * 127))
	}
	return s
}
