package roles

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"parley/loader/neural"
	"parley/loader/sentence"
)

// Role is a part in a negotiation: of an actor or a place, or what a time or a verb tells of it.
type Role uint8

// The roles. What is only planned, denied or hoped for is none.
const (
	Mediator    Role = iota // brings the sides together as a third party
	Host                    // gives the house
	Venue                   // the place of talks or of a signing
	Participant             // takes part in talks as a party
	Signatory               // signs or initials
	Agreed                  // agrees, consents, strikes the deal
	Accepted                // accepts a proposal
	Rejected                // rejects a proposal
	Refused                 // refuses to sign, to take part, to concede
	Proposed                // puts a proposal forward
	Demanded                // demands or makes a condition
	Guarantor               // guarantees
	Observer                // observes or witnesses
	Invited                 // is invited
	Withdrew                // walks out or breaks off
	Leader                  // heads a delegation or party in the talks
	Held                    // of a time: talks were held then
	Dated                   // of a time: something was signed or agreed then
	Settled                 // of a verb: talks led to an agreement
	Failed                  // of a verb: talks ended or broke off without one
	Count                   // how many roles there are
)

var roleNames = [Count]string{"mediator", "host", "venue", "participant", "signatory", "agreed", "accepted", "rejected",
	"refused", "proposed", "demanded", "guarantor", "observer", "invited", "withdrew", "leader", "held", "dated", "settled", "failed"}

// String returns the name of r.
func (r Role) String() string { return roleNames[r] }

// Span is a mention, a time or a verb: tokens of one sentence, half open, and what its
// phrase is to other words.
type Span struct {
	Sentence, From, To int
	Functions          []Function
}

// Function is what a phrase is to the word at Token of its sentence: "subject",
// "object", "possessor", or a preposition, as loader/grammar names them.
type Function struct {
	Token int
	Name  string
}

// Chances are the probabilities of a mention's roles. A mention may have several.
type Chances [Count]float32

// Reader gives mentions their roles. It is safe for concurrent use.
type Reader struct {
	net        *transformer
	vocabulary *vocabulary
	hidden     *neural.Narrow // of the mention's mean state, the start's state, and a governor's mean state
	functions  neural.Rows    // one row for none, one for each function, one for all others
	function   map[string]int
	roles      *neural.Narrow
	linker     linker
	workers    sync.Pool
}

//go:embed english.weights
var weights []byte

var embedded = sync.OnceValues(func() (*Reader, error) { return decode(weights, false) })

// New returns the reader with the weights that are part of the program. They are
// unpacked on the first call; every call returns the same reader.
func New() (*Reader, error) { return embedded() }

// NewPlain is New for a reader that uses plain Go arithmetic even where the machine
// has faster instructions. Its answers are the same.
func NewPlain() (*Reader, error) { return decode(weights, true) }

// decode reads a weights file.
func decode(data []byte, plain bool) (*Reader, error) {
	file, err := neural.DecodeFile(data)
	if err != nil {
		return nil, fmt.Errorf("roles: %w", err)
	}
	r, err := build(file, plain)
	if err != nil {
		return nil, fmt.Errorf("roles: %w", err)
	}
	return r, nil
}

func build(file *neural.File, plain bool) (*Reader, error) {
	t := &transformer{plain: plain}
	if err := json.Unmarshal([]byte(file.Text("shape")), &t.shape); err != nil {
		return nil, fmt.Errorf("shape: %w", neural.ErrFormat)
	}
	if s := t.shape; s.Layers < 1 || s.Heads < 1 || s.Hidden < s.Heads || s.Hidden%s.Heads != 0 || s.Hidden%4 != 0 || s.Inner < 1 || s.Positions < 3 || s.Positions > 512 {
		return nil, fmt.Errorf("shape %+v: %w", s, neural.ErrFormat)
	}
	pieces := file.Words("pieces")
	for _, p := range []string{unknownPiece, startPiece, endPiece} {
		if !slices.Contains(pieces, p) {
			return nil, fmt.Errorf("no piece %s: %w", p, neural.ErrFormat)
		}
	}
	f := &neural.Tables{File: file, Plain: plain}
	t.word = f.Rows("word", len(pieces), t.Hidden)
	t.position = f.Rows("position", t.Positions, t.Hidden)
	t.first = normsOf(f, "first", t.Hidden)
	for i := range t.Layers {
		n := fmt.Sprintf("layer%d.", i)
		t.layers = append(t.layers, layer{
			attend: f.NarrowLinear(n+"attend", 3*t.Hidden, t.Hidden), mix: f.NarrowLinear(n+"mix", t.Hidden, t.Hidden), mid: normsOf(f, n+"mid", t.Hidden),
			up: f.NarrowLinear(n+"up", t.Inner, t.Hidden), down: f.NarrowLinear(n+"down", t.Hidden, t.Inner), after: normsOf(f, n+"after", t.Hidden),
		})
	}
	r := &Reader{net: t, vocabulary: newVocabulary(pieces)}
	r.hidden = f.NarrowLinear("hidden", t.Hidden, 3*t.Hidden)
	names := file.Words("functions")
	r.functions = f.Rows("function", len(names)+2, t.Hidden)
	r.function = make(map[string]int, len(names))
	for i, name := range names {
		r.function[name] = i + 1
	}
	r.roles = f.NarrowLinear("roles", int(Count), t.Hidden)
	r.linker = linkerOf(f, t.Hidden)
	r.workers.New = func() any { return new(worker) }
	return r, f.Err
}

