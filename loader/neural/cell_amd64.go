package neural

//go:noescape
func cellAVX2(blocks int, gates *float32, width int, prior, cell, squashed, out, table *float32)

//go:noescape
func geluAVX2(x *float32, blocks int, table *float32)

// cellTable holds the constants of the cell and of the Gaussian error linear unit. It is
// never written after it was made.
var cellTable = eightfold(tanhLimit, -tanhLimit, tanhA13, tanhA11, tanhA9, tanhA7, tanhA5, tanhA3, tanhA1,
	tanhB6, tanhB4, tanhB2, tanhB0, 0.5, geluScale, geluCubic, 1)

// eightfold returns eight copies of each value, as vector code reads them.
func eightfold(values ...float32) [][8]float32 {
	t := make([][8]float32, len(values))
	for i, v := range values {
		for j := range t[i] {
			t[i][j] = v
		}
	}
	return t
}

// blocksOf returns how many blocks of eight the vector code does of n elements.
func blocksOf(n int) int {
	if !hasAVX2 {
		return 0
	}
	return n / 8
}

// cellBlocks does the first units in blocks of eight and returns how many.
func cellBlocks(gates, prior, cell, squashed, out []float32) int {
	blocks := blocksOf(len(out))
	if blocks == 0 {
		return 0
	}
	n := 8*blocks - 1
	_, _, _, _ = gates[4*len(out)-1], prior[n], cell[n], squashed[n]
	cellAVX2(blocks, &gates[0], len(out), &prior[0], &cell[0], &squashed[0], &out[0], &cellTable[0][0])
	return 8 * blocks
}

// geluBlocks does the first elements in blocks of eight and returns how many.
func geluBlocks(x []float32) int {
	blocks := blocksOf(len(x))
	if blocks > 0 {
		geluAVX2(&x[0], blocks, &cellTable[0][0])
	}
	return 8 * blocks
}
