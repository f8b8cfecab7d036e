package neural

import "golang.org/x/sys/cpu"

// The features are read once, at start, by package cpu.
var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && hasAVX2
	wideTile  = hasAVX512 // tiles of eight rows
)

// tile8AVX512 computes 8×32 elements of c from two panels of the left matrix,
// the second starting 4·k elements after the first.
//
//go:noescape
func tile8AVX512(k int, left, right, c *float32, stride int, add bool)

//go:noescape
func tile4AVX512(k int, left, right, c *float32, stride int, add bool)

//go:noescape
func tile4AVX2(k int, left, right, c *float32, stride int, add bool)

// tile computes height×32 elements of c; height is 4, or 8 if wideTile.
func tile(height, k int, left, right, c []float32, stride int, add bool) {
	_, _, _ = left[height*k-1], right[k*colTile-1], c[(height-1)*stride+colTile-1]
	switch {
	case height == 2*rowTile:
		tile8AVX512(k, &left[0], &right[0], &c[0], stride, add)
	case hasAVX512:
		tile4AVX512(k, &left[0], &right[0], &c[0], stride, add)
	case hasAVX2:
		tile4AVX2(k, &left[0], &right[0], &c[0], stride, add)
	default:
		tileGo(height, k, left, right, c, stride, add)
	}
}
