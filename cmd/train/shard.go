package main

import (
	"math"
	"math/rand/v2"

	"parley/loader/neural"
)

// dropout are the rates at which parts of the network are left out in training.
type dropout struct {
	Word   float64 // a trained word vector, beside what rarity adds
	Known  float64 // a ready-made word vector
	Char   float64 // the character sequences of a word
	Input  float64 // elements of the first layer's input
	State  float64 // elements of the recurrent state, the same for a whole sentence
	Hidden float64 // elements between layers, the same for a whole sentence
}

// losses are the sums over the words of a batch.
type losses struct{ tag, arc, label float64 }

// shard computes the gradients of one part of a batch. Its parts are made ready
// by the trainer; it owns its memory and serves one goroutine.
type shard struct {
	net     *network
	packs   [][2]*packed
	rate    dropout
	freq    []int // training frequency of each word row
	grads   *gradients
	scratch neural.Scratch
	memory  memory
	batch   *batch
	random  *rand.Rand
	scale   float32 // of every loss: 1 over the words of the whole batch
	loss    losses
}

// memory hands out slices of large chunks, which are used again and again.
type memory struct {
	chunks [][]float32
	chunk  int // the one in use
	used   int // elements of it
}

// back gives up all that was handed out since mark was taken.
func (m *memory) back(mark memory) { m.chunk, m.used = mark.chunk, mark.used }

// floats returns n numbers with undefined values.
func (m *memory) floats(n int) []float32 {
	for ; ; m.chunk, m.used = m.chunk+1, 0 {
		if m.chunk == len(m.chunks) {
			m.chunks = append(m.chunks, make([]float32, max(n, 1<<21)))
		}
		if m.used+n <= len(m.chunks[m.chunk]) {
			break
		}
	}
	v := m.chunks[m.chunk][m.used : m.used+n : m.used+n]
	m.used += n
	return v
}

// matrix returns a matrix of zeros that lives until the next run.
func (s *shard) matrix(rows, cols int) neural.Matrix {
	m := s.blank(rows, cols)
	clear(m.Data)
	return m
}

// blank is matrix with undefined values, for what is written whole.
func (s *shard) blank(rows, cols int) neural.Matrix {
	return neural.View(s.memory.floats(rows*cols), rows, cols)
}

// mask returns a matrix whose elements are 0 at the given rate, else scaled up
// so that their mean is 1.
func (s *shard) mask(rows, cols int, rate float64) neural.Matrix {
	m := s.matrix(rows, cols)
	keep := float32(1 / (1 - rate))
	limit := uint32(rate * math.MaxUint32)
	for i := range m.Data {
		if s.random.Uint32() >= limit {
			m.Data[i] = keep
		}
	}
	return m
}

// masked returns x with each row multiplied by its sentence's row of m.
func (s *shard) masked(x, m neural.Matrix) neural.Matrix {
	y := s.blank(x.Rows, x.Cols)
	for i := range x.Rows {
		times(y.Row(i), x.Row(i), m.Row(s.batch.owner[i]))
	}
	return y
}

// unmask multiplies dy by m and adds it to dx.
func (s *shard) unmask(dx, dy, m neural.Matrix) {
	for i := range dx.Rows {
		addTimes(dx.Row(i), dy.Row(i), m.Row(s.batch.owner[i]))
	}
}

// layerPass is what one layer remembers of its way forth.
type layerPass struct {
	mask   neural.Matrix // of its input; none for the first layer
	passes [2]*pass
	out    neural.Matrix
}

// run computes the losses and gradients of b.
func (s *shard) run(b *batch, random *rand.Rand, scale float32) {
	s.batch, s.random, s.scale, s.loss = b, random, scale, losses{}
	s.memory.back(memory{})
	s.grads.reset(s.net)
	if b.rows == 0 {
		return
	}
	in := s.embed()
	var tags *tagPass
	layers := make([]layerPass, s.net.cfg.Layers)
	for l := range layers {
		x := in.x
		if l == 1 {
			tags = s.tagForward(layers[0].out)
			x = s.concat(layers[0].out, tags.embed)
		} else if l > 1 {
			x = layers[l-1].out
		}
		s.layerForward(l, x, &layers[l])
	}
	top := len(layers) - 1
	dout := s.matrix(b.rows, 2*s.net.cfg.Hidden)
	s.treeLoss(layers[top].out, dout)
	for l := top; l > 0; l-- {
		dout = s.layerBackward(l, &layers[l], dout)
		if l == 1 {
			dout = s.split(dout, tags)
		}
	}
	s.embedBack(in, s.layerBackward(0, &layers[0], dout))
}

