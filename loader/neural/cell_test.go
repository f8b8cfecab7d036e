package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestTanh(t *testing.T) {
	for x := -12.0; x < 12; x += 0.01 {
		if got, want := float64(Tanh(float32(x))), math.Tanh(x); math.Abs(got-want) > 2e-6 {
			t.Fatalf("Tanh(%g) = %g, want %g", x, got, want)
		}
	}
}

func TestCellsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, h := range []int{1, 7, 8, 20, 160} {
		gates, prior := randomMatrix(r, 1, 4*h).Data, randomMatrix(r, 1, h).Data
		for i := range gates {
			gates[i] *= 12
		}
		var got, want [4][]float32
		got[0], want[0] = slices.Clone(gates), slices.Clone(gates)
		for i := 1; i < 4; i++ {
			got[i], want[i] = make([]float32, h), make([]float32, h)
		}
		Cell(got[0], prior, got[1], got[2], got[3])
		CellPlain(want[0], prior, want[1], want[2], want[3])
		for i := range got {
			if !slices.Equal(got[i], want[i]) {
				t.Errorf("Cell of %d units: output %d is not what CellPlain gives", h, i)
			}
		}
	}
}
