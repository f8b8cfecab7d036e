package syntax

import (
	"math"

	"parley/loader/neural"
)

// isTree reports whether heads, with -1 for the root, form one tree with one root.
func isTree(heads []int) bool {
	roots := 0
	state := make([]int, len(heads)) // 0 unseen, else 1 + the word whose walk came here first
	for i := range heads {
		if heads[i] < 0 {
			roots++
		}
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = i + 1
			j = heads[j]
		}
		if j >= 0 && state[j] == i+1 {
			return false
		}
	}
	return roots == 1
}

// rootPenalty is taken from every arc of the root before the best tree is
// sought, so that the best tree uses one such arc and no more (Stanojević and
// Cohen, 2021).
const rootPenalty = 1e6

// bestTree returns the heads of the likeliest tree with one root, from the
// probability of each head of each word; column 0 is the root. It is the
// algorithm of Chu, Liu and Edmonds.
func bestTree(probs neural.Matrix) []int {
	n := probs.Rows + 1
	score := make([][]float64, n) // score[d][h], node 0 is the root
	for d := range score {
		score[d] = make([]float64, n)
		for h := range score[d] {
			switch {
			case d == 0 || d == h:
				score[d][h] = math.Inf(-1)
			default:
				score[d][h] = math.Log(max(float64(probs.Row(d - 1)[h]), 1e-30))
				if h == 0 {
					score[d][h] -= rootPenalty
				}
			}
		}
	}
	heads := arborescence(score)
	out := make([]int, n-1)
	for d := range out {
		out[d] = heads[d+1] - 1
	}
	return out
}

// arborescence returns the head of each node but 0 in the best tree from node
// 0. It contracts one cycle at a time: cubic at worst, and sentences are short.
func arborescence(score [][]float64) []int {
	heads := make([]int, len(score))
	for d := 1; d < len(score); d++ {
		best := 0
		for h := range score {
			if h != d && score[d][h] > score[d][best] {
				best = h
			}
		}
		heads[d] = best
	}
	cycle := findCycle(heads)
	if cycle == nil {
		return heads
	}
	c := contract(score, heads, cycle)
	last := len(c.rest)
	inner := arborescence(c.score)
	for i := 1; i < last; i++ {
		if inner[i] == last {
			heads[c.rest[i]] = c.leave[i]
		} else {
			heads[c.rest[i]] = c.rest[inner[i]]
		}
	}
	from := inner[last]
	heads[c.enter[from]] = c.rest[from]
	return heads
}

// contraction is a graph in which a cycle became one node, the last.
type contraction struct {
	rest  []int       // the other nodes, 0 first
	score [][]float64 // between rest and the last node
	leave []int       // the node of the cycle that best heads each of rest
	enter []int       // the node of the cycle that each of rest best heads
}

func contract(score [][]float64, heads, cycle []int) contraction {
	inCycle := make([]bool, len(score))
	for _, n := range cycle {
		inCycle[n] = true
	}
	var c contraction
	for i := range score {
		if !inCycle[i] {
			c.rest = append(c.rest, i)
		}
	}
	last := len(c.rest)
	c.leave, c.enter = make([]int, last), make([]int, last)
	c.score = make([][]float64, last+1)
	for i := range c.score {
		c.score[i] = make([]float64, last+1)
	}
	c.score[last][last] = math.Inf(-1)
	for i, d := range c.rest {
		for j, h := range c.rest {
			c.score[i][j] = score[d][h]
		}
		c.leave[i], c.enter[i] = cycle[0], cycle[0]
		gain := func(n int) float64 { return score[n][d] - score[n][heads[n]] }
		for _, n := range cycle[1:] {
			if score[d][n] > score[d][c.leave[i]] {
				c.leave[i] = n
			}
			if gain(n) > gain(c.enter[i]) {
				c.enter[i] = n
			}
		}
		c.score[i][last], c.score[last][i] = score[d][c.leave[i]], gain(c.enter[i])
	}
	return c
}

// findCycle returns the nodes of a cycle among heads, or nil. Node 0 has no head.
func findCycle(heads []int) []int {
	state := make([]int, len(heads))
	for i := 1; i < len(heads); i++ {
		j := i
		for j != 0 && state[j] == 0 {
			state[j] = i
			j = heads[j]
		}
		if j != 0 && state[j] == i {
			cycle := []int{j}
			for k := heads[j]; k != j; k = heads[k] {
				cycle = append(cycle, k)
			}
			return cycle
		}
	}
	return nil
}
