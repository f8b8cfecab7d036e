package names

import "math"

// votes gathers, over one document, what class each capitalised word is likely
// to be of, so that a word that is clear in one sentence helps in another.
type votes struct {
	sums map[uint32]*vote
}

// vote is the summed probabilities of one word: outside all names, then by class.
type vote struct {
	n int
	p [1 + int(classes)]float32
}

const (
	pullWeight = 0.7  // how much of the distance to the document's mean a word is moved
	floor      = 0.03 // least probability that a class is given
)

// reset forgets the document.
func (v *votes) reset() { v.sums = make(map[uint32]*vote, 64) }

// note adds the words of the sentence that w has scored.
func (v *votes) note(w *workspace) {
	z := float32(0)
	done := false
	for i := range w.x.words {
		word := &w.x.words[i]
		if !isVoter(word) {
			continue
		}
		if !done {
			z, done = w.model.marginals(&w.l), true
		}
		p := w.l.classes(i, z)
		sum := v.sums[word.lower]
		if sum == nil {
			sum = new(vote)
			v.sums[word.lower] = sum
		}
		sum.n++
		for k := range p {
			sum.p[k] += p[k]
		}
	}
}

// isVoter reports whether a word takes part: it has a capital and is no small word.
func isVoter(w *word) bool { return w.upper && !w.inner && w.doc&seenLower == 0 }

// classes returns the probabilities of token i by class.
func (l *lattice) classes(i int, z float32) [1 + int(classes)]float32 {
	var p [1 + int(classes)]float32
	for k := range labels {
		p[(k+3)/4] += expOf(l.alpha[i][k] + l.beta[i][k] - z)
	}
	return p
}

// pull moves the scores of the sentence that w has scored towards what its
// words are elsewhere in the document.
func (v *votes) pull(w *workspace) {
	z := float32(0)
	done := false
	var adds [][1 + int(classes)]float32
	for i := range w.x.words {
		word := &w.x.words[i]
		if !isVoter(word) {
			continue
		}
		sum := v.sums[word.lower]
		if sum == nil || sum.n < 2 {
			continue
		}
		if !done {
			z, done = w.model.marginals(&w.l), true
			adds = make([][1 + int(classes)]float32, len(w.x.words))
		}
		p := w.l.classes(i, z)
		for k := range p {
			mean := sum.p[k] / float32(sum.n)
			adds[i][k] = pullWeight * float32(math.Log(float64((mean+floor)/(p[k]+floor))))
		}
	}
	for i := range adds {
		for k := range labels {
			w.l.scores[i][k] += adds[i][(k+3)/4]
		}
	}
}
