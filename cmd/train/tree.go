package main

import (
	"math"

	"parley/loader/neural"
)

// projection is one of the four views of the top layer that heads and relations
// are read from.
type projection struct {
	params linearParams
	value  neural.Matrix // after the rectifier and the mask
	mask   neural.Matrix
	grad   neural.Matrix
}

func (s *shard) project(x neural.Matrix, w linearParams) *projection {
	p := &projection{params: w, value: s.affine(x, w)}
	for i := range p.value.Rows {
		neural.Leaky(p.value.Row(i))
	}
	p.mask = s.mask(len(s.batch.examples), p.value.Cols, s.rate.Hidden)
	p.value = s.masked(p.value, p.mask)
	p.grad = s.matrix(p.value.Rows, p.value.Cols)
	return p
}

func (s *shard) projectBack(p *projection, x, dx neural.Matrix) {
	for i := range p.grad.Rows {
		d, v := p.grad.Row(i), p.value.Row(i)
		times(d, d, p.mask.Row(s.batch.owner[i]))
		for j := range d {
			if v[j] < 0 {
				d[j] *= 0.1
			}
		}
	}
	s.affineBack(x, p.grad, p.params, dx)
}

// treeLoss reads heads and relations off the top layer y and adds the gradient
// of their losses to dy.
func (s *shard) treeLoss(y, dy neural.Matrix) {
	n := s.net
	mask := s.mask(len(s.batch.examples), y.Cols, s.rate.Hidden)
	x := s.masked(y, mask)
	dx := s.matrix(x.Rows, x.Cols)
	arcDep, arcHead := s.project(x, n.arcDep), s.project(x, n.arcHead)
	s.arcLoss(arcDep, arcHead)
	s.projectBack(arcDep, x, dx)
	s.projectBack(arcHead, x, dx)
	labDep, labHead := s.project(x, n.labDep), s.project(x, n.labHead)
	s.labelLoss(labDep, labHead)
	s.projectBack(labDep, x, dx)
	s.projectBack(labHead, x, dx)
	s.unmask(dy, dx, mask)
}

// arcLoss scores every word as the head of every other, and the root as the
// head of each: dep·P·headᵀ + fit·headᵀ.
func (s *shard) arcLoss(dep, head *projection) {
	n, b := s.net, s.batch
	pair := s.blank(dep.value.Rows, n.cfg.Arc)
	neural.Gemm(pair, dep.value, false, n.arcPair.matrix(), true, false, &s.scratch)
	addBias(pair, n.arcFit.value)
	dpair := s.blank(pair.Rows, pair.Cols)
	mark := s.memory
	for i, e := range b.examples {
		s.memory.back(mark)
		words := len(e.head)
		left, heads := s.blank(words, n.cfg.Arc), s.blank(words+1, n.cfg.Arc)
		copy(heads.Row(0), n.arcRoot.value)
		for t := range words {
			copy(left.Row(t), pair.Row(b.row(i, t)))
			copy(heads.Row(t+1), head.value.Row(b.row(i, t)))
		}
		scores := s.blank(words, words+1)
		neural.Gemm(scores, left, false, heads, true, false, &s.scratch)
		for t := range words {
			p := scores.Row(t)
			p[t+1] = float32(math.Inf(-1))
			neural.Softmax(p)
			gold := e.head[t] + 1
			s.loss.arc -= math.Log(max(float64(p[gold]), 1e-20))
			for j := range p {
				p[j] *= s.scale
			}
			p[gold] -= s.scale
		}
		dleft, dheads := s.blank(words, n.cfg.Arc), s.blank(words+1, n.cfg.Arc)
		neural.Gemm(dleft, scores, false, heads, false, false, &s.scratch)
		neural.Gemm(dheads, scores, true, left, false, false, &s.scratch)
		addTo(s.grads.sum[n.arcRoot.index], dheads.Row(0), 1)
		for t := range words {
			copy(dpair.Row(b.row(i, t)), dleft.Row(t))
			addTo(head.grad.Row(b.row(i, t)), dheads.Row(t+1), 1)
		}
	}
	s.memory.back(mark)
	sumRows(s.grads.sum[n.arcFit.index], dpair)
	neural.Gemm(s.grads.matrix(n.arcPair), dpair, true, dep.value, false, true, &s.scratch)
	neural.Gemm(dep.grad, dpair, false, n.arcPair.matrix(), false, true, &s.scratch)
}

