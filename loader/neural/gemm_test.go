package neural

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func randomMatrix(r *rand.Rand, rows, cols int) Matrix {
	m := NewMatrix(rows, cols)
	for i := range m.Data {
		m.Data[i] = r.Float32()*2 - 1
	}
	return m
}

func at(m Matrix, i, j int, transpose bool) float32 {
	if transpose {
		i, j = j, i
	}
	return m.Data[i*m.Stride+j]
}

func TestGemm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var s Scratch
	for _, size := range [][3]int{{1, 1, 1}, {4, 32, 8}, {8, 64, 40}, {9, 33, 7}, {13, 70, 129}, {31, 5, 3}} {
		for mode := range 8 {
			transA, transB, add := mode&1 > 0, mode&2 > 0, mode&4 > 0
			m, n, k := size[0], size[1], size[2]
			a, b := randomMatrix(r, m, k), randomMatrix(r, k, n)
			if transA {
				a = randomMatrix(r, k, m)
			}
			if transB {
				b = randomMatrix(r, n, k)
			}
			c := randomMatrix(r, m, n)
			want := make([]float64, m*n)
			for i := range m {
				for j := range n {
					if add {
						want[i*n+j] = float64(c.Data[i*n+j])
					}
					for x := range k {
						want[i*n+j] += float64(at(a, i, x, transA)) * float64(at(b, x, j, transB))
					}
				}
			}
			Gemm(c, a, transA, b, transB, add, &s)
			for i, got := range c.Data {
				if math.Abs(float64(got)-want[i]) > 1e-4 {
					t.Fatalf("Gemm %v, transposed %t %t, add %t: element %d is %g, want %g", size, transA, transB, add, i, got, want[i])
				}
			}
		}
	}
}

func TestTilesAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const k = 37
	heights := []int{rowTile}
	if wideTile {
		heights = append(heights, 2*rowTile)
	}
	for _, height := range heights {
		left, right := randomMatrix(r, height, k), randomMatrix(r, k, colTile)
		got, want := make([]float32, height*colTile), make([]float32, height*colTile)
		tile(height, k, left.Data, right.Data, got, colTile, false)
		tileGo(height, k, left.Data, right.Data, want, colTile, false)
		for i := range want {
			if math.Abs(float64(got[i]-want[i])) > 1e-4 {
				t.Fatalf("tile of %d rows: element %d is %g, plain Go gives %g", height, i, got[i], want[i])
			}
		}
	}
}

func BenchmarkGemm(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, size := range [][3]int{{16, 768, 192}, {600, 768, 256}, {768, 256, 600}} {
		m, n, k := size[0], size[1], size[2]
		b.Run(fmt.Sprintf("m=%d/n=%d/k=%d", m, n, k), func(b *testing.B) {
			a, right, c := randomMatrix(r, m, k), randomMatrix(r, k, n), NewMatrix(m, n)
			var s Scratch
			var p Packed
			p.Pack(right, false)
			for b.Loop() {
				MulPacked(c, a, false, &p, false, &s)
			}
			b.ReportMetric(2*float64(m)*float64(n)*float64(k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "gflops")
		})
	}
}
