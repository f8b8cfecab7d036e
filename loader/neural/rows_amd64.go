package neural

import "math"

//go:noescape
func greatestAVX2(x *float32, blocks int) float32

//go:noescape
func powerAVX2(x *float32, blocks int, top, scale float32, sums *lanes, table *float32)

//go:noescape
func sumAVX2(x *float32, blocks int, sums *lanes)

//go:noescape
func centreAVX2(x *float32, blocks int, mean float32, squares *lanes)

//go:noescape
func stretchAVX2(x, gain, bias *float32, blocks int, scale float32)

// powerTable holds the constants of power, the last the exponent of one. It is never
// written after it was made.
var powerTable = eightfold(powerLeast, log2E, ln2High, ln2Low, powerP0, powerP1, powerP2, powerP3, powerP4, powerP5, 1, math.Float32frombits(127))

// greatestBlocks returns the greatest of the first elements and how many they are.
func greatestBlocks(x []float32) (float32, int) {
	blocks := blocksOf(len(x))
	if blocks == 0 {
		return float32(math.Inf(-1)), 0
	}
	return greatestAVX2(&x[0], blocks), 8 * blocks
}

// powerBlocks does the first elements of Shares, adds them to sums and returns how many
// they are.
func powerBlocks(x []float32, top, scale float32, sums *lanes) int {
	blocks := blocksOf(len(x))
	if blocks > 0 {
		powerAVX2(&x[0], blocks, top, scale, sums, &powerTable[0][0])
	}
	return 8 * blocks
}

// sumBlocks adds the first elements to sums and returns how many they are.
func sumBlocks(x []float32, sums *lanes) int {
	blocks := blocksOf(len(x))
	if blocks > 0 {
		sumAVX2(&x[0], blocks, sums)
	}
	return 8 * blocks
}

// centreBlocks takes mean from the first elements, adds their squares to squares and
// returns how many they are.
func centreBlocks(x []float32, mean float32, squares *lanes) int {
	blocks := blocksOf(len(x))
	if blocks > 0 {
		centreAVX2(&x[0], blocks, mean, squares)
	}
	return 8 * blocks
}

// stretchBlocks does the last step of Normalise for the first elements and returns how
// many they are.
func stretchBlocks(x, gain, bias []float32, scale float32) int {
	blocks := blocksOf(len(x))
	if blocks > 0 {
		_, _ = gain[8*blocks-1], bias[8*blocks-1]
		stretchAVX2(&x[0], &gain[0], &bias[0], blocks, scale)
	}
	return 8 * blocks
}
