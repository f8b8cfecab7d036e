package neural

//go:noescape
func cellAVX2(blocks int, gates *float32, width int, prior, cell, squashed, out, table *float32)

//go:noescape
func geluAVX2(x *float32, blocks int, table *float32)

// cellTable holds the constants of the cell and of the Gaussian error linear unit,
// eight copies of each, and is never written after it was made.
var cellTable = func() (t [17][8]float32) {
	for i, v := range [...]float32{
		tanhLimit, -tanhLimit, tanhA13, tanhA11, tanhA9, tanhA7, tanhA5, tanhA3, tanhA1,
		tanhB6, tanhB4, tanhB2, tanhB0, 0.5, geluScale, geluCubic, 1,
	} {
		for j := range t[i] {
			t[i][j] = v
		}
	}
	return t
}()

// cellBlocks does the first units in blocks of eight and returns how many.
func cellBlocks(gates, prior, cell, squashed, out []float32) int {
	blocks := len(out) / 8
	if !hasAVX2 || blocks == 0 {
		return 0
	}
	n := 8*blocks - 1
	_, _, _, _ = gates[4*len(out)-1], prior[n], cell[n], squashed[n]
	cellAVX2(blocks, &gates[0], len(out), &prior[0], &cell[0], &squashed[0], &out[0], &cellTable[0][0])
	return 8 * blocks
}

// geluBlocks does the first elements in blocks of eight and returns how many.
func geluBlocks(x []float32) int {
	blocks := len(x) / 8
	if !hasAVX2 || blocks == 0 {
		return 0
	}
	geluAVX2(&x[0], blocks, &cellTable[0][0])
	return 8 * blocks
}
