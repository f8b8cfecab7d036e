package names

import "math"

// model is a conditional random field over the labels of a sentence's tokens.
type model struct {
	table  table
	rows   []int8    // labels weights for each feature
	scales []float32 // of each row
	trans  [labels][labels]float32
	weigh  [labels][labels]float64 // exponentials of trans
	steps  *steps
	prints []uint32 // of the rows, sorted; only while training
}

// lattice holds the scores of one sentence's labels; it is used again.
type lattice struct {
	scores [][labels]float32
	best   [][labels]float32
	from   [][labels]uint8
	path   []int

	local, ahead, behind [][labels]float64 // see chances
	norm                 []float64

	alpha, beta [][labels]float32 // logarithms, see marginals
}

// size readies l for n tokens.
func (l *lattice) size(n int) {
	if cap(l.scores) < n {
		l.scores = make([][labels]float32, n+64)
		l.best = make([][labels]float32, n+64)
		l.from = make([][labels]uint8, n+64)
		l.path = make([]int, n+64)
		l.local = make([][labels]float64, n+64)
		l.ahead = make([][labels]float64, n+64)
		l.behind = make([][labels]float64, n+64)
		l.norm = make([]float64, n+64)
	}
	l.scores, l.best, l.from = l.scores[:n], l.best[:n], l.from[:n]
	l.path, l.norm = l.path[:n], l.norm[:n]
	l.local, l.ahead, l.behind = l.local[:n], l.ahead[:n], l.behind[:n]
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

// chances fills l.ahead and l.behind, the scaled sums over paths up to and after
// each label, from l.scores. The product of the two is a label's probability.
func (m *model) chances(l *lattice) {
	n := len(l.scores)
	for i := range n {
		top := l.scores[i][0]
		for _, s := range l.scores[i] {
			top = max(top, s)
		}
		var sum float64
		for k := range labels {
			var before float64
			switch {
			case i > 0:
				for _, a := range m.steps.before[k] {
					before += l.ahead[i-1][a] * m.weigh[a][k]
				}
			case opens(k):
				before = 1
			}
			l.local[i][k] = math.Exp(max(float64(l.scores[i][k]-top), -60))
			l.ahead[i][k] = before * l.local[i][k]
			if i < n-1 || closes(k) {
				sum += l.ahead[i][k]
			}
		}
		if sum == 0 {
			sum = 1
		}
		l.norm[i] = 1 / sum
		for k := range labels {
			l.ahead[i][k] *= l.norm[i]
		}
	}
	for k := range labels {
		l.behind[n-1][k] = 0
		if closes(k) {
			l.behind[n-1][k] = 1
		}
	}
	for i := n - 2; i >= 0; i-- {
		var next [labels]float64
		for k := range labels {
			next[k] = l.local[i+1][k] * l.behind[i+1][k] * l.norm[i+1]
		}
		for a := range labels {
			var sum float64
			for _, k := range m.steps.after[a] {
				sum += m.weigh[a][k] * next[k]
			}
			l.behind[i][a] = sum
		}
	}
}

// spanProbability returns the probability that tokens from to to are one name of
// class c. chances must have run.
func (m *model) spanProbability(l *lattice, from, to int, c Class) float32 {
	k := labelOf(c, begins)
	if to-from == 1 {
		k = labelOf(c, single)
	}
	p := l.ahead[from][k]
	for i := from + 1; i < to; i++ {
		next := labelOf(c, inside)
		if i == to-1 {
			next = labelOf(c, ends)
		}
		p *= m.weigh[k][next] * l.local[i][next] * l.norm[i]
		k = next
	}
	return float32(min(p*l.behind[to-1][k], 1))
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