// labelPass is what the choice of relations remembers of its way forth.
type labelPass struct {
	heads  neural.Matrix // of each row, the view of its right head
	source []int         // row of the head, or -1 for the root
	gold   []int
	pair   neural.Matrix
	scores neural.Matrix
}

// labelHeads gathers the right head of each row.
func (s *shard) labelHeads(head *projection) *labelPass {
	b, width := s.batch, s.net.cfg.Label
	p := &labelPass{heads: s.blank(b.rows, width), source: make([]int, b.rows), gold: make([]int, b.rows)}
	for i, e := range b.examples {
		for t := range e.head {
			r := b.row(i, t)
			p.gold[r], p.source[r] = e.rel[t], -1
			copy(p.heads.Row(r), s.net.labRoot.value)
			if e.head[t] >= 0 {
				p.source[r] = b.row(i, e.head[t])
				copy(p.heads.Row(r), head.value.Row(p.source[r]))
			}
		}
	}
	return p
}

// labelLoss scores the relations of every word to its right head.
func (s *shard) labelLoss(dep, head *projection) {
	n, width := s.net, s.net.cfg.Label
	l := s.labelHeads(head)
	rows := len(l.gold)
	l.pair, l.scores = s.blank(rows, n.relations*width), s.blank(rows, n.relations)
	neural.Gemm(l.pair, dep.value, false, n.labPair.matrix(), true, false, &s.scratch)
	neural.Gemm(l.scores, dep.value, false, n.labFromDep.matrix(), true, false, &s.scratch)
	neural.Gemm(l.scores, l.heads, false, n.labFromHead.matrix(), true, true, &s.scratch)
	addBias(l.scores, n.labBias.value)
	dheads := s.matrix(rows, width)
	for r := range rows {
		s.labelRow(l, r, dheads.Row(r))
	}
	neural.Gemm(dheads, l.scores, false, n.labFromHead.matrix(), false, true, &s.scratch)
	for r, from := range l.source {
		if from < 0 {
			addTo(s.grads.sum[n.labRoot.index], dheads.Row(r), 1)
		} else {
			addTo(head.grad.Row(from), dheads.Row(r), 1)
		}
	}
	g := s.grads
	sumRows(g.sum[n.labBias.index], l.scores)
	neural.Gemm(g.matrix(n.labFromDep), l.scores, true, dep.value, false, true, &s.scratch)
	neural.Gemm(g.matrix(n.labFromHead), l.scores, true, l.heads, false, true, &s.scratch)
	neural.Gemm(g.matrix(n.labPair), l.pair, true, dep.value, false, true, &s.scratch)
	neural.Gemm(dep.grad, l.scores, false, n.labFromDep.matrix(), false, true, &s.scratch)
	neural.Gemm(dep.grad, l.pair, false, n.labPair.matrix(), false, true, &s.scratch)
}

// labelRow turns the scores and pairs of row r into their gradients and adds
// that of the head's view to dhead.
func (s *shard) labelRow(l *labelPass, r int, dhead []float32) {
	p, h, q := l.scores.Row(r), l.heads.Row(r), l.pair.Row(r)
	width := len(h)
	for k := range p {
		p[k] += dot(q[k*width:(k+1)*width], h)
	}
	neural.Softmax(p)
	s.loss.label -= math.Log(max(float64(p[l.gold[r]]), 1e-20))
	for k := range p {
		p[k] *= s.scale
	}
	p[l.gold[r]] -= s.scale
	for k, d := range p {
		v := q[k*width : (k+1)*width]
		addTo(dhead, v, d)
		for j := range v {
			v[j] = d * h[j]
		}
	}
}

func dot(x, y []float32) float32 {
	y = y[:len(x)]
	var a, b, c, d float32
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += x[i] * y[i]
		b += x[i+1] * y[i+1]
		c += x[i+2] * y[i+2]
		d += x[i+3] * y[i+3]
	}
	for ; i < len(x); i++ {
		a += x[i] * y[i]
	}
	return a + b + c + d
}
