package neural

import "golang.org/x/sys/cpu"

var (
	hasVNNI   = cpu.X86.HasAVX512VNNI && hasAVX512
	hasVector = hasAVX2
)

//go:noescape
func sums8VNNI(pairs int, x *int16, stride int, w *int16, sums *int32)

//go:noescape
func sums4VNNI(pairs int, x *int16, stride int, w *int16, sums *int32)

//go:noescape
func sums1VNNI(pairs int, x *int16, stride int, w *int16, sums *int32)

//go:noescape
func sums4AVX2(pairs int, x *int16, stride int, w *int16, sums *int32)

//go:noescape
func sums1AVX2(pairs int, x *int16, stride int, w *int16, sums *int32)

//go:noescape
func finishAVX2(dst *float32, sums *int32, scale, bias *float32, factor float32, add bool)

//go:noescape
func dotAVX2(x, y *int16, blocks int) int32

//go:noescape
func quantiseAVX2(dst *int16, x *float32, factor float32, blocks int)

//go:noescape
func topAVX2(x *float32, blocks int) float32

// sumTile sums rows of activations, 8, 4 or 1, with a panel of 32 outputs.
func sumTile(rows, pairs int, x []int16, stride int, w []int16, sums *[8 * colTile]int32) {
	_, _ = x[(rows-1)*stride+2*pairs-1], w[2*pairs*colTile-1]
	switch {
	case rows == 8 && hasVNNI:
		sums8VNNI(pairs, &x[0], stride, &w[0], &sums[0])
	case rows == 8:
		sums4AVX2(pairs, &x[0], stride, &w[0], &sums[0])
		sums4AVX2(pairs, &x[4*stride], stride, &w[0], &sums[4*colTile])
	case rows == 4 && hasVNNI:
		sums4VNNI(pairs, &x[0], stride, &w[0], &sums[0])
	case rows == 4:
		sums4AVX2(pairs, &x[0], stride, &w[0], &sums[0])
	case hasVNNI:
		sums1VNNI(pairs, &x[0], stride, &w[0], &sums[0])
	default:
		sums1AVX2(pairs, &x[0], stride, &w[0], &sums[0])
	}
}

// mulVector is Mul in vector code.
func (w *Weights) mulVector(dst Matrix, a Activations, add bool) {
	var sums [8 * colTile]int32
	pairs := (w.In + 1) / 2
	for out := 0; out < w.Out; out += colTile {
		panel := w.vector[out*2*pairs:]
		scale, bias := w.scale[out:out+colTile], w.bias[out:out+colTile]
		n := min(colTile, w.Out-out)
		for i := 0; i < a.Rows; {
			rows := 1
			if left := a.Rows - i; left >= 8 {
				rows = 8
			} else if left >= 4 {
				rows = 4
			}
			sumTile(rows, pairs, a.data[i*a.stride:], a.stride, panel, &sums)
			for r := range rows {
				row := dst.Row(i + r)[out : out+n]
				if n == colTile {
					finishAVX2(&row[0], &sums[r*colTile], &scale[0], &bias[0], a.scale[i+r], add)
				} else {
					finish(row, sums[r*colTile:r*colTile+n], scale, bias, a.scale[i+r], add)
				}
			}
			i += rows
		}
	}
}

// roundRow writes the nearest integers to factor·x and returns how many of them
// it did from the start of the row; the rest is the caller's.
func roundRow(dst []int16, x []float32, factor float32) int {
	blocks := len(x) / 16
	if !hasVector || blocks == 0 {
		return 0
	}
	_ = dst[16*blocks-1]
	quantiseAVX2(&dst[0], &x[0], factor, blocks)
	return 16 * blocks
}

// topBlocks returns the greatest magnitude among the first elements of x and how
// many elements that were.
func topBlocks(x []float32) (float32, int) {
	blocks := len(x) / 8
	if !hasVector || blocks == 0 {
		return 0, 0
	}
	return topAVX2(&x[0], blocks), 8 * blocks
}

// dotBlocks sums the products of the first blocks of 16 and returns how many
// elements that were.
func dotBlocks(x, y []int16) (int32, int) {
	blocks := len(x) / 16
	if !hasVector || blocks == 0 {
		return 0, 0
	}
	_ = y[16*blocks-1]
	return dotAVX2(&x[0], &y[0], blocks), 16 * blocks
}