// normsOf returns the gains and biases of the named normalisation of n elements.
func normsOf(f *neural.Tables, name string, n int) norms {
	return norms{f.Floats(name+".gain", n), f.Floats(name+".norm", n)}
}

// worker is the memory of one run.
type worker struct {
	memory
	ids    []int32
	starts [][]int // by sentence of the run and token: index of its first piece; one more for the end

	views                                    []view
	seen                                     []bool
	wanted                                   []int // pieces whose states are looked at, in order
	averages, pooled, middle, scores, offset buffer
	links                                    linkMemory
}

// view is a mention seen as what it is to one other word.
type view struct{ span, function int }

// runPieces is how many pieces are read together, but for the one at each end. A
// longer sentence is read as far as that.
const runPieces = 100

// Answer is what a reader says of a text.
type Answer struct {
	Chances []Chances     // by span
	Links   []LinkChances // by pair
	Runs    []int         // first sentences of those that were read together
}

// Read returns the chances of each of spans and those of each of pairs, which lie in ss
// in the order of their sentences. Those of a span too deep in a long sentence are all
// zero. The error is ctx's, if ctx ends first.
func (r *Reader) Read(ctx context.Context, ss []sentence.Sentence, spans []Span, pairs []Pair) (Answer, error) {
	w := r.workers.Get().(*worker)
	defer r.workers.Put(w)
	out := Answer{Chances: make([]Chances, len(spans)), Links: make([]LinkChances, len(pairs))}
	for from, done, linked := 0, 0, 0; from < len(ss); {
		if err := ctx.Err(); err != nil {
			return Answer{}, err
		}
		out.Runs = append(out.Runs, from)
		to := r.gather(w, ss, from)
		n, l := done, linked
		for n < len(spans) && spans[n].Sentence < to {
			n++
		}
		for l < len(pairs) && spans[pairs[l].A].Sentence < to {
			l++
		}
		if n > done {
			x := r.net.run(&w.memory, w.ids, w.look(from, spans[done:n], done, pairs[linked:l]))
			means := w.means(x, from, spans[done:n])
			r.read(w, x, means, from, spans[done:n], out.Chances[done:n])
			r.link(w, x, means, from, spans[done:n], done, pairs[linked:l], out.Links[linked:l])
		}
		from, done, linked = to, n, l
	}
	return out, nil
}

// gather puts the pieces of as many sentences as fit, from the given one on, into w
// and returns the first that is left.
func (r *Reader) gather(w *worker, ss []sentence.Sentence, from int) int {
	limit := min(runPieces, r.net.Positions-2)
	w.ids = append(w.ids[:0], r.vocabulary.start)
	w.starts = w.starts[:0]
	to := from
	for ; to < len(ss); to++ {
		begin := len(w.ids)
		starts := make([]int, 0, len(ss[to].Tokens)+1)
		for i := range ss[to].Tokens {
			starts = append(starts, len(w.ids))
			w.ids = r.vocabulary.cut(w.ids, ss[to].Tokens[i].Form)
		}
		starts = append(starts, len(w.ids))
		if len(w.ids) > limit+1 {
			if to > from {
				w.ids = w.ids[:begin]
				break
			}
			w.ids = w.ids[:limit+1]
		}
		w.starts = append(w.starts, starts)
	}
	w.ids = append(w.ids, r.vocabulary.end)
	return to
}

// maxFunctions is how many functions of a mention are looked at.
const maxFunctions = 4

