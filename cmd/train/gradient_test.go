package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"parley/loader/neural"
	"parley/loader/syntax"
)

// TestGradients compares the gradients with differences of the loss.
func TestGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	cfg := syntax.Config{Word: 5, Known: 4, Char: 6, Shape: 3, Buckets: 20, Hidden: 7, Layers: 3, Tag: 4, Arc: 6, Label: 5}
	known := neural.NewMatrix(6, cfg.Known)
	for i := range known.Data[cfg.Known:] {
		known.Data[cfg.Known+i] = r.Float32() - 0.5
	}
	n := newNetwork(cfg, 9, 6, 5, known, 3)
	for _, x := range n.all {
		for i := range x.value {
			x.value[i] += (r.Float32() - 0.5) * 0.6
		}
	}
	var examples []example
	for _, words := range []int{4, 6, 1, 3} {
		var e example
		root := r.IntN(words)
		for w := range words {
			e.features = append(e.features, syntax.Features{
				Word: int32(r.IntN(10)), Known: int32(r.IntN(6)), Shape: int32(r.IntN(9)),
				Chars: []int32{int32(r.IntN(20)), int32(r.IntN(20))},
			})
			head := root
			if w == root {
				head = -1
			}
			e.head, e.tag, e.rel = append(e.head, head), append(e.tag, r.IntN(6)), append(e.rel, r.IntN(5))
		}
		examples = append(examples, e)
	}
	b := newBatch(examples)
	freq := make([]int, 10)
	for i := range freq {
		freq[i] = i
	}
	s := newShard(n, dropout{Word: 0.1, Known: 0.1, Char: 0.1, Input: 0.2, State: 0.3, Hidden: 0.3}, freq)
	run := func() float64 {
		s.packs = packAll(n, s.packs)
		s.run(b, rand.New(rand.NewPCG(9, 9)), 1)
		return s.loss.tag + s.loss.arc + s.loss.label
	}
	base := run()
	want := make([][]float32, len(n.all))
	for i := range n.all {
		want[i] = append([]float32(nil), s.grads.sum[i]...)
	}
	for i, x := range n.all {
		for range 12 {
			j := r.IntN(len(x.value))
			keep := x.value[j]
			const step = 4e-3
			x.value[j] = keep + step
			up := run()
			x.value[j] = keep - step
			down := run()
			x.value[j] = keep
			got := (up - down) / (2 * step)
			if kink := math.Abs(up-2*base+down) / step; kink > 0.05*(1+math.Abs(got)) {
				continue // a rectifier changed its side between the two
			}
			if math.Abs(got-float64(want[i][j])) > 0.02*(1+math.Abs(got)) {
				t.Errorf("%s[%d]: gradient %.4f, difference of losses gives %.4f", x.name, j, want[i][j], got)
			}
		}
	}
}
