package syntax

import (
	"math"
	"math/rand/v2"
	"testing"

	"parley/loader/neural"
)

// TestBestTree compares with the best of all trees with one root.
func TestBestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		n := 1 + r.IntN(6)
		probs := neural.NewMatrix(n, n+1)
		for i := range probs.Data {
			probs.Data[i] = float32(math.Pow(r.Float64(), 3))
		}
		weight := func(heads []int) float64 {
			sum := 0.0
			for i, h := range heads {
				sum += math.Log(max(float64(probs.Row(i)[h+1]), 1e-30))
			}
			return sum
		}
		best := math.Inf(-1)
		heads := make([]int, n)
		var try func(i int)
		try = func(i int) {
			if i == n {
				if isTree(heads) {
					best = max(best, weight(heads))
				}
				return
			}
			for h := -1; h < n; h++ {
				if h != i {
					heads[i] = h
					try(i + 1)
				}
			}
		}
		try(0)
		got := bestTree(probs)
		if !isTree(got) || math.Abs(weight(got)-best) > 1e-9 {
			t.Fatalf("bestTree(%v) = %v of weight %g, want a tree of weight %g", probs.Data, got, weight(got), best)
		}
	}
}

func TestIsTree(t *testing.T) {
	tests := []struct {
		name  string
		heads []int
		want  bool
	}{
		{"one word", []int{-1}, true},
		{"chain", []int{1, 2, -1}, true},
		{"two roots", []int{-1, -1}, false},
		{"circle beside the root", []int{-1, 2, 1}, false},
		{"no root", []int{1, 0}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := isTree(tt.heads); got != tt.want {
				t.Errorf("isTree(%v) = %t, want %t", tt.heads, got, tt.want)
			}
		})
	}
}
