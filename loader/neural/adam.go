package neural

import "math"

// Adam is one step of the optimiser of Kingma and Ba (2015).
type Adam struct {
	First, Second float32 // decay of the means of the gradient and of its square
	Rate          float32 // step width, with the means' early bias already taken out
	Factor        float32 // what the gradient is multiplied with first
	Epsilon       float32
}

// Step updates value, first and second from gradient; all have one length.
func (a Adam) Step(value, gradient, first, second []float32) {
	gradient, first, second = gradient[:len(value)], first[:len(value)], second[:len(value)]
	for i := range value {
		g := gradient[i] * a.Factor
		m := a.First*first[i] + (1-a.First)*g
		v := a.Second*second[i] + (1-a.Second)*g*g
		first[i], second[i] = m, v
		value[i] -= a.Rate * m / (float32(math.Sqrt(float64(v))) + a.Epsilon)
	}
}

// Accumulate adds src to dst.
func Accumulate(dst, src []float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += src[i]
	}
}

// Approach moves dst towards src by share of the way.
func Approach(dst, src []float32, share float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += share * (src[i] - dst[i])
	}
}

// SquareSum returns the sum of the squares of x.
func SquareSum(x []float32) float64 {
	var a, b, c, d float32
	var sum float64
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += x[i] * x[i]
		b += x[i+1] * x[i+1]
		c += x[i+2] * x[i+2]
		d += x[i+3] * x[i+3]
		if i&1023 == 1020 {
			sum += float64(a + b + c + d)
			a, b, c, d = 0, 0, 0, 0
		}
	}
	for ; i < len(x); i++ {
		a += x[i] * x[i]
	}
	return sum + float64(a+b+c+d)
}
