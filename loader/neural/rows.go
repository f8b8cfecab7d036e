package neural

import "math"

// Sums over a row run in eight lanes, element i in lane i mod 8, which are added in a
// fixed order in the end: so vector code and plain Go give the same bits.
type lanes [8]float32

func (l *lanes) sum() float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

// Shares turns scores times scale, which is positive, into shares of one, in place: a
// softmax good to about 1e-6. Plain asks for plain Go, which gives the same bits.
func Shares(x []float32, scale float32, plain bool) {
	top, done := float32(math.Inf(-1)), 0
	if !plain {
		top, done = greatestBlocks(x)
	}
	for _, v := range x[done:] {
		top = max(top, v)
	}
	var sums lanes
	if !plain {
		done = powerBlocks(x, top, scale, &sums)
	}
	for i := done; i < len(x); i++ {
		x[i] = power(float32((x[i] - top) * scale))
		sums[i%8] += x[i]
	}
	share := 1 / sums.sum()
	for i := range x {
		x[i] *= share
	}
}

// The constants of power, which are those of Cephes' expf.
const (
	powerLeast = -87 // e to the less is no normal float32
	log2E      = 1.44269504088896341
	ln2High    = 0.693359375
	ln2Low     = -2.12194440e-4
	powerP0    = 1.9875691500e-4
	powerP1    = 1.3981999507e-3
	powerP2    = 8.3334519073e-3
	powerP3    = 4.1665795894e-2
	powerP4    = 1.6666665459e-1
	powerP5    = 5.0000001201e-1
)

// power returns e to the x, for x ≤ 0. Every product is rounded before it is added.
func power(x float32) float32 {
	x = max(x, powerLeast)
	n := nearest(x * log2E)
	x -= float32(n * ln2High)
	x -= float32(n * ln2Low)
	p := float32(x*powerP0) + powerP1
	p = float32(x*p) + powerP2
	p = float32(x*p) + powerP3
	p = float32(x*p) + powerP4
	p = float32(x*p) + powerP5
	p = float32(float32(x*x)*p) + x
	return (p + 1) * math.Float32frombits(uint32(int32(n)+127)<<23)
}

// Normalise is a layer normalisation (Ba et al. 2016) of x in place: the mean becomes
// zero and the variance one, then each element is multiplied by its gain and its bias
// is added. Epsilon is added to the variance. Plain asks for plain Go, which gives the
// same bits.
func Normalise(x, gain, bias []float32, epsilon float64, plain bool) {
	var sums, squares lanes
	done := 0
	if !plain {
		done = sumBlocks(x, &sums)
	}
	for i := done; i < len(x); i++ {
		sums[i%8] += x[i]
	}
	mean := sums.sum() / float32(len(x))
	if !plain {
		done = centreBlocks(x, mean, &squares)
	}
	for i := done; i < len(x); i++ {
		x[i] -= mean
		squares[i%8] += float32(x[i] * x[i])
	}
	scale := float32(1 / math.Sqrt(float64(squares.sum())/float64(len(x))+epsilon))
	if !plain {
		done = stretchBlocks(x, gain, bias, scale)
	}
	for i := done; i < len(x); i++ {
		x[i] = float32(float32(x[i]*scale)*gain[i]) + bias[i]
	}
}
