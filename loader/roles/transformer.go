package roles

import (
	"math"

	"parley/loader/neural"
)

// shape is the size of a transformer.
type shape struct {
	Layers    int `json:"layers"`
	Hidden    int `json:"hidden"`
	Heads     int `json:"heads"`
	Inner     int `json:"inner"`
	Positions int `json:"positions"`
}

// transformer is an encoder that normalises behind its sums, as BERT does. It is
// read-only.
type transformer struct {
	shape
	word     neural.Rows // one row for each piece
	position neural.Rows // one row for each position, the vector of the first segment added
	first    norms
	layers   []layer
	plain    bool
}

type layer struct {
	attend, mix *neural.Narrow // queries, keys and values; what becomes of what was attended to
	up, down    *neural.Narrow
	mid, after  norms
}

// norms are the gains and biases of a layer normalisation (Ba et al. 2016).
type norms struct{ gain, bias []float32 }

const normEpsilon = 1e-12

// buffer is memory that is used again.
type buffer []float32

func (b *buffer) matrix(rows, cols int) neural.Matrix {
	if cap(*b) < rows*cols {
		*b = make(buffer, rows*cols)
	}
	return neural.View((*b)[:rows*cols], rows, cols)
}

// memory is what one run of a transformer needs.
type memory struct {
	state, own, sums, triple, inner, mixed, shares, column buffer

	all []int // the index of each piece

	act                   neural.Bytes
	queries, keys, values neural.Activations
	rows                  neural.Weights
}

// run returns the states of the pieces, one row each, in the memory of m. Those that
// are not wanted are those of the last layer but one.
func (t *transformer) run(m *memory, ids []int32, wanted []int) neural.Matrix {
	x := m.state.matrix(len(ids), t.Hidden)
	place := m.column.matrix(1, t.Hidden).Row(0)
	m.all = m.all[:0]
	for i, id := range ids {
		row := x.Row(i)
		t.word.Dequantise(int(id), row)
		t.position.Dequantise(i, place)
		for j, p := range place {
			row[j] += p
		}
		t.normalise(row, t.first)
		m.all = append(m.all, i)
	}
	for i := range t.layers {
		rows := m.all
		if i == len(t.layers)-1 {
			rows = wanted
		}
		t.next(&t.layers[i], m, x, rows)
	}
	return x
}

// next replaces the given rows of the states x by those of layer l.
func (t *transformer) next(l *layer, m *memory, x neural.Matrix, rows []int) {
	n := len(rows)
	triple := m.triple.matrix(x.Rows, 3*t.Hidden)
	t.multiply(l.attend, triple, m, x)
	mixed := m.mixed.matrix(n, t.Hidden)
	t.attend(m, triple, mixed, rows)
	own := m.own.matrix(n, t.Hidden)
	for i, r := range rows {
		copy(own.Row(i), x.Row(r))
	}
	sums := m.sums.matrix(n, t.Hidden)
	t.multiply(l.mix, sums, m, mixed)
	t.join(own, sums, l.mid)

	inner := m.inner.matrix(n, t.Inner)
	t.multiply(l.up, inner, m, own)
	neural.Gelu(inner.Data, t.plain)
	t.multiply(l.down, sums, m, inner)
	t.join(own, sums, l.after)
	for i, r := range rows {
		copy(x.Row(r), own.Row(i))
	}
}

// multiply sets dst to x·w + bias.
func (t *transformer) multiply(w *neural.Narrow, dst neural.Matrix, m *memory, x neural.Matrix) {
	m.act.Plain = t.plain
	m.act.Reset(x.Rows, x.Cols)
	for i := range x.Rows {
		m.act.Set(i, x.Row(i))
	}
	w.Mul(dst, m.act)
}

func (t *transformer) normalise(x []float32, n norms) {
	neural.Normalise(x, n.gain, n.bias, normEpsilon, t.plain)
}

// join adds y to x and normalises the sums.
func (t *transformer) join(x, y neural.Matrix, n norms) {
	for i := range x.Rows {
		row := x.Row(i)
		for j, v := range y.Row(i) {
			row[j] += v
		}
		t.normalise(row, n)
	}
}

// attend sets mixed to the values that the pieces of the given rows attend to, head by
// head. The rows of triple are queries, keys and values.
func (t *transformer) attend(m *memory, triple, mixed neural.Matrix, rows []int) {
	n, width := triple.Rows, t.Hidden/t.Heads
	shares := m.shares.matrix(len(rows), n)
	columns := m.column.matrix(width, n)
	m.queries.Plain, m.keys.Plain, m.values.Plain = t.plain, t.plain, t.plain
	scale := float32(1 / math.Sqrt(float64(width)))
	for h := range t.Heads {
		from := h * width
		m.queries.Reset(len(rows), width)
		for i, r := range rows {
			m.queries.Set(i, triple.Row(r)[from:from+width])
		}
		m.keys.Reset(n, width)
		for i := range n {
			m.keys.Set(i, triple.Row(i)[t.Hidden+from:][:width])
		}
		for i := range n {
			for j, v := range triple.Row(i)[2*t.Hidden+from:][:width] {
				columns.Data[j*n+i] = v
			}
		}
		m.values.Reset(width, n)
		for j := range width {
			m.values.Set(j, columns.Row(j))
		}
		m.rows.SetRows(m.keys)
		m.rows.Mul(shares, m.queries, false)
		m.queries.Reset(len(rows), n)
		for i := range rows {
			row := shares.Row(i)
			neural.Shares(row, scale, t.plain)
			m.queries.SetUnit(i, row)
		}
		m.rows.SetRows(m.values)
		m.rows.Mul(mixed.Columns(from, from+width), m.queries, false)
	}
}