// layerForward runs both directions of layer l over x.
func (s *shard) layerForward(l int, x neural.Matrix, p *layerPass) {
	h, sentences := s.net.cfg.Hidden, len(s.batch.examples)
	if l > 0 {
		p.mask = s.mask(sentences, x.Cols, s.rate.Hidden)
		x = s.masked(x, p.mask)
	}
	p.out = s.blank(s.batch.rows, 2*h)
	for d := range 2 {
		state := s.mask(sentences, h, s.rate.State)
		p.passes[d] = s.forward(s.net.layers[l][d], s.packs[l][d], x, p.out.Columns(d*h, (d+1)*h), state, d == 1)
	}
}

// layerBackward takes the gradient of layer l's output, which it overwrites, and
// returns that of its input.
func (s *shard) layerBackward(l int, p *layerPass, dout neural.Matrix) neural.Matrix {
	h := s.net.cfg.Hidden
	dx := s.matrix(s.batch.rows, s.net.cfg.LayerInput(l))
	for d := range 2 {
		s.backward(s.net.layers[l][d], s.packs[l][d], p.passes[d], dout.Columns(d*h, (d+1)*h), dx)
	}
	if l == 0 {
		return dx
	}
	below := s.matrix(dx.Rows, dx.Cols)
	s.unmask(below, dx, p.mask)
	return below
}

// split parts the gradient of the second layer's input into that of the first
// layer's output, which it returns, and that of the tags.
func (s *shard) split(dx neural.Matrix, tags *tagPass) neural.Matrix {
	h := s.net.cfg.Hidden
	dout := s.blank(dx.Rows, 2*h)
	for i := range dx.Rows {
		copy(dout.Row(i), dx.Row(i))
	}
	s.tagBack(tags, dx.Columns(2*h, dx.Cols), dout)
	return dout
}

func (s *shard) concat(a, b neural.Matrix) neural.Matrix {
	c := s.blank(a.Rows, a.Cols+b.Cols)
	for i := range c.Rows {
		copy(c.Row(i), a.Row(i))
		copy(c.Row(i)[a.Cols:], b.Row(i))
	}
	return c
}

// input remembers what embed took for each row; -1 stands for left out.
type input struct {
	x     neural.Matrix
	mask  neural.Matrix
	word  []int32
	chars [][]int32
	shape []int32
}

// embed makes the input of the first layer: the vectors of the word, the
// ready-made vector, the mean-like sum of its character sequences, its shape.
func (s *shard) embed() *input {
	n, cfg, b := s.net, s.net.cfg, s.batch
	in := &input{
		x: s.matrix(b.rows, cfg.Input()), mask: s.mask(b.rows, cfg.Input(), s.rate.Input),
		word: make([]int32, b.rows), chars: make([][]int32, b.rows), shape: make([]int32, b.rows),
	}
	for t, count := range b.count {
		for i := range count {
			r := b.row(i, t)
			f := b.examples[i].features[t]
			word, known := f.Word, f.Known
			if s.random.Float64() < s.rate.Word+0.25/(0.25+float64(s.freq[word])) {
				word = 0
			}
			if s.random.Float64() < s.rate.Known {
				known = 0
			}
			if s.random.Float64() >= s.rate.Char {
				in.chars[r] = f.Chars
			}
			in.word[r], in.shape[r] = word, f.Shape
			row := in.x.Row(r)
			copy(row, n.word.matrix().Row(int(word)))
			copy(row[cfg.Word:], n.known.Row(int(known)))
			sum := row[cfg.Word+cfg.Known:][:cfg.Char]
			weight := charWeight(len(in.chars[r]))
			for _, c := range in.chars[r] {
				for j, v := range n.char.matrix().Row(int(c)) {
					sum[j] += weight * v
				}
			}
			copy(row[cfg.Word+cfg.Known+cfg.Char:], n.shape.matrix().Row(int(f.Shape)))
			times(row, row, in.mask.Row(r))
		}
	}
	return in
}

