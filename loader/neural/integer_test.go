package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func randomWeights(r *rand.Rand, out, in int) (Rows, []float32) {
	rows := Quantise(randomMatrix(r, out, in), 127)
	return rows, randomMatrix(r, 1, out).Data
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	rows, bias := randomWeights(r, 768, 384)
	x := randomMatrix(r, 24, 384)
	var a Activations
	a.Reset(x.Rows, x.Cols)
	for i := range x.Rows {
		a.Set(i, x.Row(i))
	}
	dst := NewMatrix(24, 768)
	benchmarkWays(b, 24*768*384, func(plain bool) (func(), error) {
		w, err := NewWeights(rows, bias, plain)
		return func() { w.Mul(dst, a, false) }, err
	})
}

// benchmarkWays measures what make returns, in plain Go and in vector code: products of
// macs multiplications each.
func benchmarkWays(b *testing.B, macs float64, make func(plain bool) (func(), error)) {
	for name, plain := range map[string]bool{"plain": true, "vector": false} {
		multiply, err := make(plain)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("code="+name, func(b *testing.B) {
			for b.Loop() {
				multiply()
			}
			b.ReportMetric(macs*float64(b.N)/b.Elapsed().Seconds()/1e9, "gmac/s")
		})
	}
}

func TestMul(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, size := range [][3]int{{1, 1, 1}, {2, 8, 16}, {5, 33, 31}, {9, 70, 64}, {17, 128, 100}} {
		m, out, in := size[0], size[1], size[2]
		rows, bias := randomWeights(r, out, in)
		x := randomMatrix(r, m, in)
		var a Activations
		a.Reset(m, in)
		for i := range m {
			a.Set(i, x.Row(i))
		}
		b := Activations{Plain: true}
		b.Reset(m, in)
		for i := range m {
			b.Set(i, x.Row(i))
		}
		if !slices.Equal(a.data, b.data) {
			t.Fatalf("Set %v: plain Go rounds otherwise", size)
		}
		slow, quick := NewMatrix(m, m), NewMatrix(m, m)
		Scores(slow, b, b)
		Scores(quick, a, a)
		if !slices.Equal(slow.Data, quick.Data) {
			t.Fatalf("Scores %v: plain Go gives other sums", size)
		}
		plain, err := NewWeights(rows, bias, true)
		if err != nil {
			t.Fatal(err)
		}
		fast, err := NewWeights(rows, bias, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, add := range []bool{false, true} {
			want := randomMatrix(r, m, out)
			got := NewMatrix(m, out)
			copy(got.Data, want.Data)
			start := append([]float32(nil), want.Data...)
			plain.Mul(want, a, add)
			fast.Mul(got, a, add)
			for i := range m {
				for j := range out {
					exact := float64(bias[j])
					if add {
						exact += float64(start[i*out+j])
					}
					for k := range in {
						exact += float64(x.Row(i)[k]) * float64(rows.Data[j*in+k]) * float64(rows.Scale[j])
					}
					if g, w := got.Data[i*out+j], want.Data[i*out+j]; g != w || math.Abs(float64(w)-exact) > 5e-3 {
						t.Fatalf("Mul %v, add %t: element %d,%d is %g, in plain Go %g, exactly %g", size, add, i, j, g, w, exact)
					}
				}
			}
		}
	}
}
