package neural

//go:noescape
func bytes8VNNI(fours int, x *uint8, stride int, w *int8, start, sums *int32)

//go:noescape
func bytes4VNNI(fours int, x *uint8, stride int, w *int8, start, sums *int32)

//go:noescape
func bytes1VNNI(fours int, x *uint8, stride int, w *int8, start, sums *int32)

//go:noescape
func bytes4AVX2(fours int, x *uint8, stride int, w *int8, start, sums *int32)

//go:noescape
func bytes1AVX2(fours int, x *uint8, stride int, w *int8, start, sums *int32)

//go:noescape
func quantiseBytesAVX2(dst *uint8, x *float32, factor float32, blocks int)

// sumBytes sums rows of activations, 8, 4 or 1, with a panel of 32 outputs.
func sumBytes(rows, fours int, x []uint8, stride int, w []int8, start []int32, sums *[8 * colTile]int32) {
	_, _, _ = x[(rows-1)*stride+4*fours-1], w[4*fours*colTile-1], start[colTile-1]
	switch {
	case rows == 8 && hasVNNI:
		bytes8VNNI(fours, &x[0], stride, &w[0], &start[0], &sums[0])
	case rows == 8:
		bytes4AVX2(fours, &x[0], stride, &w[0], &start[0], &sums[0])
		bytes4AVX2(fours, &x[4*stride], stride, &w[0], &start[0], &sums[4*colTile])
	case rows == 4 && hasVNNI:
		bytes4VNNI(fours, &x[0], stride, &w[0], &start[0], &sums[0])
	case rows == 4:
		bytes4AVX2(fours, &x[0], stride, &w[0], &start[0], &sums[0])
	case hasVNNI:
		bytes1VNNI(fours, &x[0], stride, &w[0], &start[0], &sums[0])
	default:
		bytes1AVX2(fours, &x[0], stride, &w[0], &start[0], &sums[0])
	}
}

// mulVector is Mul in vector code.
func (w *Narrow) mulVector(dst Matrix, a Bytes) {
	var sums [8 * colTile]int32
	fours := (w.In + 3) / 4
	for out := 0; out < w.Out; out += colTile {
		panel := w.vector[out*4*fours:]
		scale, bias := w.scale[out:out+colTile], w.bias[out:out+colTile]
		n := min(colTile, w.Out-out)
		for i := 0; i < a.Rows; {
			tile := byteTile(a.Rows - i)
			sumBytes(tile, fours, a.data[i*a.stride:], a.stride, panel, w.start[out:], &sums)
			rows := min(tile, a.Rows-i)
			for r := range rows {
				row := dst.Row(i + r)[out : out+n]
				if n == colTile {
					finishAVX2(&row[0], &sums[r*colTile], &scale[0], &bias[0], a.scale[i+r], false)
				} else {
					finish(row, sums[r*colTile:r*colTile+n], scale, bias, a.scale[i+r], false)
				}
			}
			i += rows
		}
	}
}

// byteTile returns how many rows are summed at once where left are left: a tile that is
// not filled is faster than single rows.
func byteTile(left int) int {
	switch {
	case left > 4:
		return 8
	case left > 1:
		return 4
	}
	return 1
}

// roundBytes writes the nearest integers to factor·x, with byteZero added, and returns
// how many of them it did from the start of the row; the rest is the caller's.
func roundBytes(dst []uint8, x []float32, factor float32) int {
	blocks := len(x) / 32
	if !hasVector || blocks == 0 {
		return 0
	}
	_ = dst[32*blocks-1]
	quantiseBytesAVX2(&dst[0], &x[0], factor, blocks)
	return 32 * blocks
}