// charWeight is the factor of each of n character sequences.
func charWeight(n int) float32 {
	if n == 0 {
		return 0
	}
	return float32(1 / math.Sqrt(float64(n)))
}

func (s *shard) embedBack(in *input, dx neural.Matrix) {
	n, cfg := s.net, s.net.cfg
	for r := range dx.Rows {
		d := dx.Row(r)
		times(d, d, in.mask.Row(r))
		addTo(s.grads.row(n.word, in.word[r]), d[:cfg.Word], 1)
		chars := d[cfg.Word+cfg.Known:][:cfg.Char]
		weight := charWeight(len(in.chars[r]))
		for _, c := range in.chars[r] {
			addTo(s.grads.row(n.char, c), chars, weight)
		}
		addTo(s.grads.matrix(n.shape).Row(int(in.shape[r])), d[cfg.Word+cfg.Known+cfg.Char:], 1)
	}
}

func addTo(dst, src []float32, factor float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += factor * src[i]
	}
}

// affine returns x·wᵀ + b.
func (s *shard) affine(x neural.Matrix, w linearParams) neural.Matrix {
	y := s.blank(x.Rows, w.weight.rows)
	neural.Gemm(y, x, false, w.weight.matrix(), true, false, &s.scratch)
	addBias(y, w.bias.value)
	return y
}

// affineBack adds the gradients of w and, to dx, that of x.
func (s *shard) affineBack(x, dy neural.Matrix, w linearParams, dx neural.Matrix) {
	neural.Gemm(s.grads.matrix(w.weight), dy, true, x, false, true, &s.scratch)
	sumRows(s.grads.sum[w.bias.index], dy)
	neural.Gemm(dx, dy, false, w.weight.matrix(), false, true, &s.scratch)
}

// tagPass is what the tagger remembers of its way forth.
type tagPass struct {
	x, mask, probs, embed neural.Matrix
}

// tagForward reads the tags off the first layer and gives their mean vector.
func (s *shard) tagForward(y neural.Matrix) *tagPass {
	p := &tagPass{mask: s.mask(len(s.batch.examples), y.Cols, s.rate.Hidden)}
	p.x = s.masked(y, p.mask)
	p.probs = s.affine(p.x, s.net.tag)
	for i := range p.probs.Rows {
		neural.Softmax(p.probs.Row(i))
	}
	p.embed = s.blank(y.Rows, s.net.cfg.Tag)
	neural.Gemm(p.embed, p.probs, false, s.net.tagEmbed.matrix(), false, false, &s.scratch)
	return p
}

// tagBack adds the tagger's own loss to the gradient dembed of its mean vector
// and carries both down to dy.
func (s *shard) tagBack(p *tagPass, dembed, dy neural.Matrix) {
	n, b := s.net, s.batch
	dprobs := s.blank(p.probs.Rows, n.tags)
	neural.Gemm(s.grads.matrix(n.tagEmbed), p.probs, true, dembed, false, true, &s.scratch)
	neural.Gemm(dprobs, dembed, false, n.tagEmbed.matrix(), true, false, &s.scratch)
	for t, count := range b.count {
		for i := range count {
			r := b.row(i, t)
			d, prob := dprobs.Row(r), p.probs.Row(r)
			var mean float32
			for j, v := range d {
				mean += v * prob[j]
			}
			for j := range d {
				d[j] = prob[j] * (d[j] - mean + s.scale)
			}
			gold := b.examples[i].tag[t]
			d[gold] -= s.scale
			s.loss.tag -= math.Log(max(float64(prob[gold]), 1e-20))
		}
	}
	dx := s.matrix(p.x.Rows, p.x.Cols)
	s.affineBack(p.x, dprobs, n.tag, dx)
	s.unmask(dy, dx, p.mask)
}
