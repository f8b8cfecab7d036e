package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func bytesOf(x Matrix, plain bool) Bytes {
	b := Bytes{Plain: plain}
	b.Reset(x.Rows, x.Cols)
	for i := range x.Rows {
		b.Set(i, x.Row(i))
	}
	return b
}

// Vector code, with and without VNNI, and plain Go give the same bits, near the product
// of the numbers themselves.
func TestNarrow(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, size := range [][3]int{{1, 1, 1}, {2, 8, 16}, {5, 33, 31}, {9, 70, 64}, {17, 128, 103}, {13, 64, 1536}} {
		m, out, in := size[0], size[1], size[2]
		rows, bias := randomWeights(r, out, in)
		x := randomMatrix(r, m, in)
		a, b := bytesOf(x, false), bytesOf(x, true)
		if !slices.Equal(a.data, b.data) {
			t.Fatalf("Set %v: plain Go rounds otherwise", size)
		}
		want := NewMatrix(m, out)
		plain, err := NewNarrow(rows, bias, true)
		if err != nil {
			t.Fatal(err)
		}
		plain.Mul(want, b)
		for i := range m {
			for j := range out {
				exact, room := float64(bias[j]), 0.0
				for k := range in {
					weight := float64(rows.Data[j*in+k]) * float64(rows.Scale[j])
					exact += float64(x.Row(i)[k]) * weight
					room += math.Abs(weight) * float64(b.scale[i]) / 2
				}
				if got := float64(want.Row(i)[j]); math.Abs(got-exact) > room+1e-3 {
					t.Fatalf("Mul %v: element %d,%d is %g, exactly %g and at most %g off", size, i, j, got, exact, room)
				}
			}
		}
		for _, vnni := range vectorWays() {
			got := NewMatrix(m, out)
			withVNNI(vnni, func() {
				fast, err := NewNarrow(rows, bias, false)
				if err != nil {
					t.Fatal(err)
				}
				fast.Mul(got, a)
			})
			if !slices.Equal(got.Data, want.Data) {
				t.Fatalf("Mul %v, VNNI %t: other bits than plain Go", size, vnni)
			}
		}
	}
}

// Weights and activations at their limits do not overflow.
func TestNarrowAtItsLimits(t *testing.T) {
	const in = 1536
	rows := Rows{Rows: 2, Cols: in, Data: make([]int8, 2*in), Scale: []float32{1, 1}}
	x := NewMatrix(8, in)
	for j := range in {
		rows.Data[j], rows.Data[in+j] = 127, -127
		for i := range x.Rows {
			x.Row(i)[j] = float32(1 - 2*(i%2))
		}
	}
	for _, vnni := range vectorWays() {
		withVNNI(vnni, func() {
			w, err := NewNarrow(rows, nil, false)
			if err != nil {
				t.Fatal(err)
			}
			got := NewMatrix(8, 2)
			w.Mul(got, bytesOf(x, false))
			for i := range x.Rows {
				sign := float32(1 - 2*(i%2))
				if want := sign * 127 * in; math.Abs(float64(got.Row(i)[0]/want)-1) > 1e-6 || math.Abs(float64(got.Row(i)[1]/-want)-1) > 1e-6 {
					t.Errorf("VNNI %t, row %d: %v, want %g and %g", vnni, i, got.Row(i), want, -want)
				}
			}
		})
	}
}

func BenchmarkNarrow(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	rows, bias := randomWeights(r, 1536, 384)
	x := randomMatrix(r, 96, 384)
	a, dst := bytesOf(x, false), NewMatrix(96, 1536)
	benchmarkWays(b, 96*1536*384, func(plain bool) (func(), error) {
		w, err := NewNarrow(rows, bias, plain)
		return func() { w.Mul(dst, a) }, err
	})
}
