package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestGelu(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	x := append(randomMatrix(r, 1, 203).Data, -30, -8, -1e-4, 0, 1e-4, 8, 30)
	fast, plain := slices.Clone(x), slices.Clone(x)
	Gelu(fast, false)
	Gelu(plain, true)
	if !slices.Equal(fast, plain) {
		t.Error("vector code and plain Go give different bits")
	}
	for i, v := range x {
		u := float64(v)
		want := 0.5 * u * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(u+0.044715*u*u*u)))
		if math.Abs(float64(plain[i])-want) > 1e-5 {
			t.Errorf("Gelu(%g) = %g, want %g", v, plain[i], want)
		}
	}
}

func TestShares(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 7, 8, 31, 102} {
		x := randomMatrix(r, 1, n).Data
		x[n/2] = 90
		x[0] = -400
		fast, plain := slices.Clone(x), slices.Clone(x)
		Shares(fast, 0.18, false)
		Shares(plain, 0.18, true)
		if !slices.Equal(fast, plain) {
			t.Errorf("%d scores: vector code and plain Go give different bits", n)
		}
		top, sum := slices.Max(x), 0.0
		for _, v := range x {
			sum += math.Exp(float64(v-top) * 0.18)
		}
		for i, v := range x {
			if want := math.Exp(float64(v-top)*0.18) / sum; math.Abs(float64(plain[i])-want) > 2e-6 {
				t.Errorf("share of %g among %d is %g, want %g", v, n, plain[i], want)
			}
		}
	}
}

func TestNormalise(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{4, 8, 33, 384} {
		x, gain, bias := randomMatrix(r, 1, n).Data, randomMatrix(r, 1, n).Data, randomMatrix(r, 1, n).Data
		fast, plain := slices.Clone(x), slices.Clone(x)
		Normalise(fast, gain, bias, 1e-12, false)
		Normalise(plain, gain, bias, 1e-12, true)
		if !slices.Equal(fast, plain) {
			t.Errorf("%d elements: vector code and plain Go give different bits", n)
		}
		mean, variance := 0.0, 0.0
		for _, v := range x {
			mean += float64(v) / float64(n)
		}
		for _, v := range x {
			variance += (float64(v) - mean) * (float64(v) - mean) / float64(n)
		}
		for i, v := range x {
			want := (float64(v)-mean)/math.Sqrt(variance)*float64(gain[i]) + float64(bias[i])
			if math.Abs(float64(plain[i])-want) > 1e-4 {
				t.Errorf("element %d of %d is %g, want %g", i, n, plain[i], want)
			}
		}
	}
}
