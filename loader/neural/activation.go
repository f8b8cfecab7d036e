package neural

import "math"

// Tanh and Sigmoid are rational functions of few operations, good to about
// 1e-6. Every product is rounded before it is added, so that no compiler fuses
// the two and the vector code, which does the same operations in the same
// order, gives the same bits. The coefficients are those of Eigen's ptanh.
const (
	tanhLimit = 7.90531110763549805

	tanhA1  = 4.89352455891786e-03
	tanhA3  = 6.37261928875436e-04
	tanhA5  = 1.48572235717979e-05
	tanhA7  = 5.12229709037114e-08
	tanhA9  = -8.60467152213735e-11
	tanhA11 = 2.00018790482477e-13
	tanhA13 = -2.76076847742355e-16

	tanhB0 = 4.89352518554385e-03
	tanhB2 = 2.26843463243900e-03
	tanhB4 = 1.18534705686654e-04
	tanhB6 = 1.19825839466702e-06
)

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float32) float32 {
	x = min(max(x, -tanhLimit), tanhLimit)
	s := float32(x * x)
	p := float32(s*tanhA13) + tanhA11
	p = float32(s*p) + tanhA9
	p = float32(s*p) + tanhA7
	p = float32(s*p) + tanhA5
	p = float32(s*p) + tanhA3
	p = float32(s*p) + tanhA1
	p = float32(x * p)
	q := float32(s*tanhB6) + tanhB4
	q = float32(s*q) + tanhB2
	q = float32(s*q) + tanhB0
	return p / q
}

// Sigmoid returns 1/(1+e^-x).
func Sigmoid(x float32) float32 {
	return float32(0.5*Tanh(float32(0.5*x))) + 0.5
}

const (
	geluScale = 0.797884560802865 // √(2/π)
	geluCubic = 0.044715
)

// Gelu is the Gaussian error linear unit by its approximation with the hyperbolic
// tangent (Hendrycks and Gimpel 2016), in place. Plain asks for plain Go, which gives the
// same bits.
func Gelu(x []float32, plain bool) {
	done := 0
	if !plain {
		done = geluBlocks(x)
	}
	for i, v := range x[done:] {
		inner := float32(float32(v*v)*geluCubic) + 1
		inner = float32(float32(inner*v) * geluScale)
		x[done+i] = (float32(0.5*Tanh(inner)) + 0.5) * v
	}
}

// Softmax turns scores into probabilities in place and returns the greatest
// one's index; of equals, the first.
func Softmax(scores []float32) int {
	best := 0
	for i, v := range scores {
		if v > scores[best] {
			best = i
		}
	}
	top := scores[best]
	var sum float64
	for i, v := range scores {
		e := math.Exp(float64(v - top))
		scores[i] = float32(e)
		sum += e
	}
	scale := float32(1 / sum)
	for i := range scores {
		scores[i] *= scale
	}
	return best
}

// Leaky is the rectifier with slope 0.1 below zero, in place.
func Leaky(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = 0.1 * v
		}
	}
}
