package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"parley/loader/neural"
	"parley/loader/syntax"
)

// tensor is one table of weights with what its training needs.
type tensor struct {
	name       string
	index      int // place among the network's tensors
	rows, cols int
	sparse     bool // only rows that a batch touched are updated
	value      []float32
	first      []float32 // Adam's mean of the gradient
	second     []float32 // Adam's mean of its square
	mean       []float32 // running mean of value: what is written to the file
}

func (t *tensor) matrix() neural.Matrix { return neural.View(t.value, t.rows, t.cols) }

// lstmParams are the weights of one direction of one layer. The gates lie in
// the order input, forget, candidate, output.
type lstmParams struct{ in, rec, bias *tensor }

// linearParams are the weights of an affine map.
type linearParams struct{ weight, bias *tensor }

// network is the tagger and parser with the names of its weights as
// package syntax reads them.
type network struct {
	cfg       syntax.Config
	tags      int
	relations int
	known     neural.Matrix // ready-made vectors, never trained; row 0 is zero
	all       []*tensor

	word, char, shape        *tensor
	layers                   [][2]lstmParams
	tag                      linearParams
	tagEmbed                 *tensor
	arcDep, arcHead          linearParams
	arcRoot, arcPair, arcFit *tensor
	labDep, labHead          linearParams
	labRoot, labPair         *tensor
	labFromDep, labFromHead  *tensor
	labBias                  *tensor
}

// newNetwork returns a network with small random weights drawn from seed.
func newNetwork(cfg syntax.Config, words, tags, relations int, known neural.Matrix, seed uint64) *network {
	n := &network{cfg: cfg, tags: tags, relations: relations, known: known}
	r := rand.New(rand.NewPCG(seed, 1))
	h := cfg.Hidden
	n.word = n.table("word", words+1, cfg.Word, r, 0.05)
	n.char = n.table("char", cfg.Buckets, cfg.Char, r, 0.1)
	n.shape = n.table("shape", syntax.Shapes, cfg.Shape, r, 0.1)
	n.word.sparse, n.char.sparse = true, true
	for i := range cfg.Layers {
		var pair [2]lstmParams
		for d, side := range []string{"f", "b"} {
			name := fmt.Sprintf("lstm%d.%s.", i, side)
			p := lstmParams{
				in:   n.glorot(name+"in", 4*h, cfg.LayerInput(i), h, r),
				rec:  n.glorot(name+"rec", 4*h, h, h, r),
				bias: n.table(name+"bias", 1, 4*h, r, 0),
			}
			for j := h; j < 2*h; j++ {
				p.bias.value[j] = 1 // remember, until told to forget
			}
			pair[d] = p
		}
		n.layers = append(n.layers, pair)
	}
	n.tag = n.linear("tag", tags, 2*h, r)
	n.tagEmbed = n.table("tag.embed", tags, cfg.Tag, r, 0.1)
	n.arcDep = n.linear("arc.dep", cfg.Arc, 2*h, r)
	n.arcHead = n.linear("arc.head", cfg.Arc, 2*h, r)
	n.arcRoot = n.table("arc.root", 1, cfg.Arc, r, 0.1)
	n.arcPair = n.glorot("arc.pair", cfg.Arc, cfg.Arc, cfg.Arc, r)
	n.arcFit = n.table("arc.fit", 1, cfg.Arc, r, 0)
	n.labDep = n.linear("label.dep", cfg.Label, 2*h, r)
	n.labHead = n.linear("label.head", cfg.Label, 2*h, r)
	n.labRoot = n.table("label.root", 1, cfg.Label, r, 0.1)
	n.labPair = n.glorot("label.pair", relations*cfg.Label, cfg.Label, cfg.Label, r)
	n.labFromDep = n.table("label.fromdep", relations, cfg.Label, r, 0)
	n.labFromHead = n.table("label.fromhead", relations, cfg.Label, r, 0)
	n.labBias = n.table("label.bias", 1, relations, r, 0)
	return n
}

// table adds a tensor with values in [-spread, spread].
func (n *network) table(name string, rows, cols int, r *rand.Rand, spread float64) *tensor {
	size := rows * cols
	t := &tensor{
		name: name, index: len(n.all), rows: rows, cols: cols,
		value: make([]float32, size), first: make([]float32, size), second: make([]float32, size),
	}
	for i := range t.value {
		t.value[i] = float32((r.Float64()*2 - 1) * spread)
	}
	n.all = append(n.all, t)
	return t
}

// glorot adds a tensor whose spread suits fanOut outputs for each of cols inputs.
func (n *network) glorot(name string, rows, cols, fanOut int, r *rand.Rand) *tensor {
	return n.table(name, rows, cols, r, math.Sqrt(6/float64(cols+fanOut)))
}

func (n *network) linear(name string, out, in int, r *rand.Rand) linearParams {
	return linearParams{n.glorot(name+".weight", out, in, out, r), n.table(name+".bias", 1, out, r, 0)}
}

// gradients are the sums of one shard, one slice for each tensor.
type gradients struct {
	sum     [][]float32
	touched [][]int32 // for sparse tensors: the rows with a gradient
	marked  [][]bool
}

func newGradients(n *network) *gradients {
	g := &gradients{
		sum: make([][]float32, len(n.all)), touched: make([][]int32, len(n.all)), marked: make([][]bool, len(n.all)),
	}
	for i, t := range n.all {
		g.sum[i] = make([]float32, len(t.value))
		if t.sparse {
			g.marked[i] = make([]bool, t.rows)
		}
	}
	return g
}

func (g *gradients) matrix(t *tensor) neural.Matrix {
	return neural.View(g.sum[t.index], t.rows, t.cols)
}

// row returns the gradient of one row of a sparse tensor and marks it.
func (g *gradients) row(t *tensor, i int32) []float32 {
	if !g.marked[t.index][i] {
		g.marked[t.index][i] = true
		g.touched[t.index] = append(g.touched[t.index], i)
	}
	return g.sum[t.index][int(i)*t.cols : (int(i)+1)*t.cols]
}

// reset makes every sum zero.
func (g *gradients) reset(n *network) {
	for i, t := range n.all {
		if !t.sparse {
			clear(g.sum[i])
			continue
		}
		for _, r := range g.touched[i] {
			clear(g.sum[i][int(r)*t.cols : (int(r)+1)*t.cols])
			g.marked[i][r] = false
		}
		g.touched[i] = g.touched[i][:0]
	}
}
