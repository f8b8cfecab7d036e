package main

import (
	"math"

	"parley/loader/neural"
)

// Adam's constants, after Dozat and Manning (2017), and the running mean's.
const (
	firstDecay  = 0.9
	secondDecay = 0.95
	adamEpsilon = 1e-8
	meanEvery   = 4 // steps between updates of the running mean
)

func newShard(n *network, rate dropout, freq []int) *shard {
	return &shard{net: n, rate: rate, freq: freq, grads: newGradients(n)}
}

// packAll lays out the recurrent weights for a step, reusing packs.
func packAll(n *network, packs [][2]*packed) [][2]*packed {
	if packs == nil {
		for range n.layers {
			packs = append(packs, [2]*packed{{}, {}})
		}
	}
	for l := range n.layers {
		for d := range 2 {
			packs[l][d].pack(n.layers[l][d])
		}
	}
	return packs
}

// merge adds the gradients of from to into, shard after shard in order.
func merge(n *network, into, from *gradients) {
	for i, t := range n.all {
		if !t.sparse {
			neural.Accumulate(into.sum[i], from.sum[i])
			continue
		}
		for _, r := range from.touched[i] {
			neural.Accumulate(into.row(t, r), from.sum[i][int(r)*t.cols:(int(r)+1)*t.cols])
		}
	}
}

// norm returns the length of the gradient as one vector.
func norm(n *network, g *gradients) float64 {
	var sum float64
	for i, t := range n.all {
		if !t.sparse {
			sum += neural.SquareSum(g.sum[i])
			continue
		}
		for _, r := range g.touched[i] {
			sum += neural.SquareSum(g.sum[i][int(r)*t.cols : (int(r)+1)*t.cols])
		}
	}
	return math.Sqrt(sum)
}

// update takes one Adam step with gradient g scaled by factor.
func update(n *network, g *gradients, factor, rate float64, step int) {
	a := neural.Adam{
		First: firstDecay, Second: secondDecay, Factor: float32(factor), Epsilon: adamEpsilon,
		Rate: float32(rate * math.Sqrt(1-math.Pow(secondDecay, float64(step))) / (1 - math.Pow(firstDecay, float64(step)))),
	}
	for i, t := range n.all {
		if !t.sparse {
			a.Step(t.value, g.sum[i], t.first, t.second)
			continue
		}
		for _, r := range g.touched[i] {
			from, to := int(r)*t.cols, (int(r)+1)*t.cols
			a.Step(t.value[from:to], g.sum[i][from:to], t.first[from:to], t.second[from:to])
		}
	}
}

// average moves the running means towards the values.
func average(n *network, share float32) {
	for _, t := range n.all {
		if t.mean == nil {
			t.mean = append([]float32(nil), t.value...)
			continue
		}
		neural.Approach(t.mean, t.value, share)
	}
}