// read sets the chances of spans, whose mean states are means, off the states x of the
// run of w that begins with sentence from. A mention has the role that is likeliest in
// one of its functions.
func (r *Reader) read(w *worker, x, means neural.Matrix, from int, spans []Span, out []Chances) {
	pooled := r.pool(w, x, means, from, spans)
	n, h := len(w.views), r.net.Hidden
	middle := w.middle.matrix(n, h)
	r.net.multiply(r.hidden, middle, &w.memory, pooled)
	offset := w.offset.matrix(1, h).Row(0)
	for k, v := range w.views {
		r.functions.Dequantise(v.function, offset)
		row := middle.Row(k)
		for j, o := range offset {
			row[j] += o
		}
	}
	neural.Gelu(middle.Data, r.net.plain)
	scores := w.scores.matrix(n, int(Count))
	r.net.multiply(r.roles, scores, &w.memory, middle)
	for k, v := range w.views {
		for role, score := range scores.Row(k) {
			out[v.span][role] = max(out[v.span][role], neural.Sigmoid(score))
		}
	}
}

// pool sets the views of w and returns the states that each is read off: those of the
// mention, of the start and of the word that it is seen from.
func (r *Reader) pool(w *worker, x, means neural.Matrix, from int, spans []Span) neural.Matrix {
	h, end := r.net.Hidden, x.Rows-1
	w.views = w.views[:0]
	pooled := w.pooled.matrix(len(spans)*maxFunctions, 3*h)
	for i, s := range spans {
		if !w.reached(from, s, end) {
			continue
		}
		starts, first := w.starts[s.Sentence-from], len(w.views)
		for _, f := range s.Functions {
			if len(w.views) == first+maxFunctions {
				break
			}
			if mean(pooled.Row(len(w.views))[2*h:], x, starts[f.Token], min(starts[f.Token+1], end)) {
				w.views = append(w.views, view{i, r.functionOf(f.Name)})
			}
		}
		if len(w.views) == first {
			clear(pooled.Row(first)[2*h:])
			w.views = append(w.views, view{i, 0})
		}
		for k := first; k < len(w.views); k++ {
			copy(pooled.Row(k), means.Row(i))
			copy(pooled.Row(k)[h:2*h], x.Row(0))
		}
	}
	return pooled.Slice(0, len(w.views))
}

// look sets and returns the pieces whose states are looked at for the roles of spans,
// whose first is the one with index base, and the links of pairs.
func (w *worker) look(from int, spans []Span, base int, pairs []Pair) []int {
	end := len(w.ids) - 1
	w.seen = append(w.seen[:0], make([]bool, len(w.ids))...)
	w.seen[0] = true
	for _, s := range spans {
		starts := w.starts[s.Sentence-from]
		for k := starts[s.From]; k < min(starts[s.To], end); k++ {
			w.seen[k] = true
		}
		for _, f := range s.Functions {
			for k := starts[f.Token]; k < min(starts[f.Token+1], end); k++ {
				w.seen[k] = true
			}
		}
	}
	for _, p := range pairs {
		lo, hi := w.gap(from, spans[p.A-base], spans[p.B-base])
		for k := lo; k < min(hi, end); k++ {
			w.seen[k] = true
		}
	}
	w.wanted = w.wanted[:0]
	for k, ok := range w.seen {
		if ok {
			w.wanted = append(w.wanted, k)
		}
	}
	return w.wanted
}

// means returns the mean state of each of spans, zero for those beyond what was read.
func (w *worker) means(x neural.Matrix, from int, spans []Span) neural.Matrix {
	out := w.averages.matrix(len(spans), x.Cols)
	for i, s := range spans {
		starts := w.starts[s.Sentence-from]
		if !mean(out.Row(i), x, starts[s.From], min(starts[s.To], x.Rows-1)) {
			clear(out.Row(i))
		}
	}
	return out
}

// reached reports whether s begins before piece end.
func (w *worker) reached(from int, s Span, end int) bool {
	return w.starts[s.Sentence-from][s.From] < end
}

// functionOf returns the row of a function's name; that of "in palace of" is that of "in".
func (r *Reader) functionOf(name string) int {
	first, _, _ := strings.Cut(name, " ")
	if k, ok := r.function[first]; ok {
		return k
	}
	return r.functions.Rows - 1
}

// mean sets dst to the mean of the rows of x from a up to b, and reports whether there
// are any.
func mean(dst []float32, x neural.Matrix, a, b int) bool {
	if a >= b {
		return false
	}
	clear(dst)
	for k := a; k < b; k++ {
		for j, v := range x.Row(k) {
			dst[j] += v
		}
	}
	share := 1 / float32(b-a)
	for j := range dst {
		dst[j] *= share
	}
	return true
}
