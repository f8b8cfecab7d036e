package syntax

import (
	"math"

	"parley/loader/neural"
)

// worker is the memory of one run of the network. Its rows are ordered by time:
// the first words of all sentences, longest sentence first, then the second
// words, and so on, so that one step of the LSTM is one product of matrices.
type worker struct {
	net    *network
	forms  [][]string // of each sentence, longest first
	count  []int      // sentences still running, by time
	offset []int      // first row of each time
	rows   int
	cellOf func(gates, prior, cell, squashed, out []float32)

	unique  map[string]int // row of each different form in the two matrices below
	first   [2]neural.Matrix
	vector  []float32
	acts    neural.Bytes
	top     neural.Activations // of the tagger
	states  neural.Activations
	gates   neural.Matrix
	cell    neural.Matrix
	squash  []float32
	out     [2]neural.Matrix // of the layer below and of this one
	below   neural.Matrix
	tagged  []int // the tagger's choice for each row
	arcs    arcWork
	labels  labelWork
	headsOf []decoded
}

// decoded is the parser's choice for one row.
type decoded struct {
	head     int // place in the sentence, or -1
	relation int
	score    float32
}

// arcWork is what heads are chosen from.
type arcWork struct {
	dep, head, pair neural.Matrix
	left, right     neural.Activations
	scores          neural.Matrix
}

// labelWork is what relations are chosen from.
type labelWork struct {
	dep, head, pair, scores neural.Matrix
	heads                   neural.Matrix
}

func newWorker(net *network, plain bool) *worker {
	w := &worker{
		net: net, unique: map[string]int{}, cellOf: neural.Cell,
		vector: make([]float32, net.cfg.Input()), squash: make([]float32, net.cfg.Hidden),
	}
	if plain {
		w.cellOf = neural.CellPlain
	}
	w.acts.Plain = plain
	for _, a := range []*neural.Activations{&w.top, &w.states, &w.arcs.left, &w.arcs.right} {
		a.Plain = plain
	}
	return w
}

// run tags and parses forms, whose sentences must not be empty and must stand in
// order of falling length.
func (w *worker) run(forms [][]string) {
	w.forms = forms
	w.count, w.offset, w.rows = w.count[:0], w.offset[:0], 0
	for t := range forms[0] {
		n := 0
		for n < len(forms) && len(forms[n]) > t {
			n++
		}
		w.count, w.offset = append(w.count, n), append(w.offset, w.rows)
		w.rows += n
	}
	w.embed()
	h := w.net.cfg.Hidden
	for l, layer := range w.net.layers {
		reshape(&w.out[1], w.rows, 2*h)
		if l > 0 {
			w.acts.Reset(w.rows, w.below.Cols)
			for i := range w.rows {
				w.acts.Set(i, w.below.Row(i))
			}
		}
		for d := range 2 {
			reshape(&w.gates, w.rows, 4*h)
			if l == 0 {
				w.spread(d)
			} else {
				layer[d].in.Mul(w.gates, w.acts)
			}
			w.recur(layer[d].rec, w.out[1].Columns(d*h, (d+1)*h), d == 1)
		}
		w.out[0], w.out[1] = w.out[1], w.out[0]
		if l == 0 {
			w.tagRows()
		} else {
			w.below = w.out[0]
		}
	}
	w.treeRows()
}

// reshape makes m a matrix of rows by cols with undefined content.
func reshape(m *neural.Matrix, rows, cols int) {
	if cap(m.Data) < rows*cols {
		m.Data = make([]float32, rows*cols, rows*cols+rows*cols/4)
	}
	*m = neural.View(m.Data[:cap(m.Data)], rows, cols)
}

