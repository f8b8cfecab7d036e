package names

import "math"

// marginals fills l.alpha and l.beta with the log sums of paths up to and after
// each label, and returns the log sum of all paths. Training needs it, where
// labels are ruled out by scores of minus infinity; tagging uses chances.
func (m *model) marginals(l *lattice) float32 {
	n := len(l.scores)
	if cap(l.alpha) < n {
		l.alpha, l.beta = make([][labels]float32, n+64), make([][labels]float32, n+64)
	}
	l.alpha, l.beta = l.alpha[:n], l.beta[:n]
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
