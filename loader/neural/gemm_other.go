//go:build !amd64

package neural

const wideTile = false // tiles of eight rows

// tile computes height×32 elements of c.
func tile(height, k int, left, right, c []float32, stride int, add bool) {
	tileGo(height, k, left, right, c, stride, add)
}