// embed computes what the first layer makes of each different form.
func (w *worker) embed() {
	n, cfg := w.net, w.net.cfg
	clear(w.unique)
	var order []string
	for _, forms := range w.forms {
		for _, f := range forms {
			if _, ok := w.unique[f]; !ok {
				w.unique[f] = len(order)
				order = append(order, f)
			}
		}
	}
	w.acts.Reset(len(order), cfg.Input())
	for i, form := range order {
		n.input(n.vocabulary.Features(form), w.vector)
		w.acts.Set(i, w.vector)
	}
	for d := range 2 {
		reshape(&w.first[d], len(order), 4*cfg.Hidden)
		n.layers[0][d].in.Mul(w.first[d], w.acts)
	}
}

// input writes the vectors of one word to x.
func (n *network) input(f Features, x []float32) {
	cfg := n.cfg
	n.word.Dequantise(int(f.Word), x[:cfg.Word])
	n.known.Dequantise(int(f.Known), x[cfg.Word:][:cfg.Known])
	chars := x[cfg.Word+cfg.Known:][:cfg.Char]
	clear(chars)
	weight := float32(1 / math.Sqrt(float64(len(f.Chars))))
	for _, c := range f.Chars {
		scale := n.char.Scale[c]
		for j, v := range n.char.Data[int(c)*cfg.Char : (int(c)+1)*cfg.Char] {
			chars[j] += float32(scale * float32(v))
		}
	}
	for j := range chars {
		chars[j] *= weight
	}
	n.shape.Dequantise(int(f.Shape), x[cfg.Word+cfg.Known+cfg.Char:])
}

// spread copies the first layer's sums of each form to the rows where it stands.
func (w *worker) spread(d int) {
	for s, forms := range w.forms {
		for t, f := range forms {
			copy(w.gates.Row(w.offset[t]+s), w.first[d].Row(w.unique[f]))
		}
	}
}

// recur runs the recurrence of one direction over the sums in w.gates.
func (w *worker) recur(rec *neural.Weights, out neural.Matrix, reverse bool) {
	h := rec.In
	reshape(&w.cell, len(w.forms), h)
	clear(w.cell.Data)
	last := len(w.count) - 1
	for i := range w.count {
		t, p := i, i-1
		if reverse {
			t, p = last-i, last-i+1
		}
		row, n := w.offset[t], w.count[t]
		if i > 0 {
			carried := min(n, w.count[p])
			w.states.Reset(carried, h)
			for j := range carried {
				w.states.SetUnit(j, out.Row(w.offset[p]+j))
			}
			rec.Mul(w.gates.Slice(row, row+carried), w.states, true)
		}
		for j := range n {
			w.cellOf(w.gates.Row(row+j), w.cell.Row(j), w.cell.Row(j), w.squash, out.Row(row+j))
		}
	}
}

// leastTag is the probability under which a tag does not count for the mean
// vector; it saves time and no accuracy.
const leastTag = 1e-4

// tagRows chooses the tags and makes the input of the second layer.
func (w *worker) tagRows() {
	n, y := w.net, w.out[0]
	width := n.cfg.Tag
	w.top.Reset(w.rows, y.Cols)
	for i := range w.rows {
		w.top.SetUnit(i, y.Row(i))
	}
	reshape(&w.labels.scores, w.rows, len(n.tags))
	n.tag.Mul(w.labels.scores, w.top, false)
	reshape(&w.below, w.rows, y.Cols+width)
	w.tagged = w.tagged[:0]
	for i := range w.rows {
		p := w.labels.scores.Row(i)
		w.tagged = append(w.tagged, neural.Softmax(p))
		x := w.below.Row(i)
		copy(x, y.Row(i))
		mean := x[y.Cols:]
		clear(mean)
		for k, share := range p {
			if share < leastTag {
				continue
			}
			for j, v := range n.tagEmbed[k*width : (k+1)*width] {
				mean[j] += float32(share * v)
			}
		}
	}
}

