package main

import "parley/loader/neural"

// packed are the weights of a direction laid out for products: as they are for
// the way back, transposed for the way forth. All shards share them.
type packed struct{ in, rec, inT, recT neural.Packed }

func (p *packed) pack(w lstmParams) {
	p.in.Pack(w.in.matrix(), false)
	p.inT.Pack(w.in.matrix(), true)
	p.rec.Pack(w.rec.matrix(), false)
	p.recT.Pack(w.rec.matrix(), true)
}

// pass is what one direction of a layer remembers of its way forth.
type pass struct {
	reverse  bool
	x        neural.Matrix
	gates    neural.Matrix // after their functions
	cell     neural.Matrix
	squashed neural.Matrix // tanh of cell
	before   neural.Matrix // the state before each row, masked
	mask     neural.Matrix // of the state, one row for each sentence
	out      neural.Matrix
}

// steps calls f for each time in the order of the pass with the first row, the
// number of rows, and the first row and number of rows that have a state before.
func (s *shard) steps(reverse bool, f func(row, n, prior, carried int)) {
	last := len(s.batch.count) - 1
	for i := range s.batch.count {
		t, p := i, i-1
		if reverse {
			t, p = last-i, last-i+1
		}
		prior, carried := 0, 0
		if i > 0 {
			prior, carried = s.batch.offset[p], min(s.batch.count[p], s.batch.count[t])
		}
		f(s.batch.offset[t], s.batch.count[t], prior, carried)
	}
}

// forward runs a direction over x into out.
func (s *shard) forward(w lstmParams, p *packed, x, out, mask neural.Matrix, reverse bool) *pass {
	h := w.rec.cols
	a := &pass{
		reverse: reverse, x: x, out: out, mask: mask,
		gates: s.blank(x.Rows, 4*h), cell: s.blank(x.Rows, h),
		squashed: s.blank(x.Rows, h), before: s.matrix(x.Rows, h),
	}
	neural.MulPacked(a.gates, x, false, &p.inT, false, &s.scratch)
	addBias(a.gates, w.bias.value)
	none := make([]float32, h)
	s.steps(reverse, func(row, n, prior, carried int) {
		for i := range carried {
			times(a.before.Row(row+i), out.Row(prior+i), mask.Row(i))
		}
		if carried > 0 {
			neural.MulPacked(a.gates.Slice(row, row+carried), a.before.Slice(row, row+carried), false, &p.recT, true, &s.scratch)
		}
		for i := range n {
			c := none
			if i < carried {
				c = a.cell.Row(prior + i)
			}
			neural.Cell(a.gates.Row(row+i), c, a.cell.Row(row+i), a.squashed.Row(row+i), out.Row(row+i))
		}
	})
	return a
}

// backward takes the gradient of out, which it overwrites, adds the gradients of
// the weights, and adds that of the input to dx.
func (s *shard) backward(w lstmParams, p *packed, a *pass, dout, dx neural.Matrix) {
	h := w.rec.cols
	dcell := s.matrix(a.cell.Rows, h)
	dbefore := s.blank(len(s.batch.examples), h)
	type step struct{ row, n, prior, carried int }
	var all []step
	s.steps(a.reverse, func(row, n, prior, carried int) { all = append(all, step{row, n, prior, carried}) })
	none := make([]float32, h)
	for i := len(all) - 1; i >= 0; i-- {
		st := all[i]
		for j := range st.n {
			r := st.row + j
			c, dc := none, []float32(nil)
			if j < st.carried {
				c, dc = a.cell.Row(st.prior+j), dcell.Row(st.prior+j)
			}
			cellBack(a.gates.Row(r), c, a.squashed.Row(r), dout.Row(r), dcell.Row(r), dc)
		}
		if st.carried == 0 {
			continue
		}
		d := dbefore.Slice(0, st.carried)
		neural.MulPacked(d, a.gates.Slice(st.row, st.row+st.carried), false, &p.rec, false, &s.scratch)
		for j := range st.carried {
			addTimes(dout.Row(st.prior+j), d.Row(j), a.mask.Row(j))
		}
	}
	g := s.grads
	neural.Gemm(g.matrix(w.rec), a.gates, true, a.before, false, true, &s.scratch)
	neural.Gemm(g.matrix(w.in), a.gates, true, a.x, false, true, &s.scratch)
	sumRows(g.sum[w.bias.index], a.gates)
	neural.MulPacked(dx, a.gates, false, &p.in, true, &s.scratch)
}

// cellBack turns the gates of one row into their gradients and gives the
// gradient of the cell before to dprior, if it is not nil.
func cellBack(gates, prior, squashed, dout, dcell, dprior []float32) {
	h := len(squashed)
	in, forget, cand, open := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:4*h]
	prior, dout, dcell = prior[:h], dout[:h], dcell[:h]
	for j, t := range squashed {
		i, f, g, o := in[j], forget[j], cand[j], open[j]
		d := dcell[j] + dout[j]*o*(1-t*t)
		open[j] = dout[j] * t * o * (1 - o)
		in[j] = d * g * i * (1 - i)
		cand[j] = d * i * (1 - g*g)
		forget[j] = d * prior[j] * f * (1 - f)
		if dprior != nil {
			dprior[j] += d * f
		}
	}
}

func addBias(m neural.Matrix, bias []float32) {
	for i := range m.Rows {
		for j, v := range bias {
			m.Data[i*m.Stride+j] += v
		}
	}
}

func sumRows(dst []float32, m neural.Matrix) {
	for i := range m.Rows {
		row := m.Row(i)
		for j, v := range row {
			dst[j] += v
		}
	}
}

func times(dst, x, y []float32) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = x[i] * y[i]
	}
}

func addTimes(dst, x, y []float32) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] += x[i] * y[i]
	}
}
