package syntax

import (
	"math"
	"slices"

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
// algorithm of Chu, Liu and Edmonds, in the manner of Tarjan (1977): time grows
// with the square of the words.
func bestTree(probs neural.Matrix) []int {
	n := probs.Rows + 1
	f := forest{n: n, nodes: make([]node, n, 2*n), top: make([]int, n)}
	for d := range n {
		f.top[d] = d
		if d == 0 {
			continue
		}
		f.nodes[d].weight, f.nodes[d].dep = make([]float64, n), make([]int, n)
		for h, p := range probs.Row(d - 1) {
			f.nodes[d].weight[h], f.nodes[d].dep[h] = math.Log(max(float64(p), 1e-30)), d
		}
		f.nodes[d].weight[0] -= rootPenalty
	}
	f.nodes[0].done = true
	for d := 1; d < n; d++ {
		if !f.nodes[f.top[d]].done {
			f.climb(f.top[d])
		}
	}
	heads := make([]int, n)
	for i := range f.nodes {
		if nd := &f.nodes[i]; i > 0 && nd.above == 0 {
			f.expand(i, nd.head, nd.dep[nd.head], heads)
		}
	}
	out := make([]int, n-1)
	for d := range out {
		out[d] = heads[d+1] - 1
	}
	return out
}

// forest is the state of the search. Nodes are the words, 0 for the root, and
// after them the cycles that became one node.
type forest struct {
	n     int // words and the root
	nodes []node
	top   []int // of each word: the outermost node that holds it
}

type node struct {
	weight []float64 // of each word as the head of this node
	dep    []int     // the word of this node that this head is for
	head   int       // the best one
	parts  []int     // the nodes of a cycle
	above  int       // the cycle that this node is part of, or 0
	onPath bool
	done   bool // hangs from the root
}

// climb goes from node start to its best head and on, until it meets what hangs
// from the root. Where it meets its own path, the cycle becomes one node.
func (f *forest) climb(start int) {
	path := []int{start}
	f.nodes[start].onPath = true
	for {
		at := path[len(path)-1]
		next := f.top[f.choose(at)]
		if f.nodes[next].done {
			break
		}
		if f.nodes[next].onPath {
			i := len(path) - 1
			for path[i] != next {
				i--
			}
			next = f.merge(path[i:])
			path = path[:i]
		}
		f.nodes[next].onPath = true
		path = append(path, next)
	}
	for _, i := range path {
		f.nodes[i].done = true
	}
}

// choose sets and returns the best head of node i that is not in it.
func (f *forest) choose(i int) int {
	nd, best := &f.nodes[i], -1
	for h, w := range nd.weight {
		if f.top[h] != i && (best < 0 || w > nd.weight[best]) {
			best = h
		}
	}
	nd.head = best
	return best
}

// merge makes one node of the nodes of a cycle. To enter it by a head is worth
// what that head gains over the one that it replaces.
func (f *forest) merge(cycle []int) int {
	id := len(f.nodes)
	m := node{weight: make([]float64, f.n), dep: make([]int, f.n), parts: slices.Clone(cycle)}
	for k, i := range cycle {
		nd := &f.nodes[i]
		nd.above = id
		kept := nd.weight[nd.head]
		for h, w := range nd.weight {
			if k == 0 || w-kept > m.weight[h] {
				m.weight[h], m.dep[h] = w-kept, nd.dep[h]
			}
		}
	}
	f.nodes = append(f.nodes, m)
	for w, t := range f.top {
		if f.nodes[t].above == id {
			f.top[w] = id
		}
	}
	return id
}

// expand gives the word dep of node i the given head; the other parts of the
// node keep the heads that they chose.
func (f *forest) expand(i, head, dep int, heads []int) {
	if i < f.n {
		heads[i] = head
		return
	}
	entered := dep
	for f.nodes[entered].above != i {
		entered = f.nodes[entered].above
	}
	for _, part := range f.nodes[i].parts {
		if part == entered {
			f.expand(part, head, dep, heads)
		} else {
			nd := &f.nodes[part]
			f.expand(part, nd.head, nd.dep[nd.head], heads)
		}
	}
}