// treeRows chooses heads and relations.
func (w *worker) treeRows() {
	n, y := w.net, w.out[0]
	w.acts.Reset(w.rows, y.Cols)
	for i := range w.rows {
		w.acts.Set(i, y.Row(i))
	}
	w.view(&w.arcs.dep, n.arcDep)
	w.view(&w.arcs.head, n.arcHead)
	w.view(&w.labels.dep, n.labDep)
	w.view(&w.labels.head, n.labHead)
	w.product(&w.arcs.pair, n.arcPair, w.arcs.dep)
	if cap(w.headsOf) < w.rows {
		w.headsOf = make([]decoded, w.rows, w.rows+w.rows/4)
	}
	w.headsOf = w.headsOf[:w.rows]
	for s := range w.forms {
		w.chooseHeads(s)
	}
	w.chooseLabels()
}

// view multiplies the top layer and applies the rectifier.
func (w *worker) view(dst *neural.Matrix, weights *neural.Narrow) {
	reshape(dst, w.rows, weights.Out)
	weights.Mul(*dst, w.acts)
	neural.Leaky(dst.Data)
}

// product multiplies the rows of x.
func (w *worker) product(dst *neural.Matrix, weights *neural.Weights, x neural.Matrix) {
	w.states.Reset(x.Rows, x.Cols)
	for i := range x.Rows {
		w.states.Set(i, x.Row(i))
	}
	reshape(dst, x.Rows, weights.Out)
	weights.Mul(*dst, w.states, false)
}

// chooseHeads finds the heads of sentence s: of each word the likeliest one, or
// the likeliest tree if those are not a tree with one root.
func (w *worker) chooseHeads(s int) {
	words := len(w.forms[s])
	a := &w.arcs
	a.left.Reset(words, w.net.cfg.Arc)
	a.right.Reset(words+1, w.net.cfg.Arc)
	a.right.Set(0, w.net.arcRoot)
	for t := range words {
		a.left.Set(t, a.pair.Row(w.offset[t]+s))
		a.right.Set(t+1, a.head.Row(w.offset[t]+s))
	}
	reshape(&a.scores, words, words+1)
	neural.Scores(a.scores, a.left, a.right)
	heads := make([]int, words)
	for t := range words {
		p := a.scores.Row(t)
		soften(p)
		p[t+1] = float32(math.Inf(-1))
		heads[t] = neural.Softmax(p) - 1
	}
	if !isTree(heads) {
		heads = bestTree(a.scores)
	}
	for t, h := range heads {
		w.headsOf[w.offset[t]+s] = decoded{head: h, score: a.scores.Row(t)[h+1]}
	}
}

// temperature makes probabilities mean what they say: a network that saw its
// training data many times is too sure of itself. It was fitted on the dev parts
// of EWT and GUM, and changes no tree.
const temperature = 1.45

func soften(scores []float32) {
	for i := range scores {
		scores[i] *= 1 / temperature
	}
}

// chooseLabels finds the relation of every row to its head.
func (w *worker) chooseLabels() {
	n, l := w.net, &w.labels
	width := n.cfg.Label
	reshape(&l.heads, w.rows, width)
	for s, forms := range w.forms {
		for t := range forms {
			r := w.offset[t] + s
			source := n.labRoot
			if h := w.headsOf[r].head; h >= 0 {
				source = l.head.Row(w.offset[h] + s)
			}
			copy(l.heads.Row(r), source)
		}
	}
	w.product(&l.pair, n.labPair, l.dep)
	reshape(&l.scores, w.rows, len(n.relations))
	n.labFromDep.Mul(l.scores, w.states, false)
	w.states.Reset(w.rows, width)
	for i := range w.rows {
		w.states.Set(i, l.heads.Row(i))
	}
	n.labFromHead.Mul(l.scores, w.states, true)
	for r := range w.rows {
		p, h, q := l.scores.Row(r), l.heads.Row(r), l.pair.Row(r)
		neural.AddDots(p, q, h)
		soften(p)
		best := n.root
		if w.headsOf[r].head >= 0 {
			p[n.root] = float32(math.Inf(-1))
			best = neural.Softmax(p)
		} else {
			neural.Softmax(p)
		}
		w.headsOf[r].relation = best
		w.headsOf[r].score *= p[best]
	}
}
