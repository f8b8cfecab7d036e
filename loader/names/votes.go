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

// note adds the words of the sentence that w has scored, and keeps their
// probabilities in w.classes.
func (v *votes) note(w *workspace) {
	start := len(w.classes)
	w.classes = append(w.classes, make([][1 + int(classes)]float32, len(w.x.words))...)
	done := false
	for i := range w.x.words {
		word := &w.x.words[i]
		if !isVoter(word) {
			continue
		}
		if !done {
			w.model.chances(&w.l)
			done = true
		}
		p := w.l.classes(i)
		w.classes[start+i] = p
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

// classes returns the probabilities of token i by class. chances must have run.
func (l *lattice) classes(i int) [1 + int(classes)]float32 {
	var p [1 + int(classes)]float32
	for k := range labels {
		p[(k+3)/4] += float32(l.ahead[i][k] * l.behind[i][k])
	}
	return p
}

// pull moves the scores of the sentence in w, whose first token is the article's
// token at, towards what its words are elsewhere in the document.
func (v *votes) pull(w *workspace, at int) {
	for i := range w.x.words {
		word := &w.x.words[i]
		if !isVoter(word) {
			continue
		}
		sum := v.sums[word.lower]
		if sum == nil || sum.n < 2 {
			continue
		}
		var adds [1 + int(classes)]float32
		for k, p := range w.classes[at+i] {
			mean := sum.p[k] / float32(sum.n)
			adds[k] = pullWeight * float32(math.Log(float64((mean+floor)/(p+floor))))
		}
		for k := range labels {
			w.l.scores[i][k] += adds[(k+3)/4]
		}
	}
}
