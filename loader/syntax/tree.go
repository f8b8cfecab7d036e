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
	n := len(score)
	heads := make([]int, n)
	for d := 1; d < n; d++ {
		best := 0
		for h := range n {
			if h != d && (score[d][h] > score[d][best] || best == d) {
				best = h
			}
		}
		heads[d] = best
	}
	cycle := findCycle(heads)
	if cycle == nil {
		return heads
	}
	inCycle := make([]bool, n)
	for _, c := range cycle {
		inCycle[c] = true
	}
	var rest []int // the other nodes, 0 first; the cycle becomes the last node
	for i := range n {
		if !inCycle[i] {
			rest = append(rest, i)
		}
	}
	m := len(rest) + 1
	small := make([][]float64, m)
	leave := make([]int, m) // the node of the cycle that best heads each other node
	enter := make([]int, m) // the node of the cycle that each other node best heads
	for i := range small {
		small[i] = make([]float64, m)
		for j := range small[i] {
			small[i][j] = math.Inf(-1)
		}
	}
	for i, d := range rest {
		for j, h := range rest {
			small[i][j] = score[d][h]
		}
		for _, c := range cycle {
			if s := score[d][c]; s > small[i][m-1] || leave[i] == 0 {
				small[i][m-1], leave[i] = s, c
			}
			if s := score[c][d] - score[c][heads[c]]; s > small[m-1][i] || enter[i] == 0 {
				small[m-1][i], enter[i] = s, c
			}
		}
	}
	inner := arborescence(small)
	for i := 1; i < m-1; i++ {
		if inner[i] == m-1 {
			heads[rest[i]] = leave[i]
		} else {
			heads[rest[i]] = rest[inner[i]]
		}
	}
	from := inner[m-1]
	heads[enter[from]] = rest[from]
	return heads
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
