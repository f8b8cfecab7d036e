package roles

import "parley/loader/neural"

// Link is what a mention is to another.
type Link uint8

// The links, from an actor to a state, an organisation or a group.
const (
	Leads           Link = iota // heads, chairs, commands
	Represents                  // speaks, negotiates or signs for
	Member                      // belongs to
	SpokespersonFor             // is spokesman or spokeswoman for
	LinkCount                   // how many links there are
)

var linkNames = [LinkCount]string{"leads", "represents", "member", "spokesperson"}

// String returns the name of l.
func (l Link) String() string { return linkNames[l] }

// Pair are two mentions of one sentence, as indices of spans.
type Pair struct{ A, B int }

// LinkChances are the probabilities that A of a pair is linked with B.
type LinkChances [LinkCount]float32

// linker reads links off the states of the two mentions of a pair: the sum of what each
// gives, the product of what each gives, the mean state of the words between them and
// how many mentions lie between.
type linker struct {
	a, b    *neural.Narrow // of each mention: what is added, then what is multiplied
	between *neural.Narrow
	far     neural.Rows // one row for each distance, from -maxFar to maxFar
	links   *neural.Narrow
}

// maxFar is the greatest distance, in mentions, that is told apart.
const maxFar = 6

func linkerOf(f *neural.Tables, hidden int) linker {
	return linker{
		a: f.NarrowLinear("link.a", 2*hidden, hidden), b: f.NarrowLinear("link.b", 2*hidden, hidden), between: f.NarrowLinear("link.between", hidden, hidden),
		far: f.Rows("link.far", 2*maxFar+1, hidden), links: f.NarrowLinear("links", int(LinkCount), hidden),
	}
}

// linkMemory is the memory of a linker.
type linkMemory struct{ a, b, gaps, between, scores buffer }

// link sets the chances of pairs of spans, whose first is the one with index base and
// whose mean states are means, off the states x of the run of w that begins with sentence
// from.
func (r *Reader) link(w *worker, x, means neural.Matrix, from int, spans []Span, base int, pairs []Pair, out []LinkChances) {
	if len(pairs) == 0 {
		return
	}
	h, end, m := r.net.Hidden, x.Rows-1, &w.links
	a, b := m.a.matrix(len(spans), 2*h), m.b.matrix(len(spans), 2*h)
	r.net.multiply(r.linker.a, a, &w.memory, means)
	r.net.multiply(r.linker.b, b, &w.memory, means)
	gaps, middle := m.gaps.matrix(len(pairs), h), m.between.matrix(len(pairs), h)
	for k, p := range pairs {
		lo, hi := w.gap(from, spans[p.A-base], spans[p.B-base])
		if !mean(gaps.Row(k), x, lo, min(hi, end)) {
			clear(gaps.Row(k))
		}
	}
	r.net.multiply(r.linker.between, middle, &w.memory, gaps)
	offset := w.offset.matrix(1, h).Row(0)
	for k, p := range pairs {
		one, other := a.Row(p.A-base), b.Row(p.B-base)
		r.linker.far.Dequantise(max(-maxFar, min(maxFar, p.B-p.A))+maxFar, offset)
		row := middle.Row(k)
		for j := range row {
			row[j] += one[j] + other[j] + float32(one[h+j]*other[h+j]) + offset[j]
		}
	}
	neural.Gelu(middle.Data, r.net.plain)
	scores := m.scores.matrix(len(pairs), int(LinkCount))
	r.net.multiply(r.linker.links, scores, &w.memory, middle)
	for k, p := range pairs {
		if w.reached(from, spans[p.A-base], end) && w.reached(from, spans[p.B-base], end) {
			for l, score := range scores.Row(k) {
				out[k][l] = neural.Sigmoid(score)
			}
		}
	}
}

// gap returns the pieces between two spans of one sentence, half open.
func (w *worker) gap(from int, a, b Span) (lo, hi int) {
	starts := w.starts[a.Sentence-from]
	return min(starts[a.To], starts[b.To]), max(starts[a.From], starts[b.From])
}
