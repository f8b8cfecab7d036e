package names

import "math"

// model is a conditional random field over the labels of a sentence's tokens.
type model struct {
	table  table
	rows   []int8    // labels weights for each feature
	scales []float32 // of each row
	trans  [labels][labels]float32
	steps  *steps
	prints []uint32 // of the rows, sorted; only while training
}

// lattice holds the scores of one sentence's labels; it is used again.
type lattice struct {
	scores [][labels]float32
	best   [][labels]float32
	from   [][labels]uint8
	alpha  [][labels]float32
	beta   [][labels]float32
	path   []int
}

// size readies l for n tokens.
func (l *lattice) size(n int) {
	if cap(l.scores) < n {
		l.scores = make([][labels]float32, n+64)
		l.best = make([][labels]float32, n+64)
		l.from = make([][labels]uint8, n+64)
		l.alpha = make([][labels]float32, n+64)
		l.beta = make([][labels]float32, n+64)
		l.path = make([]int, n+64)
	}
	l.scores, l.best, l.from = l.scores[:n], l.best[:n], l.from[:n]
	l.alpha, l.beta, l.path = l.alpha[:n], l.beta[:n], l.path[:n]
}

// score adds up the weights of each token's features.
func (m *model) score(x *extractor, l *lattice) {
	l.size(len(x.words))
	for i := range x.words {
		var sum [labels]float32
		for _, f := range x.features(i) {
			r := m.table.row(f)
			if r < 0 {
				continue
			}
			row := m.rows[r*labels:][:labels:labels]
			scale := m.scales[r]
			for k, w := range row {
				sum[k] += float32(w) * scale
			}
		}
		l.scores[i] = sum
	}
}

// viterbi sets l.path to the labels of the highest score.
func (m *model) viterbi(l *lattice) {
	n := len(l.scores)
	if n == 0 {
		return
	}
	const never = float32(-1e30)
	for k := range labels {
		l.best[0][k] = never
		if opens(k) {
			l.best[0][k] = l.scores[0][k]
		}
	}
	for i := 1; i < n; i++ {
		for k := range labels {
			top, from := never*2, 0
			for _, a := range m.steps.before[k] {
				if s := l.best[i-1][a] + m.trans[a][k]; s > top {
					top, from = s, a
				}
			}
			l.best[i][k], l.from[i][k] = top+l.scores[i][k], uint8(from)
		}
	}
	last := 0
	for k := range labels {
		if closes(k) && l.best[n-1][k] > l.best[n-1][last] {
			last = k
		}
	}
	for i := n - 1; i >= 0; i-- {
		l.path[i] = last
		last = int(l.from[i][last])
	}
}

// marginals fills l.alpha and l.beta with the log sums of paths up to and after
// each label, and returns the log sum of all paths.
func (m *model) marginals(l *lattice) float32 {
	n := len(l.scores)
	for k := range labels {
		l.alpha[0][k], l.beta[n-1][k] = float32(math.Inf(-1)), float32(math.Inf(-1))
		if opens(k) {
			l.alpha[0][k] = l.scores[0][k]
		}
		if closes(k) {
			l.beta[n-1][k] = 0
		}
	}
	var terms [labels]float32
	for i := 1; i < n; i++ {
		for k := range labels {
			before := m.steps.before[k]
			for j, a := range before {
				terms[j] = l.alpha[i-1][a] + m.trans[a][k]
			}
			l.alpha[i][k] = logSum(terms[:len(before)]) + l.scores[i][k]
		}
	}
	for i := n - 2; i >= 0; i-- {
		for a := range labels {
			c := 0
			for k := range labels {
				if follows(a, k) {
					terms[c] = m.trans[a][k] + l.scores[i+1][k] + l.beta[i+1][k]
					c++
				}
			}
			l.beta[i][a] = logSum(terms[:c])
		}
	}
	c := 0
	for k := range labels {
		if closes(k) {
			terms[c] = l.alpha[n-1][k]
			c++
		}
	}
	return logSum(terms[:c])
}

// spanProbability returns the probability that tokens from to to are one name of
// class c. marginals must have run and returned z.
func (m *model) spanProbability(l *lattice, z float32, from, to int, c Class) float32 {
	k := labelOf(c, begins)
	if to-from == 1 {
		k = labelOf(c, single)
	}
	s := l.alpha[from][k]
	for i := from + 1; i < to; i++ {
		next := labelOf(c, inside)
		if i == to-1 {
			next = labelOf(c, ends)
		}
		s += m.trans[k][next] + l.scores[i][next]
		k = next
	}
	return min(float32(math.Exp(float64(s+l.beta[to-1][k]-z))), 1)
}

// logSum returns the logarithm of the sum of the exponentials of xs.
func logSum(xs []float32) float32 {
	top := float32(math.Inf(-1))
	for _, x := range xs {
		top = max(top, x)
	}
	if math.IsInf(float64(top), -1) {
		return top
	}
	var sum float64
	for _, x := range xs {
		if d := x - top; d > -25 {
			sum += math.Exp(float64(d))
		}
	}
	return top + float32(math.Log(sum))
}

// table finds the row of a feature by its hash.
type table struct {
	keys []uint32 // fingerprints, 0 for an empty slot
	ids  []int32
}

// newTable returns a table with room for n features.
func newTable(n int) table {
	size := 1024
	for size < 2*n {
		size *= 2
	}
	return table{keys: make([]uint32, size), ids: make([]int32, size)}
}

// print returns the fingerprint of a feature.
func print(f uint64) uint32 {
	p := uint32(f >> 32)
	if p == 0 {
		return 1
	}
	return p
}

// row returns the row of feature f, or -1. Two features of one fingerprint share a row.
func (t *table) row(f uint64) int {
	p := print(f)
	mask := uint32(len(t.keys) - 1)
	for i := p & mask; t.keys[i] != 0; i = (i + 1) & mask {
		if t.keys[i] == p {
			return int(t.ids[i])
		}
	}
	return -1
}

// put sets the row of the features with fingerprint p.
func (t *table) put(p uint32, row int) {
	mask := uint32(len(t.keys) - 1)
	i := p & mask
	for t.keys[i] != 0 && t.keys[i] != p {
		i = (i + 1) & mask
	}
	t.keys[i], t.ids[i] = p, int32(row)
}
